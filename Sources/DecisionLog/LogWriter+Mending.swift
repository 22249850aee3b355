/// What the writer does when a call fails: back to where the log was, and no step further before that works.
internal import PolicySource

extension LogWriter {
  /// Cuts what stands behind the acknowledged records, and after an `fdatasync` that failed waits
  /// for one that works.
  ///
  /// Throws as long as that is not possible.
  func mend() throws(LogProblem) {
    if isLonger {
      do throws(CallFailure) {
        try uninterrupted { () throws(CallFailure) in
          try calls.truncate(file, to: accepted.bytes)
        }
      } catch {
        throw LogMessages.cannotCut(name, error)
      }
      isLonger = false
    }
    if isDoubtful {
      do throws(CallFailure) {
        try uninterrupted { () throws(CallFailure) in try calls.sync(file) }
      } catch {
        throw LogMessages.cannotSync(name, error)
      }
      isDoubtful = false
    }
    try removeLeftover()
  }

  /// Brings the file to the disk.
  ///
  /// When that fails, the system may have dropped what it could not write and say nothing the next
  /// time, so all that was not on the disk before is cut.
  func sync(_ position: Position, at now: LogTime) throws(LogProblem) {
    do throws(CallFailure) {
      try uninterrupted { () throws(CallFailure) in try calls.sync(file) }
    } catch {
      if isUnsynced {
        noteCut(
          bytes: accepted.bytes - durable.bytes,
          records: accepted.head.number - durable.head.number,
          because: "they could not be brought to the disk")
        accepted = durable
      }
      isLonger = true
      isDoubtful = true
      try? mend()
      throw LogMessages.cannotSync(name, error)
    }
    durable = position
    syncedAt = now
  }

  /// The file by this name must still be the one that is open, and as long as it was left.
  func expectUnchanged() throws(LogProblem) {
    let open: FileStatus
    let named: FileStatus?
    do throws(CallFailure) {
      open = try calls.status(file)
      named = try calls.status(named: name.description)
    } catch {
      throw LogMessages.cannotWrite(name, error)
    }
    guard let named, named.device == open.device, named.inode == open.inode else {
      throw LogMessages.removedOutside(name)
    }
    if open.bytes != accepted.bytes { throw LogMessages.changedOutside(name) }
  }

  /// Remembers what was cut until it is told.
  func noteCut(bytes: Int64, records: UInt64, because reason: String) {
    cut = Cut(
      bytes: bytes + (cut?.bytes ?? 0), records: records + (cut?.records ?? 0), reason: reason)
  }

  /// Appends the record of what was cut, if anything was.
  func appendCut(_ head: inout LogHead) {
    guard let cut else { return }
    var members = Array("\"recovered\",\"bytes\":".utf8)
    members.append(decimal: UInt64(cut.bytes))
    members += Array(",\"records\":".utf8)
    members.append(decimal: cut.records)
    members += Array(",\"because\":".utf8)
    members.append(json: cut.reason)
    appendCheckpoint(&head)
    head.append(members.span, at: time, to: &lines)
  }

  /// Writes the record of what was cut, if that can be done now; else it goes in front of the next batch.
  func tellCut(at now: LogTime) {
    guard cut != nil else { return }
    beginLines(at: now)
    var head = accepted.head
    appendCut(&head)
    do throws(LogProblem) {
      try write(becoming: head, at: now)
      cut = nil
    } catch {
      // The next batch is refused with the reason, if it is still there.
    }
  }
}
