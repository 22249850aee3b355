/// Which days are worked: a calendar of stated years, counted once so that every question is one look-up.

/// What the language asks of a calendar.
public enum BusinessFunction: UInt8, Sendable {
  /// Whether a day is worked.
  case isBusinessDay
  /// The number of business days from one day to another.
  case between
  /// The day so many business days later.
  case add
  /// The day so many business days before.
  case subtract
}

/// A calendar that knows every day from its first to its last, and none beside them.
public struct BusinessCalendar: Sendable {
  /// Days that one calendar may cover: two hundred years.
  public static let longest = 73_050

  /// The first day that it knows.
  public let first: Day
  /// The last day that it knows.
  public let last: Day
  /// For each day how many business days lie before it; one more entry for the end.
  private let before: [Int32]
  /// The business days, rising.
  private let days: [Int32]

  /// Makes a calendar of the days from `first` to `last`.
  public init(from first: Day, until last: Day, isBusinessDay: (Day) -> Bool) {
    self.first = first
    self.last = last
    var before: [Int32] = []
    var days: [Int32] = []
    for number in first.number..<max(first.number, last.number) + 1 {
      before.append(Int32(days.count))
      if isBusinessDay(Day(number: number)) { days.append(Int32(number)) }
    }
    before.append(Int32(days.count))
    self.before = before
    self.days = days
  }

  /// Whether a day is worked; nil for a day that it does not know.
  public func isBusinessDay(_ day: Day) -> Bool? {
    guard let index = index(of: day) else { return nil }
    return before[index + 1] > before[index]
  }

  /// The business days after one day up to and with another, negative when that is earlier.
  public func businessDays(from: Day, to: Day) -> Int? {
    guard let start = index(of: from), let end = index(of: to) else { return nil }
    return Int(before[end + 1]) - Int(before[start + 1])
  }

  /// The business day so many later (earlier when negative); 0 is the day itself.
  ///
  /// Nil when a day lies beyond the years that the calendar covers.
  public func adding(_ count: Int, to day: Day) -> Day? {
    guard let index = index(of: day) else { return nil }
    if count == 0 { return day }
    let known = count > 0 ? Int(before[index + 1]) - 1 : Int(before[index])
    let (place, overflow) = known.addingReportingOverflow(count)
    guard !overflow, days.indices.contains(place) else { return nil }
    return Day(number: Int(days[place]))
  }

  private func index(of day: Day) -> Int? {
    day < first || day > last ? nil : day.number - first.number
  }

  /// The value of a function; nil when a day lies beyond the calendar.
  func value(_ function: BusinessFunction, _ a: Slot, _ b: Slot) -> Slot? {
    switch function {
    case .isBusinessDay: return isBusinessDay(a.day).map { Slot($0) }
    case .between: return businessDays(from: a.day, to: b.day).map { Slot(Decimal($0)) }
    case .add, .subtract:
      guard let count = DateFunction.whole(b) else { return nil }
      return adding(function == .add ? count : -count, to: a.day).map { Slot(index: $0.number) }
    }
  }
}
