/// The words of the lexer and the parser: one function per mistake, in the order of the alphabet.
import PolicySource

/// Every mistake of form and what is said about it.
public enum SyntaxMessages {
  static func badCurrency(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-currency", .error, "`\(name)` is not a currency", at: range,
      help: "three capital letters, such as `currency CNY`")
  }

  static func badDate(_ date: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-date", .error, "`\(date)` is not a date", at: range,
      help: "write year, month and day with all their digits: `2026-01-05`")
  }

  static func badTime(_ time: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-time", .error, "`\(time)` is not a time", at: range,
      help: "write hours and minutes with two digits each: `09:00`")
  }

  static func badEscape(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-escape", .error, "this escape is not known", at: range,
      help: "known are `\\\"`, `\\\\` and `\\n`; two of them make a `\\`")
  }

  static func badGuarantee(found: Phrase, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-guarantee", .error, "expected what is guaranteed, found \(found)", at: range,
      help: "`for all requests: …`, `raising … never removes a step of …` or `… never acts in …`")
  }

  static func badHole(_ fault: Phrase, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-hole", .error, "this hole of the text \(fault)", at: range,
      help: "put an expression between `{` and `}`; write `{{` for a brace")
  }

  static func badItem(found: Phrase, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-item", .error, "expected the number of an item, found \(found)", at: range,
      help: "items count from 1: `lines[1]`")
  }

  static func badNeed(found: Phrase, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-need", .error, "expected how many must be given, found \(found)", at: range,
      help: "write `need all`, `need any` or `need 2`")
  }

  static func badNumber(_ number: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-number", .error, "`\(number)` is not a number", at: range,
      help: "digits with single `_` between them and at most one point: `12_000.50`")
  }

  static func badPeriod(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-period", .error, "a row counts from a day until a day", at: range,
      help: "write a day such as `2026-01-31`, or `-` for an open end")
  }

  static func badRequiredFields(found: Phrase, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-required-fields", .error, "expected the fields in braces, found \(found)", at: range,
      help: "write `require fields note.{product, quantity}`")
  }

  static func badTableHeader(_ names: [String], at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-table-header", .error,
      "the first line of a table names its keys and columns in their order", at: range,
      help: "write `\(names.joined(separator: " | "))`")
  }

  static func chainedComparison(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "chained-comparison", .error, "comparisons cannot be chained", at: range,
      help: "write `a < b and b < c`")
  }

  static func colonBeforeType(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "unexpected-token", .error, "no `:` stands between a name and its type", at: range,
      help: "write `name Type`")
  }

  static func currencyOnNextLine(_ currency: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "currency-on-next-line", .error, "`\(currency)` stands on another line than its number",
      at: range,
      help: "put the currency behind the number: `12_000 CNY`")
  }

  static func expectedCase(found: Phrase, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "expected-case", .error, "expected a case, found \(found)", at: range,
      help: "write `case name \"what it shows\" { … }`")
  }

  static func expectedDate(found: Phrase, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "expected-date", .error, "expected a date, found \(found)", at: range,
      help: "write `2026-01-31`")
  }

  static func expectedExpression(found: Phrase, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "expected-expression", .error, "expected a value or a condition, found \(found)", at: range)
  }

  static func expectedMark(
    _ mark: String, form: String, found: Phrase, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "expected-mark", .error, "expected `\(mark)`, found \(found)", at: range,
      help: "the form is `\(form)`")
  }

  static func expectedName(_ what: Phrase, found: Phrase, at range: SourceRange) -> Diagnostic {
    Diagnostic("expected-name", .error, "expected a name for \(what), found \(found)", at: range)
  }

  static func expectedType(found: Phrase, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "expected-type", .error, "expected a type, found \(found)", at: range,
      help: "such as `Money`, `Text?` or `List of Line`")
  }

  static func expectedWord(
    _ word: String, form: String, found: Phrase, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "expected-word", .error, "expected `\(word)`, found \(found)", at: range,
      help: "the form is `\(form)`")
  }

  static func fullWidthPunctuation(
    _ mark: String, ascii: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "full-width-punctuation", .error, "`\(mark)` is a full-width mark", at: range,
      help: "type `\(ascii)` in its place")
  }

  static func hiddenCharacter(_ scalar: Unicode.Scalar, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "hidden-character", .error, "a hidden character (U+\(hex(scalar))) stands here", at: range,
      help: "delete it: a policy holds nothing that a reader cannot see")
  }

  static func holeNotAllowed(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "hole-not-allowed", .error, "a text at this place has no holes", at: range,
      help: "write `{{` and `}}` for braces")
  }

  static func invalidUTF8(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "invalid-utf8", .error, "these bytes are not text in UTF-8", at: range,
      help: "save the file as UTF-8")
  }

  static func misplacedHeaderLine(_ word: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "misplaced-line", .error, "`\(word)` belongs to the header", at: range,
      help: "put it right below the line that begins with `policy`")
  }

  static func misplacedTail(_ word: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "misplaced-tail", .error, "`\(word)` stands before any clause", at: range,
      help: "put it behind the clause that it belongs to")
  }

  static func misplacedUnit(_ unit: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "misplaced-unit", .error,
      "`\(unit)` cannot stand here: a length of time is only added to a date or taken from it",
      at: range,
      help: "`days from A to B` is a plain number")
  }

  static func missingBrace(_ what: Phrase, found: Phrase, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "missing-brace", .error, "expected `{` to open the \(what), found \(found)", at: range)
  }

  static func missingCasesHeader(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "missing-header", .error, "the file does not begin with the policy that its cases are for",
      at: range,
      help: "write `cases for NAME` on the first line")
  }

  static func missingCode(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "missing-code", .error, "this clause has no code before its text", at: range,
      help: "programs need a short name: `deny unpaid \"…\"`")
  }

  static func missingElse(found: Phrase, form: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "missing-else", .error, "expected `else` with a code and a text, found \(found)", at: range,
      help: "the form is `\(form)`")
  }

  static func missingFor(_ function: String, found: Phrase, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "missing-for", .error, "expected `for`, found \(found)", at: range,
      help: "the form is `\(function)(x.amount for x in LIST)`")
  }

  static func missingHeader(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "missing-header", .error, "the file does not begin with the name of its policy", at: range,
      help: "write `policy name \"label\"` on the first line")
  }

  static func missingOutcome(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "missing-outcome", .error, "expected an outcome behind the decision", at: range,
      help: "such as `allow`, `deny { code }`, `chain [step]` or `12_000 CNY`")
  }

  static func missingText(_ what: Phrase, found: Phrase, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "missing-text", .error, "expected a text for \(what), found \(found)", at: range,
      help: "texts stand between `\"` marks")
  }

  static func mixedScript(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "mixed-script", .warning, "`\(name)` mixes letters of scripts that look alike", at: range,
      help: "write the whole name in one script")
  }

  static func repeatedLine(_ word: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "repeated-line", .error, "`\(word)` was given before", at: range,
      help: "keep one of the two")
  }

  static func repeatedTail(_ word: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "repeated-tail", .error, "this clause has `\(word)` already", at: range,
      help: "join conditions with `and`, or write a second clause")
  }

  static func reservedWord(_ word: String, _ what: Phrase, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "reserved-word", .error, "`\(word)` is a word of the language and cannot name \(what)",
      at: range,
      help: "choose another name, such as `\(word)_`")
  }

  static func rowLength(found: Int, expected: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "row-length", .error, "this row has \(found) cells, the table has \(expected) columns",
      at: range,
      help: "write `-` for a key that may be anything")
  }

  static func strayBrace(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "stray-brace", .error, "a `}` without its `{` stands in this text", at: range,
      help: "write `}}` for a brace")
  }

  static func tailOrder(
    _ tail: String, behind earlier: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "tail-order", .error, "`\(tail)` stands behind `\(earlier)`", at: range,
      help: "the order is `for each`, `when`, `cleared by`, `because`, `source`")
  }

  static func tooDeep(limit: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "too-deep", .error, "more than \(limit) levels stand in each other here", at: range,
      help: "name a part of it with `define`")
  }

  static func tooLarge(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "too-large", .error, "the file is larger than 16 MiB", at: range,
      help: "split the policy, or keep its rows in fewer words")
  }

  static func tooLong(limit: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "too-long", .error, "this expression has more than \(limit) operators", at: range,
      help: "name parts of it with `define`, or use a table")
  }

  static func unclosed(
    _ what: Phrase, opening: SourceRange, found: Phrase, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "unclosed", .error, "the \(what) is not closed before \(found)", at: range,
      notes: [.init("it was opened here", at: opening)], help: "close the bracket that was opened")
  }

  static func unexpected(
    _ found: Phrase, at range: SourceRange, help: Phrase? = nil
  ) -> Diagnostic {
    Diagnostic("unexpected-token", .error, "\(found) does not fit here", at: range, help: help)
  }

  static func unexpectedCharacter(
    _ character: String, at range: SourceRange, help: Phrase?
  ) -> Diagnostic {
    Diagnostic(
      "unexpected-character", .error, "`\(character)` has no meaning here", at: range, help: help)
  }

  static func unexpectedInHole(_ found: Phrase, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "unexpected-token", .error, "\(found) does not fit into the hole of this text", at: range,
      help: "one expression stands between `{` and `}`")
  }

  static func unknownAct(
    _ found: Phrase, nearest: String?, known: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "unknown-act", .error, "expected what the post does, found \(found)", at: range,
      help: nearest.map { "did you mean `\($0)`?" } ?? "one of \(list(known))")
  }

  static func unknownAsValue(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "unknown-value", .error, "`unknown` is not a value", at: range,
      help: "write `unknown PATH` on a line of its own")
  }

  static func unknownCalendarLine(
    _ found: Phrase, nearest: String?, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "unknown-calendar-line", .error, "\(found) does not begin a line of a calendar", at: range,
      help: nearest.map { "did you mean `\($0)`?" }
        ?? "one of `covers`, `weekend`, `holiday` and `workday`")
  }

  static func unknownCaseLine(
    _ found: Phrase, nearest: String?, known: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "unknown-case-line", .error, "\(found) does not begin a line of a case", at: range,
      help: nearest.map { "did you mean `\($0)`?" } ?? "one of \(list(known))")
  }

  static func unknownClause(
    _ found: Phrase, nearest: String?, decision: DecisionTree.Kind, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "unknown-clause", .error, "\(found) does not begin a clause of a \(decision)", at: range,
      help: nearest.map { "did you mean `\($0)`?" }
        ?? "a \(decision) has \(list(decision.clauses))")
  }

  static func unknownDeclaration(
    _ found: Phrase, nearest: String?, inHeader: Bool, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "unknown-declaration", .error,
      inHeader
        ? "\(found) does not begin a line of the header or a declaration"
        : "\(found) does not begin a declaration",
      at: range,
      help: nearest.map { "did you mean `\($0)`?" }
        ?? "such as `type`, `input`, `param`, `table`, `define`, `release` or `approval`")
  }

  static func unknownEncoding(
    _ found: String, nearest: String?, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "unknown-encoding", .error, "there is no encoding `\(found)`", at: range,
      help: nearest.map { "did you mean `\($0)`?" } ?? "one of \(list(SheetClause.encodings))")
  }

  static func unknownTrigger(
    _ found: Phrase, nearest: String?, known: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "unknown-trigger", .error, "expected the outcome that the duty follows, found \(found)",
      at: range,
      help: nearest.map { "did you mean `\($0)`?" } ?? "one of \(list(known))")
  }

  static func unterminatedText(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "unterminated-text", .error, "this text has no closing mark on its line", at: range,
      help: "end it with `\"`; a text stands on one line")
  }

  static func wrongOperator(_ wrong: String, right: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "wrong-operator", .error, "`\(wrong)` is not used here", at: range,
      help: "write `\(right)`")
  }

  private static func hex(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private static func list(_ names: [String]) -> Phrase {
    SourceMessages.names(names, last: .comma)
  }
}
