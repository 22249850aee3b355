/// A file that is read whole, such as a config file.
internal import Glibc

/// Reading files.
public enum SmallFile {
  /// The bytes of a file, at most one more than a limit (`open`, `read`).
  public static func read(_ path: String, limit: Int) throws(Errno) -> [UInt8] {
    let file = try FileDescriptor(opened: unsafe open(path, O_RDONLY | O_CLOEXEC))
    var bytes: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 4096)
    while bytes.count <= limit {
      switch file.read(into: &room) {
      case .bytes(let count): bytes += room.prefix(count)
      case .end: return bytes
      case .nothingYet, .failed: throw Errno.last
      }
    }
    return Array(bytes.prefix(limit + 1))
  }

  /// Whether there is a file that this process may read (`access`).
  public static func exists(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }
}
