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
    case .datePart(let part, let operand):
      return .strict([value(operand, scope)]) { operands in
        switch operands[0] {
        case .date(let date): return self.part(part, of: date)
        case .month(let month): return self.part(part, of: month)
        default: return .error("not_a_date")
        }
      }
    case .business(let function, let calendar, let a, let b):
      let operands = [value(a, scope)] + (b.map { [value($0, scope)] } ?? [])
      return .strict(operands) { self.business(function, calendar, $0) }
    case .convert(let amount, let rates, let day):
      let on = day.map { value($0, scope) } ?? .date(asOf)
      return .strict([value(amount, scope), on]) { self.convert($0[0], $0[1], rates) }
    case .patternPart(let part, let text, let pattern):
      return .strict([value(text, scope)]) { operands in
        guard case .text(let text) = operands[0],
          let reading = ReferencePattern(pattern).read(text)
        else { return .error("date_out_of_range") }
        switch part {
        case .date: return reading.date.map { .date($0) } ?? .error("no_date")
        case .serial: return reading.serial.map { .number($0) } ?? .error("no_serial")
        }
      }
    case .dateFunction(let function, let a, let b):
      return .strict([value(a, scope), value(b, scope)]) { self.apply(function, $0[0], $0[1]) }
    default: return .error("no_such_expression")
    }
  }

  private func part(_ part: TypedExpression.DatePart, of date: ReferenceDate) -> ReferenceValue {
    switch part {
    case .day: .number(BigDecimal(date.day))
    case .weekday: .number(BigDecimal(date.weekday))
    case .endOfMonth: .date(date.endOfMonth)
    case .monthOf: .month(ReferenceMonth(date))
    case .endOfQuarter:
      .date(
        ReferenceMonth(year: date.year, month: ReferenceMonth(date).quarter * 3).lastDay)
    default: self.part(part, of: ReferenceMonth(date))
    }
  }

  private func part(_ part: TypedExpression.DatePart, of month: ReferenceMonth) -> ReferenceValue {
    switch part {
    case .month: .number(BigDecimal(month.month))
    case .year: .number(BigDecimal(month.year))
    case .quarter: .number(BigDecimal(month.quarter))
    case .halfYear: .number(BigDecimal(month.halfYear))
    case .firstDay: .date(month.firstDay)
    case .lastDay: .date(month.lastDay)
    default: .error("not_a_month")
    }
  }

  private func apply(
    _ function: DateFunction, _ a: ReferenceValue, _ b: ReferenceValue
  ) -> ReferenceValue {
    let out = ReferenceValue.error("date_out_of_range")
    switch (function, a, b) {
    case (.addToMonth, .month(let month), .number(let count)):
      return count.whole.flatMap { month.adding(months: $0) }.map { .month($0) } ?? out
    case (.subtractFromMonth, .month(let month), .number(let count)):
      return count.whole.flatMap { month.adding(months: -$0) }.map { .month($0) } ?? out
    case (.monthsBetween, .month(let from), .month(let to)):
      return .number(BigDecimal(from.months(to: to)))
    case (.dayOfMonth, .number(let day), .month(let month)):
      return day.whole.flatMap { month.day($0) }.map { .date($0) } ?? out
    default: return .error("not_a_month")
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
