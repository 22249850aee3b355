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

  /// Prepares to render diagnostics of these files, with ANSI colours or without.
  public init(files: SourceFiles, colour: Bool) {
    self.files = files
    self.colour = colour
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
    let severity = painted("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", tint)
    var result = "\(severity): \(painted(diagnostic.message, .bold))\n"
    let width = gutter(diagnostic)
    result += excerpt(diagnostic.range, tint, width)
    let margin = String(repeating: " ", count: width)
    for note in diagnostic.notes {
      result += "\(margin) = note: \(note.message)\n"
      if let range = note.range { result += excerpt(range, .blue, width) }
    }
    if let help = diagnostic.help { result += "\(margin) = \(painted("help", .green)): \(help)\n" }
    return result
  }

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
    var parts: [String] = []
    if errors > 0 { parts.append("\(errors) \(errors == 1 ? "error" : "errors")") }
    if warnings > 0 { parts.append("\(warnings) \(warnings == 1 ? "warning" : "warnings")") }
    return parts.joined(separator: ", ")
  }

  private enum Tint: String {
    case red = "31;1", yellow = "33;1", blue = "34", green = "32", bold = "1"
  }

  private func painted(_ text: String, _ tint: Tint) -> String {
    colour ? "\u{1B}[\(tint.rawValue)m\(text)\u{1B}[0m" : text
  }
}

/// How many columns of a terminal a character takes.
public enum DisplayWidth {
  /// 2 for wide East Asian characters and pictures, 0 for marks that combine, else 1.
  public static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x300...0x36F, 0x1AB0...0x1AFF, 0x20D0...0x20FF, 0xFE00...0xFE0F, 0xFE20...0xFE2F:
      return 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  /// Whether a terminal may be shown it: controls and direction marks are not passed on.
  static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09: return true
    case 0...0x1F, 0x7F...0x9F, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E,
      0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      return false
    default: return true
    }
  }
}
