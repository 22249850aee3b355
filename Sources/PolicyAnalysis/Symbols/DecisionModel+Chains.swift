/// Approvals, limits and grades while their facts are open; and what follows from an answer: duties and copies.
internal import PolicyCompiler
internal import PolicyRuntime

extension Interpreter {
  // MARK: Approvals

  func approval(_ approval: TypedApproval, _ model: inout DecisionModel) {
    let invalid = problems(approval.requires, &model)
    var chain = approval.steps.map { step -> (truth: Truth, by: Scalar) in
      (step.condition.map { self.truth($0) } ?? Truth.yes, scalar(step.by))
    }
    var open: [Formula] = []
    for (step, (truth, by)) in zip(approval.steps, chain) {
      model.error = formulas.any([
        model.error, truth.error, formulas.and(truth.yes, by.error),
      ])
      open.append(unknown(truth))
      open.append(formulas.and(truth.yes, by.unknown))
      // A deadline that is not known leaves the chain open as well.
      for value in deadline(of: step) {
        model.error = formulas.or(model.error, formulas.and(truth.yes, value.error))
        open.append(formulas.and(truth.yes, value.unknown))
      }
      model.clauses.append(
        ClauseModel(
          kind: .step, name: step.name, isConditional: step.condition != nil, truth: truth,
          effective: truth.yes, range: step.range))
    }
    if approval.skipsRepeats {
      chain = withoutRepeats(chain, approval.steps)
      for (index, step) in approval.steps.enumerated() {
        let place = model.clauses.count - approval.steps.count + index
        if model.clauses[place].name == step.name {
          model.clauses[place].effective = chain[index].truth.yes
        }
      }
    }
    var isOpen = formulas.any(open + [unknown(invalid)])
    var isChain = formulas.all([invalid.yes.negated, isOpen.negated])
    if context.scope.unknownFacts, context.scope.histories, let first = approval.steps.first {
      // What a history is measured by, such as a last day, may be unknown or an error too.
      let rules = result(
        "rules(\(model.name))", .truth, Stretches(values: [0, 2, 3]), first.by)
      let asked = formulas.and(historyIsThere, isChain)
      model.error = formulas.or(
        model.error, formulas.and(asked, formulas.inside(rules, Stretches(3))))
      isOpen = formulas.or(isOpen, formulas.and(asked, formulas.inside(rules, Stretches(2))))
      isChain = formulas.and(isChain, isOpen.negated)
    }
    for (step, (truth, by)) in zip(approval.steps, chain) {
      var part = AnswerPart(
        key: .step(step.name), label: step.label, when: formulas.and(isChain, truth.yes),
        range: step.range)
      part.figure = by
      part.scale = .names(.posts)
      part.rule = rule(of: step, approval)
      model.parts.append(part)
    }
    model.outcomes = [
      ("chain", isChain), ("invalid", invalid.yes),
      ("needs", formulas.and(invalid.yes.negated, isOpen)),
    ]
    model.answers[.invalid] = invalid
    model.answers[.chain] = not(invalid)
    addStates(isChain, invalid, &model)
  }

  /// What the deadline of a step is made of.
  private func deadline(of step: TypedStep) -> [Scalar] {
    switch step.deadline {
    case .within(let days, _, let post)?: [scalar(days)] + (post.map { [scalar($0)] } ?? [])
    case .due(let day)?: [scalar(day)]
    case nil: []
    }
  }

  /// Whether a case is approved, open or refused hangs on its history.
  private func addStates(_ isChain: Formula, _ invalid: Truth, _ model: inout DecisionModel) {
    guard context.scope.histories else {
      // Without a history nothing is approved, and whether it was refused is not known.
      model.answers[.approved] = .no
      let open = Truth(yes: .no, no: invalid.yes)
      model.answers[.open] = open
      model.answers[.refused] = open
      return
    }
    let steps = model.parts.map { part in
      "\(part.when.code) \(part.rule) \(part.figure.map { key(of: .scalar($0)) } ?? "")"
    }
    model.chainKey = "\(isChain.code)|\(steps.joined(separator: "|"))"
    // One history may have approved a case of one of two sets or requests alone, unless the chains are the same.
    let isFirst = context.isFirstChain(model.chainKey, of: model.name)
    let name = isFirst ? model.name : model.name + " raised"
    func flag(_ role: Fact.Role) -> Formula {
      formulas.inside(
        space.fact(role, .truth, Stretches(0, 1), label: model.name), Stretches(1))
    }
    let approved = formulas.and(isChain, flag(.approved(name)))
    let refused = formulas.all([isChain, flag(.refused(name)), approved.negated])
    let open = formulas.all([isChain, approved.negated, refused.negated])
    let history = historyIsThere
    // Of a chain that is not known yet it is not known either, whether it was approved.
    let settled = formulas.or(isChain, invalid.yes)
    func known(_ truth: Formula) -> Truth {
      Truth(
        yes: formulas.and(history, truth),
        no: formulas.or(
          invalid.yes, formulas.all([history, settled, truth.negated])))
    }
    model.answers[.approved] = known(approved)
    model.answers[.refused] = known(refused)
    model.answers[.open] = known(open)
  }

  /// Whether the request brings a history.
  var historyIsThere: Formula {
    let fact = space.fact(.history, .truth, Stretches(0, 1), label: "history")
    return formulas.inside(fact, Stretches(1))
  }

  /// Of the steps of one post the one with the strongest act stays, of equals the first.
  private func withoutRepeats(
    _ chain: [(truth: Truth, by: Scalar)], _ steps: [TypedStep]
  ) -> [(truth: Truth, by: Scalar)] {
    chain.indices.map { index in
      var beaten: [Formula] = []
      for other in chain.indices where other != index {
        let (own, rival) = (steps[index].act.strength, steps[other].act.strength)
        guard rival > own || (rival == own && other < index) else { continue }
        let same = compare(.equal, chain[index].by, chain[other].by).yes
        beaten.append(formulas.and(chain[other].truth.yes, same))
      }
      let stays = formulas.any(beaten).negated
      var truth = chain[index].truth
      truth.yes = formulas.and(truth.yes, stays)
      truth.no = formulas.or(truth.no, formulas.and(chain[index].truth.yes, stays.negated))
      return (truth, chain[index].by)
    }
  }

  /// Everything of a step that is the same for all requests, and the figures that its deadline hangs on.
  private func rule(of step: TypedStep, _ approval: TypedApproval) -> String {
    func part(_ expression: TypedExpression?) -> String {
      expression.map { key(of: value($0, Names())) } ?? ""
    }
    func name(of index: Int) -> String { approval.steps[index].name }
    var parts = [step.act.rawValue] + step.criteria
    switch step.onRefusal {
    case .requester(let through)?: parts.append("requester \(part(through))")
    case .step(let index, let through)?: parts.append("to \(name(of: index)) \(part(through))")
    case .ends?: parts.append("ends")
    case nil: break
    }
    if step.isDelegable { parts.append("delegable \(part(step.delegateAmount))") }
    switch step.deadline {
    case .within(let days, let calendar, let post)?:
      let named = calendar.map { set.policies[$0.policy].calendars[$0.index].name } ?? ""
      parts.append("within \(part(days)) \(named) \(part(post))")
    case .due(let day)?: parts.append("due \(part(day))")
    case nil: break
    }
    if let group = step.group {
      parts.append("together \(group) \(approval.groups[group].need.map(String.init) ?? "all")")
    }
    if step.whileUnchanged { parts.append("unchanged") }
    parts.append("\(approval.ownRequest) \(approval.distinct) \(part(approval.requestedBy))")
    parts += approval.interveners.map(part)
    parts.append(registers)
    return parts.joined(separator: " · ")
  }

  /// Who holds posts and who stands in for whom: what acts are measured against.
  private var registers: String {
    func post(_ index: Int) -> String { set.types.posts[index].name }
    func days(_ from: Day?, _ until: Day?) -> String { "\(from?.text ?? "")-\(until?.text ?? "")" }
    let holders = set.holders.map { one in
      let scope = one.scope.map { print(of: $0) }.joined(separator: ",")
      return "\(one.person)=\(post(one.post)) \(days(one.from, one.until)) \(scope) "
        + (one.upTo.map { "\(place(of: $0))" } ?? "")
    }
    let delegations = set.delegations.map { one in
      let decision = one.decision.map { place in
        let policy = set.policies[place.policy]
        return "\(policy.name).\(policy.decisions[place.index].name)"
      }
      return "\(one.person)~\(post(one.post)) \(days(one.from, one.until)) \(decision ?? "") "
        + (one.upTo.map { "\(place(of: $0))" } ?? "")
    }
    return (holders + delegations).joined(separator: ";")
  }

  // MARK: Limits

  func limit(_ limit: TypedLimit, _ model: inout DecisionModel) {
    var best = Scalar([])
    best.absent = .yes
    var open: [Formula] = []
    let first = limit.caps.first?.amount
    var counted: [(counts: Truth, amount: Scalar)] = []
    for cap in limit.caps {
      let counts = cap.condition.map { self.truth($0) } ?? Truth.yes
      let amount = scalar(cap.amount)
      model.error = formulas.any([
        model.error, counts.error, formulas.and(counts.yes, amount.error),
      ])
      open.append(formulas.or(unknown(counts), formulas.and(counts.yes, amount.unknown)))
      // An amount that is not known caps nothing yet.
      let caps = formulas.and(counts.yes, amount.unknown.negated)
      let least = extreme(best, amount, isLeast: true, first ?? cap.amount)
      best =
        choose(
          Truth(yes: caps, no: caps.negated), .scalar(least), .scalar(best)
        ).scalar
      counted.append((counts, amount))
    }
    for (index, cap) in limit.caps.enumerated() {
      let (counts, amount) = counted[index]
      // Of equal caps the first binds.
      let lower = counted.indices.filter { $0 != index }.map { other in
        formulas.and(
          counted[other].counts.yes,
          compare(other < index ? .lessOrEqual : .less, counted[other].amount, amount).yes)
      }
      model.clauses.append(
        ClauseModel(
          kind: .cap, name: cap.form.word, isConditional: cap.condition != nil, truth: counts,
          effective: formulas.and(counts.yes, formulas.any(lower).negated), range: cap.range))
    }
    let zero = Scalar(0)
    let used = limit.used.map { scalar($0) } ?? zero
    let asked = limit.asked.map { scalar($0) } ?? zero
    let warnFrom = limit.warnFrom.map { scalar($0) }
    model.error = formulas.any([
      model.error, used.error, asked.error, warnFrom?.error ?? .no,
    ])
    open += [used.unknown, asked.unknown, warnFrom?.unknown ?? .no]
    guard let any = first else { return }
    let total = join(used, asked, any) { x, y in x.adding(y).map { Scalar($0) } }
    let exceeds = compare(.greater, total, best).yes
    let isOpen = formulas.any(open)
    let exceeded = formulas.all([exceeds, formulas.or(used.unknown, asked.unknown).negated])
    let within = formulas.all([isOpen.negated, exceeds.negated])
    model.outcomes = [
      ("within", within), ("exceeded", exceeded),
      ("needs", formulas.all([within.negated, exceeded.negated])),
    ]
    model.answers[.within] = Truth(yes: within, no: exceeded)
    model.answers[.exceeded] = Truth(yes: exceeded, no: within)
    let answered = formulas.or(within, exceeded)
    let currency = set.policies[model.reference.policy].currency
    // What is used or asked is told where it is known, the limit where it was held against both.
    for (name, figure, when) in [
      ("limit", best, answered), ("used", used, isKnown(used)), ("asked", asked, isKnown(asked)),
    ] {
      var part = AnswerPart(key: .figure(name), label: name, when: when, range: any.range)
      part.figure = figure
      part.scale = scale(of: limit.type, currency: currency)
      model.parts.append(part)
    }
    if let expression = limit.warnFrom, let share = warnFrom {
      let warns = warning(total, best, share, any, expression)
      model.parts.append(
        AnswerPart(
          key: .warning, label: "", when: formulas.and(within, warns), range: expression.range))
    }
  }

  private func isKnown(_ figure: Scalar) -> Formula { formulas.any(figure.cases.map(\.when)) }

  /// When so much of a limit is used that it warns.
  private func warning(
    _ total: Scalar, _ limit: Scalar, _ share: Scalar, _ cap: TypedExpression,
    _ expression: TypedExpression
  ) -> Formula {
    let outer = call
    defer { call = outer }
    call = Call(body: cap.range, text: "limit × \(text(in: expression.range))")
    return compare(.greaterOrEqual, total, multiplied(limit, share, cap)).yes
  }

  // MARK: Grades

  func grade(_ grade: TypedGrade, _ model: inout DecisionModel) {
    var names = Names()
    var total = Scalar(0)
    for row in grade.points {
      let points = scalar(row.value)
      model.error = formulas.or(model.error, points.error)
      total = join(total, points, row.value) { x, y in x.adding(y).map { Scalar($0) } }
      var part = AnswerPart(
        key: .points(row.name), label: row.label, when: points.unknown.negated, range: row.range)
      part.figure = points
      model.parts.append(part)
    }
    names.points = .scalar(total)
    let members = set.types[grade.enumeration].members
    var candidates = members.map { _ in Formula.no }
    var reaches = Formula.yes
    for band in grade.bands {
      let truth = band.condition.map { self.truth($0, names) } ?? Truth.yes
      model.error = formulas.or(model.error, formulas.and(reaches, truth.error))
      let possible = formulas.and(reaches, truth.no.negated)
      candidates[band.member] = formulas.or(candidates[band.member], possible)
      model.clauses.append(
        ClauseModel(
          kind: .band, name: members[band.member].name, isConditional: band.condition != nil,
          truth: truth, effective: formulas.and(reaches, truth.yes), range: band.range))
      reaches = formulas.and(reaches, truth.yes.negated)
    }
    candidates[grade.otherwise] = formulas.or(candidates[grade.otherwise], reaches)
    let uncapped = candidates
    candidates = capped(candidates, grade, names, &model)
    if context.scope.namedGrades { candidates = named(candidates, grade, model) }
    let known = candidates.indices.map { index in
      formulas.all(
        candidates.indices.map { $0 == index ? candidates[$0] : candidates[$0].negated })
    }
    let family = Fact.Family.enumeration(set.types[grade.enumeration].name)
    var figure = Scalar(
      merged(
        zip(members, known).map {
          .init(when: $1, term: Linear(space.code($0.name, in: family)))
        }))
    let isKnown = formulas.any(known)
    figure.unknown = isKnown.negated
    model.outcomes = [("grade", isKnown), ("needs", isKnown.negated)]
    model.figure = .scalar(figure)
    var part = AnswerPart(
      key: .figure("grade"), label: "grade", when: isKnown,
      range: set.policies[model.reference.policy].decisions[model.reference.index].range)
    part.figure = figure
    part.scale = .names(family)
    model.parts.append(part)
    signs(grade, names, uncapped, known, &model)
    for index in members.indices {
      let better = formulas.any(candidates.prefix(index).map(\.self))
      let worse = formulas.any(candidates.dropFirst(index + 1).map(\.self))
      let own = candidates[index]
      model.answers[.grade(index)] = Truth(
        yes: formulas.all([own, better.negated, worse.negated]), no: own.negated)
      model.answers[.betterThan(index)] = Truth(
        yes: formulas.all([own.negated, worse.negated]), no: better.negated)
      model.answers[.noWorseThan(index)] = Truth(
        yes: worse.negated, no: formulas.and(better.negated, own.negated))
    }
  }

  /// The signs that an answer lists, and those that made its class.
  private func signs(
    _ grade: TypedGrade, _ names: Names, _ uncapped: [Formula], _ known: [Formula],
    _ model: inout DecisionModel
  ) {
    var counts: [Int: Int] = [:]
    for sign in grade.caps where sign.isSign {
      let truth = sign.condition.map { self.truth($0, names) } ?? Truth.yes
      let name = set.types[grade.enumeration].members[sign.member].name
      let number = counts[sign.member, default: 0]
      counts[sign.member] = number + 1
      var part = AnswerPart(
        key: .sign(name, number), label: name, when: truth.yes, range: sign.range)
      part.perhaps = unknown(truth)
      // Without it the class would be a better one.
      let isLowered = formulas.any(Array(uncapped.prefix(sign.member)))
      part.binds = formulas.all([truth.yes, known[sign.member], isLowered])
      model.parts.append(part)
    }
  }

  /// The class as a fact that is what the conditions say.
  private func named(
    _ candidates: [Formula], _ grade: TypedGrade, _ model: DecisionModel
  ) -> [Formula] {
    let type = set.types[grade.enumeration]
    let family = Fact.Family.enumeration(type.name)
    let codes = type.members.map { space.code($0.name, in: family) }
    let fact = space.fact(
      .result("grade \(model.name)"), .names(family), Stretches(values: codes),
      label: model.name.split(separator: ".").last.map(String.init) ?? model.name)
    return zip(candidates, codes).map { candidate, code in
      let isNamed = formulas.inside(fact, Stretches(code))
      space.add(
        axiom: formulas.or(model.error, formulas.differ(isNamed, candidate).negated), formulas)
      return isNamed
    }
  }

  /// The classes that are left when caps lower them.
  private func capped(
    _ candidates: [Formula], _ grade: TypedGrade, _ names: Names, _ model: inout DecisionModel
  ) -> [Formula] {
    var candidates = candidates
    var perhaps: [(member: Int, when: Formula)] = []
    for cap in grade.caps {
      let truth = cap.condition.map { self.truth($0, names) } ?? Truth.yes
      model.error = formulas.or(model.error, truth.error)
      let better = formulas.any(candidates.prefix(cap.member).map(\.self))
      let lowers = formulas.and(truth.yes, better)
      model.clauses.append(
        ClauseModel(
          kind: .cap, name: set.types[grade.enumeration].members[cap.member].name,
          isConditional: cap.condition != nil, truth: truth, effective: lowers, range: cap.range))
      for index in 0..<cap.member {
        candidates[index] = formulas.and(candidates[index], truth.yes.negated)
      }
      candidates[cap.member] = formulas.or(candidates[cap.member], lowers)
      perhaps.append((cap.member, unknown(truth)))
    }
    for (member, when) in perhaps where when != .no {
      let better = formulas.any(candidates.prefix(member).map(\.self))
      candidates[member] = formulas.or(candidates[member], formulas.and(when, better))
    }
    return candidates
  }
}

extension TypedLimit.Cap.Form {
  /// The word of the clause.
  var word: String {
    switch self {
    case .start: "start"
    case .atMost: "at most"
    case .none: "nil"
    }
  }
}
