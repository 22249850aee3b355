/// Reading a small file whole.
internal import Glibc

/// The bytes of files.
enum FileBytes {
  /// Reads a regular file of at most so many bytes (`open`, `fstat`, `read`); larger ones, and what is
  /// no regular file, are refused with EFBIG and EINVAL.
  static func read(_ path: String, atMost limit: Int) throws(Errno) -> [UInt8] {
    let file = try FileDescriptor(
      opened: unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY))
    var status = stat()
    if unsafe fstat(file.number, &status) < 0 { throw Errno.last }
    guard status.st_mode & S_IFMT == S_IFREG else { throw Errno(code: EINVAL) }
    var bytes: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      switch file.read(into: &room) {
      case .bytes(let count):
        bytes += room[0..<count]
        if bytes.count > limit { throw Errno(code: EFBIG) }
      case .end: return bytes
      case .nothingYet, .failed: throw Errno.last
      }
    }
  }
}
