/// The wording of mistakes in business calendars, rates and patterned texts, one function each, sorted.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension Diagnostic {
  static func calendarIncomplete(_ name: Name, _ line: String) -> Self {
    Self(
      "bad-calendar", .error,
      line == "covers"
        ? "the calendar `\(name.text)` does not say which days it covers"
        : "the calendar `\(name.text)` does not say its weekend",
      at: name.range,
      help: line == "covers"
        ? "add a line such as `covers 2026-01-01 until 2026-12-31`"
        : "add a line such as `weekend saturday, sunday`, or `weekend none`")
  }

  static func calendarTooLong(_ range: SourceRange) -> Self {
    Self(
      "bad-calendar", .error,
      "a calendar covers at most \(BusinessCalendar.longest) days", at: range,
      help: "cover the years whose holidays are known")
  }

  static func dayTwice(_ range: SourceRange, _ day: Day, first: SourceRange?) -> Self {
    Self(
      "bad-calendar", .error, "the calendar says twice what \(day.text) is", at: range,
      notes: first.map { [Note("it is said here first", at: $0)] } ?? [])
  }

  private static func missing(
    _ what: DatedKind, _ message: Phrase, at range: SourceRange, help: Phrase?
  ) -> Self {
    switch what {
    case .calendar: Self("unknown-calendar", .error, message, at: range, help: help)
    case .rates: Self("unknown-rates", .error, message, at: range, help: help)
    }
  }

  static func neitherHolidayNorWorkday(_ range: SourceRange) -> Self {
    Self(
      "bad-calendar", .error, "a day is a `holiday` or a `workday`", at: range,
      help: "without the column `kind` every row is a holiday")
  }

  static func noDated(_ range: SourceRange, _ what: DatedKind) -> Self {
    missing(
      what, "there is no \(what.word) here", at: range,
      help: "declare one: `\(what.declaration) name { … }`, or `use` a policy that has one")
  }

  static func noPattern(
    _ range: SourceRange, _ text: String, _ part: ExpressionTree.PatternPart
  ) -> Self {
    let piece = part == .date ? "{date}" : "{serial 4}"
    return Self(
      "no-pattern", .error,
      part == .date
        ? "`\(text)` has no pattern that tells a date"
        : "`\(text)` has no pattern that tells a serial", at: range,
      help: "declare the field `Text matching \"SC\(piece)\"`, with `\(piece)` in its place")
  }

  static func notAValue(_ name: Name, _ word: Phrase) -> Self {
    Self("not-a-value", .error, "`\(name.text)` is a \(word), not a value", at: name.range)
  }

  static func outsideCalendar(_ range: SourceRange, from: Day, until: Day) -> Self {
    Self(
      "bad-calendar", .error, "the calendar covers only \(from.text) until \(until.text)",
      at: range)
  }

  static func rateNotPositive(_ range: SourceRange) -> Self {
    Self("bad-rates", .error, "a rate is more than 0", at: range)
  }

  static func rateOfOwnCurrency(_ currency: Name) -> Self {
    Self(
      "bad-rates", .error, "the rates are in `\(currency.text)` themselves", at: currency.range)
  }

  static func ratesOverlap(_ range: SourceRange, _ currency: String, first: SourceRange) -> Self {
    Self(
      "bad-rates", .error, "two rates of `\(currency)` hold on the same days", at: range,
      notes: [Note("the other rate is here", at: first)])
  }

  static func ratesWithoutCurrency(_ name: Name) -> Self {
    Self(
      "bad-rates", .error, "the rates `\(name.text)` lead to no currency", at: name.range,
      help: "name the currency in the header: `currency CNY`")
  }

  static func severalDated(_ range: SourceRange, _ what: DatedKind, _ names: [String]) -> Self {
    missing(
      what, "which \(what.word) is meant?", at: range,
      help: "there are \(list(names)): write `\(what.form)`")
  }

  static func unknownDated(_ name: Name, _ what: DatedKind, nearest: String?) -> Self {
    missing(
      what, "there is no \(what.word) `\(name.text)`", at: name.range,
      help: nearest.map { "did you mean `\($0)`?" })
  }

  static func unroundedConversion(_ range: SourceRange) -> Self {
    Self(
      "unrounded-conversion", .error, "this amount may have more places than cents", at: range,
      help: "say how it is rounded: `in CNY rounded to 2 places`")
  }

  static func wrongConversion(_ currency: Name, rates: String, currency own: String) -> Self {
    Self(
      "wrong-conversion", .error, "the rates `\(rates)` lead to `\(own)`, not `\(currency.text)`",
      at: currency.range)
  }
}
