/// The results of cases as one HTML page that needs nothing else: no script, no other file, light and dark.
import PolicyCompiler
public import PolicySource

extension CaseReport {
  /// The results, what they show of the policies and which mutants they notice, as one page.
  public func html(
    coverage: CoverageReport?, mutants: MutationReport?, in catalog: Catalog, language: Language
  ) -> String {
    CasePage(
      report: self, coverage: coverage, mutants: mutants, catalog: catalog, language: language
    ).text
  }
}

/// The page.
private struct CasePage {
  let report: CaseReport
  let coverage: CoverageReport?
  let mutants: MutationReport?
  let catalog: Catalog
  let language: Language

  private func say(_ phrase: Phrase) -> String { Markup.escaped(phrase.text(in: catalog)) }

  var text: String {
    let tongue = language == .chinese ? "zh-Hans" : "en"
    var page = "<!DOCTYPE html>\n<html lang=\"\(tongue)\">\n<head>\n<meta charset=\"utf-8\">\n"
    page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    page += "<meta name=\"color-scheme\" content=\"light dark\">\n"
    page += "<title>\(say(PageMessages.title))</title>\n<style>\n\(Self.style)</style>\n</head>\n"
    page += "<body>\n<main>\n<h1>\(say(PageMessages.title))</h1>\n"
    let summary = CaseMessages.summary(report.results.count, failed: report.failed)
    let mood = report.failed == 0 ? "good" : "bad"
    page += "<p class=\"\(mood)\">\(say(summary))</p>\n"
    if let coverage {
      page += "<p>\(say(CoverageMessages.summary(coverage.total.total)))</p>\n"
    }
    if let mutants { page += "<p>\(say(MutationMessages.summary(mutants.total)))</p>\n" }
    page += failures + coverageTable + places + mutantTable + survivors + cases
    return page + "</main>\n</body>\n</html>\n"
  }

  // MARK: Cases

  private var failures: String {
    let failing = report.results.filter { !$0.failures.isEmpty }
    if failing.isEmpty { return "" }
    var page = "<h2>\(say(PageMessages.failures))</h2>\n"
    for result in failing {
      page += "<section class=\"failure\">\n<h3>\(Markup.escaped("\(result.policy).\(result.name)"))"
      page += "</h3>\n"
      if !result.label.isEmpty { page += "<p>\(Markup.escaped(result.label))</p>\n" }
      for failure in result.failures {
        let words = CaseReport.words(failure, catalog)
        page += "<pre>\(Self.block(words))</pre>\n"
      }
      page += "</section>\n"
    }
    return page
  }

  private var cases: String {
    var page = "<h2>\(say(PageMessages.cases))</h2>\n"
    for suite in report.suites {
      let failed = suite.count { !$0.failures.isEmpty }
      let summary = say(CaseMessages.summary(suite.count, failed: failed))
      page += "<details\(failed > 0 ? " open" : "")><summary>\(Markup.escaped(suite[0].policy)): "
      page += "\(summary)</summary>\n<table>\n<tbody>\n"
      for result in suite {
        let isFine = result.failures.isEmpty
        page += "<tr><td class=\"\(isFine ? "good" : "bad")\">"
        page += say(isFine ? PageMessages.passed : PageMessages.failed)
        page += "</td><td><code>\(Markup.escaped(result.name))</code></td>"
        page += "<td>\(Markup.escaped(result.label))</td>"
        page += "<td class=\"place\">\(Markup.escaped(result.place))</td></tr>\n"
      }
      page += "</tbody>\n</table>\n</details>\n"
    }
    return page
  }

  // MARK: Coverage

  private var coverageTable: String {
    guard let coverage else { return "" }
    let areas = CoverageItem.Area.allCases
    var rows = coverage.policies.map { policy in
      [Markup.escaped(policy.name)]
        + areas.map { area in policy.areas[area].map { "\($0.covered)/\($0.all)" } ?? "–" }
        + ["\(policy.total.percent)%"]
    }
    if coverage.policies.count > 1 {
      let total = coverage.total
      rows.append(
        [say(CoverageMessages.all)]
          + areas.map { area in total.areas[area].map { "\($0.covered)/\($0.all)" } ?? "–" }
          + ["\(total.total.percent)%"])
    }
    let head =
      [say(CoverageMessages.policy)] + areas.map { say(CoverageMessages.area($0)) }
      + [say(CoverageMessages.covered)]
    return "<h2>\(say(PageMessages.coverage))</h2>\n" + Self.table(head, rows)
  }

  private var places: String {
    guard let coverage else { return "" }
    let open = coverage.entries.filter { !$0.isCovered }
    if open.isEmpty { return "" }
    let rows = open.map { entry in
      row(
        entry.item.policy, entry.item.key.range, coverage.files,
        say(CoverageMessages.missing(entry, under: "")))
    }
    return "<h3>\(say(PageMessages.missing))</h3>\n" + Self.table(placeHead, rows)
  }

  private var placeHead: [String] {
    [
      say(CoverageMessages.policy), say(PageMessages.place), say(PageMessages.words),
      say(PageMessages.finding),
    ]
  }

  private func row(
    _ policy: String, _ range: SourceRange, _ files: SourceFiles, _ finding: String
  ) -> [String] {
    let words = files[range.file].text(in: range).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    let shown = words.count > 160 ? words.prefix(160) + " …" : words
    return [
      Markup.escaped(policy), "<span class=\"place\">\(Markup.escaped(files.place(of: range)))</span>",
      "<code>\(Markup.escaped(shown))</code>", finding,
    ]
  }

  // MARK: Mutants

  private var mutantTable: String {
    guard let mutants else { return "" }
    var policies = mutants.policies.map { ($0, Markup.escaped($0.name)) }
    if policies.count > 1 { policies.append((mutants.total, say(CoverageMessages.all))) }
    let head = [
      say(CoverageMessages.policy), say(MutationMessages.mutants), say(MutationMessages.noticed),
      say(MutationMessages.share),
    ]
    let rows = policies.map { [$1, String($0.all), String($0.noticed), "\($0.percent)%"] }
    return "<h2>\(say(PageMessages.mutants))</h2>\n" + Self.table(head, rows)
  }

  private var survivors: String {
    guard let mutants, !mutants.survivors.isEmpty else { return "" }
    let rows = mutants.survivors.map { survivor in
      row(
        survivor.mutant.policy, survivor.mutant.range, mutants.files,
        say(MutationMessages.survivor(survivor)))
    }
    return "<h3>\(say(PageMessages.unnoticed))</h3>\n" + Self.table(placeHead, rows)
  }

  // MARK: Pieces

  private static func table(_ head: [String], _ rows: [[String]]) -> String {
    var page = "<table>\n<thead><tr>"
    page += head.map { "<th scope=\"col\">\($0)</th>" }.joined() + "</tr></thead>\n<tbody>\n"
    for row in rows { page += "<tr>" + row.map { "<td>\($0)</td>" }.joined() + "</tr>\n" }
    return page + "</tbody>\n</table>\n"
  }

  /// Text with its line breaks.
  private static func block(_ words: String) -> String {
    words.split(separator: "\n", omittingEmptySubsequences: false).map { Markup.escaped(String($0)) }
      .joined(separator: "\n")
  }

  private static let style = """
    :root { color-scheme: light dark; --ink: #1c1e21; --ground: #ffffff; --soft: #5c636b;
      --line: #d8dce1; --good: #17683a; --bad: #a3201d; --panel: #f5f6f8; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6e8ea; --ground: #16181b;
      --soft: #a0a7af; --line: #383d44; --good: #6fd096; --bad: #ff8f86; --panel: #202328; } }
    body { margin: 0; color: var(--ink); background: var(--ground);
      font: 16px/1.5 system-ui, "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif; }
    main { max-width: 72rem; margin: 0 auto; padding: 1.5rem; }
    h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2rem; } h3 { font-size: 1rem; }
    table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 1rem; }
    th, td { text-align: start; vertical-align: top; padding: 0.3rem 0.6rem;
      border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
    th { font-weight: 600; }
    code, pre { font: 0.9em/1.45 ui-monospace, "Noto Sans Mono CJK SC", monospace; }
    pre { background: var(--panel); padding: 0.75rem; overflow-x: auto; white-space: pre-wrap; }
    details { margin: 0.4rem 0; } summary { cursor: pointer; }
    .good { color: var(--good); } .bad { color: var(--bad); } .place { color: var(--soft); }
    @media print { main { max-width: none; padding: 0; } details { display: block; } }

    """
}

/// The words of the page.
enum PageMessages {
  static let title: Phrase = "Cases and policies"
  static let failures: Phrase = "Failures"
  static let cases: Phrase = "All cases"
  static let passed: Phrase = "passed"
  static let failed: Phrase = "failed"
  static let coverage: Phrase = "What the cases show"
  static let missing: Phrase = "What no case shows"
  static let mutants: Phrase = "Small mistakes in the policies"
  static let unnoticed: Phrase = "What no case notices"
  static let place: Phrase = "place"
  static let words: Phrase = "words"
  static let finding: Phrase = "what is missing"
}

extension EngineMessages {
  /// The words of the page of cases in Chinese.
  public static let chineseOfCasePage: Catalog.Table = [
    "All cases": "全部样例",
    "Cases and policies": "样例与制度",
    "Failures": "未通过",
    "Small mistakes in the policies": "制度中的小改动",
    "What no case notices": "没有样例能发现的改动",
    "What no case shows": "没有样例涉及之处",
    "What the cases show": "样例覆盖情况",
    "failed": "未通过",
    "passed": "通过",
    "place": "位置",
    "what is missing": "缺少什么",
    "words": "原文",
  ]
}
