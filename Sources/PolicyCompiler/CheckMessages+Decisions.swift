/// The wording of mistakes in the clauses of decisions, sorted.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension Diagnostic {
  static func bandsOutOfOrder(_ name: Name, after: Name) -> Self {
    Self(
      "bands-out-of-order", .error,
      "`\(name.text)` is better than `\(after.text)`, which stands before it",
      at: name.range,
      notes: [.init("`\(after.text)` is here", at: after.range)],
      help: "write the best first")
  }

  static func cannotRefuse(_ range: SourceRange, _ act: StepTree.Act) -> Self {
    Self(
      "cannot-refuse", .error,
      "a step that `\(act.rawValue)` cannot refuse",
      at: range,
      help: "leave out `on refusal`, or use `reviews` or `approves`")
  }

  static func clauseNotAllowed(_ keyword: Name, _ kind: DecisionTree.Kind) -> Self {
    Self(
      "clause-not-allowed", .error,
      "a \(kind.rawValue) has no `\(keyword.text)`",
      at: keyword.range,
      help: "a \(kind.rawValue) has \(list(kind.clauses))")
  }

  static func duplicateBand(_ name: Name, first: SourceRange) -> Self {
    Self(
      "duplicate-band", .error,
      "`\(name.text)` is given twice",
      at: name.range,
      notes: [.init("first here", at: first)],
      help: "join the conditions with `or`")
  }

  static func duplicateClause(_ keyword: Name, first: SourceRange) -> Self {
    Self(
      "duplicate-clause", .error,
      "`\(keyword.text)` stands twice",
      at: keyword.range,
      notes: [.init("first here", at: first)])
  }

  static func duplicateCode(_ name: Name, _ word: Phrase, first: SourceRange) -> Self {
    Self(
      "duplicate-code", .error,
      "the \(word) `\(name.text)` stands twice in this decision",
      at: name.range,
      notes: [.init("first here", at: first)],
      help: "give each a code of its own")
  }

  static func dutyTrigger(
    _ code: Name, _ wanted: DutyTrigger, _ kind: DecisionTree.Kind, _ possible: [DutyTrigger]
  ) -> Self {
    Self(
      "duty-trigger", .error,
      "a \(kind.rawValue) never answers `\(wanted.rawValue)`, so the duty `\(code.text)` never arises",
      at: code.range,
      help:
        "a duty of a \(kind.rawValue) arises \(list(possible.map { $0 == .always ? "always" : "on \($0.rawValue)" }))"
    )
  }

  static func giveWithoutWhen(_ keyword: Name) -> Self {
    Self(
      "give-without-when", .error,
      "`give` needs a condition",
      at: keyword.range,
      help: "write `give … when …`; the last class is `otherwise …`")
  }

  static func gradeWithoutOtherwise(_ name: Name) -> Self {
    Self(
      "grade-without-otherwise", .error,
      "`\(name.text)` does not say what holds when no class is given",
      at: name.range,
      help: "add `otherwise …` with the worst class")
  }

  static func laterStep(_ name: Name, of step: String) -> Self {
    Self(
      "later-step", .error,
      "a refusal of `\(step)` cannot go on to `\(name.text)`",
      at: name.range,
      help: "name a step that stands before it, or `requester`")
  }

  static func limitWithoutStart(_ name: Name) -> Self {
    Self(
      "limit-without-start", .error,
      "`\(name.text)` does not say where the limit starts",
      at: name.range,
      help: "add `start …` with the amount before any cap")
  }

  static func signNotWorse(_ name: Name, than other: String) -> Self {
    Self(
      "sign-not-worse", .error,
      "the sign `\(name.text)` is not worse than `\(other)`, which is given without any sign",
      at: name.range,
      help: "signs make the class worse: `otherwise` is the best")
  }

  static func notRecorded(_ range: SourceRange, _ text: String, _ place: SourceRange) -> Self {
    Self(
      "not-recorded", .error,
      "answers do not write down what the clause reads of lists and other decisions",
      at: range,
      notes: [.init("`\(text)` could change without being noticed", at: place)],
      help: "say how much is cleared with `up to AMOUNT of EXPRESSION` instead")
  }

  static func notAnAmount(_ range: SourceRange, _ type: String) -> Self {
    Self(
      "not-an-amount", .error,
      "a limit is counted in Money or Number, not in \(type)",
      at: range)
  }

  static func notAPost(_ range: SourceRange, _ type: String) -> Self {
    Self("not-a-post", .error, "a post or person is needed here, this is \(type)", at: range)
  }

  static func notBestFirst(_ range: SourceRange, _ type: String) -> Self {
    Self(
      "not-best-first", .error,
      "\(type) is not a `best first` enumeration",
      at: range,
      help: "declare it as `best first one of { … }`")
  }

  static func reservedName(_ name: Name) -> Self {
    Self(
      "reserved-name", .error,
      "`\(name.text)` has a meaning of its own here",
      at: name.range,
      help: "choose another name")
  }

  static func tailNotAllowed(
    _ range: SourceRange, _ tail: String, _ clause: String, _ allowed: [String]
  ) -> Self {
    Self(
      "tail-not-allowed", .error,
      "`\(clause)` has no `\(tail)` here",
      at: range,
      help: allowed.isEmpty ? nil : "it may have \(list(allowed))")
  }

  static func typeNotPossible(_ range: SourceRange, _ kind: DecisionTree.Kind) -> Self {
    Self(
      "type-not-possible", .error,
      "a \(kind.rawValue) is not `of` a type",
      at: range,
      help: "only grades and values are")
  }

  static func unknownStep(_ name: Name, nearest: String?, all: [String]) -> Self {
    Self(
      "unknown-step", .error,
      "there is no step `\(name.text)` before this one",
      at: name.range,
      help: meant(nearest, "a refusal may go to \(list(all))"))
  }

  static func valueWithoutGives(_ name: Name) -> Self {
    Self(
      "value-without-gives", .error,
      "`\(name.text)` does not say what it gives",
      at: name.range,
      help: "add `gives …`")
  }

  static func withoutType(_ name: Name, _ kind: DecisionTree.Kind) -> Self {
    Self(
      "without-type", .error,
      "`\(name.text)` does not say of which type it is",
      at: name.range,
      help: "write `\(kind.rawValue) \(name.text) of TYPE`")
  }
}
