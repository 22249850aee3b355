/// The wording of every mistake that the checker finds, one function each, sorted.
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

  static func badCurrency(_ name: Name) -> Self {
    Self(
      "bad-currency", .error,
      "`\(name.text)` is not a currency",
      at: name.range,
      help: "a currency is three capital letters, such as `CNY`")
  }

  static func badPattern(_ range: SourceRange, _ fault: TextPattern.Fault) -> Self {
    Self(
      "bad-pattern", .error,
      patternWords(fault),
      at: range,
      help: "a pattern is letters and `{digits 4}`, `{letters 2}`, `{date}`; `{{` is a brace")
  }

  static func badPlaces(_ range: SourceRange) -> Self {
    Self(
      "bad-places", .error,
      "the places to round to are not a number from 0 to 8",
      at: range,
      help: "write `round(amount, 2)`")
  }

  static func bandsOutOfOrder(_ name: Name, after: Name) -> Self {
    Self(
      "bands-out-of-order", .error,
      "`\(name.text)` is better than `\(after.text)`, which stands before it",
      at: name.range,
      notes: [.init("`\(after.text)` is here", at: after.range)],
      help: "write the best first")
  }

  static func branchesDiffer(_ range: SourceRange, _ found: String, first: String) -> Self {
    Self(
      "type-mismatch", .error,
      "both branches need one type: the first is \(first), this is \(found)",
      at: range)
  }

  static func builtinTypeName(_ name: Name) -> Self {
    Self(
      "builtin-type", .error,
      "`\(name.text)` is a type of the language",
      at: name.range,
      help: "choose another name")
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

  static func cannotCompare(_ range: SourceRange, _ a: String, _ b: String, help: String?) -> Self {
    Self("cannot-compare", .error, "cannot compare \(a) with \(b)", at: range, help: help)
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

  static func constraintDoesNotFit(_ range: SourceRange, _ type: String) -> Self {
    Self(
      "constraint-does-not-fit", .error,
      "\(type) cannot be constrained like this",
      at: range,
      help: "ranges fit Number, Money, Percent and Date; `matching` fits Text")
  }

  static func constraintInTable(_ constraint: ConstraintTree) -> Self {
    Self(
      "constraint-in-table", .error,
      "keys and columns of a table have no constraints",
      at: constraint.range,
      help: "write the bounds in the cells")
  }

  static func cyclicDecision(_ name: Name, chain: [String]) -> Self {
    Self(
      "cyclic-decision", .error,
      "`\(name.text)` needs its own answer",
      at: name.range,
      notes: [.init(chainWords(chain))])
  }

  static func cyclicDefine(_ name: Name, chain: [String]) -> Self {
    Self(
      "cyclic-define", .error,
      "`\(name.text)` is defined by itself",
      at: name.range,
      notes: [.init(chainWords(chain))])
  }

  static func cyclicUse(_ name: Name, chain: [String]) -> Self {
    Self(
      "cyclic-use", .error,
      "policies use each other in a circle",
      at: name.range,
      notes: [.init(chainWords(chain))],
      help: "move what they share into a third policy")
  }

  static func datesNotRising(_ range: SourceRange) -> Self {
    Self(
      "dates-not-rising", .error,
      "this day is not after the one before it",
      at: range,
      help: "write the earliest value first, each day once")
  }

  static func decisionNeedsIs(_ name: Name, _ kind: DecisionTree.Kind) -> Self {
    Self(
      "decision-needs-is", .error,
      "`\(name.text)` is a \(kind.rawValue); it is not a value",
      at: name.range,
      help: "ask for its answer: \(list(kind.answers.map { "\(name.text) is \($0.word)" }))")
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

  static func duplicateCode(_ name: Name, _ word: String, first: SourceRange) -> Self {
    Self(
      "duplicate-code", .error,
      "the \(word) `\(name.text)` stands twice in this decision",
      at: name.range,
      notes: [.init("first here", at: first)],
      help: "give each a code of its own")
  }

  static func duplicateColumn(_ name: Name, first: SourceRange) -> Self {
    Self(
      "duplicate-column", .error,
      "the column `\(name.text)` stands twice",
      at: name.range,
      notes: [.init("first here", at: first)])
  }

  static func duplicateField(_ name: Name, first: SourceRange) -> Self {
    Self(
      "duplicate-field", .error,
      "the field `\(name.text)` is declared twice",
      at: name.range,
      notes: [.init("first here", at: first)])
  }

  static func duplicateMember(_ name: Name, first: SourceRange) -> Self {
    Self(
      "duplicate-member", .error,
      "the member `\(name.text)` stands twice",
      at: name.range,
      notes: [.init("first here", at: first)])
  }

  static func duplicateName(_ name: Name, _ word: String, first: SourceRange) -> Self {
    Self(
      "duplicate-name", .error,
      "the \(word) `\(name.text)` has a name that is declared already",
      at: name.range,
      notes: [.init("first here", at: first)])
  }

  static func duplicatePolicy(_ name: Name, first: SourceRange) -> Self {
    Self(
      "duplicate-policy", .error,
      "two policies are called `\(name.text)`",
      at: name.range,
      notes: [.init("first here", at: first)])
  }

  static func duplicatePost(_ name: Name, first: SourceRange, in files: SourceFiles) -> Self {
    Self(
      "duplicate-post", .error,
      "the post `\(name.text)` is declared twice",
      at: name.range,
      notes: [.init("first here", at: first)],
      help: "declare it in one policy, and `use` that policy in the others")
  }

  static func duplicateUse(_ name: Name) -> Self {
    Self("duplicate-use", .error, "`\(name.text)` is used already", at: name.range)
  }

  static func durationWithoutDate(_ range: SourceRange) -> Self {
    Self(
      "duration-without-date", .error,
      "a length of time stands only behind a date and `+` or `-`",
      at: range,
      help: "write `d + 30 days`; between two days write `days from a to b`")
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

  static func effectiveBackwards(_ range: SourceRange) -> Self {
    Self("effective-backwards", .error, "the policy ends before it begins", at: range)
  }

  static func elseWithoutLookup(_ range: SourceRange) -> Self {
    Self(
      "else-without-lookup", .error,
      "`else` stands only behind a table look-up, `min` or `max`",
      at: range,
      help: "write `if … then … else …`")
  }

  static func emptyRange(_ range: SourceRange) -> Self {
    Self(
      "empty-range", .error,
      "nothing lies in this range",
      at: range,
      help: "write the smaller bound first")
  }

  static func giveWithoutWhen(_ keyword: Name) -> Self {
    Self(
      "give-without-when", .error,
      "`give` needs a condition",
      at: keyword.range,
      help: "write `give … when …`; the last class is `otherwise …`")
  }

  static func gradeComparedAsNumber(_ range: SourceRange, _ type: String) -> Self {
    Self(
      "use-better-than", .error,
      "the members of \(type) go from best to worst; `<` and `>` do not say which is meant",
      at: range,
      help: "write `is better than …` or `is no worse than …`")
  }

  static func gradeWithoutOtherwise(_ name: Name) -> Self {
    Self(
      "grade-without-otherwise", .error,
      "`\(name.text)` does not say what holds when no class is given",
      at: name.range,
      help: "add `otherwise …` with the worst class")
  }

  static func holeNotPossible(_ range: SourceRange) -> Self {
    Self(
      "hole-not-possible", .error,
      "this text stands as it is; it cannot hold `{…}`",
      at: range,
      help: "write `{{` for a brace")
  }

  static func impossibleDate(_ text: String, _ range: SourceRange) -> Self {
    Self("impossible-date", .error, "there is no day `\(text)`", at: range)
  }

  static func inputTypeDiffers(
    _ name: Name, _ type: String, other: String, at place: SourceRange
  ) -> Self {
    Self(
      "input-type-differs", .error,
      "the input `\(name.text)` is \(type) here and \(other) in a policy that is decided with it",
      at: name.range,
      notes: [.init("the other is here", at: place)],
      help: "declare the type in one policy and `use` it")
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

  static func missingRows(_ name: Name, _ gaps: [String]) -> Self {
    Self(
      "missing-rows", .error,
      "no row of `\(name.text)` covers \(list(gaps))",
      at: name.range,
      help: "add rows, or a row with `-`, or `else` behind every look-up")
  }

  static func moneyWithoutCurrency(_ range: SourceRange) -> Self {
    Self(
      "money-without-currency", .error,
      "the amount has no currency, and the policy names none",
      at: range,
      help: "write the currency behind the amount, or `currency …` in the header")
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

  static func notALiteral(_ range: SourceRange, _ type: String) -> Self {
    Self("not-a-literal", .error, "a written \(type) is needed here", at: range)
  }

  static func notAnAmount(_ range: SourceRange, _ type: String) -> Self {
    Self(
      "not-an-amount", .error,
      "a limit is counted in Money or Number, not in \(type)",
      at: range)
  }

  static func notANumber(_ range: SourceRange, _ type: String) -> Self {
    Self(
      "not-a-number", .error,
      "a number, amount or percentage is needed here, this is \(type)",
      at: range)
  }

  static func notAPost(_ range: SourceRange, _ type: String) -> Self {
    Self("not-a-post", .error, "a post or person is needed here, this is \(type)", at: range)
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

  static func notBestFirst(_ range: SourceRange, _ type: String) -> Self {
    Self(
      "not-best-first", .error,
      "\(type) is not a `best first` enumeration",
      at: range,
      help: "declare it as `best first one of { … }`")
  }

  static func noWords(_ name: Name, _ type: String) -> Self {
    Self(
      "no-words", .error,
      "\(type) has no value called `\(name.text)`",
      at: name.range,
      help: "compare with `=`")
  }

  static func numberTooLarge(_ range: SourceRange) -> Self {
    Self(
      "number-too-large", .error,
      "this number has too many digits",
      at: range,
      help: "30 digits before the point and 8 behind it can be held")
  }

  static func onlyInCases(_ range: SourceRange) -> Self {
    Self(
      "only-in-cases", .error,
      "lists and records are written out only in sample cases",
      at: range,
      help: "`x in [a, b]` is possible")
  }

  static func overlappingRows(_ range: SourceRange, first: SourceRange, example: String) -> Self {
    Self(
      "overlapping-rows", .error,
      "this row and an earlier one both match \(example)",
      at: range,
      notes: [.init("the earlier row is here", at: first)],
      help: "make their cells differ, or declare the table `first`")
  }

  static func parameterWithoutValue(_ name: Name) -> Self {
    Self(
      "parameter-without-value", .error,
      "the parameter `\(name.text)` has no value",
      at: name.range,
      help: "write `= value`, or `{ from DATE: value }`")
  }

  static func patternNotWritten(_ range: SourceRange) -> Self {
    Self(
      "pattern-not-written", .error,
      "the pattern of `matches` must be written out as a text",
      at: range)
  }

  static func policyNotUsed(_ name: Name, _ policy: String, _ word: String) -> Self {
    Self(
      "policy-not-used", .error,
      "the \(word) `\(name.text)` belongs to `\(policy)`, which is not used here",
      at: name.range,
      help: "add `use \(policy)`")
  }

  static func recursiveType(_ name: Name, chain: [String]) -> Self {
    Self(
      "recursive-type", .error,
      "the type `\(name.text)` contains itself",
      at: name.range,
      notes: [.init(chainWords(chain))])
  }

  static func reservedName(_ name: Name) -> Self {
    Self(
      "reserved-name", .error,
      "`\(name.text)` has a meaning of its own here",
      at: name.range,
      help: "choose another name")
  }

  static func shadowedName(_ name: Name, policy: String, first: SourceRange) -> Self {
    Self(
      "shadowed-name", .error,
      "`\(name.text)` is declared by `\(policy)` too, which this policy uses",
      at: name.range,
      notes: [.init("the other is here", at: first)],
      help: "choose another name")
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

  static func tableNotComplete(
    _ range: SourceRange, _ name: String, gap: String?, at place: SourceRange
  ) -> Self {
    Self(
      "table-not-complete", .warning,
      "the table `\(name)` may have no row for this key",
      at: range,
      notes: [
        .init(
          gap.map { "no row matches \($0)" } ?? "its rows could not be proven to cover every key",
          at: place)
      ],
      help: "add `else …` behind the look-up, or a row")
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

  static func tooDeep(_ range: SourceRange) -> Self {
    Self(
      "too-deep", .error,
      "this is nested too deeply",
      at: range,
      help: "name a part of it with `define`")
  }

  static func typeMismatch(
    _ range: SourceRange, expected: String, found: String, help: String? = nil
  ) -> Self {
    Self(
      "type-mismatch", .error,
      "\(expected) is needed here, this is \(found)",
      at: range,
      help: help)
  }

  static func typeNotPossible(_ range: SourceRange, _ kind: DecisionTree.Kind) -> Self {
    Self(
      "type-not-possible", .error,
      "a \(kind.rawValue) is not `of` a type",
      at: range,
      help: "only grades and values are")
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

  static func unknownMember(
    _ name: Name, of type: String, nearest: String?, all: [String]
  ) -> Self {
    Self(
      "unknown-member", .error,
      "`\(type)` has no member `\(name.text)`",
      at: name.range,
      help: meant(nearest, "it has \(list(all))"))
  }

  static func unknownName(_ name: Name, nearest: String?, elsewhere: String?) -> Self {
    Self(
      "unknown-name", .error,
      "there is no `\(name.text)`",
      at: name.range,
      help: nearest.map { "did you mean `\($0)`?" }
        ?? elsewhere.map { "`\($0)` declares it: add `use \($0)`" })
  }

  static func unknownPolicy(_ name: Name, nearest: String?) -> Self {
    Self(
      "unknown-policy", .error,
      "there is no policy `\(name.text)` in this set",
      at: name.range,
      help: nearest.map { "did you mean `\($0)`?" })
  }

  static func unknownPost(_ name: Name, nearest: String?) -> Self {
    Self(
      "unknown-post", .error,
      "there is no post `\(name.text)`",
      at: name.range,
      help: meant(nearest, "declare it in `posts { … }`"))
  }

  static func unknownStep(_ name: Name, nearest: String?, all: [String]) -> Self {
    Self(
      "unknown-step", .error,
      "there is no step `\(name.text)` before this one",
      at: name.range,
      help: meant(nearest, "a refusal may go to \(list(all))"))
  }

  static func unknownType(_ name: Name, nearest: String?, elsewhere: String?) -> Self {
    Self(
      "unknown-type", .error,
      "there is no type `\(name.text)`",
      at: name.range,
      help: nearest.map { "did you mean `\($0)`?" }
        ?? elsewhere.map { "`\($0)` declares it: add `use \($0)`" })
  }

  static func unorderedComparison(_ range: SourceRange, _ type: String) -> Self {
    Self(
      "unordered-comparison", .error,
      "the members of \(type) have no order",
      at: range,
      help: "declare it as `rising one of { … }` when the first is the lowest")
  }

  static func unreachableRow(_ range: SourceRange, _ table: String) -> Self {
    Self(
      "unreachable-row", .error,
      "this row never matches: the rows before it match everything that it does",
      at: range,
      help: "`\(table)` takes the first row that matches; put it earlier or leave it out")
  }

  static func unsupportedType(_ range: SourceRange, _ why: String) -> Self {
    Self("unsupported-type", .error, why, at: range)
  }

  static func unused(_ word: String, _ name: Name) -> Self {
    Self("unused", .warning, "nothing uses the \(word) `\(name.text)`", at: name.range)
  }

  static func valueWithoutGives(_ name: Name) -> Self {
    Self(
      "value-without-gives", .error,
      "`\(name.text)` does not say what it gives",
      at: name.range,
      help: "add `gives …`")
  }

  static func variableShadows(_ name: Name, _ word: String) -> Self {
    Self(
      "shadowed-name", .error,
      "`\(name.text)` is the name of the \(word) already",
      at: name.range,
      help: "choose another name")
  }

  static func withoutType(_ name: Name, _ kind: DecisionTree.Kind) -> Self {
    Self(
      "without-type", .error,
      "`\(name.text)` does not say of which type it is",
      at: name.range,
      help: "write `\(kind.rawValue) \(name.text) of TYPE`")
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
