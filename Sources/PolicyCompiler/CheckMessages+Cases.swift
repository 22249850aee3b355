/// The wording of mistakes in sample cases, sorted.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension Diagnostic {
  static func ambiguousClearance(_ code: Name, _ decisions: [String]) -> Self {
    Self(
      "ambiguous-clearance", .error,
      "`\(code.text)` is a code of \(list(decisions))",
      at: code.range,
      help: "write `\(decisions.first ?? "").\(code.text)`")
  }

  static func asOfMissing(_ name: Name) -> Self {
    Self(
      "as-of-missing", .error,
      "the case `\(name.text)` does not say of which day it is",
      at: name.range,
      help: "add `as of DATE`")
  }

  static func cyclicLike(_ like: Name, chain: [String]) -> Self {
    Self(
      "cyclic-like", .error,
      "cases copy each other in a circle",
      at: like.range,
      notes: [.init(chainWords(chain))])
  }

  static func duplicateCase(_ name: Name, first: SourceRange) -> Self {
    Self(
      "duplicate-case", .error,
      "two cases are called `\(name.text)`",
      at: name.range,
      notes: [.init("first here", at: first)])
  }

  static func figureNotPossible(_ range: SourceRange, _ kind: String, all: [String]) -> Self {
    Self(
      "figure-not-possible", .error,
      "a \(kind) has no figure",
      at: range,
      help: all.isEmpty ? nil : "it answers \(list(all))")
  }

  static func itemNotPossible(_ code: Name) -> Self {
    Self(
      "item-not-possible", .error,
      "`\(code.text)` is not a `for each` clause, so it has no items",
      at: code.range)
  }

  static func missingOutcome(_ name: Name) -> Self {
    Self(
      "missing-outcome", .error,
      "the line does not say what `\(name.text)` answers",
      at: name.range)
  }

  static func warningNotPossible(_ range: SourceRange, _ kind: String) -> Self {
    Self(
      "warning-not-possible", .error, "a \(kind) does not warn", at: range,
      help: "only a limit does, from the share behind `warn from`")
  }

  static func needsBraces(_ range: SourceRange, _ type: String) -> Self {
    Self(
      "type-mismatch", .error,
      "`\(type)` is a record",
      at: range,
      help: "write `{ field: value, … }`")
  }

  static func needsBrackets(_ range: SourceRange, _ type: String) -> Self {
    Self("type-mismatch", .error, "\(type) is a list", at: range, help: "write `[ item, … ]`")
  }

  static func noSuchItem(_ range: SourceRange, _ item: Int, count: Int) -> Self {
    Self(
      "no-such-item", .error,
      "the list has \(Diagnostic.count(count, "item")), so there is no item \(item)",
      at: range,
      help: "items count from 1")
  }

  static func unknownCase(_ name: Name, nearest: String?) -> Self {
    Self(
      "unknown-case", .error,
      "there is no case `\(name.text)` in this file",
      at: name.range,
      help: nearest.map { "did you mean `\($0)`?" })
  }

  static func unknownCode(
    _ name: Name, in decision: String, nearest: String?, all: [String]
  ) -> Self {
    Self(
      "unknown-code", .error,
      "`\(decision)` has no clause `\(name.text)`",
      at: name.range,
      help: meant(nearest, "it has \(list(all))"))
  }

  static func unknownDecision(
    _ name: Name, in policy: String, nearest: String?, all: [String]
  ) -> Self {
    Self(
      "unknown-decision", .error,
      "the policy `\(policy)` has no decision `\(name.text)`",
      at: name.range,
      help: meant(nearest, "it has \(list(all))"))
  }

  static func unknownDuty(
    _ name: Name, in decision: String, nearest: String?, all: [String]
  ) -> Self {
    Self(
      "unknown-duty", .error,
      "`\(decision)` has no duty `\(name.text)`",
      at: name.range,
      help: meant(nearest, "it has \(list(all))"))
  }

  static func unknownInput(_ name: Name, nearest: String?, all: [String]) -> Self {
    Self(
      "unknown-input", .error,
      "there is no input `\(name.text)`",
      at: name.range,
      help: meant(nearest, "there are \(list(all))"))
  }

  static func unknownOutcome(
    _ word: Name, _ kind: String, nearest: String?, all: [String]
  ) -> Self {
    Self(
      "unknown-outcome", .error,
      "a \(kind) never answers `\(word.text)`",
      at: word.range,
      help: meant(nearest, "it answers \(list(all))"))
  }

  static func unknownStepOf(
    _ name: Name, _ decision: String, nearest: String?, all: [String]
  ) -> Self {
    Self(
      "unknown-step", .error,
      "`\(decision)` has no step `\(name.text)`",
      at: name.range,
      help: meant(nearest, "it has \(list(all))"))
  }

  static func unknownTrap(_ name: Name, nearest: String?, all: [String]) -> Self {
    Self(
      "unknown-trap", .error,
      "there is no error `\(name.text)`",
      at: name.range,
      help: meant(nearest, "there are \(list(all))"))
  }
}
