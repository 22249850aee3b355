/// Sets of whole numbers as stretches: what a fact may be, or what a condition asks of it.
///
/// Every kind of value lies on a line of whole numbers: amounts in the units they are held in, days by their number,
/// members of enumerations and texts by a code, truth as 0 and 1. So one arithmetic serves all of them, and it is exact.

/// Whole numbers from the least to the greatest, both included.
public struct Stretch: Hashable, Sendable {
  /// The least.
  public var low: Int128
  /// The greatest.
  public var high: Int128
}

/// A set of whole numbers: stretches that rise and lie apart.
public struct Stretches: Hashable, Sendable {
  /// The stretches, rising; between two of them lies at least one number.
  public private(set) var parts: [Stretch]

  /// The end of every line; greater than any value that a slot can hold, and small enough to be added to.
  static let infinity: Int128 = 1 << 124

  /// No number.
  static let none = Stretches(parts: [])
  /// Every number.
  static let all = Stretches(-infinity, infinity)

  private init(parts: [Stretch]) { self.parts = parts }

  /// From the least to the greatest; none when they are the other way round.
  init(_ low: Int128, _ high: Int128) {
    parts = low <= high ? [Stretch(low: low, high: high)] : []
  }

  /// One number.
  init(_ value: Int128) { self.init(value, value) }

  /// These numbers.
  init(values: some Sequence<Int128>) {
    parts = []
    for value in Set(values).sorted() {
      if let last = parts.last, last.high + 1 == value {
        parts[parts.count - 1].high = value
      } else {
        parts.append(Stretch(low: value, high: value))
      }
    }
  }

  var isEmpty: Bool { parts.isEmpty }

  /// The least and the greatest number; nil when there is none.
  var ends: (low: Int128, high: Int128)? {
    guard let first = parts.first, let last = parts.last else { return nil }
    return (first.low, last.high)
  }

  /// The only number; nil when there are others or none.
  var only: Int128? {
    guard parts.count == 1, parts[0].low == parts[0].high else { return nil }
    return parts[0].low
  }

  /// How many numbers there are, at most `limit`.
  func count(limit: Int) -> Int {
    var total = 0
    for part in parts {
      let size = part.high - part.low
      if size >= Int128(limit) { return limit }
      total += Int(size) + 1
      if total >= limit { return limit }
    }
    return total
  }

  func contains(_ value: Int128) -> Bool {
    parts.contains { $0.low <= value && value <= $0.high }
  }

  /// What lies in both.
  func intersection(_ other: Stretches) -> Stretches {
    var result: [Stretch] = []
    var (i, j) = (0, 0)
    while i < parts.count, j < other.parts.count {
      let (a, b) = (parts[i], other.parts[j])
      let (low, high) = (max(a.low, b.low), min(a.high, b.high))
      if low <= high { result.append(Stretch(low: low, high: high)) }
      if a.high < b.high { i += 1 } else { j += 1 }
    }
    return Stretches(parts: result)
  }

  /// 1 when all of it lies in another set, -1 when nothing does, 0 otherwise; empty, it is -1.
  func verdict(of other: Stretches) -> Int8 {
    var (isMet, isLeft) = (false, parts.isEmpty)
    var j = 0
    for part in parts {
      while j < other.parts.count, other.parts[j].high < part.low { j += 1 }
      guard j < other.parts.count, other.parts[j].low <= part.high else {
        isLeft = true
        continue
      }
      isMet = true
      // Stretches of a set lie apart, so that one must hold all of the part.
      if other.parts[j].low > part.low || other.parts[j].high < part.high { isLeft = true }
    }
    return !isMet ? -1 : isLeft ? 0 : 1
  }

  /// What lies in neither.
  var complement: Stretches {
    var result: [Stretch] = []
    var from = -Self.infinity
    for part in parts {
      if part.low > from { result.append(Stretch(low: from, high: part.low - 1)) }
      from = part.high + 1
    }
    if from <= Self.infinity { result.append(Stretch(low: from, high: Self.infinity)) }
    return Stretches(parts: result)
  }

  /// What lies in one of them.
  func union(_ other: Stretches) -> Stretches {
    var result: [Stretch] = []
    for part in (parts + other.parts).sorted(by: { $0.low < $1.low }) {
      if let last = result.last, part.low <= last.high + 1 {
        result[result.count - 1].high = max(last.high, part.high)
      } else {
        result.append(part)
      }
    }
    return Stretches(parts: result)
  }

  func isSubset(of other: Stretches) -> Bool { intersection(other) == self }
}
