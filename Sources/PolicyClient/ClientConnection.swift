/// One connection to the daemon: requests go out as far as the socket takes them, answers come in their order.

/// An answer, whole.
public struct ClientAnswer: Sendable {
  /// The status of HTTP.
  public let status: Int
  /// What `Content-Type` says, without its parameters and in lower case.
  public let contentType: String
  /// What `X-Request-ID` says.
  public let requestID: String
  /// The body.
  public let body: [UInt8]
}

/// A connection that is kept alive; several requests may be out before the first answer is read.
public final class ClientConnection {
  private let socket: ClientSocket
  private var received: AnswerBuffer
  private var output: [UInt8] = []
  private var sent = 0
  /// Whether the daemon has said that it closes, or has gone.
  public private(set) var isOver = false

  /// The largest answer that is taken.
  public static let largestAnswer = 64 << 20

  /// Connects.
  public init(to path: String, until deadline: Deadline) throws(ClientProblem) {
    socket = try ClientSocket.connect(to: path, until: deadline)
    received = AnswerBuffer(limit: Self.largestAnswer)
  }

  /// Puts a request behind those that wait to be sent.
  public func put(_ request: ClientRequest) { output += request.bytes }

  /// The next answer; sends meanwhile, so that neither side waits for the other for ever.
  ///
  /// A daemon that refuses a request may close before it has read all of it; its answer still counts.
  public func answer(until deadline: Deadline) throws(ClientProblem) -> ClientAnswer {
    while true {
      if let place = try received.next() { return take(place) }
      let isSending = sendSome()
      guard socket.wait(toSend: isSending, until: deadline) else {
        throw .timedOut(milliseconds: deadline.milliseconds)
      }
      switch received.receive(from: socket) {
      case .bytes, .nothingYet: continue
      case .end: throw end(received.holdsPart ? .cut : .closed)
      case .lost(let reason): throw end(.lost(reason: reason))
      }
    }
  }

  /// Sends what the socket takes; says whether something is left.
  private func sendSome() -> Bool {
    while sent < output.count {
      guard let count = socket.send(output, from: sent) else {
        // Nobody reads any more; what was answered before may still be received.
        dropOutput()
        return false
      }
      if count == 0 { return true }
      sent += count
    }
    dropOutput()
    return false
  }

  private func dropOutput() {
    output.removeAll(keepingCapacity: true)
    sent = 0
  }

  private func end(_ problem: ClientProblem) -> ClientProblem {
    isOver = true
    return problem
  }

  private func take(_ place: AnswerPlace) -> ClientAnswer {
    if place.head.closes { isOver = true }
    let type = received.text(place, place.head.contentType)
    return ClientAnswer(
      status: place.head.status,
      contentType: type.prefix { $0 != ";" && $0 != " " }.lowercased(),
      requestID: received.text(place, place.head.requestID),
      body: Array(received.bytes[place.body]))
  }
}
