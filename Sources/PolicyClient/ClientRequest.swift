/// A request to a decision, as the bytes that go over the wire.
internal import PolicySource

/// One question to the daemon.
public struct ClientRequest: Sendable {
  /// `policy.decision`.
  public let decision: String
  /// The envelope, as JSON.
  public let body: [UInt8]
  /// What `X-Request-ID` says: the answer must say the same.
  public let id: String
  /// What `Accept-Language` says.
  public let language: String

  /// Makes a request.
  public init(decision: String, body: [UInt8], id: String, language: String = "en") {
    self.decision = decision
    self.body = body
    self.id = id
    self.language = language
  }

  /// Whether a text may stand in a header field as an id: visible ASCII, at most 128 bytes.
  public static func isID(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }

  /// Header and body.
  public var bytes: [UInt8] {
    let head = """
      POST /v1/decide/\(decision.percentEncoded) HTTP/1.1\r
      Host: writ\r
      Content-Type: application/json\r
      Accept-Language: \(language)\r
      X-Request-ID: \(id)\r
      Content-Length: \(body.count)\r
      \r\n
      """
    return Array(head.utf8) + body
  }
}
