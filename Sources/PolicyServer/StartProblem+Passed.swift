/// What can be wrong with a socket that the service manager passes on, and with the group of one that is made.

extension StartProblem {
  static func badPassedCount(_ text: String) -> StartProblem {
    StartProblem(
      description: "LISTEN_FDS is `\(text)`, which is not a number",
      help: "it is set by the service manager; start the daemon through its socket unit")
  }

  static func cannotAdopt(_ reason: Errno) -> StartProblem {
    StartProblem(
      description: "the socket that was passed on cannot be used: \(reason)",
      help: "look at the socket unit with `systemctl status writd.socket`")
  }

  static let passedDoesNotListen = StartProblem(
    description: "the socket that was passed on does not listen",
    help: "the socket unit needs `ListenStream=` and `Accept=no`")

  static let passedIsNotUnix = StartProblem(
    description: "what was passed on is not a Unix stream socket",
    help: "the socket unit needs `ListenStream=` with a path, and nothing else that listens")

  static func severalPassed(_ count: Int, names: String?) -> StartProblem {
    let named = names.map { ", named `\($0)`" } ?? ""
    return StartProblem(
      description: "\(count) descriptors were passed on\(named), and one socket is served",
      help: "the socket unit needs exactly one `ListenStream=`, with a path")
  }
}
