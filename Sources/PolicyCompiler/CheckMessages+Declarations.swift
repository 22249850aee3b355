/// The wording of mistakes in headers, types, posts, parameters and tables, sorted.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension Diagnostic {
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
      help:
        "pieces are `{digits 4}`, `{letters 2}`, `{serial 4}`, `{date}`, `{yyyy}`, `{yy}`, `{mm}`, `{dd}` "
        + "and `{one of A, B}`; `{{` is a brace")
  }

  static func builtinTypeName(_ name: Name) -> Self {
    Self(
      "builtin-type", .error,
      "`\(name.text)` is a type of the language",
      at: name.range,
      help: "choose another name")
  }

  static func badItemBound(_ range: SourceRange) -> Self {
    Self(
      "bad-item-bound", .error, "a list may have from 1 to \(RequestLimits.items) items",
      at: range,
      help: "without `up to`, a list may have \(RequestLimits.listItems) items")
  }

  static func constraintDoesNotFit(_ range: SourceRange, _ type: String) -> Self {
    Self(
      "constraint-does-not-fit", .error,
      "\(type) cannot be constrained like this",
      at: range,
      help: "ranges fit Number, Money, Percent and Date; `matching` fits Text; `up to` fits lists")
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

  static func duplicateName(_ name: Name, _ word: Phrase, first: SourceRange) -> Self {
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

  static func duplicateProcess(_ id: String, _ range: SourceRange, first: SourceRange) -> Self {
    Self(
      "duplicate-process", .error,
      "the process `\(id)` is named twice",
      at: range,
      notes: [.init("first here", at: first)],
      help: "one line names all its decisions: `process \"\(id)\" in A, B`")
  }

  static func repeatedDecision(_ name: Name) -> Self {
    Self(
      "duplicate-process", .error,
      "the process names the decision `\(name.text)` twice",
      at: name.range)
  }

  static func emptyProcess(_ range: SourceRange) -> Self {
    Self(
      "empty-process", .error,
      "the number of the process is empty",
      at: range,
      help: "write the number that the process has in your register: `process \"S1-25\"`")
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

  static func effectiveBackwards(_ range: SourceRange) -> Self {
    Self("effective-backwards", .error, "the policy ends before it begins", at: range)
  }

  static func emptyRange(_ range: SourceRange) -> Self {
    Self(
      "empty-range", .error,
      "nothing lies in this range",
      at: range,
      help: "write the smaller bound first")
  }

  static func holeNotPossible(_ range: SourceRange) -> Self {
    Self(
      "hole-not-allowed", .error,
      "this text stands as it is; it cannot hold `{…}`",
      at: range,
      help: "write `{{` for a brace")
  }

  static func holeInTime(_ name: Name, days: Phrase, key: Phrase) -> Self {
    Self(
      "hole-in-time", .warning,
      "no row of `\(name.text)` counts from \(days) for `\(key)`",
      at: name.range,
      help: "let the period before it last longer, or write a row for these days")
  }

  static func impossibleDate(_ text: String, _ range: SourceRange) -> Self {
    Self("impossible-date", .error, "there is no day `\(text)`", at: range)
  }

  static func impossibleDay(_ range: SourceRange, _ text: String) -> Self {
    Self(
      "impossible-date", .error, "no month has a day `\(text)`", at: range,
      help: "days of a month go from 1 to 31; in a shorter month its last day is meant")
  }

  static func impossibleMonth(_ text: String, _ range: SourceRange) -> Self {
    Self(
      "impossible-date", .error, "there is no month `\(text)`", at: range,
      help: "a difference is written with blanks around the `-`")
  }

  static func impossibleTime(_ text: String, _ range: SourceRange) -> Self {
    Self(
      "impossible-date", .error, "there is no time `\(text)`", at: range,
      help: "times go from `00:00` to `23:59`")
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

  static func missingRows(_ name: Name, _ gaps: [Phrase]) -> Self {
    Self(
      "missing-rows", .error,
      "no row of `\(name.text)` covers \(SourceMessages.list(gaps.map { "`\($0)`" }, limit: 12))",
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

  static func notALiteral(_ range: SourceRange, _ type: String) -> Self {
    Self("not-a-literal", .error, "a written \(type) is needed here", at: range)
  }

  static func numberTooLarge(_ range: SourceRange) -> Self {
    Self(
      "number-too-large", .error,
      "this number has too many digits",
      at: range,
      help: "30 digits before the point and 8 behind it can be held")
  }

  static func overlappingRows(_ range: SourceRange, first: SourceRange, example: Phrase) -> Self {
    Self(
      "overlapping-rows", .error,
      "this row and an earlier one both match, for example `\(example)`",
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

  static func recursiveType(_ name: Name, chain: [String]) -> Self {
    Self(
      "recursive-type", .error,
      "the type `\(name.text)` contains itself",
      at: name.range,
      notes: [.init(chainWords(chain))])
  }

  static func shadowedName(_ name: Name, policy: String, first: SourceRange) -> Self {
    Self(
      "shadowed-name", .error,
      "`\(name.text)` is declared by `\(policy)` too, which this policy uses",
      at: name.range,
      notes: [.init("the other is here", at: first)],
      help: "choose another name")
  }

  static func tableNotComplete(
    _ range: SourceRange, _ name: String, _ gap: (region: Phrase, example: Phrase?)?,
    _ place: SourceRange
  ) -> Self {
    Self(
      "table-not-complete", .warning,
      "the table `\(name)` may have no row for this key",
      at: range,
      notes: [
        .init(
          gap.map { gap in
            gap.example.map { "no row matches \(gap.region), for example `\($0)`" }
              ?? "no row matches \(gap.region)"
          } ?? "its rows could not be proven to cover every key",
          at: place)
      ],
      help: "add `else …` behind the look-up, or a row")
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

  static func unknownPolicy(_ name: Name, nearest: String?) -> Self {
    Self(
      "unknown-policy", .error,
      "there is no policy `\(name.text)` in this set",
      at: name.range,
      help: nearest.map { "did you mean `\($0)`?" })
  }

  static func unknownDocument(
    _ document: String, _ range: SourceRange, nearest: String?
  ) -> Self {
    Self(
      "unknown-document", .error,
      "the header of this policy names no document `\(document)`",
      at: range,
      help: meant(nearest, "write `source \"\(document)\"` into the header"))
  }

  static func unknownPost(_ name: Name, nearest: String?) -> Self {
    Self(
      "unknown-post", .error,
      "there is no post `\(name.text)`",
      at: name.range,
      help: meant(nearest, "declare it in `posts { … }`"))
  }

  static func unknownType(_ name: Name, nearest: String?, elsewhere: String?) -> Self {
    Self(
      "unknown-type", .error,
      "there is no type `\(name.text)`",
      at: name.range,
      help: nearest.map { "did you mean `\($0)`?" }
        ?? elsewhere.map { "`\($0)` declares it: add `use \($0)`" })
  }

  static func unreachableRow(_ range: SourceRange, _ table: String) -> Self {
    Self(
      "unreachable-row", .error,
      "this row never matches: the rows before it match everything that it does",
      at: range,
      help: "`\(table)` takes the first row that matches; put it earlier or leave it out")
  }

  static func unsupportedType(_ range: SourceRange, _ why: Phrase) -> Self {
    Self("unsupported-type", .error, why, at: range)
  }

  static func unused(_ word: Phrase, _ name: Name) -> Self {
    Self("unused", .warning, "nothing uses the \(word) `\(name.text)`", at: name.range)
  }
}
