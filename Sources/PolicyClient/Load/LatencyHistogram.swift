/// How long answers took, counted in buckets whose width grows with the figure.
///
/// The idea (HdrHistogram): below 2,048 ns each bucket is 1 ns wide; from there on every doubling has
/// 1,024 buckets, so a figure that is read back is at most 0.1 % too large. Everything is counted in whole
/// nanoseconds; memory does not grow with the number of answers.

/// Counts of latencies.
public struct LatencyHistogram: Sendable {
  private var counts: [Int] = []
  /// How many were counted.
  public private(set) var count = 0
  /// The largest.
  public private(set) var largest: Int64 = 0
  private var sum: Int64 = 0

  private static let bits = 10

  /// Nothing counted.
  public init() {
    counts = [Int](repeating: 0, count: Self.bucket(of: 1 << 42) + 1)
  }

  /// Counts one; more than an hour counts as about an hour, but for `largest`.
  public mutating func add(_ nanoseconds: Int64) {
    let sane = max(0, nanoseconds)
    counts[Self.bucket(of: min(sane, 1 << 42))] += 1
    count += 1
    sum += sane
    largest = max(largest, sane)
  }

  /// The average, rounded down; 0 of none.
  public var mean: Int64 { count == 0 ? 0 : sum / Int64(count) }

  /// The least figure that so many of a thousand do not exceed; 0 of none.
  public func percentile(perMille share: Int) -> Int64 {
    let rank = max(1, (count * share + 999) / 1000)
    var seen = 0
    for (bucket, number) in counts.enumerated() where number > 0 {
      seen += number
      if seen >= rank { return min(Self.largest(in: bucket), largest) }
    }
    return 0
  }

  /// The bucket of a figure: its exponent, then the ten bits behind its first.
  static func bucket(of figure: Int64) -> Int {
    let width = Int64.bitWidth - figure.leadingZeroBitCount
    let shift = max(0, width - bits - 1)
    return shift << bits + Int(figure >> Int64(shift))
  }

  /// The largest figure that a bucket holds.
  static func largest(in bucket: Int) -> Int64 {
    let shift = max(0, bucket >> bits - 1)
    let figure = Int64(bucket - shift << bits)
    return (figure + 1) << Int64(shift) - 1
  }
}
