/// Small policies of the domain's catalogue: each says in Writ what a process asks, and its cases hold.
import Foundation
import PolicyCompiler
import PolicyEngine
import PolicySource
import TestSupport
import Testing

@Suite struct CatalogueTests {
  private static let sets = ["sets/catalogue", "language/processes", "language/authority"]

  private func load(_ name: String) throws -> (set: PolicySet, folder: String) {
    let folder = Golden.corpus.appendingPathComponent(name).path
    let result = PolicySet.load(folder: folder)
    let shown = DiagnosticText(files: result.files, colour: false)
      .render(result.diagnostics.sorted)
    #expect(result.diagnostics.all.isEmpty, "\(shown)")
    return (try #require(result.set, "\(shown)"), folder)
  }

  @Test(arguments: sets) func everyCaseHolds(_ name: String) throws {
    let (set, folder) = try load(name)
    let suite = CaseSuite(folder: folder, for: set)
    let shown = DiagnosticText(files: suite.files, colour: false)
      .render(suite.diagnostics.sorted)
    #expect(suite.diagnostics.all.isEmpty, "\(shown)")
    let report = suite.run()
    #expect(report.failed == 0, "\(report.text)")
    #expect(report.results.count > 10)
  }

  /// The machine answers every case as the reference does.
  @Test(arguments: sets) func theMachineIsTheReference(_ name: String) throws {
    let (set, folder) = try load(name)
    let suite = CaseSuite(folder: folder, for: set)
    let reference = ReferenceEvaluator(set.types)
    var differential = Differential()
    for (policy, sample) in suite.cases {
      guard let place = set.types.policies.firstIndex(where: { $0.name == policy }) else {
        continue
      }
      let request = ReferenceRequest(sample, in: set.types)
      for (index, decision) in set.types.policies[place].decisions.enumerated() {
        differential.compare(
          [request], Reference(policy: place, index: index), "\(policy).\(decision.name)",
          reference, set.types, source: "\(policy).\(sample.name)")
      }
    }
    for found in differential.differences {
      Issue.record(
        "\(found.source) \(found.decision) (\(found.code))\n\(found.expected)\n---\n\(found.got)")
    }
    #expect(differential.answers > 50)
  }
}
