/// The names of the log's files, which sort as the records do.

/// The name of a file: `decisions-20261122-000000000001.jsonl`, the day it began (UTC) and the number of
/// its first record.
struct SegmentName: Hashable, Comparable, Sendable, CustomStringConvertible {
  let day: LogDay
  let first: UInt64

  init(day: LogDay, first: UInt64) {
    self.day = day
    self.first = first
  }

  private static let prefix = Array("decisions-".utf8)
  private static let suffix = Array(".jsonl".utf8)
  private static let numberAt = 19

  /// Reads a name; nil when the file is none of the log's.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    let name = bytes.span
    let end = name.count - Self.suffix.count
    guard end >= Self.numberAt + 12, name.has(Self.prefix, at: 0), name.has(Self.suffix, at: end),
      name[Self.numberAt - 1] == UInt8(ascii: "-"), let year = name.number(10..<14),
      let month = name.number(14..<16), let date = name.number(16..<18),
      let day = LogDay(year: Int64(year), month: Int64(month), day: Int64(date)),
      let first = name.number(Self.numberAt..<end), first > 0,
      end == Self.numberAt + 12 || name[Self.numberAt] != UInt8(ascii: "0")
    else { return nil }
    self.init(day: day, first: first)
  }

  var description: String {
    var text = Self.prefix
    text.append(day.year, digits: 4)
    text.append(day.month, digits: 2)
    text.append(day.day, digits: 2)
    text.append(UInt8(ascii: "-"))
    if first < 1_000_000_000_000 {
      text.append(Int64(first), digits: 12)
    } else {
      text.append(decimal: first)
    }
    text += Self.suffix
    return String(decoding: text, as: UTF8.self)
  }

  /// The order of the names, which is that of the records.
  static func < (one: SegmentName, other: SegmentName) -> Bool {
    (one.day, one.first) < (other.day, other.first)
  }
}
