/// How a release combines its clauses: deny beats hold beats allow; what is unknown holds; a clearance lifts.

extension Machine {
  static func release(_ program: borrowing Program, _ frame: inout Frame, _ plan: Int) {
    var deny = false
    var hold = false
    var maybeDeny = false
    var maybeHold = false
    for index in frame.ranges[plan] {
      let entry = frame.found.entries[index]
      let role = program.clauses[Int(entry.clause)].role
      guard role == .deny || role == .hold else { continue }
      if !frame.clearances.isEmpty, lift(program, &frame, plan, index) { continue }
      if entry.state == .unknown {
        need(&frame, plan, Int(entry.payload))
        if role == .deny { maybeDeny = true } else { maybeHold = true }
      } else if role == .deny {
        deny = true
      } else {
        hold = true
      }
    }
    var possible: Outcomes = []
    if deny {
      possible = .deny
    } else {
      if maybeDeny { possible.insert(.deny) }
      if hold || maybeHold { possible.insert(.hold) }
      if !hold { possible.insert(.allow) }
    }
    frame.verdicts[plan].possible = possible
    decide(program, &frame, plan, deny ? .deny : (possible == .allow ? .allow : .hold))
  }
}
