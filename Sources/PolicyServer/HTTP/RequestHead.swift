/// What the server knows of a request once its header has been read: places in the bytes, no copies.

/// The methods that routes tell apart.
enum RequestMethod {
  case get, head, post, other
}

/// How the body's length is given.
enum BodyFraming: Equatable {
  case none
  case length(Int)
  case chunked
}

/// What `Content-Type` says.
enum BodyType {
  case absent, json, lines, other
}

/// The header of one request; ranges count from the request's first byte.
struct RequestHead {
  var method = RequestMethod.other
  /// The path as sent, not percent-decoded, without the query.
  var path = 0..<0
  /// Whether a `?` follows the path.
  var hasQuery = false
  /// HTTP/1.0, which closes unless asked to keep the connection.
  var isVersion10 = false
  /// Whether the client wants the connection to stay open.
  var keepsAlive = true
  var framing = BodyFraming.none
  var bodyType = BodyType.absent
  /// The value of `Host`.
  var host = 0..<0
  /// The value of `X-Request-ID`, empty when there is none.
  var requestID = 0..<0
  var expectsContinue = false
  /// What `Accept-Language` asks for.
  var languages = AcceptedLanguages()
  /// Whether the body is lines, which are answered while they arrive.
  var isLines = false
  /// Bytes up to and with the empty line.
  var length = 0
}

/// Names of header fields of up to 16 bytes as one number, in lower case.
enum FieldName {
  static let host = pack("host")
  static let expect = pack("expect")
  static let connection = pack("connection")
  static let contentType = pack("content-type")
  static let requestID = pack("x-request-id")
  static let contentLength = pack("content-length")
  static let acceptLanguage = pack("accept-language")
  /// `transfer-encoding` has 17 bytes: these are its last 16.
  static let transferEncodingTail = pack("ransfer-encoding")

  static func pack(_ text: String) -> UInt128 {
    text.utf8.reduce(0) { $0 << 8 | UInt128($1) }
  }
}

/// Classes of bytes, as HTTP draws them.
enum ByteClass {
  /// One bit per ASCII character that may stand in a token (RFC 9110 section 5.6.2).
  private static let tokenLow: UInt64 = 0x03FF_6CFA_0000_0000
  private static let tokenHigh: UInt64 = 0x57FF_FFFF_C7FF_FFFE

  static func isToken(_ byte: UInt8) -> Bool {
    if byte < 64 { return tokenLow >> UInt64(byte) & 1 == 1 }
    return byte < 128 && tokenHigh >> UInt64(byte & 63) & 1 == 1
  }

  /// Visible ASCII.
  static func isVisible(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }

  /// What a field's value may hold: visible ASCII, space, tab and bytes above ASCII.
  static func isFieldValue(_ byte: UInt8) -> Bool {
    (byte >= 0x20 && byte != 0x7F) || byte == 0x09
  }

  static func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }
}

extension Span<UInt8> {
  /// A range without the spaces and tabs around it.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (lower, upper) = (range.lowerBound, range.upperBound)
    while lower < upper, self[lower] == 0x20 || self[lower] == 0x09 { lower += 1 }
    while lower < upper, self[upper - 1] == 0x20 || self[upper - 1] == 0x09 { upper -= 1 }
    return lower..<upper
  }
}
