/// Why there is no answer that may be trusted: every way in which an exchange can fail.
public import PolicySource

/// What went wrong between the client and the daemon; none of it is an answer.
public enum ClientProblem: Error, Equatable, Sendable {
  /// The path is longer than an address holds.
  case pathTooLong(String, room: Int)
  /// Nothing stands at the path.
  case noSocket(String)
  /// A file stands there, and nobody accepts connections.
  case nobodyListens(String)
  /// The permissions of the socket or of a folder above it forbid it.
  case notAllowed(String)
  /// Another refusal of the system.
  case cannotConnect(String, reason: String)
  /// The system has nothing to wait with.
  case noPoller(reason: String)
  /// The whole answer was not there in time.
  case timedOut(milliseconds: Int)
  /// The connection ended before the first byte of an answer.
  case closed
  /// The connection ended inside an answer.
  case cut
  /// The system broke the connection.
  case lost(reason: String)
  /// What came does not begin as an answer of HTTP/1.1, or its header is malformed.
  case notHTTP
  /// The header does not say how long the body is, so that nobody could tell if it was cut.
  case lengthMissing
  /// The header gives the length twice, or not as a number.
  case lengthUnclear
  /// The answer is larger than may be.
  case tooLarge(limit: Int)
  /// The answer is one to another request.
  case otherRequest

  /// Whether the daemon may be asked again: it was not there, or the connection broke on the way.
  ///
  /// A decision changes nothing, so asking twice does no harm.
  public var mayPass: Bool {
    switch self {
    case .nobodyListens, .closed, .cut, .lost: true
    default: false
    }
  }

  /// One sentence.
  public var message: Phrase {
    switch self {
    case .pathTooLong(let path, let room): ClientMessages.pathTooLong(path, room: room)
    case .noSocket(let path): ClientMessages.noSocket(path)
    case .nobodyListens(let path): ClientMessages.nobodyListens(path)
    case .notAllowed(let path): ClientMessages.notAllowed(path)
    case .cannotConnect(let path, let reason): ClientMessages.cannotConnect(path, reason)
    case .noPoller(let reason): ClientMessages.noPoller(reason)
    case .timedOut(let milliseconds): ClientMessages.timedOut(milliseconds)
    case .closed: ClientMessages.closed
    case .cut: ClientMessages.cut
    case .lost(let reason): ClientMessages.lost(reason)
    case .notHTTP: ClientMessages.notHTTP
    case .lengthMissing: ClientMessages.lengthMissing
    case .lengthUnclear: ClientMessages.lengthUnclear
    case .tooLarge(let limit): ClientMessages.tooLarge(limit)
    case .otherRequest: ClientMessages.otherRequest
    }
  }

  /// What to do about it.
  public var help: Phrase? {
    switch self {
    case .pathTooLong: ClientMessages.shorterPath
    case .noSocket, .nobodyListens: ClientMessages.startTheDaemon
    case .notAllowed: ClientMessages.letThemIn
    case .timedOut: ClientMessages.moreTime
    case .closed, .cut, .lost: ClientMessages.askAgain
    case .notHTTP: ClientMessages.isItTheDaemon
    default: nil
    }
  }
}
