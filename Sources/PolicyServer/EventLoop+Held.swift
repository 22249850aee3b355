/// How answers wait: for the end of the turn when several clients have theirs, and for their records; the latter are
/// handed over at the end of a turn, and sent or refused when the log's thread reports.
internal import DecisionLog

extension EventLoop {
  /// Keeps the answers just made for a connection when they have to wait: for a record, behind others that wait, or
  /// for the end of the turn because several clients are answered in it.
  ///
  /// Waking a client that sleeps on another core costs more than an answer. Answers that leave one behind the other
  /// wake a core once, where each by itself would find it asleep again.
  func holds(_ connection: Connection) -> Bool {
    if connection.heldCount > 0 || responder.answers.isRecorded {
      connection.heldCount += responder.answers.bytes.count
      held.hold(responder.answers, for: connection)
    } else if isCrowded {
      connection.turnCount += responder.answers.bytes.count
      ready.hold(responder.answers, for: connection)
    } else {
      return false
    }
    return true
  }

  /// At the end of a turn: sends what waits for nothing else.
  func sendReady() {
    for entry in ready.entries {
      entry.connection.turnCount -= entry.end - entry.start
      send(ready.answers.bytes[entry.start..<entry.end], to: entry)
    }
    ready.removeAll()
  }

  /// At the end of a turn: hands over what was recorded, and closes the generation.
  func submitHeld() {
    guard let gate, !held.isEmpty else { return }
    generationNumber += 1
    held.number = generationNumber
    held.since = SystemClock.nanoseconds
    held.records = responder.records.count
    held.recordBytes = responder.records.bytes.count
    responder.figures.connections.held += held.records
    waitingGenerations.append(held)
    held = spareGenerations.popLast() ?? HeldGeneration()
    gate.submit(&responder.records, generation: generationNumber)
    responder.isLogFull = gate.waitingBytes > limits.logQueueBytes
    nextCheck = min(nextCheck, now + limits.logMilliseconds)
  }

  /// The log's thread has reported: answers leave, or are refused.
  func releaseHeld() {
    guard let gate else { return }
    for report in gate.takeReports() {
      responder.logProblem = report.problem?.description
      let problem = report.problem.map { Problem.logNotWritable("\($0)") }
      while let first = waitingGenerations.first, first.number <= report.through {
        release(waitingGenerations.removeFirst(), refusing: problem)
      }
    }
    responder.isLogFull = gate.waitingBytes > limits.logQueueBytes
  }

  /// Refuses answers whose records have waited too long: the disk may be stuck.
  func expireHeld() {
    while let first = waitingGenerations.first {
      let due = first.since / 1_000_000 + limits.logMilliseconds
      guard due <= now else {
        nextCheck = min(nextCheck, due)
        return
      }
      let words = "the log has not answered for \(limits.logMilliseconds / 1000) s"
      responder.logProblem = words
      release(waitingGenerations.removeFirst(), refusing: .logNotWritable(words))
    }
  }

  private func release(_ generation: HeldGeneration, refusing problem: Problem?) {
    count(generation, isRefused: problem != nil)
    for entry in generation.entries {
      entry.connection.heldCount -= entry.end - entry.start
      if let problem {
        let (bytes, isCut) = generation.refused(entry, problem, with: responder.parts)
        if isCut { entry.connection.cut() }
        send(bytes[...], to: entry)
      } else {
        send(generation.answers.bytes[entry.start..<entry.end], to: entry)
      }
    }
    generation.removeAll()
    if spareGenerations.count < 4 { spareGenerations.append(generation) }
  }

  private func count(_ generation: HeldGeneration, isRefused: Bool) {
    responder.figures.connections.held -= generation.records
    if isRefused {
      responder.figures.log.failures &+= 1
      responder.figures.log.refused &+= UInt64(generation.records)
    } else if generation.records > 0 {
      responder.figures.log.records &+= UInt64(generation.records)
      responder.figures.log.bytes &+= UInt64(generation.recordBytes)
      responder.figures.log.durable.count(SystemClock.nanoseconds &- generation.since)
    }
  }

  /// Sends answers that were held, unless the client is gone.
  private func send(_ bytes: ArraySlice<UInt8>, to entry: HeldGeneration.Entry) {
    let connection = entry.connection
    let number = Int(connection.descriptor.number)
    guard number < connections.count, connections[number] === connection else { return }
    send(bytes, to: connection)
    settle(connection, progress: true)
  }
}
