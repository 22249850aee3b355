/// What a history of acts comes to: for every act anew, from nothing but the acts that fitted before it.
import PolicyCompiler
import PolicyRuntime

/// A step that is in the chain.
struct ReferenceStep {
  /// Its index among the steps of the approval.
  let index: Int
  let name: String
  let post: Int
  var within: BigDecimal?
  var days: Int?
  /// What counts the days; nil counts every one.
  var calendar: Reference?
  var due: ReferenceDate?
  var escalate: Int?
  var through: Int?
  var amount: ReferenceValue?

  init(index: Int, name: String, post: Int) {
    self.index = index
    self.name = name
    self.post = post
  }
}

/// The semantics of histories, written as questions about a list of acts that fitted.
struct ReferenceHistory {
  /// What the acts are measured against.
  struct Rules {
    let approval: TypedApproval
    var chain: [ReferenceStep] = []
    var interveners: [Int] = []
    var requester: String?
    var name = ""
    /// Of each row of `holders` whether it is for this case.
    var inScope: [Bool] = []
    /// What the authority of a holder must cover.
    var amount: ReferenceValue?
    /// Why the acts of these numbers were given for another case.
    var changes: [Int: String] = [:]
    var set: TypedSet
  }

  /// An act that fitted, with its number.
  typealias Fitting = (number: Int, act: ReferenceAct)

  private let rules: Rules
  private let today: ReferenceDate

  init(_ rules: Rules, today: ReferenceDate) {
    self.rules = rules
    self.today = today
  }

  /// The state after all acts of the decision, in order, with their numbers.
  func state(
    after acts: [Fitting], _ types: TypeTable
  ) throws(ReferenceTrap) -> ReferenceAnswer.State {
    var fitting: [Fitting] = []
    var state = ReferenceAnswer.State(status: "open")
    var before: ReferenceAct?
    for (number, act) in acts {
      if let code = try objection(to: act, after: fitting, before, types) {
        state.violations.append((number, code))
      } else if let code = rules.changes[number] {
        state.violations.append((number, code))
      } else {
        fitting.append((number, act))
      }
      before = act
    }
    for step in rules.chain {
      if let act = standing(fitting).last(where: { $0.act.step == step.name }) {
        state.given.append((step.name, act.number))
      }
    }
    state.returnedTo = returnedTo(fitting)
    if isEnded(fitting) {
      state.status = "refused"
    } else if let stage = turn(fitting) {
      state.next = try next(stage, fitting, types)
    } else if state.violations.isEmpty, isWaitedFor {
      state.status = "approved"
    }
    return state
  }

  // MARK: Steps and stages

  private func typed(_ step: ReferenceStep) -> TypedStep { rules.approval.steps[step.index] }

  private func isFiled(_ step: ReferenceStep) -> Bool { typed(step).act == .files }

  /// Steps side by side are one stage; the stage of a step is the name of its first.
  private var stages: [[ReferenceStep]] {
    var stages: [[ReferenceStep]] = []
    for step in rules.chain {
      if let group = typed(step).group, let last = stages.last?.first, typed(last).group == group {
        stages[stages.count - 1].append(step)
      } else {
        stages.append([step])
      }
    }
    return stages
  }

  private func stage(of name: String) -> Int? {
    stages.firstIndex { $0.contains { $0.name == name } }
  }

  private func need(_ stage: [ReferenceStep]) -> Int {
    let waited = stage.filter { !isFiled($0) }.count
    guard let group = stage.first.flatMap({ typed($0).group }) else { return waited }
    return min(waited, rules.approval.groups[group].need ?? waited)
  }

  private var isWaitedFor: Bool { rules.chain.contains { !isFiled($0) } }

  // MARK: What the acts that fitted say

  /// The stage to which a refusal of a step returns; -1 the requester, nil when it ends the case.
  private func target(_ name: String) -> Int? {
    guard let step = rules.chain.first(where: { $0.name == name }) else { return nil }
    switch typed(step).onRefusal {
    case .ends: return nil
    case .step(let index, _): return stage(of: rules.approval.steps[index].name) ?? -1
    default: return -1
    }
  }

  private func isEnded(_ acts: [Fitting]) -> Bool {
    acts.contains { $0.act.result == "refuses" && target($0.act.step) == nil }
  }

  /// The acts of steps that no later refusal has taken back.
  private func standing(_ acts: [Fitting]) -> [Fitting] {
    acts.indices.filter { place in
      let act = acts[place].act
      guard act.step != "requester", act.result != "refuses", act.result != "hands_on",
        let own = stage(of: act.step)
      else { return false }
      return !acts[place...].contains { later in
        later.act.result == "refuses" && (target(later.act.step).map { $0 <= own } ?? false)
      }
    }.map { acts[$0] }
  }

  private func isGiven(_ step: ReferenceStep, _ acts: [Fitting]) -> Bool {
    standing(acts).contains { $0.act.step == step.name }
  }

  /// The first stage that lacks an act.
  private func turn(_ acts: [Fitting]) -> Int? {
    stages.indices.first { place in
      let stage = stages[place]
      return stage.filter { !isFiled($0) && isGiven($0, acts) }.count < need(stage)
    }
  }

  /// The step whose refusal has still to be handed on.
  private func toHandOn(_ acts: [Fitting]) -> ReferenceStep? {
    guard let last = acts.lastIndex(where: { $0.act.result == "refuses" }),
      let step = rules.chain.first(where: { $0.name == acts[last].act.step }),
      step.through != nil, target(step.name) != nil,
      !acts[last...].contains(where: { $0.act.result == "hands_on" })
    else { return nil }
    return step
  }

  /// Whether the requester has submitted since the last return, and whether nothing goes on without that.
  private func submission(_ acts: [Fitting]) -> (isDone: Bool, isAwaited: Bool) {
    let back = acts.lastIndex { $0.act.result == "refuses" && target($0.act.step) == -1 }
    let round = back.map { acts[$0...] } ?? acts[...]
    let isDone = round.contains { $0.act.result == "submits" }
    let first = stages.first { need($0) > 0 } ?? []
    let counts = first.contains { !isFiled($0) && $0.days != nil }
    return (isDone, !isDone && (back != nil || counts))
  }

  private func returnedTo(_ acts: [Fitting]) -> String? {
    guard
      let last = acts.lastIndex(where: { $0.act.result == "refuses" && target($0.act.step) != nil }
      ),
      acts[(last + 1)...].allSatisfy({ $0.act.result == "hands_on" }),
      let step = rules.chain.first(where: { $0.name == acts[last].act.step })
    else { return nil }
    if case .step(let index, _) = typed(step).onRefusal, target(step.name) != -1 {
      return rules.approval.steps[index].name
    }
    return "requester"
  }

  /// The day on which the stage in turn was opened.
  private func opened(_ acts: [Fitting]) -> ReferenceDate? {
    for place in acts.indices.reversed() {
      let before = Array(acts[..<place])
      let opens =
        ["submits", "hands_on", "refuses"].contains(acts[place].act.result)
        || turn(before) != turn(before + [acts[place]])
      if opens { return ReferenceDate(literal: acts[place].act.on) }
    }
    return nil
  }

  private func due(
    _ step: ReferenceStep, _ acts: [Fitting]
  ) throws(ReferenceTrap) -> ReferenceDate? {
    if let due = step.due { return due }
    guard let days = step.days, let opened = opened(acts) else { return nil }
    if let calendar = step.calendar {
      guard let day = ReferenceCalendar(rules.set, calendar).step(opened, days) else {
        throw ReferenceTrap(name: "outside_calendar")
      }
      return day
    }
    return opened.adding(days: days) ?? ReferenceDate(year: 9999, month: 12, day: 31)
  }

  // MARK: What does not fit

  private func objection(
    to act: ReferenceAct, after acts: [Fitting], _ before: ReferenceAct?, _ types: TypeTable
  ) throws(ReferenceTrap) -> String? {
    let on = ReferenceDate(literal: act.on)
    if on > today { return "in_the_future" }
    if let before, on < ReferenceDate(literal: before.on) { return "date_order" }
    let isRequester = act.step == "requester"
    if !isRequester {
      if !rules.approval.steps.contains(where: { $0.name == act.step }) { return "unknown_step" }
      if stage(of: act.step) == nil { return "not_in_chain" }
    }
    if isEnded(acts) { return "after_end" }
    if isRequester { return objection(toSubmission: act, after: acts) }
    guard let step = rules.chain.first(where: { $0.name == act.step }) else { return nil }
    if act.result == "hands_on" {
      guard toHandOn(acts)?.name == step.name else { return "out_of_order" }
      if post(act, types) != step.through { return "wrong_post" }
      return act.isDelegate ? "not_a_delegate" : holder(act, types)
    }
    let canRefuse = typed(step).onRefusal != nil
    let possible = canRefuse ? ["passes", "refuses"] : [typed(step).act.rawValue]
    if !possible.contains(act.result) { return "impossible_result" }
    if let code = order(act, step, acts) { return code }
    return try actor(act, step, acts, types) ?? criteria(act, step)
  }

  private func objection(toSubmission act: ReferenceAct, after acts: [Fitting]) -> String? {
    if act.result != "submits" { return "impossible_result" }
    if turn(acts) == nil, isWaitedFor { return "after_approval" }
    let (isDone, isAwaited) = submission(acts)
    if isDone { return "acted_twice" }
    if toHandOn(acts) != nil { return "out_of_order" }
    if !isAwaited, !standing(acts).isEmpty { return "out_of_order" }
    if let requester = rules.requester, !Self.same(requester, act.person) {
      return "not_the_requester"
    }
    return nil
  }

  private func order(
    _ act: ReferenceAct, _ step: ReferenceStep, _ acts: [Fitting]
  ) -> String? {
    let own = stage(of: step.name) ?? 0
    let turn = turn(acts)
    if turn == nil, !isFiled(step) { return "after_approval" }
    if isGiven(step, acts) { return "acted_twice" }
    if toHandOn(acts) != nil || submission(acts).isAwaited { return "out_of_order" }
    guard let turn else { return nil }
    if own > turn || (own < turn && act.result == "refuses") { return "out_of_order" }
    return nil
  }

  private func actor(
    _ act: ReferenceAct, _ step: ReferenceStep, _ acts: [Fitting], _ types: TypeTable
  ) throws(ReferenceTrap) -> String? {
    let post = post(act, types)
    let isLate = try due(step, acts).map { $0 < ReferenceDate(literal: act.on) } ?? false
    if post == nil || !rules.interveners.contains(post ?? 0) {
      let wanted = isLate ? step.escalate ?? step.post : step.post
      if post != wanted { return post == step.post ? "expired" : "wrong_post" }
      if isLate, step.escalate == nil { return "expired" }
    }
    if let code = act.isDelegate ? delegate(act, step, types) : holder(act, types) { return code }
    if !rules.approval.ownRequest, let requester = rules.requester,
      Self.same(requester, act.person)
    {
      return "own_request"
    }
    let isRepeat = standing(acts).contains { Self.same($0.act.person, act.person) }
    return rules.approval.distinct && isRepeat ? "same_person" : nil
  }

  /// Whether the person holds the post on that day, as far as anything says who does.
  private func holder(_ act: ReferenceAct, _ types: TypeTable) -> String? {
    if rules.set.holders.isEmpty { return nil }
    let own = rules.set.holders.enumerated().filter { _, row in
      row.post == post(act, types) && Self.same(row.person, act.person)
        && Self.holds(act.on, row.from, row.until)
    }
    if own.isEmpty { return "not_a_holder" }
    let here = own.filter { rules.inScope[$0.offset] }
    if here.isEmpty { return "outside_scope" }
    return here.contains { covers($0.element.upTo, rules.amount) } ? nil : "beyond_authority"
  }

  /// Whether a delegation names the person for the post, the day, the approval and the amount.
  private func delegate(
    _ act: ReferenceAct, _ step: ReferenceStep, _ types: TypeTable
  ) -> String? {
    guard typed(step).isDelegable, post(act, types) == step.post else { return "not_a_delegate" }
    let fits = rules.set.delegations.contains { row in
      let decision = row.decision.map { reference in
        let policy = rules.set.policies[reference.policy]
        return "\(policy.name).\(policy.decisions[reference.index].name)"
      }
      return row.post == step.post && Self.same(row.person, act.person)
        && Self.holds(act.on, row.from, row.until) && (decision ?? rules.name) == rules.name
        && covers(row.upTo, step.amount)
    }
    return fits ? nil : "not_a_delegate"
  }

  private func covers(_ bound: Constant?, _ amount: ReferenceValue?) -> Bool {
    guard let bound else { return true }
    guard let amount else { return false }
    return ReferenceValue.order(amount, ReferenceValue(bound)) { $0 <= 0 } == .bool(true)
  }

  static func holds(_ day: Day, _ from: Day?, _ until: Day?) -> Bool {
    let day = ReferenceDate(literal: day)
    if let from, day < ReferenceDate(literal: from) { return false }
    if let until, ReferenceDate(literal: until) < day { return false }
    return true
  }

  private func criteria(_ act: ReferenceAct, _ step: ReferenceStep) -> String? {
    guard let met = act.criteria else { return nil }
    let count = typed(step).criteria.count
    if met.contains(where: { $0 > count }) { return "unknown_criterion" }
    return act.result != "refuses" && Set(met).count < count ? "criteria_missing" : nil
  }

  private func post(_ act: ReferenceAct, _ types: TypeTable) -> Int? {
    types.posts.firstIndex { $0.name == act.post }
  }

  /// By scalars: equivalent texts are not the same person.
  static func same(_ a: String, _ b: String) -> Bool {
    Array(a.unicodeScalars) == Array(b.unicodeScalars)
  }

  // MARK: Who may act

  private func next(
    _ stage: Int, _ acts: [Fitting], _ types: TypeTable
  ) throws(ReferenceTrap) -> [String] {
    if let step = toHandOn(acts) {
      return ["\(step.name) \(types.posts[step.through ?? 0].name) hands_on"]
    }
    if submission(acts).isAwaited { return ["requester submits"] }
    var turns: [String] = []
    for step in stages[stage] where !isFiled(step) && !isGiven(step, acts) {
      let due = try due(step, acts)
      let isLate = due.map { $0 < today } ?? false
      let post = isLate ? step.escalate ?? step.post : step.post
      turns.append(
        "\(step.name) \(types.posts[post].name) \(typed(step).act.rawValue)"
          + (due.map { " due \($0.text)" } ?? "") + (isLate ? " overdue" : "")
          + (isLate && step.escalate != nil ? " escalated" : ""))
    }
    return turns
  }
}
