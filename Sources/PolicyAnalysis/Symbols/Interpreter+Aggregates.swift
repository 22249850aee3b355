/// Counts, sums and extremes of lists: facts of their own, and, for a witness, what a few items give.
internal import PolicyCompiler
internal import PolicyRuntime

extension Interpreter {
  func aggregate(_ expression: TypedExpression, _ names: Names) -> Symbol {
    guard
      case .aggregate(
        let function, let variable, let source, let element, let condition, let fallback) =
        expression.kind, case .list(let list) = value(source, names)
    else { return opaque(expression, names) }
    let item = { (symbol: Symbol, depth: Int) -> (counts: Truth, value: Scalar) in
      var inner = variable.map { names.binding($0, symbol) } ?? names
      inner.depth = depth
      return (
        condition.map { self.truth($0, inner) } ?? .yes,
        element.map { self.scalar($0, inner) } ?? Scalar(Decimal.one)
      )
    }
    switch list.items {
    case .listed(let items):
      let counted = items.map { when, symbol in
        let (counts, value) = item(symbol, names.depth)
        return (and(Truth(yes: when, no: when.negated), counts), value)
      }
      return folded(function, counted, fallback, expression, names, list)
    case .facts(let path, let make):
      let counted = { (place: String, depth: Int) -> (counts: Truth, value: Scalar) in
        let one = make("\(path)[\(place)]")
        let (counts, value) = item(one.value, depth)
        return (self.and(one.counts, counts), value)
      }
      let (counts, value) = counted("*\(names.depth + 1)", names.depth + 1)
      let key =
        "\(function)(\(path)|\(self.key(of: .truth(counts)))|\(self.key(of: .scalar(value)))"
        + "|\(fallback.map { self.key(of: self.value($0, names)) } ?? ""))"
      return aggregate(
        function, key, path, counts, value, fallback, expression, names, list,
        { number in
          let isThere = self.there(path, number)
          let (counts, value) = counted(String(number), names.depth)
          return (self.and(Truth(yes: isThere, no: isThere.negated), counts), value)
        })
    case .opaque:
      let any = anyItem(of: list, list.item, depth: names.depth + 1)
      let (counts, value) = item(any, names.depth + 1)
      let key =
        "\(function)(\(list.key)|\(self.key(of: .truth(counts)))|\(self.key(of: .scalar(value)))"
        + "|\(fallback.map { self.key(of: self.value($0, names)) } ?? ""))"
      return opaque(
        expression.type, key: key, expression,
        of: [.list(list), .truth(counts), .scalar(value)]
          + (fallback.map { [self.value($0, names)] } ?? []))
    }
  }

  /// An aggregate of a list of the request as a fact.
  private func aggregate(
    _ function: TypedExpression.Aggregate, _ key: String, _ path: String, _ counts: Truth,
    _ value: Scalar, _ fallback: TypedExpression?, _ expression: TypedExpression, _ names: Names,
    _ list: SymbolicList, _ item: @escaping (Int) -> (counts: Truth, value: Scalar)
  ) -> Symbol {
    // What stands behind `else` may lie anywhere.
    let isExtreme = function == .min || function == .max
    let domain =
      isExtreme && fallback != nil
      ? line(of: expression.type) : self.domain(function, path, counts, value, expression)
    let fact = result(key, scale(of: expression.type, currency: nil), domain, expression)
    let fails = formulas.any([counts.error, value.error])
    let canFail = fails != .no || ((function == .min || function == .max) && fallback == nil)
    let isOpen = formulas.any([unknown(counts), value.unknown]) != .no
    var values: [Int128] = [0]
    if isOpen { values.append(2) }
    if canFail { values.append(3) }
    let state = result("\(key)!", .truth, Stretches(values: values), expression)
    let known = formulas.all([list.unknown.negated, list.error.negated, list.absent.negated])
    var scalar = Scalar([
      .init(
        when: formulas.and(known, formulas.inside(state, Stretches(0))), term: Linear(fact))
    ])
    scalar.error = formulas.any([
      list.error, list.absent, formulas.and(known, formulas.inside(state, Stretches(3))),
    ])
    scalar.unknown = formulas.or(
      list.unknown, formulas.and(known, formulas.inside(state, Stretches(2))))
    if function == .count || function == .sum {
      let empty = there(path, 1).negated
      space.add(
        axiom: formulas.implies(empty, formulas.inside(fact, Stretches(0))), formulas)
    }
    let axioms = { (limit: Int) -> [Formula] in
      let items = (1...max(limit, 1)).map(item)
      let expanded = self.folded(function, items, fallback, expression, names, nil).scalar
      let same = expanded.cases.map { one in
        self.formulas.implies(one.when, self.equal(Linear(fact), one.term))
      }
      return same + [
        self.there(path, limit + 1).negated,
        self.formulas.differ(self.formulas.inside(state, Stretches(3)), expanded.error).negated,
        self.formulas.differ(self.formulas.inside(state, Stretches(2)), expanded.unknown).negated,
      ]
    }
    for one in [fact, state] {
      space.define(
        one,
        Definition(
          range: expression.range, isOfList: true, arguments: [], value: { _ in nil },
          axioms: axioms))
    }
    return .scalar(scalar)
  }

  /// What an aggregate may be, whatever the items are.
  private func domain(
    _ function: TypedExpression.Aggregate, _ path: String, _ counts: Truth, _ value: Scalar,
    _ expression: TypedExpression
  ) -> Stretches {
    let line = self.line(of: expression.type)
    if function == .count {
      return Stretches(values: []).union(Stretches(0, 1_000 * Decimal.one))
    }
    let least = value.cases.map { leastValue(of: $0.term) }.min() ?? 0
    guard least >= 0 else { return line }
    return line.intersection(
      Stretches(function == .sum ? 0 : least, Stretches.infinity))
  }

  /// The least that a term may be, by the ends of its facts.
  func leastValue(of term: Linear) -> Int128 {
    var sum = term.constant.floor
    for factor in term.factors {
      guard let ends = space.domain(of: factor.fact).ends,
        let end = Fraction(factor.by.numerator >= 0 ? ends.low : ends.high).multiplied(
          by: factor.by), let next = Fraction.sum(sum, end.floor)
      else { return -Space.greatest }
      sum = next
    }
    return sum
  }

  /// The items joined one after the other.
  private func folded(
    _ function: TypedExpression.Aggregate, _ items: [(counts: Truth, value: Scalar)],
    _ fallback: TypedExpression?, _ expression: TypedExpression, _ names: Names,
    _ list: SymbolicList?
  ) -> Symbol {
    var result = Scalar(0)
    if function == .min || function == .max {
      result = Scalar([])
      result.absent = .yes
    }
    for (counts, value) in items {
      let added: Scalar
      switch function {
      case .count:
        added = join(result, Scalar(Decimal.one), expression) { $0.adding($1).map { Scalar($0) } }
      case .sum: added = join(result, value, expression) { $0.adding($1).map { Scalar($0) } }
      case .min, .max: added = extreme(result, value, isLeast: function == .min, expression)
      }
      let open = formulas.and(unknown(counts), counts.absent.negated)
      var next = choose(
        Truth(yes: counts.yes, no: counts.yes.negated), .scalar(added), .scalar(result)
      ).scalar
      next.error = formulas.or(next.error, counts.error)
      next.unknown = formulas.or(next.unknown, open)
      result = next
    }
    if let list {
      result.error = formulas.any([result.error, list.error, list.absent])
      result.unknown = formulas.or(result.unknown, list.unknown)
    }
    if function == .min || function == .max {
      // Nothing to choose from, and known to be so.
      let isLacking = formulas.all([
        result.absent, result.error.negated, result.unknown.negated,
      ])
      result.absent = .no
      let otherwise = fallback.map { value($0, names) } ?? .scalar(.failure)
      result = settled(result)
      return choose(
        Truth(yes: isLacking, no: isLacking.negated), otherwise, .scalar(result))
    }
    return .scalar(settled(result))
  }

  /// Errors win over what is not known, and both over values.
  private func settled(_ value: Scalar) -> Scalar {
    var result = value
    result.unknown = formulas.and(value.unknown, value.error.negated)
    let known = formulas.and(value.error.negated, value.unknown.negated)
    result.cases = merged(
      value.cases.map { .init(when: formulas.and(known, $0.when), term: $0.term) })
    return result
  }
}
