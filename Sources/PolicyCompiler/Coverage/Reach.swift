/// Which values an expression can have, as far as its type, its door and its constants tell.
import PolicyRuntime

/// The values within reach: all from the least to the greatest, or, where they are few, just these.
struct Reach: Equatable {
  /// Values that are listed are at most so many.
  private static let most = 512

  private(set) var low: Int128
  private(set) var high: Int128
  /// The values one by one, rising; nil when every value between the ends may occur.
  private(set) var values: [Int128]?

  /// Everything that a slot can hold.
  static let all = Reach(1 - Decimal.bound, Decimal.bound - 1)
  /// True and false.
  static let truth = Reach([0, 1])

  /// From the least to the greatest value.
  init(_ low: Int128, _ high: Int128) {
    self.low = max(low, 1 - Decimal.bound)
    self.high = min(high, Decimal.bound - 1)
  }

  /// These values; there is at least one.
  init(_ values: some Collection<Int128>) {
    let sorted = Set(values).sorted()
    low = sorted.first ?? 0
    high = sorted.last ?? 0
    self.values = sorted.count <= Self.most ? sorted : nil
  }

  // MARK: Questions

  /// On which sides of another it can lie.
  func sides(against other: Reach) -> CoverageSides {
    var sides: CoverageSides = []
    if low < other.high { sides.insert(.below) }
    if high > other.low { sides.insert(.above) }
    if meets(other) { sides.insert(.at) }
    return sides
  }

  /// Whether both can have one value.
  private func meets(_ other: Reach) -> Bool {
    switch (values, other.values) {
    case (let own?, let theirs?): !Set(own).isDisjoint(with: theirs)
    case (let own?, nil): own.contains { other.low <= $0 && $0 <= other.high }
    case (nil, let theirs?): theirs.contains { low <= $0 && $0 <= high }
    case (nil, nil): low <= other.high && other.low <= high
    }
  }

  /// Whether a value of a stretch is within reach.
  func touches(_ least: Int128, _ greatest: Int128) -> Bool {
    if let values { return values.contains { least <= $0 && $0 <= greatest } }
    return low <= greatest && least <= high
  }

  // MARK: Arithmetic

  /// What either can be.
  func union(_ other: Reach) -> Reach {
    if let values, let others = other.values { return Reach(values + others) }
    return Reach(min(low, other.low), max(high, other.high))
  }

  /// What is left of it between two ends; itself when nothing is.
  func within(_ least: Int128, _ greatest: Int128) -> Reach {
    if let values {
      let kept = values.filter { least <= $0 && $0 <= greatest }
      return kept.isEmpty ? self : Reach(kept)
    }
    let (from, to) = (max(low, least), min(high, greatest))
    return from <= to ? Reach(from, to) : self
  }

  /// The lesser of both.
  func capped(by other: Reach) -> Reach {
    combined(other, values: Swift.min) {
      Reach(Swift.min($0.low, $1.low), Swift.min($0.high, $1.high))
    }
  }

  /// Each value with its sign turned.
  var negated: Reach {
    if let values { return Reach(values.map { -$0 }) }
    return Reach(-high, -low)
  }

  /// A function that never falls, of each value.
  func rising(_ function: (Int128) -> Int128) -> Reach {
    if let values { return Reach(values.map(function)) }
    return Reach(function(low), function(high))
  }

  static func + (a: Reach, b: Reach) -> Reach {
    a.combined(b, values: sum) { Reach(sum($0.low, $1.low), sum($0.high, $1.high)) }
  }

  static func - (a: Reach, b: Reach) -> Reach { a + b.negated }

  static func * (a: Reach, b: Reach) -> Reach { a.corners(b, product) }

  /// The quotient; anything when the divisor may be zero or small.
  static func / (a: Reach, b: Reach) -> Reach {
    guard b.low > 0 || b.high < 0 else {
      return a.low >= 0 && b.low >= 0 ? Reach(0, Decimal.bound) : .all
    }
    return a.corners(b) {
      Decimal(units: $0).divided(by: Decimal(units: $1))?.units ?? Self.ends($0, $1)
    }
  }

  private static func product(_ a: Int128, _ b: Int128) -> Int128 {
    Decimal(units: a).multiplied(by: Decimal(units: b))?.units ?? ends(a, b)
  }

  /// The end on the side of a result that cannot be held.
  private static func ends(_ a: Int128, _ b: Int128) -> Int128 {
    (a < 0) == (b < 0) ? Decimal.bound - 1 : 1 - Decimal.bound
  }

  private static func sum(_ a: Int128, _ b: Int128) -> Int128 {
    let (sum, overflows) = a.addingReportingOverflow(b)
    if overflows { return a > 0 ? Decimal.bound - 1 : 1 - Decimal.bound }
    return Swift.max(1 - Decimal.bound, Swift.min(Decimal.bound - 1, sum))
  }

  /// A function that rises or falls in each operand: its ends lie at the corners.
  private func corners(_ other: Reach, _ function: (Int128, Int128) -> Int128) -> Reach {
    combined(other, values: function) { a, b in
      let found = [a.low, a.high].flatMap { x in [b.low, b.high].map { function(x, $0) } }
      return Reach(found.min() ?? 0, found.max() ?? 0)
    }
  }

  /// Value by value where both are few, else by their ends.
  private func combined(
    _ other: Reach, values function: (Int128, Int128) -> Int128, ends: (Reach, Reach) -> Reach
  ) -> Reach {
    guard let values, let others = other.values, values.count * others.count <= 8 * Self.most else {
      return ends(self, other)
    }
    let found = Reach(values.flatMap { a in others.map { function(a, $0) } })
    return found
  }
}
