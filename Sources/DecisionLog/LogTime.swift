/// The time of a record: microseconds since 1970, written in UTC.

/// A moment, to the microsecond.
public struct LogTime: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Microseconds since 1970-01-01T00:00:00Z.
  public let microseconds: Int64

  /// Makes a moment; what lies outside the years 1 to 9999 becomes their first or last moment.
  public init(microseconds: Int64) {
    self.microseconds = min(max(microseconds, Self.earliest), Self.latest)
  }

  private static let earliest: Int64 = -62_135_596_800_000_000
  private static let latest: Int64 = 253_402_300_799_999_999
  private static let microsecondsPerDay: Int64 = 86_400_000_000

  /// The earlier moment is smaller.
  public static func < (first: LogTime, second: LogTime) -> Bool {
    first.microseconds < second.microseconds
  }

  /// Days since 1970-01-01, and the microseconds of the day.
  private var split: (day: Int64, rest: Int64) {
    let rest = microseconds % Self.microsecondsPerDay
    let floor = rest < 0 ? rest + Self.microsecondsPerDay : rest
    return ((microseconds - floor) / Self.microsecondsPerDay, floor)
  }

  /// The day in UTC.
  var day: LogDay { LogDay(number: split.day) }

  /// How many bytes the text of a moment has.
  static let length = 27

  /// Appends it as `2026-11-22T09:12:01.123456Z`.
  func append(to out: inout [UInt8]) {
    let (day, rest) = split
    let date = LogDay(number: day)
    out.append(date.year, digits: 4)
    out.append(UInt8(ascii: "-"))
    out.append(date.month, digits: 2)
    out.append(UInt8(ascii: "-"))
    out.append(date.day, digits: 2)
    out.append(UInt8(ascii: "T"))
    let seconds = rest / 1_000_000
    out.append(seconds / 3600, digits: 2)
    out.append(UInt8(ascii: ":"))
    out.append(seconds / 60 % 60, digits: 2)
    out.append(UInt8(ascii: ":"))
    out.append(seconds % 60, digits: 2)
    out.append(UInt8(ascii: "."))
    out.append(rest % 1_000_000, digits: 6)
    out.append(UInt8(ascii: "Z"))
  }

  /// The moment as the records have it.
  public var description: String {
    var text: [UInt8] = []
    append(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads what `append` writes; nil for anything else.
  public init?(_ text: Span<UInt8>) {
    guard text.count == Self.length else { return nil }
    for (at, mark) in [
      (4, UInt8(ascii: "-")), (7, UInt8(ascii: "-")), (10, UInt8(ascii: "T")),
      (13, UInt8(ascii: ":")), (16, UInt8(ascii: ":")), (19, UInt8(ascii: ".")),
      (26, UInt8(ascii: "Z")),
    ] where text[at] != mark { return nil }
    guard let year = text.number(0..<4), let month = text.number(5..<7),
      let day = text.number(8..<10), let hour = text.number(11..<13),
      let minute = text.number(14..<16), let second = text.number(17..<19),
      let fraction = text.number(20..<26),
      let date = LogDay(year: Int64(year), month: Int64(month), day: Int64(day)),
      hour < 24, minute < 60, second < 60
    else { return nil }
    let seconds = Int64(hour) * 3600 + Int64(minute) * 60 + Int64(second)
    microseconds = date.number * Self.microsecondsPerDay + seconds * 1_000_000 + Int64(fraction)
  }
}

/// A day of the calendar in UTC.
struct LogDay: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  let number: Int64
  let year: Int64
  let month: Int64
  let day: Int64

  /// The day of a number (Hinnant's `civil_from_days`: years that begin in March, eras of 400 years).
  init(number: Int64) {
    self.number = number
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The day of a date that is in the calendar, of the years 1 to 9999.
  init?(year: Int64, month: Int64, day: Int64) {
    guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let found = LogDay(number: era * 146_097 + dayOfEra - 719_468)
    guard found.month == month, found.day == day else { return nil }
    self = found
  }

  static func < (first: LogDay, second: LogDay) -> Bool { first.number < second.number }
}

extension [UInt8] {
  /// Appends a number with leading zeros.
  mutating func append(_ number: Int64, digits: Int) {
    var divisor: Int64 = 1
    for _ in 1..<digits { divisor *= 10 }
    while divisor > 0 {
      append(0x30 + UInt8(truncatingIfNeeded: number / divisor % 10))
      divisor /= 10
    }
  }

  /// Appends a number without leading zeros.
  mutating func append(decimal number: UInt64) {
    var divisor: UInt64 = 1
    while number / divisor > 9 { divisor *= 10 }
    while divisor > 0 {
      append(0x30 + UInt8(truncatingIfNeeded: number / divisor % 10))
      divisor /= 10
    }
  }

  /// Appends a text as a JSON string.
  mutating func append(json text: String) {
    append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): self += [UInt8(ascii: "\\"), byte]
      case 0..<0x20, 0x7F:
        self += Array("\\u00".utf8)
        for half in [byte >> 4, byte & 15] { append(half < 10 ? 0x30 + half : 0x57 + half) }
      default: append(byte)
      }
    }
    append(UInt8(ascii: "\""))
  }
}

extension Span<UInt8> {
  /// The number that the digits of a range make; nil when there is anything else, or too many.
  func number(_ range: Range<Int>) -> UInt64? {
    guard !range.isEmpty, range.count <= 19 else { return nil }
    var number: UInt64 = 0
    for index in range {
      let byte = self[index]
      guard (0x30...0x39).contains(byte) else { return nil }
      number = number * 10 + UInt64(byte - 0x30)
    }
    return number
  }

  /// Whether the bytes from a place on are these.
  func has(_ text: [UInt8], at place: Int) -> Bool {
    guard place >= 0, count - place >= text.count else { return false }
    for index in text.indices where self[place + index] != text[index] { return false }
    return true
  }
}
