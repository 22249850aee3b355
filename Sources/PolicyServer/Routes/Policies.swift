/// `GET /v1/policies`: what is loaded.

/// Where the endpoint is.
enum PoliciesRoute {
  static let path = "/v1/policies"

  static func matches(_ path: Span<UInt8>) -> Bool { path.equals("/v1/policies") }
}

extension Responder {
  /// The listing of the set.
  mutating func policies(_ head: RequestHead) -> Problem? {
    guard head.method == .get || head.method == .head else {
      return .methodNotAllowed(allow: "GET, HEAD")
    }
    if head.hasQuery { return .queryNotSupported }
    body.append(contentsOf: listing)
    return nil
  }
}
