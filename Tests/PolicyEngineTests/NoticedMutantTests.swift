/// What cases notice of mutants, and which cases are suggested for the rest.
import Foundation
import PolicySource
import PolicySyntax
import Synchronization
import TestSupport
import Testing

@testable import PolicyCompiler
@testable import PolicyEngine

@Suite struct NoticedMutantTests {
  private func suite(_ set: String, _ cases: String) throws -> CaseSuite {
    let folder = Golden.corpus.appendingPathComponent("sets/\(set)").path
    let set = try #require(PolicySet.load(folder: folder).set)
    let suite = CaseSuite(
      folder: Golden.corpus.appendingPathComponent("cases/\(cases)").path, for: set)
    #expect(suite.diagnostics.all.isEmpty)
    return suite
  }

  /// What is noticed is what fails when the cases are run by a set that has the mistake.
  @Test func noticedIsWhatFailsAgainstTheMutant() throws {
    let suite = try suite("mutants", "mutants")
    let types = suite.set.types
    let bench = CaseBench(suite, filter: nil)
    for mutant in Mutant.all(of: 0, in: types) {
      let changed = mutant.applied(to: types)
      var epoch = suite.set.epochs[0]
      epoch.types = changed
      epoch.programs = epoch.programs.map { ($0.0, Lowering.lower($0.0, in: changed).0) }
      let other = PolicySet(digest: "", epochs: [epoch], samplesFolder: nil)
      let again = CaseSuite(suite.files, reading: Self.cases(suite.files), .init(), for: other)
      let isNoticed = again.diagnostics.hasErrors || again.run().failed > 0
      let fate = bench.fate(of: SetMutant(first: mutant, forms: [(0, mutant)]))
      if case .noticed = fate {
        #expect(isNoticed, "\(mutant.kind) \(mutant.change)")
      } else {
        #expect(!isNoticed, "\(mutant.kind) \(mutant.change)")
      }
    }
  }

  private static func cases(_ files: SourceFiles) -> [FileID] {
    files.ids(endingIn: ".cases").values
      .sorted { $0.index < $1.index }
  }

  @Test func reportNamesWhatNoCaseNotices() throws {
    let report = try suite("mutants", "mutants").mutation()
    for language in [Language.english, .chinese] {
      try Golden.check(
        report.text(in: .of(language)),
        against: Golden.corpus.appendingPathComponent("cases/mutants.\(language.rawValue).txt"))
    }
  }

  @Test func figuresAddUp() throws {
    let report = try suite("coverage", "coverage").mutation()
    #expect(report.total.all == report.policies.reduce(0) { $0 + $1.all })
    #expect(report.total.noticed + report.survivors.count == report.total.all)
    #expect(report.json(in: .english)["unnoticed"]?.items.count == report.survivors.count)
    #expect(report.survivors.allSatisfy { $0.isAsked })
    // One case alone leaves decisions that nobody asks.
    var run = MutationRun()
    run.filter = "trip.late"
    let alone = try suite("mutants", "mutants").mutation(run)
    #expect(alone.survivors.contains { !$0.isAsked })
    #expect(alone.total.noticed > 0)
  }

  /// What an analysis knows to be the same policy in other words is counted apart; it is asked of survivors alone.
  @Test func equivalentMutantsAreCountedApart() throws {
    let suite = try suite("mutants", "mutants")
    let plain = suite.mutation()
    let asked = Mutex(0)
    var run = MutationRun()
    run.isEquivalent = { mutant, _ in
      asked.withLock { $0 += 1 }
      return mutant.kind == .parameter
    }
    let report = suite.mutation(run)
    #expect(asked.withLock { $0 } == plain.survivors.count)
    let parameters = plain.survivors.count { $0.mutant.kind == .parameter }
    #expect(parameters > 0)
    #expect(report.total.equivalent == parameters)
    #expect(report.total.all == plain.total.all - parameters)
    #expect(report.survivors.count == plain.survivors.count - parameters)
  }

  @Test func progressEndsWithAll() throws {
    let last = Mutex((0, 0))
    var run = MutationRun()
    run.progress = { done, all in
      last.withLock { if done > $0.0 { $0 = (done, all) } }
    }
    let report = try suite("mutants", "mutants").mutation(run)
    let (done, all) = last.withLock { $0 }
    #expect(done == all && all >= report.total.all)
  }

  // MARK: Suggestions

  /// A suite with the suggested cases besides its own.
  private func extended(_ suite: CaseSuite, by found: Suggestions) -> CaseSuite {
    var files = suite.files
    let ids = found.files.map { file in
      files.add(SourceFile(name: "drafts/\(file.policy).cases", bytes: Array(file.text.utf8)))
    }
    return CaseSuite(files, reading: Self.cases(suite.files) + ids, .init(), for: suite.set)
  }

  @Test func suggestedCasesReadPassAndCoverMore() throws {
    let suite = try suite("mutants", "mutants")
    let (coverage, mutants) = (suite.coverage(), suite.mutation())
    let found = suite.suggestions(mutants: mutants)
    let count = found.files.reduce(0) { $0 + $1.count }
    #expect(count > 0)
    let all = extended(suite, by: found)
    #expect(all.diagnostics.all.isEmpty)
    #expect(all.cases.count == suite.cases.count + count)
    #expect(all.run().failed == 0)
    let covered = all.coverage()
    #expect(covered.total.total.covered > coverage.total.total.covered)
    #expect(
      covered.entries.count { !$0.isCovered }
        == found.places.open - found.places.closed)
    let noticed = all.mutation()
    #expect(noticed.total.noticed == mutants.total.noticed + found.mutants.closed)
    #expect(noticed.total.noticed > mutants.total.noticed)
  }

  @Test func suggestedCasesAreLaidOutAsUsual() throws {
    let suite = try suite("mutants", "mutants")
    let found = suite.suggestions()
    #expect(!found.files.isEmpty)
    for file in found.files {
      var files = SourceFiles()
      let source = SourceFile(name: "x.cases", bytes: Array(file.text.utf8))
      let id = files.add(source)
      guard case .formatted(let text) = PolicyFormatter.formatCases(source, id: id) else {
        Issue.record("\(file.text)")
        continue
      }
      #expect(String(decoding: text, as: UTF8.self) == file.text)
      #expect(
        file.text.components(separatedBy: "# to be confirmed").count - 1 == file.count)
    }
  }

  /// The same cases every time.
  @Test func suggestionsAreTheSameAgain() throws {
    let suite = try suite("mutants", "mutants")
    let first = suite.suggestions().files.map(\.text)
    #expect(first == suite.suggestions().files.map(\.text))
  }

  @Test func aCompleteSuiteGetsNoSuggestion() throws {
    let found = try suite("coverage", "coverage").suggestions(policy: "payment")
    #expect(found.files.isEmpty && found.places.open == 0)
  }
}
