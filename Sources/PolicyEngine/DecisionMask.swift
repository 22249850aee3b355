/// A choice of decisions of one set, by their numbers.

/// Some of the decisions of a set: one bit for each, in the order of `PolicySet.decisionNames`.
public struct DecisionMask: Sendable, Hashable {
  private var words: [UInt64] = []

  /// None of them.
  public init() {}

  /// Whether a decision is among them.
  public func contains(_ number: Int) -> Bool {
    let word = number >> 6
    return word < words.count && words[word] >> UInt64(number & 63) & 1 == 1
  }

  /// Adds a decision.
  public mutating func insert(_ number: Int) {
    while words.count <= number >> 6 { words.append(0) }
    words[number >> 6] |= 1 << UInt64(number & 63)
  }

  /// Adds those of another choice.
  public mutating func formUnion(_ other: DecisionMask) {
    while words.count < other.words.count { words.append(0) }
    for (index, word) in other.words.enumerated() { words[index] |= word }
  }
}
