/// How an approval makes its chain: a failed `require` is invalid; then what is unknown; then the steps in order.

extension Machine {
  static func approval(_ program: borrowing Program, _ frame: inout Frame, _ plan: Int) {
    let (problem, unknown) = problems(program, &frame, plan)
    if failedActor(program, &frame, plan) { return }
    if problem {
      frame.verdicts[plan].possible = .invalid
      return decide(program, &frame, plan, .invalid)
    }
    var needs = unknown
    for index in frame.ranges[plan] {
      let entry = frame.entries[index]
      let clause = Int(entry.clause)
      guard program.clauses[clause].role == .step else { continue }
      if entry.state == .unknown {
        need(&frame, plan, Int(entry.payload))
        needs = true
      } else if known(&frame, plan, program.clauses[clause].by) == nil {
        needs = true
      }
    }
    frame.verdicts[plan].possible = unknown ? [.invalid, .chain] : .chain
    decide(program, &frame, plan, needs ? .needs : .chain)
  }

  /// Whether it is an error to say whose turn a step is; an invalid form does not hide it.
  private static func failedActor(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int
  ) -> Bool {
    guard frame.incomplete else { return false }
    for index in frame.ranges[plan] where frame.entries[index].state == .holds {
      let clause = Int(frame.entries[index].clause)
      guard program.clauses[clause].role == .step else { continue }
      let actor = frame.slots[program.clauses[clause].by]
      guard actor.isError else { continue }
      frame.verdicts[plan].error = actor.trap
      return true
    }
    return false
  }
}
