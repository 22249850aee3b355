/// What can be wrong with a socket that the service manager passes on, and with the group of one that is made.

extension SocketProblem {
  static func badPassedCount(_ text: String) -> SocketProblem {
    SocketProblem(
      description: "LISTEN_FDS is `\(text)`, which is not a number",
      help: "it is set by the service manager; start the daemon through its socket unit")
  }

  static func cannotAdopt(_ reason: Errno) -> SocketProblem {
    SocketProblem(
      description: "the socket that was passed on cannot be used: \(reason)",
      help: "look at the socket unit with `systemctl status writd.socket`")
  }

  static let passedDoesNotListen = SocketProblem(
    description: "the socket that was passed on does not listen",
    help: "the socket unit needs `ListenStream=` and `Accept=no`")

  static let passedIsNotUnix = SocketProblem(
    description: "what was passed on is not a Unix stream socket",
    help: "the socket unit needs `ListenStream=` with a path, and nothing else that listens")

  static func severalPassed(_ count: Int, names: String?) -> SocketProblem {
    let named = names.map { ", named `\($0)`" } ?? ""
    return SocketProblem(
      description: "\(count) descriptors were passed on\(named), and one socket is served",
      help: "the socket unit needs exactly one `ListenStream=`, with a path")
  }
}
