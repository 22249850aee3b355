/// Reads a cell of a CSV file as the cell or value of a table: the same syntax as a row in a policy, after
/// the ways of spreadsheets (`1,234.00`, `¥5`, `2026/1/2`, full-width digits) are put into the language's own.
public import PolicySource

/// What a column of a sheet holds, as far as the form of its cells goes.
public enum CellForm: Sendable, Equatable {
  /// Text or Person: the cell is the text, without quotes of its own.
  case text
  case number
  /// Amounts; `mark` is the currency that `¥` stands for.
  case money(mark: String)
  case percent, date, bool
  /// A member or a post.
  case word

  var words: Phrase {
    switch self {
    case .text: "a text"
    case .number: "a number"
    case .money: "an amount"
    case .percent: "a percentage"
    case .date: "a day"
    case .bool: "`true` or `false`"
    case .word: "a word"
    }
  }

  var help: Phrase? {
    switch self {
    case .text: "texts with quotes are written as in a policy"
    case .number: "such as `1234.5` or `1,234.5`"
    case .money: "such as `1,234.00` or `1,234.00 CNY`"
    case .percent: "such as `5%`"
    case .date: "such as `2026-01-02` or `2026/1/2`"
    case .bool, .word: nil
    }
  }
}

/// Reads cells.
public enum CellReader {
  /// A key cell: `-`, or tests as in a policy; nil when it was reported.
  public static func key(
    _ cell: SheetTree.Cell, _ form: CellForm, _ found: inout DiagnosticList
  ) -> TableTree.Cell? {
    guard let text = language(cell, form, isKey: true, &found) else { return nil }
    if text == "-" { return .any(cell.range) }
    if form == .text, !isQuoted(text) {
      return .tests([.equals(plain(text, cell.range))], negated: false, cell.range)
    }
    var parser = Parser(SourceFile(name: "", bytes: Array(text.utf8)), cell.range.file)
    let tree = parser.parseCell()
    guard parser.raw.kind == .end, !parser.recovering, !parser.diagnostics.hasErrors else {
      found.add(SheetMessages.badCell(cell.text, form, at: cell.range))
      return nil
    }
    return placed(tree, cell.range)
  }

  /// A value cell: a literal or member; nil when it was reported.
  public static func value(
    _ cell: SheetTree.Cell, _ form: CellForm, _ found: inout DiagnosticList
  ) -> ExpressionTree? {
    guard let text = language(cell, form, isKey: false, &found) else { return nil }
    if form == .text, !isQuoted(text) { return plain(text, cell.range) }
    var parser = Parser(SourceFile(name: "", bytes: Array(text.utf8)), cell.range.file)
    let tree = parser.parseExpression()
    guard isLiteral(tree, form), parser.raw.kind == .end, !parser.recovering,
      !parser.diagnostics.hasErrors
    else {
      found.add(SheetMessages.badCell(cell.text, form, at: cell.range))
      return nil
    }
    return placed(tree, cell.range)
  }

  /// The cell in the language's own spelling; nil when it was reported.
  private static func language(
    _ cell: SheetTree.Cell, _ form: CellForm, isKey: Bool, _ found: inout DiagnosticList
  ) -> String? {
    var text = cell.text
    if text.hasPrefix("'") { text = SheetReader.trimmed(String(text.dropFirst())) }
    if text.isEmpty {
      found.add(SheetMessages.emptyCell(isKey: isKey, at: cell.range))
      return nil
    }
    if let damage = CellDamage.diagnostic(text, form, at: cell.range) {
      found.add(damage)
      return nil
    }
    if form == .text { return text }
    var speller = CellSpeller(text, form, isKey: isKey)
    switch speller.spell() {
    case .fine: return speller.result
    case .ambiguous(let joined):
      found.add(SheetMessages.ambiguousNumber(cell.text, joined: joined, at: cell.range))
    case .dayOrMonth: found.add(SheetMessages.dayOrMonth(cell.text, at: cell.range))
    case .inParentheses: found.add(SheetMessages.inParentheses(cell.text, at: cell.range))
    case .bad: found.add(SheetMessages.badCell(cell.text, form, at: cell.range))
    }
    return nil
  }

  /// Whether the cell is a value written out; whether it is one of the right type, the checker says.
  private static func isLiteral(_ tree: ExpressionTree, _ form: CellForm) -> Bool {
    switch tree.kind {
    // A bare `5` may mean 5 % or 500 %.
    case .number: form != .percent
    case .percent, .money, .date, .month, .time, .bool, .text: true
    case .negate(let inner): isLiteral(inner, form)
    case .name: form == .word
    default: false
    }
  }

  /// Whether the cell of a text column is written as texts of a policy: `"A", "B"` or `not "A"`.
  private static func isQuoted(_ text: String) -> Bool {
    text.hasPrefix("\"") || text.hasPrefix("not \"")
  }

  private static func plain(_ text: String, _ range: SourceRange) -> ExpressionTree {
    ExpressionTree(.text(TextTree([.letters(text)], range)), range)
  }

  // MARK: Places

  /// The tree with the range of its cell everywhere.
  private static func placed(_ cell: TableTree.Cell, _ range: SourceRange) -> TableTree.Cell {
    switch cell {
    case .any: return .any(range)
    case .tests(let tests, let negated, _):
      let moved = tests.map { test -> TableTree.UnaryTest in
        switch test {
        case .equals(let value): .equals(placed(value, range))
        case .compare(let comparison, let value): .compare(comparison, placed(value, range))
        case .range(let low, let high, let inclusive):
          .range(placed(low, range), placed(high, range), inclusive: inclusive)
        }
      }
      return .tests(moved, negated: negated, range)
    }
  }

  static func placed(_ tree: ExpressionTree, _ range: SourceRange) -> ExpressionTree {
    switch tree.kind {
    case .name(let name): ExpressionTree(.name(Name(name.text, range)), range)
    case .money(let digits, let currency):
      ExpressionTree(.money(digits, currency: Name(currency.text, range)), range)
    case .negate(let inner): ExpressionTree(.negate(placed(inner, range)), range)
    case .text(let text): ExpressionTree(.text(TextTree(text.parts, range)), range)
    default: ExpressionTree(tree.kind, range)
    }
  }
}
