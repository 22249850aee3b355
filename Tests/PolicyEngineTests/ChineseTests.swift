/// The corpora in Chinese: nothing that they say stays English, and what is underlined stays underlined.
import Foundation
import PolicyCompiler
import PolicyEngine
import PolicyRuntime
import PolicySource
import PolicySyntax
import TestSupport
import Testing

@Suite struct ChineseTests {
  /// What a folder of policies and cases gives rise to, with the files.
  struct Findings {
    var files = SourceFiles()
    var list = DiagnosticList()

    /// Reads one entry: `NAME.writ` with `NAME.2.writ`, `NAME.3.writ` and `NAME.cases` beside it.
    init(_ entry: URL) throws {
      let base = entry.deletingPathExtension()
      let others = ["2.writ", "3.writ", "cases"].map { base.appendingPathExtension($0) }
      var trees: [PolicyTree] = []
      var cases: [CasesTree] = []
      for url in [entry] + others where FileManager.default.fileExists(atPath: url.path) {
        let file = SourceFile(name: url.lastPathComponent, bytes: try Golden.bytes(url))
        let id = files.add(file)
        if url.pathExtension == "cases" {
          let (tree, found) = PolicyParser.parseCases(file, id: id)
          cases.append(tree)
          list.add(found)
        } else {
          let (tree, found) = PolicyParser.parsePolicy(file, id: id)
          trees.append(tree)
          list.add(found)
        }
      }
      let (set, found) = PolicyChecker.check(trees, files: files)
      list.add(found)
      for tree in cases { list.add(PolicyChecker.check(tree, in: set, files: files).1) }
    }
  }

  static let catalog = Catalog.of(.chinese)
  static let entries = ["check/bad", "parse/bad"].flatMap { folder in
    Golden.files(folder, endings: "writ", "cases").filter { url in
      let stem = url.deletingPathExtension()
      return !stem.lastPathComponent.contains(".")
        && (url.pathExtension == "writ"
          || !FileManager.default.fileExists(
            atPath: stem.appendingPathExtension("writ").path))
    }
  }

  /// The templates of a phrase and of its parts that the catalog does not know, and sentences among the texts.
  static func untranslated(_ phrase: Phrase) -> [String] {
    var found: [String] = []
    let words = String(phrase.words)
    let bare = words.replacing(/`[^`]*`/, with: "")
    if bare.contains(/[A-Za-z]{2}/), catalog.template(for: words) == words { found.append(words) }
    for (number, part) in phrase.parts.enumerated() {
      switch part {
      case .phrase(let inner): found += untranslated(inner)
      case .text(let text):
        let before = phrase.template.components(separatedBy: "{\(number + 1)}").first ?? ""
        if before.count(where: { $0 == "`" }).isMultiple(of: 2) == false { continue }
        let own = text.replacing(/`[^`]*`/, with: "").replacing(/"[^"]*"/, with: "")
        if own.contains(/[a-z]{2,} [a-z]{2,}/) { found.append(text) }
      }
    }
    return found
  }

  @Test(arguments: entries) func nothingStaysEnglish(entry: URL) throws {
    for diagnostic in try Findings(entry).list.all {
      let phrases = [diagnostic.message] + diagnostic.notes.map(\.message)
      for phrase in phrases + [diagnostic.help].compactMap(\.self) {
        #expect(Self.untranslated(phrase) == [], "\(phrase)")
      }
    }
  }

  @Test(arguments: ["twenty-mistakes", "cannot-calculate", "unknown-name", "overlapping-rows"])
  func rendered(name: String) throws {
    let findings = try Findings(Golden.corpus.appendingPathComponent("check/bad/\(name).writ"))
    let text = DiagnosticText(files: findings.files, colour: false, in: Self.catalog)
      .render(findings.list.sorted)
    try Golden.check(
      text, against: Golden.corpus.appendingPathComponent("check/zh/\(name).txt"))
  }

  @Test func wideCharactersAreUnderlinedByTheirWidth() throws {
    var files = SourceFiles()
    let file = SourceFile(name: "宽.writ", bytes: Array("销售 金额x".utf8))
    let id = files.add(file)
    let range = SourceRange(file: id, lower: 7, upper: 13)
    let diagnostic = Diagnostic("unknown-name", .error, "there is no `\("金额")`", at: range)
    let text = DiagnosticText(files: files, colour: false, in: Self.catalog).render(diagnostic)
    #expect(
      text == """
        错误[unknown-name]：没有 `金额`
         --> 宽.writ:1:4
          |
        1 | 销售 金额x
          |      ^^^^

        """)
  }

  @Test func refusedRequestsSpeakChineseWhenAsked() throws {
    let folder = Golden.corpus.appendingPathComponent("sets/good").path
    let evaluator = Evaluator(try #require(PolicySet.load(folder: folder).set))
    evaluator.language = .chinese
    var out: [UInt8] = []
    let status = evaluator.decide(
      decision: Array("no.such".utf8).span, body: [UInt8]().span,
      requestID: Array("r".utf8).span, today: Day(number: 740_000), into: &out)
    #expect(status == 404)
    #expect(String(decoding: out, as: UTF8.self).contains("没有决策 `no.such`"))
  }
}
