/// `is`, `in`, and the answers of decisions.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension ExpressionChecker {
  /// `x is …`, `x is not …`.
  func test(
    _ left: ExpressionTree, _ negated: Bool, _ test: ExpressionTree.IsTest, _ range: SourceRange
  ) -> TypedExpression? {
    let result: TypedExpression?
    switch test {
    case .present: result = presence(left, range)
    case .absent: result = presence(left, range).map { not($0, range) }
    case .word(let word):
      if let decision = decision(left) {
        result = answer(of: decision, word, range)
      } else {
        result = self.word(left, word, range)
      }
    case .businessDay(let calendar): result = isBusinessDay(left, calendar: calendar, range)
    case .betterThan(let name): result = better(left, name, orEqual: false, range)
    case .noWorseThan(let name): result = better(left, name, orEqual: true, range)
    case .value(let tree):
      let sides = pair(left, tree) { self.scalar($0, expected: $1) }
      result = both(sides).flatMap { compare(.equal, $0, $1, range) }
    }
    guard let result, negated else { return result }
    return not(result, range)
  }

  /// The contrary, without a double `not`.
  private func not(_ expression: TypedExpression, _ range: SourceRange) -> TypedExpression {
    switch expression.kind {
    case .not(let inner): inner
    case .compare(.equal, let a, let b): TypedExpression(.compare(.notEqual, a, b), .bool, range)
    default: TypedExpression(.not(expression), .bool, range)
    }
  }

  private func presence(_ left: ExpressionTree, _ range: SourceRange) -> TypedExpression? {
    guard let path = check(left) else { return nil }
    guard path.type.isOptional, owner.guardPath(path) != nil else {
      report(.alwaysPresent(left.range, source(left.range)))
      return nil
    }
    return TypedExpression(.isPresent(path), .bool, range)
  }

  private func word(
    _ left: ExpressionTree, _ word: Name, _ range: SourceRange
  ) -> TypedExpression? {
    guard let value = scalar(left), !word.text.isEmpty else { return nil }
    let right: Constant?
    switch value.type.unwrapped {
    case .enumeration(let id): right = owner.member(word, of: id)
    case .post: right = owner.post(word)
    case .number where !numberWords(beside: value).isEmpty:
      return numberWord(value, word, range)
    default:
      report(.noWords(word, words(value.type.unwrapped)))
      return nil
    }
    return right.flatMap {
      compare(
        .equal, value, TypedExpression(.constant($0), value.type.unwrapped, word.range), range)
    }
  }

  /// `weekday of d is monday`.
  private func numberWord(
    _ value: TypedExpression, _ word: Name, _ range: SourceRange
  ) -> TypedExpression? {
    guard let number = beside(value, { namedNumber(word) }) else {
      let all = numberWords(beside: value)
      report(.unknownNumberWord(word, nearest: owner.nearest(word.text, all), all: all))
      return nil
    }
    return compare(.equal, value, number, range)
  }

  private func better(
    _ left: ExpressionTree, _ name: Name, orEqual: Bool, _ range: SourceRange
  ) -> TypedExpression? {
    if let reference = decision(left) {
      let signature = owner.facts[reference.policy].signatures[reference.index]
      if signature.kind == .grade {
        guard case .enumeration(let id) = signature.type,
          case .member(_, let index) = owner.member(name, of: id)
        else { return nil }
        use(reference)
        return TypedExpression(
          .decisionIs(reference, orEqual ? .noWorseThan(index) : .betterThan(index)), .bool, range)
      }
    }
    guard let value = scalar(left), !name.text.isEmpty else { return nil }
    guard case .enumeration(let id) = value.type.unwrapped,
      owner.set.types[id].order == .bestFirst
    else {
      report(.notBestFirst(range, words(value.type.unwrapped)))
      return nil
    }
    return owner.member(name, of: id).map {
      let right = TypedExpression(.constant($0), value.type.unwrapped, name.range)
      return TypedExpression(.compare(orEqual ? .lessOrEqual : .less, value, right), .bool, range)
    }
  }

  // MARK: Decisions

  /// The decision that a name or `policy.name` means, if it means one.
  func decision(_ tree: ExpressionTree) -> Reference? {
    switch tree.kind {
    case .name(let name):
      guard variables[name.text] == nil,
        case .found(.decision(let reference)) = owner.lookUp(name.text, in: policy)
      else { return nil }
      return reference
    case .field(let base, let name):
      guard let other = policyPrefix(base),
        case .decision(let reference) = owner.scopes[other].ownValues[name.text]?.entity
      else { return nil }
      return reference
    default: return nil
    }
  }

  private func answer(
    of reference: Reference, _ word: Name, _ range: SourceRange
  ) -> TypedExpression? {
    use(reference)
    let signature = owner.facts[reference.policy].signatures[reference.index]
    if word.text.isEmpty { return nil }
    if let answer = signature.kind.answers.first(where: { $0.word == word.text })?.answer {
      return TypedExpression(.decisionIs(reference, answer), .bool, range)
    }
    var known = signature.kind.answers.map(\.word)
    switch (signature.kind, signature.type) {
    case (.grade, .enumeration(let id)?):
      if let index = owner.memberIndex[id.index][word.text] {
        return TypedExpression(.decisionIs(reference, .grade(index)), .bool, range)
      }
      known = owner.set.types[id].members.map(\.name) + known
    case (.value, .enumeration?), (.value, .post?):
      guard let type = signature.type else { return nil }
      let right: Constant? =
        if case .enumeration(let id) = type { owner.member(word, of: id) } else {
          owner.post(word)
        }
      let left = TypedExpression(.decisionValue(reference), type, range)
      return right.flatMap {
        compare(.equal, left, TypedExpression(.constant($0), type, word.range), range)
      }
    case (.grade, nil), (.value, nil): return nil
    default: break
    }
    report(
      .unknownAnswer(word, signature.kind, nearest: owner.nearest(word.text, known), all: known))
    return nil
  }

  // MARK: Membership

  /// `x in …`, `x not in …`.
  func membership(
    _ left: ExpressionTree, _ negated: Bool, _ collection: ExpressionTree.Collection,
    _ range: SourceRange
  ) -> TypedExpression? {
    let result: TypedExpression?
    switch collection {
    case .members(let members): result = oneOf(left, members, range)
    case .range(let low, let high, let inclusive):
      result = within(left, low, high, inclusive, range)
    case .list(let list): result = contained(left, list, range)
    }
    guard let result, negated else { return result }
    return TypedExpression(.not(result), .bool, range)
  }

  private func oneOf(
    _ left: ExpressionTree, _ members: [ExpressionTree], _ range: SourceRange
  ) -> TypedExpression? {
    guard let value = scalar(left) else { return nil }
    let type = value.type.unwrapped
    var checked: [TypedExpression] = []
    for member in members {
      if case .name = member.kind, hasWords(type) {
        if let constant = owner.constant(member, type, in: policy) {
          checked.append(TypedExpression(.constant(constant), type, member.range))
        }
      } else if let found = beside(value, { typed(member, type) }) {
        checked.append(found)
      }
    }
    guard checked.count == members.count else { return nil }
    return TypedExpression(.oneOf(value, checked), .bool, range)
  }

  private func hasWords(_ type: ValueType) -> Bool {
    switch type {
    case .enumeration, .post: true
    default: false
    }
  }

  private func within(
    _ left: ExpressionTree, _ low: ExpressionTree, _ high: ExpressionTree, _ inclusive: Bool,
    _ range: SourceRange
  ) -> TypedExpression? {
    guard let value = scalar(left) else { return nil }
    let type = value.type.unwrapped
    let bounds = beside(value) { (scalar(low, expected: type), scalar(high, expected: type)) }
    guard let (lower, upper) = both(bounds),
      let above = compare(.greaterOrEqual, value, lower, range),
      let below = compare(inclusive ? .lessOrEqual : .less, value, upper, range)
    else { return nil }
    if case .constant(let a) = lower.kind, case .constant(let b) = upper.kind,
      let first = owner.units(a), let last = owner.units(b),
      last < first || (last == first && !inclusive)
    {
      report(.emptyRange(low.range.union(high.range)))
    }
    return TypedExpression(.logical(.and, above, below), .bool, range)
  }

  private func contained(
    _ left: ExpressionTree, _ list: ExpressionTree, _ range: SourceRange
  ) -> TypedExpression? {
    let (value, items) = (scalar(left), listValue(list))
    guard let value, let (typed, item) = items else { return nil }
    guard item == value.type.unwrapped else {
      report(.cannotCompare(range, words(value.type.unwrapped), words(item), help: nil))
      return nil
    }
    return TypedExpression(.contains(list: typed, value), .bool, range)
  }
}

extension DecisionTree.Kind {
  /// The words of the answers that every decision of the kind can give.
  var answers: [(word: String, answer: DecisionAnswer)] {
    let own: [(word: String, answer: DecisionAnswer)] =
      switch self {
      case .release: [("allow", .allow), ("hold", .hold), ("deny", .deny)]
      case .approval:
        [
          ("approved", .approved), ("refused", .refused), ("open", .open), ("chain", .chain),
          ("invalid", .invalid),
        ]
      case .limit: [("within", .within), ("exceeded", .exceeded)]
      case .check: [("valid", .valid), ("invalid", .invalid)]
      case .grade, .value: []
      }
    return own + [("not_applicable", .notApplicable)]
  }
}
