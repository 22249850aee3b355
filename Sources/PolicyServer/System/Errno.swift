/// The number of a failed system call, as a typed error.
internal import Glibc

/// What `errno` held after a call that failed.
public struct Errno: Error, Hashable, Sendable, CustomStringConvertible {
  /// The number.
  public let code: Int32

  /// Takes a number.
  init(code: Int32) { self.code = code }

  /// The number that the last failed call of this thread left.
  static var last: Errno { Errno(code: errno) }

  /// The call would have had to wait.
  static let wouldBlock = Errno(code: EAGAIN)
  /// A signal came first.
  static let interrupted = Errno(code: EINTR)
  /// Nobody listens there.
  static let connectionRefused = Errno(code: ECONNREFUSED)
  /// The process has no descriptor left.
  static let processFilesExhausted = Errno(code: EMFILE)
  /// The machine has no descriptor left.
  static let systemFilesExhausted = Errno(code: ENFILE)
  /// There is no such file.
  static let noSuchFile = Errno(code: ENOENT)
  /// There is such a file already.
  static let fileExists = Errno(code: EEXIST)
  /// The last part of the path is a symbolic link.
  static let symbolicLink = Errno(code: ELOOP)

  /// The system's words for it (`strerror_r`).
  public var description: String {
    var words = [CChar](repeating: 0, count: 256)
    let failed = unsafe strerror_r(code, &words, words.count - 1)
    guard failed == 0 else { return "error \(code)" }
    return String(
      decoding: words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
