/// Which part of a condition decides, against turning each part by hand.
import PolicySource
import TestSupport
import Testing

@testable import PolicyCompiler

@Suite struct CompoundTests {
  /// A condition of random shape over parts `0..<count`, each standing once.
  private func node(_ parts: Range<Int>, _ random: inout SplitMix64) -> CoverageCompound.Node {
    if parts.count == 1 {
      let part = CoverageCompound.Node.operand(parts.lowerBound)
      return Bool.random(using: &random) ? .not(part) : part
    }
    let cut = Int.random(in: parts.lowerBound + 1..<parts.upperBound, using: &random)
    let a = node(parts.lowerBound..<cut, &random)
    let b = node(cut..<parts.upperBound, &random)
    return Bool.random(using: &random) ? .both(a, b) : .either(a, b)
  }

  private func value(_ node: CoverageCompound.Node, _ truths: [Bool]) -> Bool {
    switch node {
    case .operand(let number): truths[number]
    case .not(let inner): !value(inner, truths)
    case .both(let a, let b): value(a, truths) && value(b, truths)
    case .either(let a, let b): value(a, truths) || value(b, truths)
    }
  }

  private func compound(_ count: Int, _ random: inout SplitMix64) -> CoverageCompound {
    CoverageCompound(
      root: node(0..<count, &random), operands: (0..<count).map { .init(item: $0, slot: $0) })
  }

  @Test func aPartDecidesWhenTurningItTurnsTheWhole() {
    var random = SplitMix64(seed: 20_261_122)
    for _ in 0..<400 {
      let count = Int.random(in: 2...6, using: &random)
      let compound = compound(count, &random)
      for bits in 0..<1 << count {
        let truths = (0..<count).map { bits >> $0 & 1 == 1 }
        let expected = (0..<count).filter { number in
          var turned = truths
          turned[number].toggle()
          return value(compound.root, truths) != value(compound.root, turned)
        }
        #expect(compound.deciding(truths.map { $0 ? .yes : .no }) == expected)
      }
    }
  }

  /// A part that decides as true and one that decides as false always turn the whole to opposite sides: that is the
  /// pair which masking MC/DC asks for, whichever two cases it is made of.
  @Test func anyTwoCasesInWhichAPartDecidesAreAPair() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<200 {
      let count = Int.random(in: 2...5, using: &random)
      let compound = compound(count, &random)
      var outcomes: [[Set<Bool>]] = Array(repeating: [[], []], count: count)
      for bits in 0..<1 << count {
        let truths = (0..<count).map { bits >> $0 & 1 == 1 }
        for part in compound.deciding(truths.map { $0 ? .yes : .no }) {
          outcomes[part][truths[part] ? 1 : 0].insert(value(compound.root, truths))
        }
      }
      for outcome in outcomes {
        #expect(outcome[0].count == 1 && outcome[1].count == 1 && outcome[0] != outcome[1])
      }
    }
  }

  /// `a and b`: while b is not known nothing decides but a false a; where b has no value, a does.
  @Test func whatIsNotKnownLetsNothingDecide() {
    let both = CoverageCompound(
      root: .both(.operand(0), .operand(1)),
      operands: [.init(item: 0, slot: 0), .init(item: 1, slot: 1)])
    #expect(both.deciding([.yes, []]) == [])
    #expect(both.deciding([.no, []]) == [])
    #expect(both.deciding([.no, .both]) == [0])
    #expect(both.deciding([.yes, .both]) == [])
    #expect(both.deciding([.no, .no]) == [])
    #expect(both.deciding([.no, .yes]) == [0])
    #expect(both.deciding([.yes, .yes]) == [0, 1])
  }
}
