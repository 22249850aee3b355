/// Look-ups in decision tables: a case for each row, under the condition that the row counts.
internal import PolicyCompiler
internal import PolicyRuntime

extension Interpreter {
  /// How many rows are looked at one by one; the column of a longer table is a result of its own.
  private static let rowLimit = 300

  func lookup(
    _ expression: TypedExpression, _ reference: Reference, _ keys: [TypedExpression],
    _ column: Int, _ fallback: TypedExpression?, _ names: Names
  ) -> Symbol {
    let table = set.policies[reference.policy].tables[reference.index]
    let values = keys.map { key -> Scalar in asScalar(value(key, names)) }
    guard table.rows.count <= Self.rowLimit, table.hit != .list, !hasForeign(table),
      values.allSatisfy({ $0.cases.count <= 64 })
    else {
      let operands = values.map { key(of: .scalar($0)) }.joined(separator: ",")
      let otherwise = fallback.map { key(of: value($0, names)) } ?? ""
      return opaque(
        expression.type, key: "lookup(\(print(of: table, column)),\(operands),\(otherwise))",
        expression, of: values.map { .scalar($0) } + (fallback.map { [value($0, names)] } ?? []))
    }
    let fallback = fallback.map { value($0, names) }
    let matches = table.rows.map { row -> Truth in
      zip(row.cells, values).reduce(.yes) { and($0, test($1.0, $1.1)) }
    }
    let error = formulas.any(values.map(\.error))
    let unknown = formulas.and(formulas.any(values.map(\.unknown)), error.negated)
    let columns = table.rows.map { symbol(of: $0.values[column]) }
    let found: Symbol
    switch table.hit {
    case .unique: found = unique(matches, columns, fallback, expression)
    case .first: found = first(matches, columns, fallback, expression)
    case .sum, .min, .max, .count, .list:
      return collect(table, column, matches, columns, expression, fallback, values)
    }
    return failing(withUnknown(found, unknown, matches, columns, table.hit), error)
  }

  /// Whether a table holds amounts of another currency.
  private func hasForeign(_ table: TypedTable) -> Bool {
    table.rows.contains { row in
      row.values.contains(where: isForeign)
        || row.cells.contains { cell in
          cell.tests.contains { test in
            switch test {
            case .equals(let a), .less(let a), .lessOrEqual(let a), .greater(let a),
              .greaterOrEqual(let a):
              isForeign(a)
            case .range(let a, let b, _): isForeign(a) || isForeign(b)
            }
          }
        }
    }
  }

  /// A text that tells the rows of a table from those of another.
  private func print(of table: TypedTable, _ column: Int) -> String {
    let rows = table.rows.map { row -> String in
      let cells = row.cells.map { print(of: $0) }
      return cells.joined(separator: ",") + ">\(place(of: row.values[column]))"
    }
    return "\(table.hit)[\(rows.joined(separator: ";"))]"
  }

  /// A text that tells a cell from another.
  func print(of cell: TypedTable.Cell) -> String {
    (cell.negated ? "!" : "") + cell.tests.map(print).joined(separator: "|")
  }

  private func print(_ test: TypedTable.Test) -> String {
    switch test {
    case .equals(let a): "=\(place(of: a))"
    case .less(let a): "<\(place(of: a))"
    case .lessOrEqual(let a): "<=\(place(of: a))"
    case .greater(let a): ">\(place(of: a))"
    case .greaterOrEqual(let a): ">=\(place(of: a))"
    case .range(let a, let b, let isClosed): "\(place(of: a))..\(place(of: b))\(isClosed)"
    }
  }

  /// Flags are looked up as 0 and 1.
  private func asScalar(_ key: Symbol) -> Scalar {
    guard case .truth(let flag) = key else { return used(key.scalar) }
    let truth = used(flag)
    var result = Scalar([
      .init(when: truth.yes, term: Linear(1)), .init(when: truth.no, term: Linear(0)),
    ])
    result.error = truth.error
    result.unknown = self.unknown(truth)
    return result
  }

  // MARK: Rows

  /// Whether a key passes a cell.
  func test(_ cell: TypedTable.Cell, _ key: Scalar) -> Truth {
    if cell.tests.isEmpty { return cell.negated ? .no : .yes }
    let passes = cell.tests.reduce(Truth.no) { or($0, test($1, key)) }
    return cell.negated ? not(passes) : passes
  }

  private func test(_ test: TypedTable.Test, _ key: Scalar) -> Truth {
    func against(_ comparison: TypedExpression.Comparison, _ constant: Constant) -> Truth {
      compare(comparison, key, Scalar(place(of: constant)))
    }
    switch test {
    case .equals(let constant): return against(.equal, constant)
    case .less(let bound): return against(.less, bound)
    case .lessOrEqual(let bound): return against(.lessOrEqual, bound)
    case .greater(let bound): return against(.greater, bound)
    case .greaterOrEqual(let bound): return against(.greaterOrEqual, bound)
    case .range(let low, let high, let inclusive):
      return and(
        against(.greaterOrEqual, low), against(inclusive ? .lessOrEqual : .less, high))
    }
  }

  private func unique(
    _ matches: [Truth], _ columns: [Symbol], _ fallback: Symbol?, _ expression: TypedExpression
  ) -> Symbol {
    var several: [Formula] = []
    for (index, match) in matches.enumerated() {
      for other in matches[(index + 1)...] {
        let both = formulas.and(match.yes, other.yes)
        if both != .no { several.append(both) }
      }
    }
    let row = rows(matches.map(\.yes), columns, matches, fallback, expression)
    // Tables whose rows overlap nowhere are the rule; the pairs of others are errors.
    let overlap = formulas.any(several)
    return overlap == .no ? row : failing(row, overlap)
  }

  private func first(
    _ matches: [Truth], _ columns: [Symbol], _ fallback: Symbol?, _ expression: TypedExpression
  ) -> Symbol {
    var before: [Formula] = []
    var when: [Formula] = []
    for match in matches {
      when.append(formulas.all([match.yes] + before))
      before.append(match.yes.negated)
    }
    return rows(when, columns, matches, fallback, expression)
  }

  /// The column of the row that counts; where none does, what stands behind `else`.
  private func rows(
    _ when: [Formula], _ columns: [Symbol], _ matches: [Truth], _ fallback: Symbol?,
    _ expression: TypedExpression
  ) -> Symbol {
    let isLacking = formulas.all(matches.map(\.no))
    if case .bool = expression.type.unwrapped {
      let otherwise = fallback.map { used($0.truth) }
      var yes = [formulas.and(isLacking, otherwise?.yes ?? .no)]
      var no = [formulas.and(isLacking, otherwise?.no ?? .no)]
      for (condition, column) in zip(when, columns) {
        yes.append(formulas.and(condition, column.truth.yes))
        no.append(formulas.and(condition, column.truth.no))
      }
      return .truth(
        Truth(
          yes: formulas.any(yes), no: formulas.any(no),
          error: formulas.and(isLacking, otherwise?.error ?? .yes)))
    }
    var cases: [Scalar.Case] = []
    for (condition, column) in zip(when, columns) {
      for one in column.scalar.cases { cases.append(.init(when: condition, term: one.term)) }
    }
    let otherwise = fallback?.scalar
    for one in otherwise?.cases ?? [] {
      cases.append(.init(when: formulas.and(isLacking, one.when), term: one.term))
    }
    var result = Scalar(merged(cases))
    result.error = formulas.and(isLacking, otherwise?.error ?? .yes)
    result.unknown = formulas.and(isLacking, otherwise?.unknown ?? .no)
    result.absent = formulas.and(isLacking, otherwise?.absent ?? .no)
    return .scalar(result)
  }

  func failing(_ value: Symbol, _ error: Formula) -> Symbol {
    if error == .no { return value }
    switch value {
    case .truth(let truth):
      return .truth(
        Truth(
          yes: formulas.and(truth.yes, error.negated), no: formulas.and(truth.no, error.negated),
          error: formulas.or(truth.error, error)))
    case .scalar(var scalar):
      scalar.cases = merged(
        scalar.cases.map { .init(when: formulas.and($0.when, error.negated), term: $0.term) })
      scalar.error = formulas.or(scalar.error, error)
      return .scalar(scalar)
    default: return value
    }
  }

  // MARK: Keys that are not known

  /// Where a key is unknown the answer is known all the same when every row that may count gives the same.
  private func withUnknown(
    _ found: Symbol, _ unknown: Formula, _ matches: [Truth], _ columns: [Symbol],
    _ hit: TypedTable.Hit
  ) -> Symbol {
    if unknown == .no { return found }
    var reachable: [Formula] = []
    var stopped = Formula.no
    for match in matches {
      reachable.append(formulas.and(match.no.negated, stopped.negated))
      if hit == .first { stopped = formulas.or(stopped, match.yes) }
    }
    let some = formulas.any(reachable)
    if case .truth(let truth) = found {
      let (yes, no) = (columns.map(\.truth.yes), columns.map(\.truth.no))
      let allYes = zip(reachable, no).map { formulas.and($0, $1).negated }
      let allNo = zip(reachable, yes).map { formulas.and($0, $1).negated }
      return .truth(
        Truth(
          yes: formulas.or(
            formulas.and(unknown.negated, truth.yes), formulas.all([unknown, some] + allYes)),
          no: formulas.or(
            formulas.and(unknown.negated, truth.no), formulas.all([unknown, some] + allNo)),
          error: formulas.and(unknown.negated, truth.error)))
    }
    guard case .scalar(let scalar) = found else { return found }
    var cases = scalar.cases.map {
      Scalar.Case(when: formulas.and(unknown.negated, $0.when), term: $0.term)
    }
    var agreed: [Formula] = []
    let terms = columns.map { $0.scalar.cases[0].term }
    var seen: Set<Linear> = []
    for term in terms where seen.insert(term).inserted {
      let others = zip(reachable, terms).filter { $0.1 != term }.map { $0.0.negated }
      let same = formulas.all([unknown, some] + others)
      agreed.append(same)
      cases.append(.init(when: same, term: term))
    }
    var result = Scalar(merged(cases))
    result.error = formulas.and(unknown.negated, scalar.error)
    result.unknown = formulas.or(
      formulas.and(unknown, formulas.any(agreed).negated),
      formulas.and(unknown.negated, scalar.unknown))
    return .scalar(result)
  }

  // MARK: All rows that match

  private func collect(
    _ table: TypedTable, _ column: Int, _ matches: [Truth], _ columns: [Symbol],
    _ expression: TypedExpression, _ fallback: Symbol?, _ keys: [Scalar]
  ) -> Symbol {
    let isOpen = formulas.any(keys.map(\.unknown))
    guard isOpen == .no, table.rows.count <= 40 else {
      let operands = keys.map { key(of: .scalar($0)) }.joined(separator: ",")
      return opaque(
        expression.type, key: "collect(\(print(of: table, column)),\(operands))", expression,
        of: keys.map { .scalar($0) } + (fallback.map { [$0] } ?? []))
    }
    var result: Scalar? = table.hit == .sum || table.hit == .count ? Scalar(0) : nil
    for (match, column) in zip(matches, columns) {
      let truth = Truth(yes: match.yes, no: match.yes.negated)
      let value = table.hit == .count ? Scalar(Decimal.one) : column.scalar
      guard let before = result else {
        var first = value
        first.cases = first.cases.map { .init(when: match.yes, term: $0.term) }
        first.absent = match.yes.negated
        result = first
        continue
      }
      let after: Scalar
      switch table.hit {
      case .min, .max: after = extreme(before, value, isLeast: table.hit == .min, expression)
      default: after = join(before, value, expression) { x, y in x.adding(y).map { Scalar($0) } }
      }
      result = choose(truth, .scalar(after), .scalar(before)).scalar
    }
    guard var found = result else { return fallback ?? .scalar(.failure) }
    if table.hit == .min || table.hit == .max {
      let isLacking = found.absent
      found.absent = .no
      let otherwise = fallback?.scalar ?? .failure
      return choose(
        Truth(yes: isLacking, no: isLacking.negated), .scalar(otherwise), .scalar(found))
    }
    return failing(.scalar(found), formulas.any(keys.map(\.error)))
  }

  /// The lesser or greater of two values; of one that is absent, the other.
  func extreme(
    _ a: Scalar, _ b: Scalar, isLeast: Bool, _ expression: TypedExpression
  ) -> Scalar {
    var cases: [Scalar.Case] = []
    for x in a.cases {
      for y in b.cases {
        let both = formulas.and(x.when, y.when)
        let keeps =
          isLeast
          ? order(x.term, y.term, isStrict: false) : order(y.term, x.term, isStrict: false)
        cases.append(.init(when: formulas.and(both, keeps), term: x.term))
        cases.append(.init(when: formulas.and(both, keeps.negated), term: y.term))
      }
    }
    for y in b.cases { cases.append(.init(when: formulas.and(a.absent, y.when), term: y.term)) }
    for x in a.cases { cases.append(.init(when: formulas.and(b.absent, x.when), term: x.term)) }
    var result = Scalar(merged(cases))
    result.error = formulas.or(a.error, b.error)
    result.unknown = formulas.or(a.unknown, b.unknown)
    result.absent = formulas.and(a.absent, b.absent)
    return result
  }
}
