/// What the sample cases of a policy show, and every place at which a case is missing.
import PolicyCompiler
import PolicyEngine
import PolicySource

/// Writes the section.
struct CoverageSection {
  let policy: String
  let cases: PolicyReport.Cases
  let catalog: Catalog

  private func say(_ prose: Prose) -> Markup { prose.markup(in: catalog, capital: true) }

  var markup: Markup {
    let found = cases.coverage.policies.first { $0.name == policy }
    let count = cases.counts[policy] ?? 0
    guard let found else {
      if count == 0 { return "" }
      return "<h3>\(say(ReportMessages.coverage))</h3><p>\(say(ReportMessages.cases(count)))</p>"
    }
    let rows = CoverageItem.Area.allCases.compactMap { area -> Markup? in
      found.areas[area].map { row(say(ReportMessages.area(area)), $0) }
    }
    let all = row(say(ReportMessages.all), found.total)
    return """
      <h3>\(say(ReportMessages.coverage))</h3><p>\(say(ReportMessages.cases(count)))</p>\
      <div class="wide"><table class="coverage"><thead><tr>\
      <th scope="col">\(say(ReportMessages.areas))</th>\
      <th scope="col" class="figures">\(say(ReportMessages.shown))</th>\
      <th scope="col">\(say(ReportMessages.share))</th></tr></thead>\
      <tbody>\(rows.joined())\(all)</tbody></table></div>\(open)

      """
  }

  private func row(_ name: Markup, _ count: CoverageReport.Count) -> Markup {
    """
    <tr><th scope="row">\(name)</th>\
    <td class="figures">\(count.covered) / \(count.all)</td>\
    <td><span class="meter"><span style="width:\(count.percent)%"></span></span> \
    \(count.percent)%</td></tr>
    """
  }

  /// What no case shows.
  private var open: Markup {
    let open = cases.coverage.entries.filter { $0.item.policy == policy && !$0.isCovered }
    if open.isEmpty { return "" }
    let files = cases.coverage.files
    let items = open.prefix(200).map { entry -> Markup in
      let range = entry.item.key.range
      let source = files[range.file].text(in: range)
      let first = source.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
      let cut = first.count > 70 ? first.prefix(70) + " …" : first[...]
      let words = Prose.phrase(entry.words(under: first)).markup(in: catalog)
      return """
        <li>\(words) <code>\(String(cut))</code> \
        <span class="place">\(files.place(of: range))</span></li>
        """
    }
    return "<p>\(say(ReportMessages.missing))</p><ul class=\"missing\">\(items.joined())</ul>"
  }
}
