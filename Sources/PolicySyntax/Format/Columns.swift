/// Lines whose parts stand below each other in columns.

/// Rows of cells; a column is as wide as its widest cell.
struct Columns {
  /// What starts each line, with the comments before it, and the cells.
  var rows: [(start: Layout, cells: [Layout])] = []
  /// What stands between two columns.
  let separator: Layout
  /// The columns in which every row but the first is aligned at its right end, below the first one's left.
  var rightAligned: Set<Int> = []

  /// Columns with so many blanks between them.
  init(space: Int) { separator = .padding(space) }

  /// Columns with a mark between them.
  init(separator: String) { self.separator = .glued(separator) }

  /// The rows, each on a line; comments at their ends stand below each other.
  var layout: Layout {
    let widths = widths(of: rows[...])
    let amounts = rightAligned.isEmpty ? [] : self.widths(of: rows.dropFirst())
    let lines = rows.indices.map { line(at: $0, widths, amounts) }
    let comments = lines.filter(\.hasComment).map(\.width).max() ?? 0
    return .sequence(
      lines.map { line in
        line.hasComment
          ? .sequence(line.layout, .padding(comments - line.width)) : line.layout
      })
  }

  /// A row with its cells in their columns, and how wide it is.
  private func line(
    at place: Int, _ widths: [Int], _ amounts: [Int]
  ) -> (layout: Layout, width: Int, hasComment: Bool) {
    let row = rows[place]
    var cells: [Layout] = []
    let count = row.cells.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
    for (index, cell) in row.cells.prefix(count).enumerated() {
      if index > 0 { cells.append(separator) }
      var width = cell.width
      if place > 0, rightAligned.contains(index) {
        cells.append(.padding(amounts[index] - width))
        width = amounts[index]
      }
      cells.append(cell)
      if index < count - 1 { cells.append(.padding(widths[index] - width)) }
    }
    let line = Layout.sequence(cells)
    return (
      .sequence(row.start, line), line.width, row.cells.contains { $0.endsLine }
    )
  }

  private func widths(of rows: ArraySlice<(start: Layout, cells: [Layout])>) -> [Int] {
    var widths: [Int] = []
    for row in rows {
      for (index, cell) in row.cells.enumerated() {
        if index == widths.count { widths.append(0) }
        widths[index] = max(widths[index], cell.width)
      }
    }
    return widths
  }

  /// The rows on one line, with commas between them.
  var line: Layout {
    var parts: [Layout] = []
    for row in rows {
      if !parts.isEmpty { parts.append(contentsOf: [.glued(","), .space]) }
      for (index, cell) in row.cells.filter({ !$0.isEmpty }).enumerated() {
        if index > 0 { parts.append(.space) }
        parts.append(cell)
      }
    }
    return .sequence(parts)
  }
}
