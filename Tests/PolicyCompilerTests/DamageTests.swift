/// The checker on what the parser makes of damaged policies: it must end, and crash on nothing.
import Foundation
import PolicyCompiler
import PolicySource
import PolicySyntax
import TestSupport
import Testing

@Suite struct DamageTests {
  /// A small generator of numbers, so that every run damages the same places.
  struct Numbers {
    var state: UInt64
    mutating func next(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(max(1, bound)))
    }
  }

  static let files =
    CheckCorpusTests.good
    + [Golden.corpus.appendingPathComponent("check/bad/twenty-mistakes.writ")]

  @Test(arguments: files) func aDamagedPolicyIsChecked(file: URL) throws {
    let bytes = try Golden.bytes(file)
    let words = try Golden.bytes(file).split { $0 == 0x20 || $0 == 0x0A }
    var numbers = Numbers(state: UInt64(bytes.count))
    for _ in 0..<60 {
      var damaged = bytes
      for _ in 0...numbers.next(below: 3) {
        let start = numbers.next(below: damaged.count)
        let end = min(damaged.count, start + numbers.next(below: 12))
        let other = words[numbers.next(below: words.count)]
        damaged.replaceSubrange(start..<end, with: numbers.next(below: 2) == 0 ? [] : other)
      }
      let checked = Checked([("damaged.writ", damaged)])
      #expect(checked.diagnostics.allSatisfy { $0.range.upper <= damaged.count })
    }
  }

  @Test(arguments: files) func aPolicyCutShortIsChecked(file: URL) throws {
    let bytes = try Golden.bytes(file)
    for length in stride(from: 0, to: bytes.count, by: 41) {
      let checked = Checked([("cut.writ", Array(bytes[..<length]))])
      #expect(checked.diagnostics.allSatisfy { $0.range.upper <= length })
    }
  }
}
