/// A copy of a log that may be written meanwhile: all that was whole when the copy was made.
internal import PolicySource

/// Copies a log.
public enum LogBackup {
  private static let room = 1 << 20

  /// Copies a log into a folder without one, and gives how many bytes it has; the folder is made.
  ///
  /// Every file is on the disk when this returns. What stands behind the last whole record is left out.
  public static func copy(_ log: LogReading, to folder: String) throws(LogProblem) -> Int64 {
    let target = try LockedFolder.open(folder)
    if try !LogFolder.segments(target).isEmpty { throw LogMessages.notEmpty(folder) }
    var total: Int64 = 0
    let names = try LogFolder.segments(log.calls)
    for (index, name) in names.enumerated() {
      total += try copy(name, log.calls, target, isLast: index == names.count - 1)
    }
    do throws(CallFailure) {
      try target.syncFolder()
      try target.syncParent()
    } catch {
      throw LogMessages.cannotOpen(folder, error)
    }
    return total
  }

  private static func copy(
    _ name: SegmentName, _ source: LinuxCalls, _ target: LinuxCalls, isLast: Bool
  ) throws(LogProblem) -> Int64 {
    let from = try OpenFile(reading: name.description, source)
    // What is appended from now on is not copied.
    let size = try from.size()
    let bytes = isLast ? try wholeBytes(of: name, source, upTo: size) : size
    var buffer = [UInt8](repeating: 0, count: room)
    let file: Int32
    do throws(CallFailure) {
      file = try target.create(name.description)
    } catch {
      throw LogMessages.cannotMakeFile(name, error)
    }
    defer { target.close(file) }
    var at: Int64 = 0
    while at < bytes {
      let count = min(try from.read(at: at, into: &buffer, from: 0), Int(min(bytes - at, 1 << 30)))
      if count == 0 { throw LogMessages.changedOutside(name) }
      do throws(CallFailure) {
        try LogWriter.write(Array(buffer[..<count]), to: file, target)
      } catch {
        throw LogMessages.cannotWrite(name, error)
      }
      at += Int64(count)
    }
    do throws(CallFailure) {
      try uninterrupted { () throws(CallFailure) in try target.sync(file) }
    } catch {
      throw LogMessages.cannotSync(name, error)
    }
    return bytes
  }

  /// Where the last whole record ends.
  private static func wholeBytes(
    of name: SegmentName, _ source: LinuxCalls, upTo size: Int64
  ) throws(LogProblem) -> Int64 {
    var whole: Int64 = 0
    var reader = try LineReader(name.description, source)
    while let line = try reader.next(), line.isTerminated {
      let end = line.offset + Int64(line.range.count) + 1
      if end > size { break }
      whole = end
    }
    return whole
  }
}
