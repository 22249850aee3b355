/// The examples of the page about findings, and the corpus of findings with every request run again.
import Foundation
import PolicyAnalysis
import PolicyEngine
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@Suite struct FindingPageTests {
  static let examples =
    (try? DiagnosticExample.all())?.filter { $0.page == "DiagnosticsFindings.md" } ?? []

  @Test func thereAreExamples() { #expect(Self.examples.count == 7) }

  @Test(arguments: examples) func exampleGetsItsCode(example: DiagnosticExample) throws {
    let wrong = try Self.codes(example.wrong)
    #expect(wrong.codes == [example.code], "\(example.page): \(wrong.text)")
    let right = try Self.codes(example.right)
    #expect(right.codes == [], "\(example.page): \(right.text)")
  }

  private static func codes(
    _ side: DiagnosticExample.Side
  ) throws -> (codes: Set<String>, text: String) {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("writ-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in side.files {
      try text.write(to: folder.appendingPathComponent(name), atomically: false, encoding: .utf8)
    }
    let loaded = PolicySet.load(folder: folder.path)
    var found = loaded.diagnostics
    if let set = loaded.set { found.add(SetFindings(set).diagnostics) }
    let codes = Set(found.all.map(\.code.slug)).subtracting(["unused"])
    return (codes, DiagnosticText(files: loaded.files, colour: false).render(found.sorted))
  }
}

@Suite struct FindingCorpusTests {
  static let folders =
    ((try? FileManager.default.contentsOfDirectory(
      atPath: Golden.corpus.appendingPathComponent("analyze").path)) ?? []).sorted().filter {
      // Those of other questions.
      !["agreement", "explain", "matrix", "uncovered"].contains($0)
    }

  @Test func thereIsAFolderForEachCode() { #expect(Self.folders.count >= 7) }

  @Test(arguments: folders) func findingsAreAsExpected(code: String) throws {
    let folder = Golden.corpus.appendingPathComponent("analyze/\(code)")
    let loaded = PolicySet.load(folder: folder.path)
    let set = try #require(loaded.set)
    let found = SetFindings(set)
    var text = ""
    for language in [Language.english, .chinese] {
      let catalog =
        language == .english ? Catalog.english : Catalog.of(.chinese).adding(FindingWords.chinese)
      text += DiagnosticText(files: loaded.files, colour: false, in: catalog)
        .render(found.diagnostics.sorted)
    }
    for one in found.notAnalysed { text += "not analysed: \(one.decision) \(one.clause)\n" }
    #expect(text.contains("[\(code)]"))
    try Golden.check(text, against: folder.appendingPathComponent("expected.txt"))
    let evaluator = Evaluator(set)
    for finding in found.findings {
      for witness in finding.witnesses where set.decisionNames.contains(witness.decision) {
        var out: [UInt8] = []
        _ = evaluator.decide(
          decision: Array(witness.decision.utf8).span, body: witness.request.bytes.span,
          requestID: Array("again".utf8).span, today: Day(number: 20_000), into: &out)
        let again = try #require(JSONTree(parsing: out))
        for member in ["outcome", "code", "reasons", "problems", "steps"] {
          #expect(again[member] == witness.answer[member], "\(finding.diagnostic.message)")
        }
      }
    }
  }

  /// What the words of a counterexample say is a case that passes.
  @Test func counterexamplesAreCases() throws {
    let folder = Golden.corpus.appendingPathComponent("analyze/guarantee-broken")
    let set = try #require(PolicySet.load(folder: folder.path).set)
    let place = FileManager.default.temporaryDirectory
      .appendingPathComponent("writ-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: place) }
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    var cases = 0
    for finding in SetFindings(set).findings {
      for note in finding.diagnostic.notes {
        for text in (note.text ?? "").components(separatedBy: "cases for ").dropFirst() {
          cases += 1
          try ("cases for " + text).write(
            to: place.appendingPathComponent("\(cases).cases"), atomically: false, encoding: .utf8)
        }
      }
    }
    #expect(cases == 3)
    let suite = CaseSuite(folder: place.path, for: set)
    #expect(suite.diagnostics.all.isEmpty)
    #expect(suite.run().failed == 0)
    #expect(suite.cases.count == 4)
  }
}
