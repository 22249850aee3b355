/// Grades: points, bands from best to worst, and caps; and the short body of a value.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension DecisionChecker {
  /// The body of a grade.
  func grade() -> TypedDecision.Body {
    let id = gradeEnumeration()
    var grade = TypedGrade(
      enumeration: id ?? EnumerationID(0), points: [], bands: [], otherwise: 0, caps: [])
    var hasOtherwise = false
    var last: (member: Int, name: Name)?
    for clause in tree.clauses {
      switch clause.kind {
      case .points(let name, let label, let value, let most):
        allowTails(clause, [])
        declare(name, "points", in: \.points)
        if let found = points(value, atMost: most) {
          grade.points.append(
            .init(
              name: name.text, label: owner.plain(label) ?? name.text, value: found,
              range: clause.range))
        }
      case .give(let name):
        if clause.tails.when == nil { report(.giveWithoutWhen(clause.keyword)) }
        let band = self.band(clause, name, id)
        follow(name, id, &last)
        if let band { grade.bands.append(band) }
      case .otherwise(let name):
        allowTails(clause, [])
        guard isFirst(clause) else { continue }
        hasOtherwise = true
        if let id, case .member(_, let index) = owner.member(name, of: id) {
          grade.otherwise = index
        }
      case .noBetterThan(let name):
        if let cap = band(clause, name, id) { grade.caps.append(cap) }
      case .sign(let name):
        if var sign = band(clause, name, id) {
          sign.isSign = true
          grade.caps.append(sign)
        }
      default: break
      }
    }
    if !hasOtherwise { report(.gradeWithoutOtherwise(tree.name)) }
    checkOtherwise(grade, last, id)
    if hasOtherwise, let id { checkSigns(grade, id) }
    return .grade(grade)
  }

  /// The value of a line of points; more than the bound counts as the bound.
  private func points(
    _ value: ExpressionTree, atMost bound: ExpressionTree?
  ) -> TypedExpression? {
    let found = expressions.typed(value, .number)
    guard let bound else { return found }
    guard let most = expressions.typed(bound, .number), let found else { return nil }
    let above = TypedExpression(.compare(.greater, found, most), .bool, bound.range)
    return TypedExpression(.conditional(above, most, found), .number, found.range)
  }

  /// A sign that is no worse than the class without signs would never be seen.
  private func checkSigns(_ grade: TypedGrade, _ id: EnumerationID) {
    for clause in tree.clauses {
      guard case .sign(let name) = clause.kind,
        let index = owner.memberIndex[id.index][name.text], index <= grade.otherwise,
        grade.bands.isEmpty
      else { continue }
      report(.signNotWorse(name, than: owner.set.types[id].members[grade.otherwise].name))
    }
  }

  private func gradeEnumeration() -> EnumerationID? {
    guard let type = tree.type else {
      report(.withoutType(tree.name, tree.kind))
      return nil
    }
    guard let found = owner.facts[place.policy].signatures[place.index].type else { return nil }
    if case .enumeration(let id) = found, owner.set.types[id].order == .bestFirst { return id }
    report(.notBestFirst(type.range, owner.words(found)))
    return nil
  }

  private func band(
    _ clause: ClauseTree, _ name: Name, _ id: EnumerationID?
  ) -> TypedGrade.Band? {
    allowTails(clause, [.when, .because, .source])
    if case .give = clause.kind { expressions.pointsAllowed = true }
    defer { expressions.pointsAllowed = false }
    let (condition, guards, sound) = when(clause)
    let because = expressions.assuming(guards) { expressions.text(clause.tails.because) }
    guard let id, case .member(_, let index) = owner.member(name, of: id), sound else {
      return nil
    }
    return TypedGrade.Band(
      member: index, condition: condition, because: because,
      source: expressions.sourceNote(clause.tails.source), range: clause.range)
  }

  /// Bands go from best to worst, each member once.
  private func follow(
    _ name: Name, _ id: EnumerationID?, _ last: inout (member: Int, name: Name)?
  ) {
    guard let id, let index = owner.memberIndex[id.index][name.text] else { return }
    if let before = last, index <= before.member {
      report(
        index == before.member
          ? .duplicateBand(name, first: before.name.range)
          : .bandsOutOfOrder(name, after: before.name))
    }
    last = (index, name)
  }

  private func checkOtherwise(
    _ grade: TypedGrade, _ last: (member: Int, name: Name)?, _ id: EnumerationID?
  ) {
    guard let id, let last else { return }
    for clause in tree.clauses {
      guard case .otherwise(let name) = clause.kind,
        let index = owner.memberIndex[id.index][name.text]
      else { continue }
      if index == last.member {
        report(.duplicateBand(name, first: last.name.range))
      } else if index < last.member {
        report(.bandsOutOfOrder(name, after: last.name))
      }
      return
    }
  }

  /// The body of a value.
  func value() -> TypedDecision.Body {
    let nothing = TypedExpression(.constant(.bool(false)), .bool, tree.name.range)
    var type: ValueType?
    if let written = tree.type {
      type = owner.facts[place.policy].signatures[place.index].type
      switch type {
      case .optional:
        report(.unsupportedType(written.range, "a value that is never absent is needed here"))
        type = nil
      default: break
      }
    } else {
      report(.withoutType(tree.name, tree.kind))
    }
    var result: TypedExpression?
    var found = false
    for clause in tree.clauses {
      guard case .gives(let expression) = clause.kind else { continue }
      allowTails(clause, [])
      guard isFirst(clause) else { continue }
      found = true
      result = type.map { expressions.typed(expression, $0) } ?? expressions.value(expression)
      owner.requireRounded(result)
    }
    if !found { report(.valueWithoutGives(tree.name)) }
    return .value(result ?? nothing)
  }
}
