/// What became of a request for a decision, for whoever counts, logs or wraps its answer.
public import PolicyRuntime

/// What became of one request.
public struct Decided: Equatable, Sendable {
  /// The HTTP status: 200, or that of the problem document.
  public var status: Int
  /// The outcome of an answer, of an approval with its state; empty for a problem.
  public var outcome: Outcomes
  /// Whether the answer says that callers may go ahead; never for a problem.
  public var permitted: Bool

  /// Says what became of a request.
  public init(status: Int, outcome: Outcomes = [], permitted: Bool = false) {
    self.status = status
    self.outcome = outcome
    self.permitted = permitted
  }
}
