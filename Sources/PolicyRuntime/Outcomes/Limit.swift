/// How a limit binds: the least of all caps that count, against what is used and asked.

extension Machine {
  static func limit(_ program: borrowing Program, _ frame: inout Frame, _ plan: Int) {
    var caps = Caps()
    for index in frame.ranges[plan] {
      let entry = frame.found.entries[index]
      let clause = Int(entry.clause)
      guard program.clauses[clause].role == .cap else { continue }
      if entry.state == .unknown {
        need(&frame, plan, Int(entry.payload))
        caps.open = true
      } else if let amount = known(&frame, plan, program.clauses[clause].value) {
        caps.add(clause, amount, at: program.clauses[clause].value, program, &frame, plan)
      } else {
        caps.open = true
      }
    }
    let used = known(&frame, plan, program.plans[plan].valueSlot)
    let asked = known(&frame, plan, program.plans[plan].askedSlot)
    let share = program.plans[plan].warnSlot
    if share >= 0 && known(&frame, plan, share) == nil { caps.open = true }
    if frame.verdicts[plan].error != nil { return }
    guard let used, let asked else { return undecided(program, &frame, plan) }
    guard
      let total = exact(
        used.decimal.adding(asked.decimal), program, &frame, plan,
        currencies(frame, program.plans[plan]))
    else { return }
    guard caps.binding >= 0 else { return undecided(program, &frame, plan) }
    guard same(program, &frame, plan, caps.slot) else { return }
    let exceeded = total > caps.least.decimal
    if !exceeded && caps.open { return undecided(program, &frame, plan) }
    guard
      let headroom = exact(caps.least.decimal.subtracting(used.decimal), program, &frame, plan)
    else { return }
    if plan == program.plans.count - 1 {
      frame.found.answer.binding = caps.binding
      frame.found.answer.limit = caps.least
      frame.found.answer.headroom = Slot(headroom)
      if !frame.currencies.isEmpty, let both = currencies(frame, program.plans[plan]) {
        frame.found.answer.currency = common(both, frame.currencies[caps.slot]) ?? 0
      }
    }
    if !exceeded { warn(program, &frame, plan, total, caps.least.decimal) }
    if frame.verdicts[plan].error != nil { return }
    frame.verdicts[plan].possible = exceeded ? .exceeded : .within
    decide(program, &frame, plan, exceeded ? .exceeded : .within)
  }

  /// The least cap found so far.
  private struct Caps {
    var binding = -1
    var least = Slot.absent
    var slot = 0
    /// Whether a cap's condition or amount is unknown.
    var open = false

    mutating func add(
      _ clause: Int, _ amount: Slot, at slot: Int, _ program: borrowing Program,
      _ frame: inout Frame, _ plan: Int
    ) {
      if binding >= 0 {
        let agree =
          frame.currencies.isEmpty
          || Machine.common(frame.currencies[slot], frame.currencies[self.slot]) != nil
        guard agree else {
          frame.verdicts[plan].error = Trap(.twoCurrencies, site: program.clauses[clause].site)
          return
        }
        if amount.bits >= least.bits { return }
      }
      binding = clause
      least = amount
      self.slot = slot
    }
  }

  private static func undecided(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int
  ) {
    frame.verdicts[plan].possible = [.within, .exceeded]
    decide(program, &frame, plan, .needs)
  }

  /// The currency of what is used and asked together; nil when they differ.
  private static func currencies(_ frame: borrowing Frame, _ plan: Plan) -> UInt16? {
    guard !frame.currencies.isEmpty else { return 1 }
    return common(frame.currencies[plan.valueSlot], frame.currencies[plan.askedSlot])
  }

  /// A sum that was held, in one currency; else the error goes to the verdict.
  private static func exact(
    _ value: Decimal?, _ program: borrowing Program, _ frame: inout Frame, _ plan: Int,
    _ currency: UInt16? = 1
  ) -> Decimal? {
    let site = program.plans[plan].site
    if currency == nil {
      frame.verdicts[plan].error = Trap(.twoCurrencies, site: site)
      return nil
    }
    if value == nil { frame.verdicts[plan].error = Trap(.overflow, site: site) }
    return value
  }

  /// Whether the binding cap is in the currency of what is used and asked.
  private static func same(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int, _ cap: Int
  ) -> Bool {
    guard !frame.currencies.isEmpty,
      let asked = currencies(frame, program.plans[plan]),
      common(asked, frame.currencies[cap]) == nil
    else { return true }
    frame.verdicts[plan].error = Trap(.twoCurrencies, site: program.plans[plan].site)
    return false
  }

  private static func warn(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int, _ total: Decimal,
    _ least: Decimal
  ) {
    let slot = program.plans[plan].warnSlot
    guard slot >= 0 else { return }
    let share = frame.slots[slot]
    guard let bound = exact(least.multiplied(by: share.decimal), program, &frame, plan) else {
      return
    }
    frame.found.answer.warns = total >= bound
  }
}
