/// How a grade decides: the first band that holds, lowered by the caps; unknown bands and caps leave candidates.

extension Machine {
  static func grade(_ program: borrowing Program, _ frame: inout Frame, _ plan: Int) {
    guard points(program, &frame, plan) else { return }
    var candidates: Outcomes = []
    var decided = -1
    var closed = false
    for index in frame.ranges[plan] where !closed {
      let entry = frame.found.entries[index]
      let clause = Int(entry.clause)
      guard program.clauses[clause].role == .band else { continue }
      if entry.state == .error {
        frame.verdicts[plan].error = Trap(packed: entry.payload)
        return
      }
      candidates.insert(.member(program.clauses[clause].member))
      if entry.state == .unknown {
        need(&frame, plan, Int(entry.payload))
      } else {
        decided = clause
        closed = true
      }
    }
    if !closed { candidates.insert(.member(program.plans[plan].otherwise)) }
    // Known caps come first: they may make an unknown one needless.
    for state in [Entry.State.holds, .unknown] {
      for index in frame.ranges[plan] where frame.found.entries[index].state == state {
        let entry = frame.found.entries[index]
        guard program.clauses[Int(entry.clause)].role == .gradeCap else { continue }
        let lowered = candidates.lowered(to: program.clauses[Int(entry.clause)].member)
        if state == .holds {
          candidates = lowered
        } else if lowered != candidates {
          need(&frame, plan, Int(entry.payload))
          candidates.formUnion(lowered)
        }
      }
    }
    frame.verdicts[plan].possible = candidates
    let single = candidates.memberCount == 1
    if single { frame.verdicts[plan].need = -1 }
    if single && plan == program.plans.count - 1 {
      frame.found.answer.member = candidates.firstMember
      frame.found.answer.band = decided
    }
    decide(program, &frame, plan, single ? .grade : .needs)
  }

  /// Whether no line of points, nor their total, is an error.
  private static func points(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int
  ) -> Bool {
    guard frame.incomplete else { return true }
    for clause in program.plans[plan].clauses where program.clauses[clause].role == .points {
      let value = frame.slots[program.clauses[clause].value]
      if value.isError {
        frame.verdicts[plan].error = value.trap
        return false
      }
    }
    let total = program.plans[plan].totalSlot
    if total >= 0 && frame.slots[total].isError {
      frame.verdicts[plan].error = frame.slots[total].trap
      return false
    }
    return true
  }
}

extension Outcomes {
  /// The members, those better than a cap lowered to it.
  fileprivate func lowered(to cap: Int) -> Outcomes {
    var result: Outcomes = []
    for member in 0..<Self.memberLimit where contains(.member(member)) {
      result.insert(.member(Swift.max(member, cap)))
    }
    return result
  }
}
