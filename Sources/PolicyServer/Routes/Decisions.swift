/// The one way from a request to the answer of a decision, whichever endpoint it came by.
internal import PolicyEngine

extension Responder {
  /// Decides one request and appends its answer, or its problem document, to `body`.
  ///
  /// Every decision of the server is made here and nowhere else.
  ///
  /// - Parameters:
  ///   - decision: `policy.decision`, percent-decoded.
  ///   - request: the envelope of `POST /v1/decide/{policy}.{decision}`.
  ///   - endpoint: where the request came by.
  mutating func decideOne(
    decision: Span<UInt8>, body request: Span<UInt8>, endpoint: Endpoint
  ) -> Decided {
    if isLogFull {
      Problem.logFull.write(requestID: requestID, in: point.language, to: &body)
      return Decided(status: Problem.logFull.status)
    }
    let began = SystemClock.nanoseconds
    let start = body.count
    let number = point.number(of: decision)
    let id = requestID
    let decided = point.decide(
      number, named: decision, body: request, requestID: id.span, today: today, into: &body)
    let nanoseconds = SystemClock.nanoseconds &- began
    figures.count(number, decided.outcome, nanoseconds: nanoseconds)
    if isRecording {
      record(
        endpoint, decision: decision, request: request, status: decided.status, answerFrom: start,
        nanoseconds: nanoseconds)
    }
    return decided
  }
}
