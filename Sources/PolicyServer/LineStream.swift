/// A request whose body is lines (`application/x-ndjson`), answered while they arrive.

/// The state of one such request; only the event loop's thread touches it.
final class LineStream {
  /// Where the body ends.
  enum Framing {
    /// So many bytes are still to come.
    case length(Int)
    case chunked(ChunkedDecoder)
    /// Everything has come.
    case ended
    /// What came last is no body; the lines before it are still answered.
    case damaged(Problem)
  }

  var framing: Framing
  let requestID: [UInt8]
  let head: RequestHead
  /// Whether the connection closes after the answer.
  let closes: Bool
  /// The lines answered so far.
  var number = 0
  /// Whether a line was answered since the deadline was set.
  var hasProgress = false
  /// Bytes that have come and are not answered, from `start` on.
  private var bytes: [UInt8] = []
  private var start = 0
  /// Where to look for the end of the line that has begun.
  private var searched = 0
  /// Whether the rest of a line is passed over, because it was too long.
  private var isPassing = false

  init(_ head: RequestHead, requestID: [UInt8], closes: Bool) {
    self.head = head
    self.requestID = requestID
    self.closes = closes || head.isVersion10
    switch head.framing {
    case .length(let length): framing = length > 0 ? .length(length) : .ended
    case .chunked: framing = .chunked(ChunkedDecoder())
    case .none: framing = .ended
    }
  }

  /// Whether the answer is sent in chunks; clients of HTTP/1.0 read until the connection closes.
  var isChunked: Bool { !head.isVersion10 }

  /// Whether everything has come and is answered.
  var isDone: Bool {
    if case .ended = framing { return start == bytes.count }
    return false
  }

  /// Whether a line was answered since this was last asked.
  func takeProgress() -> Bool {
    defer { hasProgress = false }
    return hasProgress
  }

  /// Why the body cannot be read on.
  var damage: Problem? {
    if case .damaged(let problem) = framing { problem } else { nil }
  }

  /// Takes bytes of the body; gives how many were taken.
  func take(_ more: Span<UInt8>) -> Int {
    drop()
    switch framing {
    case .ended, .damaged: return 0
    case .length(let remaining):
      let count = min(remaining, more.count)
      bytes.append(bytesOf: more.extracting(0..<count))
      framing = count == remaining ? .ended : .length(remaining - count)
      return count
    case .chunked(var decoder):
      framing = .ended
      let progress = decoder.advance(over: more, from: 0, limit: .max - more.count - 4096)
      let (decoded, used) = decoder.take()
      bytes.append(contentsOf: decoded)
      switch progress {
      case .complete: break
      case .refused(let problem): framing = .damaged(problem)
      case .needsMore, .lines: framing = .chunked(decoder)
      }
      return used
    }
  }

  /// What to do next.
  enum Next {
    /// A whole line stands there.
    case line(Range<Int>)
    /// A line is longer than a line may be; its rest is passed over.
    case tooLong
    /// The line goes on with bytes that have not come.
    case incomplete
  }

  /// The next line that is not blank.
  func next(limit: Int) -> Next {
    while true {
      let end = bytes.span.firstIndex(of: 0x0A, from: searched)
      guard let end else {
        searched = bytes.count
        if case .ended = framing, start < bytes.count { return lastLine(limit: limit) }
        if isPassing { start = bytes.count }
        guard bytes.count - start > limit else { return .incomplete }
        isPassing = true
        start = bytes.count
        number += 1
        return .tooLong
      }
      let line = start..<end
      start = end + 1
      searched = start
      if isPassing {
        isPassing = false
      } else if line.count > limit {
        number += 1
        return .tooLong
      } else if !isBlank(line) {
        number += 1
        return .line(line)
      }
    }
  }

  /// The line at the end, which needs no line feed.
  private func lastLine(limit: Int) -> Next {
    let line = start..<bytes.count
    start = bytes.count
    if isPassing || isBlank(line) { return .incomplete }
    number += 1
    return line.count > limit ? .tooLong : .line(line)
  }

  private func isBlank(_ line: Range<Int>) -> Bool {
    bytes[line].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }

  /// The bytes of a line, until the next ones are taken.
  func withLine<Outcome>(_ line: Range<Int>, _ body: (Span<UInt8>) -> Outcome) -> Outcome {
    // The same memory under a name of its own, so that it surely outlives the call.
    let all = bytes
    return body(all.span.extracting(line))
  }

  /// Forgets what is answered.
  private func drop() {
    guard start > 0 else { return }
    bytes.removeFirst(start)
    searched -= start
    start = 0
  }
}
