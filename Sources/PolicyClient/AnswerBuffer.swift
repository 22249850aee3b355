/// The bytes of one connection as they come, cut into answers.
///
/// A body is read where it stands: of one with `Content-Length` nothing is copied; of a chunked one the
/// chunks are moved together once the last has come.

/// An answer that has come whole; its body is a range of the buffer until the next one is asked for.
struct AnswerPlace {
  let head: AnswerHead
  /// Where the header begins.
  let start: Int
  let body: Range<Int>
}

/// Received bytes.
struct AnswerBuffer {
  /// The bytes, with room at the end.
  private(set) var bytes: [UInt8]
  /// How many of them have come.
  private var filled = 0
  /// Where the answer begins that has not been handed out.
  private var start = 0
  /// Its header and where its body begins, once that is known.
  private var open: (head: AnswerHead, body: Int)?
  /// How far the end of the header was looked for.
  private var searched = 0
  private let limit: Int

  /// The longest header.
  static let headLimit = 1 << 16

  init(limit: Int) {
    self.limit = limit
    bytes = [UInt8](repeating: 0, count: 1 << 16)
  }

  /// Whether a part of an answer is there.
  var holdsPart: Bool { filled > start }

  /// Receives once.
  mutating func receive(from socket: borrowing ClientSocket) -> ClientSocket.Receipt {
    makeRoom()
    let receipt = socket.receive(into: &bytes, from: filled)
    if case .bytes(let count) = receipt { filled += count }
    return receipt
  }

  /// Takes bytes in as if they had come.
  mutating func append(_ more: [UInt8]) {
    makeRoom(for: more.count)
    for byte in more {
      bytes[filled] = byte
      filled += 1
    }
  }

  /// Sees to it that something can be received; what was handed out goes.
  private mutating func makeRoom(for count: Int = 1 << 14) {
    if start == filled {
      start = 0
      filled = 0
      searched = 0
    }
    if bytes.count - filled >= count { return }
    if start > 0 {
      bytes.removeSubrange(0..<start)
      filled -= start
      searched = max(0, searched - start)
      if let known = open { open = (known.head, known.body - start) }
      start = 0
    }
    let missing = max(count - (bytes.count - filled), 0)
    if missing > 0 { bytes += [UInt8](repeating: 0, count: max(missing, bytes.count)) }
  }

  /// A value of the header of an answer, as a text.
  func text(_ place: AnswerPlace, _ value: Range<Int>) -> String {
    let range = (place.start + value.lowerBound)..<(place.start + value.upperBound)
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// The next answer, if it has come whole; answers such as 100 are passed over.
  mutating func next() throws(ClientProblem) -> AnswerPlace? {
    while true {
      guard let (head, body) = try takeHead() else { return nil }
      if head.isInterim {
        finish(at: body)
        continue
      }
      switch head.length {
      case .bytes(let count):
        if count > limit { throw .tooLarge(limit: limit) }
        if filled - body < count { return nil }
        let first = start
        finish(at: body + count)
        return AnswerPlace(head: head, start: first, body: body..<(body + count))
      case .chunked:
        guard let chunks = try ChunkedBody(bytes.span, from: body, to: filled, limit: limit) else {
          return nil
        }
        let first = start
        finish(at: chunks.end)
        let joined = body..<chunks.join(&bytes, at: body)
        return AnswerPlace(head: head, start: first, body: joined)
      }
    }
  }

  private mutating func finish(at end: Int) {
    start = end
    searched = end
    open = nil
  }

  private mutating func takeHead() throws(ClientProblem) -> (head: AnswerHead, body: Int)? {
    if let open { return open }
    let from = max(start, searched - 3)
    guard let end = bytes.span.end(of: "\r\n\r\n", in: from..<max(from, filled)) else {
      searched = filled
      try checkStart()
      if filled - start > Self.headLimit { throw .tooLarge(limit: Self.headLimit) }
      return nil
    }
    let head = try AnswerHead(bytes.span, in: start..<(end - 2))
    open = (head, end)
    return (head, end)
  }

  /// Something else than HTTP is told by its first bytes, not by a time-out.
  private func checkStart() throws(ClientProblem) {
    for (index, byte) in AnswerHead.version.enumerated() where start + index < filled {
      if bytes[start + index] != byte { throw .notHTTP }
    }
  }
}

/// The chunks of a body that has come whole.
struct ChunkedBody {
  private var chunks: [Range<Int>] = []
  /// Behind the last byte of the body's trailer.
  private(set) var end = 0

  /// Finds the chunks; nil when the last has not come.
  init?(
    _ bytes: Span<UInt8>, from start: Int, to filled: Int, limit: Int
  ) throws(ClientProblem) {
    var at = start
    var total = 0
    while true {
      guard let line = bytes.end(of: "\r\n", in: at..<filled) else {
        if filled - at > Self.longestLine { throw .lengthUnclear }
        return nil
      }
      let size = try Self.size(bytes, at..<(line - 2))
      total += size
      if total > limit { throw .tooLarge(limit: limit) }
      if size == 0 {
        at = line
        break
      }
      guard filled >= line + size + 2 else { return nil }
      guard bytes[line + size] == 0x0D, bytes[line + size + 1] == 0x0A else {
        throw .lengthUnclear
      }
      chunks.append(line..<(line + size))
      at = line + size + 2
    }
    while let line = bytes.end(of: "\r\n", in: at..<filled) {
      if line - at == 2 {
        end = line
        return
      }
      at = line
    }
    if filled - start > limit + AnswerBuffer.headLimit { throw .tooLarge(limit: limit) }
    return nil
  }

  /// Moves the chunks together; gives the end of the body.
  func join(_ bytes: inout [UInt8], at start: Int) -> Int {
    var target = start
    for chunk in chunks {
      for index in chunk {
        bytes[target] = bytes[index]
        target += 1
      }
    }
    return target
  }

  private static let longestLine = 1024

  /// The size that a line gives; extensions behind `;` are passed over.
  private static func size(
    _ bytes: Span<UInt8>, _ line: Range<Int>
  ) throws(ClientProblem) -> Int {
    var size = 0
    var at = line.lowerBound
    while at < line.upperBound, let digit = hexDigit(bytes[at]) {
      guard size < 1 << 40 else { throw .lengthUnclear }
      size = size << 4 | digit
      at += 1
    }
    while at < line.upperBound, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
    guard at > line.lowerBound, at == line.upperBound || bytes[at] == 0x3B else {
      throw .lengthUnclear
    }
    return size
  }

  private static func hexDigit(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x41...0x46: Int(byte) - 0x41 + 10
    case 0x61...0x66: Int(byte) - 0x61 + 10
    default: nil
    }
  }
}
