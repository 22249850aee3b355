/// An authority matrix as an aligned table, a file for spreadsheets, and a page.
import PolicyAnalysis
import PolicyReport
import PolicySource

/// Turns a matrix into what is written.
struct MatrixTable {
  let matrix: Matrix
  let catalog: Catalog

  /// How wide a table of steps side by side may be; a wider one has the steps below each other.
  private static let widest = 120
  private static let widestCell = 44

  private func say(_ phrase: Phrase) -> String { phrase.text(in: catalog) }

  private func half(_ label: String) -> String {
    BilingualLabel.half(of: label, in: catalog.language)
  }

  // MARK: Cells

  private var heads: [String] {
    matrix.columns.map { column in
      matrix.isOfApproval ? half(column.label) : say(MatrixMessages.figure(column.name))
    }
  }

  /// The post is named where the step is not called like it.
  private func words(_ cell: Matrix.Cell?, under head: String?) -> String {
    switch cell {
    case nil: return "-"
    case .figure(let words): return words
    case .step(let by, let act):
      let post = half(by)
      let act = MatrixMessages.act(act)
      return say(post == head ? act : MatrixMessages.cell(post, act))
    }
  }

  private func words(_ region: [Phrase]) -> Phrase {
    guard let first = region.first else { return MatrixMessages.everywhere }
    return region.dropFirst().reduce(first) { "\($0), \($1)" }
  }

  private var comma: String { catalog.language == .chinese ? "，" : "," }

  /// The regions of a row, each on lines of its own.
  private func regions(_ row: Matrix.Row) -> [String] {
    var lines: [String] = []
    for (number, region) in row.regions.enumerated() {
      let phrases = region.isEmpty ? [MatrixMessages.everywhere] : region
      var line = ""
      for (place, phrase) in phrases.enumerated() {
        let words = say(number > 0 && place == 0 ? MatrixMessages.orElse(phrase) : phrase)
        if line.isEmpty {
          line = words
        } else if DisplayWidth.of(line) + DisplayWidth.of(words) < Self.widestCell {
          line += (comma == "," ? ", " : comma) + words
        } else {
          lines.append(line + comma)
          line = "  " + words
        }
      }
      lines.append(line)
    }
    if !row.isWhole { lines.append(say(MatrixMessages.andMore)) }
    return lines
  }

  // MARK: Text

  /// The table with what it leaves open.
  var text: String {
    var text = "\(matrix.decision): \(half(matrix.label))\n"
    if matrix.rows.isEmpty {
      text += say(MatrixMessages.noRow) + "\n"
    } else {
      let wide = Self.aligned(sideBySide)
      let turned = Self.aligned(belowEachOther)
      text += wide.width <= Self.widest || turned.width >= wide.width ? wide.text : turned.text
    }
    for line in open { text += say(line) + "\n" }
    return text
  }

  private var open: [Phrase] {
    var lines: [Phrase] = []
    if !matrix.isWhole, !matrix.rows.isEmpty { lines.append(MatrixMessages.notAll) }
    if !matrix.open.isEmpty {
      lines.append(
        MatrixMessages.notAnalysed(matrix.open.map { "`\($0)`" }.joined(separator: ", ")))
    }
    return lines
  }

  /// A line for each row of the matrix.
  private var sideBySide: [[[String]]] {
    var grid: [[[String]]] = [[[say(MatrixMessages.whenever)]] + heads.map { [$0] }]
    for row in matrix.rows {
      let cells = zip(heads, row.cells).map { [words($1, under: $0)] }
      grid.append([regions(row)] + cells)
    }
    return grid
  }

  /// A line for each step.
  private var belowEachOther: [[[String]]] {
    let names = matrix.isOfApproval ? say(MatrixMessages.step) : ""
    var grid: [[[String]]] = [[[names]] + matrix.rows.map(regions)]
    for (place, head) in heads.enumerated() {
      grid.append([[head]] + matrix.rows.map { [words($0.cells[place], under: head)] })
    }
    return grid
  }

  /// Columns under each other, a line below the heads.
  private static func aligned(_ grid: [[[String]]]) -> (text: String, width: Int) {
    let count = grid.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      grid.flatMap { $0.indices.contains(column) ? $0[column] : [] }.map(DisplayWidth.of).max() ?? 0
    }
    var text = ""
    for (number, row) in grid.enumerated() {
      for line in 0..<(row.map(\.count).max() ?? 0) {
        var out = ""
        for (column, cell) in row.enumerated() {
          let words = cell.indices.contains(line) ? cell[line] : ""
          let padding = widths[column] - DisplayWidth.of(words)
          out += words + String(repeating: " ", count: padding) + "  "
        }
        while out.last == " " { out.removeLast() }
        text += out + "\n"
      }
      if number == 0 {
        text += widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ") + "\n"
      }
    }
    return (text, widths.reduce(0, +) + 2 * max(count - 1, 0))
  }

  // MARK: CSV

  /// One line per region (RFC 4180).
  func csv(mark: Bool) -> String {
    var lines = [[say(MatrixMessages.row), say(MatrixMessages.whenever)] + heads]
    for (number, row) in matrix.rows.enumerated() {
      for region in row.regions {
        lines.append(
          ["\(number + 1)", say(words(region))]
            + row.cells.map { $0 == nil ? "" : words($0, under: nil) })
      }
    }
    let text = lines.map { $0.map(Self.field).joined(separator: ",") + "\r\n" }.joined()
    return (mark ? "\u{FEFF}" : "") + text
  }

  private static func field(_ text: String) -> String {
    guard text.utf8.contains(where: { [0x2C, 0x22, 0x0D, 0x0A].contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  // MARK: Page

  /// One page that needs nothing else.
  var html: String { model.page(of: matrix.label, in: catalog) }

  /// The matrix as pages show it.
  var model: MatrixModel {
    let bands = matrix.rows.compactMap(\.band)
    let isBanded = bands.count == matrix.rows.count && Set(bands.map(\.fact)).count == 1
    var model = MatrixModel(
      decision: matrix.decision,
      axis: isBanded ? bands.first.map { .verbatim(half($0.label)) } : nil,
      columns: zip(matrix.columns, heads).map { column, head in
        MatrixModel.Column(matrix.isOfApproval ? column.label : head)
      },
      groups: [MatrixModel.Group(rows: matrix.rows.map { row($0, isBanded) })])
    model.notAnalysed = open
    return model
  }

  private func row(_ row: Matrix.Row, _ isBanded: Bool) -> MatrixModel.Row {
    func bound(_ bound: Matrix.Band.Bound?) -> MatrixModel.Bound? {
      bound.map { .init($0.words, isIncluded: $0.isIncluded) }
    }
    let band = row.band.map { MatrixModel.Band(from: bound($0.low), to: bound($0.high)) }
    let cells = zip(heads, row.cells).map { head, cell -> Phrase? in
      cell.map { .verbatim(words($0, under: head)) }
    }
    return MatrixModel.Row(
      SourceMessages.list(row.regions.map(words), last: .semicolon), band: isBanded ? band : nil,
      cells: cells)
  }
}
