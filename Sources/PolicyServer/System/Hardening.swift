/// What the process gives up at its start, because a daemon does not need it.
internal import CSystem
internal import Glibc

/// The standing of the process.
public enum Hardening {
  /// Gives up what is not needed: rights gained by running another program, files that are readable by
  /// others when they are made, descriptors that somebody left open.
  ///
  /// A standard stream that is closed is opened on /dev/null first: otherwise the next file that is
  /// opened would take its number, and messages would be written into it.
  public static func apply(keeping passed: PassedSocket?) {
    _ = csystem_fill_standard_streams()
    closeInherited(from: PassedSocket.first + (passed == nil ? 0 : 1))
    _ = csystem_no_new_privileges()
    umask(0o077)
  }

  /// Closes every descriptor from a number on (`close_range`; before Linux 5.9 one after the other).
  private static func closeInherited(from first: Int32) {
    if csystem_close_from(UInt32(bitPattern: first)) == 0 { return }
    for number in first..<65_536 { _ = Glibc.close(number) }
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
