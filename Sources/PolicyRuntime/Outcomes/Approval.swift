/// How an approval makes its chain: a failed `require` is invalid; then what is unknown; then the steps in order,
/// and how far the history of acts has taken them.

extension Machine {
  static func approval(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int, _ body: Span<UInt8>
  ) {
    let (problem, unknown) = problems(program, &frame, plan)
    if failedStep(program, &frame, plan) { return }
    if problem {
      frame.verdicts[plan].possible = .invalid
      return decide(program, &frame, plan, .invalid)
    }
    let open = openSteps(program, &frame, plan)
    if !unknown && !open && program.plans[plan].skipsRepeats {
      skipRepeats(program, &frame, plan)
    }
    var status: Outcomes = frame.history.given ? .anyChain : [.open, .refused]
    guard !unknown && !open else {
      if unknown { status.insert(.invalid) }
      frame.verdicts[plan].possible = status
      return decide(program, &frame, plan, .needs)
    }
    guard frame.history.given else {
      frame.verdicts[plan].possible = status
      return decide(program, &frame, plan, .open)
    }
    guard let chain = ApprovalChain(program, &frame, plan, body) else {
      frame.verdicts[plan].possible = status
      return decide(program, &frame, plan, .needs)
    }
    let state: HistoryState
    do throws(OutsideCalendar) {
      state = try walk(chain, frame, plan)
    } catch {
      // By when the step is to be given cannot be said, so nothing can be said of the history.
      frame.verdicts[plan].error = Trap(
        .outsideCalendar, site: program.clauses[error.clause].site)
      frame.verdicts[plan].possible = status
      return decide(program, &frame, plan, .needs)
    }
    frame.verdicts[plan].possible = state.status
    if frame.traces { frame.notes.states.append((plan: plan, state: state)) }
    if plan == program.plans.count - 1 { frame.history.state = state }
    decide(program, &frame, plan, state.status)
  }

  /// Takes the acts of an approval one after the other.
  private static func walk(
    _ chain: ApprovalChain, _ frame: borrowing Frame, _ plan: Int
  ) throws(OutsideCalendar) -> HistoryState {
    var fold = HistoryFold(chain, today: frame.today)
    for (number, act) in frame.history.acts.enumerated() where Int(act.plan) == plan {
      try fold.take(act, number: number, person: chain.persons[number])
    }
    return try fold.state()
  }

  /// Whether a step, its post or its deadline is not known; each is needed.
  private static func openSteps(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int
  ) -> Bool {
    var open = false
    for index in frame.ranges[plan] {
      let entry = frame.found.entries[index]
      let clause = Int(entry.clause)
      guard program.clauses[clause].role == .step else { continue }
      if entry.state == .unknown {
        need(&frame, plan, Int(entry.payload))
        open = true
      } else {
        for slot in program.clauses[clause].stepSlots
        where known(&frame, plan, slot) == nil {
          open = true
        }
      }
    }
    return open
  }

  /// Whether it is an error to say whose turn a step is, or by when; an invalid form does not hide it.
  private static func failedStep(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int
  ) -> Bool {
    guard frame.incomplete else { return false }
    for index in frame.ranges[plan] where frame.found.entries[index].state == .holds {
      let clause = Int(frame.found.entries[index].clause)
      guard program.clauses[clause].role == .step else { continue }
      for slot in program.clauses[clause].stepSlots {
        let value = frame.slots[slot]
        guard value.isError else { continue }
        frame.verdicts[plan].error = value.trap
        return true
      }
    }
    return false
  }

  /// Drops the steps of a post that has a step with an act as strong before, or with a stronger one anywhere.
  private static func skipRepeats(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int
  ) {
    /// The entry that stays for each post, by post.
    var kept: [Int: Int] = [:]
    for index in frame.ranges[plan] where frame.found.entries[index].state == .holds {
      let clause = Int(frame.found.entries[index].clause)
      guard program.clauses[clause].role == .step else { continue }
      let post = frame.slots[program.clauses[clause].by].index
      guard let rival = kept[post] else {
        kept[post] = index
        continue
      }
      let strength = program.clauses[Int(frame.found.entries[rival].clause)].strength
      let weaker = program.clauses[clause].strength <= strength ? index : rival
      frame.found.entries[weaker].state = .lifted
      if weaker == rival { kept[post] = index }
    }
  }
}

extension ClausePlan {
  /// The slots that must be known of a step in the chain.
  var stepSlots: [Int] { [by, withinDays, escalate, due].filter { $0 >= 0 } }
}
