/// The middle of an approval's answer: its problems, its steps, and how far the history has taken them.

extension AnswerWriter {
  mutating func approval(_ program: Program, _ frame: inout Frame, _ body: Span<UInt8>) {
    reasons(program, &frame, body)
    put(",\"steps\":[")
    var first = true
    for index in frame.found.answer.entries where frame.found.answer.outcome == .chain {
      let entry = frame.found.entries[index]
      guard program.clauses[Int(entry.clause)].role == .step, entry.state == .holds else {
        continue
      }
      separate(&first)
      step(entry, program, &frame, body)
    }
    guard frame.found.answer.outcome == .chain else { return out.append(0x5D) }
    if frame.found.answer.status == .open {
      put(program.pieces.next, program)
    } else {
      put("],\"status\":\"")
      put(frame.found.answer.status.word)
      put("\",\"next\":[")
    }
    if let state = frame.history.state {
      first = true
      for next in state.next {
        separate(&first)
        turn(next, program)
      }
      put("]")
      interveners(program, frame, body)
      history(state, program, frame, body)
      // Whoever acts now acts for these.
      facts(program.plans[program.plans.count - 1].facts, program, frame, body)
    } else {
      firstTurns(program, frame)
      out.append(0x5D)
    }
  }

  private mutating func step(
    _ entry: Entry, _ program: Program, _ frame: inout Frame, _ body: Span<UInt8>
  ) {
    let number = Int(entry.clause)
    let whole = program.pieces.clauses[number].step
    if whole.isEmpty || frame.history.given {
      pieces(of: number, program, frame, body)
    } else {
      put(whole, program)
    }
    text("because", program.clauses[number].because, program, &frame, body)
    origin(program, number)
    out.append(0x7D)
  }

  /// A step up to `because`, piece by piece.
  private mutating func pieces(
    of number: Int, _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    put(program.pieces.clauses[number].opening, program)
    let by = program.clauses[number].by
    if by >= 0 {
      let post = frame.slots[by]
      if !post.isSpecial && program.pieces.posts.indices.contains(post.index) {
        put(program.pieces.posts[post.index], program)
      } else {
        put(",\"by\":")
        wire(by, .post, program, frame, body)
        put(",\"byLabel\":\"")
        people(by, .post, program, frame, body)
        put("\"")
      }
    }
    put(program.pieces.clauses[number].closing, program)
    if program.clauses[number].through >= 0 {
      put(",\"through\":")
      wire(program.clauses[number].through, .post, program, frame, body)
    }
    deadline(number, program, frame, body)
    if program.clauses[number].whileUnchanged { put(",\"whileUnchanged\":true") }
    if frame.history.given, let state = frame.history.state,
      let given = state.given.first(where: { $0.step == number })
    {
      put(",\"given\":{")
      act(given.act, program, frame, body)
      put("}")
    }
  }

  /// `within` and `due` of a step.
  mutating func deadline(
    _ number: Int, _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    if program.clauses[number].withinDays >= 0 {
      put(",\"within\":")
      wire(program.clauses[number].withinDays, .number, program, frame, body)
      if program.clauses[number].calendar >= 0 { put(",\"businessDays\":true") }
    }
    if program.clauses[number].escalate >= 0 {
      put(",\"escalateTo\":")
      wire(program.clauses[number].escalate, .post, program, frame, body)
    }
    if program.clauses[number].due >= 0 {
      put(",\"due\":")
      wire(program.clauses[number].due, .date, program, frame, body)
    }
  }

  // MARK: The history

  /// Who acts first when no history came: the first stage that anything waits for.
  private mutating func firstTurns(_ program: Program, _ frame: borrowing Frame) {
    let stage = firstStage(program, frame)
    for index in stage where waits(index, program, frame) {
      // Days are counted from the submission, so that comes first.
      guard program.clauses[Int(frame.found.entries[index].clause)].withinDays >= 0 else {
        continue
      }
      return turn(NextAct(step: Int(Act.requester), by: -1), program)
    }
    var first = true
    for index in stage where waits(index, program, frame) {
      let number = Int(frame.found.entries[index].clause)
      separate(&first)
      let whole = program.pieces.clauses[number].wholeTurn
      if !whole.isEmpty {
        put(whole, program)
        continue
      }
      var next = NextAct(step: number, by: frame.slots[program.clauses[number].by].index)
      let due = program.clauses[number].due
      if due >= 0 {
        next.due = frame.slots[due].day
        next.overdue = frame.slots[due].day < frame.today
      }
      turn(next, program)
    }
  }

  /// The entries up to the end of the first stage that anything waits for.
  private func firstStage(_ program: Program, _ frame: borrowing Frame) -> Range<Int> {
    let entries = frame.found.answer.entries
    var found: Int?
    for index in entries where frame.found.entries[index].state == .holds {
      let number = Int(frame.found.entries[index].clause)
      guard program.clauses[number].role == .step else { continue }
      let group = program.clauses[number].group
      if let found, found < 0 || group != found { return entries.lowerBound..<index }
      if waits(index, program, frame) { found = group }
    }
    return entries
  }

  /// Whether an entry is a step that somebody must give; what is only filed is given by nobody.
  private func waits(_ index: Int, _ program: Program, _ frame: borrowing Frame) -> Bool {
    let number = Int(frame.found.entries[index].clause)
    return frame.found.entries[index].state == .holds && program.clauses[number].role == .step
      && program.clauses[number].act != ActResult.files.rawValue
  }

  /// Who may act: `{"step":"leader","by":"supervising_leader","act":"reviews"}`.
  private mutating func turn(_ next: NextAct, _ program: Program) {
    if next.step == Int(Act.requester) {
      return put("{\"step\":\"requester\",\"act\":\"submits\"}")
    }
    put(program.pieces.clauses[next.step].turn, program)
    put(program.pieces.posts[next.by], program)
    if next.handsOn {
      put(",\"act\":")
      string(ActResult.handsOn.rawValue)
    } else {
      put(program.pieces.clauses[next.step].act, program)
    }
    if let due = next.due {
      put(",\"due\":\"")
      due.write(to: &out)
      put("\"")
    }
    if next.overdue { put(",\"overdue\":true") }
    if next.escalated { put(",\"escalated\":true") }
    out.append(0x7D)
  }

  private mutating func interveners(
    _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    let plan = program.plans[program.plans.count - 1]
    guard !plan.interveners.isEmpty, frame.found.answer.status == .open else { return }
    put(",\"mayIntervene\":[")
    var first = true
    for slot in plan.interveners where !frame.slots[slot].isSpecial {
      separate(&first)
      wire(slot, .post, program, frame, body)
    }
    put("]")
  }

  /// Where the case was returned to, and the acts that do not fit.
  private mutating func history(
    _ state: HistoryState, _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    if state.returnedTo != -1 {
      put(",\"returnedTo\":")
      string(
        state.returnedTo == Int(Act.requester)
          ? "requester" : program.clauses[state.returnedTo].code)
    }
    put(",\"violations\":[")
    var first = true
    for violation in state.violations {
      separate(&first)
      put("{\"code\":\"")
      put(violation.code.rawValue)
      put("\",")
      act(violation.act, program, frame, body)
      change(violation, program, frame, body)
      if explains {
        put(",\"text\":")
        string(say(HistoryMessages.words(violation.code)))
      }
      put("}")
    }
    // Where nothing says who holds a post, that is the caller's claim.
    put("],\"holders\":\"")
    put(program.holders.isEmpty ? "claimed" : "checked")
    put("\"")
  }

  /// The fact by which the case is another than the one that an act was given for.
  private mutating func change(
    _ violation: Violation, _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    if violation.fact >= 0 {
      put(",\"fact\":")
      string(program.plans[program.plans.count - 1].facts[violation.fact].path)
    } else if violation.recorded >= 0 {
      put(",\"fact\":\"")
      bytes(frame.clearedFacts[violation.recorded].path, program, frame, body)
      put("\"")
    }
  }

  /// An act without its braces: its number, from 1, and what it says of itself.
  mutating func act(
    _ number: Int, _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    let act = frame.history.acts[number]
    put("\"act\":")
    count(number + 1)
    if act.step == Act.requester {
      put(",\"step\":\"requester\"")
    } else if act.step >= 0 {
      put(",\"step\":")
      string(program.clauses[Int(act.step)].code)
    }
    put(",\"person\":\"")
    bytes(act.person, program, frame, body)
    put("\"")
    if act.post >= 0 {
      put(",\"post\":")
      string(program.types.posts[Int(act.post)].name)
    }
    if act.isDelegate { put(",\"delegate\":true") }
    put(",\"result\":\"")
    put(act.result.rawValue)
    put("\",\"on\":\"")
    act.on.write(to: &out)
    put("\"")
  }
}
