/// The page that says which policy shows each line of what the domain asks: its files exist, load, and their cases pass.
import Foundation
import PolicyCompiler
import PolicyEngine
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@Suite struct DomainPageTests {
  /// A line of the page's tables.
  private struct Line {
    let need: String
    let processes: [String]
    let files: [String]
  }

  private static let root = Golden.corpus.deletingLastPathComponent().deletingLastPathComponent()

  /// The processes of each line of the catalogue's section on the language, in its order.
  private static let catalogue = [
    "S1-27", "S3-1", "S1-25", "S2-5 S0-1 S0-2", "S2-5", "S1-24 S2-8 S3-1", "S2-2 S1-8 S1-10",
    "S3-1 S0-2 S2-1 S2-7", "S3-1", "S4-2 S1-2", "S1-2 S2-4 S3-2", "S1-15 S1-17 S1-16", "S1-14",
    "S3-1 S1-27 S3-7", "S1-1 S1-4 S3-2", "S4-4", "S0-2 S0-1 S0-3", "S1-1 S1-25 S4-6",
    "S1-25 S1-27 S3-4", "S4-5 S2-9", "S0-2 S3-4 S3-6 S1-6 S1-9", "S0-2", "S2-6 S3-5",
    "S2-2 S1-8 S2-3", "S1-5", "S1-23", "S1-13 S4-11", "S1-14", "S1-27 S1-11 S1-26",
    "S1-1 S1-2 S1-25", "S1-6", "S4-7 S4-8 S4-9", "section 0", "S2-5 S0-3", "every process",
  ]

  private static func lines() throws -> [Line] {
    let page = root.appendingPathComponent("Sources/PolicyEngine/PolicyEngine.docc/Domain.md")
    let text = String(decoding: try Golden.bytes(page), as: UTF8.self)
    return text.split(separator: "\n").filter { $0.hasPrefix("| ") }.compactMap { row in
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 3, cells[0] != "Need" else { return nil }
      func parts(_ cell: String) -> [String] { cell.components(separatedBy: ", ") }
      return Line(need: cells[0], processes: parts(cells[1]), files: parts(cells[2]))
    }
  }

  /// The folder of the set that a file belongs to, and that of its cases.
  private static func set(of file: String) -> (policies: String, cases: String) {
    let parts = file.split(separator: "/").map(String.init)
    if parts[0] == "policies" { return ("policies", "samples") }
    let own = parts.dropLast().joined(separator: "/")
    let beside = "Tests/Corpus/cases/\(parts[parts.count - 2])"
    let path = root.appendingPathComponent(beside).path
    return (own, FileManager.default.fileExists(atPath: path) ? beside : own)
  }

  @Test func everyLineOfTheCatalogueIsThere() throws {
    let lines = try Self.lines()
    #expect(lines.count >= Self.catalogue.count)
    for (line, processes) in zip(lines, Self.catalogue) {
      #expect(
        line.processes == processes.components(separatedBy: " ") || line.processes == [processes])
    }
  }

  /// The files of every line exist, and say in a remark which of its processes they are.
  @Test func everyFileSaysItsProcesses() throws {
    for line in try Self.lines() {
      var words = ""
      for file in line.files {
        let url = Self.root.appendingPathComponent(file)
        guard let bytes = try? Golden.bytes(url) else {
          Issue.record("\(line.need): there is no \(file)")
          continue
        }
        words += String(decoding: bytes, as: UTF8.self)
        // The cases of one version of a policy stand beside those of the other.
        if let beside = try? Golden.bytes(Self.cases(of: file)) {
          words += String(decoding: beside, as: UTF8.self)
        }
      }
      for process in line.processes where process.hasPrefix("S") {
        #expect(words.contains(process), "\(line.need): nothing says \(process)")
      }
    }
  }

  private static func cases(of file: String) -> URL {
    let name = file.split(separator: "/").dropFirst().joined(separator: "/")
      .replacing(".writ", with: ".cases")
    let own = file.replacing(".writ", with: ".cases")
    return root.appendingPathComponent(file.hasPrefix("policies/") ? "samples/\(name)" : own)
  }

  /// Every set that the page names loads, and every case of its policies passes.
  @Test func everyCasePasses() throws {
    let files = Set(try Self.lines().flatMap(\.files))
    for (folders, own) in Dictionary(grouping: files, by: { Self.set(of: $0).policies }) {
      let loaded = PolicySet.load(folder: Self.root.appendingPathComponent(folders).path)
      let set = try #require(loaded.set, "\(folders) does not load")
      let cases = Self.set(of: own[0]).cases
      let suite = CaseSuite(folder: Self.root.appendingPathComponent(cases).path, for: set)
      #expect(suite.diagnostics.all.isEmpty, "\(cases)")
      let report = suite.run()
      #expect(report.failed == 0, "\(report.text)")
      for file in own {
        let text = String(
          decoding: try Golden.bytes(Self.root.appendingPathComponent(file)), as: UTF8.self)
        let head = text.split(separator: "\n").first { $0.hasPrefix("policy ") } ?? ""
        let name = head.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        let count = suite.cases.filter { $0.policy == name }.count
        #expect(count > 0, "\(file) has no sample case")
      }
    }
  }
}

/// What an answer writes down for those who act on it.
@Suite struct ActFactsTests {
  /// An act that repeats the facts of the answer on which it was given counts, until one of them changes.
  @Test func factsOfAnAnswerBindAnAct() throws {
    let folder = Golden.corpus.appendingPathComponent("language/authority").path
    let set = try #require(PolicySet.load(folder: folder).set)
    func answer(_ cost: String, _ acts: String) throws -> [String: Any] {
      let plan =
        #"{"drafted_by":"lin","project":"east","cost":"\#(cost)","has_basis":true,"#
        + #""evaluated":false}"#
      let body = #"{"input":{"plan":\#(plan)},"asOf":"2026-11-21","history":[\#(acts)]}"#
      var out: [UInt8] = []
      let status = Evaluator(set).decide(
        decision: Array("stage_plan.plan_approval".utf8).span, body: Array(body.utf8).span,
        requestID: Array("r".utf8).span, today: Day(number: 0), into: &out)
      #expect(status == 200, "\(String(decoding: out, as: UTF8.self))")
      let tree = try JSONSerialization.jsonObject(with: Data(out)) as? [String: Any]
      return try #require(tree)
    }
    let before = try answer("40000 CNY", "")
    let facts = try JSONSerialization.data(withJSONObject: try #require(before["facts"]))
    let act =
      #"{"decision":"stage_plan.plan_approval","step":"level_1","person":"zhou","#
      + #""post":"subsidiary_head","result":"passes","on":"2026-11-20","facts":"#
      + String(decoding: facts, as: UTF8.self) + "}"
    let after = try answer("40000 CNY", act)
    #expect(after["status"] as? String == "approved" && after["permitted"] as? Bool == true)
    let changed = try answer("41000 CNY", act)
    #expect(changed["status"] as? String == "open" && changed["permitted"] as? Bool == false)
    let violations = try #require(changed["violations"] as? [[String: Any]])
    #expect(violations.first?["code"] as? String == "case_changed")
    #expect(violations.first?["fact"] as? String == "plan.cost")
  }
}
