/// Tables in what cases are to show: each row that can be reached, and both sides of each bound of a key.
import PolicyRuntime
import PolicySource

extension ProgramBuilder {
  /// Takes down a look-up.
  func watch(lookup reference: Reference, _ keys: [TypedExpression], slot: Int) {
    guard let coverage, let last = program.careful.last, last.operation == .lookup,
      Int(last.d) == slot
    else { return }
    let reading = TableCoverage(coverage, reference, keys)
    let bounds = reading.bounds(first: Int(last.b)) { self.encode($0).1 }
    probe(
      .lookup(
        CoverageLookup(
          table: Int(last.a), keys: Int(last.b), result: slot, rows: reading.rows, bounds: bounds)))
  }
}

/// What one look-up can show of its table.
private struct TableCoverage {
  let coverage: CoverageNotes
  let table: TypedTable
  let keys: [TypedExpression]
  let reaches: [Reach]
  /// Whether it was made of a hierarchy: then no row is written in a policy.
  let isWalk: Bool
  let policy: String

  init(_ coverage: CoverageNotes, _ reference: Reference, _ keys: [TypedExpression]) {
    self.coverage = coverage
    self.keys = keys
    table = coverage.set.policies[reference.policy].tables[reference.index]
    policy = coverage.set.policies[reference.policy].name
    isWalk = coverage.set.isWalk(reference)
    reaches = keys.map { coverage.finder.reach(of: $0) }
  }

  /// The item of each row, -1 where no key can reach it.
  var rows: [Int] {
    table.rows.map { row in
      guard !isWalk, isReached(row) else { return -1 }
      return coverage.item(
        .init(row.range, "row"), policy: policy, .row(table: table.name), asked: .yes)
    }
  }

  private func isReached(_ row: TypedTable.Row) -> Bool {
    zip(zip(row.cells, keys), reaches).allSatisfy { pair, reach in isReached(pair.0, pair.1, reach)
    }
  }

  private func isReached(
    _ cell: TypedTable.Cell, _ key: TypedExpression, _ reach: Reach
  ) -> Bool {
    if cell.tests.isEmpty { return true }
    if case .constant(let constant) = key.kind, ReachFinder.bits(of: constant) == nil {
      let names = cell.tests.contains { test in
        if case .equals(constant) = test { true } else { false }
      }
      return names != cell.negated
    }
    let spans = cell.tests.compactMap(Self.span)
    guard spans.count == cell.tests.count else { return true }
    if !cell.negated { return spans.contains { reach.touches($0.low, $0.high) } }
    guard let values = reach.values else { return true }
    return values.contains { value in !spans.contains { $0.low <= value && value <= $0.high } }
  }

  private static func span(_ test: TypedTable.Test) -> (low: Int128, high: Int128)? {
    let (least, greatest) = (-Decimal.bound, Decimal.bound)
    func at(_ constant: Constant) -> Int128? { ReachFinder.bits(of: constant) }
    switch test {
    case .equals(let value): return at(value).map { ($0, $0) }
    case .less(let value): return at(value).map { (least, $0 - 1) }
    case .lessOrEqual(let value): return at(value).map { (least, $0) }
    case .greater(let value): return at(value).map { ($0 + 1, greatest) }
    case .greaterOrEqual(let value): return at(value).map { ($0, greatest) }
    case .range(let low, let high, let inclusive):
      guard let from = at(low), let to = at(high) else { return nil }
      return (from, inclusive ? to : to - 1)
    }
  }

  // MARK: Bounds

  /// The bounds of the keys, each once for the rows that differ in nothing else.
  func bounds(
    first slot: Int, currency: (Constant) -> UInt16
  ) -> [CoverageLookup.Bound] {
    var found: [String: CoverageLookup.Bound] = [:]
    var order: [String] = []
    var places: [String: SourceRange] = [:]
    for row in table.rows {
      for (key, cell) in row.cells.enumerated() where isGraduated(key) {
        let others = others(of: row, besides: key, first: slot)
        for constant in cell.tests.flatMap(\.bounds) {
          guard let value = ReachFinder.bits(of: constant) else { continue }
          let told = others.map { "\($0.slot - slot) \($0.values) \($0.isNegated)" }
          let mark = "bound \(key) \(value) \(told.joined(separator: " "))"
          if places[mark] == nil { places[mark] = isWalk ? table.range : row.range }
          guard found[mark] == nil, isReached(row), let place = places[mark] else { continue }
          let item = self.item(.init(place, mark), key, constant, value)
          order.append(mark)
          found[mark] = CoverageLookup.Bound(
            item: item, slot: slot + key, value: value, currency: currency(constant),
            others: others)
        }
      }
    }
    return order.compactMap { found[$0] }
  }

  private func item(
    _ key: CoverageItem.Key, _ index: Int, _ constant: Constant, _ value: Int128
  ) -> Int {
    let bound = CoverageBound(
      subject: table.keys[index].name, bound: coverage.set.words(constant), isFixed: true,
      scale: coverage.scale(of: table.keys[index].type))
    return coverage.item(
      key, policy: policy, .threshold(bound), asked: reaches[index].sides(against: Reach([value])))
  }

  /// Whether the bounds of a key are thresholds of the policy: not the days of versions of a row.
  private func isGraduated(_ key: Int) -> Bool {
    if case .asOf = keys[key].kind { return false }
    return !isWalk || table.keys[key].type.unwrapped == .money
  }

  /// What the keys that are told apart by name must be.
  private func others(
    of row: TypedTable.Row, besides key: Int, first slot: Int
  ) -> [(slot: Int, values: [Int128], isNegated: Bool)] {
    row.cells.enumerated().compactMap { index, cell in
      guard index != key, !cell.tests.isEmpty else { return nil }
      switch table.keys[index].type.unwrapped {
      case .enumeration, .post, .bool: break
      default: return nil
      }
      let values = cell.tests.compactMap { test -> Int128? in
        if case .equals(let constant) = test { ReachFinder.bits(of: constant) } else { nil }
      }
      guard values.count == cell.tests.count else { return nil }
      return (slot + index, values.sorted(), cell.negated)
    }
  }
}

extension TypedTable.Test {
  /// The values at which it begins or ends to hold; an equality has none.
  fileprivate var bounds: [Constant] {
    switch self {
    case .equals: []
    case .less(let value), .lessOrEqual(let value), .greater(let value),
      .greaterOrEqual(let value):
      [value]
    case .range(let low, let high, _): [low, high]
    }
  }
}
