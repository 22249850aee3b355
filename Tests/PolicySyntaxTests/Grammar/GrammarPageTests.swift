/// The grammar page is true: it names every keyword of the parser, takes every file that can be read, and refuses
/// those that cannot.
import Foundation
import PolicySource
import TestSupport
import Testing

@testable import PolicySyntax

@Suite struct GrammarPageTests {
  static let page = Result { try GrammarPage() }
  static let machine = Result { try GrammarMachine(page.get()) }

  @Test func everyKeywordOfTheParserStandsInTheGrammar() throws {
    let words = Set(Word.allCases.map(\.rawValue).filter { !$0.isEmpty })
    let keywords = try Self.page.get().keywords
    #expect(words.subtracting(keywords).sorted() == [], "the grammar lacks these")
    #expect(keywords.subtracting(words).sorted() == [], "the parser knows nothing of these")
    let reserved = Set(Word.allCases.filter(\.isReserved).map(\.rawValue))
    #expect(Set(try Self.page.get()["RESERVED"].terminals) == reserved)
  }

  /// The examples of the reference, which are run as one policy, hold every declaration, clause, tail and act but
  /// `use`, which needs a second file.
  @Test func theReferenceShowsEveryForm() throws {
    let page = "Sources/PolicyEngine/PolicyEngine.docc/Language.md"
    let text = try Pages.fences(of: page).filter { $0.language == "writ" }.map(\.body).joined()
    let words = Set(text.split { !$0.isLetter && $0 != "_" }.map(String.init))
    let forms = Parser.partWords + Parser.headerWords + Parser.clauseWords + Parser.tailWords
    let all = forms.map(\.rawValue) + StepTree.Act.allCases.map(\.rawValue)
    #expect(Set(all).subtracting(words).sorted() == ["use"])
  }

  @Test func everyProductionIsUsed() throws {
    let page = try Self.page.get()
    let roots: Set<String> = ["policy", "cases", "COMMENT", "MARK", "RESERVED", "SHEETKEY"]
    let used = Set(page.rules.values.flatMap(\.names)).union(roots)
    #expect(Set(page.rules.keys).subtracting(used).sorted() == [])
    #expect(used.subtracting(page.rules.keys).sorted() == [])
  }

  /// Files that the parser takes, so that the checker can say what is wrong with them.
  static let leftToTheChecker: Set<String> = [
    "only-steps-together.writ", "parameter-without-value.writ",
  ]

  @Test(arguments: ["policies", "samples", "Tests/Corpus", "Sources"])
  func whatCanBeReadFollowsTheGrammar(folder: String) throws {
    let machine = try Self.machine.get()
    try onDeepStack {
      for file in FormatTests.files(folder) {
        let bytes = try Golden.bytes(file)
        let parsed = Parsed(name: file.lastPathComponent, bytes: bytes)
        if parsed.diagnostics.contains(where: { $0.severity == .error }) { continue }
        let text = String(decoding: bytes, as: UTF8.self)
        let rule = file.pathExtension == "cases" ? "cases" : "policy"
        if text.utf8.count < 3 || Self.leftToTheChecker.contains(file.lastPathComponent) {
          continue
        }
        let accepts = machine.accepts(text, as: rule)
        #expect(accepts, "\(file.path): the grammar stops at `\(machine.reach(text, as: rule))`")
      }
    }
  }

  /// Mistakes that the page says in words and not in EBNF, by the code of the diagnostic or the name of the
  /// file.
  static let inWords: Set<String> = [
    "bad-item", "bad-period", "bad-table-header", "currency-on-next-line", "missing-for",
    "repeated-line", "repeated-tail-unchanged", "row-length", "too-deep", "too-long",
    "unknown-encoding",
  ]

  @Test(arguments: CorpusTests.bad.filter { $0.pathExtension != "csv" })
  func whatCannotBeReadDoesNot(file: URL) throws {
    let bytes = try Golden.bytes(file)
    let parsed = Parsed(name: file.lastPathComponent, bytes: bytes)
    guard let mistake = parsed.diagnostics.first(where: { $0.severity == .error }),
      let text = String(validating: bytes, as: UTF8.self)
    else { return }
    let rule = file.pathExtension == "cases" ? "cases" : "policy"
    let machine = try Self.machine.get()
    let accepts = try onDeepStack { machine.accepts(text, as: rule) }
    let isInWords =
      Self.inWords.contains(mistake.code.slug)
      || Self.inWords.contains(file.deletingPathExtension().lastPathComponent)
    #expect(
      accepts == isInWords,
      "\(file.lastPathComponent): \(mistake.code.slug)")
  }

  @Test(arguments: [
    ("-", true), ("A, B", true), ("not C", true), (">= 1,234.50", true), ("¥5", true),
    ("2026/1/2", true), ("2026年1月2日", true), ("5_000..<20_000", true), ("5%", true),
    ("12 CNY", true), ("'001", true), ("TRUE", true), ("1.2E+15", false), ("12 kg x", false),
    ("####", false), ("(100)", false), ("1/2/2026", false),
  ])
  func cellsFollowTheGrammar(cell: String, isRead: Bool) throws {
    let pattern = "^(?:" + (try Self.page.get().pattern("SHEETKEY")) + ")$"
    let expression = try NSRegularExpression(pattern: pattern)
    let range = NSRange(cell.startIndex..., in: cell)
    #expect((expression.firstMatch(in: cell, range: range) != nil) == isRead)
  }
}
