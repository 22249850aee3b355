/// The page as a file: well-formed, escaped, with links that lead somewhere, headings in order and names on pictures.
import Foundation
import FoundationXML
import PolicyCompiler
import PolicyEngine
import PolicySource
import TestSupport
import Testing

@testable import PolicyReport

/// What a reader of XML finds in a page.
final class PageReader: NSObject, XMLParserDelegate {
  private(set) var ids: [String] = []
  private(set) var targets: [String] = []
  private(set) var headings: [Int] = []
  private(set) var elements: [String: Int] = [:]
  /// Attributes that could fetch or run something.
  private(set) var outside: [String] = []
  /// Pictures without a name, tables without heads.
  private(set) var nameless: [String] = []
  private(set) var error: String?
  private var heads = 0

  init(_ page: String) {
    super.init()
    let parser = XMLParser(data: Data(page.utf8))
    parser.delegate = self
    if !parser.parse() {
      error = "line \(parser.lineNumber): \(String(describing: parser.parserError))"
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements[name, default: 0] += 1
    if let id = attributes["id"] { ids.append(id) }
    if let target = attributes["href"] {
      if target.hasPrefix("#") {
        targets.append(String(target.dropFirst()))
      } else if target != "data:," {
        outside.append("\(name) \(target)")
      }
    }
    for key in attributes.keys where key == "src" || key.hasPrefix("on") {
      outside.append("\(name) \(key)")
    }
    if let label = attributes["aria-labelledby"] {
      targets += label.split(separator: " ").map(String.init)
    } else if name == "svg" {
      nameless.append(name)
    }
    if name.count == 2, name.first == "h", let level = Int(name.dropFirst()) {
      headings.append(level)
    }
    if name == "table" { heads = 0 }
    if name == "th", attributes["scope"] != nil { heads += 1 }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if name == "table", heads == 0 { nameless.append(name) }
  }
}

@Suite struct PageTests {
  private func check(_ page: String) {
    let reader = PageReader(page)
    #expect(reader.error == nil)
    #expect(reader.outside == [])
    #expect(reader.nameless == [])
    #expect(reader.elements["script"] == nil)
    let ids = Set(reader.ids)
    #expect(ids.count == reader.ids.count, "an identifier stands twice")
    #expect(Set(reader.targets).subtracting(ids).sorted() == [])
    #expect(reader.headings.first == 1)
    #expect(reader.headings.filter { $0 == 1 }.count == 1)
    for (first, second) in zip(reader.headings, reader.headings.dropFirst()) {
      #expect(second <= first + 1, "a heading of level \(second) behind one of level \(first)")
    }
  }

  @Test(arguments: Language.allCases) func theProjectsPageIsWhole(language: Language) throws {
    let page = try (language == .chinese ? ReportSamples.chinese : ReportSamples.english).get()
    check(page)
    let reader = PageReader(page)
    #expect((reader.elements["svg"] ?? 0) > 30)
    #expect(reader.ids.contains("full_payment.may_ship"))
  }

  @Test func onePolicyAloneHasNoLinkToOthers() throws {
    let (set, cases) = try #require(ReportSamples.project)
    for policy in ["full_payment", "reimbursement", "grades", "company", "key_account"] {
      var report = PolicyReport(set)
      report.only = policy
      report.cases = cases
      check(report.html(in: .english))
    }
  }

  /// Every decision and every code of every clause of the set is on the page, with its source.
  @Test func nothingIsLeftOut() throws {
    let (set, _) = try #require(ReportSamples.project)
    let pieces = try ReportSamples.english.get()
      .components(separatedBy: "<section class=\"decision\" aria-labelledby=\"")
    var sections: [String: String] = [:]
    for piece in pieces.dropFirst() {
      let section = piece.components(separatedBy: "</section>")[0]
      sections[String(section.prefix { $0 != "\"" })] = section
    }
    for policy in set.types.policies {
      for decision in policy.decisions {
        let id = "\(policy.name).\(decision.name)"
        let section = try #require(sections[id], "\(id) is not there")
        for clause in decision.clauses {
          #expect(section.contains("<code>\(clause.code)</code>"), "\(id) \(clause.code)")
          if let source = clause.source, !source.clause.isEmpty {
            #expect(section.contains(Markup.escaped(source.clause)), "\(id) \(clause.code)")
          }
        }
      }
    }
  }

  /// Words of a policy are text, whatever they hold.
  @Test func wordsOfPoliciesCannotBecomeMarkup() throws {
    let bad = "<script>alert('x')</script> & \\\"q\\\" </style>"
    let text =
      ReportSamples.head.replacing("Orders (订单)", with: bad)
      .replacing("kind (类别)", with: "k\(bad)")
        + """
        release may_ship "\(bad)" {
          deny unpaid "\(bad)" when order.paid < order.amount
            because "\(bad)" source "\(bad)"
          hold dated "x" when order.placed < 2026-02-01
        }
        approval claim "\(bad)" {
          requested by order.buyer
          step one "\(bad)" by clerk reviews "\(bad)" on refusal to requester
        }
        """
    let set = try ReportSamples.load(text)
    for language in Language.allCases {
      let page = PolicyReport(set).html(in: language)
      #expect(!page.contains("<script"))
      #expect(page.contains("&lt;script&gt;alert(&#39;x&#39;)"))
      #expect(page.ranges(of: "</style>").count == 1)
      check(page)
    }
  }

  /// Controls and marks that turn the direction of text are not passed on.
  @Test func hiddenCharactersAreReplaced() {
    let text = "a\u{202E}b\u{0}c\u{2066}d\n\t\u{9F}\u{FFFF}<&>\"'"
    let html = Markup(text: text).html
    #expect(html == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\n\t\u{FFFD}\u{FFFD}&lt;&amp;&gt;&quot;&#39;")
    #expect(
      ("<b title=\"\("\"x")\">\(3)\(Markup("<i>"))" as Markup).html == "<b title=\"&quot;x\">3<i>")
  }

  /// What analysis finds is shown with its decision, its policy, or on top; it is escaped as well.
  @Test func analysisIsPluggedIn() throws {
    let page = try ReportSamples.english.get()
    for words in [
      "Who acts when", "approves &lt;at last&gt;", "proved", "does not hold", "&lt;b&gt;unpaid",
      "Not analysed:", "<code>a * b</code>", "case found {", "Answers that change against",
      "12 of 1,000, 840,000.00 CNY", "This decision is gone",
      "Proved to answer every request as before", "No rule, figure or table is written otherwise",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    let chinese = try ReportSamples.chinese.get()
    for words in ["权限矩阵", "已证明", "不成立", "未能分析：", "结论有变化之处", "写法均无改动"] {
      #expect(chinese.contains(words), "\(words)")
    }
  }

  @Test func whatIsRewrittenIsShown() throws {
    func text(_ amount: String, _ post: String, _ more: String) -> String {
      ReportSamples.head.replacing("8_000", with: amount) + """
        release may_ship "May it ship?" {
          deny unpaid "x" when order.paid < order.amount cleared by \(post)
          \(more)
        }
        """
    }
    let old = try ReportSamples.load(text("8_000", "clerk", "hold gone \"x\" when order.approved"))
    let new = try ReportSamples.load(text("9_000", "head", "hold fresh \"x\" when order.approved"))
    var report = PolicyReport(new)
    report.baseline = (old, "last year")
    let page = report.html(in: .english)
    #expect(page.contains("What is written otherwise than in <code>last year</code>"))
    for words in [
      "from 2027-01-01: 9,000.00 CNY", "may be cleared by Head of finance", "May it ship?, gone",
      "May it ship?, fresh",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    report.baseline = (new, "itself")
    #expect(report.html(in: .english).contains("No rule, figure or table is written otherwise."))
  }

  @Test func aParameterWithSeveralValuesHasATimeline() throws {
    let set = try ReportSamples.load(ReportSamples.head)
    let page = PolicyReport(set).html(in: .english)
    #expect(page.contains("id=\"shop.param.scope.time-t\""))
    #expect(page.contains("<span class=\"mark\">illustrative</span>"))
    #expect(page.contains("scope of the clerk by date</title>"))
  }

  /// Both colours of a text on its ground differ by 4.5 to 1 at least (WCAG 2.2, AA), on a screen and on paper.
  @Test func contrastSuffices() throws {
    let sheet = Style.sheet.html
    let blocks = sheet.matches(of: /:root\{([^}]*)\}/).map { String($0.1) }
    #expect(blocks.count == 3)
    for block in blocks {
      var colours: [String: Int] = [:]
      for match in block.matches(of: /--(\w+):#([0-9a-f]+)/) {
        let digits = match.2.count == 3 ? match.2.map { "\($0)\($0)" }.joined() : String(match.2)
        colours[String(match.1)] = Int(digits, radix: 16)
      }
      for (text, ground) in [
        ("ink", "paper"), ("ink", "shade"), ("ink", "fill"), ("soft", "paper"), ("soft", "shade"),
        ("link", "paper"), ("link", "shade"), ("deny", "shade"), ("hold", "shade"),
        ("good", "shade"), ("markink", "mark"),
      ] {
        let first = try Self.light(#require(colours[text]))
        let second = try Self.light(#require(colours[ground]))
        let ratio = (max(first, second) + 0.05) / (min(first, second) + 0.05)
        #expect(ratio >= 4.5, "\(text) on \(ground): \(ratio)")
      }
    }
  }

  /// The relative luminance of a colour.
  private static func light(_ colour: Int) -> Double {
    let parts = [16, 8, 0].map { shift -> Double in
      let share = Double((colour >> shift) & 0xFF) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }
}
