/// Decodes a body sent with `Transfer-Encoding: chunked` (RFC 9112 section 7.1).
///
/// Chunk extensions and trailer fields are read and ignored; together with the size lines they may
/// take as many bytes as the body may, so that many tiny chunks cannot fill the memory.

/// The state of decoding one body.
struct ChunkedDecoder {
  private enum Phase { case size, data, dataEnd, trailer }

  /// What was decoded so far.
  private(set) var body: [UInt8] = []
  private var phase = Phase.size
  /// Where decoding goes on, counted from the request's first byte; 0 before it begins.
  private var at = 0
  private var searched = 0
  private var remaining = 0

  /// Whether any byte was looked at.
  var hasStarted: Bool { at > 0 }

  /// Decodes as far as the bytes of the request go; the body begins at `start`.
  mutating func advance(
    over bytes: Span<UInt8>, from start: Int, limit: Int
  ) -> RequestParser.Progress {
    if at == 0 {
      at = start
      searched = start
    }
    while true {
      if at - start - body.count > limit + 1024 { return .refused(.bodyTooLarge(limit: limit)) }
      switch phase {
      case .data:
        let count = min(remaining, bytes.count - at)
        body.append(bytesOf: bytes.extracting(at..<(at + count)))
        at += count
        remaining -= count
        if remaining > 0 { return .needsMore }
        phase = .dataEnd
        searched = at
      case .dataEnd:
        guard at < bytes.count else { return .needsMore }
        guard bytes[at] == 0x0D else { return .refused(.malformedChunk) }
        guard at + 1 < bytes.count else { return .needsMore }
        guard bytes[at + 1] == 0x0A else { return .refused(.malformedChunk) }
        at += 2
        searched = at
        phase = .size
      case .size, .trailer:
        guard let end = bytes.firstIndex(of: 0x0A, from: searched) else {
          searched = bytes.count
          return bytes.count - at > Self.longestLine ? .refused(.malformedChunk) : .needsMore
        }
        guard end > at, end - at <= Self.longestLine, bytes[end - 1] == 0x0D else {
          return .refused(.malformedChunk)
        }
        let line = at..<(end - 1)
        at = end + 1
        searched = at
        if phase == .trailer {
          if line.isEmpty { return .complete(at) }
        } else if let problem = readSize(bytes, line, limit: limit) {
          return .refused(problem)
        }
      }
    }
  }

  /// Gives what was decoded since the last time, and how many bytes of the request that took; decoding goes
  /// on with the bytes behind them.
  mutating func take() -> (decoded: [UInt8], used: Int) {
    let taken = (body, at)
    body = []
    at = 0
    return taken
  }

  private static let longestLine = 1024

  private mutating func readSize(
    _ bytes: Span<UInt8>, _ line: Range<Int>, limit: Int
  ) -> Problem? {
    var size = 0
    var index = line.lowerBound
    while index < line.upperBound, let digit = Self.hexDigit(bytes[index]) {
      size = min(size << 4 | digit, 1 << 50)
      index += 1
    }
    guard index > line.lowerBound else { return .malformedChunk }
    let rest = bytes.trimmed(index..<line.upperBound)
    if !rest.isEmpty, bytes[rest.lowerBound] != 0x3B { return .malformedChunk }
    for index in rest where !ByteClass.isFieldValue(bytes[index]) { return .malformedChunk }
    if size > limit - body.count { return .bodyTooLarge(limit: limit) }
    remaining = size
    phase = size == 0 ? .trailer : .data
    return nil
  }

  static func hexDigit(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x41...0x46: Int(byte) - 0x41 + 10
    case 0x61...0x66: Int(byte) - 0x61 + 10
    default: nil
    }
  }
}
