/// Processes of the domain that live by the calendar, by numbers and by versions: sets with sample cases.
import Foundation
import PolicyEngine
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@Suite struct DomainCasesTests {
  @Test(arguments: [
    "calendar", "numbers", "currencies", "versions", "dated-sheets",
  ]) func casesPass(_ name: String)
    throws
  {
    let loaded = PolicySet.load(folder: Golden.corpus.appendingPathComponent("sets/\(name)").path)
    #expect(loaded.diagnostics.all.isEmpty, "\(text(loaded.diagnostics.all, loaded.files))")
    let set = try #require(loaded.set)
    let suite = CaseSuite(
      folder: Golden.corpus.appendingPathComponent("cases/\(name)").path, for: set)
    #expect(
      suite.diagnostics.all.isEmpty, "\(text(suite.diagnostics.all, suite.files))")
    let report = suite.run()
    #expect(report.failed == 0, "\(report.text)")
    #expect(!report.results.isEmpty)
  }

  @Test(arguments: [
    ("weekly.meeting_in_time", #"{"meeting":{"began_at":"9:00"}}"#, "bad_time"),
    ("weekly.meeting_in_time", #"{"meeting":{"began_at":900}}"#, "wrong_type"),
    ("plan.horizon", #"{"plan":{"months":["2026-13"]}}"#, "bad_month"),
    ("plan.horizon", #"{"plan":{"months":["2026-04-01"]}}"#, "bad_month"),
  ]) func malformedMonthsAndTimesAreRefused(
    _ decision: String, _ input: String, _ code: String
  ) throws {
    let folder = Golden.corpus.appendingPathComponent("sets/calendar").path
    let set = try #require(PolicySet.load(folder: folder).set)
    var out: [UInt8] = []
    let status = Evaluator(set).decide(
      decision: Array(decision.utf8).span, body: Array("{\"input\":\(input)}".utf8).span,
      requestID: Array("r".utf8).span, today: Day(number: 0), into: &out)
    let text = String(decoding: out, as: UTF8.self)
    #expect(status == 400 && text.contains("\"code\":\"\(code)\""), "\(text)")
  }

  private func text(_ diagnostics: [Diagnostic], _ files: SourceFiles) -> String {
    DiagnosticText(files: files, colour: false).render(diagnostics)
  }
}
