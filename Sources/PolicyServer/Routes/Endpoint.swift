/// The endpoints by name, for figures and the log.

/// What a request asked for.
enum Endpoint: Int, CaseIterable {
  case decide, batch, lines, evaluation, evaluations
  case policies, policy, openapi, configuration, health, ready, metrics
  /// None of them, or not readable so far.
  case none

  /// The name in logs and figures.
  var word: String {
    switch self {
    case .decide: "decide"
    case .batch: "batch"
    case .lines: "ndjson"
    case .evaluation: "evaluation"
    case .evaluations: "evaluations"
    case .policies: "policies"
    case .policy: "policy"
    case .openapi: "openapi"
    case .configuration: "authzen-configuration"
    case .health: "healthz"
    case .ready: "readyz"
    case .metrics: "metrics"
    case .none: "none"
    }
  }
}
