/// The authority matrix of an approval or a limit as the report shows it: who acts in which band of an amount.
public import PolicySource

/// An authority matrix; labels may be of two languages, phrases are said in the language of the page.
public struct MatrixModel: Sendable {
  /// An end of a band.
  public struct Bound: Sendable, Hashable {
    /// The exact amount or day, such as `50,000.00 CNY`.
    public var words: String
    /// Whether the band contains it.
    public var isIncluded: Bool
    /// Makes a bound.
    public init(_ words: String, isIncluded: Bool) {
      self.words = words
      self.isIncluded = isIncluded
    }
  }

  /// A stretch of the axis; an end that is nil is open.
  public struct Band: Sendable, Hashable {
    /// Where it begins.
    public var lower: Bound?
    /// Where it ends.
    public var upper: Bound?
    /// Makes a band.
    public init(from lower: Bound?, to upper: Bound?) {
      self.lower = lower
      self.upper = upper
    }
  }

  /// A step or a post, or what is asked of each band.
  public struct Column: Sendable {
    /// Its label.
    public var label: String
    /// Makes a column.
    public init(_ label: String) { self.label = label }
  }

  /// A band in words, and what each column does in it; nil does nothing.
  public struct Row: Sendable {
    /// The band, and what else must hold.
    public var words: Phrase
    /// The band on the axis; nil when the row is none.
    public var band: Band?
    /// A cell for each column.
    public var cells: [Phrase?]
    /// Makes a row.
    public init(_ words: Phrase, band: Band? = nil, cells: [Phrase?]) {
      self.words = words
      self.band = band
      self.cells = cells
    }
  }

  /// Rows of which something else than the axis is the same, such as the category.
  public struct Group: Sendable {
    /// What is the same; nil when there is one group.
    public var heading: Phrase?
    /// The rows in order of the axis.
    public var rows: [Row]
    /// Makes a group.
    public init(_ heading: Phrase? = nil, rows: [Row]) {
      self.heading = heading
      self.rows = rows
    }
  }

  /// `policy.decision`.
  public var decision: String
  /// What the axis measures; nil when no row has a band.
  public var axis: Phrase?
  /// The steps or posts.
  public var columns: [Column]
  /// The rows.
  public var groups: [Group]
  /// What was not analysed.
  public var notAnalysed: [Phrase] = []

  /// Makes a matrix.
  public init(decision: String, axis: Phrase?, columns: [Column], groups: [Group]) {
    self.decision = decision
    self.axis = axis
    self.columns = columns
    self.groups = groups
  }
}

extension MatrixModel {
  /// The matrix as a page of its own.
  ///
  /// - Parameters:
  ///   - label: what people call the decision.
  ///   - catalog: the words of the language, with those of the rows.
  public func page(of label: String, in catalog: Catalog) -> String {
    let words = PolicyReport.chineseTables.reduce(catalog) { catalog, table in
      catalog.language == .chinese ? catalog.adding(table) : catalog
    }
    let name = BilingualLabel.half(of: label, in: catalog.language)
    let title = AnalysisMessages.matrixOf(.text(name))
    let body: Markup = """
      <header><h1>\(title.markup(in: words, capital: true))</h1>\
      <p><code>\(decision)</code></p></header>
      \(markup(in: words, id: decision))
      """
    return Page.file(titled: title, skip: false, body, in: words)
  }

  /// The matrix as tables and pictures.
  func markup(in catalog: Catalog, id: String) -> Markup {
    var body = Markup()
    for (number, group) in groups.enumerated() {
      if let heading = group.heading {
        body += "<h5>\(Prose.phrase(heading).markup(in: catalog, capital: true))</h5>"
      }
      body += picture(group, in: catalog, id: "\(id).matrix\(number + 1)")
      body += table(group, in: catalog)
    }
    let open = notAnalysed.map { "<li>\(Prose.phrase($0).markup(in: catalog))</li>" as Markup }
    if !open.isEmpty {
      body += "<p>\(AnalysisMessages.notAnalysed.markup(in: catalog))</p><ul>\(open.joined())</ul>"
    }
    return body
  }

  private func names(in catalog: Catalog) -> [String] {
    columns.map { BilingualLabel.half(of: $0.label, in: catalog.language) }
  }

  private func picture(_ group: Group, in catalog: Catalog, id: String) -> Markup {
    let bands = group.rows.compactMap(\.band)
    guard let axis, bands.count == group.rows.count, !bands.isEmpty else { return "" }
    let title = AnalysisMessages.matrixTitle.plain(in: catalog)
    let words = group.rows.map { row in
      let acts = zip(names(in: catalog), row.cells).compactMap { name, cell in
        cell.map { "\(name): \($0.text(in: catalog))" }
      }
      return "\(row.words.text(in: catalog)): \(acts.joined(separator: ", "))"
    }
    return Figure.markup(
      BandPicture.svg(
        columns: names(in: catalog), bands: bands,
        cells: group.rows.map { $0.cells.map { $0?.text(in: catalog) } },
        axis: axis.text(in: catalog), id: id, title: title,
        description: words.joined(separator: "; ")))
  }

  private func table(_ group: Group, in catalog: Catalog) -> Markup {
    let heads = names(in: catalog).map { "<th scope=\"col\">\($0)</th>" as Markup }.joined()
    let rows = group.rows.map { row -> Markup in
      let cells = columns.indices.map { index -> Markup in
        let cell = row.cells.indices.contains(index) ? row.cells[index] : nil
        return "<td>\(cell.map { Prose.phrase($0).markup(in: catalog) } ?? "–")</td>"
      }
      let words = Prose.phrase(row.words).markup(in: catalog, capital: true)
      return "<tr><th scope=\"row\">\(words)</th>\(cells.joined())</tr>"
    }
    let first = AnalysisMessages.band.markup(in: catalog, capital: true)
    return """
      <div class="wide"><table class="matrix"><thead><tr><th scope="col">\(first)</th>\(heads)\
      </tr></thead><tbody>\(rows.joined())</tbody></table></div>
      """
  }
}
