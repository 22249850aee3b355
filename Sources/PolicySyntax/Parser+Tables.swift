/// Decision tables: their columns, and rows of cells.
import PolicySource

extension Parser {
  /// `table name ["label"] (key Type, …) -> (col Type, …) [dated] [HIT] [illustrative] { rows }`, or
  /// `from "file.csv" [encoding gbk]` in place of the rows.
  mutating func parseTable() -> TableTree {
    let start = raw.lower
    advance()
    let name = parseName("the table")
    let label = parseLabelIfPresent()
    let keys = recovering ? [] : parseFieldsInParentheses("a key")
    if !recovering, !take(.arrow) {
      fail(
        SyntaxMessages.expectedMark("->", form: "(keys) -> (columns)", found: foundInGap, at: gap))
    }
    let columns = recovering ? [] : parseFieldsInParentheses("a column")
    var tree = TableTree(
      name: name, label: label, keys: keys, columns: columns, hitPolicy: .unique,
      illustrative: false, rows: [], range: range(from: start))
    if recovering { return tree }
    tree.isDated = take(.dated)
    parseHitPolicy(&tree)
    if recovering { return tree }
    tree.illustrative = take(.illustrative)
    if take(.from) {
      tree.sheet = parseSheetClause()
      tree.range = range(from: start)
      refuseRest()
      return tree
    }
    parseRows(of: &tree)
    tree.range = range(from: start)
    return tree
  }

  /// `{ header row, rows }`.
  mutating func parseRows(of tree: inout TableTree) {
    let shape = tree
    let period = tree.isDated ? TableTree.periodNames : []
    let names = tree.keys.map(\.name.text) + period + tree.columns.map(\.name.text)
    var rows: [TableTree.Row] = []
    var hasHeader = false
    parseBraced("table", commas: false) { parser in
      if hasHeader {
        if let row = parser.parseRow(shape) { rows.append(row) }
      } else {
        hasHeader = true
        parser.parseTableHeader(names)
      }
    }
    tree.rows = rows
  }

  /// `unique` (which need not be written), `first`, `collect sum` and the like.
  private mutating func parseHitPolicy(_ tree: inout TableTree) {
    if take(.unique) { return }
    if take(.first) {
      tree.hitPolicy = .first
      return
    }
    guard take(.collect) else { return }
    tree.hitPolicy = .collect
    switch word {
    case .sum: tree.hitPolicy = .sum
    case .min: tree.hitPolicy = .min
    case .max: tree.hitPolicy = .max
    case .count: tree.hitPolicy = .count
    case .illustrative, .from: return
    default:
      if kind == .name {
        fail(
          SyntaxMessages.expectedWord(
            "sum", form: "collect sum", found: foundInGap, at: gap))
      }
      return
    }
    advance()
  }

  /// `"file.csv" [encoding gbk]`, behind `from`.
  mutating func parseSheetClause() -> SheetClause? {
    guard kind == .text else {
      fail(SyntaxMessages.missingText("the name of the file", found: foundInGap, at: gap))
      return nil
    }
    let file = parseText(holes: false)
    guard take(.encoding) else { return SheetClause(file: file, encoding: nil) }
    let name = parseName("the encoding")
    if !name.text.isEmpty, !SheetClause.encodings.contains(name.text) {
      report(
        SyntaxMessages.unknownEncoding(
          name.text, nearest: Suggestion.nearest(to: name.text, in: SheetClause.encodings),
          at: name.range))
    }
    return SheetClause(file: file, encoding: name)
  }

  /// The line that names the keys and columns in their order.
  private mutating func parseTableHeader(_ expected: [String]) {
    var names: [String] = []
    let start = raw.lower
    repeat {
      guard kind == .name else {
        fail(SyntaxMessages.badTableHeader(expected, at: here))
        return
      }
      names.append(takeName().text)
    } while take(.bar)
    if names != expected {
      fail(SyntaxMessages.badTableHeader(expected, at: range(from: start)))
    }
  }

  /// A row; nil when the number of cells is wrong.
  private mutating func parseRow(_ table: TableTree) -> TableTree.Row? {
    let keys = table.keys.count + (table.isDated ? 2 : 0)
    let columns = table.columns.count
    let start = raw.lower
    var cells: [TableTree.Cell] = []
    var values: [ExpressionTree] = []
    repeat {
      if cells.count < keys { cells.append(parseCell()) } else { values.append(parseExpression()) }
    } while !recovering && take(.bar)
    if recovering { return nil }
    let place = range(from: start)
    let found = cells.count + values.count
    if found != keys + columns {
      switch kind {
      case .lineEnd, .rightBrace, .end:
        fail(SyntaxMessages.rowLength(found: found, expected: keys + columns, at: place))
      default: fail(SyntaxMessages.unexpected(self.found, at: here))
      }
      return nil
    }
    if table.isDated {
      let (until, from) = (cells.removeLast(), cells.removeLast())
      guard let period = TableTree.period(from, until, &diagnostics) else { return nil }
      cells.append(period)
    }
    return TableTree.Row(cells: cells, values: values, range: place)
  }

  /// `-`, or tests with commas between them, perhaps behind `not`.
  mutating func parseCell() -> TableTree.Cell {
    let start = raw.lower
    if kind == .minus {
      let next = peek()
      if next.startsLine || next.kind == .bar || next.kind == .rightBrace {
        advance()
        return .any(range(from: start))
      }
    }
    let negated = take(.not)
    var tests: [TableTree.UnaryTest] = []
    repeat { tests.append(parseTest()) } while !recovering && take(.comma)
    return .tests(tests, negated: negated, range(from: start))
  }

  private mutating func parseTest() -> TableTree.UnaryTest {
    switch kind {
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      let comparison = takeComparison()
      return .compare(comparison, parseBinary(Precedence.sum))
    case .equal:
      advance()
      return .equals(parseBinary(Precedence.sum))
    default: break
    }
    let first = parseBinary(Precedence.sum)
    let inclusive = kind == .range
    guard take(.range) || take(.rangeBelow) else { return .equals(first) }
    return .range(first, parseBinary(Precedence.sum), inclusive: inclusive)
  }
}
