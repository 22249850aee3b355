/// Diagnostics for people: the message, the line of the file, and what is underlined in it.

/// Renders diagnostics as text.
///
/// ```
/// error[unknown-clause]: `dney` does not begin a clause of a release
///   --> shipment.writ:12:3
///    |
/// 12 |   dney unpaid "…"
///    |   ^^^^
///    = help: did you mean `deny`?
/// ```
public struct DiagnosticText {
  private let files: SourceFiles
  private let colour: Bool
  private let catalog: Catalog

  /// Prepares to render diagnostics of these files, with ANSI colours or without, in a language.
  public init(files: SourceFiles, colour: Bool, in catalog: Catalog = .english) {
    self.files = files
    self.colour = colour
    self.catalog = catalog
  }

  /// The diagnostics in their order, and a line that counts them; nothing for none.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    guard !diagnostics.isEmpty else { return "" }
    var result = ""
    for diagnostic in diagnostics { result += render(diagnostic) + "\n" }
    return result + summary(diagnostics) + "\n"
  }

  /// One diagnostic.
  public func render(_ diagnostic: Diagnostic) -> String {
    let tint: Tint = diagnostic.severity == .error ? .red : .yellow
    let severity = painted(
      "\(say(SourceMessages.severity(diagnostic.severity)))[\(diagnostic.code)]", tint)
    let message = painted(say(diagnostic.message), .bold)
    var result = say(SourceMessages.titled(.verbatim(severity), .verbatim(message))) + "\n"
    let width = gutter(diagnostic)
    result += excerpt(diagnostic.range, tint, width)
    let margin = String(repeating: " ", count: width)
    for note in diagnostic.notes {
      result += "\(margin) = \(say(SourceMessages.titled("note", note.message)))\n"
      if let range = note.range { result += excerpt(range, .blue, width) }
      for line in (note.text ?? "").split(separator: "\n", omittingEmptySubsequences: false).trimmed
      {
        result += line.isEmpty ? "\n" : "\(margin)     \(line)\n"
      }
    }
    if let help = diagnostic.help {
      let title = Phrase.verbatim(painted(say("help"), .green))
      result += "\(margin) = \(say(SourceMessages.titled(title, help)))\n"
    }
    return result
  }

  /// The place of a range, its line, and what is underlined in it.
  public func excerpt(_ range: SourceRange) -> String {
    let line = files[range.file].position(of: Int(range.lower)).line
    return excerpt(range, .yellow, String(line).utf8.count)
  }

  private func say(_ phrase: Phrase) -> String { phrase.text(in: catalog) }

  /// How wide the widest line number of a diagnostic is.
  private func gutter(_ diagnostic: Diagnostic) -> Int {
    let ranges = [diagnostic.range] + diagnostic.notes.compactMap(\.range)
    let lines = ranges.map { files[$0.file].position(of: Int($0.lower)).line }
    return String(lines.max() ?? 1).utf8.count
  }

  /// The place, the line and the underline; of a folder or an empty file only its name.
  private func excerpt(_ range: SourceRange, _ tint: Tint, _ width: Int) -> String {
    let file = files[range.file]
    if file.bytes.isEmpty { return "\(spaces(width))\(painted("-->", .blue)) \(file.name)\n" }
    let start = file.position(of: Int(range.lower))
    let end = file.position(of: Int(range.upper))
    let line = Array(file.text(ofLine: start.line).unicodeScalars)
    let first = min(start.column - 1, line.count)
    let last = end.line == start.line ? min(end.column - 1, line.count) : line.count
    let blanks = line[..<first].map { $0 == "\t" ? "\t" : spaces(DisplayWidth.of($0)) }
    let underlined = line[first..<max(first, last)].reduce(0) { $0 + DisplayWidth.of($1) }
    let carets = String(repeating: "^", count: max(1, underlined))
    let margin = spaces(width)
    let number = String(start.line)
    let shown = line.map { DisplayWidth.isShown($0) ? String($0) : "·" }.joined()
    return """
      \(margin)\(painted("-->", .blue)) \(file.name):\(start.line):\(start.column)
      \(margin) \(painted("|", .blue))
      \(spaces(width - number.utf8.count))\(painted("\(number) |", .blue)) \(shown)
      \(margin) \(painted("|", .blue)) \(blanks.joined())\(painted(carets, tint))

      """
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  private func summary(_ diagnostics: [Diagnostic]) -> String {
    let errors = diagnostics.filter { $0.severity == .error }.count
    let warnings = diagnostics.count - errors
    return say(SourceMessages.summary(errors: errors, warnings: warnings))
  }

  private enum Tint: String {
    case red = "31;1", yellow = "33;1", blue = "34", green = "32", bold = "1"
  }

  private func painted(_ text: String, _ tint: Tint) -> String {
    colour ? "\u{1B}[\(tint.rawValue)m\(text)\u{1B}[0m" : text
  }
}

extension [Substring] {
  /// Without the empty lines at its end.
  fileprivate var trimmed: ArraySlice<Substring> {
    prefix((lastIndex { !$0.isEmpty } ?? -1) + 1)
  }
}
