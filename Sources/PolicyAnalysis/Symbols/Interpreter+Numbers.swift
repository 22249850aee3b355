/// Arithmetic and comparisons of open values: exact where they add, compare and scale; else a result of its own.
internal import PolicyCompiler
internal import PolicyRuntime

extension Interpreter {
  /// How many cases a value may have before it is carried as a whole.
  private static let caseLimit = 300

  // MARK: Two values joined

  func map(_ a: Scalar, _ function: (Linear) -> Linear?) -> Scalar {
    var result = a
    var failed: [Formula] = []
    result.cases = merged(
      a.cases.compactMap { one in
        guard let term = function(one.term) else {
          failed.append(one.when)
          return nil
        }
        return .init(when: one.when, term: term)
      })
    result.error = formulas.any([a.error] + failed)
    return result
  }

  /// Every pair of cases; an error of one is the error of both, then what is unknown.
  func join(
    _ a: Scalar, _ b: Scalar, _ expression: TypedExpression,
    _ function: (Linear, Linear) -> Scalar?
  ) -> Scalar {
    if a.cases.count * b.cases.count > Self.caseLimit {
      let key = "\(expression.formName)(\(key(of: .scalar(a))),\(key(of: .scalar(b))))"
      return opaque(expression.type, key: key, expression, of: [.scalar(a), .scalar(b)]).scalar
    }
    var cases: [Scalar.Case] = []
    var failed: [Formula] = []
    for x in a.cases {
      for y in b.cases {
        let both = formulas.and(x.when, y.when)
        if both == .no { continue }
        guard let result = function(x.term, y.term) else {
          failed.append(both)
          continue
        }
        failed.append(formulas.and(both, result.error))
        cases += result.cases.map { .init(when: formulas.and(both, $0.when), term: $0.term) }
      }
    }
    var result = Scalar(merged(cases))
    result.error = formulas.any([a.error, b.error] + failed)
    result.unknown = formulas.and(
      formulas.or(a.unknown, b.unknown), formulas.or(a.error, b.error).negated)
    return result
  }

  // MARK: Arithmetic

  func arithmetic(
    _ operation: TypedExpression.Arithmetic, _ first: TypedExpression, _ second: TypedExpression,
    _ expression: TypedExpression, _ names: Names
  ) -> Scalar {
    let (a, b) = (scalar(first, names), scalar(second, names))
    switch operation {
    case .add: return join(a, b, expression) { x, y in x.adding(y).map { Scalar($0) } }
    case .subtract: return join(a, b, expression) { x, y in x.subtracting(y).map { Scalar($0) } }
    case .multiply: return multiplied(a, b, expression)
    case .divide: return join(a, b, expression) { self.quotient($0, $1, expression) }
    }
  }

  /// The product as the machine rounds it; the expression gives its type and its name.
  func multiplied(_ a: Scalar, _ b: Scalar, _ expression: TypedExpression) -> Scalar {
    join(a, b, expression) { self.product($0, $1, expression) }
  }

  private func product(_ a: Linear, _ b: Linear, _ expression: TypedExpression) -> Scalar? {
    if let factor = b.value { return scaled(a, by: factor, expression) }
    if let factor = a.value { return scaled(b, by: factor, expression) }
    let (first, second) = key(of: a) < key(of: b) ? (a, b) : (b, a)
    let fact = result(
      "mul(\(key(of: first)),\(key(of: second)))", scale(of: expression.type, currency: nil),
      line(of: expression.type), expression)
    keepSign(of: fact, first, second)
    space.define(
      fact,
      Definition(
        range: expression.range, isOfList: false, arguments: [first, second],
        value: { operands in
          Decimal(units: operands[0]).multiplied(by: Decimal(units: operands[1]))?.units
        },
        slice: { place, value in
          Fraction(value, over: Decimal.one).flatMap {
            (place == 0 ? second : first).multiplied(by: $0)
          }
        }, axioms: { _ in [] }))
    return Scalar(Linear(fact))
  }

  /// Of two numbers that are not negative neither product nor quotient is.
  private func keepSign(of fact: FactID, _ a: Linear, _ b: Linear) {
    guard let x = formulas.compare(a.negated, isStrict: false),
      let y = formulas.compare(b.negated, isStrict: false)
    else { return }
    let positive = formulas.inside(fact, Stretches(0, Stretches.infinity))
    space.add(axiom: formulas.implies(formulas.and(x, y), positive), formulas)
  }

  /// A term times a literal, rounded half-even at the 8th place where it does not come out even.
  private func scaled(
    _ term: Linear, by units: Fraction, _ expression: TypedExpression
  ) -> Scalar? {
    let times = Decimal(units: units.floor)
    return scaled(
      term, by: Fraction(units.floor, over: Decimal.one), expression, rises: units.floor > 0
    ) { $0.multiplied(by: times) }
  }

  /// A term times a fraction as the machine computes it.
  private func scaled(
    _ term: Linear, by factor: Fraction?, _ expression: TypedExpression, rises: Bool,
    _ compute: @escaping (Decimal) -> Decimal?
  ) -> Scalar? {
    if let value = term.value {
      return compute(Decimal(units: value.floor)).map { Scalar($0.units) }
    }
    guard let factor, let exact = term.multiplied(by: factor) else { return nil }
    return rounded(exact, of: term, expression, rises: rises) {
      compute(Decimal(units: $0))?.units
    }
  }

  /// A term that is rounded to the nearest whole number: itself where it is whole.
  private func rounded(
    _ exact: Linear, of term: Linear, _ expression: TypedExpression, rises: Bool,
    _ value: @escaping (Int128) -> Int128?
  ) -> Scalar {
    if exact.isWhole { return Scalar(exact) }
    let fact = result(
      "scaled(\(key(of: exact)))", scale(of: expression.type, currency: nil),
      line(of: expression.type), expression)
    space.define(
      fact,
      Definition(
        range: expression.range, isOfList: false, arguments: [term], value: { value($0[0]) },
        axioms: { _ in [] }))
    if let half = Fraction(1, over: 2) { bind(fact, to: exact, within: half) }
    if rises, let single = term.fact {
      space.setRising(fact, with: single) { value($0) ?? Stretches.infinity }
    }
    return Scalar(Linear(fact))
  }

  /// `-slack <= fact - term <= slack`.
  private func bind(_ fact: FactID, to term: Linear, within slack: Fraction) {
    guard let difference = Linear(fact).subtracting(term),
      let upper = difference.subtracting(Linear(slack)),
      let lower = difference.negated.subtracting(Linear(slack)),
      let first = formulas.compare(upper, isStrict: false),
      let second = formulas.compare(lower, isStrict: false)
    else { return }
    space.add(axiom: first, formulas)
    space.add(axiom: second, formulas)
  }

  private func quotient(_ a: Linear, _ b: Linear, _ expression: TypedExpression) -> Scalar? {
    if let divisor = b.value {
      if divisor == .zero { return .failure }
      return scaledQuotient(a, by: divisor, expression)
    }
    let fact = result(
      "div(\(key(of: a)),\(key(of: b)))", scale(of: expression.type, currency: nil),
      line(of: expression.type), expression)
    keepSign(of: fact, a, b)
    space.define(
      fact,
      Definition(
        range: expression.range, isOfList: false, arguments: [a, b],
        value: { operands in
          operands[1] == 0
            ? nil : Decimal(units: operands[0]).divided(by: Decimal(units: operands[1]))?.units
        },
        slice: { place, value in
          place == 0 ? nil : Fraction(Decimal.one, over: value).flatMap { a.multiplied(by: $0) }
        }, axioms: { _ in [] }))
    context.quotients[fact] = (a, b)
    let isZero = equal(b, Linear(0))
    var result = Scalar([.init(when: isZero.negated, term: Linear(fact))])
    result.error = isZero
    return result
  }

  private func scaledQuotient(
    _ a: Linear, by divisor: Fraction, _ expression: TypedExpression
  ) -> Scalar? {
    let by = Decimal(units: divisor.floor)
    return scaled(
      a, by: Fraction(Decimal.one, over: divisor.floor), expression, rises: divisor.floor > 0
    ) { $0.divided(by: by) }
  }

  func round(
    _ a: Scalar, _ places: Int, _ rounding: Decimal.Rounding, _ expression: TypedExpression
  ) -> Scalar {
    map(a) { term in
      if let value = term.value {
        return Decimal(units: value.floor).rounded(places: places, rounding).map {
          Linear($0.units)
        }
      }
      let fact = self.result(
        "round(\(self.key(of: term)),\(places),\(rounding))",
        self.scale(of: expression.type, currency: nil), self.line(of: expression.type), expression)
      self.space.define(
        fact,
        Definition(
          range: expression.range, isOfList: false, arguments: [term],
          value: { Decimal(units: $0[0]).rounded(places: places, rounding)?.units },
          axioms: { _ in [] }))
      var step: Int128 = 1
      for _ in 0..<max(0, Decimal.places - places) { step *= 10 }
      self.bind(fact, to: term, within: Fraction(step))
      if let single = term.fact {
        self.space.setRising(fact, with: single) { value in
          Decimal(units: value).rounded(places: places, rounding)?.units ?? Stretches.infinity
        }
      }
      return Linear(fact)
    }
  }

  // MARK: Comparisons

  func compare(
    _ comparison: TypedExpression.Comparison, _ first: TypedExpression, _ second: TypedExpression,
    _ names: Names
  ) -> Truth {
    let (left, right) = (value(first, names), value(second, names))
    if case .truth(let a) = left, case .truth(let b) = right {
      return compare(comparison, used(a), used(b))
    }
    var (a, b) = (used(left.scalar), used(right.scalar))
    if case .enumeration(let id) = first.type.unwrapped, comparison.isOrdering {
      (a, b) = (ranks(a, id), ranks(b, id))
    }
    return compare(comparison, a, b)
  }

  private func compare(
    _ comparison: TypedExpression.Comparison, _ a: Truth, _ b: Truth
  ) -> Truth {
    let same = formulas.or(formulas.and(a.yes, b.yes), formulas.and(a.no, b.no))
    let other = formulas.or(formulas.and(a.yes, b.no), formulas.and(a.no, b.yes))
    let error = formulas.or(a.error, b.error)
    return comparison == .notEqual
      ? Truth(yes: other, no: same, error: error) : Truth(yes: same, no: other, error: error)
  }

  func compare(_ comparison: TypedExpression.Comparison, _ a: Scalar, _ b: Scalar) -> Truth {
    var yes: [Formula] = []
    var no: [Formula] = []
    for x in a.cases {
      for y in b.cases {
        let both = formulas.and(x.when, y.when)
        if both == .no { continue }
        let holds = compare(comparison, x.term, y.term)
        yes.append(formulas.and(both, holds))
        no.append(formulas.and(both, holds.negated))
      }
    }
    return Truth(
      yes: formulas.any(yes), no: formulas.any(no), error: formulas.or(a.error, b.error))
  }

  func compare(_ comparison: TypedExpression.Comparison, _ a: Linear, _ b: Linear) -> Formula {
    switch comparison {
    case .equal: equal(a, b)
    case .notEqual: equal(a, b).negated
    case .less: order(a, b, isStrict: true)
    case .lessOrEqual: order(a, b, isStrict: false)
    case .greater: order(b, a, isStrict: true)
    case .greaterOrEqual: order(b, a, isStrict: false)
    }
  }

  /// `a < b` or `a <= b`; numbers that cannot be held make it a condition of its own.
  func order(_ a: Linear, _ b: Linear, isStrict: Bool) -> Formula {
    if let difference = a.subtracting(b) {
      bindQuotient(difference)
      if let formula = formulas.compare(difference, isStrict: isStrict) { return formula }
    }
    let fact = space.fact(
      .result("order(\(key(of: a)),\(key(of: b)),\(isStrict))"), .truth, Stretches(0, 1), label: "")
    return formulas.inside(fact, Stretches(1))
  }

  func equal(_ a: Linear, _ b: Linear) -> Formula {
    if a == b { return .yes }
    return formulas.and(order(a, b, isStrict: false), order(b, a, isStrict: false))
  }

  /// `a / b` lies on the same side of a number c as a lies of `c · b`, where b is positive: rounding never crosses c.
  private func bindQuotient(_ difference: Linear) {
    guard difference.factors.count == 1, let factor = difference.factors.first,
      let (a, b) = context.quotients[factor.fact],
      let ratio = difference.constant.negated.multiplied(
        by: Fraction(factor.by.denominator, over: factor.by.numerator) ?? .zero)
    else { return }
    for bound in [ratio.floor - 1, ratio.floor, ratio.ceiling, ratio.ceiling + 1] {
      guard let share = Fraction(bound, over: Decimal.one), let product = b.multiplied(by: share),
        let isPositive = formulas.compare(b.negated, isStrict: true)
      else { continue }
      let least = order(product, a, isStrict: false)
      let most = order(a, product, isStrict: false)
      let above = formulas.inside(factor.fact, Stretches(bound, Stretches.infinity))
      let below = formulas.inside(factor.fact, Stretches(-Stretches.infinity, bound))
      space.add(axiom: formulas.implies(formulas.and(isPositive, least), above), formulas)
      space.add(axiom: formulas.implies(formulas.and(isPositive, most), below), formulas)
    }
  }

  /// Members as their places in the enumeration, which is what they are compared by.
  private func ranks(_ value: Scalar, _ id: EnumerationID) -> Scalar {
    let enumeration = set.types[id]
    let family = Fact.Family.enumeration(enumeration.name)
    var cases: [Scalar.Case] = []
    for one in value.cases {
      for (index, member) in enumeration.members.enumerated() {
        let code = Linear(space.code(member.name, in: family))
        cases.append(
          .init(when: formulas.and(one.when, equal(one.term, code)), term: Linear(Int128(index))))
      }
    }
    var result = value
    result.cases = merged(cases)
    return result
  }
}

extension TypedExpression.Comparison {
  /// Whether one side comes before the other.
  fileprivate var isOrdering: Bool { self != .equal && self != .notEqual }
}

extension Linear {
  /// With its sign turned.
  var negated: Linear { multiplied(by: Fraction(-1)) ?? self }
}
