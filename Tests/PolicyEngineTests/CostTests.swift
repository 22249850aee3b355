/// The worst case of decisions: finite, counted by clause, and a reason not to load.
import Foundation
import PolicyEngine
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@Suite struct CostTests {
  private func load(_ name: String) -> PolicySet.LoadResult {
    PolicySet.load(folder: Golden.corpus.appendingPathComponent("sets/\(name)").path)
  }

  @Test func costlyDecisionDoesNotLoad() throws {
    let result = load("too-costly")
    #expect(result.set == nil)
    let found = try #require(result.diagnostics.all.first)
    #expect(result.diagnostics.all.count == 1)
    #expect(found.code == "too-costly")
    let words = result.files[found.range.file].text(in: found.range)
    #expect(words.hasPrefix("deny unknown_item") || words.hasPrefix("unknown_item"))
    #expect(found.notes.first?.message.description.contains("`wanted` (up to 10000 items)") == true)
  }

  @Test func boundsMakeItCheap() throws {
    let set = try #require(load("bounded").set)
    let cost = try #require(set.costs.first)
    // 20 bids of 30 lines against 50 wanted, a few steps each.
    #expect((20 * 30 * 50..<20 * 30 * 50 * 12).contains(cost.steps))
    #expect(cost.parts.first?.loops.map(\.items) == [20, 30, 50])
    #expect(cost.parts.reduce(0) { $0 + $1.steps } == cost.steps)
  }

  @Test func innerListsCountOnceForAll() throws {
    let set = try #require(load("bounded").set)
    let program = try #require(set.program(named: "bids.may_award"))
    let cheap = try #require(
      program.cost.parts.first { program.sites[$0.site].text.contains("cheap") })
    #expect((20 * 30..<20 * 30 * 12).contains(cheap.steps))
  }

  @Test func everyDecisionOfThePoliciesIsFarBelowTheLimit() throws {
    let root = Golden.corpus.deletingLastPathComponent().deletingLastPathComponent()
    let set = try #require(PolicySet.load(folder: root.appendingPathComponent("policies").path).set)
    let most = try #require(set.costs.first)
    #expect(most.steps > 0)
    #expect(most.steps < ProgramCost.limit / 2, "\(most.decision)")
  }
}
