/// The guarantees of a policy as the report shows them: proved, refuted with a case, or not analysed.
public import PolicySource

/// A guarantee and what came of it.
public struct GuaranteeModel: Sendable {
  /// What came of it.
  public enum Verdict: Sendable {
    /// It holds for every request.
    case proved
    /// It does not hold: a case that shows it, as it would stand in a cases file, and what happens in it.
    case refuted(words: Phrase, sample: String)
    /// It was not decided.
    case notAnalysed(reason: Phrase)
  }

  /// The policy.
  public var policy: String
  /// The identifier.
  public var name: String
  /// The label, perhaps of two languages.
  public var label: String
  /// The guarantee as it is written.
  public var text: String
  /// Where it stands, `shipment/full_payment.writ:120`.
  public var place: String
  /// What came of it.
  public var verdict: Verdict

  /// Makes a guarantee.
  public init(
    policy: String, name: String, label: String, text: String, place: String, verdict: Verdict
  ) {
    self.policy = policy
    self.name = name
    self.label = label
    self.text = text
    self.place = place
    self.verdict = verdict
  }
}

extension GuaranteeModel {
  /// The guarantees as a list.
  static func markup(_ guarantees: [GuaranteeModel], in catalog: Catalog) -> Markup {
    let items = guarantees.map { $0.item(in: catalog) }
    return "<ul class=\"rules\">\(items.joined())</ul>"
  }

  private func item(in catalog: Catalog) -> Markup {
    let label = BilingualLabel.half(of: self.label, in: catalog.language)
    var notes = Markup()
    let (kind, word): (Markup, Prose)
    switch verdict {
    case .proved: (kind, word) = ("proved", AnalysisMessages.proved)
    case .refuted(let words, let sample):
      (kind, word) = ("refuted", AnalysisMessages.refuted)
      notes += "<p>\(Prose.phrase(words).markup(in: catalog, capital: true))</p>"
      notes += "<pre>\(sample)</pre>"
    case .notAnalysed(let reason):
      (kind, word) = ("open", AnalysisMessages.notDecided)
      notes += "<p>\(Prose.phrase(reason).markup(in: catalog, capital: true))</p>"
    }
    return """
      <li class="rule \(kind)"><div><p class="says"><b class="tag">\(word.markup(in: catalog))</b> \
      \(label)</p><pre>\(text)</pre>\(notes)</div>\
      <div class="origin"><code>\(name)</code><span>\(place)</span></div></li>
      """
  }
}
