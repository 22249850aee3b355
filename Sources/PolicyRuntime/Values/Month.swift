/// Months of the calendar and times of the day, each as one number that compares and adds.

/// A month of a year, such as `2026-04`: `year × 12 + month − 1`.
public struct Month: Hashable, Sendable, Comparable {
  /// Twelve times the year, and the months of the year before this one.
  public var number: Int

  /// 0001-01, the first month that a policy can speak of.
  public static let first = Month(number: 12)
  /// 9999-12.
  public static let last = Month(number: 119_999)

  /// The month of a number; the caller keeps it between `first` and `last`.
  public init(number: Int) { self.number = number }

  /// The month in which a day lies.
  public init(of day: Day) {
    let (year, month, _) = day.parts
    number = year * 12 + month - 1
  }

  /// The month of a year, or nil when there is no such month.
  public init?(year: Int, month: Int) {
    guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
    number = year * 12 + month - 1
  }

  /// Reads `2026-04`; nil for anything else.
  public init?(text: some Collection<UInt8>) {
    guard let day = Day(text: Array(text) + Array("-01".utf8)) else { return nil }
    self.init(of: day)
  }

  /// Whether one comes before the other.
  public static func < (a: Month, b: Month) -> Bool { a.number < b.number }

  /// The year.
  public var year: Int { number / 12 }

  /// 1 for January to 12 for December.
  public var month: Int { number % 12 + 1 }

  /// The month so many months later, or nil outside the years 1 to 9999.
  public func adding(months: Int) -> Month? {
    let (total, overflow) = number.addingReportingOverflow(months)
    guard !overflow, total >= Self.first.number, total <= Self.last.number else { return nil }
    return Month(number: total)
  }

  /// Its first day.
  public var firstDay: Day { Day(year: year, month: month, day: 1) ?? .first }

  /// Its last day.
  public var lastDay: Day { firstDay.endOfMonth }

  /// Day 1 to 31 of it; a day that it does not have is its last one, nil for any other number.
  public func day(_ day: Int) -> Day? {
    guard (1...31).contains(day) else { return nil }
    return Day(
      year: year, month: month, day: min(day, Day.length(ofMonth: month, year: year)))
  }

  /// `2026-04`.
  public var text: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `2026-04`.
  public func write<Sink: ByteSink & ~Copyable>(to out: inout Sink) {
    var bytes: [UInt8] = []
    firstDay.write(to: &bytes)
    for byte in bytes.dropLast(3) { out.append(byte) }
  }
}

/// A time of the day to the minute, such as `09:00`.
public struct TimeOfDay: Hashable, Sendable, Comparable {
  /// Minutes since midnight, below 1440.
  public var minutes: Int

  /// The time of a number of minutes; the caller keeps it within the day.
  public init(minutes: Int) { self.minutes = minutes }

  /// Reads `09:00`; nil for anything else.
  public init?(text: some Collection<UInt8>) {
    let bytes = Array(text)
    guard bytes.count == 5, bytes[2] == 0x3A else { return nil }
    var digits: [Int] = []
    for index in [0, 1, 3, 4] {
      guard (0x30...0x39).contains(bytes[index]) else { return nil }
      digits.append(Int(bytes[index] - 0x30))
    }
    let (hour, minute) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
    guard hour < 24, minute < 60 else { return nil }
    minutes = hour * 60 + minute
  }

  /// Whether one comes before the other.
  public static func < (a: TimeOfDay, b: TimeOfDay) -> Bool { a.minutes < b.minutes }

  /// `09:00`.
  public var text: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `09:00`.
  public func write<Sink: ByteSink & ~Copyable>(to out: inout Sink) {
    let (hour, minute) = (minutes / 60, minutes % 60)
    out.append(0x30 + UInt8(truncatingIfNeeded: hour / 10))
    out.append(0x30 + UInt8(truncatingIfNeeded: hour % 10))
    out.append(0x3A)
    out.append(0x30 + UInt8(truncatingIfNeeded: minute / 10))
    out.append(0x30 + UInt8(truncatingIfNeeded: minute % 10))
  }
}
