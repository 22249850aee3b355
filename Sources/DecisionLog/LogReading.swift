/// Reading a log while it may be written: its files, its last record, and its records one by one.
public import PolicySource

/// A log that is read.
public struct LogReading {
  let calls: LinuxCalls

  /// Opens the folder of a log; nothing in it is changed.
  public init(folder: String) throws(LogProblem) {
    do throws(CallFailure) {
      calls = try LinuxCalls(folder: folder)
    } catch {
      throw LogMessages.cannotRead(folder, error)
    }
    if try LogFolder.segments(calls).isEmpty { throw LogMessages.noLog(folder) }
  }

  /// Whether a process holds the log for writing.
  public func isBeingWritten() -> Bool {
    do throws(CallFailure) {
      guard try calls.lock(forWriting: false) else { return true }
      calls.unlock()
      return false
    } catch {
      return false
    }
  }

  /// The number and the hash of the last whole record, as `N:HASH`; nil when there is none.
  public func head() throws(LogProblem) -> LogAnchor? {
    for name in try LogFolder.segments(calls).reversed() {
      if let last = try LastRecord(of: name, calls) {
        return LogAnchor(number: last.head.number, hash: last.head.hash)
      }
    }
    return nil
  }

  /// All whole records, in the order of the files.
  public func records() throws(LogProblem) -> LogRecords {
    LogRecords(calls, try LogFolder.segments(calls))
  }
}

/// A record that was noted elsewhere: its number and its hash.
public struct LogAnchor: Hashable, Sendable, CustomStringConvertible {
  /// The number of the record.
  public let number: UInt64
  /// Its hash.
  public let hash: SHA256Digest

  /// Makes an anchor.
  public init(number: UInt64, hash: SHA256Digest) {
    self.number = number
    self.hash = hash
  }

  /// Reads `N:HASH`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = UInt64(parts[0]),
      let hash = SHA256Digest(hex: String(parts[1]))
    else { return nil }
    self.init(number: number, hash: hash)
  }

  /// `N:HASH`.
  public var description: String { "\(number):\(hash)" }
}

/// A record as it was read.
public struct LogRecord: Sendable {
  /// Its number.
  public let number: UInt64
  /// When it was written.
  public let time: LogTime
  /// What it is: `decision`, `start`, `checkpoint`, `recovered`, `gap`, `stop`.
  public let kind: String
  /// The whole line, without its break.
  public let line: [UInt8]
}

/// The whole records of a log, one at a time; memory does not grow with the log.
public struct LogRecords {
  private let calls: LinuxCalls
  private var rest: ArraySlice<SegmentName>
  private var current: SegmentName?
  private var reader: LineReader?
  /// Where the next line of the current file begins.
  private var offset: Int64 = 0
  /// A later file was there when this one was opened, so nothing more is appended to it.
  private var isComplete = false

  init(_ calls: LinuxCalls, _ segments: [SegmentName]) {
    self.calls = calls
    rest = segments[...]
  }

  /// The next record; nil where the log ends now.
  ///
  /// Asked again later, it goes on with what was written since.
  public mutating func next() throws(LogProblem) -> LogRecord? {
    while true {
      if current == nil {
        guard let first = rest.popFirst() else { return nil }
        (current, offset, isComplete) = (first, 0, !rest.isEmpty)
      }
      guard let current else { return nil }
      if reader == nil { reader = try LineReader(current.description, calls, from: offset) }
      while let line = try reader?.next(), line.isTerminated {
        offset = line.offset + Int64(line.range.count) + 1
        if let record = record(line.range) { return record }
      }
      reader = nil
      if isComplete {
        self.current = nil
        continue
      }
      rest = try LogFolder.segments(calls).filter { $0 > current }[...]
      if rest.isEmpty { return nil }
      // The file was read to its end before the next one was seen: what came in between is read first.
      isComplete = true
    }
  }

  private func record(_ range: Range<Int>) -> LogRecord? {
    guard let reader else { return nil }
    let text = reader.buffer.span.extracting(range)
    guard let frame = try? RecordFrame(text, checksHash: false) else { return nil }
    var line: [UInt8] = []
    line.append(bytesOf: text)
    return LogRecord(
      number: frame.number, time: frame.time,
      kind: String(decoding: line[frame.kind], as: UTF8.self), line: line)
  }

  /// Skips the files whose records all have numbers below one.
  public mutating func skipFiles(belowNumber number: UInt64) {
    while rest.count > 1, let second = rest.dropFirst().first, second.first <= number {
      rest.removeFirst()
    }
  }

  /// Skips the files whose records are all older than a moment, as far as the names of the files tell.
  public mutating func skipFiles(before time: LogTime) {
    // A file may go on after its day when the clock was put back, but none begins before its day.
    while rest.count > 1, let second = rest.dropFirst().first, second.day < time.day {
      rest.removeFirst()
    }
  }
}
