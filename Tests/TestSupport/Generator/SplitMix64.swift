/// The generator's own source of chance: one seed gives one sequence, on every machine and forever.

/// Sebastiano Vigna's SplitMix64.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Starts a sequence.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number of a range.
  mutating func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// One of some things, which are never empty.
  mutating func pick<T>(_ things: [T]) -> T { things[pick(0...things.count - 1)] }

  /// True in so many of a hundred cases.
  mutating func chance(_ percent: Int) -> Bool { pick(1...100) <= percent }
}
