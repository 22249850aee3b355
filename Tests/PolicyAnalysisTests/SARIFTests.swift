/// The SARIF of findings has what SARIF 2.1.0 requires.
import Foundation
import PolicyAnalysis
import PolicyEngine
import PolicySource
import TestSupport
import Testing

/// The required members of a log and what they may be, as the schema of SARIF 2.1.0 has them.
struct SARIFValidator {
  private(set) var problems: [String] = []

  init(_ log: JSONTree) {
    expect(log["version"]?.word == "2.1.0", "version")
    let runs = log["runs"]?.items ?? []
    expect(!runs.isEmpty, "runs")
    for run in runs {
      let driver = run["tool"]?["driver"]
      expect(driver?["name"]?.word?.isEmpty == false, "tool.driver.name")
      let rules = (driver?["rules"]?.items ?? []).map { $0["id"]?.word ?? "" }
      expect(Set(rules).count == rules.count && !rules.contains(""), "rules")
      let kinds = ["utf16CodeUnits", "unicodeCodePoints"]
      expect(run["columnKind"]?.word.map { kinds.contains($0) } ?? true, "columnKind")
      for result in run["results"]?.items ?? [] { check(result, rules) }
    }
  }

  private mutating func expect(_ holds: Bool, _ what: String) {
    if !holds { problems.append(what) }
  }

  private mutating func check(_ result: JSONTree, _ rules: [String]) {
    expect(result["message"]?["text"]?.word?.isEmpty == false, "message.text")
    let kind = result["kind"]?.word ?? "fail"
    let level = result["level"]?.word ?? "warning"
    expect(
      ["pass", "open", "informational", "notApplicable", "review", "fail"].contains(kind), kind)
    expect(["none", "note", "warning", "error"].contains(level), level)
    // Any other kind than `fail` goes with the level `none`.
    expect(kind == "fail" || level == "none", "\(kind) with \(level)")
    if let index = result["ruleIndex"]?.word.flatMap(Int.init) {
      expect(rules.indices.contains(index) && rules[index] == result["ruleId"]?.word, "ruleIndex")
    }
    let places = (result["locations"]?.items ?? []) + (result["relatedLocations"]?.items ?? [])
    expect(!places.isEmpty, "locations")
    for place in places {
      let uri = place["physicalLocation"]?["artifactLocation"]?["uri"]?.word ?? ""
      expect(!uri.isEmpty && uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "uri \(uri)")
      let region = place["physicalLocation"]?["region"]
      let numbers = ["startLine", "startColumn", "endLine", "endColumn"].map {
        region?[$0]?.word.flatMap(Int.init) ?? 0
      }
      expect(numbers.allSatisfy { $0 >= 1 }, "region")
      expect((numbers[0], numbers[1]) <= (numbers[2], numbers[3]), "region")
    }
  }
}

@Suite struct SARIFTests {
  @Test(arguments: FindingCorpusTests.folders) func everyLogIsValid(code: String) throws {
    let folder = Golden.corpus.appendingPathComponent("analyze/\(code)").path
    let loaded = PolicySet.load(folder: folder)
    let set = try #require(loaded.set)
    let found = SetFindings(set)
    let remarks = found.guarantees.map {
      DiagnosticSARIF.Remark("guarantee-broken", .pass, "\($0.name) holds", at: $0.range)
    }
    let log = DiagnosticSARIF(files: loaded.files, folder: "a folder/制度")
      .render(found.diagnostics.sorted, remarks)
    #expect(SARIFValidator(log).problems == [])
    let results = log["runs"]?.items.first?["results"]?.items ?? []
    #expect(results.count == found.diagnostics.all.count + remarks.count)
    #expect(log.text.contains("\"uri\":\"a%20folder/%E5%88%B6%E5%BA%A6/claims.writ\""))
  }

  @Test func theValidatorNoticesWhatLacks() {
    let empty = JSONTree.object([.init("version", .string("2.1.0"))])
    #expect(SARIFValidator(empty).problems == ["runs"])
  }
}
