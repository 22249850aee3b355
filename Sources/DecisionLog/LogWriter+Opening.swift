/// Opening a log: a new one is begun; of one that is there the end is found, and a torn tail is cut.
internal import PolicySource

extension LogWriter {
  /// Opens the log in a folder, which is made if it is not there, and locks it against other writers.
  ///
  /// Bytes behind the last whole record, which a crash may leave, are cut, and a `recovered` record tells
  /// how many. A record that is whole but wrong is a reason to refuse: somebody must look first.
  public convenience init(
    folder: String, options: LogOptions = LogOptions()
  ) throws(LogProblem) {
    try self.init(LockedFolder.open(folder), options)
  }

  /// Opens the log in the folder of some calls.
  convenience init(_ calls: any LogCalls, _ options: LogOptions) throws(LogProblem) {
    var cut: Cut?
    while let name = try LogFolder.segments(calls).last {
      let end = try SegmentEnd(of: name, calls)
      if let head = end.head {
        try LogFolder.expectLink(from: name, end, calls)
        let file = try Self.openAndCut(name, end, calls)
        self.init(
          calls, options, file: file, name: name, position: Position(head: head, bytes: end.bytes))
        self.cut = cut
        if end.torn > 0 { noteCut(bytes: end.torn, records: 0, because: "they were not whole") }
        tellCut(at: syncedAt)
        return
      }
      // A crash came while the file was being begun: nothing in it was acknowledged.
      try Self.discard(name, calls)
      if end.torn > 0 {
        let before = cut?.bytes ?? 0
        cut = Cut(bytes: before + end.torn, records: 0, reason: "they were not whole")
      }
    }
    let (file, name, position) = try Self.makeFirstFile(calls, options)
    self.init(calls, options, file: file, name: name, position: position)
    self.cut = cut
    tellCut(at: syncedAt)
  }

  /// Opens a file for appending, without its torn tail, and with all that is whole on the disk.
  private static func openAndCut(
    _ name: SegmentName, _ end: SegmentEnd, _ calls: any LogCalls
  ) throws(LogProblem) -> Int32 {
    let file: Int32
    do throws(CallFailure) {
      file = try uninterrupted { () throws(CallFailure) in
        try calls.openForAppending(name.description)
      }
    } catch {
      throw LogMessages.cannotWrite(name, error)
    }
    do throws(CallFailure) {
      if end.torn > 0 {
        try uninterrupted { () throws(CallFailure) in
          try calls.truncate(file, to: end.bytes)
        }
      }
      try uninterrupted { () throws(CallFailure) in try calls.sync(file) }
    } catch {
      calls.close(file)
      throw LogMessages.cannotWrite(name, error)
    }
    return file
  }

  private static func discard(
    _ name: SegmentName, _ calls: any LogCalls
  ) throws(LogProblem) {
    do throws(CallFailure) {
      try uninterrupted { () throws(CallFailure) in try calls.remove(name.description) }
      try uninterrupted { () throws(CallFailure) in try calls.syncFolder() }
    } catch {
      throw LogMessages.cannotWrite(name, error)
    }
  }

  /// Begins a log: its first file with the `start` record, on the disk.
  private static func makeFirstFile(
    _ calls: any LogCalls, _ options: LogOptions
  ) throws(LogProblem) -> (file: Int32, name: SegmentName, position: Position) {
    let now = calls.now()
    let name = SegmentName(day: now.day, first: 1)
    var time: [UInt8] = []
    now.append(to: &time)
    var head = LogHead()
    var lines: [UInt8] = []
    appendStart(of: name, after: nil, options, &head, at: time, to: &lines)
    var opened: Int32?
    do throws(CallFailure) {
      let file = try uninterrupted { () throws(CallFailure) in
        try calls.create(name.description)
      }
      opened = file
      try write(lines, to: file, calls)
      try uninterrupted { () throws(CallFailure) in try calls.sync(file) }
      try uninterrupted { () throws(CallFailure) in try calls.syncFolder() }
      return (file, name, Position(head: head, bytes: Int64(lines.count)))
    } catch {
      if let opened {
        calls.close(opened)
        try? calls.remove(name.description)
      }
      throw LogMessages.cannotMakeFile(name, error)
    }
  }
}
