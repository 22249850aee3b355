/// Guarantees: conditions on all requests, facts that are raised, persons who never act.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension SetChecker {
  /// Checks the guarantees of all policies; what one uses counts as used, but no answer depends on it.
  func checkGuarantees() {
    for (policy, tree) in trees.enumerated() {
      for case .guarantee(let guarantee) in tree.declarations {
        let checker = ExpressionChecker(self, policy: policy)
        guard let form = checker.form(of: guarantee) else { continue }
        set.policies[policy].guarantees.append(
          TypedGuarantee(
            name: guarantee.name.text, label: plain(guarantee.label) ?? guarantee.name.text,
            form: form, uses: checker.uses, range: guarantee.name.range))
      }
    }
  }

  /// The names of the approvals that a policy may use without saying whose they are.
  fileprivate func approvals(in policy: Int) -> [String] {
    ([policy] + scopes[policy].uses).flatMap { index in
      scopes[index].ownValues.filter {
        guard case .decision(let at) = $0.value.entity else { return false }
        return facts[at.policy].signatures[at.index].kind == .approval
      }.keys.sorted()
    }
  }
}

extension ExpressionChecker {
  /// What is guaranteed; nil when it is wrong or could not be read.
  fileprivate func form(of tree: GuaranteeTree) -> TypedGuarantee.Form? {
    switch tree.form {
    case nil: return nil
    case .forAll(let condition)?:
      return self.condition(condition).map { .forAll($0) }
    case .raising(let tree, let decision)?:
      let (path, approval) = (fact(tree), self.approval(decision))
      guard let path else { return nil }
      switch path.type.unwrapped {
      case .number, .money, .percent, .date:
        return approval.map { .raising(path, removesNoStepOf: $0) }
      case let type:
        let possible: [ValueType] = [.number, .money, .percent, .date]
        report(
          .typeMismatch(path.range, oneOf: possible.map(words), found: words(type), help: nil))
        return nil
      }
    case .neverActs(let tree, let decision)?:
      let (person, approval) = (fact(tree), self.approval(decision))
      guard let person else { return nil }
      guard person.type.unwrapped == .person else {
        report(
          .typeMismatch(
            person.range, expected: words(.person), found: words(person.type.unwrapped)))
        return nil
      }
      return approval.map { .neverActs(person, in: $0) }
    }
  }

  /// A path from an input; that it may be absent does no harm.
  private func fact(_ tree: ExpressionTree) -> TypedExpression? {
    inText = true
    defer { inText = false }
    guard let found = check(tree) else { return nil }
    var root = found
    while case .field(let base, _) = root.kind { root = base }
    if case .input = root.kind { return found }
    report(.notAFact(found.range, source(found.range)))
    return nil
  }

  /// The approval of a name, or of `policy.name`.
  private func approval(_ tree: ExpressionTree) -> Reference? {
    if let decision = decision(tree) {
      use(decision)
      let kind = owner.facts[decision.policy].signatures[decision.index].kind
      if kind == .approval { return decision }
      report(.notAnApproval(tree.range, source(tree.range), "\(kind.rawValue)"))
      return nil
    }
    guard let entity = declared(tree) else { return nil }
    report(.notAnApproval(tree.range, source(tree.range), entity.word))
    return nil
  }

  /// What a name that is no decision stands for; nil after a diagnostic when it stands for nothing.
  private func declared(_ tree: ExpressionTree) -> Entity? {
    switch tree.kind {
    case .name(let name) where !name.text.isEmpty:
      switch owner.lookUp(name.text, in: policy) {
      case .found(let entity): return entity
      case .ambiguous(let places):
        report(.ambiguousName(name, places.map { owner.set.policies[$0].name }))
      case .unknown:
        report(
          .unknownName(
            name, nearest: owner.nearest(name.text, owner.approvals(in: policy)),
            elsewhere: owner.otherPolicy(declaring: name.text, besides: policy)))
      }
      return nil
    case .field(let base, let name):
      if let other = policyPrefix(base) { return qualified(other, name) }
      guard case .name(let prefix) = base.kind, !prefix.text.isEmpty else { return nil }
      let names = owner.policyIndex.keys.sorted()
      report(.unknownPolicy(prefix, nearest: owner.nearest(prefix.text, names)))
      return nil
    default: return nil
    }
  }
}
