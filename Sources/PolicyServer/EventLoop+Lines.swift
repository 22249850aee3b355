/// Requests of lines in the event loop: taken as they arrive, answered as far as the client takes answers.

extension EventLoop {
  /// Begins a request of lines.
  func beginLines(
    _ connection: Connection, _ parser: inout RequestParser, _ request: Span<UInt8>
  ) {
    if parser.takeExpectation() { responder.appendContinue() }
    let head = parser.head
    connection.lines = responder.beginLines(head, request, closes: !head.keepsAlive)
  }

  /// Answers the lines that are whole; gives how many bytes were taken.
  ///
  /// `Connection.lines` is nil afterwards when the request was answered to its end.
  func answerLines(
    _ connection: Connection, _ bytes: Span<UInt8>, _ served: inout Int
  ) -> Int {
    guard let lines = connection.lines else { return 0 }
    responder.resumeLines(lines)
    var used = 0
    while true {
      guard isRoomy(connection, served) else {
        connection.isStalled = true
        break
      }
      switch lines.next(limit: limits.bodyBytes) {
      case .line(let line):
        responder.answerLine(lines, line)
        served += 1
        lines.hasProgress = true
      case .tooLong:
        responder.refuseLine(lines, .lineTooLarge(limit: limits.bodyBytes))
        served += 1
      case .incomplete:
        if lines.isDone {
          finishLines(connection, lines)
          return used
        }
        if let damage = lines.damage {
          abandonLines(connection, lines, damage)
          return used
        }
        let taken = lines.take(bytes.extracting(used..<bytes.count))
        used += taken
        if taken == 0, !lines.isDone, lines.damage == nil {
          responder.sendLines(lines, isLast: false)
          return used
        }
      }
    }
    responder.sendLines(lines, isLast: false)
    return used
  }

  /// Whether a connection may have more answers in this turn.
  private func isRoomy(_ connection: Connection, _ served: Int) -> Bool {
    served < limits.pipelinedRequests
      && responder.body.count + responder.answers.bytes.count + connection.outstanding
        <= limits.pendingOutputBytes
  }

  private func finishLines(_ connection: Connection, _ lines: LineStream) {
    responder.sendLines(lines, isLast: true)
    connection.lines = nil
    if lines.closes { connection.ending = connection.hasEnded ? .afterOutput : .afterDiscard }
  }

  /// Ends a request of lines that does not come to its end: a last line says why, and the answer stays without
  /// its own end, so that nobody takes it for whole.
  func abandonLines(_ connection: Connection, _ lines: LineStream, _ problem: Problem) {
    lines.number += 1
    responder.refuseLine(lines, problem)
    responder.sendLines(lines, isLast: false)
    connection.lines = nil
    connection.ending = connection.hasEnded ? .afterOutput : .afterDiscard
  }
}
