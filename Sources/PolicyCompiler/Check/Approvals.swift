/// Approvals: who asked, what the form requires, and the steps in order.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension DecisionChecker {
  /// The body of an approval.
  func approval() -> TypedDecision.Body {
    var requestedBy: TypedExpression?
    var steps: [TypedStep] = []
    var indices: [String: Int] = [:]
    let all = Set(
      tree.clauses.compactMap { clause in
        if case .step(let step) = clause.kind { step.name.text } else { nil }
      })
    for clause in tree.clauses {
      switch clause.kind {
      case .requestedBy(let person):
        allowTails(clause, [])
        let found = expressions.typed(person, .person)
        if isFirst(clause) { requestedBy = found }
      case .step(let step):
        let typed = self.step(clause, step, earlier: indices, all: all)
        if indices[step.name.text] == nil { indices[step.name.text] = steps.count }
        steps.append(typed)
      default: break
      }
    }
    return .approval(requires: clauses(), requestedBy: requestedBy, steps: steps)
  }

  private func step(
    _ clause: ClauseTree, _ step: StepTree, earlier: [String: Int], all: Set<String>
  ) -> TypedStep {
    allowTails(clause, [.when, .because, .source])
    if step.name.text == "requester" {
      report(.reservedName(step.name))
    } else {
      declare(step.name, "step", in: \.steps)
    }
    let (condition, guards, _) = when(clause)
    return expressions.assuming(guards) {
      let by = expressions.typed(step.by, .post)
      return TypedStep(
        name: step.name.text, label: owner.plain(step.label) ?? step.name.text,
        by: by ?? TypedExpression(.constant(.post(0)), .post, step.by.range),
        act: StepAct(rawValue: step.act.rawValue) ?? .reviews,
        criteria: step.criteria.compactMap { owner.plain($0) }, condition: condition,
        onRefusal: refusal(step, earlier, all), because: expressions.text(clause.tails.because),
        source: expressions.sourceNote(clause.tails.source), range: clause.range)
    }
  }

  private func refusal(
    _ step: StepTree, _ earlier: [String: Int], _ all: Set<String>
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
      if let index = earlier[target.text] { return .step(index, through: post) }
      if all.contains(target.text) {
        report(.laterStep(target, of: step.name.text))
      } else {
        let names = earlier.keys.sorted() + ["requester"]
        report(.unknownStep(target, nearest: owner.nearest(target.text, names), all: names))
      }
      return .requester(through: post)
    }
  }
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
