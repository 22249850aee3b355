/// `climb`: a level of a hierarchy becomes a step, and that somebody's authority suffices a requirement.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension DecisionChecker {
  /// The steps and the requirement of a `climb`.
  func climb(
    _ clause: ClauseTree, _ tree: ClimbTree, _ found: inout FoundSteps,
    _ result: inout TypedApproval
  ) {
    allowTails(clause, [.when, .because, .source])
    declare(tree.code, "clause", in: \.codes)
    let (condition, guards, sound) = when(clause)
    let start = expressions.assuming(guards) { self.start(tree.step.by) }
    let amount = expressions.assuming(guards) { expressions.typed(tree.amount, .money) }
    let hierarchy = owner.hierarchy(tree.hierarchy, in: expressions.policy)
    guard let start, let amount, let hierarchy, sound else {
      // The names are known all the same, so that what refers to them is not called unknown.
      return declare(step: Name(tree.step.name.text + "_1", tree.step.name.range))
    }
    let type = start.type.unwrapped
    guard let (table, deepest) = owner.walk(up: hierarchy, from: type, at: tree.step.by.range)
    else { return }
    let range = tree.step.by.range
    let today = TypedExpression(.today, .date, range)
    let keys = type == .person ? [start, today, amount] : [start, amount]
    func column(_ index: Int, _ type: ValueType) -> TypedExpression {
      TypedExpression(.lookup(table, keys: keys, column: index, fallback: nil), type, range)
    }
    func reaches(_ level: Int) -> TypedExpression {
      let bound = TypedExpression(.constant(.number(Decimal(level))), .number, range)
      let test = TypedExpression(
        .compare(.greaterOrEqual, column(0, .number), bound), .bool, range)
      return test
    }
    let number = result.climbs.count
    result.climbs.append(
      TypedClimb(
        hierarchy: hierarchy, from: start, amount: amount, condition: condition,
        code: tree.code.text))
    for level in 0..<depth(of: start, up: hierarchy, most: deepest) {
      var step = tree.step
      step.name.text += "_\(level + 1)"
      declare(step: step.name)
      let when = condition.map { joined($0, reaches(level + 1)) } ?? reaches(level + 1)
      var typed = expressions.assuming(guards) {
        body(clause, step, by: column(level + 1, .post), when, group: nil, found)
      }
      typed.label = "\(owner.plain(step.label) ?? tree.step.name.text) \(level + 1)"
      typed.level = (climb: number, number: level + 1)
      if found.indices[typed.name] == nil { found.indices[typed.name] = found.steps.count }
      found.steps.append(typed)
    }
    let failed = TypedExpression(.not(reaches(1)), .bool, range)
    result.requires.append(
      TypedClause(
        effect: .invalid, code: tree.code.text,
        text: expressions.assuming(guards) { expressions.text(tree.text) }, forEach: nil,
        condition: condition.map { joined($0, failed) } ?? failed, clearedBy: nil,
        because: expressions.text(clause.tails.because),
        source: expressions.sourceNote(clause.tails.source), range: clause.range))
  }

  /// Where a walk starts: a post, or a person who holds one.
  private func start(_ tree: ExpressionTree) -> TypedExpression? {
    guard let found = expressions.scalar(tree, expected: .post) else { return nil }
    switch found.type.unwrapped {
    case .post, .person: return found
    default:
      report(
        .typeMismatch(
          found.range, expected: owner.words(.post), found: owner.words(found.type.unwrapped)))
      return nil
    }
  }

  /// How many levels a walk may have; from a post that is written out, just those above it.
  private func depth(of start: TypedExpression, up reference: Reference, most: Int) -> Int {
    guard case .constant(.post(let post)) = start.kind else { return most }
    let hierarchy = owner.set.policies[reference.policy].hierarchies[reference.index]
    return hierarchy.path(above: post).count
  }

  // MARK: What holders are held to

  /// `holders for COLUMN FACT, … up to AMOUNT`.
  func heldFor(
    _ clause: ClauseTree, _ scope: [(column: Name, fact: ExpressionTree)],
    _ upTo: ExpressionTree?, _ result: inout TypedApproval
  ) {
    let columns = owner.set.holderColumns
    result.heldFor = Array(repeating: nil, count: columns.count)
    var seen: [String: SourceRange] = [:]
    for (name, tree) in scope where !name.text.isEmpty {
      guard let index = columns.firstIndex(where: { $0.name == name.text }) else {
        let names = columns.map(\.name)
        report(
          .unknownHolderColumn(name, nearest: owner.nearest(name.text, names), all: names))
        continue
      }
      if let first = seen.updateValue(name.range, forKey: name.text) {
        report(.duplicateColumn(name, first: first))
      }
      result.heldFor[index] = expressions.typed(tree, columns[index].type)
    }
    guard let upTo else { return }
    if !owner.declaresHolderAmounts { report(.noHolderAmounts(upTo.range)) }
    result.heldUpTo = expressions.typed(upTo, .money)
  }
}

extension SetChecker {
  /// The hierarchy of a name.
  func hierarchy(_ name: Name, in policy: Int) -> Reference? {
    if name.text.isEmpty { return nil }
    switch lookUp(name.text, in: policy) {
    case .found(.hierarchy(let reference)): return reference
    case .ambiguous(let places):
      report(.ambiguousName(name, places.map { set.policies[$0].name }))
    case .found, .unknown:
      let names = ([policy] + scopes[policy].uses).flatMap { index in
        scopes[index].ownValues.filter {
          if case .hierarchy = $0.value.entity { true } else { false }
        }.keys.sorted()
      }
      report(.unknownHierarchy(name, nearest: nearest(name.text, names), all: names))
    }
    return nil
  }

  /// Whether a register says up to which amount a post is held.
  var declaresHolderAmounts: Bool {
    trees.contains { tree in
      tree.declarations.contains { declaration in
        guard case .register(let register) = declaration else { return false }
        return register.scope.contains { $0.name.text == "up_to" }
      }
    }
  }
}
