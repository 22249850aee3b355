/// The steps of an approval in words: who does what, when, by which day, and where a refusal goes.
import PolicyCompiler
import PolicyRuntime

extension Wording {
  /// A step.
  func rule(_ step: TypedStep, of approval: TypedApproval) -> Rule {
    var main = RuleMessages.acts(actor(step, of: approval), step.act)
    if !step.criteria.isEmpty {
      main = ProseMessages.titled(main, step.criteria.map { .text(label($0)) }.apart)
    }
    var rule = Rule(
      effect: .step,
      statement: .init(form: .when(main), condition: stepCondition(step, of: approval)),
      because: step.because.map(text), source: step.source, code: step.name, range: step.range)
    if step.isDelegable {
      rule.notes.append(
        step.delegateAmount.map { RuleMessages.delegable(for: value($0)) }
          ?? RuleMessages.delegable)
    }
    if let deadline = step.deadline { rule.notes.append(self.deadline(deadline)) }
    if step.whileUnchanged { rule.notes.append(RuleMessages.actWhileUnchanged) }
    if let target = step.onRefusal {
      rule.notes.append(RuleMessages.refusal(goes: refusal(target, of: approval)))
    }
    return rule
  }

  /// What people call a step.
  func stepLabel(_ step: TypedStep) -> String { label(step.label, or: step.name) }

  /// Who acts; of a level of a climb, which one.
  func actor(_ step: TypedStep, of approval: TypedApproval) -> Prose {
    guard let level = step.level else { return who(step.by) }
    let climb = approval.climbs[level.climb]
    return RuleMessages.level(
      level.number, of: hierarchy(climb.hierarchy), above: value(climb.from))
  }

  /// When a step is in the chain; nil always.
  func stepCondition(_ step: TypedStep, of approval: TypedApproval) -> Condition? {
    guard let level = step.level else { return step.condition.map(condition) }
    let climb = approval.climbs[level.climb]
    let own = climb.condition.map { [condition($0)] } ?? []
    guard level.number > 1 else { return own.first }
    return .all(own + [.line(RuleMessages.notCovered(value(climb.amount)))])
  }

  private func deadline(_ deadline: TypedStep.Deadline) -> Prose {
    switch deadline {
    case .due(let day): return RuleMessages.due(value(day))
    case .within(let days, let calendar, let escalate):
      let time = count(days, of: calendar == nil ? .days : .businessDays)
      let words = RuleMessages.within(time)
      return escalate.map { RuleMessages.escalated(words, to: who($0)) } ?? words
    }
  }

  /// Where a refusal goes.
  func refusal(_ target: TypedStep.RefusalTarget, of approval: TypedApproval) -> Prose {
    func through(_ words: Prose, _ post: TypedExpression?) -> Prose {
      post.map { RuleMessages.through(words, who($0)) } ?? words
    }
    switch target {
    case .ends: return RuleMessages.ends
    case .requester(let post): return through(RuleMessages.requester, post)
    case .step(let index, let post):
      return through(.name(stepLabel(approval.steps[index])), post)
    }
  }

  /// How the steps of an approval are taken.
  func manners(of approval: TypedApproval) -> [Prose] {
    var words: [Prose] = []
    if let requester = approval.requestedBy {
      words.append(RuleMessages.requested(by: who(requester)))
      words.append(
        approval.ownRequest ? RuleMessages.mayActOnOwn : RuleMessages.mayNotActOnOwn)
    }
    if approval.distinct { words.append(RuleMessages.distinct) }
    if approval.skipsRepeats { words.append(RuleMessages.skipsRepeats) }
    if !approval.interveners.isEmpty {
      words.append(RuleMessages.mayIntervene(approval.interveners.map(who).and))
    }
    for climb in approval.climbs {
      words.append(
        RuleMessages.climbs(
          hierarchy(climb.hierarchy), from: value(climb.from), covering: value(climb.amount)))
    }
    if let amount = approval.heldUpTo { words.append(RuleMessages.heldUpTo(value(amount))) }
    for (column, fact) in zip(set.holderColumns, approval.heldFor) {
      if let fact {
        words.append(RuleMessages.heldFor(.name(Self.words(column.name)), value(fact)))
      }
    }
    return words
  }
}
