/// Beginning a file: the first of a log, and the next when one is full or a day is over.
internal import PolicySource

extension LogWriter {
  /// Empties the lines, and takes the time for the next ones.
  func beginLines(at now: LogTime) {
    time.removeAll(keepingCapacity: true)
    now.append(to: &time)
    lines.removeAll(keepingCapacity: true)
  }

  /// Appends a checkpoint if one is due: behind each 1,000 records of a file.
  func appendCheckpoint(_ head: inout LogHead) {
    let every = LogOptions.checkpointEvery
    let place = head.number + 1 - name.first
    guard place % (every + 1) == every else { return }
    var members = Array("\"checkpoint\",\"records\":".utf8)
    members.append(decimal: every)
    members += Array(",\"first\":".utf8)
    members.append(decimal: head.number + 1 - every)
    members += Array(",\"last\":".utf8)
    members.append(decimal: head.number)
    members += Array(",\"chain\":\"\(head.hash)\"".utf8)
    head.append(members.span, at: time, to: &lines)
  }

  /// Goes on in a new file.
  ///
  /// The old one stays at hand until the new one and its name are on the disk.
  func beginNextFile(at now: LogTime) throws(LogProblem) {
    if isUnsynced { try sync(accepted, at: now) }
    // A clock that was put back must not make names that sort wrongly.
    let next = SegmentName(day: max(now.day, name.day), first: accepted.head.number + 1)
    var head = accepted.head
    beginLines(at: now)
    Self.appendStart(of: next, after: name, options, &head, at: time, to: &lines)
    var opened: Int32?
    do throws(CallFailure) {
      let file = try uninterrupted { () throws(CallFailure) in
        try calls.create(next.description)
      }
      opened = file
      try Self.write(lines, to: file, calls)
      try uninterrupted { () throws(CallFailure) in try calls.sync(file) }
      try uninterrupted { () throws(CallFailure) in try calls.syncFolder() }
      calls.close(self.file)
      self.file = file
    } catch {
      if let opened {
        calls.close(opened)
        leftover = next
        try? removeLeftover()
      }
      throw LogMessages.cannotMakeFile(next, error)
    }
    name = next
    accepted = Position(head: head, bytes: Int64(lines.count))
    durable = accepted
    syncedAt = now
  }

  /// Removes a file that was begun in vain, for good: if it came back after a crash, the log would
  /// have two ends.
  func removeLeftover() throws(LogProblem) {
    guard let leftover else { return }
    do throws(CallFailure) {
      if try calls.status(named: leftover.description) != nil {
        try uninterrupted { () throws(CallFailure) in try calls.remove(leftover.description) }
      }
      try uninterrupted { () throws(CallFailure) in try calls.syncFolder() }
    } catch {
      throw LogMessages.cannotRemove(leftover, error)
    }
    self.leftover = nil
  }

  /// Appends the first record of a file.
  static func appendStart(
    of file: SegmentName, after previous: SegmentName?, _ options: LogOptions,
    _ head: inout LogHead, at time: [UInt8], to lines: inout [UInt8]
  ) {
    var members: [UInt8] = []
    StartRecord.append(
      file: file, writer: options.writer, previous: previous, head.hash, to: &members)
    head.append(members.span, at: time, to: &lines)
  }
}
