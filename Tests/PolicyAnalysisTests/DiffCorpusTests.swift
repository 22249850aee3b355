/// Differences of two sets as people read them: folders `before` and `after`, with what is told beside them.
import Foundation
import PolicyAnalysis
import PolicyEngine
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@Suite struct DiffCorpusTests {
  static let cases: [String] = {
    let place = Golden.corpus.appending(path: "diff")
    let all = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
    return all.filter { !$0.hasPrefix(".") }.sorted()
  }()

  static let chinese = Catalog.of(.chinese).adding(AnalysisMessages.chinese)
    .adding(DiffMessages.chinese)

  static func set(_ path: String) throws -> PolicySet {
    let loaded = PolicySet.load(folder: Golden.corpus.appending(path: "diff/\(path)").path)
    let said = DiagnosticText(files: loaded.files, colour: false).render(loaded.diagnostics.sorted)
    return try #require(loaded.set, "\(path): \(said)")
  }

  static func telling(_ name: String, prices: DiffPrices? = nil) throws -> DiffTelling {
    let (old, new) = (try set("\(name)/before"), try set("\(name)/after"))
    let diff = DeepStack.run { SemanticDiff(from: old, to: new) }
    return DiffTelling(diff, from: .init("before", old), to: .init("after", new), prices: prices)
  }

  @Test(arguments: cases) func differenceIsTold(name: String) throws {
    let telling = try Self.telling(name)
    let text =
      telling.text(in: .english) + "\n----\n\n" + telling.text(in: Self.chinese)
    try Golden.check(text, against: Golden.corpus.appending(path: "diff/\(name)/expected.txt"))
  }

  /// Every witness goes through the evaluator again: both answers are what is told, and they differ.
  @Test(arguments: cases) func witnessesHold(name: String) throws {
    let telling = try Self.telling(name)
    let sets = [telling.old.set, telling.new.set]
    for decision in telling.diff.decisions {
      #expect(decision.changes.isEmpty == (decision.verdict != .changed))
      for change in decision.changes {
        let told = [change.witness.before, change.witness.answer]
        var answers: [JSONTree] = []
        for (set, expected) in zip(sets, told) {
          let answer = try Self.answer(decision.decision, change.witness.request, set)
          #expect(Self.essence(answer) == expected.map(Self.essence))
          answers.append(answer)
        }
        let found = AnswerChange(from: answers[0], to: answers[1])
        #expect(!found.isEmpty)
        #expect(found.kind == change.change)
      }
    }
  }

  private static func answer(
    _ decision: String, _ request: JSONTree, _ set: PolicySet
  ) throws -> JSONTree {
    var out: [UInt8] = []
    let today = try #require(Day(year: 2026, month: 11, day: 22))
    _ = Evaluator(set).decide(
      decision: Array(decision.utf8).span, body: request.bytes.span,
      requestID: Array("test".utf8).span, today: today, into: &out)
    return try #require(JSONTree(parsing: out))
  }

  /// Without the numbers that each answer has of its own.
  private static func essence(_ answer: JSONTree) -> [JSONTree.Member] {
    answer.members.filter { !["requestId", "decisionId"].contains($0.name) }
  }

  @Test func casesAreOfManyKinds() { #expect(Self.cases.count >= 16) }

  /// What is proved is proved both ways.
  @Test(arguments: ["clauses_reordered", "definition_renamed"]) func sameIsSame(name: String) throws
  {
    let telling = try Self.telling(name)
    #expect(!telling.diff.changes && !telling.diff.isOpen)
    let (old, new) = (telling.old.set, telling.new.set)
    let back = DeepStack.run { SemanticDiff(from: new, to: old) }
    #expect(!back.changes && !back.isOpen)
  }

  /// The document holds all that the text says, and the requests.
  @Test func documentIsWhole() throws {
    let telling = try Self.telling("threshold_moved")
    let tree = try #require(JSONTree(parsing: Array(telling.document(in: .english).text.utf8)))
    #expect(tree["verdict"]?.word == "changed")
    #expect(tree["counts"]?["changed"]?.word == "1")
    #expect(tree["old"]?["policies"]?.word == telling.old.set.digest)
    let decision = try #require(tree["decisions"]?.items.first)
    #expect(decision["decision"]?.word == "shipment.may_ship")
    let change = try #require(decision["changes"]?.items.first)
    #expect(change["change"]?["words"]?.word == "hold becomes allow: - needs_approval")
    #expect(change["regions"]?.items.first?.items.isEmpty == false)
    #expect(change["witness"]?["request"]?["input"]?["order"] != nil)
    #expect(change["witness"]?["before"]?["outcome"]?.word == "hold")
    #expect(change["witness"]?["after"]?["outcome"]?.word == "allow")
    #expect(change["log"] == nil)
  }

  /// What a log says stands beside the changes; what no change tells comes behind.
  @Test func pricesStandBesideTheChanges() throws {
    let bare = try Self.telling("threshold_moved")
    let decision = try #require(bare.diff.decisions.first)
    let change = try #require(decision.changes.first)
    let other = AnswerChange(
      from: try #require(JSONTree(parsing: Array("{\"outcome\":\"deny\"}".utf8))),
      to: try #require(JSONTree(parsing: Array("{\"outcome\":\"allow\"}".utf8))))
    let prices = DiffPrices(
      log: "decisions", decisions: 1_000, notDecided: 3,
      [
        .init(
          decision: decision.decision, change: change.change, count: 12,
          amounts: ["480000.00 CNY"]),
        .init(decision: decision.decision, change: other, count: 1, amounts: []),
      ])
    let telling = DiffTelling(bare.diff, from: bare.old, to: bare.new, prices: prices)
    let text = telling.text(in: .english)
    #expect(text.contains("\n      in the log: 12 decisions, 480,000.00 CNY\n"))
    #expect(
      text.contains("\n    in the log also: deny becomes allow\n      in the log: 1 decision\n"))
    #expect(text.contains("\nthe log decisions: 1000 decisions decided by both\n"))
    #expect(text.contains("\nrecorded, but not decided anew: 3 decisions\n"))
    let tree = telling.document(in: .english)
    #expect(
      tree["decisions"]?.items.first?["changes"]?.items.first?["log"]?["decisions"]?.word == "12")
    #expect(tree["decisions"]?.items.first?["alsoInLog"]?.items.count == 1)
    #expect(telling.page(in: .english).contains("480,000.00 CNY"))
  }

  /// The page is well-formed, names nothing outside itself, and passes on no mark of a policy as markup.
  @Test(arguments: [Language.english, .chinese]) func pageStandsAlone(language: Language) throws {
    let catalog = language == .chinese ? Self.chinese : .english
    for name in ["threshold_moved", "decisions_come_and_go", "clauses_reordered"] {
      let page = try Self.telling(name).page(in: catalog)
      #expect(page.contains("<html lang=\"\(language == .chinese ? "zh-CN" : "en")\">"))
      for word in ["http:", "https:", "<script", "src=", "url("] { #expect(!page.contains(word)) }
      for tag in ["section", "article", "div", "ul", "details", "pre", "table", "main"] {
        #expect(
          page.ranges(of: "<\(tag)").count == page.ranges(of: "</\(tag)>").count, "\(name) \(tag)")
      }
    }
  }

  @Test func namesAreEscaped() throws {
    let bare = try Self.telling("threshold_moved")
    let telling = DiffTelling(
      bare.diff, from: .init("<b>&\"\u{202E}", bare.old.set), to: bare.new)
    let page = telling.page(in: .english)
    #expect(page.contains("&lt;b&gt;&amp;&quot;·"))
    #expect(!page.contains("<b>"))
  }

  /// One decision alone, and the count of those that are done.
  @Test func oneDecisionIsCompared() throws {
    let old = try Self.set("decisions_come_and_go/before")
    let new = try Self.set("decisions_come_and_go/after")
    var steps: [String] = []
    let diff = SemanticDiff(from: old, to: new, decision: "shipment.may_ship") {
      steps.append("\($0)/\($1)")
    }
    #expect(diff.decisions.map(\.decision) == ["shipment.may_ship"])
    #expect(steps == ["1/1"])
    #expect(!diff.changes)
  }
}
