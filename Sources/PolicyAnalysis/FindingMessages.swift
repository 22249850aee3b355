/// The words of the warnings that the analysis adds to `writ check`.
internal import PolicyCompiler
internal import PolicyRuntime
internal import PolicySource

enum FindingMessages {
  static func alwaysSpeaks(_ clause: ClauseModel) -> Diagnostic {
    Diagnostic(
      "always-true", .warning,
      "the condition of `\(clause.name)` is true for every request that comes this far",
      at: clause.range,
      help: "leave the condition out, or see whether another was meant")
  }

  static func hidden(_ clause: ClauseModel, by other: ClauseModel) -> Diagnostic {
    Diagnostic(
      "hidden-clause", .warning,
      "`\(clause.name)` never decides: whenever it holds, `\(other.name)` denies",
      at: clause.range, help: "leave it out, or see whether one of the two conditions is too wide")
  }

  static func neverSpeaks(_ clause: ClauseModel) -> Diagnostic {
    let message: Phrase =
      switch clause.kind {
      case .applies: "the decision never applies: this condition is false for every request"
      case .band, .cap: "`\(clause.name)` never counts: what stands before it, or its condition, rules it out"
      case .step: "the step `\(clause.name)` is never in the chain"
      default: "`\(clause.name)` never speaks: its condition is false for every request"
      }
    return Diagnostic(
      "never-speaks", .warning, message, at: clause.range,
      help: "see whether another condition was meant; else leave it out")
  }

  static func parameterMissing(
    _ parameter: TypedParameter, _ from: Day?, until: Day
  ) -> Diagnostic {
    let begin: Phrase = from.map { "from \($0.text)" } ?? "before"
    return Diagnostic(
      "parameter-hole", .warning,
      "the parameter `\(parameter.name)` has no value \(begin) until \(until.text)",
      at: parameter.range, help: "requests of these days get an error; give the value from the first day")
  }
}
