/// The listening socket: made so that nobody's file is replaced and no live daemon loses its clients.
///
/// The idea: beside the socket stands `PATH.lock`, locked (flock) by the daemon for as long as it
/// lives. Who holds the lock may look at the path, and replace it when it is a socket at which
/// nobody answers (connect gives ECONNREFUSED). Two daemons that start at once thus cannot both find
/// the old socket stale and remove each other's new one. The lock file is never removed, because
/// removing it would let two processes lock two files of the same name. Nobody can connect before
/// `listen`, and the permissions are set before it.
///
/// A socket that the service manager passes on is taken as it is: its path is the manager's, who keeps
/// it, with all who wait there, for the next daemon.

/// A listening Unix socket, removed when it is closed, if it was made here and the path is still its own.
final class Listener {
  private var socket: FileDescriptor?
  private let lock: FileDescriptor?
  /// What was made here; nil for a socket that was passed on.
  private let own: (path: String, file: FileAtPath)?
  /// The descriptor's number.
  let number: Int32

  /// Makes the socket at a path and listens.
  init(path: String, mode: UInt32, group: UInt32? = nil) throws(StartProblem) {
    try Self.checkPath(path)
    let held = try Self.takeLock(path)
    try Self.clear(path)
    let made = try Self.listen(path, mode, group)
    own = (path, try Self.identity(path))
    number = made.number
    lock = consume held
    socket = consume made
  }

  /// Takes over a socket that listens already.
  init(_ passed: PassedSocket) throws(StartProblem) {
    do throws(Errno) { socket = try FileDescriptor(opened: passed.descriptor) } catch {
      throw .cannotAdopt(error)
    }
    number = passed.descriptor
    own = nil
    lock = nil
  }

  /// Whether those who wait are answered by the next daemon if this one does not.
  var outlivesUs: Bool { own == nil }

  /// The next waiting connection.
  func accept() throws(Errno) -> FileDescriptor {
    try UnixSocket.accept(number)
  }

  /// Removes the path, if it is still this socket.
  func removePath() {
    guard let own else { return }
    do throws(Errno) {
      if try FileAtPath(own.path) == own.file { try UnixSocket.remove(own.path) }
    } catch { return }
  }

  /// Stops listening.
  func close() { socket = nil }

  private static func checkPath(_ path: String) throws(StartProblem) {
    if path.utf8.count > UnixSocket.longestPath { throw .pathTooLong(path) }
    let folder = folder(of: path)
    do throws(Errno) {
      if try FileAtPath(folder + "/.").kind != .directory { throw Errno.noSuchFile }
    } catch {
      throw .noFolder(folder, error)
    }
  }

  private static func takeLock(_ path: String) throws(StartProblem) -> FileDescriptor {
    do throws(Errno) {
      if let lock = try UnixSocket.lock(path + ".lock") { return lock }
    } catch {
      throw .cannotLock(path + ".lock", error)
    }
    throw .alreadyServed(path)
  }

  /// Sees to it that nothing stands at the path; called with the lock held.
  private static func clear(_ path: String) throws(StartProblem) {
    let kind: FileAtPath.Kind
    do throws(Errno) { kind = try FileAtPath(path).kind } catch {
      throw .cannotListen(path, error)
    }
    switch kind {
    case .absent: return
    case .symbolicLink: throw .isSymbolicLink(path)
    case .directory, .other: throw .isNotSocket(path)
    case .socket: break
    }
    do throws(Errno) {
      try UnixSocket.connect(UnixSocket.make(), to: path)
    } catch {
      guard error == .connectionRefused else { throw .alreadyServed(path) }
      do throws(Errno) { try UnixSocket.remove(path) } catch { throw .cannotListen(path, error) }
      return
    }
    throw .alreadyServed(path)
  }

  private static func listen(
    _ path: String, _ mode: UInt32, _ group: UInt32?
  ) throws(StartProblem) -> FileDescriptor {
    do throws(Errno) {
      let made = try UnixSocket.make()
      try UnixSocket.bind(made, to: path)
      if let group {
        do throws(Errno) { try UnixSocket.setGroup(group, of: path) } catch {
          try UnixSocket.remove(path)
          throw error
        }
      }
      try UnixSocket.setMode(mode, of: path)
      try UnixSocket.listen(made, backlog: 4096)
      return made
    } catch {
      throw .cannotListen(path, error)
    }
  }

  /// Tells the socket that was made from one that somebody else puts there later.
  private static func identity(_ path: String) throws(StartProblem) -> FileAtPath {
    do throws(Errno) { return try FileAtPath(path) } catch { throw .cannotListen(path, error) }
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
