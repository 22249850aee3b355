/// Months, times, business calendars, rates and patterned texts as values.
import PolicyRuntime
import Testing

@Suite struct MonthTests {
  private func day(_ text: String) throws -> Day { try #require(Day(text: text.utf8)) }

  @Test func monthsReadAndWrite() throws {
    for text in ["0001-01", "2026-04", "2026-12", "9999-12"] {
      #expect(Month(text: text.utf8)?.text == text)
    }
    for text in ["2026-00", "2026-13", "0000-01", "2026-4", "2026-04-01", "", "2026/04"] {
      #expect(Month(text: text.utf8) == nil, "\(text)")
    }
  }

  @Test func monthsCrossYearsAndStayInTheCalendar() throws {
    let december = try #require(Month(text: "2026-12".utf8))
    #expect(december.adding(months: 2)?.text == "2027-02")
    #expect(december.adding(months: -12)?.text == "2025-12")
    #expect(Month.last.adding(months: 1) == nil)
    #expect(Month.first.adding(months: -1) == nil)
    #expect(december.adding(months: Int.max) == nil)
    #expect(Month.first.firstDay == Day.first && Month.last.lastDay == Day.last)
  }

  @Test func aMonthHasItsDays() throws {
    let february = try #require(Month(text: "2027-02".utf8))
    #expect(february.day(25)?.text == "2027-02-25")
    #expect(february.day(31)?.text == "2027-02-28")
    #expect(february.day(0) == nil && february.day(32) == nil)
  }

  @Test func timesReadAndWrite() {
    for text in ["00:00", "09:00", "23:59"] {
      #expect(TimeOfDay(text: text.utf8)?.text == text)
    }
    for text in ["24:00", "09:60", "9:00", "09-00", "09:00:00", ""] {
      #expect(TimeOfDay(text: text.utf8) == nil, "\(text)")
    }
  }

  /// Adding and counting agree for every pair of days of a calendar.
  @Test func businessDaysAddUp() throws {
    let (first, last) = (try day("2026-09-21"), try day("2026-10-20"))
    let calendar = BusinessCalendar(from: first, until: last) { day in
      day.weekday < 6 && !(1...7).contains(day.parts.day)
    }
    for from in first.number...last.number {
      for to in first.number...last.number {
        let (a, b) = (Day(number: from), Day(number: to))
        let count = try #require(calendar.businessDays(from: a, to: b))
        #expect(calendar.businessDays(from: b, to: a) == -count)
        if calendar.isBusinessDay(b) == true, count > 0 {
          #expect(calendar.adding(count, to: a) == b)
        }
      }
    }
    let before = try #require(first.adding(days: -1))
    #expect(calendar.isBusinessDay(before) == nil)
    #expect(calendar.businessDays(from: before, to: last) == nil)
    #expect(calendar.adding(1, to: last) == nil && calendar.adding(0, to: last) == last)
    #expect(calendar.adding(Int.max, to: first) == nil)
    #expect(calendar.adding(Int.min, to: first) == nil)
  }

  @Test func ratesHoldOnTheirDays() throws {
    let (from, until) = (try day("2026-01-01"), try day("2026-06-30"))
    let table = RateTable(["USD": [.init(from: from, until: until, rate: Decimal(7))]])
    for (text, holds) in [
      ("2025-12-31", false), ("2026-01-01", true), ("2026-06-30", true), ("2026-07-01", false),
    ] {
      let isFound: Bool
      switch table.rate(of: "USD", on: try day(text)) {
      case .rate: isFound = true
      case .missing: isFound = false
      case .unknownCurrency:
        isFound = !holds
      }
      #expect(isFound == holds, "\(text)")
    }
    guard case .unknownCurrency = table.rate(of: "JPY", on: from) else {
      Issue.record("the yen has no rates")
      return
    }
  }

  @Test func patternsTellDayAndSerial() throws {
    let pattern = try TextPattern("SC{yy}{mm}{dd}-{one of ZB, XS}{serial 3}")
    let reading = pattern.read(Array("SC240229-XS007".utf8).span)
    #expect(reading?.date?.text == "2024-02-29" && reading?.serial == 7)
    for text in ["SC230229-XS007", "SC240229-ZS007", "SC240229-XS07", "SC240229-XS0070", ""] {
      let matches = pattern.matches(Array(text.utf8).span)
      #expect(!matches, "\(text)")
    }
    for text in [
      "{date}{yyyy}", "{serial 1}{serial 2}", "{one of A, AB}", "{one of}", "{serial 19}",
    ] {
      #expect(throws: TextPattern.Fault.self, "\(text)") { try TextPattern(text) }
    }
  }
}
