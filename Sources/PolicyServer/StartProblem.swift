/// Why the server cannot start, in words.

/// What keeps the server from starting: its socket, its signals, its key; `description` says it in one
/// sentence, `help` what to do.
public struct StartProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public let description: String
  /// What to do about it.
  public let help: String

  static func alreadyServed(_ path: String) -> StartProblem {
    StartProblem(
      description: "a daemon already answers at `\(path)`",
      help: "stop it, or choose another path with `--socket`")
  }

  static func cannotListen(_ path: String, _ reason: Errno) -> StartProblem {
    StartProblem(
      description: "cannot listen at `\(path)`: \(reason)",
      help: "check the permissions of the folder, or choose another path with `--socket`")
  }

  static func cannotLock(_ path: String, _ reason: Errno) -> StartProblem {
    StartProblem(
      description: "cannot lock `\(path)`: \(reason)",
      help: "it must be a plain file that this user may write, or not be there")
  }

  static func isNotSocket(_ path: String) -> StartProblem {
    StartProblem(
      description: "`\(path)` is there and is not a socket",
      help: "remove it if it is not needed, or choose another path with `--socket`")
  }

  static func isSymbolicLink(_ path: String) -> StartProblem {
    StartProblem(
      description: "`\(path)` is a symbolic link, which is not followed",
      help: "give the path that the link points to, or remove the link")
  }

  static func noFolder(_ folder: String, _ reason: Errno) -> StartProblem {
    StartProblem(
      description: "the folder `\(folder)` of the socket cannot be used: \(reason)",
      help: "make the folder first, or choose another path with `--socket`")
  }

  static func noSignals(_ reason: Errno) -> StartProblem {
    StartProblem(
      description: "the signals that stop the daemon cannot be taken over: \(reason)",
      help: "the system may be out of open files")
  }

  static func pathTooLong(_ path: String) -> StartProblem {
    StartProblem(
      description: "the path of the socket has \(path.utf8.count) bytes, and a Unix socket allows "
        + "\(UnixSocket.longestPath): `\(path)`",
      help: "choose a shorter path with `--socket`")
  }
}
