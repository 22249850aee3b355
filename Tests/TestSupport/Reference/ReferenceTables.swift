/// Decision tables and the functions over lists.
import PolicyCompiler
import PolicyRuntime

extension ReferenceRun {
  /// The column of the row that matches the keys.
  func lookup(
    _ reference: Reference, _ keys: [TypedExpression], _ column: Int, _ fallback: TypedExpression?,
    _ scope: ReferenceScope
  ) -> ReferenceValue {
    let table = set.policies[reference.policy].tables[reference.index]
    let keys = keys.map { value($0, scope).used }
    if let error = keys.first(where: \.isError) { return error }
    let unknownKeys = keys.reduce(into: Needs()) { $0.formUnion($1.needs) }

    switch table.hit {
    case .unique, .first: break
    case .sum, .min, .max, .count, .list:
      return collect(table, keys, column, unknownKeys, fallback, scope)
    }

    var reachable: [ReferenceValue] = []
    for row in table.rows {
      let matches = zip(row.cells, keys).reduce(.bool(true)) {
        ReferenceValue.and($0, test($1.0, $1.1))
      }
      if matches.isError { return matches }
      if matches == .bool(false) { continue }
      reachable.append(ReferenceValue(row.values[column]))
      if table.hit == .first && matches == .bool(true) { break }
    }

    if unknownKeys.isEmpty {
      if reachable.count > 1 { return .error("several_rows") }
      if let only = reachable.first { return only }
      return fallback.map { value($0, scope) } ?? .error("no_row")
    }
    guard let first = reachable.first, reachable.allSatisfy({ Self.same($0, first) }) else {
      return .unknown(unknownKeys)
    }
    return first
  }

  /// What is made of all rows that match; rows that match perhaps must not be able to change it.
  private func collect(
    _ table: TypedTable, _ keys: [ReferenceValue], _ column: Int, _ unknownKeys: Needs,
    _ fallback: TypedExpression?, _ scope: ReferenceScope
  ) -> ReferenceValue {
    var sure: [ReferenceValue] = []
    var perhaps: [ReferenceValue] = []
    for row in table.rows {
      let matches = zip(row.cells, keys).reduce(.bool(true)) {
        ReferenceValue.and($0, test($1.0, $1.1))
      }
      if matches.isError { return matches }
      if matches == .bool(true) { sure.append(ReferenceValue(row.values[column])) }
      if matches.isUnknown { perhaps.append(ReferenceValue(row.values[column])) }
    }
    if table.hit == .count {
      if !perhaps.isEmpty { return .unknown(unknownKeys) }
      return sure.reduce(.number(.zero)) { sum, _ in .add(sum, .number(.one)) }
    }
    if table.hit == .list { return perhaps.isEmpty ? .list(sure) : .unknown(unknownKeys) }
    let isMoney = table.columns[column].type == .money
    func join(_ a: ReferenceValue, _ b: ReferenceValue) -> ReferenceValue {
      switch table.hit {
      case .sum: return .add(a, b)
      default:
        // The currency of the two is that of either; the amounts decide.
        let both = ReferenceValue.order(a, b) { _ in true }
        if both.isError { return both }
        return Self.better(b, a, least: table.hit == .min)
      }
    }
    var result: ReferenceValue? = sure.first
    if table.hit == .sum { result = isMoney ? .money(.zero, nil) : .number(.zero) }
    for value in table.hit == .sum ? sure[...] : sure.dropFirst() {
      result = result.map { join($0, value) }
      if let result, result.isError { return result }
    }
    for value in perhaps {
      guard let before = result else { return .unknown(unknownKeys) }
      let after = join(before, value)
      if after.isError || !Self.sameAmount(before, after) { return .unknown(unknownKeys) }
      result = after
    }
    if let result { return result }
    return fallback.map { self.value($0, scope) } ?? .error("no_row")
  }

  /// Whether two amounts or numbers are equal, whatever their currencies.
  private static func sameAmount(_ a: ReferenceValue, _ b: ReferenceValue) -> Bool {
    switch (a, b) {
    case (.money(let x, _), .money(let y, _)): x == y
    default: a == b
    }
  }

  /// Whether a key passes one of the tests of a cell (none of them when the cell is negated).
  func test(_ cell: TypedTable.Cell, _ key: ReferenceValue) -> ReferenceValue {
    if cell.tests.isEmpty { return .bool(!cell.negated) }
    let passes = cell.tests.reduce(.bool(false)) { ReferenceValue.or($0, test($1, key)) }
    return cell.negated ? .not(passes) : passes
  }

  private func test(_ test: TypedTable.Test, _ key: ReferenceValue) -> ReferenceValue {
    switch test {
    case .equals(let constant): return .equal(key, ReferenceValue(constant))
    case .less(let bound): return .order(key, ReferenceValue(bound)) { $0 < 0 }
    case .lessOrEqual(let bound): return .order(key, ReferenceValue(bound)) { $0 <= 0 }
    case .greater(let bound): return .order(key, ReferenceValue(bound)) { $0 > 0 }
    case .greaterOrEqual(let bound): return .order(key, ReferenceValue(bound)) { $0 >= 0 }
    case .range(let low, let high, let inclusive):
      return .and(
        .order(key, ReferenceValue(low)) { $0 >= 0 },
        .order(key, ReferenceValue(high)) { inclusive ? $0 <= 0 : $0 < 0 })
    }
  }
}

// MARK: Functions over lists

extension ReferenceRun {
  /// An item that counts, perhaps (then with what is needed to know).
  private enum Counted {
    case surely(ReferenceValue)
    case perhaps(ReferenceValue, Needs)
    case error(ReferenceValue)
  }

  func aggregate(_ expression: TypedExpression, _ scope: ReferenceScope) -> ReferenceValue {
    guard
      case .aggregate(
        let function, let variable, let source, let element, let condition, let fallback) =
        expression.kind
    else { return .error("no_such_expression") }
    let list = value(source, scope).used
    guard case .list(let items) = list else { return list }
    let counted = items.compactMap { item -> Counted? in
      let inner = variable.map { scope.binding($0, item) } ?? scope
      return self.counted(element, condition, inner)
    }
    switch function {
    case .count: return fold(counted, .number(.zero)) { sum, _ in .add(sum, .number(.one)) }
    case .sum: return fold(counted, zero(of: expression.type)) { .add($0, $1) }
    case .min, .max:
      if counted.isEmpty { return fallback.map { value($0, scope) } ?? .error("empty_list") }
      return fold(counted, nil) { self.extreme(function == .min, $0, $1) }
    }
  }

  /// Nil when the item does not count.
  private func counted(
    _ element: TypedExpression?, _ condition: TypedExpression?, _ scope: ReferenceScope
  ) -> Counted? {
    let condition = condition.map { value($0, scope).used } ?? .bool(true)
    if condition == .bool(false) { return nil }
    if condition.isError { return .error(condition) }
    let element = element.map { value($0, scope).used } ?? .bool(true)
    if element.isError { return .error(element) }
    return condition.isUnknown ? .perhaps(element, condition.needs) : .surely(element)
  }

  /// Items are joined from left to right; one that counts perhaps makes the result unknown.
  private func fold(
    _ items: [Counted], _ start: ReferenceValue?,
    _ join: (ReferenceValue, ReferenceValue) -> ReferenceValue
  ) -> ReferenceValue {
    var result = start
    for item in items {
      let next: ReferenceValue
      switch item {
      case .error(let error): next = error
      case .perhaps(let element, let needs): next = .unknown(needs.union(element.needs))
      case .surely(let element): next = element
      }
      result = result.map { join($0, next) } ?? next
      if next.isUnknown || next.isError, let before = result {
        // `count` does not look at its items; here an uncertain one still leaves its mark.
        result = .strict([before, next]) { $0[0] }
      }
    }
    return result ?? .error("empty_list")
  }

  private func extreme(
    _ least: Bool, _ a: ReferenceValue, _ b: ReferenceValue
  ) -> ReferenceValue {
    .strict([a, b]) { operands in
      let both = ReferenceValue.order(operands[1], operands[0]) { _ in true }
      return both.isError ? both : Self.better(operands[1], operands[0], least: least)
    }
  }

  /// The first when it is less, or greater, than the second, else the second; a zero without a currency is in that of
  /// the other.
  private static func better(
    _ a: ReferenceValue, _ b: ReferenceValue, least: Bool
  ) -> ReferenceValue {
    let isBetter = ReferenceValue.order(a, b) { least ? $0 < 0 : $0 > 0 } == .bool(true)
    let (winner, other) = isBetter ? (a, b) : (b, a)
    if case .money(let amount, nil) = winner, case .money(_, let currency) = other {
      return .money(amount, currency)
    }
    return winner
  }

  /// The sum of nothing.
  private func zero(of type: ValueType) -> ReferenceValue {
    type == .money ? .money(.zero, nil) : .number(.zero)
  }
}
