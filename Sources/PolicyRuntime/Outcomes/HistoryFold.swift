/// The walk over a history: act by act, what stands, whose turn it is, and which acts do not fit.
///
/// An act that does not fit changes nothing. A refusal that does not end the case takes back every act of the
/// stage that it returns to and of those behind it. Each act costs a look at each step.

/// A step is due on a day that the calendar of its business days does not cover.
struct OutsideCalendar: Error {
  /// The clause of the step.
  let clause: Int
}

struct HistoryFold {
  /// What must happen before any step.
  private enum Waiting {
    case nothing
    /// The requester submits.
    case requester
    /// The post of a step's `through` hands its refusal on.
    case handOn(Int)
  }

  private let chain: ApprovalChain
  private let today: Day
  /// For each step the act that stands, and its person; -1 none.
  private var given: [Int]
  private var givers: [Int]
  private var waiting = Waiting.nothing
  private var ended = false
  /// Whether the requester has submitted in this round.
  private var submitted = false
  private var returnedTo: ApprovalChain.Target?
  /// The day on which the stage in turn was opened.
  private var opened: Day?
  private var last: Day?
  private var violations: [Violation] = []

  init(_ chain: ApprovalChain, today: Day) {
    self.chain = chain
    self.today = today
    given = Array(repeating: -1, count: chain.steps.count)
    givers = given
    // Days are counted from the submission, so it must be known.
    let first = turn
    if chain.steps.contains(where: { $0.stage == first && !$0.isFiled && $0.within != nil }) {
      waiting = .requester
    }
  }

  /// The stage in turn; nil when every stage has what it needs.
  private var turn: Int? {
    var counts = Array(repeating: 0, count: chain.needs.count)
    for (index, step) in chain.steps.enumerated() where given[index] >= 0 && !step.isFiled {
      counts[step.stage] += 1
    }
    return chain.needs.indices.first { counts[$0] < chain.needs[$0] }
  }

  /// Takes the next act.
  mutating func take(_ act: Act, number: Int, person: Int) throws(OutsideCalendar) {
    if let code = try violation(act, person) {
      violations.append(Violation(act: number, code: code))
    } else if let change = chain.changes[number] {
      violations.append(change)
    } else {
      apply(act, number, person)
    }
    last = act.on
  }

  // MARK: What does not fit

  private func violation(
    _ act: Act, _ person: Int
  ) throws(OutsideCalendar) -> Violation.Code? {
    if today < act.on { return .inTheFuture }
    if let last, act.on < last { return .dateOrder }
    if act.step == Act.requester { return submission(act, person) }
    if act.step < 0 { return .unknownStep }
    guard let index = chain.steps.firstIndex(where: { $0.clause == Int(act.step) }) else {
      return .notInChain
    }
    if ended { return .afterEnd }
    let step = chain.steps[index]
    if act.result == .handsOn { return handOn(act, index, person) }
    guard act.result == step.yes || (act.result == .refuses && step.canRefuse) else {
      return .impossibleResult
    }
    if let code = order(act, index) { return code }
    if let code = try actor(act, step, person) { return code }
    return criteria(act, step)
  }

  private func submission(_ act: Act, _ person: Int) -> Violation.Code? {
    if ended { return .afterEnd }
    guard act.result == .submits else { return .impossibleResult }
    if turn == nil && chain.needs.contains(where: { $0 > 0 }) { return .afterApproval }
    if submitted { return .actedTwice }
    if case .requester = waiting {
    } else if case .handOn = waiting {
      return .outOfOrder
    } else if given.contains(where: { $0 >= 0 }) {
      return .outOfOrder
    }
    return chain.requester >= 0 && person != chain.requester ? .notTheRequester : nil
  }

  private func handOn(_ act: Act, _ index: Int, _ person: Int) -> Violation.Code? {
    guard case .handOn(let refused) = waiting, refused == index else { return .outOfOrder }
    guard Int(act.post) == chain.steps[index].through else { return .wrongPost }
    return holder(act, nil, person)
  }

  /// Whether the person holds the post that is claimed, or stands in for it.
  private func holder(
    _ act: Act, _ step: ApprovalChain.Step?, _ person: Int
  ) -> Violation.Code? {
    func fits(_ row: PostHolder, _ holder: Int) -> Bool {
      holder == person && row.post == Int(act.post) && row.from <= act.on && act.on <= row.until
    }
    guard act.isDelegate else {
      return chain.hasHolders ? held(chain.holders.filter { fits($0.row, $0.person) }) : nil
    }
    guard let step, step.isDelegable, Int(act.post) == step.post else { return .notADelegate }
    let standsIn = chain.delegations.contains {
      fits($0.row.holder, $0.person) && $0.row.holder.covers(step.amount)
    }
    return standsIn ? nil : .notADelegate
  }

  /// Whether one of the rows that name a person for the post is for this case, and for its amount.
  private func held(
    _ rows: [(row: PostHolder, person: Int, isInScope: Bool)]
  ) -> Violation.Code? {
    if rows.isEmpty { return .notAHolder }
    let own = rows.filter(\.isInScope)
    if own.isEmpty { return .outsideScope }
    return own.contains { $0.row.covers(chain.amount) } ? nil : .beyondAuthority
  }

  /// Whether it is the step's turn.
  private func order(_ act: Act, _ index: Int) -> Violation.Code? {
    let step = chain.steps[index]
    let turn = turn
    if turn == nil && !step.isFiled { return .afterApproval }
    if given[index] >= 0 { return .actedTwice }
    if case .nothing = waiting {} else { return .outOfOrder }
    guard let turn, step.stage != turn else { return nil }
    if step.stage > turn { return .outOfOrder }
    // A stage that has what it needs takes what comes late, but no refusal.
    return act.result == .refuses ? .outOfOrder : nil
  }

  /// Whether this person may act as this post.
  private func actor(
    _ act: Act, _ step: ApprovalChain.Step, _ person: Int
  ) throws(OutsideCalendar) -> Violation.Code? {
    let post = Int(act.post)
    let due = try due(step)
    let late = due.map { $0 < act.on } ?? false
    if chain.interveners.contains(post) {
    } else if late && step.escalate >= 0 {
      guard post == step.escalate else { return post == step.post ? .expired : .wrongPost }
    } else {
      guard post == step.post else { return .wrongPost }
      if late { return .expired }
    }
    if let code = holder(act, step, person) { return code }
    if !chain.ownRequest && chain.requester >= 0 && person == chain.requester {
      return .ownRequest
    }
    if chain.distinct && givers.contains(person) { return .samePerson }
    return nil
  }

  private func criteria(_ act: Act, _ step: ApprovalChain.Step) -> Violation.Code? {
    if act.strangeCriterion { return .unknownCriterion }
    guard let met = act.criteria else { return nil }
    if met & ~step.criteria != 0 { return .unknownCriterion }
    return act.result != .refuses && met != step.criteria ? .criteriaMissing : nil
  }

  /// The day on which a step is due; nil when it has none, or is not opened yet.
  private func due(_ step: ApprovalChain.Step) throws(OutsideCalendar) -> Day? {
    if let day = step.due { return day }
    guard let days = step.within, let opened else { return nil }
    if let calendar = step.calendar {
      guard let day = calendar.adding(days, to: opened) else {
        throw OutsideCalendar(clause: step.clause)
      }
      return day
    }
    return opened.adding(days: days) ?? .last
  }

  // MARK: What an act does

  private mutating func apply(_ act: Act, _ number: Int, _ person: Int) {
    if act.step == Act.requester {
      submitted = true
      waiting = .nothing
      returnedTo = nil
      opened = act.on
      return
    }
    guard let index = chain.steps.firstIndex(where: { $0.clause == Int(act.step) }) else { return }
    if act.result == .handsOn {
      waiting = .nothing
      opened = act.on
      if case .requester = chain.steps[index].target { waiting = .requester }
    } else if act.result == .refuses {
      refuse(index, on: act.on)
    } else {
      let before = turn
      given[index] = number
      givers[index] = person
      if turn != before { opened = act.on }
      returnedTo = nil
    }
  }

  /// A refusal ends the case, or returns it; what lies behind the return lapses.
  private mutating func refuse(_ index: Int, on day: Day) {
    let step = chain.steps[index]
    var stage = 0
    switch step.target {
    case .ends:
      // An earlier return is over: nobody goes on from there.
      ended = true
      returnedTo = nil
      return
    case .requester:
      submitted = false
      waiting = .requester
    case .step(let target): stage = chain.steps[target].stage
    }
    if step.through >= 0 { waiting = .handOn(index) }
    returnedTo = step.target
    opened = day
    for place in chain.steps.indices where chain.steps[place].stage >= stage {
      given[place] = -1
      givers[place] = -1
    }
  }

  // MARK: The state

  /// The state that the acts so far have led to.
  func state() throws(OutsideCalendar) -> HistoryState {
    var state = HistoryState()
    state.violations = violations
    for (index, act) in given.enumerated() where act >= 0 {
      state.given.append((chain.steps[index].clause, act))
    }
    switch returnedTo {
    case .requester: state.returnedTo = Int(Act.requester)
    case .step(let index): state.returnedTo = chain.steps[index].clause
    case .ends, nil: break
    }
    if ended {
      state.status = .refused
    } else if let turn {
      state.next = try next(turn)
    } else if violations.isEmpty && chain.needs.contains(where: { $0 > 0 }) {
      // An empty chain, or one that only files, has nobody who said yes.
      state.status = .approved
    }
    return state
  }

  private func next(_ turn: Int) throws(OutsideCalendar) -> [NextAct] {
    switch waiting {
    case .requester: return [NextAct(step: Int(Act.requester), by: -1)]
    case .handOn(let index):
      var next = NextAct(step: chain.steps[index].clause, by: chain.steps[index].through)
      next.handsOn = true
      return [next]
    case .nothing: break
    }
    var turns: [NextAct] = []
    for (index, step) in chain.steps.enumerated()
    where step.stage == turn && !step.isFiled && given[index] < 0 {
      var next = NextAct(step: step.clause, by: step.post)
      next.due = try due(step)
      next.overdue = next.due.map { $0 < today } ?? false
      next.escalated = next.overdue && step.escalate >= 0
      if next.escalated { next.by = step.escalate }
      turns.append(next)
    }
    return turns
  }
}
