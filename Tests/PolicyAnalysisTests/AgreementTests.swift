/// What the analysis says of generated decisions fits the answers of the machine.
import Foundation
import PolicyAnalysis
import PolicyEngine
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@Suite struct AgreementTests {
  /// The same programs each time: what is known to be left is in the page about the analysis.
  ///
  /// `SEED=7 DIFFERENTIAL=1000 swift test --filter AgreementTests` compares others, and more.
  @Test func theModelFitsEveryAnswer() {
    let environment = ProcessInfo.processInfo.environment
    let seed = environment["SEED"].flatMap { UInt64($0) } ?? 3
    let programs = environment["DIFFERENTIAL"].flatMap { Int($0) } ?? 30
    var generator = ProgramGenerator(seed: seed)
    var agreement = AnalysisAgreement()
    for _ in 0..<programs where agreement.differences.isEmpty {
      agreement.compare(generator.next())
    }
    print("SEED=\(seed): \(agreement.words)")
    for difference in agreement.differences.prefix(2) {
      Issue.record("SEED=\(seed)\n\(difference)")
    }
    #expect(agreement.answers > programs)
    #expect(agreement.parts > 3 * agreement.open, "the model says too little")
  }

  /// `GRID=1000 SEED=7 swift test --filter AgreementTests` compares more policies, of fifty clauses.
  @Test func whatIsProvedHoldsOnTheWholeGrid() {
    let environment = ProcessInfo.processInfo.environment
    let seed = environment["SEED"].flatMap { UInt64($0) } ?? 3
    let policies = environment["GRID"].flatMap { Int($0) }
    var random = SplitMix64(seed: seed)
    var agreement = GridAgreement()
    for _ in 0..<(policies ?? 2) {
      agreement.compare(GridPolicy(clauses: policies == nil ? 12 : 50, &random), &random)
    }
    print("SEED=\(seed): \(agreement.words)")
    for difference in agreement.differences.prefix(2) {
      Issue.record("SEED=\(seed)\n\(difference)")
    }
    #expect(agreement.policies == policies ?? 2)
    #expect(agreement.open == 0)
  }

  /// Requests on which the two once said different things: what the model says of each part is what the machine answers.
  @Test func theModelFitsWhatItOnceDidNot() throws {
    let folder = Golden.corpus.appending(path: "analyze/agreement")
    let set = try #require(PolicySet.load(folder: folder.path).set)
    let lines = try String(contentsOf: folder.appending(path: "agreement.jsonl"), encoding: .utf8)
    var open = 0
    for line in lines.split(separator: "\n") {
      let request = try #require(JSONTree(parsing: Array(line.utf8)))
      let decision = try #require(request["decision"]?.word)
      let check = try #require(PointCheck(set, decision: decision, isWide: true))
      switch check.compare(request) {
      case .fits(_, let left): open += left
      case .beyond: open += 1
      case .differs(let words): Issue.record("\(words)\n\(line)")
      }
    }
    #expect(open <= 60, "the model leaves \(open) parts open")
  }
}
