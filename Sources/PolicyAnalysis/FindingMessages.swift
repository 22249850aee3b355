/// The words of the warnings that the analysis adds to `writ check`.
internal import PolicyCompiler
internal import PolicyRuntime
internal import PolicySource

enum FindingMessages {
  static func alwaysSpeaks(_ clause: ClauseModel, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "always-true", .warning,
      "the condition of `\(clause.name)` is true for every request that comes this far",
      at: range, help: "leave the condition out, or see whether another was meant")
  }

  static func broken(_ finding: GuaranteeFinding, cases: [String]) -> Diagnostic {
    let words: Phrase =
      cases.count > 1
      ? "these two cases break it: they differ in one fact, and the answers do not fit each other"
      : "this case breaks it"
    return Diagnostic(
      "guarantee-broken", .error, "the guarantee `\(finding.name)` does not hold",
      at: finding.range,
      notes: [.init(words, text: cases.joined(separator: "\n"))],
      help: "mend the policy, or say what is guaranteed for fewer requests")
  }

  static func caseRemark(_ name: String) -> Phrase {
    "the answer at present; the guarantee `\(name)` does not allow it"
  }

  static func constantPart(
    _ clause: ClauseModel, isTrue: Bool, at range: SourceRange
  ) -> Diagnostic {
    let help: Phrase = "leave it out, or see whether another condition was meant"
    if isTrue {
      return Diagnostic(
        "always-true", .warning,
        "this part of the condition of `\(clause.name)` is true for every request that comes to it",
        at: range, help: help)
    }
    return Diagnostic(
      "never-true", .warning,
      "this part of the condition of `\(clause.name)` is false for every request that comes to it",
      at: range, help: help)
  }

  static func hidden(_ clause: ClauseModel, by other: ClauseModel, isTwin: Bool) -> Diagnostic {
    let message: Phrase =
      isTwin
      ? "`\(clause.name)` says nothing new: it holds for the same requests as `\(other.name)`"
      : "`\(clause.name)` never decides: whenever it holds, `\(other.name)` denies"
    return Diagnostic(
      "hidden-clause", .warning, message, at: clause.range,
      notes: [.init("this clause hides it", at: other.range)],
      help: "leave it out, or see whether one of the two conditions is too wide")
  }

  static func neverSpeaks(_ clause: ClauseModel) -> Diagnostic {
    let message: Phrase =
      switch clause.kind {
      case .applies: "the decision never applies: this condition is false for every request"
      case .band:
        "no request gets `\(clause.name)` here: the bands before it, or its condition, rule it out"
      case .cap:
        "this `\(clause.name)` never counts: another is always lower, or its condition is never true"
      case .step: "the step `\(clause.name)` is never in the chain"
      default: "`\(clause.name)` never speaks: its condition is false for every request"
      }
    return Diagnostic(
      "never-speaks", .warning, message, at: clause.range,
      help: "see whether another condition was meant; else leave it out")
  }

  static func nobody(
    _ post: String, from: Day, until: Day, isHeld: Bool, at range: SourceRange,
    before: SourceRange
  ) -> Diagnostic {
    let days: Phrase =
      from == until ? "on \(from.text)" : "from \(from.text) to \(until.text)"
    let message: Phrase =
      isHeld
      ? "nobody holds the post `\(post)` \(days)" : "nobody stands in for `\(post)` \(days)"
    return Diagnostic(
      "delegation-hole", .warning, message, at: range,
      notes: [.init("the term before it", at: before)],
      help: "let the terms follow each other, or name somebody for the days between")
  }

  static func parameterMissing(
    _ parameter: TypedParameter, until: Day, in decision: String, asOf: String
  ) -> Diagnostic {
    Diagnostic(
      "parameter-hole", .warning,
      "the parameter `\(parameter.name)` has no value before \(until.text)",
      at: parameter.range,
      notes: [
        .init("a request for `\(decision)` as of \(asOf) gets the error `parameter_missing`")
      ],
      help: "give a value from the first day, or let the policy begin later")
  }
}
