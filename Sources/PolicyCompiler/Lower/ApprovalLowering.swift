/// Lowering an approval: its requirements, its steps in both codes, and what only a history asks for.
import PolicyRuntime
import PolicySource

extension ProgramBuilder {
  func lower(_ approval: TypedApproval) {
    lowerClauses(approval.requires)
    let first = program.clauses.count
    for (position, step) in approval.steps.enumerated() {
      lower(step, position, of: approval.steps, from: first)
    }
    program.plans[plan].groups = approval.groups.map { $0.need ?? -1 }
    program.plans[plan].ownRequest = approval.ownRequest
    program.plans[plan].distinct = approval.distinct
    program.plans[plan].skipsRepeats = approval.skipsRepeats
    if program.holders.isEmpty && program.delegations.isEmpty { lowerRegisters() }
    // A history makes the careful code decide, so only that one needs these.
    if let person = approval.requestedBy {
      program.plans[plan].requester = traced(.requestedBy, "", person, at: person.range) {
        careful(person, [:])
      }
    }
    program.plans[plan].interveners = approval.interveners.map { careful($0, [:]) }
  }

  private func lower(
    _ step: TypedStep, _ position: Int, of steps: [TypedStep], from first: Int
  ) {
    var entry = ClausePlan(role: .step, plan: plan, position: position, site: site(step.range))
    site = entry.site
    entry.code = step.name
    entry.label = step.label
    entry.act = step.act.rawValue
    entry.strength = step.act.strength
    entry.criteria = step.criteria
    entry.document = step.source?.document ?? ""
    entry.documentClause = step.source?.clause ?? ""
    let start = program.careful.count
    entry.by = computed(step.by)
    entry.group = step.group ?? -1
    var through: TypedExpression?
    switch step.onRefusal {
    case .requester(let post):
      entry.onRefusal = "requester"
      through = post
    case .step(let index, let post):
      entry.onRefusal = steps[index].name
      entry.refusalStep = first + index
      through = post
    case .ends: entry.onRefusal = "ends"
    case nil: break
    }
    entry.through = through.map(computed) ?? -1
    entry.isDelegable = step.isDelegable
    entry.delegateAmount = step.delegateAmount.map { careful($0, [:]) } ?? -1
    switch step.deadline {
    case .within(let days, let calendar, let escalate):
      entry.withinDays = computed(days)
      entry.calendar = calendar.map { number(ofCalendar: $0) } ?? -1
      entry.escalate = escalate.map(computed) ?? -1
    case .due(let day): entry.due = computed(day)
    case nil: break
    }
    entry.because = step.because.map { template($0, [:]) } ?? -1
    add(entry, condition: step.condition)
    trace(program.clauses.count - 1, value: step.by, code: start)
    if case .due(let day) = step.deadline {
      trace(program.clauses.count - 1, value: day, code: start)
    }
  }

  /// Who holds which post, and who stands in.
  private func lowerRegisters() {
    program.holders = set.holders.map { holder in
      PostHolder(
        person: Array(holder.person.utf8), post: holder.post, from: holder.from ?? .first,
        until: holder.until ?? .last)
    }
    for row in set.delegations {
      let own = row.decision.map { planOf[$0] } ?? -1
      guard let own else { continue }
      var delegation = Delegation(
        holder: PostHolder(
          person: Array(row.person.utf8), post: row.post, from: row.from ?? .first,
          until: row.until ?? .last), plan: own)
      if let upTo = row.upTo {
        let (slot, currency) = encode(upTo)
        delegation.bound = Amount(value: slot.decimal, currency: currency)
      }
      program.delegations.append(delegation)
    }
  }
}
