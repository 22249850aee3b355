/// The calls as Linux makes them, on a folder that is open, and locked against a second writer.
internal import Glibc
internal import PolicySource

extension CallFailure {
  /// What the last failed call of this thread left in `errno`.
  static var last: CallFailure { CallFailure(code: errno) }

  /// A signal came first.
  static let interrupted = CallFailure(code: EINTR)
  /// The disk is full.
  static let noSpace = CallFailure(code: ENOSPC)
  /// The device failed.
  static let inputOutput = CallFailure(code: EIO)
  /// It is a folder, and not a file.
  static let isAFolder = CallFailure(code: EISDIR)
  /// It is a file, and not a folder.
  static let notAFolder = CallFailure(code: ENOTDIR)
  /// There is no such file.
  static let noSuchFile = CallFailure(code: ENOENT)
  /// The lock is held by another process.
  static let wouldBlock = CallFailure(code: EWOULDBLOCK)

  /// Whether there is no room: on the disk, or of a quota.
  var isFull: Bool { code == ENOSPC || code == EDQUOT }

  /// What it says: in words that can be said in every language where it is one of the usual failures.
  var words: Phrase {
    switch code {
    case EACCES: "Permission denied"
    case EISDIR: "Is a directory"
    case ENOENT: "No such file or directory"
    case ENOSPC: "No space left on device"
    case ENOTDIR: "Not a directory"
    case EROFS: "Read-only file system"
    default: .verbatim(systemWords)
    }
  }

  /// The system's words for it (`strerror_r`).
  private var systemWords: String {
    var words = [CChar](repeating: 0, count: 256)
    let failed = unsafe strerror_r(code, &words, words.count - 1)
    guard failed == 0 else { return "error \(code)" }
    return String(
      decoding: words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// A folder that is open.
final class LinuxCalls: LogCalls {
  private let folder: Int32

  /// Opens a folder (`open` with O_DIRECTORY).
  init(folder path: String) throws(CallFailure) {
    folder = try Self.check(unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
  }

  deinit { _ = Glibc.close(folder) }

  /// Makes a folder that only its owner may use; false when there is one (`mkdir`).
  static func makeFolder(_ path: String) throws(CallFailure) -> Bool {
    if unsafe mkdir(path, 0o700) == 0 { return true }
    if errno == EEXIST { return false }
    throw CallFailure.last
  }

  /// Brings the name of the folder to the disk (`fsync` of the folder above).
  func syncParent() throws(CallFailure) {
    let parent = try Self.check(unsafe openat(folder, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    defer { _ = Glibc.close(parent) }
    _ = try Self.check(fsync(parent))
  }

  /// Whether others than owner and group may write into the folder (`fstat`).
  func isOpenToOthers() throws(CallFailure) -> Bool {
    var found = stat()
    _ = try Self.check(unsafe fstat(folder, &found))
    return found.st_mode & S_IWOTH != 0
  }

  /// Locks the folder for one writer, or for one of many readers; false when another has it (`flock`).
  func lock(forWriting: Bool) throws(CallFailure) -> Bool {
    if flock(folder, (forWriting ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0 { return true }
    let failure = CallFailure.last
    if failure == .wouldBlock { return false }
    throw failure
  }

  /// Gives the lock back (`flock`).
  func unlock() { _ = flock(folder, LOCK_UN) }

  /// Waits a moment (`usleep`).
  static func pause(microseconds: UInt32) { _ = usleep(microseconds) }

  private static func check(_ result: Int32) throws(CallFailure) -> Int32 {
    guard result >= 0 else { throw CallFailure.last }
    return result
  }

  func names() throws(CallFailure) -> [String] {
    let copy = try Self.check(unsafe openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    guard let stream = unsafe fdopendir(copy) else {
      let failure = CallFailure.last
      _ = Glibc.close(copy)
      throw failure
    }
    defer { _ = unsafe closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { (start) -> String in
        unsafe start.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    if errno != 0 { throw CallFailure.last }
    return names
  }

  func create(_ name: String) throws(CallFailure) -> Int32 {
    let flags = O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    return try Self.check(unsafe openat(folder, name, flags, 0o600))
  }

  func openForAppending(_ name: String) throws(CallFailure) -> Int32 {
    try Self.check(unsafe openat(folder, name, O_RDWR | O_APPEND | O_NOFOLLOW | O_CLOEXEC))
  }

  func openForReading(_ name: String) throws(CallFailure) -> Int32 {
    try Self.check(unsafe openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC))
  }

  func close(_ file: Int32) { _ = Glibc.close(file) }

  func read(
    _ file: Int32, at offset: Int64, into buffer: inout [UInt8], from start: Int
  ) throws(CallFailure) -> Int {
    let count = unsafe buffer.withUnsafeMutableBytes { (all) -> Int in
      let room = unsafe UnsafeMutableRawBufferPointer(rebasing: all[start...])
      return unsafe pread(file, room.baseAddress, room.count, Int(offset))
    }
    guard count >= 0 else { throw CallFailure.last }
    return count
  }

  func write(_ file: Int32, _ bytes: Span<UInt8>) throws(CallFailure) -> Int {
    let count = unsafe bytes.withUnsafeBytes { (all) -> Int in
      unsafe Glibc.write(file, all.baseAddress, all.count)
    }
    guard count >= 0 else { throw CallFailure.last }
    return count
  }

  func sync(_ file: Int32) throws(CallFailure) { _ = try Self.check(fdatasync(file)) }

  func truncate(_ file: Int32, to bytes: Int64) throws(CallFailure) {
    _ = try Self.check(ftruncate(file, Int(bytes)))
  }

  func status(_ file: Int32) throws(CallFailure) -> FileStatus {
    var found = stat()
    _ = try Self.check(unsafe fstat(file, &found))
    return FileStatus(
      device: UInt64(found.st_dev), inode: UInt64(found.st_ino), bytes: Int64(found.st_size))
  }

  func status(named name: String) throws(CallFailure) -> FileStatus? {
    var found = stat()
    if unsafe fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) != 0 {
      let failure = CallFailure.last
      if failure == .noSuchFile { return nil }
      throw failure
    }
    return FileStatus(
      device: UInt64(found.st_dev), inode: UInt64(found.st_ino), bytes: Int64(found.st_size))
  }

  func remove(_ name: String) throws(CallFailure) {
    _ = try Self.check(unsafe unlinkat(folder, name, 0))
  }

  func syncFolder() throws(CallFailure) { _ = try Self.check(fsync(folder)) }

  func now() -> LogTime { .now }
}

extension LogTime {
  /// The time of the wall clock (`clock_gettime`).
  public static var now: LogTime {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return LogTime(
      microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
  }
}
