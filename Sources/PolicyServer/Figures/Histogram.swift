/// Durations counted in buckets, from a microsecond to ten seconds.

/// A histogram of durations.
struct Histogram {
  /// The upper bounds of the buckets in nanoseconds: 1, 2 and 5 of every power of ten.
  static let bounds: [Int64] = {
    var bounds: [Int64] = []
    var unit: Int64 = 1_000
    while unit < 10_000_000_000 {
      bounds += [unit, 2 * unit, 5 * unit]
      unit *= 10
    }
    return bounds + [unit]
  }()

  /// How many lie in each bucket and above the bucket before it; the last one has no bound.
  private(set) var counts = [UInt64](repeating: 0, count: bounds.count + 1)
  /// All durations together, in nanoseconds.
  private(set) var sum: Int64 = 0
  private let bounds = Self.bounds

  /// How many there are.
  var total: UInt64 { counts.reduce(0, +) }

  /// Counts a duration.
  mutating func count(_ nanoseconds: Int64) {
    var bucket = 0
    while bucket < bounds.count, nanoseconds > bounds[bucket] { bucket += 1 }
    counts[bucket] &+= 1
    sum &+= nanoseconds
  }
}
