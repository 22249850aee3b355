/// Combining the clauses of a plan to its verdict: one file per kind says how; this one says what they share.

extension Machine {
  /// Combines the entries of a plan; the last plan's verdict becomes the answer.
  static func conclude(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int, body: Span<UInt8>
  ) {
    let start = plan == 0 ? 0 : frame.ranges[plan - 1].upperBound
    frame.ranges[plan] = start..<frame.found.entries.count
    if program.plans[plan].sorts && !frame.incomplete {
      frame.found.entries.sort(frame.ranges[plan]) { ($0.clause, $0.item) < ($1.clause, $1.item) }
    }
    frame.verdicts[plan] = Verdict()
    if plan == program.plans.count - 1 {
      frame.found.answer = Answer()
      frame.found.answer.entries = frame.ranges[plan]
    }
    let applies = frame.applies[plan]
    if applies.isError {
      frame.verdicts[plan].error = applies.trap
    } else if applies.isFalse {
      frame.verdicts[plan].possible = .notApplicable
      decide(program, &frame, plan, .notApplicable)
      return
    } else {
      if !frame.incomplete || !failed(program, &frame, plan) {
        combine(program, &frame, plan, body)
      }
      if applies.isUnknown { mayNotApply(program, &frame, plan, applies) }
    }
    if plan == program.plans.count - 1, let error = frame.verdicts[plan].error {
      frame.found.answer.error = error
    }
  }

  private static func combine(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int, _ body: Span<UInt8>
  ) {
    switch program.plans[plan].kind {
    case .release: release(program, &frame, plan)
    case .approval: approval(program, &frame, plan, body)
    case .limit: limit(program, &frame, plan)
    case .grade: grade(program, &frame, plan)
    case .check: check(program, &frame, plan)
    case .value: value(program, &frame, plan)
    }
  }

  /// Whether a clause of the body is an error: the first one is the plan's.
  ///
  /// Bands speak for themselves: those behind the one that decides are not looked at.
  private static func failed(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int
  ) -> Bool {
    for index in frame.ranges[plan] where frame.found.entries[index].state == .error {
      let role = program.clauses[Int(frame.found.entries[index].clause)].role
      guard role != .duty && role != .copy && role != .band else { continue }
      frame.verdicts[plan].error = Trap(packed: frame.found.entries[index].payload)
      return true
    }
    return false
  }

  /// It is not known whether the decision applies: that outcome stays possible, that fact is needed before
  /// all others, and the clauses of the body are no reasons yet.
  private static func mayNotApply(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int, _ applies: Slot
  ) {
    guard frame.verdicts[plan].error == nil else { return }
    frame.verdicts[plan].possible.insert(.notApplicable)
    frame.verdicts[plan].need = Int32(applies.need)
    guard plan == program.plans.count - 1 else { return }
    if frame.traces { frame.notes.removed = frame.ranges[plan].map { frame.found.entries[$0] } }
    let start = frame.ranges[plan].lowerBound
    var kept = start
    for index in frame.ranges[plan] {
      let role = program.clauses[Int(frame.found.entries[index].clause)].role
      guard role == .duty || role == .copy else { continue }
      frame.found.entries[kept] = frame.found.entries[index]
      kept += 1
    }
    frame.found.entries.removeLast(frame.found.entries.count - kept)
    frame.ranges[plan] = start..<kept
    frame.found.answer = Answer()
    frame.found.answer.entries = frame.ranges[plan]
    decide(
      program, &frame, plan, program.plans[plan].kind == .release ? .hold : .needs, isOpen: true)
  }

  /// Adds a need to the verdict of a plan.
  static func need(_ frame: inout Frame, _ plan: Int, _ need: Int) {
    let held = Int(frame.verdicts[plan].need)
    frame.verdicts[plan].need = Int32(held < 0 ? need : frame.union(held, need))
  }

  /// Sets the answer's outcome, when the plan is the one asked, and picks the duties and copies that belong to it.
  static func decide(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int, _ outcome: Outcomes,
    isOpen: Bool = false
  ) {
    guard plan == program.plans.count - 1, isOpen || !frame.applies[plan].isUnknown else { return }
    frame.found.answer.status = outcome
    frame.found.answer.outcome = outcome.isSubset(of: .anyChain) ? .chain : outcome
    frame.found.answer.need = Int(frame.verdicts[plan].need)
    guard outcome != .notApplicable, frame.incomplete else { return }
    for index in frame.ranges[plan] {
      settle(program, &frame, plan, frame.found.entries[index], outcome)
    }
  }

  /// Duties and copies of the answer: their errors are the answer's, and what they lack is needed.
  private static func settle(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int, _ entry: Entry,
    _ outcome: Outcomes
  ) {
    let clause = program.clauses[Int(entry.clause)]
    guard
      clause.role == .copy
        || (clause.role == .duty && clause.outcomes & outcome.rawValue != 0)
    else { return }
    if entry.state == .unknown { lacks(&frame, Int(entry.payload)) }
    if entry.state == .error && frame.verdicts[plan].error == nil {
      frame.verdicts[plan].error = Trap(packed: entry.payload)
    }
    let receivers =
      clause.role == .copy
      ? clause.to.map(\.slot) : [clause.by] + (clause.due < 0 ? [] : [clause.due])
    for slot in receivers {
      let value = frame.slots[slot]
      if value.isUnknown { lacks(&frame, value.need) }
      if value.isError && frame.verdicts[plan].error == nil {
        frame.verdicts[plan].error = value.trap
      }
    }
  }

  /// Adds a need to the answer.
  private static func lacks(_ frame: inout Frame, _ need: Int) {
    frame.found.answer.need =
      frame.found.answer.need < 0 ? need : frame.union(frame.found.answer.need, need)
  }

  /// Uses a computed value: an error or what it needs goes to the verdict, and nil comes back.
  static func known(_ frame: inout Frame, _ plan: Int, _ slot: Int) -> Slot? {
    let value = frame.slots[slot]
    if !value.isSpecial { return value }
    if value.isError {
      if frame.verdicts[plan].error == nil { frame.verdicts[plan].error = value.trap }
    } else if value.isUnknown {
      need(&frame, plan, value.need)
    }
    return nil
  }
}
