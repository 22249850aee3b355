/// Matching paths, and the nearest one to a path that is not there.
internal import PolicySource

/// What the routes share.
enum Routes {
  /// The paths that do not depend on the policies.
  static let paths = [
    PoliciesRoute.path, BatchRoute.path, EvaluationRoute.path, EvaluationsRoute.path,
    ConfigurationRoute.path, OpenAPIRoute.path, HealthRoute.path, ReadyRoute.path,
    MetricsRoute.path,
  ]

  /// The endpoint of a path that is not one decision's.
  static func endpoint(of path: Span<UInt8>) -> Endpoint {
    if BatchRoute.matches(path) { return .batch }
    if EvaluationRoute.matches(path) { return .evaluation }
    if EvaluationsRoute.matches(path) { return .evaluations }
    if ConfigurationRoute.matches(path) { return .configuration }
    if PoliciesRoute.matches(path) { return .policies }
    if PolicyRoute.matches(path) { return .policy }
    if OpenAPIRoute.matches(path) { return .openapi }
    if HealthRoute.matches(path) { return .health }
    if ReadyRoute.matches(path) { return .ready }
    if MetricsRoute.matches(path) { return .metrics }
    return .none
  }

  /// The known path that a mistyped one most likely means.
  static func nearest(to path: String, in known: [String]) -> String? {
    if path.count > 1, path.hasSuffix("/") {
      let shorter = String(path.dropLast())
      if known.contains(shorter) { return shorter }
    }
    return Suggestion.nearest(to: path, in: known)
  }
}
