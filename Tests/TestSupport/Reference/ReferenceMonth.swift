/// The reference's own months and times: a year and a month, an hour and a minute, counted step by step.
import PolicyRuntime

/// A month of the years 1 to 9999.
struct ReferenceMonth: Hashable, Comparable, Sendable {
  let year: Int
  let month: Int

  init(year: Int, month: Int) {
    self.year = year
    self.month = month
  }

  init(_ date: ReferenceDate) { self.init(year: date.year, month: date.month) }

  /// Takes over the month of a literal.
  init(literal: Month) { self.init(ReferenceDate(literal: literal.firstDay)) }

  /// Reads `2026-04`.
  init?(text: String) {
    guard let date = ReferenceDate(text: text + "-01") else { return nil }
    self.init(date)
  }

  static func < (a: ReferenceMonth, b: ReferenceMonth) -> Bool {
    (a.year, a.month) < (b.year, b.month)
  }

  /// Years are stepped over one at a time.
  func adding(months: Int) -> ReferenceMonth? {
    ReferenceDate(year: year, month: month, day: 1).adding(months: months).map {
      ReferenceMonth($0)
    }
  }

  /// The months from this one to another.
  func months(to other: ReferenceMonth) -> Int {
    (other.year - year) * 12 + other.month - month
  }

  var quarter: Int { [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4][month - 1] }

  var halfYear: Int { month < 7 ? 1 : 2 }

  func day(_ day: Int) -> ReferenceDate? {
    guard day >= 1, day <= 31 else { return nil }
    return ReferenceDate(
      year: year, month: month, day: min(day, ReferenceDate.length(month, of: year)))
  }

  var firstDay: ReferenceDate { ReferenceDate(year: year, month: month, day: 1) }

  var lastDay: ReferenceDate { firstDay.endOfMonth }

  /// `2026-04`.
  var text: String { String(firstDay.text.dropLast(3)) }
}

/// A time of the day.
struct ReferenceTime: Hashable, Comparable, Sendable {
  let hour: Int
  let minute: Int

  /// Takes over the time of a literal.
  init(literal: TimeOfDay) {
    hour = literal.minutes / 60
    minute = literal.minutes % 60
  }

  /// Reads `09:00`.
  init?(text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
      text.utf8.allSatisfy({ $0 == 0x3A || (0x30...0x39).contains($0) }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), hour <= 23, minute <= 59
    else { return nil }
    self.hour = hour
    self.minute = minute
  }

  static func < (a: ReferenceTime, b: ReferenceTime) -> Bool {
    (a.hour, a.minute) < (b.hour, b.minute)
  }

  /// `09:00`.
  var text: String {
    [hour, minute].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
