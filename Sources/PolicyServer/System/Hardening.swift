/// What the process gives up at its start, because a daemon does not need it.
internal import CSystem
internal import Glibc

/// The standing of the process.
public enum Hardening {
  /// Gives up what is not needed: rights gained by running another program, files that are readable by
  /// others when they are made, files that somebody left open.
  ///
  /// A standard stream that is closed is opened on /dev/null first: otherwise the next file that is
  /// opened would take its number, and messages would be written into it.
  public static func apply(keeping passed: PassedSocket?) {
    _ = csystem_fill_standard_streams()
    closeInherited(from: PassedSocket.first + (passed == nil ? 0 : 1))
    _ = csystem_no_new_privileges()
    umask(0o077)
  }

  /// Closes the files and folders that were left open from a number on (`fstat`, `close`).
  ///
  /// Pipes and sockets stay: by theirs, whoever started the daemon may notice that it ends.
  private static func closeInherited(from first: Int32) {
    for name in FolderTree.names(in: "/proc/self/fd") {
      guard let number = Int32(name), number >= first else { continue }
      var status = stat()
      guard unsafe fstat(number, &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFREG, S_IFDIR, S_IFBLK: _ = Glibc.close(number)
      default: break
      }
    }
  }

  /// Whether it runs as root (`geteuid`).
  public static var isRoot: Bool { geteuid() == 0 }
}

extension Errno {
  /// The result does not fit.
  static let resultTooLarge = Errno(code: ERANGE)

  /// The path leads nowhere, or may not be gone.
  var isAboutThePath: Bool { [ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG].contains(code) }
}

extension UnixSocket {
  /// Gives a path to a group (`chown`).
  static func setGroup(_ group: UInt32, of path: String) throws(Errno) {
    if unsafe chown(path, uid_t.max, group) < 0 { throw Errno.last }
  }
}
