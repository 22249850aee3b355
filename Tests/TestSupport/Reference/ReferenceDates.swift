/// Expressions over dates: adding days and months, the days between, the parts of a day.
import PolicyCompiler
import PolicyRuntime

extension ReferenceRun {
  func dateValue(_ expression: TypedExpression, _ scope: ReferenceScope) -> ReferenceValue {
    switch expression.kind {
    case .addDays(let date, let count, let negated):
      return shift(value(date, scope), value(count, scope), negated) { $0.adding(days: $1) }
    case .addMonths(let date, let count, let negated):
      return shift(value(date, scope), value(count, scope), negated) { $0.adding(months: $1) }
    case .daysBetween(let from, let to):
      return .strict([value(from, scope), value(to, scope)]) { operands in
        guard case .date(let first) = operands[0], case .date(let last) = operands[1] else {
          return .error("not_a_date")
        }
        return .number(BigDecimal(last.count - first.count))
      }
    case .datePart(let part, let date):
      return .strict([value(date, scope)]) { operands in
        guard case .date(let date) = operands[0] else { return .error("not_a_date") }
        switch part {
        case .day: return .number(BigDecimal(date.day))
        case .month: return .number(BigDecimal(date.month))
        case .year: return .number(BigDecimal(date.year))
        case .weekday: return .number(BigDecimal(date.weekday))
        case .endOfMonth: return .date(date.endOfMonth)
        }
      }
    default: return .error("no_such_expression")
    }
  }

  /// A fraction of a day or month, or a day outside the calendar, is an error.
  private func shift(
    _ date: ReferenceValue, _ count: ReferenceValue, _ negated: Bool,
    _ move: (ReferenceDate, Int) -> ReferenceDate?
  ) -> ReferenceValue {
    .strict([date, count]) { operands in
      guard case .date(let date) = operands[0], case .number(let count) = operands[1],
        let whole = count.whole, let moved = move(date, negated ? -whole : whole)
      else { return .error("date_out_of_range") }
      return .date(moved)
    }
  }
}
