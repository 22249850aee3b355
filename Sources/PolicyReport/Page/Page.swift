/// The page as a whole: head, what it is about, contents, a section for each policy, the registers of the set.
import PolicyCompiler
import PolicyEngine
import PolicySource

/// The page while it is written.
struct Page {
  let report: PolicyReport
  let catalog: Catalog
  let set: TypedSet
  /// The policies that are shown, by area.
  let areas: [(name: String, policies: [Int])]

  init(report: PolicyReport, catalog: Catalog) {
    self.report = report
    self.catalog = catalog
    set = report.set.types
    var areas: [(name: String, policies: [Int])] = []
    for (index, policy) in set.policies.enumerated() {
      if let only = report.only, policy.name != only { continue }
      let path = set.files[policy.range.file].name.split(separator: "/")
      let area = path.count > 1 ? String(path[0]) : ""
      if let known = areas.firstIndex(where: { $0.name == area }) {
        areas[known].policies.append(index)
      } else {
        areas.append((area, [index]))
      }
    }
    self.areas = areas.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  var shown: Set<Int> { Set(areas.flatMap(\.policies)) }

  func say(_ prose: Prose) -> Markup { prose.markup(in: catalog, capital: true) }

  func label(_ label: String) -> String { BilingualLabel.half(of: label, in: catalog.language) }

  /// The whole file.
  var html: String {
    let shown = shown
    var body = head
    if report.only == nil { body += contents }
    body += changes
    for area in areas {
      for policy in area.policies {
        let words = Wording(set, catalog, shown: shown, policy: policy)
        body += PolicySection(page: self, words: words).markup
      }
    }
    if report.only == nil { body += Registers(page: self).markup }
    return Self.file(titled: title, skip: true, body, in: catalog)
  }

  /// A file that needs nothing else, with a body.
  static func file(
    titled title: Prose, skip: Bool, _ body: Markup, in catalog: Catalog
  ) -> String {
    let language: Markup = catalog.language == .chinese ? "zh-Hans" : "en"
    let link: Markup =
      skip
      ? "<a class=\"skip\" href=\"#main\">\(ReportMessages.skip.markup(in: catalog, capital: true))</a>"
      : ""
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="\(language)"><head><meta charset="utf-8"/>\
      <meta name="viewport" content="width=device-width, initial-scale=1"/>\
      <meta name="color-scheme" content="light dark"/>\
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>\
      <link rel="icon" href="data:,"/>\
      <title>\(title.plain(in: catalog))</title><style>\(Style.sheet)</style></head>
      <body>\(link)
      <main id="main">
      \(body)</main></body></html>

      """
    return page.html
  }

  private var title: Prose {
    guard let only = report.only, let policy = set.policies.first(where: { $0.name == only })
    else { return ReportMessages.title }
    return ReportMessages.titleOfOne(.text(label(policy.label)))
  }

  // MARK: What it is about

  private var head: Markup {
    let size = report.set.size
    var facts: [Markup] = []
    if report.only == nil {
      facts.append(
        say(
          ReportMessages.size(
            policies: size.policies, decisions: size.decisions, clauses: size.clauses,
            tables: size.tables)))
    }
    if let cases = report.cases { facts.append(contentsOf: self.cases(cases)) }
    facts.append(say(ReportMessages.digest(.code(String(report.set.digest.prefix(19))))))
    facts.append(say(ReportMessages.illustrativeNote(Self.illustrative(in: catalog))))
    return """
      <header><h1>\(say(title))</h1>\
      <ul class="facts">\(facts.map { "<li>\($0)</li>" as Markup }.joined())</ul></header>

      """
  }

  private func cases(_ cases: PolicyReport.Cases) -> [Markup] {
    let count = report.only.map { cases.counts[$0] ?? 0 } ?? cases.counts.values.reduce(0, +)
    let covered = report.only.map { cases.coverage.of(policy: $0) } ?? cases.coverage
    let ran =
      cases.failed == 0
      ? ReportMessages.allPass(count) : ReportMessages.failing(cases.failed, of: count)
    let total = covered.total.total
    return [
      say(ran),
      say(ReportMessages.covered(total.covered, of: total.all, percent: "\(total.percent)%")),
    ]
  }

  /// The mark of what the source leaves open.
  static func illustrative(in catalog: Catalog) -> Prose {
    .text(ReportMessages.illustrative.plain(in: catalog))
  }

  // MARK: Contents

  private var contents: Markup {
    var lists = Markup()
    for area in areas {
      let items = area.policies.map { index -> Markup in
        let policy = set.policies[index]
        let words = Wording(set, catalog, shown: [], policy: index)
        let decisions = policy.decisions.map { decision -> Markup in
          let anchor = Anchor.decision(policy.name, decision.name)
          let name = words.label(decision.label, or: decision.name)
          return "<li><a href=\"#\(anchor)\">\(name)</a></li>"
        }
        let inner: Markup = decisions.isEmpty ? "" : "<ul>\(decisions.joined())</ul>"
        let name = words.label(policy.label, or: policy.name)
        return "<li><a href=\"#\(Anchor.policy(policy.name))\">\(name)</a>\(inner)</li>"
      }
      if !area.name.isEmpty { lists += "<h3>\(Wording.words(area.name))</h3>" }
      lists += "<ul>\(items.joined())</ul>"
    }
    let more = Registers(page: self).contents
    return """
      <nav class="contents" aria-labelledby="contents"><h2 id="contents">\
      \(say(ReportMessages.contents))</h2><div class="columns">\(lists)\(more)</div></nav>

      """
  }

  // MARK: Against a baseline

  private var changes: Markup {
    var body = Markup()
    if let changes = report.analysis.changes {
      var names: Set<String> = []
      for policy in shown.map({ set.policies[$0] }) {
        for decision in policy.decisions { names.insert("\(policy.name).\(decision.name)") }
      }
      body += """
        <section class="changes"><h2 id="changes">\
        \(say(AnalysisMessages.changes(.code(changes.baseline))))</h2>\
        \(changes.markup(in: catalog, shown: names))</section>

        """
    }
    if let baseline = report.baseline {
      let old = baseline.set.types
      let rewritten = RewrittenRules(from: old, to: set, catalog, only: report.only)
      body += """
        <section class="changes"><h2 id="rewritten">\
        \(say(AnalysisMessages.rewritten(.code(baseline.name))))</h2>\
        \(rewritten.markup)</section>

        """
    }
    return body
  }
}

/// A picture in a frame that can be scrolled where it is too wide.
enum Figure {
  static func markup(_ picture: Markup) -> Markup {
    "<div class=\"wide figure\" tabindex=\"0\">\(picture)</div>"
  }
}
