/// How answers wait for their records: held at the end of a batch, handed over at the end of a turn, sent or refused
/// when the log's thread reports.
internal import DecisionLog

extension EventLoop {
  /// Whether the answers just made for a connection wait for the end of the turn: for a record, behind others that
  /// wait, or because several clients are answered in this turn.
  ///
  /// Waking a client that sleeps on another core costs more than an answer. Answers that leave one behind the other
  /// wake a core once, where each by itself would find it asleep again.
  func mustHold(_ connection: Connection) -> Bool {
    isCrowded || connection.heldCount > 0 || responder.answers.isRecorded
  }

  /// At the end of a turn: sends what waits for nothing, and hands over what was recorded.
  func submitHeld() {
    guard !held.isEmpty else { return }
    guard let gate, held.answers.isRecorded || !waitingGenerations.isEmpty else {
      let ready = held
      held = spareGenerations.popLast() ?? HeldGeneration()
      release(ready, refusing: nil)
      return
    }
    generationNumber += 1
    held.number = generationNumber
    held.since = now
    waitingGenerations.append(held)
    held = spareGenerations.popLast() ?? HeldGeneration()
    gate.submit(&responder.records, generation: generationNumber)
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
      guard first.since + limits.logMilliseconds <= now else {
        nextCheck = min(nextCheck, first.since + limits.logMilliseconds)
        return
      }
      let words = "the log has not answered for \(limits.logMilliseconds / 1000) s"
      responder.logProblem = words
      release(waitingGenerations.removeFirst(), refusing: .logNotWritable(words))
    }
  }

  private func release(_ generation: HeldGeneration, refusing problem: Problem?) {
    for entry in generation.entries {
      let connection = entry.connection
      connection.heldCount -= entry.end - entry.start
      let number = Int(connection.descriptor.number)
      guard number < connections.count, connections[number] === connection else { continue }
      if let problem {
        send(generation.refused(entry, problem, with: responder.parts)[...], to: connection)
      } else {
        send(generation.answers.bytes[entry.start..<entry.end], to: connection)
      }
      settle(connection, progress: true)
    }
    generation.removeAll()
    if spareGenerations.count < 4 { spareGenerations.append(generation) }
  }
}
