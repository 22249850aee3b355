/// `GET /v1/policies/{policy}`: one policy with the schemas of its inputs. `GET /openapi.json`: the whole protocol.

/// Where a policy is.
enum PolicyRoute {
  static let prefix = "/v1/policies/"

  static func matches(_ path: Span<UInt8>) -> Bool {
    path.count > 13 && path.hasPrefix("/v1/policies/")
  }
}

/// Where the description of the protocol is.
enum OpenAPIRoute {
  static let path = "/openapi.json"

  static func matches(_ path: Span<UInt8>) -> Bool { path.equals("/openapi.json") }
}

extension Responder {
  /// One policy; the names of other policies are offered for one that is not there.
  mutating func policy(_ head: RequestHead, _ path: Span<UInt8>) -> Problem? {
    guard head.method == .get || head.method == .head else {
      return .methodNotAllowed(allow: "GET, HEAD")
    }
    if head.hasQuery { return .queryNotSupported }
    guard let name = decoded(path.extracting(13..<path.count)) else { return .malformedPath }
    guard let document = point.document(ofPolicy: String(decoding: name, as: UTF8.self)) else {
      return notFound(path)
    }
    body.append(contentsOf: document)
    return nil
  }

  /// The description, made when it is first asked for.
  mutating func openAPI(_ head: RequestHead) -> Problem? {
    guard head.method == .get || head.method == .head else {
      return .methodNotAllowed(allow: "GET, HEAD")
    }
    if head.hasQuery { return .queryNotSupported }
    body.append(contentsOf: point.openAPI())
    return nil
  }
}
