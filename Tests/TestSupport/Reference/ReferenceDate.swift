/// The reference's own calendar: a day is a year, a month and a day of the month; days are counted one
/// year and one month after the other.
import PolicyRuntime

/// A day of the years 1 to 9999.
struct ReferenceDate: Hashable, Comparable, Sendable {
  let year: Int
  let month: Int
  let day: Int

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Takes over the day of a literal or a request: day 0 is 1970-01-01, which is day 719163 of the count.
  init(literal: Day) {
    self = Self.counted(literal.number + 719_163) ?? ReferenceDate(year: 1, month: 1, day: 1)
  }

  /// Reads `2026-11-21`.
  init?(text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
      text.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      year >= 1, (1...12).contains(month), (1...Self.length(month, of: year)).contains(day)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  static func < (a: ReferenceDate, b: ReferenceDate) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }

  static func isLeap(_ year: Int) -> Bool {
    year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
  }

  static func length(of year: Int) -> Int { isLeap(year) ? 366 : 365 }

  static func length(_ month: Int, of year: Int) -> Int {
    month == 2 && isLeap(year) ? 29 : [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// How many days lie before a year, by the year; counted one year after the other.
  private static let daysBefore: [Int] = (1..<10_000).reduce(into: [0, 0]) { days, year in
    days.append(days[year] + length(of: year))
  }

  /// The count of days since the beginning of the calendar: 0001-01-01 is 1.
  var count: Int {
    var days = Self.daysBefore[year] + day
    for earlier in 1..<month { days += Self.length(earlier, of: year) }
    return days
  }

  /// The day of a count, or nil outside the years 1 to 9999.
  static func counted(_ count: Int) -> ReferenceDate? {
    guard count >= 1, count <= daysBefore[10_000] else { return nil }
    // A year has 366 days at most: begin where the day may lie, and walk on.
    var year = (count - 1) / 366 + 1
    while daysBefore[year + 1] < count { year += 1 }
    var rest = count - daysBefore[year]
    var month = 1
    while rest > length(month, of: year) {
      rest -= length(month, of: year)
      month += 1
    }
    return ReferenceDate(year: year, month: month, day: rest)
  }

  func adding(days: Int) -> ReferenceDate? {
    abs(days) < 4_000_000 ? Self.counted(count + days) : nil
  }

  /// The same day of the month, or the month's last day when it has no such day.
  func adding(months: Int) -> ReferenceDate? {
    guard abs(months) < 200_000 else { return nil }
    var year = year
    var month = month + months
    while month > 12 { (year, month) = (year + 1, month - 12) }
    while month < 1 { (year, month) = (year - 1, month + 12) }
    guard (1...9999).contains(year) else { return nil }
    return ReferenceDate(year: year, month: month, day: min(day, Self.length(month, of: year)))
  }

  var endOfMonth: ReferenceDate {
    ReferenceDate(year: year, month: month, day: Self.length(month, of: year))
  }

  /// 1 for Monday to 7 for Sunday: 0001-01-01 was a Monday.
  var weekday: Int { (count - 1) % 7 + 1 }

  /// `2026-11-21`.
  var text: String {
    func padded(_ number: Int, _ width: Int) -> String {
      String(repeating: "0", count: width - String(number).count) + String(number)
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}
