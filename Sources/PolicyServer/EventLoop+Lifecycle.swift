/// How connections come, wait, expire and go, and how the loop drains.

extension EventLoop {
  // MARK: - Coming

  /// Accepts what waits, a bounded number per turn.
  func accept(atMost bound: Int = 256) {
    for _ in 0..<bound {
      do throws(Errno) {
        admit(try listener.accept())
      } catch {
        if error == .processFilesExhausted || error == .systemFilesExhausted {
          pauseAccepting()
          return
        }
        // A client that has left again is passed over; nothing waiting ends the turn.
        if error == .wouldBlock { return }
      }
    }
  }

  private func admit(_ descriptor: consuming FileDescriptor) {
    let connection = Connection(descriptor, limits)
    let number = connection.descriptor.number
    if count >= limits.connections {
      responder.figures.connections.refused &+= 1
      responder.answers.removeAll()
      responder.refuse(.tooManyConnections, head: RequestHead(), connection.input.span)
      _ = connection.descriptor.send(responder.answers.bytes[...])
      return
    }
    do throws(Errno) { try poller.add(number, .reading) } catch { return }
    while connections.count <= Int(number) { connections.append(nil) }
    connections[Int(number)] = connection
    count += 1
    responder.figures.connections.accepted &+= 1
    responder.figures.connections.open = count
    wait(connection, for: .request)
  }

  /// Without descriptors, waiting clients wait until one is given back.
  private func pauseAccepting() {
    guard isAccepting else { return }
    isAccepting = false
    poller.remove(listener.number)
    nextCheck = min(nextCheck, now + Self.checkInterval)
  }

  private func resumeAccepting() {
    guard !isAccepting, !isDraining else { return }
    do throws(Errno) {
      try poller.add(listener.number, .reading)
      isAccepting = true
    } catch {
      nextCheck = min(nextCheck, now + Self.checkInterval)
    }
  }

  // MARK: - Waiting

  /// After anything happened to a connection: ends it, or says what it waits for and how long.
  func settle(_ connection: Connection, progress: Bool) {
    if connection.outstanding == 0 {
      switch connection.ending {
      case .none: break
      case .afterOutput: return close(connection)
      case .afterDiscard:
        if connection.hasEnded { return close(connection) }
        connection.descriptor.shutdownSending()
        connection.ending = .discarding
      case .discarding:
        if connection.hasEnded || connection.discarded > limits.discardBytes {
          return close(connection)
        }
      }
    }
    let isRoomy = connection.outstanding <= limits.pendingOutputBytes
    if connection.isStalled, isRoomy, !connection.isQueued {
      connection.isQueued = true
      queued.append(connection)
    }
    var interest: Interest = connection.pendingCount > 0 ? .writing : []
    if !connection.hasEnded, !connection.isStalled, isRoomy { interest.insert(.reading) }
    if interest != connection.interest {
      connection.interest = interest
      do throws(Errno) {
        try poller.change(connection.descriptor.number, interest)
      } catch { return close(connection) }
    }
    let waiting = waitingKind(of: connection)
    if waiting != connection.waiting || progress || waiting == .request {
      wait(connection, for: waiting)
    }
  }

  private func waitingKind(of connection: Connection) -> Connection.Waiting {
    if connection.ending == .discarding { return .discard }
    if connection.outstanding > 0 { return .output }
    if connection.lines != nil { return .body }
    if connection.input.isEmpty { return .request }
    return connection.parser.headIsComplete ? .body : .header
  }

  private func wait(_ connection: Connection, for waiting: Connection.Waiting) {
    connection.waiting = waiting
    let patience =
      switch waiting {
      case .request: limits.idleMilliseconds
      case .header, .body, .output: limits.requestMilliseconds
      case .discard: limits.discardMilliseconds
      }
    connection.deadline = now + patience
    if connection.deadline < nextCheck { nextCheck = connection.deadline }
  }

  // MARK: - Expiring

  /// Deadlines are looked at no more often than this.
  static var checkInterval: Int64 { 250 }

  /// Ends what has waited too long, and finds the next deadline.
  func checkDeadlines() {
    nextCheck = isDraining ? drainDeadline : .max
    if !isAccepting { resumeAccepting() }
    expireHeld()
    for index in connections.indices {
      guard let connection = connections[index] else { continue }
      if connection.deadline <= now { expire(connection) }
      if connections[index] != nil, connection.deadline < nextCheck {
        nextCheck = connection.deadline
      }
    }
    if nextCheck != .max { nextCheck = max(nextCheck, now + Self.checkInterval) }
  }

  private func expire(_ connection: Connection) {
    switch connection.waiting {
    case .request, .output, .discard: close(connection)
    case .header, .body:
      refuse(connection, .requestTimeout)
      settle(connection, progress: true)
    }
  }

  // MARK: - Going

  /// Forgets a connection; its descriptor closes with its last reference.
  func close(_ connection: Connection) {
    let index = Int(connection.descriptor.number)
    guard index < connections.count, connections[index] === connection else { return }
    poller.remove(connection.descriptor.number)
    connections[index] = nil
    count -= 1
    responder.figures.connections.open = count
    if !isAccepting { nextCheck = min(nextCheck, now) }
  }

  /// The first stop drains, a second one ends at once.
  func stop(_ wakeup: Int32) {
    if isDraining {
      isStopped = true
      return
    }
    Wakeup.consume(wakeup)
    isDraining = true
    drainDeadline = now + limits.drainMilliseconds
    nextCheck = min(nextCheck, drainDeadline)
    // Nobody can connect any more; who already has is let in, then the socket goes.
    // Of a socket that stays, those who wait there are the next daemon's.
    housekeeping?.manager.tellStopping()
    listener.removePath()
    if !listener.outlivesUs { accept(atMost: limits.connections) }
    if isAccepting { poller.remove(listener.number) }
    listener.close()
    for index in connections.indices {
      if let connection = connections[index] { drain(connection) }
    }
  }

  /// Takes what the client has sent so far and nothing after it.
  private func drain(_ connection: Connection) {
    guard connection.isOpen else { return }
    connection.descriptor.shutdownReceiving()
    reading: while !connection.hasEnded {
      switch connection.descriptor.read(into: &scratch) {
      case .bytes(let size): connection.keep(scratch[0..<size])
      case .nothingYet, .end, .failed: break reading
      }
    }
    connection.hasEnded = true
    let had = !connection.input.isEmpty || connection.lines != nil
    resume(connection)
    if !had { finishInput(connection) }
    settle(connection, progress: true)
  }
}
