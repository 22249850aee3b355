/// `deny`, `hold`, `require` and `require fields`: the clauses of releases, checks and approvals.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension DecisionChecker {
  /// The deny, hold and require clauses in order.
  func clauses() -> [TypedClause] {
    var result: [TypedClause] = []
    let isRelease = tree.kind == .release
    for clause in tree.clauses where clause.kind.fits(tree.kind) {
      switch clause.kind {
      case .deny(let code, let text):
        if let typed = problem(clause, .deny, code, text, nil) { result.append(typed) }
      case .hold(let code, let text):
        if let typed = problem(clause, .hold, code, text, nil) { result.append(typed) }
      case .require(let condition, let code, let text):
        let effect: TypedClause.Effect = isRelease ? .deny : .invalid
        if let typed = problem(clause, effect, code, text, condition) { result.append(typed) }
      case .requireFields(let record, let fields):
        result += missingFields(clause, record, fields)
      default: break
      }
    }
    return result
  }

  private func problem(
    _ clause: ClauseTree, _ effect: TypedClause.Effect, _ code: Name, _ text: TextTree,
    _ requirement: ExpressionTree?
  ) -> TypedClause? {
    allowTails(
      clause,
      tree.kind == .release
        ? [.forEach, .when, .clearedBy, .because, .source] : [.forEach, .when, .because, .source])
    declare(code, "clause", in: \.codes)
    return each(clause) { forEach in
      let (condition, guards, sound) = when(clause)
      guard let (fires, proven) = firing(clause, condition, guards, sound, requirement) else {
        _ = expressions.assuming(guards) { expressions.text(text) }
        _ = expressions.assuming(guards) { clearing(clause.tails.clearedBy) }
        return nil
      }
      if let unchanged = clause.tails.clearedBy?.unchanged { requireRecords(fires, unchanged) }
      return expressions.assuming(proven) {
        var typed = TypedClause(
          effect: effect, code: code.text, text: expressions.text(text), forEach: forEach,
          condition: fires, clearedBy: clearing(clause.tails.clearedBy),
          because: expressions.text(clause.tails.because),
          source: expressions.sourceNote(clause.tails.source), range: clause.range)
        typed.requirement = requirement.map { (of: $0.range, when: condition?.range) }
        return typed
      }
    }
  }

  /// When a clause fires (`W`, or `W and not C` of a `require`), and what is present then.
  private func firing(
    _ clause: ClauseTree, _ condition: TypedExpression?, _ guards: Set<GuardPath>, _ sound: Bool,
    _ requirement: ExpressionTree?
  ) -> (TypedExpression, Set<GuardPath>)? {
    guard let requirement else {
      let always = TypedExpression(.constant(.bool(true)), .bool, clause.keyword.range)
      return sound ? (condition ?? always, guards) : nil
    }
    let required = expressions.assuming(guards) { expressions.condition(requirement) }
    guard let required, sound else { return nil }
    let failed = TypedExpression(.not(required), .bool, required.range)
    let proven = guards.union(owner.presentWhenFalse(required))
    return (condition.map { joined($0, failed) } ?? failed, proven)
  }

  /// Checks a clause with its item bound, when it has `for each`.
  func each<Result>(
    _ clause: ClauseTree,
    _ body: ((variable: Variable, list: TypedExpression)?) -> Result?
  ) -> Result? {
    guard let tree = clause.tails.forEach else { return body(nil) }
    guard let (list, item) = expressions.listValue(tree.list) else { return nil }
    return expressions.binding(tree.variable, item) { variable in body((variable, list)) }
  }

  private func clearing(_ tree: TailsTree.ClearedBy?) -> TypedClearing? {
    guard let tree else { return nil }
    let post = expressions.typed(tree.post, .post)
    var bounds: (bound: TypedExpression, of: TypedExpression)?
    if let upTo = tree.upTo {
      let sides = expressions.pair(upTo.bound, upTo.of) {
        self.expressions.scalar($0, expected: $1)
      }
      if let (bound, of) = expressions.both(sides),
        expressions.compare(.lessOrEqual, of, bound, upTo.bound.range) != nil
      {
        bounds = (bound, of)
      }
    }
    let days = tree.days.flatMap { expressions.typed($0, .number) }
    return post.map {
      var clearing = TypedClearing(post: $0, upTo: bounds, days: days)
      clearing.whileUnchanged = tree.unchanged != nil
      return clearing
    }
  }

  // MARK: require fields

  private func missingFields(
    _ clause: ClauseTree, _ record: ExpressionTree, _ fields: [Name]
  ) -> [TypedClause] {
    allowTails(clause, [.forEach, .when, .because, .source])
    let typed: [TypedClause]? = each(clause) { forEach in
      let (condition, guards, sound) = when(clause)
      guard let base = pathToRecord(record), case .record(let id) = base.type.unwrapped else {
        return nil
      }
      var result: [TypedClause] = []
      for name in fields where !name.text.isEmpty {
        guard let index = owner.fieldIndex[id.index][name.text] else {
          reportUnknownField(name, id)
          continue
        }
        declare(Name("missing_\(name.text)", name.range), "clause", in: \.codes)
        let field = owner.set.types[id].fields[index]
        if owner.brokenFields.contains(FieldPlace(record: id, field: index)) { continue }
        let path = TypedExpression(.field(base, index), field.type, name.range)
        guard let missing = missing(path, guards, name), sound else { continue }
        let words = TypedText([.missing(label: field.label)])
        var typed = TypedClause(
          effect: .invalid, code: "missing_\(name.text)", text: words, forEach: forEach,
          condition: condition.map { joined($0, missing) } ?? missing, clearedBy: nil,
          because: expressions.text(clause.tails.because),
          source: expressions.sourceNote(clause.tails.source), range: clause.range)
        typed.requirement = (of: name.range, when: condition?.range)
        result.append(typed)
      }
      return result
    }
    return typed ?? []
  }

  private func pathToRecord(_ tree: ExpressionTree) -> TypedExpression? {
    let before = expressions.inText
    expressions.inText = true
    defer { expressions.inText = before }
    guard let base = expressions.check(tree) else { return nil }
    guard case .record = base.type.unwrapped else {
      report(.noFields(Name(expressions.source(tree.range), tree.range), owner.words(base.type)))
      return nil
    }
    return base
  }

  private func reportUnknownField(_ name: Name, _ id: RecordID) {
    let names = owner.set.types[id].fields.map(\.name)
    report(
      .unknownField(
        name, of: owner.set.types[id].name, nearest: owner.nearest(name.text, names), all: names))
  }

  /// Whether a field is absent or blank, or a record above it is absent.
  private func missing(
    _ path: TypedExpression, _ guards: Set<GuardPath>, _ name: Name
  ) -> TypedExpression? {
    var result: TypedExpression
    if path.type.unwrapped == .text {
      result = TypedExpression(.isBlank(path), .bool, name.range)
    } else if path.type.isOptional {
      let present = TypedExpression(.isPresent(path), .bool, name.range)
      result = TypedExpression(.not(present), .bool, name.range)
    } else {
      report(.alwaysPresent(name.range, name.text))
      return nil
    }
    var parent = path
    while case .field(let base, _) = parent.kind {
      parent = base
      guard base.type.isOptional, owner.guardPath(base).map({ !guards.contains($0) }) ?? false
      else {
        continue
      }
      let present = TypedExpression(.isPresent(base), .bool, base.range)
      let absent = TypedExpression(.not(present), .bool, base.range)
      result = TypedExpression(.logical(.or, absent, result), .bool, name.range)
    }
    return result
  }
}
