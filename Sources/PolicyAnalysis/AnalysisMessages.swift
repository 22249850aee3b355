/// The words of the analysis.
internal import PolicySource

/// What the analysis says to people.
public enum AnalysisMessages {
  static func above(_ name: Phrase, _ low: String) -> Phrase { "\(name) above \(low)" }
  static func aboveBelow(_ name: Phrase, _ low: String, _ high: String) -> Phrase {
    "\(name) above \(low) and below \(high)"
  }
  static func aboveUpTo(_ name: Phrase, _ low: String, _ high: String) -> Phrase {
    "\(name) above \(low) up to \(high)"
  }
  static func anything(_ name: Phrase) -> Phrase { "\(name) is anything" }
  static func below(_ name: Phrase, _ high: String) -> Phrase { "\(name) below \(high)" }
  static func equals(_ name: Phrase, _ value: String) -> Phrase { "\(name) is \(value)" }
  static func fails(_ name: Phrase) -> Phrase { "`\(name)` is an error" }
  static func failsNot(_ name: Phrase) -> Phrase { "`\(name)` is no error" }
  static func from(_ name: Phrase, _ low: String) -> Phrase { "\(name) from \(low)" }
  static func fromDay(_ low: String) -> Phrase { "from \(low)" }
  static func fromDayUntil(_ low: String, _ high: String) -> Phrase { "from \(low) until \(high)" }
  static func fromBelow(_ name: Phrase, _ low: String, _ high: String) -> Phrase {
    "\(name) from \(low) and below \(high)"
  }
  static func fromUpTo(_ name: Phrase, _ low: String, _ high: String) -> Phrase {
    "\(name) from \(low) up to \(high)"
  }
  static let hasHistory: Phrase = "the request brings a history"
  static let hasNoHistory: Phrase = "the request brings no history"
  static func hasItems(_ name: Phrase, _ least: String) -> Phrase {
    "\(name) has at least \(least) items"
  }
  static func holds(_ name: Phrase) -> Phrase { "`\(name)` is true" }
  static func holdsNot(_ name: Phrase) -> Phrase { "`\(name)` is false" }
  static func isAbsent(_ name: Phrase) -> Phrase { "\(name) is absent" }
  static func isApproved(_ name: Phrase) -> Phrase { "\(name) is approved" }
  static func isCleared(_ name: Phrase) -> Phrase { "\(name) has been cleared" }
  static func isEmpty(_ name: Phrase) -> Phrase { "\(name) has no items" }
  static func isFalse(_ name: Phrase) -> Phrase { "\(name) is false" }
  static func isKnown(_ name: Phrase) -> Phrase { "\(name) is known" }
  static func isNoneOf(_ name: Phrase, _ names: Phrase) -> Phrase { "\(name) is not \(names)" }
  static func isNotApproved(_ name: Phrase) -> Phrase { "\(name) is not approved" }
  static func isNotCleared(_ name: Phrase) -> Phrase { "\(name) has not been cleared" }
  static func isNotRefused(_ name: Phrase) -> Phrase { "\(name) is not refused" }
  static func isOneOf(_ name: Phrase, _ names: Phrase) -> Phrase { "\(name) is \(names)" }
  static func isPresent(_ name: Phrase) -> Phrase { "\(name) is present" }
  static func isRefused(_ name: Phrase) -> Phrase { "\(name) is refused" }
  static func isTrue(_ name: Phrase) -> Phrase { "\(name) is true" }
  static func isUnknown(_ name: Phrase) -> Phrase { "\(name) is not known" }
  static func onDay(_ day: String) -> Phrase { "on \(day)" }
  static func or(_ first: Phrase, _ second: Phrase) -> Phrase { "\(first) or \(second)" }
  static let other: Phrase = "another"
  /// What a part of an answer is called.
  static func part(_ key: AnswerPart.Key) -> Phrase {
    switch key {
    case .outcome(let word): "the answer \(Phrase(template: word, parts: []))"
    case .reason(let code): "the reason \(code)"
    case .step(let name): "the step \(name)"
    case .duty(let code): "the duty \(code)"
    case .copy(_, let post): "who hears of it: \(post)"
    case .figure(""), .figure("value"): "the value"
    case .figure(let name): "the figure \(name)"
    case .points(let row): "the points of \(row)"
    case .warning: "the warning"
    case .sign(let grade, _): "the sign of \(grade)"
    }
  }
  static let several: Phrase = "one of several"
  static func untilDay(_ high: String) -> Phrase { "until \(high)" }
  static func upTo(_ name: Phrase, _ high: String) -> Phrase { "\(name) up to \(high)" }
}
