/// What changes against a baseline as the report shows it: regions of answers, and whether nothing changes was proved.
public import PolicySource

/// The answers that change from a baseline to the set of the report.
public struct ChangeModel: Sendable {
  /// Requests that are answered otherwise.
  public struct Region: Sendable {
    /// Which requests, exact at the bounds.
    public var words: Phrase
    /// The answer of the baseline.
    public var before: Phrase
    /// The answer of this set.
    public var after: Phrase
    /// A request of the region, as it would stand in a cases file; nil when none is shown.
    public var witness: String?
    /// What recorded decisions say of it, such as their number and sum.
    public var price: Phrase?
    /// Makes a region.
    public init(
      _ words: Phrase, before: Phrase, after: Phrase, witness: String? = nil, price: Phrase? = nil
    ) {
      self.words = words
      self.before = before
      self.after = after
      self.witness = witness
      self.price = price
    }
  }

  /// What became of a decision.
  public enum State: Sendable {
    /// It was added, or taken out.
    case added, removed
    /// No request is answered otherwise; that was proved.
    case unchanged
    /// These are; what was not analysed may change besides.
    case changed([Region], notAnalysed: [Phrase])
  }

  /// A decision.
  public struct Decision: Sendable {
    /// `policy.decision`.
    public var name: String
    /// The label, perhaps of two languages.
    public var label: String
    /// What became of it.
    public var state: State
    /// Makes a decision.
    public init(name: String, label: String, state: State) {
      self.name = name
      self.label = label
      self.state = state
    }
  }

  /// What the set is compared with, as it was named.
  public var baseline: String
  /// The decisions that differ, or of which it was proved that they do not.
  public var decisions: [Decision]

  /// Makes it.
  public init(baseline: String, decisions: [Decision]) {
    self.baseline = baseline
    self.decisions = decisions
  }
}

extension ChangeModel {
  /// The decisions, those that change first.
  func markup(in catalog: Catalog, shown: Set<String>) -> Markup {
    var (changed, same) = (Markup(), [Markup]())
    for decision in decisions {
      let label = BilingualLabel.half(of: decision.label, in: catalog.language)
      let name: Markup =
        shown.contains(decision.name)
        ? "<a href=\"#\(decision.name)\">\(label)</a>" : "\(label)"
      let head: Markup = "<h3>\(name) <code>\(decision.name)</code></h3>"
      switch decision.state {
      case .unchanged: same.append("<li>\(name) <code>\(decision.name)</code></li>")
      case .added:
        changed += "\(head)<p>\(AnalysisMessages.added.markup(in: catalog, capital: true))</p>"
      case .removed:
        changed += "\(head)<p>\(AnalysisMessages.removed.markup(in: catalog, capital: true))</p>"
      case .changed(let regions, let open):
        changed += head + Self.table(regions, in: catalog)
        let items = open.map { "<li>\(Prose.phrase($0).markup(in: catalog))</li>" as Markup }
        if !items.isEmpty {
          changed += """
            <p>\(AnalysisMessages.notAnalysed.markup(in: catalog))</p><ul>\(items.joined())</ul>
            """
        }
      }
    }
    if !same.isEmpty {
      let words = AnalysisMessages.unchanged.markup(in: catalog, capital: true)
      changed += "<p>\(words)</p><ul class=\"columns\">\(same.joined())</ul>"
    }
    return changed
  }

  private static func table(_ regions: [Region], in catalog: Catalog) -> Markup {
    let isPriced = regions.contains { $0.price != nil }
    var heads = [AnalysisMessages.requests, AnalysisMessages.before, AnalysisMessages.after]
    if isPriced { heads.append(AnalysisMessages.price) }
    let head = heads.map { words -> Markup in
      "<th scope=\"col\">\(words.markup(in: catalog, capital: true))</th>"
    }
    let rows = regions.map { region -> Markup in
      var words = Prose.phrase(region.words).markup(in: catalog, capital: true)
      if let witness = region.witness { words += "<pre>\(witness)</pre>" }
      let price: Markup =
        isPriced
        ? "<td>\(region.price.map { Prose.phrase($0).markup(in: catalog) } ?? "–")</td>" : ""
      return """
        <tr><th scope="row">\(words)</th><td>\(Prose.phrase(region.before).markup(in: catalog))\
        </td><td>\(Prose.phrase(region.after).markup(in: catalog))</td>\(price)</tr>
        """
    }
    return """
      <div class="wide"><table><thead><tr>\(head.joined())</tr></thead>\
      <tbody>\(rows.joined())</tbody></table></div>
      """
  }
}
