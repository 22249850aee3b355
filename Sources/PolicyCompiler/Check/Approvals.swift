/// Approvals: who asked, what the form requires, the steps in order, and the rules for those who act.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

/// The steps as they are found.
struct FoundSteps {
  var steps: [TypedStep] = []
  /// The step of a name, and of its `together`.
  var indices: [String: Int] = [:]
  let names: Set<String>
}

extension DecisionChecker {
  /// The body of an approval.
  func approval() -> TypedDecision.Body {
    var result = TypedApproval(requires: clauses(), requestedBy: nil)
    var found = FoundSteps(names: Set(tree.clauses.flatMap(\.stepNames)))
    for clause in tree.clauses {
      switch clause.kind {
      case .requestedBy(let person):
        allowTails(clause, [])
        let typed = expressions.typed(person, .person)
        if isFirst(clause) { result.requestedBy = typed }
      case .step(let step):
        add(clause, step, group: nil, &found)
      case .together(let members, let need):
        allowTails(clause, [])
        together(clause, members, need, &found, &result)
      case .climb(let tree): climb(clause, tree, &found, &result)
      case .holdersFor(let scope, let upTo):
        allowTails(clause, [])
        if isFirst(clause) { heldFor(clause, scope, upTo, &result) }
      case .distinctApprovers:
        allowTails(clause, [])
        result.distinct = isFirst(clause) || result.distinct
      case .skipRepeats:
        allowTails(clause, [])
        result.skipsRepeats = isFirst(clause) || result.skipsRepeats
      case .mayIntervene(let posts):
        allowTails(clause, [])
        result.interveners += posts.compactMap { expressions.typed($0, .post) }
      case .mayActOnOwnRequest:
        allowTails(clause, [])
        result.ownRequest = true
        if result.requestedBy == nil, !tree.clauses.contains(where: \.kind.isRequestedBy) {
          report(.nobodyRequested(clause.keyword))
        }
      default: break
      }
    }
    if result.distinct, result.skipsRepeats, let skip = tree.clauses.first(where: \.kind.skips) {
      report(.distinctAndSkip(skip.keyword))
    }
    result.steps = found.steps
    if !result.climbs.isEmpty { result.requires.sort { $0.range.lower < $1.range.lower } }
    return .approval(result)
  }

  /// Steps side by side.
  private func together(
    _ clause: ClauseTree, _ members: [ClauseTree], _ need: TogetherNeed, _ found: inout FoundSteps,
    _ result: inout TypedApproval
  ) {
    let group = result.groups.count
    var count = 0
    for member in members {
      guard case .step(let step) = member.kind else {
        report(.onlyStepsTogether(member.keyword))
        continue
      }
      count += 1
      add(member, step, group: group, &found)
    }
    if count < 2 { report(.togetherAlone(clause.keyword)) }
    switch need {
    case .all: result.groups.append(.init(need: nil))
    case .any: result.groups.append(.init(need: 1))
    case .count(let wanted, let range):
      if wanted > count, count > 1 { report(.needTooMany(range, wanted, of: count)) }
      result.groups.append(.init(need: wanted))
    }
  }

  private func add(
    _ clause: ClauseTree, _ step: StepTree, group: Int?, _ found: inout FoundSteps
  ) {
    let typed = self.step(clause, step, group: group, found)
    if found.indices[step.name.text] == nil { found.indices[step.name.text] = found.steps.count }
    found.steps.append(typed)
  }

  private func step(
    _ clause: ClauseTree, _ step: StepTree, group: Int?, _ found: FoundSteps
  ) -> TypedStep {
    allowTails(clause, [.when, .because, .source])
    declare(step: step.name)
    let (condition, guards, _) = when(clause)
    return expressions.assuming(guards) {
      let by = expressions.typed(step.by, .post)
      return body(
        clause, step, by: by ?? TypedExpression(.constant(.post(0)), .post, step.by.range),
        condition, group: group, found)
    }
  }

  /// Notes the name of a step.
  func declare(step name: Name) {
    if name.text == "requester" {
      report(.reservedName(name))
    } else {
      declare(name, "step", in: \.steps)
    }
  }

  /// A step whose post and condition are known.
  func body(
    _ clause: ClauseTree, _ step: StepTree, by: TypedExpression, _ condition: TypedExpression?,
    group: Int?, _ found: FoundSteps
  ) -> TypedStep {
    if step.criteria.count > TypedStep.criteriaLimit {
      report(.tooManyCriteria(step.name, limit: TypedStep.criteriaLimit))
    }
    var typed = TypedStep(
      name: step.name.text, label: owner.plain(step.label) ?? step.name.text, by: by,
      act: StepAct(rawValue: step.act.rawValue) ?? .reviews,
      criteria: step.criteria.compactMap { owner.plain($0) }, condition: condition,
      onRefusal: refusal(step, group, found), because: expressions.text(clause.tails.because),
      source: expressions.sourceNote(clause.tails.source), range: clause.range)
    typed.group = group
    typed.deadline = deadline(step)
    typed.whileUnchanged = step.unchanged != nil
    if let place = step.unchanged, unchanged == nil { unchanged = place }
    if let delegate = step.delegate {
      if !owner.declaresDelegations { report(.noDelegations(delegate.range)) }
      typed.isDelegable = true
      typed.delegateAmount = delegate.amount.flatMap { expressions.typed($0, .money) }
    }
    return typed
  }

  private func deadline(_ step: StepTree) -> TypedStep.Deadline? {
    switch step.deadline {
    case nil: return nil
    case .due(let day): return expressions.typed(day, .date).map { .due($0) }
    case .within(let days, let business, let name, let escalate, let range):
      let calendar = business ? self.calendar(name, range) : nil
      if step.act == .files { report(.nothingWaits(range)) }
      let count = expressions.typed(days, .number)
      let post = escalate.flatMap { expressions.typed($0, .post) }
      if business, calendar == nil { return nil }
      return count.map { .within(days: $0, calendar: calendar, escalate: post) }
    }
  }

  /// The calendar of a deadline in business days: the one that is named, or the only one.
  private func calendar(_ name: Name?, _ range: SourceRange) -> Reference? {
    if name == nil, !owner.knows(.calendar, in: expressions.policy) {
      report(.noBusinessDays(range))
      return nil
    }
    return owner.dated(name, in: expressions.policy, at: name?.range ?? range, what: .calendar)
  }

  private func refusal(
    _ step: StepTree, _ group: Int?, _ found: FoundSteps
  ) -> TypedStep.RefusalTarget? {
    switch step.onRefusal {
    case nil: return step.act.canRefuse ? .requester(through: nil) : nil
    case .ends(let range):
      if !step.act.canRefuse { report(.cannotRefuse(range, step.act)) }
      return .ends
    case .to(let target, let through):
      if !step.act.canRefuse { report(.cannotRefuse(target.range, step.act)) }
      let post = through.flatMap { expressions.typed($0, .post) }
      if target.text == "requester" || target.text.isEmpty { return .requester(through: post) }
      if let index = found.indices[target.text] {
        if group == nil || found.steps[index].group != group {
          return .step(index, through: post)
        }
        report(.siblingStep(target, of: step.name.text))
      } else if found.names.contains(target.text) {
        report(.laterStep(target, of: step.name.text))
      } else {
        let names = found.indices.keys.sorted() + ["requester"]
        report(.unknownStep(target, nearest: owner.nearest(target.text, names), all: names))
      }
      return .requester(through: post)
    }
  }
}

extension TypedStep {
  /// How many criteria a step may have: a history names them by a bit each.
  static let criteriaLimit = 64
}

extension ClauseTree {
  /// The names of the steps that it holds.
  fileprivate var stepNames: [String] {
    switch kind {
    case .step(let step): [step.name.text]
    case .together(let members, _): members.flatMap(\.stepNames)
    default: []
    }
  }
}

extension ClauseTree.Kind {
  fileprivate var isRequestedBy: Bool { if case .requestedBy = self { true } else { false } }
  fileprivate var skips: Bool { if case .skipRepeats = self { true } else { false } }
}

extension StepTree.Act {
  /// Whether the act can be a refusal.
  var canRefuse: Bool {
    switch self {
    case .opines, .files, .claims, .signs: false
    case .firstReviews, .reviews, .rechecks, .approves, .clears: true
    }
  }
}
