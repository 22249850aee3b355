/// The calls that make, find and remove a Unix socket.
internal import CSystem
internal import Glibc

/// What stands at a path, the last part not followed (`lstat`).
struct FileAtPath: Equatable {
  enum Kind { case absent, socket, symbolicLink, directory, other }
  let kind: Kind
  let device: UInt64
  let inode: UInt64

  init(_ path: String) throws(Errno) {
    var file = csystem_file()
    if unsafe csystem_lstat(path, &file) < 0 { throw Errno.last }
    device = file.device
    inode = file.inode
    kind =
      switch UInt32(bitPattern: file.kind) {
      case CSYSTEM_ABSENT.rawValue: .absent
      case CSYSTEM_SOCKET.rawValue: .socket
      case CSYSTEM_SYMLINK.rawValue: .symbolicLink
      case CSYSTEM_DIRECTORY.rawValue: .directory
      default: .other
      }
  }
}

/// Calls on Unix stream sockets and the files around them.
enum UnixSocket {
  /// The longest path in bytes that an address holds.
  static var longestPath: Int { csystem_unix_path_room() }

  /// A nonblocking socket (`socket`).
  static func make() throws(Errno) -> FileDescriptor {
    try FileDescriptor(opened: csystem_unix_socket())
  }

  /// Gives a socket its path (`bind`).
  static func bind(_ socket: borrowing FileDescriptor, to path: String) throws(Errno) {
    if unsafe csystem_unix_bind(socket.number, path) < 0 { throw Errno.last }
  }

  /// Begins to listen (`listen`).
  static func listen(_ socket: borrowing FileDescriptor, backlog: Int32) throws(Errno) {
    if Glibc.listen(socket.number, backlog) < 0 { throw Errno.last }
  }

  /// Connects (`connect`).
  static func connect(_ socket: borrowing FileDescriptor, to path: String) throws(Errno) {
    if unsafe csystem_unix_connect(socket.number, path) < 0 { throw Errno.last }
  }

  /// The next waiting connection, nonblocking (`accept4`).
  static func accept(_ listener: Int32) throws(Errno) -> FileDescriptor {
    try FileDescriptor(opened: csystem_accept(listener))
  }

  /// Sets the permissions of a path (`chmod`).
  static func setMode(_ mode: UInt32, of path: String) throws(Errno) {
    if unsafe chmod(path, mode) < 0 { throw Errno.last }
  }

  /// Removes a path (`unlink`).
  static func remove(_ path: String) throws(Errno) {
    if unsafe unlink(path) < 0 { throw Errno.last }
  }

  /// Makes a folder that only its owner may enter (`mkdir`); one that is there is left as it is.
  static func makePrivateFolder(_ path: String) throws(Errno) {
    if unsafe mkdir(path, 0o700) < 0, Errno.last != .fileExists { throw Errno.last }
  }

  /// Opens a lock file, making it if it is not there, and takes the lock; nil when another process
  /// holds it (`open`, `flock`).
  static func lock(_ path: String) throws(Errno) -> FileDescriptor? {
    let file = try FileDescriptor(opened: unsafe csystem_open_lock(path))
    if flock(file.number, LOCK_EX | LOCK_NB) == 0 { return file }
    let reason = Errno.last
    if reason == .wouldBlock { return nil }
    throw reason
  }
}
