/// What the server asks of the engine, so that it can be served, and tested, without one.
public import PolicyEngine
public import PolicyRuntime
public import PolicySource

/// Answers decisions as JSON.
public protocol DecisionPoint: AnyObject, SendableMetatype {
  /// The number of a decision by its name, as it stands in `decisionNames`; -1 when there is none.
  func number(of decision: Span<UInt8>) -> Int

  /// Decides one request for the decision of a number: appends the answer or the problem document.
  func decide(
    _ index: Int, named decision: Span<UInt8>, body: Span<UInt8>, requestID: Span<UInt8>,
    today: Day, into out: inout [UInt8]
  ) -> Decided

  /// The language of the words that are not the policy's.
  var language: Language { get set }

  /// The decisions that whoever asks next may ask for; nil: all.
  var askable: DecisionMask? { get set }

  /// The body of `GET /v1/policies`.
  func listing() -> [UInt8]

  /// Appends the body of a request that was decided, on one line and with what is secret masked; false when nobody has
  /// read it.
  func mask(
    decision: Span<UInt8>, body: Span<UInt8>, today: Day, key: HMAC, into out: inout [UInt8]
  ) -> Bool

  /// `policy.decision` names, for suggestions.
  var decisionNames: [String] { get }

  /// The names of the policies.
  var policyNames: [String] { get }

  /// The digest of the set.
  var digest: String { get }

  /// The body of `GET /v1/policies/{policy}`; nil when there is no such policy.
  func document(ofPolicy name: String) -> [UInt8]?

  /// The body of `GET /openapi.json`.
  func openAPI() -> [UInt8]

  /// The names of the inputs of a decision, by its number.
  func inputs(of number: Int) -> [String]
}

extension Evaluator: DecisionPoint {
  /// The body of `GET /v1/policies`.
  public func listing() -> [UInt8] { set.listing() }

  /// `policy.decision` names of the set.
  public var decisionNames: [String] { self.set.decisionNames }

  /// The names of the policies of the set.
  public var policyNames: [String] { self.set.policyNames }

  /// The digest of the set.
  public var digest: String { self.set.digest }

  /// The body of `GET /v1/policies/{policy}`.
  public func document(ofPolicy name: String) -> [UInt8]? { self.set.document(ofPolicy: name) }
}
