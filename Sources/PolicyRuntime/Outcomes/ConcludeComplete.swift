/// The short way to combine clauses when every fact is known: nothing is unknown, lifted or an error, so one
/// pass over the clauses that hold decides. It says exactly what `conclude` says of such a frame.

extension Machine {
  /// Combines the entries of a release, check or approval that applies; false for all else.
  static func concludeComplete(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int
  ) -> Bool {
    let kind = program.plans[plan].kind
    guard kind == .release || kind == .check || kind == .approval, !program.plans[plan].sorts,
      !program.plans[plan].skipsRepeats, frame.applies[plan].isTrue
    else { return false }
    let start = plan == 0 ? 0 : frame.ranges[plan - 1].upperBound
    let range = start..<frame.entries.count
    frame.ranges[plan] = range
    var deny = false
    var hold = false
    var problem = false
    for index in range {
      switch program.clauses[Int(frame.entries[index].clause)].role {
      case .deny: deny = true
      case .hold: hold = true
      case .problem: problem = true
      default: break
      }
    }
    let outcome: Outcomes
    switch kind {
    case .release: outcome = deny ? .deny : (hold ? .hold : .allow)
    case .check: outcome = problem ? .invalid : .valid
    default: outcome = problem ? .invalid : .open
    }
    // Without a history nothing is approved, and whether anything was refused is not known.
    frame.verdicts[plan] = Verdict(decided: outcome == .open ? [.open, .refused] : outcome)
    if plan == program.plans.count - 1 {
      frame.answer = Answer()
      frame.answer.entries = range
      frame.answer.status = outcome
      frame.answer.outcome = outcome == .open ? .chain : outcome
    }
    return true
  }
}
