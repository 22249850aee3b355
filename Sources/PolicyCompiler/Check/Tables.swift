/// Tables: keys, columns and the cells of every row.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension SetChecker {
  /// Checks the tables of all policies.
  func checkTables() {
    for policy in trees.indices {
      for index in facts[policy].tableTrees.indices {
        checkTable(Reference(policy: policy, index: index))
      }
    }
  }

  private func checkTable(_ reference: Reference) {
    let policy = reference.policy
    let tree = facts[policy].tableTrees[reference.index]
    var known = TableFacts()
    known.keys = tree.keys.map { scalarType($0.type, in: policy) }
    known.columns = tree.columns.map { scalarType($0.type, in: policy) }
    var names: [String: SourceRange] = [:]
    for field in tree.keys + tree.columns where !field.name.text.isEmpty {
      if tree.isDated, TableTree.periodNames.contains(field.name.text) {
        report(.periodNamedTwice(field.name))
      }
      if let first = names[field.name.text] {
        report(.duplicateColumn(field.name, first: first))
      } else {
        names[field.name.text] = field.name.range
      }
    }
    for (index, column) in tree.columns.enumerated() where !column.name.text.isEmpty {
      if known.columnIndex[column.name.text] == nil {
        known.columnIndex[column.name.text] = index
      }
    }
    checkCollecting(tree, known)
    for field in tree.keys + tree.columns {
      if let constraint = field.constraints.first { report(.constraintInTable(constraint)) }
      if let secret = field.secret { report(.misplacedSecret(secret)) }
    }
    let before = diagnostics.all.count + diagnostics.dropped
    let trees = tree.sheet.map { sheetRows(tree, $0, known, in: policy) } ?? tree.rows
    let rows = (trees ?? []).compactMap { row($0, tree, known, in: policy) }
    known.sound =
      diagnostics.all.count + diagnostics.dropped == before && rows.count == trees?.count
      && !known.keys.contains { $0 == nil }
    facts[policy].tables[reference.index] = known
    var table = TypedTable(
      name: tree.name.text, label: plain(tree.label) ?? tree.name.text,
      keys: zip(tree.keys, known.keys).map { ($0.name.text, $1 ?? .bool) }
        + (tree.isDated ? [("as of", .date)] : []),
      columns: zip(tree.columns, known.columns).map { ($0.name.text, $1 ?? .bool) },
      hit: Self.hit(tree.hitPolicy), isDated: tree.isDated, illustrative: tree.illustrative,
      rows: rows, range: tree.name.range)
    table.keyLabels = tree.keys.map { plain($0.label) ?? $0.name.text }
    table.columnLabels = tree.columns.map { plain($0.label) ?? $0.name.text }
    set.policies[policy].tables.append(table)
  }

  private static func hit(_ tree: TableTree.HitPolicy) -> TypedTable.Hit {
    switch tree {
    case .unique: .unique
    case .first: .first
    case .sum: .sum
    case .min: .min
    case .max: .max
    case .count: .count
    case .collect: .list
    }
  }

  /// Sums and extremes are of numbers, amounts and percentages.
  private func checkCollecting(_ tree: TableTree, _ known: TableFacts) {
    switch tree.hitPolicy {
    case .unique, .first, .count, .collect: return
    case .sum, .min, .max: break
    }
    for (column, type) in zip(tree.columns, known.columns) {
      switch type {
      case .number, .money, .percent, nil: break
      case let type?:
        report(.cannotCollect(column.type.range, tree.hitPolicy.rawValue, words(type)))
      }
    }
  }

  func row(
    _ tree: TableTree.Row, _ table: TableTree, _ known: TableFacts, in policy: Int
  ) -> TypedTable.Row? {
    let keys = known.keys + (table.isDated ? [.date] : [])
    guard tree.cells.count == keys.count, tree.values.count == table.columns.count else {
      return nil
    }
    var cells: [TypedTable.Cell] = []
    for (cell, type) in zip(tree.cells, keys) {
      guard let type else { continue }
      if let cell = self.cell(cell, type, in: policy) { cells.append(cell) }
    }
    var values: [Constant] = []
    for (value, type) in zip(tree.values, known.columns) {
      guard let type else { continue }
      if let constant = constant(value, type, in: policy) { values.append(constant) }
    }
    guard cells.count == keys.count, values.count == table.columns.count else { return nil }
    return TypedTable.Row(cells: cells, values: values, range: tree.range)
  }

  private func cell(
    _ tree: TableTree.Cell, _ type: ValueType, in policy: Int
  ) -> TypedTable.Cell? {
    switch tree {
    case .any: return TypedTable.Cell(tests: [], negated: false)
    case .tests(let tests, let negated, _):
      let typed = tests.compactMap { unaryTest($0, type, in: policy) }
      guard typed.count == tests.count, !tests.isEmpty else { return nil }
      return TypedTable.Cell(tests: typed, negated: negated)
    }
  }

  private func unaryTest(
    _ tree: TableTree.UnaryTest, _ type: ValueType, in policy: Int
  ) -> TypedTable.Test? {
    switch tree {
    case .equals(let literal):
      return constant(literal, type, in: policy).map { .equals($0) }
    case .compare(let comparison, let bound):
      guard hasOrder(type, at: bound.range),
        let value = constant(bound, type, in: policy)
      else { return nil }
      switch comparison {
      case .less: return .less(value)
      case .lessOrEqual: return .lessOrEqual(value)
      case .greater: return .greater(value)
      case .greaterOrEqual: return .greaterOrEqual(value)
      case .equal: return .equals(value)
      default: return nil
      }
    case .range(let low, let high, let inclusive):
      guard hasOrder(type, at: low.range.union(high.range)) else { return nil }
      let bounds = (constant(low, type, in: policy), constant(high, type, in: policy))
      guard let lower = bounds.0, let upper = bounds.1, let first = units(lower),
        let last = units(upper)
      else { return nil }
      if last < first || (last == first && !inclusive) {
        report(.emptyRange(low.range.union(high.range)))
        return nil
      }
      return .range(lower, upper, inclusive: inclusive)
    }
  }

  /// Whether values of the type can be compared by size; reports when not.
  private func hasOrder(_ type: ValueType, at range: SourceRange) -> Bool {
    switch type {
    case .number, .money, .percent, .date, .month, .time: return true
    case .enumeration(let id):
      switch set.types[id].order {
      case .rising: return true
      case .bestFirst: report(.gradeComparedAsNumber(range, words(type)))
      case .unordered: report(.unorderedComparison(range, words(type)))
      }
    default: report(.noOrder(range, words(type)))
    }
    return false
  }
}
