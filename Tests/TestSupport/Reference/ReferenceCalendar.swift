/// Business days and rates in the reference: one day after the other, one line after the other.
import PolicyCompiler
import PolicyRuntime

/// The days of a calendar, one by one.
struct ReferenceCalendar {
  let calendar: TypedCalendar

  init(_ set: TypedSet, _ reference: Reference) {
    calendar = set.policies[reference.policy].calendars[reference.index]
  }

  /// Whether a day is worked; nil when the calendar does not know it.
  func isBusinessDay(_ day: ReferenceDate) -> Bool? {
    guard day >= ReferenceDate(literal: calendar.from),
      day <= ReferenceDate(literal: calendar.until)
    else { return nil }
    for line in calendar.lines
    where day >= ReferenceDate(literal: line.from) && day <= ReferenceDate(literal: line.until) {
      return !line.isHoliday
    }
    return !calendar.weekend.contains(day.weekday)
  }

  /// Counts the days worked after the earlier day, up to and with the later one.
  func days(from: ReferenceDate, to: ReferenceDate) -> Int? {
    if to < from { return days(from: to, to: from).map { -$0 } }
    guard isBusinessDay(from) != nil, isBusinessDay(to) != nil else {
      return nil
    }
    var count = 0
    var day = from
    while day < to {
      guard let next = day.adding(days: 1) else { return nil }
      day = next
      if isBusinessDay(day) == true { count += 1 }
    }
    return count
  }

  /// Walks from day to day until so many worked ones are behind.
  func step(_ start: ReferenceDate, _ count: Int) -> ReferenceDate? {
    var day = start
    var left = abs(count)
    guard isBusinessDay(day) != nil else { return nil }
    while left > 0 {
      guard let next = day.adding(days: count > 0 ? 1 : -1),
        let works = isBusinessDay(next)
      else { return nil }
      day = next
      if works { left -= 1 }
    }
    return day
  }
}

extension ReferenceRun {
  func business(
    _ function: BusinessFunction, _ reference: Reference, _ operands: [ReferenceValue]
  ) -> ReferenceValue {
    let calendar = ReferenceCalendar(set, reference)
    let outside = ReferenceValue.error("outside_calendar")
    guard case .date(let day) = operands[0] else { return .error("not_a_date") }
    switch (function, operands.last) {
    case (.isBusinessDay, _): return calendar.isBusinessDay(day).map { .bool($0) } ?? outside
    case (.between, .date(let to)):
      return calendar.days(from: day, to: to).map { .number(BigDecimal($0)) } ?? outside
    case (.add, .number(let count)), (.subtract, .number(let count)):
      guard let whole = count.whole else { return .error("date_out_of_range") }
      let steps = function == .add ? whole : -whole
      return calendar.step(day, steps).map { .date($0) } ?? outside
    default: return .error("not_a_date")
    }
  }

  /// An amount in the currency of some rates; a bare 0 stays as it is.
  func convert(
    _ amount: ReferenceValue, _ day: ReferenceValue, _ reference: Reference
  ) -> ReferenceValue {
    let rates = set.policies[reference.policy].rates[reference.index]
    guard case .money(let value, let currency) = amount, case .date(let day) = day else {
      return .error("not_an_amount")
    }
    guard let currency, currency != rates.currency else { return amount }
    let lines = rates.lines.filter { $0.currency == currency }
    if lines.isEmpty { return .error("unknown_currency") }
    let line = lines.first {
      ReferenceDate(literal: $0.from) <= day && day <= ReferenceDate(literal: $0.until)
    }
    guard let line else { return .error("rate_missing") }
    return value.times(BigDecimal(literal: line.rate)).map { .money($0, rates.currency) }
      ?? .error("overflow")
  }
}
