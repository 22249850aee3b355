/// The words about exchanges that failed, one name per mistake.
import PolicySource

enum ClientMessages {
  static let askAgain: Phrase =
    "the daemon may have been stopped; asking again does no harm, for a decision changes nothing"
  static func cannotConnect(_ path: String, _ reason: String) -> Phrase {
    "cannot connect to `\(path)`: \(reason)"
  }
  static let closed: Phrase = "the daemon closed the connection without an answer"
  static let cut: Phrase = "the answer was cut off before its end"
  static let isItTheDaemon: Phrase = "does something else than writd listen there?"
  static let lengthMissing: Phrase = "the answer does not say how long it is"
  static let lengthUnclear: Phrase = "the answer says in two ways how long it is"
  static let letThemIn: Phrase =
    "run as a user whom the socket lets in, or let the group in: `writd --socket-mode 660`"
  static func lost(_ reason: String) -> Phrase { "the connection broke: \(reason)" }
  static let moreTime: Phrase = "`--timeout SECONDS` waits longer"
  static func noPoller(_ reason: String) -> Phrase {
    "the system has nothing left to wait with: \(reason)"
  }
  static func noSocket(_ path: String) -> Phrase { "there is no socket `\(path)`" }
  static func nobodyListens(_ path: String) -> Phrase { "nobody listens at `\(path)`" }
  static func notAllowed(_ path: String) -> Phrase {
    "the permissions of `\(path)` do not let this user connect"
  }
  static let notHTTP: Phrase = "what came is not an answer of HTTP/1.1"
  static let otherRequest: Phrase = "the answer is the one to another request"
  static func pathTooLong(_ path: String, room: Int) -> Phrase {
    "the path of a socket has at most \(room) bytes: `\(path)`"
  }
  static let shorterPath: Phrase = "choose a shorter path for the daemon's `--socket`"
  static let startTheDaemon: Phrase =
    "start the daemon, `writd --policies policies`, or name its socket: `--socket PATH`"
  static func timedOut(_ milliseconds: Int) -> Phrase {
    "the answer had not come after \(milliseconds) ms"
  }
  static func tooLarge(_ limit: Int) -> Phrase { "the answer is larger than \(limit) bytes" }
}
