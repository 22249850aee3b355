/// Decision tables: their heads on one line, their rows in columns.
import PolicySource

extension Formatter {
  /// `table name ["label"] (key Type, …) -> (column Type, …) … { rows }`.
  mutating func table(_ tree: TableTree, until end: Int32) -> Layout {
    var head = [take(), .space, take()]
    if let label = tree.label, isBefore(label.range.upper) {
      head.append(contentsOf: [.space, take()])
    }
    let fields = (tree.keys + tree.columns).flatMap { Self.expressions(of: $0) }
    if kind == .leftParenthesis { head.append(contentsOf: [.space, list(fields)]) }
    if isBefore(opening(before: end)) {
      head.append(contentsOf: [.space, run(until: opening(before: end), fields)])
    }
    let line = Layout.unbroken(.sequence(head))
    return kind == .leftBrace ? .sequence(line, .space, rows(tree)) : line
  }

  /// `holders { rows }`, `delegations from "file.csv"`.
  mutating func register(_ tree: RegisterTree, until end: Int32) -> Layout {
    var head = take()
    if kind == .leftParenthesis {
      head = .sequence(head, .space, list(tree.scope.flatMap { Self.expressions(of: $0) }))
    }
    if kind == .leftBrace { return .sequence(head, .space, rows(tree.table)) }
    return isBefore(end) ? .sequence(head, .space, run(until: end)) : head
  }

  /// `hierarchy name ["label"] { rows }`, `hierarchy name from "file.csv"`.
  mutating func hierarchy(_ tree: HierarchyTree, until end: Int32) -> Layout {
    let head = run(until: opening(before: end))
    return kind == .leftBrace ? .sequence(head, .space, rows(tree.table)) : head
  }

  /// `{ header and rows }`.
  private mutating func rows(_ tree: TableTree) -> Layout {
    let old = mayBreak
    mayBreak = false
    defer { mayBreak = old }
    let open = take()
    var columns = Columns(separator: " | ")
    var rest = tree.rows[...]
    while kind != .rightBrace, kind != .end {
      let first = position
      let start = startLine(first: columns.rows.isEmpty)
      var expressions: [ExpressionTree] = []
      if let row = rest.first, row.range.lower == raw.lower {
        expressions = Self.expressions(of: row)
        rest.removeFirst()
      }
      columns.rows.append((start, cells(expressions)))
      if position == first { columns.rows.append((.empty, [take()])) }
    }
    columns.rightAligned = Self.amounts(in: tree)
    let dangling = startLine(first: columns.rows.isEmpty)
    return .sequence(
      open, .indented(.sequence(columns.layout, dangling)), .hardLine(), take())
  }

  /// The cells of a line, without the marks between them; comments at those marks stay.
  private mutating func cells(_ expressions: [ExpressionTree]) -> [Layout] {
    var cells: [Layout] = []
    while true {
      var cell = run(until: endOfCell(), expressions)
      guard kind == .bar, !raw.startsLine else { return cells + [cell] }
      cell = .sequence(cell, drop())
      cells.append(cell)
    }
  }

  /// The offset of the `|` behind the cell, or of the next line.
  private func endOfCell() -> Int32 {
    var place = position
    var open = 0
    while tokens[place].kind != .end {
      let token = tokens[place]
      if open == 0, token.startsLine, place > position { break }
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace: open += 1
      case .rightParenthesis, .rightBracket, .rightBrace:
        if open == 0 { return token.lower }
        open -= 1
      case .bar where open == 0: return token.lower
      default: break
      }
      place += 1
    }
    return tokens[place].lower
  }

  /// The expressions in the cells of a row.
  private static func expressions(of row: TableTree.Row) -> [ExpressionTree] {
    let tests = row.cells.flatMap { cell in
      switch cell {
      case .any: return [TableTree.UnaryTest]()
      case .tests(let tests, _, _): return tests
      }
    }
    let bounds = tests.flatMap { test in
      switch test {
      case .equals(let value): return [value]
      case .compare(_, let bound): return [bound]
      case .range(let low, let high, _): return [low, high]
      }
    }
    return bounds + row.values
  }

  /// The columns in which every row has an amount; these stand below each other at their last digits.
  private static func amounts(in tree: TableTree) -> Set<Int> {
    var result: Set<Int> = []
    for index in tree.columns.indices {
      let values = tree.rows.compactMap { $0.values.count > index ? $0.values[index] : nil }
      if !values.isEmpty, values.allSatisfy(isAmount) { result.insert(tree.keys.count + index) }
    }
    for index in tree.keys.indices {
      let cells = tree.rows.compactMap { $0.cells.count > index ? $0.cells[index] : nil }
      if !cells.isEmpty, cells.allSatisfy(isAmount) { result.insert(index) }
    }
    return result
  }

  private static func isAmount(_ cell: TableTree.Cell) -> Bool {
    guard case .tests(let tests, negated: false, _) = cell, tests.count == 1,
      case .equals(let value) = tests[0]
    else { return false }
    return isAmount(value)
  }

  private static func isAmount(_ tree: ExpressionTree) -> Bool {
    switch tree.kind {
    case .number, .percent, .money: return true
    case .negate(let inner): return isAmount(inner)
    default: return false
    }
  }
}
