/// The Gregorian calendar as arithmetic on day numbers (day 0 is 1970-01-01), years 1 to 9999.
///
/// Conversions follow the era method of Howard Hinnant's "chrono-compatible low-level date algorithms":
/// a year that begins in March puts the leap day last.

/// A day as a number of days since 1970-01-01.
public struct Day: Hashable, Sendable, Comparable {
  /// Days since 1970-01-01, negative before.
  public var number: Int

  /// The first and last day that a policy can speak of: 0001-01-01 and 9999-12-31.
  public static let first = Day(number: -719_162)
  /// 9999-12-31.
  public static let last = Day(number: 2_932_896)

  /// The day of a day number; the caller keeps it between `first` and `last`.
  public init(number: Int) { self.number = number }

  /// Whether one comes before the other.
  public static func < (a: Day, b: Day) -> Bool { a.number < b.number }

  /// The day of a year, month and day of month, or nil when there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.length(ofMonth: month, year: year)
    else { return nil }
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = era * 146_097 + dayOfEra - 719_468
  }

  /// Reads `2026-11-21`; nil for anything else.
  public init?(text: some Collection<UInt8>) {
    let bytes = Array(text)
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
    func digits(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard let year = digits(0..<4), let month = digits(5..<7), let day = digits(8..<10) else {
      return nil
    }
    self.init(year: year, month: month, day: day)
  }

  /// How many days a month has.
  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Year, month and day of month.
  public var parts: (year: Int, month: Int, day: Int) {
    let z = number + 719_468
    let era = z / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// The day so many days later, or nil outside the years 1 to 9999.
  public func adding(days: Int) -> Day? {
    let (result, overflow) = number.addingReportingOverflow(days)
    guard !overflow, result >= Self.first.number, result <= Self.last.number else { return nil }
    return Day(number: result)
  }

  /// The same day of month so many months later, clamped to the month's last day; nil outside the years.
  public func adding(months: Int) -> Day? {
    let (year, month, day) = parts
    let (total, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
    guard !overflow, total >= 12, total < 120_000 else { return nil }
    let (newYear, newMonth) = (total / 12, total % 12 + 1)
    return Day(
      year: newYear, month: newMonth, day: min(day, Self.length(ofMonth: newMonth, year: newYear)))
  }

  /// The last day of the month.
  public var endOfMonth: Day {
    let (year, month, day) = parts
    return Day(number: number + Self.length(ofMonth: month, year: year) - day)
  }

  /// 1 for Monday to 7 for Sunday (ISO 8601).
  public var weekday: Int { (number + 719_162) % 7 + 1 }

  /// `2026-11-21`.
  public var text: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `2026-11-21`.
  public func write<Sink: ByteSink & ~Copyable>(to out: inout Sink) {
    let (year, month, day) = parts
    func digit(_ value: Int) -> UInt8 { 0x30 + UInt8(truncatingIfNeeded: value % 10) }
    out.append(digit(year / 1000))
    out.append(digit(year / 100))
    out.append(digit(year / 10))
    out.append(digit(year))
    out.append(0x2D)
    out.append(digit(month / 10))
    out.append(digit(month))
    out.append(0x2D)
    out.append(digit(day / 10))
    out.append(digit(day))
  }
}
