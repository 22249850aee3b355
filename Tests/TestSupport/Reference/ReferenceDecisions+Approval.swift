/// approval: a failed `require` makes the form invalid; otherwise the steps whose conditions hold, in order.
import PolicyCompiler
import PolicyRuntime

extension ReferenceRun {
  func approval(_ approval: TypedApproval, named name: String) throws(ReferenceTrap)
    -> ReferenceResult
  {
    let (problems, requireNeeds) = try self.problems(approval.requires)
    var chain: [ReferenceStep] = []
    var stepNeeds: Needs = []
    for (index, step) in approval.steps.enumerated() {
      switch try isNeeded(step, of: approval) {
      case .no: continue
      case .unknown(let needs): stepNeeds.formUnion(needs)
      case .yes:
        if let found = try self.step(step, index, approval, &stepNeeds) { chain.append(found) }
      }
    }

    var result = ReferenceResult("chain")
    var status: String?
    if !problems.isEmpty {
      result.answer.outcome = "invalid"
      result.answer.reasons = problems
      result.answer.needs = requireNeeds
    } else if !requireNeeds.isEmpty || !stepNeeds.isEmpty {
      result.answer.outcome = "needs"
      result.answer.needs = requireNeeds.union(stepNeeds)
    } else {
      if approval.skipsRepeats { chain = Self.withoutRepeats(chain, approval.steps) }
      result.answer.steps = chain.map {
        .init(name: $0.name, post: set.types.posts[$0.post].name)
      }
      if let history = request.history {
        let acts = history.enumerated().filter { $0.element.decision == name }
        switch try rules(approval, name, chain, acts.map { ($0.offset + 1, $0.element) }) {
        case .unknown(let needs):
          result.answer = ReferenceAnswer(outcome: "needs")
          result.answer.needs = needs
        case .known(let rules):
          let state = try ReferenceHistory(rules, today: today).state(
            after: acts.map { ($0.offset + 1, $0.element) }, set.types)
          result.answer.state = state
          status = state.status
        }
      }
    }
    result.test = test(problems.isEmpty ? (requireNeeds.isEmpty ? false : nil) : true, status)
    return result
  }

  /// What is known of an approval: whether it is invalid, and the state of its chain.
  private func test(_ isInvalid: Bool?, _ status: String?) -> (DecisionAnswer) -> Bool? {
    let hasHistory = request.history != nil
    return { answer in
      func state(_ word: String) -> Bool? {
        if isInvalid == true { return false }
        guard let status, isInvalid == false else {
          return word == "approved" && !hasHistory ? false : nil
        }
        return status == word
      }
      // Unknown steps change the chain, not that there will be one.
      return switch answer {
      case .invalid: isInvalid
      case .chain: isInvalid.map { !$0 }
      case .approved: state("approved")
      case .refused: state("refused")
      case .open: state("open")
      default: false
      }
    }
  }

  /// A step in the chain; nil when its post or deadline is not known.
  private func step(
    _ step: TypedStep, _ index: Int, _ approval: TypedApproval, _ needs: inout Needs
  ) throws(ReferenceTrap) -> ReferenceStep? {
    var values: [ReferenceValue]
    if let level = step.level {
      values = [post(level, approval)]
    } else {
      values = [try known(step.by)]
    }
    switch step.deadline {
    case .within(let days, _, let escalate):
      values.append(try known(days))
      if let escalate { values.append(try known(escalate)) }
    case .due(let day): values.append(try known(day))
    case nil: break
    }
    for value in values { needs.formUnion(value.needs) }
    guard !values.contains(where: \.isUnknown), case .post(let post) = values[0] else { return nil }
    var found = ReferenceStep(index: index, name: step.name, post: post)
    switch (step.deadline, values.dropFirst().first) {
    case (.within(_, let calendar, _), .number(let days)?):
      found.within = days
      found.calendar = calendar
    case (.due, .date(let day)?): found.due = day
    default: break
    }
    if values.count > 2, case .post(let post) = values[2] { found.escalate = post }
    return found
  }

  /// Of the steps of one post the one with the strongest act stays, of equals the first.
  private static func withoutRepeats(
    _ chain: [ReferenceStep], _ steps: [TypedStep]
  ) -> [ReferenceStep] {
    chain.filter { step in
      let strength = steps[step.index].act.strength
      return !chain.contains { other in
        let rival = steps[other.index].act.strength
        return other.post == step.post && other.index != step.index
          && (rival > strength || (rival == strength && other.index < step.index))
      }
    }
  }

  private enum Rules {
    case unknown(Needs)
    case known(ReferenceHistory.Rules)
  }

  /// Everything that acts are measured against; persons and interveners only when there are acts.
  private func rules(
    _ approval: TypedApproval, _ name: String, _ chain: [ReferenceStep],
    _ acts: [ReferenceHistory.Fitting]
  ) throws(ReferenceTrap) -> Rules {
    let isEmpty = acts.isEmpty
    var needs: Needs = []
    var rules = ReferenceHistory.Rules(approval: approval, name: name, set: set)
    for step in chain {
      var step = step
      if let days = step.within {
        guard let whole = days.whole, (0..<4_000_000).contains(whole) else {
          throw ReferenceTrap(name: "date_out_of_range")
        }
        step.days = whole
      }
      switch approval.steps[step.index].onRefusal {
      case .requester(let through?), .step(_, let through?):
        let post = try known(through)
        needs.formUnion(post.needs)
        if case .post(let index) = post { step.through = index }
      default: break
      }
      if !isEmpty, let expression = approval.steps[step.index].delegateAmount {
        let amount = try known(expression)
        needs.formUnion(amount.needs)
        step.amount = amount
      }
      rules.chain.append(step)
    }
    if !isEmpty {
      for expression in approval.interveners {
        let post = try known(expression)
        needs.formUnion(post.needs)
        if case .post(let index) = post { rules.interveners.append(index) }
      }
      var scope: [ReferenceValue?] = []
      for fact in approval.heldFor {
        if let fact { scope.append(try known(fact)) } else { scope.append(nil) }
      }
      if let bound = approval.heldUpTo { rules.amount = try known(bound) }
      for value in scope + [rules.amount] { needs.formUnion(value?.needs ?? []) }
      rules.inScope = set.holders.map { isInScope($0, scope) }
      for (number, act) in acts {
        let step = approval.steps.first { $0.name == act.step }
        rules.changes[number] = caseOf(act, step, declaration(named: name))
      }
      if let requestedBy = approval.requestedBy {
        let person = try known(requestedBy)
        needs.formUnion(person.needs)
        if case .person(let name) = person { rules.requester = name }
      }
    }
    return needs.isEmpty ? .known(rules) : .unknown(needs)
  }
  /// Whether every cell of a row of `holders` fits the case; an approval that does not name the fact holds nobody to it.
  private func isInScope(_ row: TypedHolder, _ scope: [ReferenceValue?]) -> Bool {
    row.scope.enumerated().allSatisfy { column, cell in
      if cell.tests.isEmpty, !cell.negated { return true }
      guard scope.indices.contains(column), let fact = scope[column] else { return false }
      return test(cell, fact) == .bool(true)
    }
  }

  private func declaration(named name: String) -> TypedDecision {
    let all = set.policies.flatMap { policy in policy.decisions.map { (policy.name, $0) } }
    return all.first { "\($0.0).\($0.1.name)" == name }?.1 ?? all[0].1
  }
}
