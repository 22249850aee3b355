/// Whether inequalities have a common solution, by eliminating one fact after the other.
///
/// From `2x - y <= 4` and `-x + 3y <= 1` follows, without x, `-y + 2·3y <= 4 + 2·1`: what holds for the other facts.
/// When no fact is left, each row says whether a number is at most another (Fourier 1826, Motzkin 1936). No solution
/// among fractions means none among whole numbers.

enum Elimination {
  /// How many rows a step may have.
  private static let limit = 4_000

  /// Nil when numbers cannot be held or there are too many rows.
  static func isFeasible(_ inequalities: [Inequality]) -> Bool? {
    var rows = Set(inequalities)
    while true {
      for row in rows where row.factors.isEmpty && row.bound < 0 { return false }
      rows = rows.filter { !$0.factors.isEmpty }
      guard let fact = cheapest(rows) else { return true }
      guard let next = without(fact, rows), next.count <= limit else { return nil }
      rows = tightest(next)
    }
  }

  /// The fact whose elimination makes the fewest rows.
  private static func cheapest(_ rows: Set<Inequality>) -> FactID? {
    var counts: [FactID: (above: Int, below: Int)] = [:]
    for row in rows {
      for factor in row.factors {
        if factor.by > 0 {
          counts[factor.fact, default: (0, 0)].above += 1
        } else {
          counts[factor.fact, default: (0, 0)].below += 1
        }
      }
    }
    return counts.min {
      ($0.value.above * $0.value.below, $0.key) < ($1.value.above * $1.value.below, $1.key)
    }?.key
  }

  private static func without(_ fact: FactID, _ rows: Set<Inequality>) -> Set<Inequality>? {
    var above: [(Inequality, Int128)] = []
    var below: [(Inequality, Int128)] = []
    var result: Set<Inequality> = []
    for row in rows {
      guard let factor = row.factors.first(where: { $0.fact == fact }) else {
        result.insert(row)
        continue
      }
      if factor.by > 0 { above.append((row, factor.by)) } else { below.append((row, -factor.by)) }
    }
    for (upper, a) in above {
      for (lower, b) in below {
        guard let row = sum(upper, times: b, lower, times: a, without: fact) else { return nil }
        result.insert(row)
      }
    }
    return result
  }

  /// Of rows with the same left side the one with the least bound.
  private static func tightest(_ rows: Set<Inequality>) -> Set<Inequality> {
    var bounds: [[Inequality.Factor]: Int128] = [:]
    for row in rows { bounds[row.factors] = min(bounds[row.factors] ?? row.bound, row.bound) }
    return Set(bounds.map { Inequality($0.key, bound: $0.value) })
  }

  private static func sum(
    _ upper: Inequality, times b: Int128, _ lower: Inequality, times a: Int128, without fact: FactID
  ) -> Inequality? {
    var factors: [FactID: Int128] = [:]
    for (row, times) in [(upper, b), (lower, a)] {
      for factor in row.factors where factor.fact != fact {
        guard let product = Fraction.product(factor.by, times),
          let sum = Fraction.sum(factors[factor.fact] ?? 0, product)
        else { return nil }
        factors[factor.fact] = sum
      }
    }
    guard let first = Fraction.product(upper.bound, b),
      let second = Fraction.product(lower.bound, a),
      let bound = Fraction.sum(first, second)
    else { return nil }
    let kept = factors.filter { $0.value != 0 }.sorted { $0.key < $1.key }
    return Inequality(kept.map { .init(fact: $0.key, by: $0.value) }, bound: bound)
  }
}
