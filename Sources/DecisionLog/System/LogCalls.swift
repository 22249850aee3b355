/// What the log asks of the system, one call each, so that tests can put calls that fail in their place.

/// The number of a system call that failed.
struct CallFailure: Error, Hashable, Sendable {
  let code: Int32
}

/// What the system says of a file.
struct FileStatus: Hashable, Sendable {
  let device: UInt64
  let inode: UInt64
  let bytes: Int64
}

/// The calls on the folder of a log and on the files in it.
///
/// A call that a signal interrupts throws EINTR; whoever calls tries again.
protocol LogCalls: AnyObject {
  /// The names of the files in the folder, in any order (`readdir`).
  func names() throws(CallFailure) -> [String]
  /// Makes a file that was not there and opens it for appending (`openat` with O_EXCL, 0600).
  func create(_ name: String) throws(CallFailure) -> Int32
  /// Opens a file for appending, and for reading (`openat`).
  func openForAppending(_ name: String) throws(CallFailure) -> Int32
  /// Opens a file for reading (`openat`).
  func openForReading(_ name: String) throws(CallFailure) -> Int32
  /// Closes a file (`close`).
  func close(_ file: Int32)
  /// Reads from an offset to the end of `buffer` from `start` on, and gives how many bytes came (`pread`).
  func read(
    _ file: Int32, at offset: Int64, into buffer: inout [UInt8], from start: Int
  ) throws(CallFailure) -> Int
  /// Appends bytes, and gives how many were taken (`write`).
  func write(_ file: Int32, _ bytes: Span<UInt8>) throws(CallFailure) -> Int
  /// Brings a file to the disk (`fdatasync`).
  func sync(_ file: Int32) throws(CallFailure)
  /// Cuts a file (`ftruncate`).
  func truncate(_ file: Int32, to bytes: Int64) throws(CallFailure)
  /// What is known of an open file (`fstat`).
  func status(_ file: Int32) throws(CallFailure) -> FileStatus
  /// What is known of a file by its name; nil when there is none (`fstatat`).
  func status(named name: String) throws(CallFailure) -> FileStatus?
  /// Removes a file (`unlinkat`).
  func remove(_ name: String) throws(CallFailure)
  /// Brings the names in the folder to the disk (`fsync`).
  func syncFolder() throws(CallFailure)
  /// The time (`clock_gettime`).
  func now() -> LogTime
}

/// Calls a function again as long as signals interrupt it.
func uninterrupted<Result>(
  _ call: () throws(CallFailure) -> Result
) throws(CallFailure) -> Result {
  while true {
    do throws(CallFailure) {
      return try call()
    } catch {
      if error != .interrupted { throw error }
    }
  }
}
