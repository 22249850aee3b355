/// How a grade decides: the first band that holds, lowered by the caps; unknown bands and caps leave candidates.

extension Machine {
  static func grade(_ program: borrowing Program, _ frame: inout Frame, _ plan: Int) {
    guard points(program, &frame, plan) else { return }
    var candidates: Outcomes = []
    var decided = -1
    var closed = false
    for index in frame.ranges[plan] where !closed {
      let entry = frame.entries[index]
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
    for index in frame.ranges[plan] {
      let entry = frame.entries[index]
      let clause = Int(entry.clause)
      guard program.clauses[clause].role == .gradeCap else { continue }
      let cap = program.clauses[clause].member
      var lowered: Outcomes = []
      for member in 0..<Outcomes.memberLimit where candidates.contains(.member(member)) {
        lowered.insert(.member(max(member, cap)))
      }
      if entry.state == .unknown {
        if lowered == candidates { continue }
        need(&frame, plan, Int(entry.payload))
        candidates.formUnion(lowered)
      } else {
        candidates = lowered
      }
    }
    frame.verdicts[plan].possible = candidates
    let single = candidates.memberCount == 1
    if single { frame.verdicts[plan].need = -1 }
    if single && plan == program.plans.count - 1 {
      frame.answer.member = candidates.firstMember
      frame.answer.band = decided
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
