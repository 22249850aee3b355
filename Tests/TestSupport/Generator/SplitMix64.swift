/// What the generators draw.
import PolicySource

extension SplitMix64 {
  /// A number of a range.
  mutating func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// One of some things, which are never empty.
  mutating func pick<T>(_ things: [T]) -> T { things[pick(0...things.count - 1)] }

  /// True in so many of a hundred cases.
  mutating func chance(_ percent: Int) -> Bool { pick(1...100) <= percent }
}
