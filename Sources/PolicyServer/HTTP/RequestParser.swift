/// Reads HTTP/1.1 requests (RFC 9112) from bytes as they arrive, a line at a time, strictly.
///
/// Lines end in CR LF and nothing else; folded lines, control characters, spaces before a colon,
/// repeated or conflicting lengths and unknown transfer codings are refused, because each of them
/// lets two readers disagree where a request ends. A chunked body is decoded (ChunkedDecoder.swift).
/// The result does not depend on how the bytes are cut: every rule looks at whole lines.

/// The state of reading one request.
struct RequestParser {
  /// How far a request is.
  enum Progress {
    /// Whole; it took so many bytes.
    case complete(Int)
    case needsMore
    /// The header is whole and took so many bytes; the body is lines, to be answered as they come.
    case lines(Int)
    case refused(Problem)
  }

  private enum Phase { case requestLine, fields, body }

  /// What is known so far; meaningful once `headIsComplete`.
  private(set) var head = RequestHead()
  /// The decoded body of a chunked request.
  private(set) var chunks = ChunkedDecoder()
  private let headerBytes: Int
  private let headerFields: Int
  private let bodyBytes: Int
  private var phase = Phase.requestLine
  /// The start of the line being read, and where to look for its end.
  private var lineStart = 0
  private var searched = 0
  private var fields = 0
  private var hosts = 0
  private var hasLength = false
  private var hasCoding = false
  private var connectionCloses = false
  private var connectionStays = false

  init(_ limits: Limits) {
    headerBytes = limits.headerBytes
    headerFields = limits.headerFields
    bodyBytes = limits.bodyBytes
  }

  /// Whether the header has been read to its end.
  var headIsComplete: Bool { phase == .body }

  /// Whether the client waits to be told that it may send the body; true once per request.
  mutating func takeExpectation() -> Bool {
    guard headIsComplete, head.expectsContinue, !head.isVersion10 else { return false }
    head.expectsContinue = false
    return true
  }

  /// Forgets the request, to read the next.
  mutating func reset() {
    head = RequestHead()
    if chunks.hasStarted { chunks = ChunkedDecoder() }
    phase = .requestLine
    lineStart = 0
    searched = 0
    fields = 0
    hosts = 0
    hasLength = false
    hasCoding = false
    connectionCloses = false
    connectionStays = false
  }

  /// Goes on with the bytes of a request, always given from its first byte.
  mutating func advance(over bytes: Span<UInt8>) -> Progress {
    while phase != .body {
      let end = bytes.firstIndex(of: 0x0A, from: searched)
      if (end ?? bytes.count - 1) >= headerBytes {
        return .refused(phase == .requestLine ? .lineTooLong : .headerTooLarge)
      }
      guard let end else {
        searched = bytes.count
        return .needsMore
      }
      guard end > lineStart, bytes[end - 1] == 0x0D else { return .refused(.bareLineFeed) }
      let problem = readLine(bytes, lineStart..<(end - 1))
      lineStart = end + 1
      searched = lineStart
      if let problem { return .refused(problem) }
    }
    if head.isLines { return .lines(head.length) }
    switch head.framing {
    case .none: return .complete(head.length)
    case .length(let length):
      let whole = head.length + length
      return bytes.count >= whole ? .complete(whole) : .needsMore
    case .chunked:
      return chunks.advance(over: bytes, from: head.length, limit: bodyBytes)
    }
  }

  private mutating func readLine(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Problem? {
    if phase == .requestLine {
      // One empty line before a request is passed over, as RFC 9112 section 2.2 asks.
      if line.isEmpty, line.lowerBound == 0 { return nil }
      phase = .fields
      return readRequestLine(bytes, line)
    }
    if line.isEmpty {
      head.length = line.upperBound + 2
      phase = .body
      return finishHead(bytes)
    }
    fields += 1
    if fields > headerFields { return .headerTooLarge }
    return readField(bytes, line)
  }

  // MARK: - The request line

  private mutating func readRequestLine(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Problem? {
    var at = line.lowerBound
    while at < line.upperBound, ByteClass.isToken(bytes[at]) { at += 1 }
    guard at > line.lowerBound, at < line.upperBound, bytes[at] == 0x20 else {
      return .malformedRequestLine
    }
    head.method = method(bytes, line.lowerBound..<at)
    let start = at + 1
    var end = start
    var query: Int?
    while end < line.upperBound, ByteClass.isVisible(bytes[end]), bytes[end] != 0x23 {
      if bytes[end] == 0x3F, query == nil { query = end }
      end += 1
    }
    guard end > start, end < line.upperBound, bytes[end] == 0x20 else {
      return .malformedRequestLine
    }
    head.hasQuery = query != nil
    head.path = start..<(query ?? end)
    if let problem = readVersion(bytes, (end + 1)..<line.upperBound) { return problem }
    return readTarget(bytes)
  }

  private func method(_ bytes: Span<UInt8>, _ name: Range<Int>) -> RequestMethod {
    var packed: UInt32 = 0
    guard name.count <= 4 else { return .other }
    for index in name { packed = packed << 8 | UInt32(bytes[index]) }
    return switch packed {
    case 0x504F_5354: .post
    case 0x0047_4554: .get
    case 0x4845_4144: .head
    default: .other
    }
  }

  private mutating func readVersion(_ bytes: Span<UInt8>, _ version: Range<Int>) -> Problem? {
    let start = version.lowerBound
    guard version.count == 8, bytes[start] == 0x48, bytes[start + 1] == 0x54,
      bytes[start + 2] == 0x54, bytes[start + 3] == 0x50, bytes[start + 4] == 0x2F,
      (0x30...0x39).contains(bytes[start + 5]), bytes[start + 6] == 0x2E,
      (0x30...0x39).contains(bytes[start + 7])
    else { return .malformedRequestLine }
    guard bytes[start + 5] == 0x31 else { return .versionNotSupported }
    head.isVersion10 = bytes[start + 7] == 0x30
    return nil
  }

  /// The path must begin with a slash; `http://host/path` is taken as `/path`.
  private mutating func readTarget(_ bytes: Span<UInt8>) -> Problem? {
    let target = head.path
    if !target.isEmpty, bytes[target.lowerBound] == 0x2F { return nil }
    guard target.count > 7,
      bytes.matches("http://", in: target.lowerBound..<(target.lowerBound + 7)),
      let slash = bytes.firstIndex(of: 0x2F, from: target.lowerBound + 7),
      slash < target.upperBound, slash > target.lowerBound + 7
    else { return .malformedTarget }
    head.path = slash..<target.upperBound
    return nil
  }

  // MARK: - Fields

  private mutating func readField(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Problem? {
    let first = bytes[line.lowerBound]
    if first == 0x20 || first == 0x09 { return .foldedField }
    var at = line.lowerBound
    var packed: UInt128 = 0
    while at < line.upperBound, ByteClass.isToken(bytes[at]) {
      packed = packed << 8 | UInt128(ByteClass.lowercased(bytes[at]))
      at += 1
    }
    guard at > line.lowerBound, at < line.upperBound, bytes[at] == 0x3A else {
      return .malformedFieldName
    }
    for index in (at + 1)..<line.upperBound where !ByteClass.isFieldValue(bytes[index]) {
      return .controlCharacter
    }
    let value = bytes.trimmed((at + 1)..<line.upperBound)
    switch at - line.lowerBound {
    case 4 where packed == FieldName.host: return readHost(bytes, value)
    case 6 where packed == FieldName.expect:
      guard bytes.matches("100-continue", in: value) else { return .unknownExpectation }
      head.expectsContinue = true
    case 10 where packed == FieldName.connection: readConnection(bytes, value)
    case 12 where packed == FieldName.contentType: return readContentType(bytes, value)
    case 12 where packed == FieldName.requestID:
      head.requestID = isSaneID(bytes, value) ? value : 0..<0
    case 14 where packed == FieldName.contentLength: return readContentLength(bytes, value)
    case 15 where packed == FieldName.acceptLanguage: head.languages.read(bytes, value)
    case 17 where packed == FieldName.transferEncodingTail:
      if ByteClass.lowercased(first) == 0x74 { return readTransferEncoding(bytes, value) }
    default: break
    }
    return nil
  }

  private mutating func readHost(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Problem? {
    hosts += 1
    if hosts > 1 { return .severalHosts }
    head.host = value
    for index in value {
      switch bytes[index] {
      case 0x2C, 0x2F, 0x3F, 0x23, 0x40, 0x5C: return .malformedHost
      case let byte where !ByteClass.isVisible(byte): return .malformedHost
      default: break
      }
    }
    return nil
  }

  private mutating func readConnection(_ bytes: Span<UInt8>, _ value: Range<Int>) {
    var start = value.lowerBound
    while start <= value.upperBound {
      let comma = bytes.firstIndex(of: 0x2C, from: start) ?? value.upperBound
      let end = min(comma, value.upperBound)
      let option = bytes.trimmed(start..<end)
      if bytes.matches("close", in: option) { connectionCloses = true }
      if bytes.matches("keep-alive", in: option) { connectionStays = true }
      start = end + 1
    }
  }

  private mutating func readContentType(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Problem? {
    if head.bodyType != .absent { return .severalContentTypes }
    let semicolon = bytes.firstIndex(of: 0x3B, from: value.lowerBound) ?? value.upperBound
    let type = bytes.trimmed(value.lowerBound..<min(semicolon, value.upperBound))
    if bytes.matches("application/json", in: type) {
      head.bodyType = .json
    } else {
      head.bodyType = bytes.matches("application/x-ndjson", in: type) ? .lines : .other
    }
    return nil
  }

  private func isSaneID(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Bool {
    guard value.count <= 128 else { return false }
    for index in value {
      let byte = bytes[index]
      guard ByteClass.isVisible(byte), byte != 0x22, byte != 0x5C else { return false }
    }
    return true
  }

  private mutating func readContentLength(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Problem? {
    if hasLength { return .conflictingLength }
    hasLength = true
    guard !value.isEmpty else { return .malformedLength }
    var length = 0
    for index in value {
      let digit = bytes[index] &- 0x30
      guard digit <= 9 else { return .malformedLength }
      length = min(length * 10 + Int(digit), 1 << 50)
    }
    head.framing = .length(length)
    return nil
  }

  private mutating func readTransferEncoding(
    _ bytes: Span<UInt8>, _ value: Range<Int>
  ) -> Problem? {
    if hasCoding { return .conflictingLength }
    hasCoding = true
    return bytes.matches("chunked", in: value) ? nil : .unknownTransferCoding
  }

  /// The rules that look at several fields.
  private mutating func finishHead(_ bytes: Span<UInt8>) -> Problem? {
    if hosts == 0, !head.isVersion10 { return .missingHost }
    head.keepsAlive = !connectionCloses && (!head.isVersion10 || connectionStays)
    head.isLines =
      head.bodyType == .lines && head.method == .post && !head.hasQuery
      && BatchRoute.matches(bytes.extracting(head.path))
    if hasCoding {
      if hasLength || head.isVersion10 { return .conflictingLength }
      head.framing = .chunked
      return nil
    }
    guard case .length(let length) = head.framing else {
      return head.method == .post ? .lengthRequired : nil
    }
    return length > bodyBytes && !head.isLines ? .bodyTooLarge(limit: bodyBytes) : nil
  }
}
