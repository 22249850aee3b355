/// The folder of a log: which files belong to it, how they hang together, and who may write them.
internal import PolicySource

enum LogFolder {
  /// The files of the log in the order of their records.
  static func segments(_ calls: any LogCalls) throws(LogProblem) -> [SegmentName] {
    do throws(CallFailure) {
      return try calls.names().compactMap(SegmentName.init).sorted()
    } catch {
      throw LogMessages.cannotRead(".", error)
    }
  }

  /// A file must go on from the end of the file before, if that is still there.
  static func expectLink(
    from name: SegmentName, _ end: SegmentEnd, _ calls: any LogCalls
  ) throws(LogProblem) {
    guard let start = end.start, let previous = start.previousFile else { return }
    guard let before = try segments(calls).last(where: { $0 < name }),
      before.description == previous
    else { return }
    guard let last = try LastRecord(of: before, calls), last.isWhole,
      last.head == LogHead(number: name.first - 1, hash: start.previousHash)
    else { throw LogMessages.damaged(name, line: 1, LogMessages.wrongLink(previous)) }
  }
}

/// The last whole record of a file, found without reading the file from its beginning.
struct LastRecord {
  /// Its number and hash.
  let head: LogHead
  /// When it was written.
  let time: LogTime
  /// Whether nothing hangs behind it.
  let isWhole: Bool

  /// Looks for it; nil when there is no whole record.
  init?(of name: SegmentName, _ calls: any LogCalls) throws(LogProblem) {
    let size = try OpenFile(reading: name.description, calls).size()
    var window: Int64 = 64 << 10
    while true {
      let from = max(0, size - window)
      var reader = try LineReader(name.description, calls, from: from)
      var found: RecordFrame?
      var isWhole = true
      var isPartial = from > 0
      while let line = try reader.next() {
        // The first line of a window began before it.
        if isPartial {
          isPartial = false
          continue
        }
        let frame = try? RecordFrame(reader.buffer.span.extracting(line.range))
        if line.isTerminated, let frame, frame.isIntact {
          found = frame
        } else {
          isWhole = false
        }
      }
      if let found {
        head = LogHead(number: found.number, hash: found.hash)
        time = found.time
        self.isWhole = isWhole
        return
      }
      if from == 0 { return nil }
      window *= 2
    }
  }
}

/// Opening the folder of a log for its one writer.
enum LockedFolder {
  /// A reader that looks whether the log is being written holds the lock for a moment.
  private static let attempts = 50

  /// Makes the folder if need be, and locks it.
  static func open(_ path: String) throws(LogProblem) -> LinuxCalls {
    let calls: LinuxCalls
    let isOpenToOthers: Bool
    do throws(CallFailure) {
      let isNew = try LinuxCalls.makeFolder(path)
      calls = try LinuxCalls(folder: path)
      if isNew { try calls.syncParent() }
      isOpenToOthers = try calls.isOpenToOthers()
    } catch {
      throw LogMessages.cannotOpen(path, error)
    }
    if isOpenToOthers { throw LogMessages.openToOthers(path) }
    for attempt in 1...attempts {
      do throws(CallFailure) {
        if try calls.lock(forWriting: true) { return calls }
      } catch {
        if error != .interrupted { throw LogMessages.cannotLock(path, error) }
      }
      if attempt < attempts { LinuxCalls.pause(microseconds: 20_000) }
    }
    throw LogMessages.locked(path)
  }
}
