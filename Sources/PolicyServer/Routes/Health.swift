/// `GET /healthz`: that the daemon lives and answers.

/// Where the endpoint is.
enum HealthRoute {
  static let path = "/healthz"

  static func matches(_ path: Span<UInt8>) -> Bool { path.equals("/healthz") }
}

extension Responder {
  /// A fixed answer; a query is ignored, because probes like to add one.
  mutating func health(_ head: RequestHead) -> Problem? {
    guard head.method == .get || head.method == .head else {
      return .methodNotAllowed(allow: "GET, HEAD")
    }
    body.append(contentsOf: "{\"status\":\"ok\"}".utf8)
    return nil
  }
}
