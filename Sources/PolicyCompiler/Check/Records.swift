/// Records and lists that an expression writes out, makes from another list, or looks for in one.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension ExpressionChecker {
  // MARK: Written out

  /// `{ field: e, … }`: the type is that of the place.
  func record(
    _ fields: [(name: Name, value: ExpressionTree)], _ range: SourceRange, _ expected: ValueType?
  ) -> TypedExpression? {
    guard case .record(let id) = expected else {
      report(
        expected.map { .typeMismatch(range, expected: words($0), written: "a record in braces") }
          ?? .recordWithoutType(range))
      return nil
    }
    guard let values = given(fields, id) else { return nil }
    let type = owner.set.types.records[id.index]
    var result: [TypedExpression] = []
    var missing: [String] = []
    for (index, field) in type.fields.enumerated() {
      if let value = values[index] {
        result.append(value)
      } else if field.type.isOptional {
        result.append(TypedExpression(.absent, field.type, range))
      } else {
        missing.append(field.name)
      }
    }
    guard missing.isEmpty else {
      report(.fieldsMissing(range, of: type.name, missing))
      return nil
    }
    return TypedExpression(.record(result), .record(id), range)
  }

  /// The values of the fields that are written, by index; nil when one of them is wrong.
  private func given(
    _ fields: [(name: Name, value: ExpressionTree)], _ id: RecordID
  ) -> [Int: TypedExpression]? {
    let type = owner.set.types.records[id.index]
    var values: [Int: TypedExpression] = [:]
    var ranges: [String: SourceRange] = [:]
    var sound = true
    for (name, tree) in fields where !name.text.isEmpty {
      if let first = ranges.updateValue(name.range, forKey: name.text) {
        report(.duplicateField(name, first: first))
        sound = false
        continue
      }
      guard let index = owner.fieldIndex[id.index][name.text] else {
        let names = type.fields.map(\.name)
        report(
          .unknownField(
            name, of: type.name, nearest: owner.nearest(name.text, names), all: names))
        sound = false
        continue
      }
      guard !owner.brokenFields.contains(FieldPlace(record: id, field: index)),
        let value = part(tree, type.fields[index].type)
      else {
        sound = false
        continue
      }
      values[index] = value
    }
    return sound ? values : nil
  }

  /// The value of a field: that of a `T?` may itself be absent.
  private func part(_ tree: ExpressionTree, _ type: ValueType) -> TypedExpression? {
    guard case .optional(let inner) = type else { return typed(tree, type) }
    guard let found = check(tree, expected: inner) else { return nil }
    if found.type.unwrapped == inner { return found }
    report(
      .typeMismatch(found.range, expected: words(inner), found: words(found.type.unwrapped)))
    return nil
  }

  /// `[a, b]`: the items have the type of the place, else that of the first.
  func list(
    _ items: [ExpressionTree], _ range: SourceRange, _ expected: ValueType?
  ) -> TypedExpression? {
    var type: ValueType?
    if let expected {
      guard case .list(let item) = expected else {
        report(.typeMismatch(range, expected: words(expected), written: "a list in brackets"))
        return nil
      }
      type = item
    }
    guard type != nil || !items.isEmpty else {
      report(.listWithoutType(range))
      return nil
    }
    var result: [TypedExpression] = []
    for tree in items {
      let found = type.map { typed(tree, $0) } ?? value(tree)
      guard let found else { continue }
      type = type ?? found.type.unwrapped
      result.append(found)
    }
    guard let type, result.count == items.count else { return nil }
    return TypedExpression(.list(result), .list(type), range)
  }

  // MARK: From other lists

  /// `[e for x in xs where c]`.
  func comprehension(
    _ element: ExpressionTree, _ name: Name, _ list: ExpressionTree,
    _ condition: ExpressionTree?, _ range: SourceRange, _ expected: ValueType?
  ) -> TypedExpression? {
    var wanted: ValueType?
    if let expected {
      guard case .list(let item) = expected else {
        report(.typeMismatch(range, expected: words(expected), written: "a list in brackets"))
        return nil
      }
      wanted = item
    }
    guard let (items, type) = listValue(list) else { return nil }
    return binding(name, type) { variable in
      guard let (test, guards) = self.filter(condition) else { return nil }
      let found = assuming(guards) {
        wanted.map { self.typed(element, $0) } ?? self.value(element)
      }
      guard let found else { return nil }
      return TypedExpression(
        .comprehension(variable, list: items, element: found, condition: test),
        .list(found.type.unwrapped), range)
    }
  }

  /// A condition of items, and what is present where it holds; nil when it is wrong.
  private func filter(
    _ condition: ExpressionTree?
  ) -> (test: TypedExpression?, guards: Set<GuardPath>)? {
    guard let condition else { return (nil, []) }
    guard let test = self.condition(condition) else { return nil }
    return (test, owner.presentWhenTrue(test))
  }

  /// `the x in xs where c else e`.
  func the(
    _ name: Name, _ list: ExpressionTree, _ condition: ExpressionTree,
    _ otherwise: ExpressionTree?, _ range: SourceRange
  ) -> TypedExpression? {
    guard let (items, type) = listValue(list) else { return nil }
    let test: (Variable, TypedExpression)? = binding(name, type) { variable in
      self.condition(condition).map { (variable, $0) }
    }
    let other = otherwise.map { typed($0, type) }
    if let other, other == nil { return nil }
    guard let test else { return nil }
    return TypedExpression(
      .the(test.0, list: items, condition: test.1, otherwise: other ?? nil), type, range)
  }

  // MARK: Handing out

  /// `allocate AMOUNT over x in xs where c taking EXPR by KEY`.
  func allocate(
    _ tree: ExpressionTree.AllocationTree, _ range: SourceRange
  ) -> TypedExpression? {
    let amount = self.amount(tree.amount)
    guard let (items, type) = listValue(tree.list) else { return nil }
    typealias Inner = (Variable, test: TypedExpression?, taking: TypedExpression, TypedExpression)
    let inner: Inner? = binding(tree.variable, type) { variable in
      guard let (test, guards) = self.filter(tree.condition) else { return nil }
      return assuming(guards) {
        let taking = amount.map { self.typed(tree.taking, $0.type.unwrapped) }
        let key = self.key(tree.key)
        guard let taking = taking ?? nil, let key else { return nil }
        return (variable, test, taking, key)
      }
    }
    guard let amount, let inner else { return nil }
    let (part, whole) = owner.allocationTypes(of: type, amount.type.unwrapped)
    return TypedExpression(
      .allocate(
        TypedAllocation(
          amount: amount, variable: inner.0, list: items, condition: inner.test,
          taking: inner.taking, key: inner.3, part: part)), .record(whole), range)
  }

  private func amount(_ tree: ExpressionTree) -> TypedExpression? {
    guard let found = scalar(tree) else { return nil }
    switch found.type.unwrapped {
    case .money, .number: return found
    default:
      report(.notHandedOut(found.range, words(found.type.unwrapped)))
      return nil
    }
  }

  /// What items are put in order by.
  private func key(_ tree: ExpressionTree) -> TypedExpression? {
    guard let found = scalar(tree) else { return nil }
    switch found.type.unwrapped {
    case .number, .money, .percent, .date: return found
    case .enumeration(let id) where owner.set.types[id].order == .rising: return found
    default:
      report(.noOrder(found.range, words(found.type.unwrapped)))
      return nil
    }
  }
}

extension SetChecker {
  /// The records that an allocation over items of a type gives: one part, and all parts with the rest.
  func allocationTypes(of item: ValueType, _ amount: ValueType) -> (RecordID, RecordID) {
    let name = "\(set.types.name(of: amount)) over \(set.types.name(of: item))"
    func field(_ name: String, _ type: ValueType, _ door: [Constraint] = []) -> RecordType.Field {
      RecordType.Field(name: name, label: name, type: type, constraints: door)
    }
    // What is handed out is never less than nothing.
    let door = [Constraint.lower(0, inclusive: true)]
    let part = builtIn("part of \(name)", [field("item", item), field("amount", amount, door)])
    return (
      part,
      builtIn(
        "allocation of \(name)",
        [field("parts", .list(.record(part))), field("rest", amount, door)])
    )
  }

  /// A record type of the language itself; its name has blanks, so that no policy can write it.
  private func builtIn(_ name: String, _ fields: [RecordType.Field]) -> RecordID {
    if let known = set.types.records.firstIndex(where: { $0.name == name }) {
      return RecordID(known)
    }
    set.types.records.append(RecordType(name: name, label: name, fields: fields))
    fieldIndex.append(
      Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.name, $0) }))
    return RecordID(set.types.records.count - 1)
  }
}
