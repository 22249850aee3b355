/// How an approval makes its chain: a failed `require` is invalid; then what is unknown; then the steps in order.

extension Machine {
  static func approval(_ program: borrowing Program, _ frame: inout Frame, _ plan: Int) {
    let (problem, unknown) = problems(program, &frame, plan)
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
}
