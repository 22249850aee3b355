/// Times and days as the log writes them, and the names of files.
import Foundation
import Testing

@testable import DecisionLog

@Suite struct LogTimeTests {
  @Test func daysAreThoseOfTheCalendar() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    for number in stride(from: Int64(-30_000), through: 60_000, by: 37) {
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(number) * 86_400))
      let day = LogDay(number: number)
      #expect(
        [day.year, day.month, day.day].map(Int.init) == [parts.year, parts.month, parts.day])
      #expect(LogDay(year: day.year, month: day.month, day: day.day) == day)
    }
    #expect(LogDay(year: 2026, month: 2, day: 29) == nil)
    #expect(LogDay(year: 2024, month: 2, day: 29) != nil)
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
    (1_795_338_721_123_456, "2026-11-22T09:12:01.123456Z"),
    (Int64.max, "9999-12-31T23:59:59.999999Z"), (Int64.min, "0001-01-01T00:00:00.000000Z"),
  ]) func momentsAreWrittenAndRead(microseconds: Int64, text: String) {
    let time = LogTime(microseconds: microseconds)
    #expect(time.description == text)
    #expect(LogTime(Array(text.utf8).span) == time)
  }

  @Test(arguments: [
    "2026-11-22T09:12:01.123456", "2026-11-22 09:12:01.123456Z", "2026-13-22T09:12:01.123456Z",
    "2026-11-31T09:12:01.123456Z", "2026-11-22T24:00:00.000000Z", "2026-11-22T09:12:01.12345xZ",
  ]) func otherTextsAreNoMoments(text: String) {
    #expect(LogTime(Array(text.utf8).span) == nil)
  }

  @Test func namesAreReadAsTheyAreWritten() throws {
    for name in [
      "decisions-20261122-000000000001.jsonl", "decisions-99991231-18446744073709.jsonl",
    ] {
      #expect(try #require(SegmentName(name)).description == name)
    }
    for name in [
      "decisions-20261122-1.jsonl", "decisions-20261322-000000000001.jsonl", "lock", "",
      "decisions-20261122-000000000001.jsonl.gz", "decisions-20261122-000000000000.jsonl",
      "decisions-20261122-0000000000001.jsonl",
    ] {
      #expect(SegmentName(name) == nil, "\(name)")
    }
  }
}
