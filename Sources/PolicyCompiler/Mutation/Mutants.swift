/// All mutants of a policy: of its decisions, definitions, parameters and tables.
import PolicyRuntime
import PolicySource

extension Mutant {
  /// The mutants of a policy of a set, in the order of the declarations.
  public static func all(of policy: Int, in set: TypedSet) -> [Mutant] {
    var found: [Mutant] = []
    let typed = set.policies[policy]
    func add(
      _ kind: Kind, _ range: SourceRange, _ change: Change, _ target: Target
    ) {
      found.append(
        Mutant(policy: typed.name, kind: kind, range: range, change: change, target: target))
    }
    for (index, parameter) in typed.parameters.enumerated() {
      let place = Reference(policy: policy, index: index)
      for (change, mutant) in parameters(parameter, set) {
        add(.parameter, parameter.range, change, .parameter(place, mutant))
      }
    }
    for (index, table) in typed.tables.enumerated() {
      let place = Reference(policy: policy, index: index)
      if set.isWalk(place) { continue }
      for (kind, range, change, mutant) in TableMutants(table, set).found {
        add(kind, range, change, .table(place, mutant))
      }
    }
    for (index, define) in typed.defines.enumerated() {
      let place = Reference(policy: policy, index: index)
      for mutant in ExpressionMutants(set: set).of(define.body) {
        var other = define
        other.body = mutant.expression
        add(mutant.kind, mutant.range, mutant.change, .definition(place, other))
      }
    }
    for (index, decision) in typed.decisions.enumerated() {
      let place = Reference(policy: policy, index: index)
      for (kind, range, change, mutant) in DecisionMutants(decision, in: set).found {
        add(kind, range, change, .decision(place, mutant))
      }
    }
    return found
  }

  private static func parameters(
    _ parameter: TypedParameter, _ set: TypedSet
  ) -> [(Change, TypedParameter)] {
    parameter.values.indices.flatMap { number -> [(Change, TypedParameter)] in
      let value = parameter.values[number]
      return [-1, 1].compactMap { steps in
        guard let other = set.stepped(value.constant, by: steps) else { return nil }
        // A flag has one other side only.
        if case .bool = other, steps < 0 { return nil }
        var mutant = parameter
        mutant.values[number] = TypedParameter.Value(from: value.from, constant: other)
        return (.becomes(set.words(value.constant), set.words(other)), mutant)
      }
    }
  }
}

/// The small mistakes that can be made in a table.
private struct TableMutants {
  let table: TypedTable
  let set: TypedSet
  private(set) var found: [(Mutant.Kind, SourceRange, Mutant.Change, TypedTable)] = []

  init(_ table: TypedTable, _ set: TypedSet) {
    self.table = table
    self.set = set
    for number in table.rows.indices {
      let range = table.rows[number].range
      var rest = table
      rest.rows.remove(at: number)
      found.append((.row, range, .dropped(words(range)), rest))
      for key in table.rows[number].cells.indices where !(table.isDated && isLast(key)) {
        cell(number, key)
      }
      for (column, value) in table.rows[number].values.enumerated() {
        guard let other = set.swapped(value) else { continue }
        var mutant = table
        mutant.rows[number].values[column] = other
        found.append((.cell, range, .becomes(set.words(value), set.words(other)), mutant))
      }
    }
  }

  private func isLast(_ key: Int) -> Bool { key == table.keys.count - 1 }

  private func words(_ range: SourceRange) -> String {
    set.files[range.file].text(in: range).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  /// Each bound of a cell moved, and each of its values another.
  private mutating func cell(_ row: Int, _ key: Int) {
    for (number, test) in table.rows[row].cells[key].tests.enumerated() {
      for (from, to, other) in mistakes(test) {
        var mutant = table
        mutant.rows[row].cells[key].tests[number] = other
        let change = Mutant.Change.becomes(set.words(from), set.words(to))
        found.append((.cell, table.rows[row].range, change, mutant))
      }
    }
  }

  private func mistakes(
    _ test: TypedTable.Test
  ) -> [(from: Constant, to: Constant, TypedTable.Test)] {
    func moved(
      _ bound: Constant, _ make: (Constant) -> TypedTable.Test
    ) -> [(from: Constant, to: Constant, TypedTable.Test)] {
      [-1, 1].compactMap { steps in
        set.stepped(bound, by: steps).map { (bound, $0, make($0)) }
      }
    }
    switch test {
    case .equals(let value):
      return set.swapped(value).map { [(value, $0, .equals($0))] } ?? []
    case .less(let bound): return moved(bound) { .less($0) }
    case .lessOrEqual(let bound): return moved(bound) { .lessOrEqual($0) }
    case .greater(let bound): return moved(bound) { .greater($0) }
    case .greaterOrEqual(let bound): return moved(bound) { .greaterOrEqual($0) }
    case .range(let low, let high, let inclusive):
      return moved(low) { .range($0, high, inclusive: inclusive) }
        + moved(high) { .range(low, $0, inclusive: inclusive) }
    }
  }
}
