/// Coverage for people: a table of the policies, then every place at which something is missing.
import PolicyCompiler
public import PolicySource

extension CoverageReport {
  /// The whole report.
  public func text(in catalog: Catalog) -> String {
    var page = CoveragePage(report: self, catalog: catalog)
    page.table()
    page.places()
    return page.text
  }

  /// That less is covered than was asked for.
  public func words(tooLittleFor least: String) -> Phrase {
    CoverageMessages.tooLittle(total.total, least: least)
  }
}

extension CoverageReport.Entry {
  /// What no case shows of it; its code is named where the words that are shown with it do not.
  public func words(under shown: String) -> Phrase {
    CoverageMessages.missing(self, under: shown)
  }
}

/// The report while it is written.
private struct CoveragePage {
  /// Rows of one table that are shown one by one.
  private static let shownRows = 4

  let report: CoverageReport
  let catalog: Catalog
  var text = ""

  private func say(_ phrase: Phrase) -> String { phrase.text(in: catalog) }

  // MARK: The table

  mutating func table() {
    let areas = CoverageItem.Area.allCases
    var lines = [
      [say(CoverageMessages.policy)] + areas.map { say(CoverageMessages.area($0)) }
        + [say(CoverageMessages.covered)]
    ]
    for policy in report.policies { lines.append(cells(of: policy, policy.name)) }
    if report.policies.count > 1 {
      lines.append(cells(of: report.total, say(CoverageMessages.all)))
    }
    text += TextTable.text(lines)
  }

  private func cells(of policy: CoverageReport.Policy, _ name: String) -> [String] {
    [name]
      + CoverageItem.Area.allCases.map { area in
        policy.areas[area].map { "\($0.covered)/\($0.all)" } ?? "-"
      } + ["\(policy.total.percent)%"]
  }

  // MARK: Places

  mutating func places() {
    let open = report.entries.filter { !$0.isCovered }
    var index = 0
    var policy = ""
    while index < open.count {
      let place = self.place(of: open[index])
      var same = [open[index]]
      while index + same.count < open.count, self.place(of: open[index + same.count]) == place {
        same.append(open[index + same.count])
      }
      index += same.count
      if same[0].item.policy != policy {
        policy = same[0].item.policy
        text += "\n\(policy)\n"
      }
      let rest = skipped(same, open[index...])
      line(same)
      guard rest > 0, case .row(let table) = same[0].item.kind else { continue }
      text += "    \(say(CoverageMessages.moreRows(rest, of: table)))\n"
      index += rest
    }
    text += "\n\(say(CoverageMessages.summary(report.total.total)))\n"
  }

  private func place(of entry: CoverageReport.Entry) -> String {
    report.files.place(of: entry.item.key.range)
  }

  /// How many entries that follow are rows of the same table that were never used, when there are many.
  private func skipped(
    _ shown: [CoverageReport.Entry], _ rest: ArraySlice<CoverageReport.Entry>
  ) -> Int {
    guard shown.count == 1, case .row(let table) = shown[0].item.kind else { return 0 }
    let same = rest.prefix { entry in
      if case .row(table) = entry.item.kind { true } else { false }
    }
    return same.count >= Self.shownRows ? same.count : 0
  }

  /// A line of a file, and below it what is missing there.
  private mutating func line(_ entries: [CoverageReport.Entry]) {
    let file = report.files[entries[0].item.key.range.file]
    let marks = entries.map { entry in
      let range = entry.item.key.range
      let words = MarkedLine.underlined(range, opening: entry.opensClause, in: file)
      return (range, say(CoverageMessages.missing(entry, under: words)), entry.opensClause)
    }
    text += MarkedLine(file, at: entries[0].item.key.range, marks: marks).text
  }
}

extension CoverageReport.Entry {
  /// Whether only the first words of its place are underlined: those of a clause.
  fileprivate var opensClause: Bool {
    if case .clause(let form, _) = item.kind { form != .appliesWhen } else { false }
  }
}
