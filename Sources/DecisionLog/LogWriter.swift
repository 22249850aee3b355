/// The writer of the decision log: batches of records go to the disk whole, or not at all.
///
/// One thread uses a writer. A batch costs one `write` and, with `LogSync.always`, one `fdatasync`; between
/// them nothing is acknowledged. Whatever fails, the file is cut back to where it was, and as long as that
/// is not possible, every batch is refused: the log never holds a record that is not whole in front of one
/// that is, and a record that was acknowledged is never cut.
public import PolicySource

/// Appends records to a log.
public final class LogWriter {
  /// How far the log has come.
  struct Position: Hashable {
    /// The number and hash of the last record.
    var head = LogHead()
    /// How long the file at hand is.
    var bytes: Int64 = 0
  }

  let calls: any LogCalls
  let options: LogOptions

  /// The file at hand, and its name.
  var file: Int32
  var name: SegmentName
  /// What is acknowledged.
  var accepted: Position
  /// What is on the disk; with `LogSync.always` all that is acknowledged.
  var durable: Position
  /// When the file was brought to the disk last.
  var syncedAt: LogTime

  /// Bytes behind `accepted` may stand in the file.
  var isLonger = false
  /// An `fdatasync` failed: what the system says of the bytes in the file cannot be trusted.
  var isDoubtful = false
  /// A file that was begun and could not be used; it must go before the next is begun.
  var leftover: SegmentName?
  /// What was cut and is not told in the log yet.
  var cut: Cut?

  /// The lines of the batch at hand.
  var lines: [UInt8] = []
  var time: [UInt8] = []

  /// Bytes that were cut, and why.
  struct Cut: Hashable {
    var bytes: Int64
    /// How many whole records were among them; none of them was on the disk.
    var records: UInt64
    var reason: String
  }

  init(
    _ calls: any LogCalls, _ options: LogOptions, file: Int32, name: SegmentName,
    position: Position
  ) {
    self.calls = calls
    self.options = options
    self.file = file
    self.name = name
    accepted = position
    durable = position
    syncedAt = calls.now()
    lines.reserveCapacity(1 << 20)
    time.reserveCapacity(LogTime.length)
  }

  deinit { calls.close(file) }

  /// The number of the last record.
  public var lastNumber: UInt64 { accepted.head.number }
  /// The hash of the last record.
  public var lastHash: SHA256Digest { accepted.head.hash }
  /// The name of the file that is being written.
  public var fileName: String { name.description }
  /// How long that file is.
  public var fileBytes: Int64 { accepted.bytes }
  /// Whether acknowledged records wait for `flush`; never with `LogSync.always`.
  public var isUnsynced: Bool { accepted != durable }

  /// Makes all records of a batch durable, or throws and leaves the log as it was.
  ///
  /// All records have the same time. When it throws, the batch may be given again.
  public func commit(_ batch: LogBatch) throws(LogProblem) { try commit(batch, at: calls.now()) }

  /// Makes all records of a batch durable, as of a time.
  public func commit(_ batch: LogBatch, at now: LogTime) throws(LogProblem) {
    guard !batch.isEmpty else { return }
    if batch.bytes.span.firstIndex(of: 0x0A) != nil { throw LogMessages.lineBreak() }
    try mend()
    try expectUnchanged()
    if isFull(with: batch) || now.day > name.day { try beginNextFile(at: now) }
    beginLines(at: now)
    var head = accepted.head
    appendCut(&head)
    var start = 0
    for end in batch.ends {
      appendCheckpoint(&head)
      head.append(batch.bytes.span.extracting(start..<end), at: time, to: &lines)
      start = end
    }
    try write(becoming: head, at: now)
    cut = nil
  }

  /// Brings what is acknowledged to the disk; with `LogSync.interval`, to be called that often.
  public func flush() throws(LogProblem) {
    guard isUnsynced else { return }
    try mend()
    try sync(accepted, at: calls.now())
  }

  /// Whether a batch no longer fits into the file at hand; a file with its `start` alone takes any.
  private func isFull(with batch: LogBatch) -> Bool {
    let bytes = batch.bytes.count + batch.count * RecordWords.frameRoom
    return accepted.head.number > name.first && accepted.bytes + Int64(bytes) > options.fileBytes
  }

  /// Whether the options ask for an `fdatasync` now.
  private func isSyncDue(at now: LogTime) -> Bool {
    switch options.sync {
    case .always: return true
    case .interval(let milliseconds):
      let passed = now.microseconds - syncedAt.microseconds
      return passed < 0 || passed >= milliseconds * 1000
    case .none: return false
    }
  }

  /// Writes the lines and, as the options say, brings them to the disk.
  func write(becoming head: LogHead, at now: LogTime) throws(LogProblem) {
    isLonger = true
    do throws(CallFailure) {
      try Self.write(lines, to: file, calls)
    } catch {
      try? mend()
      throw LogMessages.cannotWrite(name, error)
    }
    let written = Position(head: head, bytes: accepted.bytes + Int64(lines.count))
    if isSyncDue(at: now) { try sync(written, at: now) }
    accepted = written
    isLonger = false
  }

  /// Writes some lines, in as many pieces as the system takes them.
  static func write(
    _ lines: [UInt8], to file: Int32, _ calls: any LogCalls
  ) throws(CallFailure) {
    var at = 0
    while at < lines.count {
      let count = try uninterrupted { () throws(CallFailure) in
        try calls.write(file, lines.span.extracting(at..<lines.count))
      }
      // A device that takes nothing and does not say why is full.
      if count == 0 { throw .noSpace }
      at += count
    }
  }
}
