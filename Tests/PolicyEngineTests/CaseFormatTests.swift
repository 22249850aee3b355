/// The results of cases as JUnit XML, TAP and HTML.
import Foundation
import FoundationXML
import PolicyCompiler
@testable import PolicyEngine
import PolicySource
import TestSupport
import Testing

@Suite struct CaseFormatTests {
  private func suite(_ set: String, _ cases: String) throws -> CaseSuite {
    let folder = Golden.corpus.appendingPathComponent("sets/\(set)").path
    let set = try #require(PolicySet.load(folder: folder).set)
    return CaseSuite(folder: Golden.corpus.appendingPathComponent("cases/\(cases)").path, for: set)
  }

  /// What an XML parser found: elements with their attributes, and the text in each.
  private final class Elements: NSObject, XMLParserDelegate {
    struct Element {
      var name: String
      var attributes: [String: String]
      var text = ""
    }
    var all: [Element] = []
    private var open: [Int] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      all.append(Element(name: name, attributes: attributes))
      open.append(all.count - 1)
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
      qualifiedName: String?
    ) { open.removeLast() }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      if let last = open.last { all[last].text += text }
    }
  }

  private func elements(_ xml: String) throws -> [Elements.Element] {
    let parser = XMLParser(data: Data(xml.utf8))
    let found = Elements()
    parser.delegate = found
    try #require(parser.parse(), "\(String(describing: parser.parserError))\n\(xml)")
    return found.all
  }

  @Test(arguments: [Language.english, .chinese])
  func jUnitIsReadByAnXMLParser(language: Language) throws {
    let report = try suite("good", "fail").run(in: .of(language))
    let found = try elements(report.junit(in: .of(language)))
    #expect(found.first?.name == "testsuites")
    #expect(found.first?.attributes["tests"] == String(report.results.count))
    #expect(found.first?.attributes["failures"] == String(report.failed))
    let cases = found.filter { $0.name == "testcase" }
    #expect(cases.map { $0.attributes["name"] } == report.results.map(\.name))
    #expect(cases.allSatisfy { $0.attributes["line"] != nil })
    let failures = found.filter { $0.name == "failure" }
    #expect(failures.count == report.results.reduce(0) { $0 + $1.failures.count })
    for failure in report.results.flatMap(\.failures) {
      let words = failure.expectation.text(in: .of(language))
      #expect(failures.contains { $0.text.contains(words) })
    }
    let suites = found.filter { $0.name == "testsuite" }
    let sum = suites.compactMap { $0.attributes["tests"].flatMap { Int($0) } }.reduce(0, +)
    #expect(sum == report.results.count)
  }

  @Test func whatXMLDoesNotAllowIsReplaced() throws {
    let text = "a<b>&\"'\u{1}\u{FFFE}\n\t款"
    let found = try elements("<x y=\"\(Self.escaped(text))\">\(Self.escaped(text))</x>")
    #expect(found[0].text == "a<b>&\"'\u{FFFD}\u{FFFD}\n\t款")
    #expect(found[0].attributes["y"] == found[0].text)
  }

  private static func escaped(_ text: String) -> String { Markup.escaped(text) }

  @Test func tapHasAPointForEachCase() throws {
    let report = try suite("good", "fail").run()
    let lines = report.tap(in: .english).split(separator: "\n")
    #expect(lines[0] == "TAP version 14")
    #expect(lines[1] == "1..\(report.results.count)")
    let points = lines.filter { $0.hasPrefix("ok ") || $0.hasPrefix("not ok ") }
    #expect(points.count == report.results.count)
    #expect(points.count { $0.hasPrefix("not ok ") } == report.failed)
    for (number, point) in points.enumerated() {
      #expect(point.contains("ok \(number + 1) - "))
      // A bare `#` would begin a directive.
      #expect(!point.replacing("\\#", with: "").contains("#"))
    }
    #expect(lines.count { $0 == "  ---" } == report.failed)
    #expect(lines.count { $0 == "  ..." } == report.failed)
    // Every scalar of a YAML block is a JSON string.
    for line in lines where line.hasPrefix("        - ") {
      #expect(JSONTree(parsing: Array(line.dropFirst(10).utf8)) != nil, "\(line)")
    }
  }

  @Test(arguments: [Language.english, .chinese])
  func thePageStandsByItself(language: Language) throws {
    let suite = try suite("coverage", "coverage")
    let catalog = Catalog.of(language)
    let page = suite.run(in: catalog).html(
      coverage: suite.coverage(), mutants: suite.mutation(), in: catalog, language: language)
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    for word in ["<script", "http:", "https:", "src=", "url(", "@import", "<link"] {
      #expect(!page.contains(word), "\(word)")
    }
    #expect(page.contains("prefers-color-scheme: dark"))
    #expect(page.contains(language == .chinese ? "lang=\"zh-Hans\"" : "lang=\"en\""))
    // Tags that close what they open, in order.
    var open: [String] = []
    for tag in page.matches(of: /<(\/?)([a-z0-9]+)[^>]*>/) {
      let name = String(tag.2)
      if name == "meta" { continue }
      if tag.1.isEmpty {
        open.append(name)
      } else {
        #expect(open.popLast() == name)
      }
    }
    #expect(open.isEmpty)
    for entry in suite.coverage().entries where !entry.isCovered {
      #expect(page.contains(suite.files.place(of: entry.item.key.range)))
    }
  }

  @Test func thePageShowsFailuresFirst() throws {
    let report = try suite("good", "fail").run()
    let page = report.html(coverage: nil, mutants: nil, in: .english, language: .english)
    let failures = try #require(page.range(of: "<h2>Failures</h2>"))
    let all = try #require(page.range(of: "<h2>All cases</h2>"))
    #expect(failures.lowerBound < all.lowerBound)
  }
}
