/// Resolves types as written: records and their fields, inputs, constraints.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension SetChecker {
  /// Resolves the fields of all records, then inputs and the signatures of decisions.
  func resolveTypes() {
    for index in recordTrees.indices { resolveRecord(RecordID(index)) }
    checkRecursiveRecords()
    for (policy, tree) in trees.enumerated() {
      for declaration in tree.declarations {
        guard case .input(let input) = declaration else { continue }
        let type = resolve(input.type, in: policy)
        let field = field(input, type, in: policy)
        facts[policy].inputs[set.policies[policy].inputs.count] = type
        set.policies[policy].inputs.append(TypedInput(field: field, range: input.name.range))
      }
      for (index, decision) in tree.decisions.enumerated() {
        guard let type = decision.type else { continue }
        facts[policy].signatures[index].type = resolve(type, in: policy)
      }
    }
  }

  private func resolveRecord(_ id: RecordID) {
    let (policy, tree) = recordTrees[id.index]
    var fields: [RecordType.Field] = []
    var ranges: [String: SourceRange] = [:]
    for field in tree.fields where !field.name.text.isEmpty {
      if let first = ranges[field.name.text] {
        report(.duplicateField(field.name, first: first))
        continue
      }
      ranges[field.name.text] = field.name.range
      let type = resolve(field.type, in: policy)
      if type == nil { brokenFields.insert(FieldPlace(record: id, field: fields.count)) }
      fieldIndex[id.index][field.name.text] = fields.count
      fields.append(self.field(field, type, in: policy))
    }
    set.types.records[id.index] = RecordType(
      name: tree.name.text, label: plain(tree.label) ?? tree.name.text, fields: fields)
  }

  private func field(
    _ tree: FieldTree, _ type: ValueType?, in policy: Int
  ) -> RecordType.Field {
    RecordType.Field(
      name: tree.name.text, label: plain(tree.label) ?? tree.name.text, type: type ?? .bool,
      constraints: type.map { constraints(tree.constraints, $0, in: policy) } ?? [],
      isSecret: tree.secret != nil)
  }

  private func checkRecursiveRecords() {
    func parts(_ type: ValueType) -> Int? {
      switch type {
      case .record(let id): id.index
      case .list(let inner), .optional(let inner): parts(inner)
      default: nil
      }
    }
    let cycles = findCycles(count: recordTrees.count) { index in
      self.set.types.records[index].fields.enumerated().compactMap { field, value in
        self.brokenFields.contains(FieldPlace(record: RecordID(index), field: field))
          ? nil : parts(value.type)
      }
    }
    for cycle in cycles {
      let names = (cycle + [cycle[0]]).map { recordTrees[$0].tree.name.text }
      report(.recursiveType(recordTrees[cycle[0]].tree.name, chain: names))
      // Whoever walks types must come to an end, so the circle is cut.
      for (field, value) in set.types.records[cycle[0]].fields.enumerated()
      where parts(value.type) == (cycle.count > 1 ? cycle[1] : cycle[0]) {
        brokenFields.insert(FieldPlace(record: RecordID(cycle[0]), field: field))
      }
    }
  }

  /// The type as written, or nil when it was reported.
  func resolve(_ tree: TypeTree, in policy: Int) -> ValueType? {
    switch tree.kind {
    case .named(let name):
      guard !name.text.isEmpty else { return nil }
      switch lookUpType(name.text, in: policy) {
      case .found(let type): return type
      case .ambiguous(let places):
        report(.ambiguousName(name, places.map { set.policies[$0].name }))
      case .unknown:
        report(
          .unknownType(
            name, nearest: nearest(name.text, visibleTypes(in: policy)),
            elsewhere: otherPolicy(declaringType: name.text, besides: policy)))
      }
      return nil
    case .list(let item):
      guard let type = resolve(item, in: policy) else { return nil }
      switch type {
      case .optional, .list:
        report(.unsupportedType(tree.range, "the items of a list are values that are never absent"))
        return nil
      default: return .list(type)
      }
    case .optional(let inner):
      guard let type = resolve(inner, in: policy) else { return nil }
      return type.isOptional ? type : .optional(type)
    }
  }

  /// What a value must satisfy; those that do not fit the type are reported and left out.
  func constraints(
    _ trees: [ConstraintTree], _ type: ValueType, in policy: Int
  ) -> [Constraint] {
    var result: [Constraint] = []
    for tree in trees {
      switch tree {
      case .compare(let comparison, let bound):
        guard let value = bounded(bound, type, in: policy) else { continue }
        switch comparison {
        case .greater: result.append(.lower(value, inclusive: false))
        case .greaterOrEqual: result.append(.lower(value, inclusive: true))
        case .less: result.append(.upper(value, inclusive: false))
        case .lessOrEqual: result.append(.upper(value, inclusive: true))
        default: report(.constraintDoesNotFit(bound.range, words(type)))
        }
      case .range(let low, let high, let inclusive):
        guard let lower = bounded(low, type, in: policy),
          let upper = bounded(high, type, in: policy)
        else { continue }
        if upper < lower || (upper == lower && !inclusive) {
          report(.emptyRange(low.range.union(high.range)))
        }
        result.append(.lower(lower, inclusive: true))
        result.append(.upper(upper, inclusive: inclusive))
      case .pattern(let pattern, let range):
        guard type.unwrapped == .text else {
          report(.constraintDoesNotFit(range, words(type)))
          continue
        }
        if let pattern = textPattern(pattern, range) { result.append(.pattern(pattern)) }
      case .items(let bound):
        if let items = itemBound(bound, type, in: policy) { result.append(.items(items)) }
      }
    }
    return result
  }

  /// How many items a list may have, as written; nil when it was reported.
  private func itemBound(_ tree: ExpressionTree, _ type: ValueType, in policy: Int) -> Int? {
    if case .missing = tree.kind { return nil }
    guard case .list = type.unwrapped else {
      report(.constraintDoesNotFit(tree.range, words(type)))
      return nil
    }
    guard case .number(let value)? = constant(tree, .number, in: policy) else { return nil }
    let count = value.units / Decimal.one
    guard value.units % Decimal.one == 0, count >= 1, count <= RequestLimits.items else {
      report(.badItemBound(tree.range))
      return nil
    }
    return Int(count)
  }

  /// A bound in units, or day numbers.
  private func bounded(
    _ tree: ExpressionTree, _ type: ValueType, in policy: Int
  ) -> Int128? {
    if case .missing = tree.kind { return nil }
    switch type.unwrapped {
    case .number, .money, .percent, .date, .month, .time: break
    default:
      report(.constraintDoesNotFit(tree.range, words(type)))
      return nil
    }
    return constant(tree, type.unwrapped, in: policy).flatMap(units)
  }

  /// The order of a constant on its axis: units of decimals, day numbers, indices.
  func units(_ constant: Constant) -> Int128? {
    switch constant {
    case .number(let value), .money(let value, _), .percent(let value): value.units
    case .date(let day): Int128(day.number)
    case .month(let month): Int128(month.number)
    case .time(let time): Int128(time.minutes)
    case .member(_, let index): Int128(index)
    case .post(let index): Int128(index)
    case .bool(let value): value ? 1 : 0
    case .text, .person: nil
    }
  }

  /// A pattern, or nil when it was reported.
  func textPattern(_ text: String, _ range: SourceRange) -> TextPattern? {
    do throws(TextPattern.Fault) {
      return try TextPattern(text)
    } catch {
      report(.badPattern(range, error))
      return nil
    }
  }
}
