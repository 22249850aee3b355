/// Diagnostics for programs: one JSON object a line.

/// Renders diagnostics as JSON lines.
public struct DiagnosticJSON {
  private let files: SourceFiles
  private let catalog: Catalog

  /// Prepares to render diagnostics of these files, in a language.
  public init(files: SourceFiles, in catalog: Catalog = .english) {
    self.files = files
    self.catalog = catalog
  }

  /// One object a line, in order.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { render($0) + "\n" }.joined()
  }

  /// One diagnostic as one JSON object without a line break.
  public func render(_ diagnostic: Diagnostic) -> String {
    var members = [
      ("code", quoted(diagnostic.code.slug)), ("severity", quoted(diagnostic.severity.rawValue)),
    ]
    members += place(diagnostic.range)
    members.append(("message", quoted(diagnostic.message.text(in: catalog))))
    let help = diagnostic.help.map { quoted($0.text(in: catalog)) }
    members.append(("help", help ?? "null"))
    let notes = diagnostic.notes.map { note in
      object(
        [("message", quoted(note.message.text(in: catalog)))] + (note.range.map { place($0) } ?? [])
          + (note.text.map { [("text", quoted($0))] } ?? [])
      )
    }
    members.append(("notes", "[\(notes.joined(separator: ","))]"))
    return object(members)
  }

  private func place(_ range: SourceRange) -> [(String, String)] {
    let file = files[range.file]
    let start = file.position(of: Int(range.lower))
    let end = file.position(of: Int(range.upper))
    return [
      ("file", quoted(file.name)), ("line", String(start.line)), ("column", String(start.column)),
      ("endLine", String(end.line)), ("endColumn", String(end.column)),
    ]
  }

  private func object(_ members: [(String, String)]) -> String {
    "{\(members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ","))}"
  }

  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
