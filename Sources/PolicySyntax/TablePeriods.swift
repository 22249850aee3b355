/// The period of a row of a dated table: its cells `from` and `until` as one key cell over days.
public import PolicySource

extension TableTree {
  /// The headings of the period, behind the keys.
  public static let periodNames = ["from", "until"]

  /// Both cells as one: days from the first to the last, both included, `-` for an open end.
  ///
  /// Nil when one of them is no day, which was reported.
  public static func period(
    _ from: Cell, _ until: Cell, _ found: inout DiagnosticList
  ) -> Cell? {
    let whole = from.range.union(until.range)
    guard let first = day(from, &found), let last = day(until, &found) else { return nil }
    switch (first, last) {
    case (nil, nil): return .any(whole)
    case (let first?, nil): return .tests([.compare(.greaterOrEqual, first)], negated: false, whole)
    case (nil, let last?): return .tests([.compare(.lessOrEqual, last)], negated: false, whole)
    case (let first?, let last?):
      return .tests([.range(first, last, inclusive: true)], negated: false, whole)
    }
  }

  /// The day of a cell: nil inside for `-`, nil outside when it is something else.
  private static func day(_ cell: Cell, _ found: inout DiagnosticList) -> ExpressionTree?? {
    switch cell {
    case .any: return .some(nil)
    case .tests(let tests, false, _):
      if tests.count == 1, case .equals(let value) = tests[0] {
        switch value.kind {
        case .date, .missing: return value
        default: break
        }
      }
    default: break
    }
    found.add(SyntaxMessages.badPeriod(at: cell.range))
    return nil
  }
}

extension TableTree.Cell {
  /// Where the cell stands.
  public var range: SourceRange {
    switch self {
    case .any(let range), .tests(_, _, let range): range
    }
  }
}
