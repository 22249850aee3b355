/// Processes of the domain that live by the calendar, by numbers and by versions: sets with sample cases.
import Foundation
import PolicyEngine
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

  private func text(_ diagnostics: [Diagnostic], _ files: SourceFiles) -> String {
    DiagnosticText(files: files, colour: false).render(diagnostics)
  }
}
