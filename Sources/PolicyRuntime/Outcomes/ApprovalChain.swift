/// The chain of an approval as plain values, for the walk over its history.

/// The steps that are in the chain, with everything that the acts are measured against.
struct ApprovalChain {
  /// Where a refusal goes.
  enum Target {
    case ends
    case requester
    /// A step of the chain, by its index in `steps`.
    case step(Int)
  }

  /// A step of the chain.
  struct Step {
    var clause: Int
    var post: Int
    /// Its place in the order: steps side by side share a stage.
    var stage: Int
    /// The result that an act of the step has when it does not refuse.
    var yes: ActResult
    var canRefuse: Bool
    var target: Target
    /// The post that hands a refusal on; -1 none.
    var through: Int
    /// The criteria, a bit each.
    var criteria: UInt64
    /// Days from the act that opened the step; nil none.
    var within: Int?
    /// The calendar that counts them; nil counts every day.
    var calendar: BusinessCalendar?
    /// The post that acts when they have passed; -1 none.
    var escalate: Int
    /// A fixed day; nil none.
    var due: Day?
    /// Whether a delegate may give it.
    var isDelegable: Bool
    /// The amount that a delegation must cover.
    var amount: Amount?
    /// Whether its acts must say for which facts they were given.
    var isRecorded = false

    /// Whether nothing waits for it.
    var isFiled: Bool { yes == .files }
  }

  /// The steps in order.
  var steps: [Step] = []
  /// For each stage how many of its steps must be given.
  var needs: [Int] = []
  /// The posts that may intervene.
  var interveners: [Int] = []
  /// For each act of the request the number of its person; -1 for acts of other decisions.
  var persons: [Int] = []
  /// The number of the requester; -1 when nobody is named.
  var requester = -1
  var ownRequest = false
  var distinct = false
  /// Whether the set says who holds which post.
  var hasHolders = false
  /// Who holds which post, and who stands in for this approval; the numbers of their persons.
  var holders: [(row: PostHolder, person: Int, isInScope: Bool)] = []
  /// The amount that the authority of holders must cover.
  var amount: Amount?
  /// The acts that were given for another case, by their number.
  var changes: [Int: Violation] = [:]
  var delegations: [(row: Delegation, person: Int)] = []

  /// Gathers the chain; nil when something that the acts are measured against is not known or an error.
  init?(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int, _ body: Span<UInt8>
  ) {
    ownRequest = program.plans[plan].ownRequest
    distinct = program.plans[plan].distinct
    var known = true
    for index in frame.ranges[plan] where frame.found.entries[index].state == .holds {
      let clause = Int(frame.found.entries[index].clause)
      guard program.clauses[clause].role == .step else { continue }
      known = add(clause, program, &frame, plan) && known
    }
    for index in steps.indices {
      let target = program.clauses[steps[index].clause].refusalStep
      if target >= 0, let place = steps.firstIndex(where: { $0.clause == target }) {
        steps[index].target = .step(place)
      }
    }
    countNeeds(program.plans[plan].groups, program)
    guard frame.history.acts.contains(where: { Int($0.plan) == plan }) else {
      persons = Array(repeating: -1, count: frame.history.acts.count)
      if !known { return nil }
      return
    }
    for slot in program.plans[plan].interveners {
      guard let post = Machine.known(&frame, plan, slot) else {
        known = false
        continue
      }
      interveners.append(post.index)
    }
    for index in steps.indices {
      let slot = program.clauses[steps[index].clause].delegateAmount
      guard slot >= 0 else { continue }
      guard let amount = Machine.known(&frame, plan, slot) else {
        known = false
        continue
      }
      steps[index].amount = Self.amount(amount, slot, frame)
    }
    known = findScope(program.plans[plan], &frame, plan) && known
    known = findPersons(program, &frame, plan, body) && known
    if !known { return nil }
    findChanges(program, frame, plan, body)
  }

  private static func amount(_ value: Slot, _ slot: Int, _ frame: borrowing Frame) -> Amount {
    Amount(value: value.decimal, currency: frame.currencies.isEmpty ? 1 : frame.currencies[slot])
  }

  /// Whether it is known what the case is held for, and up to which amount.
  private mutating func findScope(_ entry: Plan, _ frame: inout Frame, _ plan: Int) -> Bool {
    var known = true
    for column in entry.heldColumns
    where Machine.known(&frame, plan, entry.heldFor + column) == nil {
      known = false
    }
    guard entry.heldUpTo >= 0 else { return known }
    guard let value = Machine.known(&frame, plan, entry.heldUpTo) else { return false }
    amount = Self.amount(value, entry.heldUpTo, frame)
    return known
  }

  /// Notes which acts were given for another case than this one.
  private mutating func findChanges(
    _ program: borrowing Program, _ frame: borrowing Frame, _ plan: Int, _ body: Span<UInt8>
  ) {
    let facts = program.plans[plan].facts
    for (number, act) in frame.history.acts.enumerated() where Int(act.plan) == plan {
      let isRecorded = steps.contains { $0.clause == Int(act.step) && $0.isRecorded }
      guard let recorded = act.facts else {
        if isRecorded { changes[number] = Violation(act: number, code: .notRecorded) }
        continue
      }
      var change = Violation(act: number, code: .caseChanged)
      for index in recorded where change.fact < 0 && change.recorded < 0 {
        let fact = Int(frame.clearedFacts[index].fact)
        if fact < 0 {
          change.recorded = index
        } else if !Machine.isSame(facts[fact], frame.clearedFacts[index], program, frame, body) {
          change.fact = fact
        }
      }
      if isRecorded, change.fact < 0, change.recorded < 0 {
        change.fact = Machine.unnamed(facts, recorded, frame) ?? -1
      }
      if change.fact >= 0 || change.recorded >= 0 { changes[number] = change }
    }
  }

  private mutating func add(
    _ number: Int, _ program: borrowing Program, _ frame: inout Frame, _ plan: Int
  ) -> Bool {
    let clause = program.clauses[number]
    var through = -1
    var known = true
    if clause.through >= 0 {
      if let post = Machine.known(&frame, plan, clause.through) {
        through = post.index
      } else {
        known = false
      }
    }
    let isSibling =
      clause.group >= 0 && steps.last.map { program.clauses[$0.clause].group } == clause.group
    let stage = (steps.last?.stage ?? -1) + (isSibling ? 0 : 1)
    let count = UInt64(clause.criteria.count)
    var step = Step(
      clause: number, post: frame.slots[clause.by].index, stage: stage,
      yes: ActResult(rawValue: clause.act) ?? .passes, canRefuse: !clause.onRefusal.isEmpty,
      target: clause.onRefusal == "ends" ? .ends : .requester, through: through,
      criteria: count >= 64 ? .max : (1 << count) - 1, within: nil,
      escalate: clause.escalate >= 0 ? frame.slots[clause.escalate].index : -1,
      due: clause.due >= 0 ? frame.slots[clause.due].day : nil,
      isDelegable: clause.isDelegable, isRecorded: clause.whileUnchanged)
    if clause.calendar >= 0 { step.calendar = program.calendars[clause.calendar] }
    if clause.withinDays >= 0 {
      let days = frame.slots[clause.withinDays].decimal
      if days.units >= 0, days.units % Decimal.one == 0, days.units / Decimal.one < 4_000_000 {
        step.within = Int(days.units / Decimal.one)
      } else {
        if frame.verdicts[plan].error == nil {
          frame.verdicts[plan].error = Trap(.dateOutOfRange, site: clause.site)
        }
        known = false
      }
    }
    steps.append(step)
    return known
  }

  /// How many of each stage must be given: of those that something waits for, at most all.
  private mutating func countNeeds(_ groups: [Int], _ program: borrowing Program) {
    for step in steps {
      if step.stage == needs.count { needs.append(0) }
      if !step.isFiled { needs[step.stage] += 1 }
    }
    for step in steps {
      let group = program.clauses[step.clause].group
      guard group >= 0, groups[group] >= 0 else { continue }
      needs[step.stage] = min(needs[step.stage], groups[group])
    }
  }

  /// Numbers the persons, equal ones alike.
  private mutating func findPersons(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int, _ body: Span<UInt8>
  ) -> Bool {
    var numbers: [[UInt8]: Int] = [:]
    func number(_ bytes: [UInt8]) -> Int {
      if let known = numbers[bytes] { return known }
      numbers[bytes] = numbers.count
      return numbers.count - 1
    }
    func bytes(_ slot: Slot, _ frame: borrowing Frame, _ program: borrowing Program) -> [UInt8] {
      (0..<slot.textRange.count).map {
        Texts.byte(slot, $0, program.texts.span, frame.texts.span, body)
      }
    }
    for act in frame.history.acts {
      let isOwn = Int(act.plan) == plan
      persons.append(isOwn ? number(bytes(act.person, frame, program)) : -1)
    }
    hasHolders = !program.holders.isEmpty
    let scope = program.plans[plan].heldFor
    for row in program.holders {
      guard let person = numbers[row.person] else { continue }
      // What the approval does not name is not known: nobody is held to it.
      let isInScope =
        row.scope < 0
        || scope >= 0 && Machine.match(program.holderScopes, row.scope, frame, at: scope) == .sure
      holders.append((row, person, isInScope))
    }
    for row in program.delegations where row.plan < 0 || row.plan == plan {
      if let person = numbers[row.holder.person] { delegations.append((row, person)) }
    }
    let slot = program.plans[plan].requester
    guard slot >= 0 else { return true }
    guard let person = Machine.known(&frame, plan, slot) else { return false }
    requester = number(bytes(person, frame, program))
    return true
  }
}
