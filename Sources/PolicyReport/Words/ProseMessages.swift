/// The words of conditions and formulas: how facts, comparisons and figures are said.
import PolicyCompiler
import PolicyRuntime

/// The wording of expressions.
enum ProseMessages {
  // MARK: Lists

  static func and(_ first: Prose, _ second: Prose) -> Prose { "\(first) and \(second)" }
  static func or(_ first: Prose, _ second: Prose) -> Prose { "\(first) or \(second)" }
  static func andApart(_ first: Prose, _ second: Prose) -> Prose { "\(first), and \(second)" }
  static func orApart(_ first: Prose, _ second: Prose) -> Prose { "\(first), or \(second)" }
  static func comma(_ first: Prose, _ second: Prose) -> Prose { "\(first), \(second)" }
  static func semicolon(_ first: Prose, _ second: Prose) -> Prose { "\(first); \(second)" }
  static func titled(_ title: Prose, _ words: Prose) -> Prose { "\(title): \(words)" }
  static func parenthesised(_ words: Prose) -> Prose { "(\(words))" }
  static func quoted(_ words: Prose) -> Prose { "“\(words)”" }

  // MARK: Names

  static func of(_ part: Prose, _ whole: Prose) -> Prose { "\(part) of \(whole)" }
  static func the(_ item: Prose) -> Prose { "the \(item)" }
  static func other(_ item: Prose) -> Prose { "the other \(item)" }
  static func term(_ term: Prose, of arguments: Prose) -> Prose { "\(term) of \(arguments)" }
  static func withValue(_ name: Prose, _ value: Prose) -> Prose { "\(name) (\(value))" }
  static func withTwoValues(
    _ name: Prose, _ first: Prose, from day: Prose, _ second: Prose
  ) -> Prose {
    "\(name) (\(first); from \(day) on \(second))"
  }

  static let yes: Prose = "yes"
  static let no: Prose = "no"
  static let always: Prose = "always"
  static let never: Prose = "never"
  static let nothing: Prose = "nothing"
  static let emptyList: Prose = "an empty list"
  static let points: Prose = "the points in all"
  static let today: Prose = "today"
  static let asOf: Prose = "the day asked about"

  // MARK: Tests

  /// A fact that is yes or no.
  static func holds(_ fact: Prose, not: Bool) -> Prose {
    not ? "“\(fact)” is no" : "“\(fact)” is yes"
  }

  static func forOwner(_ test: Prose, _ owner: Prose) -> Prose { "\(test) for \(owner)" }

  static func isSame(_ value: Prose, _ other: Prose, not: Bool) -> Prose {
    not ? "\(value) is not \(other)" : "\(value) is \(other)"
  }

  static func isOneOf(_ value: Prose, _ others: Prose, not: Bool) -> Prose {
    not ? "\(value) is none of \(others)" : "\(value) is one of \(others)"
  }

  static func isAmong(_ value: Prose, _ list: Prose, not: Bool) -> Prose {
    not ? "\(value) is not among \(list)" : "\(value) is among \(list)"
  }

  static func isGiven(_ fact: Prose, not: Bool) -> Prose {
    not ? "\(fact) is not given" : "\(fact) is given"
  }

  static func text(
    _ test: TypedExpression.TextTest, _ text: Prose, _ part: Prose, not: Bool
  ) -> Prose {
    switch (test, not) {
    case (.startsWith, false): "\(text) begins with \(part)"
    case (.startsWith, true): "\(text) does not begin with \(part)"
    case (.endsWith, false): "\(text) ends with \(part)"
    case (.endsWith, true): "\(text) does not end with \(part)"
    case (.contains, false): "\(text) contains \(part)"
    case (.contains, true): "\(text) does not contain \(part)"
    }
  }

  static func matches(_ text: Prose, _ pattern: Prose, not: Bool) -> Prose {
    not ? "\(text) does not have the shape \(pattern)" : "\(text) has the shape \(pattern)"
  }

  static func isBusinessDay(_ day: Prose, _ calendar: Prose, not: Bool) -> Prose {
    not
      ? "\(day) is not a business day by \(calendar)" : "\(day) is a business day by \(calendar)"
  }

  static func forSome(_ list: Prose) -> Prose { "for at least one of \(list)" }
  static func forNone(_ list: Prose) -> Prose { "for none of \(list)" }
  static func forAll(_ list: Prose) -> Prose { "for each of \(list)" }

  static func ifThen(_ condition: Prose, _ then: Prose) -> Prose { "if \(condition), then \(then)" }
  static func ifElse(_ condition: Prose, _ then: Prose, _ otherwise: Prose) -> Prose {
    "if \(condition), \(then), otherwise \(otherwise)"
  }

  /// How the sides of a comparison are called.
  enum Scale { case amount, time, rising, bestFirst }

  static func compare(
    _ comparison: TypedExpression.Comparison, _ left: Prose, _ right: Prose, _ scale: Scale
  ) -> Prose {
    switch (comparison, scale) {
    case (.equal, _): isSame(left, right, not: false)
    case (.notEqual, _): isSame(left, right, not: true)
    case (.less, .amount), (.less, .rising): "\(left) is less than \(right)"
    case (.lessOrEqual, .amount), (.lessOrEqual, .rising): "\(left) is at most \(right)"
    case (.greater, .amount), (.greater, .rising): "\(left) is more than \(right)"
    case (.greaterOrEqual, .amount), (.greaterOrEqual, .rising): "\(left) is at least \(right)"
    case (.less, .time): "\(left) is before \(right)"
    case (.lessOrEqual, .time): "\(left) is not after \(right)"
    case (.greater, .time): "\(left) is after \(right)"
    case (.greaterOrEqual, .time): "\(left) is not before \(right)"
    case (.less, .bestFirst): "\(left) is better than \(right)"
    case (.lessOrEqual, .bestFirst): "\(left) is no worse than \(right)"
    case (.greater, .bestFirst): "\(left) is worse than \(right)"
    case (.greaterOrEqual, .bestFirst): "\(left) is no better than \(right)"
    }
  }

  /// What a decision answers.
  static func answered(_ name: Prose, _ answer: DecisionAnswer, not: Bool) -> Prose {
    not ? "“\(name)” is not answered “\(word(answer))”" : "“\(name)” is answered “\(word(answer))”"
  }

  private static func word(_ answer: DecisionAnswer) -> Prose {
    switch answer {
    case .notApplicable: "not applicable"
    case .allow: "allowed"
    case .hold: "on hold"
    case .deny: "not allowed"
    case .approved: "approved"
    case .open: "still under way"
    case .refused: "refused"
    case .chain: "ready for its steps"
    case .invalid: "not in order"
    case .valid: "in order"
    case .within: "within the limit"
    case .exceeded: "over the limit"
    case .grade, .betterThan, .noWorseThan: ""
    }
  }

  // MARK: Figures

  static func negative(_ value: Prose) -> Prose { "−\(value)" }
  static func orElse(_ value: Prose, _ other: Prose) -> Prose { "\(value), or else \(other)" }

  static func byTable(_ table: Prose, for keys: Prose) -> Prose { "\(table) for \(keys)" }
  static func byTable(_ column: Prose, _ table: Prose, for keys: Prose) -> Prose {
    "\(column) by \(table) for \(keys)"
  }

  static func rounded(_ value: Prose, places: Int, _ rounding: Decimal.Rounding) -> Prose {
    switch rounding {
    case .halfEven: "\(value), rounded to \(places) places"
    case .up: "\(value), rounded up to \(places) places"
    case .down: "\(value), rounded down to \(places) places"
    }
  }

  static func whereHolds(_ list: Prose, _ condition: Prose) -> Prose {
    "those of \(list) for which \(condition)"
  }

  static func number(of list: Prose) -> Prose { "the number of \(list)" }

  static func aggregate(
    _ aggregate: TypedExpression.Aggregate, of value: Prose, over list: Prose
  ) -> Prose {
    switch aggregate {
    case .count: number(of: list)
    case .sum: "the sum of \(value) over \(list)"
    case .min: "the least \(value) over \(list)"
    case .max: "the greatest \(value) over \(list)"
    }
  }

  static func forEachItem(_ value: Prose, of list: Prose) -> Prose {
    "for each of \(list): \(value)"
  }
  static func theOne(of list: Prose, _ condition: Prose) -> Prose {
    "the one of \(list) for which \(condition)"
  }

  static func allocated(
    _ amount: Prose, over list: Prose, taking: Prose, by key: Prose
  ) -> Prose {
    "\(amount) handed out over \(list), the least \(key) first, to each at most \(taking)"
  }

  static func converted(_ amount: Prose, by rates: Prose) -> Prose {
    "\(amount), converted by \(rates)"
  }

  static func onDay(_ value: Prose, _ day: Prose) -> Prose { "\(value) of \(day)" }

  // MARK: Dates

  static func days(_ count: Prose) -> Prose { "\(count) days" }
  static func months(_ count: Prose) -> Prose { "\(count) months" }
  static func businessDays(_ count: Prose) -> Prose { "\(count) business days" }
  static func after(_ day: Prose, _ time: Prose) -> Prose { "\(time) after \(day)" }
  static func before(_ day: Prose, _ time: Prose) -> Prose { "\(time) before \(day)" }
  static func daysBetween(_ first: Prose, _ last: Prose) -> Prose {
    "the days from \(first) to \(last)"
  }
  static func businessDaysBetween(_ first: Prose, _ last: Prose, _ calendar: Prose) -> Prose {
    "the business days from \(first) to \(last) by \(calendar)"
  }
  static func dayIn(_ text: Prose) -> Prose { "the day in \(text)" }
  static func serialIn(_ text: Prose) -> Prose { "the serial number in \(text)" }

  static func part(_ part: TypedExpression.DatePart, of day: Prose) -> Prose {
    switch part {
    case .day: "the day of the month of \(day)"
    case .month: "the number of the month of \(day)"
    case .year: "the year of \(day)"
    case .weekday: "the weekday of \(day) (1 is Monday)"
    case .endOfMonth: "the end of the month of \(day)"
    case .monthOf: "the month of \(day)"
    case .quarter: "the quarter of \(day)"
    case .halfYear: "the half-year of \(day)"
    case .endOfQuarter: "the end of the quarter of \(day)"
    case .firstDay: "the first day of \(day)"
    case .lastDay: "the last day of \(day)"
    }
  }

  static func function(_ function: DateFunction, _ first: Prose, _ second: Prose) -> Prose {
    switch function {
    case .addToMonth: after(first, months(second))
    case .subtractFromMonth: before(first, months(second))
    case .monthsBetween: "the months from \(first) to \(second)"
    case .dayOfMonth: "day \(first) of \(second)"
    }
  }
}
