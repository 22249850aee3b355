/// The mutants of policies: which there are, and that each compiles to what its typed tree says.
import Foundation
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@testable import PolicyCompiler

@Suite struct MutantTests {
  private func set(_ name: String) throws -> TypedSet {
    let folder = Golden.corpus.appendingPathComponent("sets/\(name)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let checked = CheckedPolicies(
      try names.map { name in
        (name, try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8))
      })
    return try #require(checked.set, "\(checked.errors)")
  }

  private func lines(_ set: TypedSet) -> [String] {
    set.policies.indices.flatMap { Mutant.all(of: $0, in: set) }.map { mutant in
      let change =
        switch mutant.change {
        case .becomes(let from, let to): "\(from) -> \(to)"
        case .dropped(let words): "without \(words)"
        case .unconditional(let words): "always \(words)"
        case .turned(let words): "not \(words)"
        }
      return "\(set.files.place(of: mutant.range)) \(mutant.kind.rawValue): \(change)\n"
    }
  }

  @Test(arguments: ["mutants", "coverage"]) func mutantsAreThese(name: String) throws {
    try Golden.check(
      lines(try set(name)).joined(),
      against: Golden.corpus.appendingPathComponent("sets/\(name).mutants.txt"))
  }

  @Test func everyKindOccurs() throws {
    let sets = [try set("mutants"), try set("coverage")]
    let kinds = sets.flatMap { set in
      set.policies.indices.flatMap { Mutant.all(of: $0, in: set) }.map(\.kind)
    }
    #expect(Set(kinds) == Set(Mutant.Kind.allCases))
  }

  /// A mutant names what it changes: every decision that it can change is made of that.
  @Test func decisionsThatAreNotMadeOfItStayAsTheyAre() throws {
    let set = try set("mutants")
    for mutant in Mutant.all(of: 0, in: set) {
      let changed = mutant.applied(to: set)
      for index in set.policies[0].decisions.indices {
        let decision = Reference(policy: 0, index: index)
        if Mutant.elements(of: decision, in: set).contains(mutant.target.element) { continue }
        let (before, _) = Lowering.lower(decision, in: set)
        let (after, _) = Lowering.lower(decision, in: changed)
        #expect(before.careful.count == after.careful.count && before.blank == after.blank)
      }
    }
  }

  /// A clearance of a clause that was dropped names no clause: the machine refuses it, the reference looks for none.
  private func isAboutDropped(_ difference: Difference) -> Bool {
    difference.got.contains("trap bad_clearance")
  }

  /// The machine decides by a mutant as the reference does, which knows nothing of how programs are made.
  @Test func mutantsOfGeneratedProgramsDecideAsTheReferenceDoes() throws {
    let decisions = GeneratedDecisions(usual: 6)
    var random = SplitMix64(seed: decisions.seed)
    var differential = Differential()
    var compared = 0
    try decisions.visit { decision, set, generated in
      let elements = Mutant.elements(of: decision, in: set)
      let mutants = set.policies.indices.flatMap { Mutant.all(of: $0, in: set) }.filter {
        elements.contains($0.target.element)
      }
      for _ in 0..<min(4, mutants.count) {
        guard let mutant = mutants.randomElement(using: &random) else { break }
        let changed = mutant.applied(to: set)
        if Lowering.lower(decision, in: changed).1.hasErrors { continue }
        let policy = set.policies[decision.policy]
        differential.compare(
          Array(generated.requests.prefix(12)), decision,
          "\(policy.name).\(policy.decisions[decision.index].name)",
          ReferenceEvaluator(changed), changed,
          source: "SEED=\(decisions.seed) \(mutant.kind) \(mutant.change)\n\(generated.source)")
        compared += 1
      }
      return differential.differences.allSatisfy(isAboutDropped)
    }
    #expect(compared > decisions.programs)
    for difference in differential.differences where !isAboutDropped(difference) {
      Issue.record("\(difference)")
    }
  }

  /// A step of a figure is that of its type, or one in its last place where it is written finer.
  @Test func stepsAreNatural() throws {
    let set = try set("mutants")
    func figure(_ text: String) throws -> PolicyRuntime.Decimal {
      try PolicyRuntime.Decimal(text: Array(text.utf8))
    }
    func next(_ constant: Constant) -> Constant? { set.stepped(constant, by: 1) }
    #expect(next(.number(try figure("5"))) == .number(try figure("6")))
    #expect(next(.number(try figure("0.25"))) == .number(try figure("0.26")))
    #expect(
      next(.money(try figure("5000"), currency: "CNY"))
        == .money(try figure("5000.01"), currency: "CNY"))
    #expect(next(.percent(try figure("0.06"))) == .percent(try figure("0.07")))
    #expect(next(.percent(try figure("0.065"))) == .percent(try figure("0.066")))
    let day = try #require(Day(year: 2026, month: 12, day: 31))
    #expect(next(.date(day)) == .date(Day(number: day.number + 1)))
    #expect(next(.date(.last)) == nil)
    #expect(next(.text("a")) == nil)
    #expect(set.swapped(.post(set.types.posts.count - 1)) == .post(0))
  }
}
