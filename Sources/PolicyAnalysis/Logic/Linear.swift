/// Linear terms over facts, and the inequalities made of them.

/// A number for each fact that the analysis knows: an index in `Space.facts`.
struct FactID: Hashable, Comparable {
  let index: Int
  static func < (a: FactID, b: FactID) -> Bool { a.index < b.index }
}

/// `Σ factor · fact + constant`, in the units of the values.
struct Linear: Hashable {
  /// The factors, none of them zero, by rising fact.
  private(set) var factors: [Factor]
  private(set) var constant: Fraction

  struct Factor: Hashable {
    let fact: FactID
    let by: Fraction
  }

  init(_ constant: Fraction) {
    factors = []
    self.constant = constant
  }

  init(_ value: Int128) { self.init(Fraction(value)) }

  init(_ fact: FactID) {
    factors = [Factor(fact: fact, by: .one)]
    constant = .zero
  }

  private init(_ factors: [Factor], _ constant: Fraction) {
    self.factors = factors
    self.constant = constant
  }

  /// The value when it hangs on no fact.
  var value: Fraction? { factors.isEmpty ? constant : nil }

  /// The fact when it is nothing else.
  var fact: FactID? {
    guard factors.count == 1, factors[0].by == .one, constant == .zero else { return nil }
    return factors[0].fact
  }

  /// Whether it is a whole number wherever its facts are.
  var isWhole: Bool {
    constant.denominator == 1 && factors.allSatisfy { $0.by.denominator == 1 }
  }

  func adding(_ other: Linear) -> Linear? {
    guard let constant = constant.adding(other.constant) else { return nil }
    var result: [Factor] = []
    var (i, j) = (0, 0)
    while i < factors.count || j < other.factors.count {
      if j == other.factors.count || (i < factors.count && factors[i].fact < other.factors[j].fact)
      {
        result.append(factors[i])
        i += 1
      } else if i == factors.count || other.factors[j].fact < factors[i].fact {
        result.append(other.factors[j])
        j += 1
      } else {
        guard let sum = factors[i].by.adding(other.factors[j].by) else { return nil }
        if sum != .zero { result.append(Factor(fact: factors[i].fact, by: sum)) }
        i += 1
        j += 1
      }
    }
    return Linear(result, constant)
  }

  func multiplied(by factor: Fraction) -> Linear? {
    if factor == .zero { return Linear(0) }
    guard let constant = constant.multiplied(by: factor) else { return nil }
    var result: [Factor] = []
    for own in factors {
      guard let product = own.by.multiplied(by: factor) else { return nil }
      result.append(Factor(fact: own.fact, by: product))
    }
    return Linear(result, constant)
  }

  func subtracting(_ other: Linear) -> Linear? {
    other.multiplied(by: Fraction(-1)).flatMap { adding($0) }
  }
}

/// `Σ factor · fact <= bound` with whole numbers that have no common divisor.
struct Inequality: Hashable {
  struct Factor: Hashable {
    let fact: FactID
    let by: Int128
  }

  let factors: [Factor]
  let bound: Int128

  /// `term <= 0`, or `term < 0`; nil when its numbers cannot be held.
  ///
  /// Facts are whole numbers, so that the bound is the greatest whole number that fits.
  init?(_ term: Linear, isStrict: Bool) {
    var scale: Int128 = term.constant.denominator
    for factor in term.factors {
      guard let next = Fraction.lcm(scale, factor.by.denominator) else { return nil }
      scale = next
    }
    var factors: [Factor] = []
    var shared: Int128 = 0
    for factor in term.factors {
      guard let by = Fraction.product(factor.by.numerator, scale / factor.by.denominator) else {
        return nil
      }
      factors.append(Factor(fact: factor.fact, by: by))
      shared = shared == 0 ? abs(by) : Fraction.gcd(shared, by)
    }
    guard
      let constant = Fraction.product(
        term.constant.numerator, scale / term.constant.denominator)
    else { return nil }
    self.init(factors, bound: -constant - (isStrict ? 1 : 0), dividedBy: max(shared, 1))
  }

  private init(_ factors: [Factor], bound: Int128, dividedBy shared: Int128) {
    self.factors = factors.map { Factor(fact: $0.fact, by: $0.by / shared) }
    self.bound = Fraction(bound, over: shared)?.floor ?? bound
  }

  /// `Σ factor · fact <= bound` of whole numbers.
  init(_ factors: [Factor], bound: Int128) {
    let shared = factors.reduce(Int128(0)) { $0 == 0 ? abs($1.by) : Fraction.gcd($0, $1.by) }
    self.init(factors, bound: bound, dividedBy: max(shared, 1))
  }

  /// What holds where it does not: `Σ > bound`.
  var negated: Inequality {
    Inequality(
      factors.map { Factor(fact: $0.fact, by: -$0.by) }, bound: -bound - 1)
  }

  /// What it says of the other facts when some have one value; nil when its numbers cannot be held.
  func with(_ value: (FactID) -> Int128?) -> Inequality? {
    var kept: [Factor] = []
    var bound = bound
    for factor in factors {
      guard let value = value(factor.fact) else {
        kept.append(factor)
        continue
      }
      guard let product = Fraction.product(factor.by, value),
        let rest = Fraction.sum(bound, -product)
      else { return nil }
      bound = rest
    }
    return kept.count == factors.count ? self : Inequality(kept, bound: bound)
  }

  /// The sum of two inequalities, each so many times, in which one fact falls out; nil when it cannot be held.
  static func sum(
    _ a: Inequality, times first: Int128, _ b: Inequality, times second: Int128
  ) -> Inequality? {
    var factors: [Factor] = []
    var (i, j) = (0, 0)
    while i < a.factors.count || j < b.factors.count {
      let left = i < a.factors.count ? a.factors[i] : nil
      let right = j < b.factors.count ? b.factors[j] : nil
      var by: Int128 = 0
      let fact: FactID
      if let left, right.map({ left.fact <= $0.fact }) ?? true {
        fact = left.fact
        guard let product = Fraction.product(left.by, first) else { return nil }
        by = product
        i += 1
      } else if let right {
        fact = right.fact
      } else {
        break
      }
      if let right, right.fact == fact {
        guard let product = Fraction.product(right.by, second), let sum = Fraction.sum(by, product)
        else { return nil }
        by = sum
        j += 1
      }
      if by != 0 { factors.append(Factor(fact: fact, by: by)) }
    }
    guard let left = Fraction.product(a.bound, first),
      let right = Fraction.product(b.bound, second), let bound = Fraction.sum(left, right)
    else { return nil }
    return Inequality(factors, bound: bound)
  }
}
