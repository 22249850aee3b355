/// The wording of mistakes in records and lists that are written out, sorted.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension Diagnostic {
  static func fieldsMissing(_ range: SourceRange, of type: String, _ names: [String]) -> Self {
    Self(
      "fields-missing", .error,
      "a `\(type)` also needs \(names.map { "`\($0)`" }.joined(separator: ", "))",
      at: range)
  }

  static func listWithoutType(_ range: SourceRange) -> Self {
    Self(
      "list-without-type", .error,
      "it is not known what this empty list is a list of",
      at: range,
      help: "say it: `define name of List of TYPE = […]`")
  }

  static func notHandedOut(_ range: SourceRange, _ type: String) -> Self {
    Self(
      "not-an-amount", .error,
      "what is handed out is Money or a Number, not \(type)",
      at: range)
  }

  static func recordWithoutType(_ range: SourceRange) -> Self {
    Self(
      "record-without-type", .error,
      "it is not known of which type this record is",
      at: range,
      help: "say it: `define name of TYPE = { … }`, or `value name of List of TYPE = […]`")
  }
}
