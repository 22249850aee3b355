/// The wording of mistakes in expressions, one function each, sorted; declarations, decisions and cases
/// have files of their own beside this one.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension Diagnostic {
  static func alwaysPresent(_ range: SourceRange, _ text: String) -> Self {
    Self(
      "always-present", .error,
      "`\(text)` is always present",
      at: range,
      help: "only what is declared with `?` can be absent")
  }

  static func ambiguousName(_ name: Name, _ policies: [String]) -> Self {
    Self(
      "ambiguous-name", .error,
      "`\(name.text)` is declared by \(list(policies))",
      at: name.range,
      help: "write `\(policies.first ?? "").\(name.text)` to say which one is meant")
  }

  static func badPlaces(_ range: SourceRange) -> Self {
    Self(
      "bad-places", .error,
      "the places to round to are not a number from 0 to 8",
      at: range,
      help: "write `round(amount, 2)`")
  }

  static func branchesDiffer(_ range: SourceRange, _ found: String, first: String) -> Self {
    Self(
      "type-mismatch", .error,
      "both branches need one type: the first is \(first), this is \(found)",
      at: range)
  }

  static func cannotAggregate(
    _ range: SourceRange, _ function: ExpressionTree.Aggregate, _ type: String
  ) -> Self {
    Self(
      "not-a-number", .error,
      "`\(function.rawValue)` takes numbers, amounts or percentages, not \(type)",
      at: range)
  }

  static func cannotCalculate(
    _ range: SourceRange, _ operation: TypedExpression.Arithmetic, _ a: String, _ b: String
  ) -> Self {
    Self(
      "cannot-calculate", .error,
      "cannot \(calculation(operation, a, b))",
      at: range,
      help: calculationHelp(operation, a, b))
  }

  static func cannotCompare(_ range: SourceRange, _ a: String, _ b: String, help: Phrase?) -> Self {
    Self("cannot-compare", .error, "cannot compare \(a) with \(b)", at: range, help: help)
  }

  static func decisionNeedsIs(_ name: Name, _ kind: DecisionTree.Kind) -> Self {
    Self(
      "decision-needs-is", .error,
      "`\(name.text)` is a \(kind.rawValue); it is not a value",
      at: name.range,
      help: "ask for its answer: \(list(kind.answers.map { "\(name.text) is \($0.word)" }))")
  }

  static func durationWithoutDate(_ range: SourceRange) -> Self {
    Self(
      "misplaced-unit", .error,
      "a length of time stands only behind a date and `+` or `-`",
      at: range,
      help: "write `d + 30 days`; between two days write `days from a to b`")
  }

  static func elseWithoutLookup(_ range: SourceRange) -> Self {
    Self(
      "unexpected-token", .error,
      "`else` stands only behind a table look-up, `min` or `max`",
      at: range,
      help: "write `if … then … else …`")
  }

  static func gradeComparedAsNumber(_ range: SourceRange, _ type: String) -> Self {
    Self(
      "use-better-than", .error,
      "the members of \(type) go from best to worst; `<` and `>` do not say which is meant",
      at: range,
      help: "write `is better than …` or `is no worse than …`")
  }

  static func lookupWithoutColumn(_ range: SourceRange, _ columns: [FieldTree]) -> Self {
    Self(
      "lookup-without-column", .error,
      "the look-up does not say which column",
      at: range,
      help: "add `.\(columns.first?.name.text ?? "column")` behind it")
  }

  static func mayBeAbsent(_ range: SourceRange, _ text: String) -> Self {
    Self(
      "may-be-absent", .error,
      "`\(text)` may be absent here",
      at: range,
      help: "ask first: `\(text) is present and …`")
  }

  static func noFields(_ name: Name, _ type: String) -> Self {
    Self(
      "no-fields", .error,
      "\(type) has no fields, so there is no `\(name.text)`",
      at: name.range)
  }

  static func noOrder(_ range: SourceRange, _ type: String) -> Self {
    Self(
      "no-order", .error,
      "values of \(type) have no order",
      at: range,
      help: "compare them with `=` or `!=`")
  }

  static func notACondition(_ range: SourceRange, _ type: String) -> Self {
    Self(
      "not-a-condition", .error,
      "a condition is needed here, this is \(type)",
      at: range,
      help: "compare it with something")
  }

  static func notAFunction(_ name: Name, nearest: String?) -> Self {
    Self(
      "unknown-function", .error,
      "there is no definition `\(name.text)` with arguments",
      at: name.range,
      help: nearest.map { "did you mean `\($0)`?" })
  }

  static func notAList(_ range: SourceRange, _ text: String, _ type: String) -> Self {
    Self("not-a-list", .error, "`\(text)` is \(type), not a list", at: range)
  }

  static func notANumber(_ range: SourceRange, _ type: String) -> Self {
    Self(
      "not-a-number", .error,
      "a number, amount or percentage is needed here, this is \(type)",
      at: range)
  }

  static func notASingleValue(_ range: SourceRange, _ type: String) -> Self {
    Self(
      "not-a-single-value", .error,
      "a single value is needed here, this is \(type)",
      at: range,
      help: "name one of its fields, or count its items")
  }

  static func notATable(_ range: SourceRange, _ text: String) -> Self {
    Self("not-a-table", .error, "`\(text)` is not a table", at: range)
  }

  static func noWords(_ name: Name, _ type: String) -> Self {
    Self(
      "no-words", .error,
      "\(type) has no value called `\(name.text)`",
      at: name.range,
      help: "compare with `=`")
  }

  static func patternNotWritten(_ range: SourceRange) -> Self {
    Self(
      "missing-text", .error,
      "the pattern of `matches` must be written out as a text",
      at: range)
  }

  static func policyNotUsed(_ name: Name, _ policy: String, _ word: Phrase) -> Self {
    Self(
      "policy-not-used", .error,
      "the \(word) `\(name.text)` belongs to `\(policy)`, which is not used here",
      at: name.range,
      help: "add `use \(policy)`")
  }

  static func shadowedVariable(_ name: Name) -> Self {
    Self(
      "shadowed-name", .error,
      "`\(name.text)` already names an item here",
      at: name.range,
      help: "choose another name")
  }

  static func tableNeedsKey(_ name: Name) -> Self {
    Self(
      "table-needs-key", .error,
      "`\(name.text)` is a table; it is not a value",
      at: name.range,
      help: "look up a row: `\(name.text)[key].column`")
  }

  static func tooDeep(_ range: SourceRange) -> Self {
    Self(
      "too-deep", .error,
      "this is nested too deeply",
      at: range,
      help: "name a part of it with `define`")
  }

  static func typeMismatch(
    _ range: SourceRange, expected: String, found: String, help: Phrase? = nil
  ) -> Self {
    Self(
      "type-mismatch", .error,
      "\(expected) is needed here, this is \(found)",
      at: range,
      help: help)
  }

  static func typeMismatch(
    _ range: SourceRange, oneOf types: [String], found: String, help: Phrase?
  ) -> Self {
    let expected = SourceMessages.list(types.map { .verbatim($0) }, last: .or)
    return Self(
      "type-mismatch", .error, "\(expected) is needed here, this is \(found)", at: range, help: help
    )
  }

  static func typeMismatch(
    _ range: SourceRange, expected: String, written found: Phrase
  ) -> Self {
    Self("type-mismatch", .error, "\(expected) is needed here, this is \(found)", at: range)
  }

  static func unknownAnswer(
    _ word: Name, _ kind: DecisionTree.Kind, nearest: String?, all: [String]
  ) -> Self {
    Self(
      "unknown-answer", .error,
      "a \(kind.rawValue) never answers `\(word.text)`",
      at: word.range,
      help: meant(nearest, "a \(kind.rawValue) answers \(list(all))"))
  }

  static func unknownColumn(
    _ name: Name, _ table: String, nearest: String?, all: [String]
  ) -> Self {
    Self(
      "unknown-column", .error,
      "the table `\(table)` has no column `\(name.text)`",
      at: name.range,
      help: meant(nearest, "it has \(list(all))"))
  }

  static func unknownField(_ name: Name, of type: String, nearest: String?, all: [String]) -> Self {
    Self(
      "unknown-field", .error,
      "`\(type)` has no field `\(name.text)`",
      at: name.range,
      help: meant(nearest, "it has \(list(all))"))
  }

  static func unknownInPolicy(_ name: Name, _ policy: String, nearest: String?) -> Self {
    Self(
      "unknown-name", .error,
      "the policy `\(policy)` declares no `\(name.text)`",
      at: name.range,
      help: nearest.map { "did you mean `\($0)`?" })
  }

  static func unknownName(_ name: Name, nearest: String?, elsewhere: String?) -> Self {
    Self(
      "unknown-name", .error,
      "there is no `\(name.text)`",
      at: name.range,
      help: nearest.map { "did you mean `\($0)`?" }
        ?? elsewhere.map { "`\($0)` declares it: add `use \($0)`" })
  }

  static func unknownNumberWord(_ name: Name, nearest: String?, all: [String]) -> Self {
    Self(
      "unknown-name", .error,
      "there is no `\(name.text)`",
      at: name.range,
      help: nearest.map { "did you mean `\($0)`?" } ?? "there are \(list(all))")
  }

  static func unorderedComparison(_ range: SourceRange, _ type: String) -> Self {
    Self(
      "unordered-comparison", .error,
      "the members of \(type) have no order",
      at: range,
      help: "declare it as `rising one of { … }` when the first is the lowest")
  }

  static func variableShadows(_ name: Name, _ word: Phrase) -> Self {
    Self(
      "shadowed-name", .error,
      "`\(name.text)` is the name of the \(word) already",
      at: name.range,
      help: "choose another name")
  }

  static func wrongArgumentCount(
    _ name: Name, expected: Int, found: Int, _ range: SourceRange
  ) -> Self {
    Self(
      "wrong-arguments", .error,
      "`\(name.text)` takes \(count(expected, "argument")), not \(found)",
      at: range)
  }

  static func wrongKeyCount(_ range: SourceRange, _ table: String, expected: Int) -> Self {
    Self(
      "wrong-keys", .error,
      "the table `\(table)` is looked up by \(count(expected, "key"))",
      at: range)
  }
}
