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
  /// Lines are cut behind so many columns, unless something further right is underlined.
  private static let width = 100
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
    let widths = lines[0].indices.map { column in
      lines.map { DisplayWidth.of($0[column]) }.max() ?? 0
    }
    for line in lines {
      let cells = zip(line, widths).enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: cell.1 - DisplayWidth.of(cell.0))
        return column == 0 ? cell.0 + blanks : blanks + cell.0
      }
      text += cells.joined(separator: "  ") + "\n"
    }
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
    let number = file.position(of: Int(entries[0].item.key.range.lower)).line
    let source = file.text(ofLine: number)
    let indent = source.prefix { $0 == " " || $0 == "\t" }.unicodeScalars.count
    let letters = Array(source.unicodeScalars.dropFirst(indent))
    let marks = entries.map { mark($0, file, number, letters, indent) }
    let last = marks.map(\.upperBound).max() ?? 0
    var shown = String(String.UnicodeScalarView(letters))
    if DisplayWidth.of(shown) > Self.width { shown = Self.cut(letters, behind: last) }
    text += "  \(file.name):\(number)\n    \(shown)\n"
    for (entry, mark) in zip(entries, marks) {
      let before = letters[..<mark.lowerBound].reduce(0) { $0 + DisplayWidth.of($1) }
      let under = letters[mark].reduce(0) { $0 + DisplayWidth.of($1) }
      text += "    " + String(repeating: " ", count: before)
      text += String(repeating: "^", count: max(1, under))
      let words = String(String.UnicodeScalarView(letters[mark]))
      text += " " + say(CoverageMessages.missing(entry, under: words)) + "\n"
    }
  }

  /// A long line up to where it is wide enough, but with all that is underlined.
  private static func cut(_ letters: [Unicode.Scalar], behind last: Int) -> String {
    var end = last
    var width = letters[..<last].reduce(0) { $0 + DisplayWidth.of($1) }
    while end < letters.count, width + DisplayWidth.of(letters[end]) <= Self.width {
      width += DisplayWidth.of(letters[end])
      end += 1
    }
    let kept = String(String.UnicodeScalarView(letters[..<end]))
    return end < letters.count ? kept + " …" : kept
  }

  /// What is underlined in a line: of a clause its first words.
  private func mark(
    _ entry: CoverageReport.Entry, _ file: SourceFile, _ line: Int, _ letters: [Unicode.Scalar],
    _ indent: Int
  ) -> Range<Int> {
    let range = entry.item.key.range
    let (start, end) = (
      file.position(of: Int(range.lower)), file.position(of: Int(range.upper))
    )
    let first = min(max(0, start.column - 1 - indent), letters.count)
    var last = end.line == line ? min(end.column - 1 - indent, letters.count) : letters.count
    if case .clause(let form, _) = entry.item.kind, form != .appliesWhen {
      last = letters[first..<max(first, last)].firstIndex(of: "\"") ?? last
    }
    while last > first, letters[last - 1] == " " { last -= 1 }
    return first..<max(first, last)
  }
}
