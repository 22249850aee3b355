/// Literals, names, fields, calls and look-ups.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension ExpressionChecker {
  /// The one switch over the forms of an expression.
  func form(_ tree: ExpressionTree, _ expected: ValueType?) -> TypedExpression? {
    let range = tree.range
    switch tree.kind {
    case .missing: return nil
    case .number, .percent, .money, .date, .month, .time, .text, .bool:
      return literal(tree, expected)
    case .name(let name): return self.name(name, range, expected)
    case .field(let base, let name): return field(base, name, range)
    case .index(let base, let keys): return bareLookup(base, keys, range)
    case .call(let name, let arguments): return call(name, arguments, range)
    case .not(let inner):
      return condition(inner).map { TypedExpression(.not($0), .bool, range) }
    case .negate(let inner): return negate(inner, range, expected)
    case .binary(let binary, let a, let b): return self.binary(binary, a, b, range, expected)
    case .test(let left, let negated, let test): return self.test(left, negated, test, range)
    case .membership(let left, let negated, let collection):
      return membership(left, negated, collection, range)
    case .conditional(let condition, let yes, let no):
      return conditional(condition, yes, no, range, expected)
    case .quantifier(let quantifier, let variable, let list, let condition):
      return self.quantifier(quantifier, variable, list, condition, range)
    case .aggregate(let aggregate): return self.aggregate(aggregate, nil, range, expected)
    case .fallback(let inner, let fallback): return self.fallback(inner, fallback, range, expected)
    case .duration:
      report(.durationWithoutDate(range))
      return nil
    case .daysBetween(let from, let to):
      let (first, last) = (typed(from, .date), typed(to, .date))
      guard let first, let last else { return nil }
      return TypedExpression(.daysBetween(first, last), .number, range)
    case .monthsBetween(let from, let to):
      let (first, last) = (typed(from, .month), typed(to, .month))
      guard let first, let last else { return nil }
      return TypedExpression(.dateFunction(.monthsBetween, first, last), .number, range)
    case .businessDaysBetween(let from, let to, let name):
      return businessDays(from, to, calendar: name, range)
    case .businessDuration:
      report(.durationWithoutDate(range))
      return nil
    case .convert(let tree): return conversion(tree, range)
    case .patternPart(let part, let inner): return patternPart(part, inner, range)
    case .dayOfMonth(let day, let month): return dayOfMonth(day, month, range)
    case .datePart(let part, let inner): return datePart(part, inner, range)
    case .today: return TypedExpression(.today, .date, range)
    case .list(let items): return list(items, range, expected)
    case .record(let fields): return record(fields, range, expected)
    case .comprehension(let element, let variable, let list, let condition):
      return comprehension(element, variable, list, condition, range, expected)
    case .the(let variable, let list, let condition, let otherwise):
      return the(variable, list, condition, otherwise, range)
    case .allocate(let allocation): return allocate(allocation, range)
    }
  }

  private func literal(_ tree: ExpressionTree, _ expected: ValueType?) -> TypedExpression? {
    guard var type = owner.literalType(tree) else { return nil }
    if type == .number, expected == .money { type = .money }
    if type == .text, expected == .person { type = .person }
    return owner.constant(tree, type, in: policy).map {
      TypedExpression(.constant($0), type, tree.range)
    }
  }

  private func negate(
    _ inner: ExpressionTree, _ range: SourceRange, _ expected: ValueType?
  ) -> TypedExpression? {
    if case .number = inner.kind {
      return literal(ExpressionTree(.negate(inner), range), expected)
    }
    guard let value = scalar(inner, expected: expected) else { return nil }
    switch value.type.unwrapped {
    case .number, .money, .percent:
      return TypedExpression(.negate(value), value.type.unwrapped, range)
    default:
      report(.notANumber(value.range, words(value.type.unwrapped)))
      return nil
    }
  }

  // MARK: Names

  private func name(
    _ name: Name, _ range: SourceRange, _ expected: ValueType?
  ) -> TypedExpression? {
    if name.text.isEmpty { return nil }
    if let variable = variables[name.text] {
      return TypedExpression(.variable(variable), variable.type, range)
    }
    if pointsAllowed, name.text == "points" {
      return TypedExpression(.pointsTotal, .number, range)
    }
    let found = owner.lookUp(name.text, in: policy)
    if case .enumeration(let id) = expected, let index = owner.memberIndex[id.index][name.text],
      !isValue(found, of: .enumeration(id))
    {
      return TypedExpression(.constant(.member(id, index)), .enumeration(id), range)
    }
    switch found {
    case .found(let entity): return self.entity(entity, name, range)
    case .ambiguous(let places):
      report(.ambiguousName(name, places.map { owner.set.policies[$0].name }))
      return nil
    case .unknown:
      if let number = namedNumber(name) { return number }
      unknown(name, expected)
      return nil
    }
  }

  /// Whether a declared name already has the wanted type, so that no member is meant.
  private func isValue(_ found: Lookup<Entity>, of type: ValueType) -> Bool {
    guard case .found(let entity) = found else { return false }
    let facts = owner.facts
    switch entity {
    case .input(let at): return facts[at.policy].inputs[at.index]?.unwrapped == type
    case .parameter(let at): return facts[at.policy].parameters[at.index] == type
    case .define(let at): return owner.defineType(at) == type
    case .decision(let at): return facts[at.policy].signatures[at.index].type == type
    case .table, .post, .calendar, .rates, .hierarchy, .guarantee: return false
    }
  }

  private func unknown(_ name: Name, _ expected: ValueType?) {
    var names = variables.keys.sorted() + owner.visibleNames(in: policy) + numberWords
    if case .enumeration(let id) = expected {
      names += owner.set.types[id].members.map(\.name)
    }
    report(
      .unknownName(
        name, nearest: owner.nearest(name.text, names),
        elsewhere: owner.otherPolicy(declaring: name.text, besides: policy)))
  }

  /// A declared name as a value.
  func entity(_ entity: Entity, _ name: Name, _ range: SourceRange) -> TypedExpression? {
    switch entity {
    case .input(let at):
      return owner.facts[at.policy].inputs[at.index].map {
        TypedExpression(.input(at), $0, range)
      }
    case .parameter(let at):
      owner.usedParameters.insert(at)
      return owner.facts[at.policy].parameters[at.index].map {
        TypedExpression(.parameter(at), $0, range)
      }
    case .table:
      report(.tableNeedsKey(name))
      return nil
    case .define(let at): return call(at, name, [], range)
    case .calendar, .rates, .hierarchy, .guarantee:
      report(.notAValue(name, entity.word))
      return nil
    case .post(let index): return TypedExpression(.constant(.post(index)), .post, range)
    case .decision(let at):
      use(at)
      let signature = owner.facts[at.policy].signatures[at.index]
      guard signature.kind == .value || signature.kind == .grade else {
        report(.decisionNeedsIs(name, signature.kind))
        return nil
      }
      return signature.type.map { TypedExpression(.decisionValue(at), $0, range) }
    }
  }

  /// The policy that a name left of a point means, unless the name is a value.
  func policyPrefix(_ tree: ExpressionTree) -> Int? {
    guard case .name(let name) = tree.kind, let index = owner.policyIndex[name.text],
      variables[name.text] == nil
    else { return nil }
    switch owner.lookUp(name.text, in: policy) {
    case .unknown, .found(.decision), .found(.post): return index
    default: return nil
    }
  }

  /// `policy.name`: decisions of any policy, other declarations of used ones.
  func qualified(_ other: Int, _ name: Name) -> Entity? {
    if name.text.isEmpty { return nil }
    let policyName = owner.set.policies[other].name
    guard let entry = owner.scopes[other].ownValues[name.text] else {
      let names = owner.scopes[other].ownValues.keys.sorted()
      report(.unknownInPolicy(name, policyName, nearest: owner.nearest(name.text, names)))
      return nil
    }
    if case .decision = entry.entity { return entry.entity }
    guard other == policy || owner.scopes[policy].uses.contains(other) else {
      report(.policyNotUsed(name, policyName, entry.entity.word))
      return nil
    }
    return entry.entity
  }

  // MARK: Fields

  private func field(
    _ base: ExpressionTree, _ name: Name, _ range: SourceRange
  ) -> TypedExpression? {
    if case .index(let table, let keys) = base.kind {
      return lookup(table, keys, column: name, fallback: nil, range)
    }
    if let other = policyPrefix(base) {
      return qualified(other, name).flatMap { entity($0, name, range) }
    }
    guard let record = value(base), !name.text.isEmpty else { return nil }
    guard case .record(let id) = record.type.unwrapped else {
      report(.noFields(name, words(record.type.unwrapped)))
      return nil
    }
    guard let index = owner.fieldIndex[id.index][name.text] else {
      let type = owner.set.types[id]
      report(
        .unknownField(
          name, of: type.name, nearest: owner.nearest(name.text, type.fields.map(\.name)),
          all: type.fields.map(\.name)))
      return nil
    }
    if owner.brokenFields.contains(FieldPlace(record: id, field: index)) { return nil }
    // Spelled out: going through the subscript of the types would copy the record.
    let type = owner.set.types.records[id.index].fields[index].type
    return TypedExpression(.field(record, index), type, range)
  }

  // MARK: Tables

  private func bareLookup(
    _ base: ExpressionTree, _ keys: [ExpressionTree], _ range: SourceRange
  ) -> TypedExpression? {
    if let table = table(base) {
      report(.lookupWithoutColumn(range, owner.facts[table.policy].tableTrees[table.index].columns))
    }
    for key in keys { _ = literalFree(key) }
    return nil
  }

  /// Checks a key that leads nowhere, for its own mistakes; bare words may be members.
  private func literalFree(_ tree: ExpressionTree) -> TypedExpression? {
    if case .name(let name) = tree.kind, case .unknown = owner.lookUp(name.text, in: policy) {
      return nil
    }
    return check(tree)
  }

  private func table(_ tree: ExpressionTree) -> Reference? {
    var entity: Entity?
    var place: Name?
    switch tree.kind {
    case .name(let name):
      place = name
      if variables[name.text] == nil {
        switch owner.lookUp(name.text, in: policy) {
        case .found(let found): entity = found
        case .ambiguous(let places):
          report(.ambiguousName(name, places.map { owner.set.policies[$0].name }))
          return nil
        case .unknown:
          unknown(name, nil)
          return nil
        }
      }
    case .field(let base, let name):
      place = name
      guard let other = policyPrefix(base) else { break }
      guard let found = qualified(other, name) else { return nil }
      entity = found
    case .missing: return nil
    default: break
    }
    if case .table(let reference) = entity { return reference }
    if let place, place.text.isEmpty { return nil }
    report(.notATable(tree.range, source(tree.range)))
    return nil
  }

  func lookup(
    _ base: ExpressionTree, _ keys: [ExpressionTree], column: Name, fallback: ExpressionTree?,
    _ range: SourceRange
  ) -> TypedExpression? {
    guard let table = table(base) else {
      for key in keys { _ = literalFree(key) }
      return nil
    }
    let known = owner.facts[table.policy].tables[table.index]
    if keys.count != known.keys.count {
      report(.wrongKeyCount(range, source(base.range), expected: known.keys.count))
      return nil
    }
    var checked: [TypedExpression] = []
    for (key, type) in zip(keys, known.keys) {
      guard let type else { continue }
      if let found = typed(key, type) { checked.append(found) }
    }
    let declared = owner.facts[table.policy].tableTrees[table.index]
    let alwaysGives = [.sum, .count, .collect].contains(declared.hitPolicy)
    if let fallback, alwaysGives {
      report(.elseNotNeeded(fallback.range, source(base.range), declared.hitPolicy.rawValue))
      return nil
    }
    guard let index = known.columnIndex[column.text] else {
      if !column.text.isEmpty {
        let names = declared.columns.map(\.name.text)
        report(
          .unknownColumn(
            column, source(base.range), nearest: owner.nearest(column.text, names), all: names))
      }
      if let fallback { _ = literalFree(fallback) }
      return nil
    }
    guard let column = known.columns[index] else { return nil }
    let type: ValueType =
      switch declared.hitPolicy {
      case .count: .number
      case .collect: .list(column)
      default: column
      }
    let other = fallback.map { typed($0, type) }
    if let other, other == nil { return nil }
    guard checked.count == keys.count else { return nil }
    if declared.isDated { checked.append(TypedExpression(.asOf, .date, range)) }
    if fallback == nil, !alwaysGives {
      owner.bareLookups[table, default: []].append(BareLookup(range: range, keys: checked))
    }
    return TypedExpression(
      .lookup(table, keys: checked, column: index, fallback: other ?? nil), type, range)
  }

  private func fallback(
    _ inner: ExpressionTree, _ fallback: ExpressionTree, _ range: SourceRange,
    _ expected: ValueType?
  ) -> TypedExpression? {
    switch inner.kind {
    case .field(let base, let column):
      guard case .index(let table, let keys) = base.kind else { break }
      return lookup(table, keys, column: column, fallback: fallback, range)
    case .aggregate(let tree) where tree.function == .min || tree.function == .max:
      return aggregate(tree, fallback, range, expected)
    case .missing: return nil
    default: break
    }
    report(.elseWithoutLookup(fallback.range))
    return nil
  }
}
