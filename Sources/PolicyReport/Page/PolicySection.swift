/// The section of a policy: what it is, what it asks for, its terms, figures and tables, its decisions, its cases.
import PolicyCompiler
import PolicyRuntime
import PolicyEngine
import PolicySource

/// Writes the section.
struct PolicySection {
  let page: Page
  let words: Wording

  var policy: TypedPolicy { words.set.policies[words.policy] }

  func say(_ prose: Prose) -> Markup { prose.markup(in: words.catalog, capital: true) }
  func inner(_ prose: Prose) -> Markup { prose.markup(in: words.catalog) }

  var markup: Markup {
    let anchor = Anchor.policy(policy.name)
    var body = head
    body += facts + terms + figures
    for index in policy.decisions.indices {
      body += DecisionSection(section: self, decision: policy.decisions[index]).markup
    }
    body += guarantees + coverage
    return """
      <section class="policy" aria-labelledby="\(anchor)"><h2 id="\(anchor)">\
      \(words.label(policy.label, or: policy.name))</h2>
      \(body)</section>

      """
  }

  // MARK: What it is

  private var head: Markup {
    var rows: [(Prose, Markup)] = []
    if let other = BilingualLabel.other(of: policy.label, in: words.language) {
      rows.append((ReportMessages.original, Markup(text: other)))
    }
    rows.append((ReportMessages.owner, Markup(text: words.label(policy.owner))))
    rows.append((ReportMessages.effective, say(days)))
    if let currency = policy.currency { rows.append((ReportMessages.currency, "\(currency)")) }
    let sources = policy.sources.map { note -> Markup in
      note.clause.isEmpty
        ? "<li>\(note.document)</li>" : "<li>\(note.document): \(words.label(note.clause))</li>"
    }
    if !sources.isEmpty {
      rows.append((ReportMessages.sources, "<ul class=\"plain\">\(sources.joined())</ul>"))
    }
    let processes = policy.processes.map { process -> Markup in
      "<li><code>\(process.id)</code> \(words.label(process.title))</li>"
    }
    if !processes.isEmpty {
      rows.append((ReportMessages.processes, "<ul class=\"plain\">\(processes.joined())</ul>"))
    }
    let file = words.set.files[policy.range.file].name
    rows.append((ReportMessages.file, "<code>\(policy.name)</code> · \(file)"))
    let list = rows.map { "<div><dt>\(say($0))</dt><dd>\($1)</dd></div>" as Markup }
    return "<dl class=\"head\">\(list.joined())</dl>"
  }

  private var days: Prose {
    let versions = page.report.set.versions.first { $0.policy == policy.name }?.ranges ?? []
    let words = Self.days(policy.effectiveFrom, policy.effectiveUntil)
    guard versions.count > 1 else { return words }
    let all = versions.map { Self.days($0.from, $0.until) }
    return ReportMessages.newest(words, of: all.apart)
  }

  static func days(_ from: Day?, _ until: Day?) -> Prose {
    switch (from, until) {
    case (let from?, let until?):
      ReportMessages.fromUntil(.value(from.text), .value(until.text))
    case (let from?, nil): ReportMessages.from(.value(from.text))
    case (nil, let until?): ReportMessages.until(.value(until.text))
    case (nil, nil): ProseMessages.always
    }
  }

  // MARK: Terms

  private var terms: Markup {
    if policy.defines.isEmpty { return "" }
    let items = policy.defines.map { define -> Markup in
      var name: Prose = .name(words.label(define.label, or: define.name))
      if !define.arguments.isEmpty {
        name = ProseMessages.term(
          name, of: define.arguments.map { .name(Wording.words($0.name)) }.and)
      }
      let anchor = Anchor.term(policy.name, define.name)
      return """
        <div id="\(anchor)"><dt>\(say(name)) <code>\(define.name)</code></dt>\
        <dd>\(meaning(of: define.body))</dd></div>
        """
    }
    return "<h3>\(say(ReportMessages.terms))</h3><dl class=\"terms\">\(items.joined())</dl>\n"
  }

  /// A figure or a condition, with its ways one below the other.
  func meaning(of expression: TypedExpression) -> Markup {
    if expression.type == .bool {
      let condition = words.condition(expression)
      guard condition.isLong, let (all, parts) = condition.parts else {
        return "<p>\(say(condition.inline))</p>"
      }
      let head = say(all ? RuleMessages.all : RuleMessages.any)
      return "<p>\(head)</p>\(Condition.list(parts, in: words.catalog))"
    }
    let ways = words.ways(of: expression)
    if ways.count == 1 { return "<p>\(say(ways[0].1))</p>" }
    let items = ways.map { condition, value -> Markup in
      guard let condition else { return "<li>\(say(RuleMessages.otherwise(value)))</li>" }
      let statement = Rule.Statement(form: .when(value), condition: condition)
      return "<li>\(statement.markup(in: words.catalog))</li>"
    }
    return "<ul class=\"ways\">\(items.joined())</ul>"
  }

  // MARK: Guarantees and cases

  private var guarantees: Markup {
    let own = page.report.analysis.guarantees.filter { $0.policy == policy.name }
    if own.isEmpty { return "" }
    return """
      <h3>\(say(AnalysisMessages.guarantees))</h3>\
      \(GuaranteeModel.markup(own, in: words.catalog))

      """
  }

  private var coverage: Markup {
    guard let cases = page.report.cases else { return "" }
    return CoverageSection(
      policy: policy.name, cases: cases, catalog: words.catalog
    ).markup
  }
}
