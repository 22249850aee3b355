/// Sample cases against the corpus: what passes and what is printed about what fails.
import Foundation
import PolicyEngine
import PolicySource
import TestSupport
import Testing

@Suite struct CaseSuiteTests {
  private func suite(_ cases: String) throws -> CaseSuite {
    let folder = Golden.corpus.appendingPathComponent("sets/good").path
    let set = try #require(PolicySet.load(folder: folder).set)
    return CaseSuite(folder: Golden.corpus.appendingPathComponent("cases/\(cases)").path, for: set)
  }

  @Test func goodCasesPass() throws {
    let suite = try suite("pass")
    #expect(suite.diagnostics.all.isEmpty)
    let report = suite.run()
    #expect(report.failed == 0, "\(report.text)")
    #expect(report.results.count == 8)
  }

  /// `unknown` of whole records and items, `given` inside of them, and chains of `like`.
  @Test func partsOfWhatIsUnknownCanBeGiven() throws {
    let folder = Golden.corpus.appendingPathComponent("sets/traced").path
    let set = try #require(PolicySet.load(folder: folder).set)
    let suite = CaseSuite(
      folder: Golden.corpus.appendingPathComponent("cases/unknown").path, for: set)
    #expect(suite.diagnostics.all.isEmpty)
    let report = suite.run()
    #expect(report.failed == 0, "\(report.text)")
    #expect(report.results.count == 8)
  }

  /// Whose a step or duty is, its day, and the warning of a limit, in cases and in rows of a sheet.
  @Test func tasksAndWarningsAreCompared() throws {
    let folder = Golden.corpus.appendingPathComponent("sets/tasks").path
    let set = try #require(PolicySet.load(folder: folder).set)
    func report(_ name: String) -> CaseReport {
      let suite = CaseSuite(
        folder: Golden.corpus.appendingPathComponent("cases/\(name)").path, for: set)
      #expect(suite.diagnostics.all.isEmpty)
      return suite.run()
    }
    let passed = report("tasks")
    #expect(passed.failed == 0, "\(passed.text)")
    #expect(passed.results.count == 5)
    try Golden.check(
      report("tasks-fail").text,
      against: Golden.corpus.appendingPathComponent("cases/tasks-fail.txt"))
  }

  @Test func everyPartThatDiffersIsNamed() throws {
    let report = try suite("fail").run()
    #expect(report.failed == report.results.count)
    let parts = Set(report.results.flatMap(\.failures).flatMap(\.differences).map(\.part))
    #expect(parts == ["outcome", "reasons", "needs", "duties", "copies", "value"])
    try Golden.check(
      report.text, against: Golden.corpus.appendingPathComponent("cases/fail.txt"))
  }

  @Test func filterChoosesByName() throws {
    #expect(try suite("pass").run(filter: "till.one_fen").results.map(\.name) == ["one_fen_more"])
  }

  @Test func oneFileCanBeNamed() throws {
    let suite = try suite("pass/stock.cases")
    #expect(suite.run().results.count == 3)
  }

  @Test func casesWithMistakesAreReported() throws {
    let suite = try suite("wrong")
    #expect(suite.diagnostics.hasErrors)
    #expect(suite.cases.isEmpty)
  }

  @Test func rowsOfASheetAreCases() throws {
    let suite = try suite("sheet")
    #expect(suite.diagnostics.all.isEmpty)
    let report = suite.run()
    #expect(report.failed == 0, "\(report.text)")
    #expect(
      report.results.map(\.name) == [
        "small", "one_fen_less", "row_2", "one_fen_more", "signed_unknown", "both_unknown",
      ])
    #expect(report.results.map(\.label)[2] == "Exactly")
  }

  @Test func oneFileOfCasesFindsItsSheet() throws {
    #expect(try suite("sheet/till.cases").run().results.count == 6)
  }

  @Test func failingRowIsNamedWithItsColumn() throws {
    let report = try suite("sheet-fail").run()
    #expect(report.failed == 2)
    try Golden.check(
      report.text, against: Golden.corpus.appendingPathComponent("cases/sheet-fail.txt"))
  }

  @Test func mistakesInASheetAreToldWithTheirCells() throws {
    let suite = try suite("sheet-wrong")
    let text = DiagnosticText(files: suite.files, colour: false).render(suite.diagnostics.sorted)
    #expect(suite.diagnostics.hasErrors)
    try Golden.check(
      text, against: Golden.corpus.appendingPathComponent("cases/sheet-wrong.txt"))
  }

  @Test func recordedRequestsAreCases() throws {
    let report = try suite("recorded").run()
    #expect(report.results.map(\.name) == ["fine", "line 3", "refused", "fails"])
    #expect(report.failed == 1)
    try Golden.check(
      report.text, against: Golden.corpus.appendingPathComponent("cases/recorded.txt"))
  }

  @Test func mistakesInRecordedRequestsAreTold() throws {
    let suite = try suite("recorded-wrong")
    let text = DiagnosticText(files: suite.files, colour: false).render(suite.diagnostics.sorted)
    try Golden.check(
      text, against: Golden.corpus.appendingPathComponent("cases/recorded-wrong.txt"))
  }
}
