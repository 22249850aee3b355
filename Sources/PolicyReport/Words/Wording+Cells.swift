/// Cells of tables in words: which values a key may have.
import PolicyCompiler
import PolicyRuntime

extension Wording {
  /// A key cell of a table, or of a register of holders.
  func cell(_ cell: TypedTable.Cell) -> Prose {
    if cell.tests.isEmpty { return cell.negated ? ReportMessages.none : ReportMessages.any }
    let tests = cell.tests.map(test).or
    return cell.negated ? ReportMessages.notCell(tests) : tests
  }

  private func test(_ test: TypedTable.Test) -> Prose {
    switch test {
    case .equals(let value): constant(value)
    case .less(let value): ReportMessages.upper(constant(value), inclusive: false)
    case .lessOrEqual(let value): ReportMessages.upper(constant(value), inclusive: true)
    case .greater(let value): ReportMessages.lower(constant(value), inclusive: false)
    case .greaterOrEqual(let value): ReportMessages.lower(constant(value), inclusive: true)
    case .range(let from, let to, let inclusive):
      ReportMessages.range(constant(from), constant(to), inclusive: inclusive)
    }
  }
}
