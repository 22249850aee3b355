/// Records and lists that are written out, made from other lists, looked for in them, or handed out over them.
import PolicyCompiler
import PolicyRuntime

extension ReferenceRun {
  /// The forms that make records and lists; nil for all others.
  func compound(
    _ expression: TypedExpression, _ scope: ReferenceScope
  ) -> ReferenceValue? {
    switch expression.kind {
    case .absent: return .absent
    case .record(let fields): return .record(fields.map { value($0, scope) })
    case .list(let items): return .list(items.map { value($0, scope) })
    case .comprehension(let variable, let list, let element, let condition):
      return filtered(list, variable, condition, scope) { self.value(element, $0) }
    case .the(let variable, let list, let condition, let otherwise):
      return the(variable, list, condition, otherwise, scope)
    case .allocate(let allocation): return allocate(allocation, scope)
    default: return nil
    }
  }

  /// What is made of the items whose condition is true; one that may be leaves the whole list unknown.
  private func filtered(
    _ list: TypedExpression, _ variable: Variable, _ condition: TypedExpression?,
    _ scope: ReferenceScope, _ element: (ReferenceScope) -> ReferenceValue
  ) -> ReferenceValue {
    let source = value(list, scope).used
    guard case .list(let items) = source else { return source }
    var result: [ReferenceValue] = []
    var needs: Needs = []
    for item in items {
      let inner = scope.binding(variable, item)
      let test = condition.map { value($0, inner).used } ?? .bool(true)
      if test.isError { return test }
      needs.formUnion(test.needs)
      if test == .bool(true) { result.append(element(inner)) }
    }
    return needs.isEmpty ? .list(result) : .unknown(needs)
  }

  /// The one item that fits: two that do are an error, even when another may fit too.
  private func the(
    _ variable: Variable, _ list: TypedExpression, _ condition: TypedExpression,
    _ otherwise: TypedExpression?, _ scope: ReferenceScope
  ) -> ReferenceValue {
    let source = value(list, scope).used
    guard case .list(let items) = source else { return source }
    let tests = items.map { value(condition, scope.binding(variable, $0)).used }
    if let error = tests.first(where: \.isError) { return error }
    let fitting = zip(items, tests).filter { $0.1 == .bool(true) }.map(\.0)
    if fitting.count > 1 { return .error("several_matches") }
    let needs = tests.reduce(into: Needs()) { $0.formUnion($1.needs) }
    if !needs.isEmpty { return .unknown(needs) }
    return fitting.first ?? otherwise.map { value($0, scope) } ?? .error("no_match")
  }

  // MARK: Handing out

  /// Each item in turn, by rising key, takes what it may of what is left.
  private func allocate(
    _ allocation: TypedAllocation, _ scope: ReferenceScope
  ) -> ReferenceValue {
    typealias Turn = (item: ReferenceValue, takes: ReferenceValue, key: ReferenceValue)
    let amount = value(allocation.amount, scope).used
    var turns: [Turn] = []
    let list = filtered(allocation.list, allocation.variable, allocation.condition, scope) {
      inner in
      let item = inner.variables[allocation.variable.id] ?? .error("unbound")
      turns.append(
        (item, self.value(allocation.taking, inner).used, self.value(allocation.key, inner).used))
      return item
    }
    var operands = [amount, list]
    if case .list = list { operands += turns.flatMap { [$0.takes, $0.key] } }
    if let error = operands.first(where: \.isError) { return .record([error, error]) }
    let needs = operands.reduce(into: Needs()) { $0.formUnion($1.needs) }
    if !needs.isEmpty { return .record([.unknown(needs), .unknown(needs)]) }
    let result = handOut(amount, turns)
    return result.isError ? .record([result, result]) : result
  }

  private func handOut(
    _ amount: ReferenceValue,
    _ turns: [(item: ReferenceValue, takes: ReferenceValue, key: ReferenceValue)]
  ) -> ReferenceValue {
    let figures = [amount] + turns.map(\.takes)
    if let error = clash(figures) ?? clash(turns.map(\.key)) { return error }
    let nothing = ReferenceValue.subtract(amount, amount)
    if figures.contains(where: { ReferenceValue.order($0, nothing) { $0 < 0 } == .bool(true) }) {
      return .error("negative_amount")
    }
    var waiting = turns
    // All of it is in one currency, also what is handed out of a `0` that has none.
    var rest = figures.reduce(amount) { .subtract($0, .subtract($1, $1)) }
    let zero = ReferenceValue.subtract(rest, rest)
    var parts: [ReferenceValue] = []
    while !waiting.isEmpty {
      // The first of the least: ties stay in the order of the list.
      var next = 0
      for index in waiting.indices
      where ReferenceValue.order(waiting[index].key, waiting[next].key, { $0 < 0 }) == .bool(true) {
        next = index
      }
      let turn = waiting.remove(at: next)
      let enough = ReferenceValue.order(turn.takes, rest) { $0 <= 0 } == .bool(true)
      let part = ReferenceValue.subtract(enough ? turn.takes : rest, zero)
      rest = .subtract(rest, part)
      parts.append(.record([turn.item, part]))
    }
    return .record([.list(parts), rest])
  }

  /// The error of comparing values of which two are in two currencies.
  private func clash(_ values: [ReferenceValue]) -> ReferenceValue? {
    for a in values {
      for b in values {
        let order = ReferenceValue.order(a, b) { $0 == 0 }
        if order.isError { return order }
      }
    }
    return nil
  }

  // MARK: Choices

  /// A choice between two values whose condition is not known: records field by field, lists never.
  static func merged(
    _ needs: Needs, _ a: ReferenceValue, _ b: ReferenceValue
  ) -> ReferenceValue {
    if a.isError { return a }
    if b.isError { return b }
    switch (a, b) {
    case (.record(let x), .record(let y)):
      return .record(zip(x, y).map { merged(needs, $0, $1) })
    case (.record(let x), .unknown):
      return .record(x.map { merged(needs, $0, b) })
    case (.unknown, .record(let y)):
      return .record(y.map { merged(needs, a, $0) })
    case (.list, .list): return .unknown(needs)
    // A bare 0 agrees with a 0 of any currency, and takes that currency.
    case (.money(let x, let first), .money(let y, let second))
    where x == .zero && y == .zero && (first == nil || second == nil):
      return first == nil ? b : a
    default:
      if !a.isUnknown, !b.isUnknown, same(a, b) { return a }
      return .unknown(needs.union(a.needs).union(b.needs))
    }
  }

  // MARK: Figures

  /// A figure as a whole: an error in it is its error, and one unknown part makes all of it unknown.
  func whole(
    _ value: ReferenceValue, _ type: ValueType
  ) throws(ReferenceTrap) -> ReferenceValue {
    if value == .absent, type.isOptional { return value }
    let value = try known(value)
    var parts: [(ReferenceValue, ValueType)] = []
    switch (value, type.unwrapped) {
    case (.record(let fields), .record(let id)):
      parts = Array(zip(fields, set.types[id].fields.map(\.type)))
    case (.list(let items), .list(let item)): parts = items.map { ($0, item) }
    default: return value
    }
    var needs: Needs = []
    for (part, type) in parts { needs.formUnion(try whole(part, type).needs) }
    return needs.isEmpty ? value : .unknown(needs)
  }
}
