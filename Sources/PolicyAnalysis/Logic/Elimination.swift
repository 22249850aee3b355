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
    var rows = inequalities
    while true {
      for row in rows where row.factors.isEmpty && row.bound < 0 { return false }
      rows = tightest(rows)
      guard let fact = cheapest(rows) else { return true }
      guard let next = without(fact, rows), next.count <= limit else { return nil }
      rows = next
    }
  }

  /// The fact whose elimination makes the fewest rows.
  private static func cheapest(_ rows: [Inequality]) -> FactID? {
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

  private static func without(_ fact: FactID, _ rows: [Inequality]) -> [Inequality]? {
    var above: [(Inequality, Int128)] = []
    var below: [(Inequality, Int128)] = []
    var result: [Inequality] = []
    for row in rows {
      guard let factor = row.factors.first(where: { $0.fact == fact }) else {
        result.append(row)
        continue
      }
      if factor.by > 0 { above.append((row, factor.by)) } else { below.append((row, -factor.by)) }
    }
    for (upper, a) in above {
      for (lower, b) in below {
        guard let row = Inequality.sum(upper, times: b, lower, times: a) else { return nil }
        result.append(row)
      }
    }
    return result
  }

  /// Of rows with the same left side the one with the least bound; rows without a left side say nothing more.
  private static func tightest(_ rows: [Inequality]) -> [Inequality] {
    var places: [[Inequality.Factor]: Int] = [:]
    var result: [Inequality] = []
    for row in rows where !row.factors.isEmpty {
      if let place = places[row.factors] {
        if row.bound < result[place].bound { result[place] = row }
      } else {
        places[row.factors] = result.count
        result.append(row)
      }
    }
    return result
  }
}
