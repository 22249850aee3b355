/// Lowering a decision: its clauses in both codes, and what answers say about them.
import PolicyRuntime
import PolicySource

extension ProgramBuilder {
  /// Adds the plan of a decision and its code.
  func lowerPlan(_ reference: Reference) {
    let policy = set.policies[reference.policy]
    let decision = policy.decisions[reference.index]
    let own = reference == main
    plan = program.plans.count
    site = site(decision.range)
    var entry = Plan(
      kind: decision.body.kind, name: "\(policy.name).\(decision.name)", shortName: decision.name)
    entry.site = site
    program.plans.append(entry)
    program.computations.append([])
    let first = program.clauses.count
    memoize(decision)
    let end = Label()
    if let applies = decision.appliesWhen {
      let skip = Label()
      branch(applies, when: true, to: skip, [:])
      emit(Instruction(.inapplicable, a: plan), to: end)
      place(skip)
      let slot = traced(.appliesWhen, "", applies, at: applies.range) { careful(applies, [:]) }
      if own { lower(decision.scopes) }
      careful(CarefulInstruction(.applies, a: plan, b: slot, site: site))
    }
    lowerBody(decision.body)
    if own { lowerConsequences(decision) }
    place(end)
    emit(concluding(decision, own: own))
    careful(CarefulInstruction(.conclude, a: plan, site: site))
    program.plans[plan].clauses = first..<program.clauses.count
    if case .approval = decision.body { program.plans[plan].facts = actFacts(of: decision) }
  }

  /// Computes definitions without arguments once: in the careful code all that the plan needs, in the
  /// straight code those that are used more than once.
  private func memoize(_ decision: TypedDecision) {
    var counts: [Reference: Int] = [:]
    var found: [Reference] = []
    func count(_ expression: TypedExpression) {
      if case .call(let reference, let arguments) = expression.kind {
        let define = set.policies[reference.policy].defines[reference.index]
        let known = counts[reference] != nil
        counts[reference, default: 0] += 1
        if !known { count(define.body) }
        if !known && arguments.isEmpty && !isCompound(define.body.type) { found.append(reference) }
      }
      expression.visitChildren(count)
    }
    decision.visitCodeExpressions(count)
    for reference in found {
      let define = set.policies[reference.policy].defines[reference.index]
      if carefulMemo[reference] == nil {
        let slot = marked(site(define.range)) {
          traced(.define, define.name, define.body, at: define.range) { careful(define.body, [:]) }
        }
        carefulMemo[reference] = slot
      }
      if straightMemo[reference] == nil, counts[reference, default: 0] > 1 {
        straightMemo[reference] = straight(define.body, [:])
      }
    }
  }

  /// The instruction that combines the clauses of the plan.
  private func concluding(_ decision: TypedDecision, own: Bool) -> Instruction {
    var short: Plan.Short?
    var operand = 0
    switch decision.body {
    case .release: short = .release
    case .check: short = .check
    case .approval: short = .approval
    case .grade(let grade):
      short = .grade
      operand = grade.otherwise
    case .value:
      short = .value
      operand = program.plans[plan].valueSlot
    case .limit: break
    }
    if program.plans[plan].sorts || program.plans[plan].skipsRepeats { short = nil }
    return Instruction(
      .conclude, a: plan, b: operand, c: short?.rawValue ?? 0, mask: own ? 1 : 0)
  }

  /// The instruction that a clause holds, by its role.
  private func firing(_ number: Int, loop: Int = -1) -> Instruction {
    let clause = program.clauses[number]
    let fire: Instruction.Operation = loop < 0 ? .fire : .fireItem
    switch clause.role {
    case .band: return Instruction(.fireBand, a: number, b: -1, c: clause.member)
    case .gradeCap: return Instruction(.fireCap, a: number, b: -1, c: clause.member)
    case .deny: return Instruction(fire, a: number, b: loop, mask: 1)
    case .hold: return Instruction(fire, a: number, b: loop, mask: 2)
    case .problem: return Instruction(fire, a: number, b: loop, mask: 4)
    default: return Instruction(fire, a: number, b: loop)
    }
  }

  private func lowerBody(_ body: TypedDecision.Body) {
    switch body {
    case .release(let clauses):
      lowerClauses(clauses)
    case .check(let clauses):
      lowerClauses(clauses)
    case .approval(let approval): lower(approval)
    case .limit(let limit): lower(limit)
    case .grade(let grade): lower(grade)
    case .value(let expression) where isCompound(expression.type): lowerCompound(expression)
    case .value(let expression):
      let slot = temporary()
      _ = traced(.value, "", expression, at: expression.range) {
        compute(expression, into: slot)
        return slot
      }
      program.plans[plan].valueSlot = slot
      program.plans[plan].valueForm = form(of: expression.type)
    }
  }

  /// Computes a value in both codes into one slot.
  func compute(_ expression: TypedExpression, into slot: Int) {
    straight(expression, into: slot)
    careful(CarefulInstruction(.move, a: careful(expression, [:]), d: slot, site: site))
  }

  /// Computes a value in the straight code into one slot; a result that nothing else reads goes there at once.
  private func straight(_ expression: TypedExpression, into slot: Int) {
    let first = program.blank.count
    let result = straight(expression, [:])
    switch expression.kind {
    case .arithmetic, .lookup(_, _, _, nil):
      let last = program.straight.count - 1
      if result >= first, last >= 0, lastLabel <= last, !tooLarge,
        program.straight[last].target == result
      {
        program.straight[last].target = slot
        return
      }
    default: break
    }
    emit(Instruction(.move, a: result, target: slot))
  }

  /// The slot of a value in both codes: constants and facts stay where they are.
  func computed(_ expression: TypedExpression) -> Int {
    switch expression.kind {
    case .constant(let constant): return slot(of: constant)
    default:
      let slot = temporary()
      compute(expression, into: slot)
      return slot
    }
  }

  // MARK: Clauses

  func lowerClauses(_ clauses: [TypedClause]) {
    let index = ClauseGrouping(clauses, self)
    var starts: [Int: [Int]] = [:]
    for (position, clause) in clauses.enumerated() {
      let number = add(clause, position)
      if index.key(of: position) == nil { straightClause(clause, number) }
      carefulClause(clause, number)
    }
    guard index.isUseful else { return }
    let (after, first) = (Label(), program.clauses.count - clauses.count)
    let slot = straight(index.subject, [:])
    emit(Instruction(.dispatch, a: program.indices.count, b: slot), to: after)
    for (position, clause) in clauses.enumerated() {
      guard let key = index.key(of: position) else { continue }
      starts[key, default: []].append(program.straight.count)
      straightClause(clause, first + position, condition: index.rest(of: position))
      emit(Instruction(.dispatched, a: program.indices.count))
    }
    place(after)
    program.indices.append(index.table(starts))
    program.plans[plan].sorts = program.plans[plan].sorts || index.mixes
  }

  /// Adds a clause, and what a trace says of it.
  func append(_ entry: ClausePlan) {
    program.clauses.append(entry)
    program.traces.append(ClauseTrace())
  }

  /// The clause's place in the answer.
  private func add(_ clause: TypedClause, _ position: Int) -> Int {
    let role: ClausePlan.Role
    switch clause.effect {
    case .deny: role = .deny
    case .hold: role = .hold
    case .invalid: role = .problem
    }
    var entry = ClausePlan(
      role: role, plan: plan, position: position, site: site(clause.range))
    entry.code = clause.code
    entry.document = clause.source?.document ?? ""
    entry.documentClause = clause.source?.clause ?? ""
    append(entry)
    return program.clauses.count - 1
  }

  private func straightClause(
    _ clause: TypedClause, _ number: Int, condition: TypedExpression? = nil
  ) {
    site = program.clauses[number].site
    let skip = Label()
    guard let forEach = clause.forEach else {
      branch(condition ?? clause.condition, when: false, to: skip, [:])
      emit(firing(number))
      return place(skip)
    }
    let (loop, binding) = makeLoop(
      listSlot: straight(forEach.list, [:]), nodes: listNodes(forEach.list, [:]))
    let exit = Label()
    emit(Instruction(.loop, a: loop), to: exit)
    let body = program.straight.count
    branch(clause.condition, when: false, to: skip, [forEach.variable.id: binding])
    emit(firing(number, loop: loop))
    place(skip)
    emit(Instruction(.next, a: loop, target: body))
    place(exit)
  }

  private func carefulClause(_ clause: TypedClause, _ number: Int) {
    site = program.clauses[number].site
    var scope: [Int: Binding] = [:]
    var loop = -1
    var begin = 0
    var listSlot = 0
    var mark = 0
    if let forEach = clause.forEach {
      listSlot = careful(forEach.list, [:])
      let made = makeLoop(listSlot: listSlot, nodes: listNodes(forEach.list, [:]))
      loop = made.loop
      scope[forEach.variable.id] = made.binding
      mark = temporary()
      begin = careful(CarefulInstruction(.loop, a: loop, d: mark, site: site))
    }
    let first = program.careful.count
    let verdict = careful(clause.condition, scope)
    trace(number, code: first, clause.condition, scope)
    if let requirement = clause.requirement { trace(number, requirement: requirement) }
    let (upTo, days) = clearing(clause.clearedBy, number, scope)
    careful(
      CarefulInstruction(
        .record, a: number, b: verdict, c: loop < 0 ? 0xFFFF : loop, d: upTo, e: days, site: site))
    program.traces[number].code = first..<max(first, program.careful.count - 1)
    if loop >= 0 {
      careful(CarefulInstruction(.next, a: loop, d: mark, e: first, site: site))
      program.careful[begin].e = Int32(program.careful.count)
      let fault = temporary()
      careful(CarefulInstruction(.move, a: slot(of: .bool(false)), d: fault, site: site))
      careful(CarefulInstruction(.listFault, b: listSlot, d: fault, site: site))
      careful(
        CarefulInstruction(
          .record, a: number, b: fault, c: 0xFFFF, d: -1, e: days, site: site))
    }
    program.clauses[number].loop = loop
    program.clauses[number].facts = recorded(clause, scope)
    program.clauses[number].whileUnchanged = clause.clearedBy?.whileUnchanged ?? false
    program.clauses[number].template = template(clause.text, scope)
    program.clauses[number].because = clause.because.map { template($0, scope) } ?? -1
  }

  // MARK: Duties, copies

  /// Adds a clause without `for each`: its condition in both codes.
  func add(_ entry: ClausePlan, condition: TypedExpression?, then label: Label? = nil) {
    append(entry)
    let number = program.clauses.count - 1
    guard let condition else {
      emit(firing(number), to: label ?? Label())
      careful(
        CarefulInstruction(
          .record, a: number, b: slot(of: .bool(true)), c: 0xFFFF, d: -1, site: site))
      return
    }
    let skip = Label()
    branch(condition, when: false, to: skip, [:])
    emit(firing(number), to: label ?? Label())
    place(skip)
    let start = program.careful.count
    let verdict = careful(condition, [:])
    program.clauses[number].facts = facts(of: condition, [:])
    trace(number, code: start, condition)
    careful(
      CarefulInstruction(.record, a: number, b: verdict, c: 0xFFFF, d: -1, site: site))
  }

  private func lowerConsequences(_ decision: TypedDecision) {
    for (position, duty) in decision.duties.enumerated() {
      var entry = ClausePlan(role: .duty, plan: plan, position: position, site: site(duty.range))
      site = entry.site
      entry.code = duty.code
      entry.trigger = duty.trigger.rawValue
      entry.outcomes = duty.trigger.outcomes(of: decision.body.kind).rawValue
      let start = program.careful.count
      entry.by = computed(duty.by)
      entry.due = duty.due.map(computed) ?? -1
      entry.because = duty.because.map { template($0, [:]) } ?? -1
      entry.document = duty.source?.document ?? ""
      entry.documentClause = duty.source?.clause ?? ""
      entry.template = template(duty.text, [:])
      add(entry, condition: duty.condition)
      for value in [duty.by, duty.due].compactMap(\.self) {
        trace(program.clauses.count - 1, value: value, code: start)
      }
    }
    for (position, copy) in decision.copies.enumerated() {
      var entry = ClausePlan(role: .copy, plan: plan, position: position, site: site(copy.range))
      site = entry.site
      entry.form = copy.kind.rawValue
      let start = program.careful.count
      entry.to = copy.to.map { (slot: computed($0), form: form(of: $0.type)) }
      add(entry, condition: copy.condition)
      for value in copy.to { trace(program.clauses.count - 1, value: value, code: start) }
    }
  }

  // MARK: Texts

  /// The number of a text; its holes are lowered behind all plans.
  func template(_ text: TypedText, _ scope: [Int: Binding]) -> Int {
    program.templates.append(Template([]))
    pendingTemplates.append((program.templates.count - 1, text, scope, plan))
    return program.templates.count - 1
  }

  /// What an answer says of each `applies when` that is false.
  private func lower(_ scopes: [TypedScope]) {
    for scope in scopes {
      var entry = ScopePlan(site: site(scope.range), condition: site(scope.condition.range))
      entry.because = scope.because.map { template($0, [:]) } ?? -1
      entry.document = scope.source?.document ?? ""
      entry.documentClause = scope.source?.clause ?? ""
      entry.facts = facts(of: scope.condition, [:])
      program.plans[plan].scopes.append(entry)
    }
    // Of several the answer looks which are false.
    if scopes.count > 1 { pendingScopes = scopes.map(\.condition) }
  }

  /// Lowers the holes of all texts: paths and constants are read where they stand, the rest has code of its own.
  func lowerTemplates() {
    memoizes = false
    for (index, condition) in pendingScopes.enumerated() {
      plan = program.plans.count - 1
      let start = program.careful.count
      let slot = careful(condition, [:])
      program.plans[plan].scopes[index].test = (slot, start..<program.careful.count)
    }
    for (index, text, scope, plan) in pendingTemplates {
      self.plan = plan
      program.templates[index] = Template(
        text.parts.map { part in
          switch part {
          case .letters(let letters): return .letters(Array(letters.utf8))
          case .missing(let label): return .missing(label: label)
          case .hole(let expression):
            let start = program.careful.count
            let slot = careful(expression, scope)
            return .hole(
              slot: slot, form: form(of: expression.type), code: start..<program.careful.count)
          }
        })
    }
  }
}

extension TypedDecision.Body {
  var kind: Plan.Kind {
    switch self {
    case .release: .release
    case .approval: .approval
    case .limit: .limit
    case .grade: .grade
    case .check: .check
    case .value: .value
    }
  }
}

extension DutyTrigger {
  /// The outcomes of a kind on which the duty is listed.
  func outcomes(of kind: Plan.Kind) -> Outcomes {
    switch self {
    case .allow: .allow
    case .approved: [.open, .approved]
    case .valid: .valid
    case .within: .within
    case .refusal: kind == .approval ? [.open, .refused] : [.deny, .hold, .invalid, .exceeded]
    case .always:
      [
        .allow, .hold, .deny, .open, .approved, .refused, .invalid, .valid, .within, .exceeded,
        .value, .grade, .needs,
      ]
    }
  }
}
