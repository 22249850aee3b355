/// The event loop: one thread, epoll level-triggered, one read and one write per batch of requests.
///
/// A ready connection is read once into a buffer that all share; the requests that are whole are
/// answered into one output buffer, which is written at once. Only what is left over (part of a
/// request, answers that the socket did not take) is copied to the connection. Deadlines are looked
/// at when the earliest has passed, at most four times a second.

/// Serves one listening socket until it is stopped.
final class EventLoop<Point: DecisionPoint> {
  let limits: Limits
  var responder: Responder<Point>
  var poller: Poller
  let listener: Listener
  /// By descriptor number.
  var connections: [Connection?] = []
  var count = 0
  /// Connections with whole requests left, for the next turn.
  var queued: [Connection] = []
  var scratch = [UInt8](repeating: 0, count: 1 << 16)
  var now = SystemClock.milliseconds
  var nextCheck = Int64.max
  var isAccepting = true
  var isDraining = false
  var drainDeadline = Int64.max
  var isStopped = false
  private let wakeups: [Int32]
  /// Through which answers leave once their records are durable; nil when nothing is recorded.
  let gate: LogGate?
  /// Whether several connections have their turn now.
  var isCrowded = false
  /// The answers of this turn that wait for its end.
  let ready = HeldGeneration()
  /// The answers of this turn that wait for their records.
  var held = HeldGeneration()
  var generationNumber: UInt64 = 0
  /// Handed to the log and not reported yet, the oldest first.
  var waitingGenerations: [HeldGeneration] = []
  var spareGenerations: [HeldGeneration] = []
  /// What it does beside answering; nil for a server that only answers.
  let housekeeping: Housekeeping<Point>?

  /// Takes over a listener; reading from one of `wakeups` begins the drain.
  init(
    _ responder: Responder<Point>, listener: Listener, limits: Limits, wakeups: [Int32],
    gate: LogGate? = nil, housekeeping: Housekeeping<Point>? = nil
  ) throws(Errno) {
    self.gate = gate
    self.housekeeping = housekeeping
    self.limits = limits
    self.responder = responder
    self.listener = listener
    self.wakeups = wakeups
    poller = try Poller()
    try poller.add(self.listener.number, .reading)
    for wakeup in wakeups { try poller.add(wakeup, .reading) }
    if let gate { try poller.add(gate.descriptor, .reading) }
  }

  /// Runs until stopped and drained.
  func run() throws(Errno) {
    try beginHousekeeping()
    while !isStopped {
      let ready = try poller.wait(milliseconds: patience)
      now = SystemClock.milliseconds
      responder.tick()
      isCrowded = ready + queued.count > 1
      keepHouse()
      serveQueued()
      for index in 0..<ready {
        let (number, ready) = poller.report(index)
        if number == listener.number {
          accept()
        } else if wakeups.contains(number) {
          stop(number)
        } else if number == gate?.descriptor {
          releaseHeld()
        } else if Int(number) < connections.count, let connection = connections[Int(number)] {
          serve(connection, ready)
        } else {
          housekeeping?.hear(number, now)
        }
      }
      if now >= nextCheck { checkDeadlines() }
      sendReady()
      submitHeld()
      if isDraining, count == 0 || now >= drainDeadline { isStopped = true }
    }
  }

  /// How long the next wait may take.
  private var patience: Int32 {
    if !queued.isEmpty { return 0 }
    let next = min(nextCheck, housekeeping?.nextDue ?? .max)
    if next == .max { return -1 }
    return Int32(clamping: max(0, next - now))
  }

  // MARK: - One connection

  private func serveQueued() {
    guard !queued.isEmpty else { return }
    let batch = queued
    queued.removeAll(keepingCapacity: true)
    for connection in batch {
      connection.isQueued = false
      guard connections[Int(connection.descriptor.number)] === connection else { continue }
      resume(connection)
      settle(connection, progress: true)
    }
  }

  private func serve(_ connection: Connection, _ ready: Interest) {
    var progress = false
    if ready.contains(.writing), connection.pendingCount > 0 {
      guard let sent = connection.flush() else { return close(connection) }
      progress = sent > 0
      if connection.isStalled { resume(connection) }
    }
    if ready.contains(.reading), connection.interest.contains(.reading) {
      guard let served = receive(connection) else { return close(connection) }
      progress = progress || served
    }
    settle(connection, progress: progress)
  }

  /// Reads once and answers what is whole; gives whether a request was answered, nil when the
  /// client is gone.
  private func receive(_ connection: Connection) -> Bool? {
    switch connection.descriptor.read(into: &scratch) {
    case .nothingYet: return false
    case .failed: return nil
    case .end:
      connection.hasEnded = true
      finishInput(connection)
      return false
    case .bytes(let size):
      if !connection.isOpen {
        connection.discarded += size
        return false
      }
      if connection.input.isEmpty {
        let used = answer(connection, scratch.span.extracting(0..<size))
        if used < size, connection.isOpen { connection.keep(scratch[used..<size]) }
        return connection.lines?.takeProgress() ?? (used > 0)
      }
      connection.keep(scratch[0..<size])
      let used = answer(connection, connection.input.span)
      connection.drop(used)
      return connection.lines?.takeProgress() ?? (used > 0)
    }
  }

  /// Answers whole requests that were left over.
  func resume(_ connection: Connection) {
    connection.isStalled = false
    guard connection.isOpen, !connection.input.isEmpty || connection.lines != nil else { return }
    let used = answer(connection, connection.input.span)
    connection.drop(used)
    if connection.hasEnded { finishInput(connection) }
  }

  /// Answers the whole requests at the front of some bytes; gives how many bytes they took.
  private func answer(_ connection: Connection, _ bytes: Span<UInt8>) -> Int {
    var offset = 0
    var served = 0
    var parser = connection.parser
    defer { connection.parser = parser }
    responder.answers.removeAll()
    face(connection)
    if connection.lines != nil {
      offset = answerLines(connection, bytes, &served)
      if connection.lines != nil || !connection.isOpen {
        send(connection)
        return connection.isOpen ? offset : bytes.count
      }
    }
    while offset < bytes.count {
      if served == limits.pipelinedRequests
        || responder.answers.bytes.count + connection.outstanding > limits.pendingOutputBytes
      {
        connection.isStalled = true
        break
      }
      let request = bytes.extracting(offset..<bytes.count)
      switch parser.advance(over: request) {
      case .complete(let size):
        offset += size
        served += 1
        let isLast = isDraining && connection.hasEnded && offset == bytes.count
        let closes = !parser.head.keepsAlive || isLast
        respond(parser, request, size, closes: closes)
        parser.reset()
        if closes { connection.ending = connection.hasEnded ? .afterOutput : .afterDiscard }
      case .lines(let size):
        offset += size
        beginLines(connection, &parser, request)
        parser.reset()
        offset += answerLines(connection, bytes.extracting(offset..<bytes.count), &served)
        if connection.lines != nil {
          send(connection)
          return offset
        }
      case .refused(let problem):
        responder.refuse(problem, head: parser.head, request)
        connection.ending = .afterDiscard
      case .needsMore:
        askForBody(&parser)
        send(connection)
        return offset
      }
      if !connection.isOpen {
        offset = bytes.count
        break
      }
    }
    send(connection)
    return offset
  }

  private func respond(
    _ parser: borrowing RequestParser, _ request: Span<UInt8>, _ size: Int, closes: Bool
  ) {
    let head = parser.head
    if head.framing == .chunked {
      let body = parser.chunks.body
      responder.answer(head, request, body: body.span, closes: closes)
    } else {
      responder.answer(head, request, body: request.extracting(head.length..<size), closes: closes)
    }
  }

  /// Gives a client that waits for it the go-ahead to send the body, once.
  private func askForBody(_ parser: inout RequestParser) {
    if parser.takeExpectation() { responder.appendContinue() }
  }

  /// Writes the answers of a batch, or holds them until their records are durable.
  private func send(_ connection: Connection) {
    guard !responder.answers.bytes.isEmpty else { return }
    if !holds(connection) { send(responder.answers.bytes[...], to: connection) }
  }

  /// Writes answers; what the socket does not take is kept.
  func send(_ bytes: ArraySlice<UInt8>, to connection: Connection) {
    if connection.pendingCount > 0 {
      connection.queue(bytes)
      return
    }
    // A client that is gone shows at the next read.
    let sent = connection.descriptor.send(bytes) ?? bytes.count
    if sent < bytes.count { connection.queue(bytes.dropFirst(sent)) }
  }

  /// The client sends no more: whole requests are answered, a cut one is refused.
  func finishInput(_ connection: Connection) {
    guard connection.isOpen, !connection.isStalled else { return }
    if !connection.input.isEmpty || connection.lines != nil {
      refuse(connection, isDraining ? .draining : .incomplete)
    }
    connection.ending = .afterOutput
  }

  /// Answers a request that is not whole, and closes.
  func refuse(_ connection: Connection, _ problem: Problem) {
    responder.answers.removeAll()
    if let lines = connection.lines {
      responder.resumeLines(lines)
      abandonLines(connection, lines, problem)
    } else {
      responder.refuse(problem, head: connection.parser.head, connection.input.span)
      connection.ending = .afterDiscard
    }
    connection.input.removeAll()
    send(connection)
  }
}
