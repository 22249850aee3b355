/// One of the connections of a load: what is to be sent, and when each answer that is awaited was due.

/// A connection and its requests that are out.
final class LoadConnection {
  let socket: ClientSocket
  var received = AnswerBuffer(limit: ClientConnection.largestAnswer)
  private var output: [UInt8] = []
  private var sent = 0
  /// Whether the system says when there is room to send again.
  var isWatchedForRoom = false
  /// Whether it stands among those that have something new to send.
  var isMarked = false
  /// When the requests that are out were due, in a ring.
  private var due: [Int64]
  private var first = 0
  private(set) var outstanding = 0

  init(to path: String, pipeline: Int, until deadline: Deadline) throws(ClientProblem) {
    socket = try ClientSocket.connect(to: path, until: deadline)
    due = [Int64](repeating: 0, count: pipeline)
  }

  /// Puts a request behind the others.
  func put(_ request: [UInt8], due moment: Int64) {
    output += request
    due[(first + outstanding) % due.count] = moment
    outstanding += 1
  }

  /// When the request was due whose answer has come; nil when none was out.
  func takeDue() -> Int64? {
    guard outstanding > 0 else { return nil }
    let moment = due[first]
    first = (first + 1) % due.count
    outstanding -= 1
    return moment
  }

  /// What sending left.
  enum Sending { case done, waits, gone }

  /// Sends what the socket takes.
  func send() -> Sending {
    while sent < output.count {
      guard let count = socket.send(output, from: sent) else { return .gone }
      if count == 0 { return .waits }
      sent += count
    }
    output.removeAll(keepingCapacity: true)
    sent = 0
    return .done
  }
}
