/// Writing to a file that is open, and what the system says when it cannot.
import Glibc

enum Output {
  /// Why bytes could not be written.
  struct Failure: Error, Equatable {
    /// The number of the system (`errno`).
    let code: Int32

    /// Whoever read has gone away.
    static let nobodyReads = Failure(code: EPIPE)
    /// What the last failed call of this thread left in `errno`.
    static var last: Failure { Failure(code: errno) }
  }

  /// Writes all bytes (`write`).
  static func write(_ bytes: [UInt8], to file: Int32 = STDOUT_FILENO) throws(Failure) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { (all) -> Int in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: all[done...])
        return unsafe Glibc.write(file, rest.baseAddress, rest.count)
      }
      if count >= 0 {
        done += count
      } else if errno == EAGAIN {
        var wanted = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&wanted, 1, -1)
      } else if errno != EINTR {
        throw .last
      }
    }
  }

  /// Writes into what is there already and is no file: a device, a pipe (`open`, `write`, `close`).
  static func write(_ bytes: [UInt8], into path: String) throws(Failure) {
    let file = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { throw .last }
    defer { _ = close(file) }
    try write(bytes, to: file)
  }

  /// Ends the process as it ends where nobody reads on: by the signal (`SIGPIPE`), without a word.
  static func endUnread() -> Never {
    _ = signal(SIGPIPE, SIG_DFL)
    _ = raise(SIGPIPE)
    exit(128 + SIGPIPE)
  }
}
