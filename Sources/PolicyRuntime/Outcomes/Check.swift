/// How a check combines its problems: a known one is invalid, else an unknown one needs, else valid.

extension Machine {
  static func check(_ program: borrowing Program, _ frame: inout Frame, _ plan: Int) {
    let (problem, unknown) = problems(program, &frame, plan)
    frame.verdicts[plan].possible =
      problem ? .invalid : (unknown ? [.invalid, .valid] : .valid)
    decide(program, &frame, plan, problem ? .invalid : (unknown ? .needs : .valid))
  }

  /// Whether a `require` is known to fail, and whether one is unknown.
  static func problems(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int
  ) -> (Bool, Bool) {
    var problem = false
    var unknown = false
    for index in frame.ranges[plan] {
      let entry = frame.found.entries[index]
      guard program.clauses[Int(entry.clause)].role == .problem else { continue }
      if entry.state == .unknown {
        need(&frame, plan, Int(entry.payload))
        unknown = true
      } else {
        problem = true
      }
    }
    return (problem, unknown)
  }
}
