/// The policy decision point: one request in, one answer out, as JSON bytes.
public import PolicyRuntime

/// Decides requests against one set; owns the working memory, so one per thread.
public final class Evaluator {
  /// The set that it decides by.
  public let set: PolicySet

  /// Makes an evaluator over a set.
  public init(_ set: PolicySet) { self.set = set }

  /// Decides one request.
  ///
  /// - Parameters:
  ///   - decision: `policy.decision`, UTF-8, as it stood in the path (percent-decoded).
  ///   - body: the JSON envelope of the request.
  ///   - requestID: echoed in the answer; plain ASCII, at most 128 bytes.
  ///   - today: the day that counts when the request gives no `asOf`.
  ///   - out: where the JSON answer, or the problem document (RFC 9457), is appended.
  /// - Returns: the HTTP status: 200, or 400, 404, 422 with a problem document.
  public func decide(
    decision: Span<UInt8>, body: Span<UInt8>, requestID: Span<UInt8>, today: Day,
    into out: inout [UInt8]
  ) -> Int {
    out.append(contentsOf: "{}".utf8)
    return 404
  }
}
