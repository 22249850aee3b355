/// The examples of the pages and the README: each is checked and run, or is marked as a text.
import Foundation
import PolicyEngine
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@Suite struct PagesTests {
  /// What the blocks of a page are; those of diagnostics, the grammar and the tutorial have tests of their
  /// own.
  static let languages: Set<String> = [
    "writ", "cases", "console", "csv", "diff", "ebnf", "java", "javascript", "json", "python",
    "sh", "text",
  ]

  @Test(arguments: Pages.all) func everyBlockSaysWhatItIs(page: String) throws {
    for fence in try Pages.fences(of: page) {
      // A line behind `$` is run where the tool is tested.
      let isTranscript = fence.words.isEmpty && fence.body.hasPrefix("$ ")
      #expect(
        Self.languages.contains(fence.language) || isTranscript, "\(page):\(fence.line)")
    }
  }

  /// The reference is one policy with its cases: every block stands behind those before it.
  @Test func theReferenceIsAPolicyThatPassesItsCases() throws {
    let page = "Sources/PolicyEngine/PolicyEngine.docc/Language.md"
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("writ-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var texts = ["policies/shop.writ": "", "samples/shop.cases": ""]
    for fence in try Pages.fences(of: page) {
      switch fence.language {
      case "writ": texts["policies/shop.writ"]? += fence.body + "\n"
      case "cases": texts["samples/shop.cases"]? += fence.body + "\n"
      case "csv": texts["policies/" + (fence.words.last ?? "")] = fence.body
      default: Issue.record("\(page):\(fence.line): a block that nothing runs")
      }
    }
    for (name, text) in texts {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: false, encoding: .utf8)
    }
    let loaded = PolicySet.load(folder: folder.path + "/policies")
    let found = DiagnosticText(files: loaded.files, colour: false).render(loaded.diagnostics.sorted)
    #expect(found.isEmpty, "\(found)")
    let suite = CaseSuite(
      folder: folder.path + "/samples", for: try #require(loaded.set, "\(found)"))
    let mistakes = DiagnosticText(files: suite.files, colour: false)
      .render(suite.diagnostics.sorted)
    #expect(mistakes.isEmpty, "\(mistakes)")
    let report = suite.run()
    #expect(report.failed == 0, "\(report.text)")
    #expect(report.results.count >= 19)
  }

  /// The cases that the page about cases shows are cases of the project's own policies.
  @Test func theCasesOfThePageAboutCasesPass() throws {
    let set = try #require(
      PolicySet.load(folder: Pages.root.appendingPathComponent("policies").path).set)
    let page = "Sources/PolicyEngine/PolicyEngine.docc/Cases.md"
    let blocks = try Pages.fences(of: page).filter { $0.language == "cases" }
    #expect(!blocks.isEmpty)
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("writ-\(UUID().uuidString).cases")
    defer { try? FileManager.default.removeItem(at: file) }
    try blocks.map(\.body).joined(separator: "\n")
      .write(to: file, atomically: false, encoding: .utf8)
    let suite = CaseSuite(folder: file.path, for: set)
    let mistakes = DiagnosticText(files: suite.files, colour: false)
      .render(suite.diagnostics.sorted)
    #expect(mistakes.isEmpty, "\(mistakes)")
    let report = suite.run()
    #expect(report.failed == 0 && !report.results.isEmpty, "\(report.text)")
  }

  /// A block of the README that names a file is a piece of that file; `…` stands for what is left out.
  @Test func theReadmeQuotesWhatThereIs() throws {
    let quotes = try Pages.fences(of: "README.md").filter {
      $0.language == "writ" || $0.language == "cases"
    }
    #expect(quotes.count >= 2)
    for quote in quotes {
      let file = try Pages.text(quote.words.last ?? "")
      for piece in quote.body.split(separator: /(?m)^ *…\n/) {
        #expect(
          file.contains(piece.drop(while: \.isNewline)), "README.md:\(quote.line): \(piece)")
      }
    }
  }

  /// So is a block of the page about clients; the lines of each piece stand together there.
  @Test func thePageAboutClientsQuotesTheSamples() throws {
    let page = "Sources/PolicyEngine/PolicyEngine.docc/Clients.md"
    let quotes = try Pages.fences(of: page).filter { $0.words.count > 1 }
    #expect(Set(quotes.map(\.language)) == ["python", "javascript", "java", "sh"])
    for quote in quotes {
      let file = try Pages.text(quote.words[1])
      for piece in quote.body.split(separator: /(?m)^…\n/) {
        #expect(file.contains(piece), "Clients.md:\(quote.line): \(piece)")
      }
    }
  }

  /// What the protocol shows of an answer is in the answer; `…` stands for what differs from run to run.
  @Test func theAnswerOfTheProtocolIsTheAnswer() throws {
    let page = "Sources/PolicyEngine/PolicyEngine.docc/Protocol.md"
    let blocks = try Pages.fences(of: page)
    let shown = try #require(blocks.first { $0.language == "json" })
    let curl = try #require(blocks.first { $0.body.hasPrefix("curl ") }?.body)
    let decision = try #require(curl.firstMatch(of: /decide\/([a-z_.]+)/)).1
    let input = try #require(curl.firstMatch(of: /@(\S+)/)).1
    let set = try #require(
      PolicySet.load(folder: Pages.root.appendingPathComponent("policies").path).set)
    var out: [UInt8] = []
    let body = try Golden.bytes(Pages.root.appendingPathComponent(String(input)))
    let status = Evaluator(set).decide(
      decision: Array(decision.utf8).span, body: body.span, requestID: Array("r".utf8).span,
      today: .first, into: &out)
    #expect(status == 200)
    let answer = try #require(JSONTree(parsing: out))
    let tree = try #require(JSONTree(parsing: Array(shown.body.utf8)), "the page shows no JSON")
    #expect(Self.differences(tree, answer, at: "") == [])
  }

  /// The places where what is shown is not what was answered.
  private static func differences(
    _ shown: JSONTree, _ answer: JSONTree, at place: String
  ) -> [String] {
    switch (shown, answer) {
    case (.object(let members), .object):
      return members.flatMap { member in
        differences(member.value, answer[member.name] ?? .null, at: "\(place)/\(member.name)")
      }
    case (.array(let items), .array(let found)) where items.count == found.count:
      return zip(items, found).enumerated().flatMap { index, pair in
        differences(pair.0, pair.1, at: "\(place)/\(index)")
      }
    case (.string(let text), .string(let found)) where text.contains("…"):
      let parts = text.split(separator: "…", omittingEmptySubsequences: false)
      let fits = found.hasPrefix(parts[0]) && found.hasSuffix(parts[parts.count - 1])
      return fits ? [] : ["\(place): \(found)"]
    default: return shown == answer ? [] : ["\(place): \(answer)"]
    }
  }
}
