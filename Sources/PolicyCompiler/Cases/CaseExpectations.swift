/// What sample cases expect, checked against the kind, codes, steps, duties and copies of the decision.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension CaseChecker {
  /// The names of the errors that an answer can be.
  static let traps = [
    "no_version_in_force", "outside_calendar", "rate_missing", "unknown_currency",
    "overflow", "division_by_zero", "two_currencies", "parameter_missing", "no_row",
    "several_rows", "empty_list", "absent_value", "not_applicable_value", "date_out_of_range",
    "several_matches", "no_match", "negative_amount", "too_many_items",
  ]

  /// `expect decision OUTCOME …`; nil when something of it was reported.
  func expectation(_ tree: ExpectationTree) -> TypedExpectation? {
    guard let reference = decision(tree) else { return nil }
    let decision = owner.set.policies[reference.policy].decisions[reference.index]
    let outcome = outcome(tree, decision)
    let codes = tree.codes.map { codes in codes.map { code($0, decision) } }
    let needs = tree.needs.map { paths in paths.map { type(of: $0) == nil ? nil : words($0) } }
    let duties = tree.duties.map { names in names.map { duty($0, decision) } }
    let copies = tree.copies.map { names in names.map { copy($0, decision) } }
    let notices = tree.notices.map { names in names.map { copy($0, decision) } }
    let files = tree.files.map { names in names.map { copy($0, decision) } }
    guard let outcome, let codes = whole(codes), let needs = whole(needs),
      let duties = whole(duties), let copies = whole(copies),
      let notices = whole(notices), let files = whole(files)
    else { return nil }
    guard let state = state(tree, decision), isSound(tree.warns, decision) else { return nil }
    var typed = TypedExpectation(
      decision: reference, outcome: outcome, state: state, codes: codes, needs: needs,
      duties: duties, copies: copies, notices: notices, files: files, range: tree.range)
    typed.heading = tree.heading
    typed.warns = tree.warns?.expected
    return typed
  }

  /// The list when every item of it is known; the outer nil is "not", the inner "not written".
  private func whole<Item>(_ items: [Item?]?) -> [Item]?? {
    guard let items else { return .some(nil) }
    let known = items.compactMap(\.self)
    return known.count == items.count ? .some(known) : nil
  }

  private func decision(_ tree: ExpectationTree) -> Reference? {
    var place = policy
    if let name = tree.policy, !name.text.isEmpty {
      guard let index = owner.policyIndex[name.text] else {
        let names = owner.policyIndex.keys.sorted()
        report(.unknownPolicy(name, nearest: owner.nearest(name.text, names)))
        return nil
      }
      place = index
    }
    let name = tree.decision
    if name.text.isEmpty { return nil }
    let decisions = owner.set.policies[place].decisions
    if let index = decisions.firstIndex(where: { $0.name == name.text }) {
      return Reference(policy: place, index: index)
    }
    let names = decisions.map(\.name)
    report(
      .unknownDecision(
        name, in: owner.set.policies[place].name, nearest: owner.nearest(name.text, names),
        all: names))
    return nil
  }

  // MARK: Outcomes

  private func outcome(
    _ tree: ExpectationTree, _ decision: TypedDecision
  ) -> TypedExpectation.Outcome? {
    if let error = tree.error {
      if Self.traps.contains(error.text) { return .error(error.text) }
      if error.text.isEmpty { return nil }
      report(.unknownTrap(error, nearest: owner.nearest(error.text, Self.traps), all: Self.traps))
      return nil
    }
    if let chain = tree.chain { return self.chain(chain, tree, decision) }
    if let value = tree.value { return figure(value, tree, decision) }
    if tree.expectsState, tree.outcome == nil { return .answer("chain") }
    guard let word = tree.outcome else {
      report(.missingOutcome(tree.decision))
      return nil
    }
    if word.text.isEmpty { return nil }
    if case .approval = decision.body, StateExpectation.statuses.contains(word.text) {
      return .answer("chain")
    }
    if ["not_applicable", "needs"].contains(word.text)
      || decision.body.answers.contains(word.text)
    {
      return .answer(word.text)
    }
    return self.word(word, decision)
  }

  private func word(
    _ word: Name, _ decision: TypedDecision
  ) -> TypedExpectation.Outcome? {
    var known = decision.body.answers + ["not_applicable", "needs", "error"]
    switch decision.body {
    case .grade(let grade):
      if let index = owner.memberIndex[grade.enumeration.index][word.text] { return .grade(index) }
      known = owner.set.types[grade.enumeration].members.map(\.name) + known
    case .value(let value):
      switch value.type {
      case .enumeration(let id): return owner.member(word, of: id).map { .figure($0) }
      case .post: return owner.post(word).map { .figure($0) }
      default: break
      }
    default: break
    }
    report(
      .unknownOutcome(
        word, decision.body.word, nearest: owner.nearest(word.text, known), all: known))
    return nil
  }

  private func chain(
    _ tasks: [ExpectationTree.Task], _ tree: ExpectationTree, _ decision: TypedDecision
  ) -> TypedExpectation.Outcome? {
    guard case .approval(let approval) = decision.body else {
      let range = tree.outcome?.range ?? tree.range
      report(
        .unknownOutcome(
          Name("chain", range), decision.body.word, nearest: nil, all: decision.body.answers))
      return nil
    }
    let known = steps(tasks.map(\.name), decision, approval.steps.map(\.name)) != nil
    guard let typed = whole(tasks.map(task)), known else { return nil }
    return .chain(typed ?? [])
  }

  /// Names of steps that must be known.
  func steps(_ names: [Name], _ decision: TypedDecision, _ known: [String]) -> [String]? {
    var sound = true
    for name in names where !known.contains(name.text) {
      sound = false
      if name.text.isEmpty { continue }
      report(
        .unknownStepOf(
          name, decision.name, nearest: owner.nearest(name.text, known), all: known))
    }
    return sound ? names.map(\.text) : nil
  }

  private func figure(
    _ value: ExpressionTree, _ tree: ExpectationTree, _ decision: TypedDecision
  ) -> TypedExpectation.Outcome? {
    switch decision.body {
    case .limit(let limit):
      let constant = owner.constant(value, limit.type, in: policy)
      switch tree.outcome?.text {
      case nil: return constant.map { .limit($0, within: nil) }
      case "within": return constant.map { .limit($0, within: true) }
      case "exceeded": return constant.map { .limit($0, within: false) }
      case "needs": return constant.map { .limit($0, within: nil) }
      default:
        if let word = tree.outcome { return self.word(word, decision) }
        return nil
      }
    case .value(let typed) where typed.isCompound:
      return self.value(value, typed.type).map { .whole($0) }
    case .value(let typed):
      return owner.constant(value, typed.type, in: policy).map { .figure($0) }
    case .release, .approval, .grade, .check:
      report(.figureNotPossible(value.range, decision.body.word, all: decision.body.answers))
      return nil
    }
  }

  // MARK: Codes, duties, copies

  private func code(
    _ code: ExpectationTree.Code, _ decision: TypedDecision
  ) -> TypedExpectation.Code? {
    let name = code.name
    if name.text.isEmpty { return nil }
    guard let clause = decision.clauses.first(where: { $0.code == name.text }) else {
      let codes = decision.clauses.map(\.code)
      report(
        .unknownCode(name, in: decision.name, nearest: owner.nearest(name.text, codes), all: codes))
      return nil
    }
    checkItem(name, code.item, clause)
    return .init(code: name.text, item: code.item)
  }

  private func duty(
    _ tree: ExpectationTree.Task, _ decision: TypedDecision
  ) -> TypedExpectation.Task? {
    let name = tree.name
    if name.text.isEmpty { return nil }
    let codes = decision.duties.map(\.code)
    if codes.contains(name.text) { return task(tree) }
    report(
      .unknownDuty(name, in: decision.name, nearest: owner.nearest(name.text, codes), all: codes))
    return nil
  }

  /// A step or duty whose name is known; nil when its post or day was reported.
  private func task(_ tree: ExpectationTree.Task) -> TypedExpectation.Task? {
    var typed = TypedExpectation.Task(name: tree.name.text)
    if let by = tree.by {
      guard owner.post(by) != nil else { return nil }
      typed.by = by.text
    }
    if let due = tree.due {
      guard case .date(let day)? = owner.constant(due, .date, in: policy) else { return nil }
      typed.due = day
    }
    return typed
  }

  /// Only a limit warns.
  private func isSound(
    _ warns: (expected: Bool, range: SourceRange)?, _ decision: TypedDecision
  ) -> Bool {
    guard let warns else { return true }
    if case .limit = decision.body { return true }
    report(.warningNotPossible(warns.range, decision.body.word))
    return false
  }

  private func copy(_ name: Name, _ decision: TypedDecision) -> String? {
    if name.text.isEmpty { return nil }
    let toPersons = decision.copies.contains { $0.to.contains { $0.type.unwrapped == .person } }
    if toPersons { return name.text }
    return owner.post(name) == nil ? nil : name.text
  }
}

extension TypedExpression {
  /// Whether its value is a record or list.
  var isCompound: Bool {
    switch type.unwrapped {
    case .record, .list: true
    default: false
    }
  }
}

extension TypedDecision.Body {
  /// The word that a policy opens such a decision with.
  public var word: String {
    switch self {
    case .release: "release"
    case .approval: "approval"
    case .limit: "limit"
    case .grade: "grade"
    case .check: "check"
    case .value: "value"
    }
  }

  /// The answers of the kind, besides those that every kind has.
  var answers: [String] {
    switch self {
    case .release: ["allow", "hold", "deny"]
    case .approval: ["chain", "approved", "refused", "open", "invalid"]
    case .limit: ["within", "exceeded"]
    case .check: ["valid", "invalid"]
    case .grade, .value: []
    }
  }
}
