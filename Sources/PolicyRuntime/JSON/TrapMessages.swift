/// The words of answers that are errors, and of requests for which no policy is in force.
public import PolicySource

extension RequestMessages {
  /// The short name of a kind of error.
  static func title(_ kind: Trap.Kind) -> Phrase {
    switch kind {
    case .overflow: "a number is too large"
    case .divisionByZero: "division by zero"
    case .twoCurrencies: "two currencies"
    case .parameterMissing: "a parameter has no value"
    case .noRow: "no row of the table matches"
    case .severalRows: "several rows of the table match"
    case .emptyList: "the list is empty"
    case .absentValue: "a value is absent"
    case .notApplicableValue: "a decision does not apply"
    case .dateOutOfRange: "a date is out of range"
    case .severalMatches: "several items match"
    case .noMatch: "no item matches"
    case .negativeAmount: "a negative amount is handed out"
    case .tooManyItems: "too many items"
    case .outsideCalendar: "a date is outside the calendar"
    case .rateMissing: "a rate is missing"
    case .unknownCurrency: "a currency has no rates"
    }
  }

  /// What went wrong, as a sentence.
  static func detail(_ kind: Trap.Kind) -> Phrase {
    switch kind {
    case .overflow: "a result has more than 30 digits before the point"
    case .divisionByZero: "a number is divided by zero"
    case .twoCurrencies: "amounts in two currencies are added or compared"
    case .parameterMissing: "the parameter has no value on the day that the request asks about"
    case .noRow: "the table has no row for these keys, and no `else` says what then"
    case .severalRows: "several rows of the table fit these keys, and only one may"
    case .emptyList: "the least or greatest of an empty list is asked for, without an `else`"
    case .absentValue: "a value that is absent is used"
    case .notApplicableValue: "the figure of a decision that does not apply is used"
    case .dateOutOfRange: "a date lies outside the years 1 to 9999"
    case .severalMatches: "several items of the list fit, and only one may"
    case .noMatch: "no item of the list fits, and no `else` says what then"
    case .negativeAmount: "the amount that is handed out, or what an item takes, is less than zero"
    case .tooManyItems: "the lists that the decision makes hold more items than it may make"
    case .outsideCalendar: "a date lies outside the days that the business calendar covers"
    case .rateMissing: "there is no rate for the currency on the day"
    case .unknownCurrency: "an amount is in a currency of which the rates say nothing"
    }
  }

  /// No decision of that name: 404.
  public static func noSuchDecision(_ name: String) -> Phrase { "there is no decision `\(name)`" }

  /// Who asks may not ask for this decision.
  public static func notAllowed(_ name: String) -> Phrase {
    "who connects as this user may not ask for `\(name)`"
  }

  /// No version of the policy is in force on the day: 422.
  public static func notInForce(
    _ policy: String, _ versions: [Program.Requirement], on day: Day
  ) -> Phrase {
    let ranges = versions.map { version -> Phrase in
      switch (version.from, version.until) {
      case (let from?, let until?): "from \(from.text) until \(until.text)"
      case (let from?, nil): "from \(from.text)"
      case (nil, let until?): "until \(until.text)"
      case (nil, nil): "always"
      }
    }
    let all = SourceMessages.list(ranges, last: .andApart)
    return "the policy `\(policy)` is not in force on \(day.text): it is in force \(all)"
  }
}
