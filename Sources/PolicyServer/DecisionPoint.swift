/// What the server asks of the engine, so that it can be served, and tested, without one.
public import PolicyEngine
public import PolicyRuntime
public import PolicySource

/// Answers decisions as JSON.
public protocol DecisionPoint: AnyObject, SendableMetatype {
  /// Decides one request: appends the answer or the problem document, gives the HTTP status.
  func decide(
    decision: Span<UInt8>, body: Span<UInt8>, requestID: Span<UInt8>, today: Day,
    into out: inout [UInt8]
  ) -> Int

  /// The language of the words that are not the policy's.
  var language: Language { get set }

  /// The decisions that whoever asks next may ask for; nil: all.
  var askable: DecisionMask? { get set }

  /// The body of `GET /v1/policies`.
  func listing() -> [UInt8]

  /// `policy.decision` names, for suggestions.
  var decisionNames: [String] { get }
}

extension Evaluator: DecisionPoint {
  /// The body of `GET /v1/policies`.
  public func listing() -> [UInt8] { set.listing() }

  /// `policy.decision` names of the set.
  public var decisionNames: [String] { self.set.decisionNames }
}
