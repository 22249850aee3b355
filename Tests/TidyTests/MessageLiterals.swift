/// The string literals of a Swift file as phrases see them: templates with `{1}`, `{2}` … for what is put in.
import Foundation

/// A string literal of the sources.
struct MessageLiteral {
  /// The template, without the blanks that it begins with.
  var template: String
  /// The line, from 1.
  var line: Int
  /// Some of the code before it, without blanks at its end.
  var before: String
  /// Some of the code behind it.
  var after: String
}

/// Reads the literals of a file; literals inside the holes of others count as well.
struct LiteralReader {
  private let text: [Unicode.Scalar]
  private var at = 0
  private var line = 1
  private var found: [MessageLiteral] = []

  static func literals(of file: SwiftFile) -> [MessageLiteral] {
    var reader = LiteralReader(file.text)
    reader.read()
    return joined(reader.found)
  }

  private init(_ text: String) { self.text = Array(text.unicodeScalars) }

  private func starts(_ word: String) -> Bool {
    let scalars = Array(word.unicodeScalars)
    return at + scalars.count <= text.count
      && Array(text[at..<at + scalars.count]) == scalars
  }

  private mutating func read() {
    while at < text.count {
      if starts("//") {
        while at < text.count, text[at] != "\n" { at += 1 }
      } else if text[at] == "\"" {
        literal()
      } else {
        if text[at] == "\n" { line += 1 }
        at += 1
      }
    }
  }

  /// Reads the literal at the cursor.
  private mutating func literal() {
    let start = at
    let startLine = line
    let mark = starts("\"\"\"") ? "\"\"\"" : "\""
    at += mark.count
    var template = ""
    var holes = 0
    while at < text.count, !starts(mark) {
      if text[at] == "\n" { line += 1 }
      guard text[at] == "\\" else {
        template.unicodeScalars.append(text[at])
        at += 1
        continue
      }
      at += 1
      switch text[at] {
      case "(":
        holes += 1
        template += "{\(holes)}"
        hole()
      case "u":
        var digits = ""
        while text[at] != "}" {
          at += 1
          if text[at] != "{", text[at] != "}" { digits.unicodeScalars.append(text[at]) }
        }
        if let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) {
          template.unicodeScalars.append(scalar)
        }
        at += 1
      default:
        let short: [Unicode.Scalar: Unicode.Scalar] = ["n": "\n", "t": "\t", "r": "\r", "0": "\0"]
        template.unicodeScalars.append(short[text[at]] ?? text[at])
        at += 1
      }
    }
    at += mark.count
    let before = text[max(0, start - 120)..<start].map { String($0) }.joined()
    let after = text[min(at, text.count)..<min(at + 60, text.count)].map { String($0) }.joined()
    found.append(
      MessageLiteral(
        template: String(template.drop { $0 == " " }), line: startLine,
        before: before.trimmingCharacters(in: .whitespacesAndNewlines), after: after))
  }

  /// Steps over `(…)` of a literal, and reads the literals in it.
  private mutating func hole() {
    var depth = 0
    repeat {
      if text[at] == "\"" {
        literal()
        continue
      }
      if text[at] == "(" { depth += 1 }
      if text[at] == ")" { depth -= 1 }
      at += 1
    } while depth > 0 && at < text.count
  }

  /// Literals with `+` between them are one.
  private static func joined(_ literals: [MessageLiteral]) -> [MessageLiteral] {
    var result: [MessageLiteral] = []
    for literal in literals {
      if let last = result.last, literal.before.hasSuffix("+"),
        last.after.trimmingCharacters(in: .whitespacesAndNewlines).hasPrefix("+ \"")
      {
        result[result.count - 1].template += literal.template
        result[result.count - 1].after = literal.after
      } else {
        result.append(literal)
      }
    }
    return result
  }
}
