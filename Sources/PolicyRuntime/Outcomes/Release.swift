/// How a release combines its clauses: deny beats hold beats allow; what is unknown holds; a clearance lifts.

extension Machine {
  static func release(_ program: borrowing Program, _ frame: inout Frame, _ plan: Int) {
    var deny = false
    var hold = false
    var maybeDeny = false
    var maybeHold = false
    for index in frame.ranges[plan] {
      let entry = frame.entries[index]
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

  /// Whether a clearance of the request lifts an entry; says why those that name its clause do not.
  private static func lift(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int, _ index: Int
  ) -> Bool {
    let entry = frame.entries[index]
    let clause = program.clauses[Int(entry.clause)]
    for number in 0..<frame.clearances.count {
      let clearance = frame.clearances[number]
      guard clearance.names(clause: Int(entry.clause)) else { continue }
      if let reason = refusal(clause, entry, clearance, frame) {
        frame.refused.append(RefusedClearance(clearance: number, reason: reason))
        continue
      }
      frame.entries[index].state = .lifted
      frame.entries[index].payload = UInt32(number)
      return true
    }
    return false
  }

  /// Why a clearance does not lift an entry; nil when it does.
  private static func refusal(
    _ clause: ClausePlan, _ entry: Entry, _ clearance: Clearance, _ frame: borrowing Frame
  ) -> RefusedClearance.Reason? {
    guard clause.clearPost >= 0, entry.clearing >= 0 else { return .notClearable }
    // Never all items at once: what is unknown of a whole list is not cleared.
    guard clearance.item == entry.item, clause.loop < 0 || entry.item >= 0 else {
      return .wrongItem
    }
    let clearing = frame.clearings[Int(entry.clearing)]
    guard !clearing.post.isSpecial else { return .notKnown }
    guard clearance.by >= 0, clearing.post.index == Int(clearance.by) else { return .wrongPost }
    guard clearance.on <= frame.today else { return .early }
    if clause.clearDays >= 0 {
      guard !clearing.days.isSpecial else { return .notKnown }
      let granted = Slot(index: clearance.on.number)
      let last = shifted(granted, by: clearing.days, months: false, negated: false)
      guard let last, frame.today <= last.day else { return .expired }
    }
    if clause.clearAmount >= 0 {
      guard !clearing.upTo.isSpecial, !clearing.amount.isSpecial else { return .notKnown }
      guard clearing.upTo.isTrue else { return .tooSmall }
    }
    if !clearance.amount.isAbsent {
      guard clause.clearAmount >= 0 else { return nil }
      guard common(clearing.currency, clearance.amountCurrency) != nil,
        clearing.amount.bits <= clearance.amount.bits
      else { return .tooSmall }
    }
    return nil
  }
}
