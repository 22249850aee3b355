/// A difference of two sets as lines for people.
internal import PolicyEngine
public import PolicySource

extension DiffTelling {
  /// The lines.
  ///
  /// - Parameters:
  ///   - catalog: the words of the language.
  ///   - colour: whether changes stand out in ANSI colours.
  public func text(in catalog: Catalog, colour: Bool = false) -> String {
    var text = DiffText(telling: self, catalog: catalog, colour: colour)
    text.write()
    return text.text
  }
}

/// Writes a difference line by line.
private struct DiffText {
  let telling: DiffTelling
  let catalog: Catalog
  let colour: Bool
  private(set) var text = ""

  init(telling: DiffTelling, catalog: Catalog, colour: Bool) {
    (self.telling, self.catalog, self.colour) = (telling, catalog, colour)
  }

  private enum Tint: String {
    case bold = "1", red = "31", green = "32", yellow = "33", soft = "2"
  }

  mutating func write() {
    line(0, DiffMessages.title(telling.old.name, telling.new.name), .bold)
    for policy in telling.policies {
      line(0, "")
      line(0, named(policy.name, policy.label), .bold)
      for decision in policy.decisions { write(decision) }
    }
    line(0, "")
    for words in telling.summary { line(0, words) }
    if let prices = telling.prices {
      line(0, DiffMessages.replayed(prices.log, prices.decisions))
      if prices.notDecided > 0 { line(0, DiffMessages.notDecided(prices.notDecided)) }
    }
    line(0, "")
    for words in telling.assumptions { line(0, words, .soft) }
  }

  private mutating func write(_ decision: DiffTelling.Decision) {
    line(1, named(decision.name, decision.label), .bold)
    switch decision.diff.verdict {
    case .added: line(2, DiffMessages.isAdded, .green)
    case .removed: line(2, DiffMessages.isRemoved, .red)
    case .same, .changed, .open: break
    }
    for words in decision.requests { line(2, words, .yellow) }
    var isOrdinary = true
    for kind in decision.kinds {
      if isOrdinary, !kind.isOrdinary { line(2, DiffMessages.besides, .soft) }
      isOrdinary = kind.isOrdinary
      write(kind)
    }
    for entry in decision.others {
      let words = entry.change.words(in: catalog.language)
      line(2, DiffMessages.otherwise(words), .yellow)
      line(3, DiffMessages.priced(entry.count, entry.amounts))
    }
    for open in DiffTelling.open(of: decision.diff) {
      line(2, DiffMessages.notKnown(open.part), .yellow)
      let excerpt = OpenExcerpt(telling: telling).text(of: open, colour: colour)
      for row in excerpt.split(separator: "\n") { text += "      \(row)\n" }
    }
    if !decision.diff.isWhole, decision.diff.open.isEmpty { line(2, DiffMessages.moreChanges) }
  }

  private mutating func write(_ kind: DiffTelling.Kind) {
    line(2, kind.change.words(in: catalog.language), .yellow)
    for change in kind.changes {
      for words in DiffTelling.regions(of: change) { line(3, words) }
      line(3, WitnessWords(change: change, language: catalog.language).line)
    }
    if let price = kind.price { line(3, DiffMessages.priced(price.count, price.amounts)) }
  }

  /// `may_ship "May this order ship?"`.
  private func named(_ name: String, _ label: String) -> Phrase {
    .verbatim(label.isEmpty || label == name ? name : "\(name): \(label)")
  }

  private mutating func line(_ depth: Int, _ words: Phrase, _ tint: Tint? = nil) {
    let said = words.text(in: catalog)
    let shown = tint.map { colour ? "\u{1B}[\($0.rawValue)m\(said)\u{1B}[0m" : said } ?? said
    text += said.isEmpty ? "\n" : String(repeating: "  ", count: depth) + shown + "\n"
  }
}

extension DiffTelling {
  /// The regions of a change, a line each.
  static func regions(of change: SemanticDiff.Change) -> [Phrase] {
    if change.regions.isEmpty { return [DiffMessages.noBounds] }
    if change.regions.contains(where: \.isEmpty) { return [DiffMessages.everywhere] }
    var lines = change.regions.enumerated().map { index, region in
      let words = SourceMessages.list(region, last: .comma)
      return index == 0 ? DiffMessages.whereWords(words) : DiffMessages.orWhere(words)
    }
    if !change.isWhole { lines.append(DiffMessages.moreRegions) }
    return lines
  }
}
