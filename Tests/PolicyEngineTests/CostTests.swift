/// The worst case of decisions: finite, counted by clause, and a reason not to load.
import Foundation
import PolicyCompiler
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
    #expect(found.notes.first?.message.description.contains("`wanted` (up to 1,000 items)") == true)
  }

  @Test func boundsMakeItCheap() throws {
    let set = try #require(load("bounded").set)
    let cost = try #require(set.costs.first)
    // 20 bids of 30 lines against 50 wanted, a few steps each and those of a long text.
    let text = RequestLimits.textBytes / 128
    #expect((20 * 30 * 50..<20 * 30 * 50 * (12 + text)).contains(cost.steps))
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

  /// The cost of the last decision of a policy.
  private func cost(_ text: String) throws -> (steps: Int, found: [String]) {
    let checked = CheckedPolicies([("p.writ", text)])
    let set = try #require(checked.set, "\(checked.errors)")
    let last = Reference(policy: 0, index: set.policies[0].decisions.count - 1)
    let (program, diagnostics) = Lowering.lower(last, in: set)
    return (program.cost.steps, diagnostics.all.map(\.code.slug))
  }

  /// Two lists of slips, each held against the other.
  private func reconciliation(_ bound: String) -> String {
    """
    policy p
    type Entry { slip Text, amount Money >= 0 }
    input sales List of Entry\(bound)
    input stock List of Entry\(bound)
    check reconciled {
      require any other in stock where other.slip = entry.slip else missing "{entry.slip}"
        for each entry in sales
    }
    """
  }

  @Test func quadraticLoopsOverLongListsAreFound() throws {
    let ordinary = try cost(reconciliation(""))
    #expect(ordinary.found == [])
    #expect(ordinary.steps < ProgramCost.limit / 10)
    let long = try cost(reconciliation(" up to 10_000"))
    #expect(long.found == ["too-costly"])
  }

  @Test func aTextIsReadOnceByALoopOverAllItems() throws {
    // Ten thousand texts of ten thousand bytes do not fit into a request.
    let found = try cost(
      """
      policy p
      input slips List of Text up to 10_000
      release may_post { deny bad "{slip}" for each slip in slips when not (slip matches "S{digits 4}") }
      """)
    #expect(found.steps < 10_000 * 150 + 2 * RequestLimits.bytes / 16)
  }

  @Test func tablesOfManyRowsAreCheap() throws {
    let rows = (0..<10_000).map { "  \"c\($0)\" | \($0) CNY" }.joined(separator: "\n")
    let found = try cost(
      """
      policy p
      currency CNY
      type Line { item Text, price Money }
      input lines List of Line up to 10_000
      table prices (item Text) -> (price Money) {
        item | price
      \(rows)
      }
      release may_ship {
        deny cheap "{line.item}" for each line in lines when line.price < (prices[line.item].price else 0)
      }
      """)
    #expect(found.found == [])
    #expect(found.steps < ProgramCost.limit / 10)
  }

  @Test func everyDecisionOfThePoliciesIsFarBelowTheLimit() throws {
    let root = Golden.corpus.deletingLastPathComponent().deletingLastPathComponent()
    let set = try #require(PolicySet.load(folder: root.appendingPathComponent("policies").path).set)
    let most = try #require(set.costs.first)
    #expect(most.steps > 0)
    #expect(most.steps < ProgramCost.limit / 2, "\(most.decision)")
  }
}
