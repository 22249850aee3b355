/// The header of an answer: what a client needs of it, read strictly (RFC 9112).

/// How the end of a body is told.
enum BodyLength: Equatable {
  case bytes(Int)
  case chunked
}

/// What the header of one answer says.
struct AnswerHead {
  var status = 0
  var length: BodyLength = .bytes(0)
  /// The value of `Content-Type`, counted from the first byte of the header.
  var contentType = 0..<0
  /// The value of `X-Request-ID`, counted likewise.
  var requestID = 0..<0
  /// Whether the daemon closes the connection behind it.
  var closes = false

  /// Whether another answer follows to the same request, as 100 does.
  var isInterim: Bool { (100..<200).contains(status) }

  /// Reads a header that ends with an empty line; `range` is without that line.
  init(_ bytes: Span<UInt8>, in range: Range<Int>) throws(ClientProblem) {
    let first = bytes.end(of: "\r\n", in: range) ?? range.upperBound
    try takeStatus(bytes, range.lowerBound..<first)
    var reading = Reading(start: range.lowerBound)
    var at = first
    while at < range.upperBound {
      guard let end = bytes.end(of: "\r\n", in: at..<range.upperBound) else { throw .notHTTP }
      try take(bytes, at..<(end - 2), &reading)
      at = end
    }
    try conclude(reading)
  }

  /// What the fields said of the length, before it is known how they fit together.
  private struct Reading {
    let start: Int
    var length: Int?
    var isChunked = false
  }

  /// `HTTP/1.1 200 OK`.
  private mutating func takeStatus(_ bytes: Span<UInt8>, _ line: Range<Int>) throws(ClientProblem) {
    guard line.count >= 12 else { throw .notHTTP }
    for (index, byte) in Self.version.enumerated() where bytes[line.lowerBound + index] != byte {
      throw .notHTTP
    }
    let minor = bytes[line.lowerBound + 7]
    guard minor == 0x30 || minor == 0x31, bytes[line.lowerBound + 8] == 0x20 else {
      throw .notHTTP
    }
    closes = minor == 0x30
    for index in (line.lowerBound + 9)..<(line.lowerBound + 12) {
      guard let digit = Self.digit(bytes[index]) else { throw .notHTTP }
      status = status * 10 + digit
    }
    let next = line.count == 12 ? 0x20 : bytes[line.lowerBound + 12]
    guard status >= 100, next == 0x20 || next == 0x0D else { throw .notHTTP }
  }

  /// One field, without its line break.
  private mutating func take(
    _ bytes: Span<UInt8>, _ line: Range<Int>, _ reading: inout Reading
  ) throws(ClientProblem) {
    var colon = line.lowerBound
    while colon < line.upperBound, bytes[colon] != 0x3A {
      if bytes[colon] <= 0x20 { throw .notHTTP }
      colon += 1
    }
    guard colon > line.lowerBound, colon < line.upperBound else { throw .notHTTP }
    let value = bytes.trimmed((colon + 1)..<line.upperBound)
    let fromStart = (value.lowerBound - reading.start)..<(value.upperBound - reading.start)
    let name = line.lowerBound..<colon
    switch name.count {
    case 10 where bytes.equals(Self.connectionName, in: name):
      if bytes.equals(Self.close, in: value) { closes = true }
      if bytes.equals(Self.keepAlive, in: value) { closes = false }
    case 12 where bytes.equals(Self.contentTypeName, in: name):
      contentType = fromStart
    case 12 where bytes.equals(Self.requestIDName, in: name):
      requestID = fromStart
    case 14 where bytes.equals(Self.contentLengthName, in: name):
      guard reading.length == nil, !value.isEmpty, value.count <= 15 else { throw .lengthUnclear }
      var length = 0
      for index in value {
        guard let digit = Self.digit(bytes[index]) else { throw .lengthUnclear }
        length = length * 10 + digit
      }
      reading.length = length
    case 17 where bytes.equals(Self.transferEncodingName, in: name):
      guard !reading.isChunked, bytes.equals(Self.chunked, in: value) else { throw .lengthUnclear }
      reading.isChunked = true
    default: break
    }
  }

  private mutating func conclude(_ reading: Reading) throws(ClientProblem) {
    if isInterim || status == 204 || status == 304 { return }
    if reading.isChunked {
      if reading.length != nil { throw .lengthUnclear }
      length = .chunked
    } else {
      guard let given = reading.length else { throw .lengthMissing }
      length = .bytes(given)
    }
  }

  /// How the first line begins.
  static let version = Array("HTTP/1.".utf8)
  private static let connectionName = Array("connection".utf8)
  private static let contentTypeName = Array("content-type".utf8)
  private static let requestIDName = Array("x-request-id".utf8)
  private static let contentLengthName = Array("content-length".utf8)
  private static let transferEncodingName = Array("transfer-encoding".utf8)
  private static let close = Array("close".utf8)
  private static let keepAlive = Array("keep-alive".utf8)
  private static let chunked = Array("chunked".utf8)

  private static func digit(_ byte: UInt8) -> Int? {
    (0x30...0x39).contains(byte) ? Int(byte) - 0x30 : nil
  }
}

extension Span<UInt8> {
  /// Whether a range holds a text that is given in lower case, letters of either case being equal.
  func equals(_ text: [UInt8], in range: Range<Int>) -> Bool {
    guard range.count == text.count else { return false }
    for (index, byte) in text.enumerated() {
      let own = self[range.lowerBound + index]
      if (0x41...0x5A).contains(own) ? own | 0x20 != byte : own != byte { return false }
    }
    return true
  }

  /// A range without the blanks and tabs around it.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (lower, upper) = (range.lowerBound, range.upperBound)
    while lower < upper, self[lower] == 0x20 || self[lower] == 0x09 { lower += 1 }
    while lower < upper, self[upper - 1] == 0x20 || self[upper - 1] == 0x09 { upper -= 1 }
    return lower..<upper
  }
}
