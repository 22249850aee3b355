/// `GET /v1/policies`: what is loaded.

/// Where the endpoint is.
enum PoliciesRoute {
  static let path = "/v1/policies"

  static func matches(_ path: Span<UInt8>) -> Bool { path.equals("/v1/policies") }
}

extension Responder {
  /// The listing of the set, and how the last reload went.
  mutating func policies(_ head: RequestHead) -> Problem? {
    guard head.method == .get || head.method == .head else {
      return .methodNotAllowed(allow: "GET, HEAD")
    }
    if head.hasQuery { return .queryNotSupported }
    body.append(contentsOf: listing)
    if let reload, body.last == UInt8(ascii: "}") {
      body.removeLast()
      body.append(contentsOf: ",\"reload\":".utf8)
      body.append(contentsOf: reload.document)
      body.append(UInt8(ascii: "}"))
    }
    return nil
  }
}
