/// The lines of `Tests/Corpus/expressions.tsv`, for the reference and for the machine.
import Foundation
import PolicyRuntime

/// An expression, the facts it is evaluated with, and what it must give.
public struct ExpressionCase: Sendable {
  /// The line in the file.
  public let number: Int
  /// The type of the expression.
  public let type: String
  /// The expression.
  public let expression: String
  /// Changes to the usual facts.
  public let facts: String
  /// A value, `unknown` with paths, or `error:TRAP`.
  public let expected: String

  /// All cases of the corpus.
  public static func all() throws -> [ExpressionCase] {
    let text = try String(contentsOf: file("expressions.tsv"), encoding: .utf8)
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
      index, line in
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard columns.count == 4, !line.hasPrefix("#") else { return nil }
      return ExpressionCase(
        number: index + 1, type: columns[0], expression: columns[1], facts: columns[2],
        expected: columns[3])
    }
  }

  private static func file(_ name: String) -> URL { Golden.corpus.appendingPathComponent(name) }

  /// The declarations and the expression as a decision `expressions.it`.
  public func policy() throws -> String {
    let declarations = try String(contentsOf: Self.file("expressions.writ"), encoding: .utf8)
    return declarations + "\nvalue it \"It\" of \(type) = \(expression)\n"
  }

  /// The request with the facts of the case.
  public func request() throws -> ReferenceRequest {
    let text = try String(contentsOf: Self.file("expressions.tsv"), encoding: .utf8)
    var inputs: [String: RequestValue] = [:]
    for line in text.split(separator: "\n") where line.hasPrefix("#   ") {
      try Self.read(String(line.dropFirst(4)), into: &inputs)
    }
    if facts != "-" { try Self.read(facts, into: &inputs) }
    let day = Day(text: "2026-11-21".utf8) ?? Day(number: 0)
    return ReferenceRequest(inputs: inputs, unknown: ["uo"], asOf: day, today: day)
  }

  /// `name=JSON; name=?`.
  private static func read(_ facts: String, into inputs: inout [String: RequestValue]) throws {
    for fact in facts.components(separatedBy: "; ") {
      let halves = fact.split(separator: "=", maxSplits: 1)
      guard halves.count == 2 else { continue }
      var reader = RequestValueReader(String(halves[1]))
      inputs[String(halves[0])] = halves[1] == "?" ? nil : try reader.read()
    }
  }

  /// Whether an answer is what the line expects.
  public func agrees(with answer: ReferenceAnswer) -> Bool {
    switch answer.outcome {
    case "value": answer.value == expected
    case "error": "error:\(answer.trap ?? "")" == expected
    case "needs":
      expected == "unknown"
        || expected == "unknown " + answer.needs.sorted().joined(separator: ", ")
    default: false
    }
  }
}

/// Reads the JSON of a fact; numbers stay text.
struct RequestValueReader {
  private var rest: Substring.UnicodeScalarView

  /// What is no JSON.
  struct Malformed: Error {}

  init(_ text: String) { rest = Substring(text).unicodeScalars }

  mutating func read() throws -> RequestValue {
    let numberScalars = "-+.eE0123456789".unicodeScalars
    switch rest.first {
    case "\"": return .text(try text())
    case "[":
      return .array(try members("[", "]") { reader in try reader.read() })
    case "{":
      return .object(
        try members("{", "}") { reader in
          let name = try reader.text()
          try reader.take(":")
          return (name, try reader.read())
        })
    case "t", "f", "n":
      for (word, value) in [
        ("true", RequestValue.bool(true)), ("false", .bool(false)), ("null", .null),
      ]
      where String(rest).hasPrefix(word) {
        rest.removeFirst(word.count)
        return value
      }
      throw Malformed()
    default:
      let number = rest.prefix { numberScalars.contains($0) }
      if number.isEmpty { throw Malformed() }
      rest.removeFirst(number.count)
      return .number(String(number))
    }
  }

  private mutating func take(_ scalar: Unicode.Scalar) throws {
    guard rest.first == scalar else { throw Malformed() }
    rest.removeFirst()
  }

  /// A text without escapes: the corpus needs none.
  private mutating func text() throws -> String {
    try take("\"")
    let letters = rest.prefix { $0 != "\"" }
    rest.removeFirst(letters.count)
    try take("\"")
    return String(letters)
  }

  private mutating func members<T>(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ member: (inout Self) throws -> T
  ) throws -> [T] {
    try take(open)
    var members: [T] = []
    while rest.first != close {
      if !members.isEmpty { try take(",") }
      members.append(try member(&self))
    }
    try take(close)
    return members
  }
}
