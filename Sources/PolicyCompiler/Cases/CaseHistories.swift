/// Acts in sample cases, and what is expected of the state that they lead to.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension StateExpectation {
  /// The words for how far an approval has come.
  static let statuses = ["approved", "refused", "open"]
}

extension ExpectationTree {
  /// Whether it says how far an approval has come.
  var expectsState: Bool { next != nil || returnedTo != nil || violations != nil }
}

extension CaseChecker {
  // MARK: Acts

  /// An act with its approval.
  func act(_ tree: ActTree) -> TypedAct? {
    guard let (decision, approval) = approval(of: tree) else { return nil }
    let isRequester = tree.step.text == "requester"
    let day = owner.day(tree.on)
    let result = result(tree.result)
    var post: Int?
    if let name = tree.post {
      guard case .post(let index)? = owner.post(name) else { return nil }
      post = index
    } else if !isRequester {
      report(.actWithoutPost(tree.step))
      return nil
    }
    if let step = approval.steps.first(where: { $0.name == tree.step.text }) {
      for number in tree.criteria ?? [] where number > step.criteria.count {
        report(
          .noSuchCriterion(tree.range, number, step.name, of: step.criteria.count))
        return nil
      }
    }
    guard let day, let result, let person = owner.plain(tree.person) else { return nil }
    let facts = tree.facts.map { self.facts($0, nil) }
    if let facts, facts.count != tree.facts?.count { return nil }
    return TypedAct(
      decision: decision, step: tree.step.text, person: person, post: post,
      isDelegate: tree.isDelegate, result: result, on: day, criteria: tree.criteria,
      facts: facts, range: tree.range)
  }

  private func result(_ name: Name) -> ActResult? {
    if name.text.isEmpty { return nil }
    if let result = ActResult(rawValue: name.text) { return result }
    let all = ActResult.allCases.map(\.rawValue)
    report(.unknownResult(name, nearest: owner.nearest(name.text, all), all: all))
    return nil
  }

  /// The approval that an act belongs to: the one named, or the only one with such a step.
  private func approval(of tree: ActTree) -> (Reference, TypedApproval)? {
    let decisions = owner.set.policies[policy].decisions
    var candidates: [(index: Int, approval: TypedApproval)] = []
    for (index, decision) in decisions.enumerated() {
      if case .approval(let approval) = decision.body { candidates.append((index, approval)) }
    }
    if let name = tree.decision {
      let names = candidates.map { decisions[$0.index].name }
      candidates = candidates.filter { decisions[$0.index].name == name.text }
      if candidates.isEmpty {
        report(
          .unknownDecision(
            name, in: owner.set.policies[policy].name, nearest: owner.nearest(name.text, names),
            all: names))
        return nil
      }
    }
    let step = tree.step.text
    if step.isEmpty { return nil }
    let holders = candidates.filter { candidate in
      step == "requester" || candidate.approval.steps.contains { $0.name == step }
    }
    guard let holder = holders.first else {
      let known = candidates.flatMap { $0.approval.steps.map(\.name) } + ["requester"]
      let word = candidates.count == 1 ? decisions[candidates[0].index].name : "any approval"
      report(
        .unknownStepOf(tree.step, word, nearest: owner.nearest(step, known), all: known))
      return nil
    }
    if holders.count > 1 {
      report(.ambiguousAct(tree.step, holders.map { decisions[$0.index].name }))
      return nil
    }
    return (Reference(policy: policy, index: holder.index), holder.approval)
  }

  // MARK: What is expected

  /// The state that is expected; nil when something in it is wrong.
  func state(_ tree: ExpectationTree, _ decision: TypedDecision) -> StateExpectation? {
    var state = StateExpectation()
    guard case .approval(let approval) = decision.body else {
      guard tree.expectsState else { return state }
      let name = tree.next?.first ?? tree.returnedTo ?? tree.violations?.first?.name
      report(
        .unknownOutcome(
          name ?? tree.decision, decision.body.word, nearest: nil, all: decision.body.answers))
      return nil
    }
    if let word = tree.outcome?.text, StateExpectation.statuses.contains(word) {
      state.status = word
    }
    let known = approval.steps.map(\.name) + ["requester"]
    if let next = tree.next {
      guard let names = steps(next, decision, known) else { return nil }
      state.next = names
    }
    if let target = tree.returnedTo {
      guard let names = steps([target], decision, known) else { return nil }
      state.returnedTo = names.first
    }
    if let violations = tree.violations {
      let all = Violation.Code.allCases.map(\.rawValue)
      for code in violations where !all.contains(code.name.text) {
        if code.name.text.isEmpty { return nil }
        report(
          .unknownViolation(code.name, nearest: owner.nearest(code.name.text, all), all: all))
        return nil
      }
      state.violations = violations.map { .init(code: $0.name.text, item: $0.item) }
    }
    return state
  }
}
