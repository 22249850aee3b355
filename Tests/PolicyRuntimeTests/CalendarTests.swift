/// The calendar: every day of the years 1 to 9999 both ways, months, weekdays and their ends.
import PolicyRuntime
import Testing

struct CalendarTests {
  @Test func everyDayGoesBothWays() {
    var number = Day.first.number
    var wrong = 0
    for year in 1...9999 {
      for month in 1...12 {
        for day in 1...Day.length(ofMonth: month, year: year) {
          let parts = Day(number: number).parts
          if Day(year: year, month: month, day: day)?.number != number
            || parts != (year, month, day)
          {
            wrong += 1
          }
          number += 1
        }
      }
    }
    #expect(wrong == 0)
    #expect(number - 1 == Day.last.number)
  }

  @Test func monthsClampToTheirEnd() throws {
    let end = try #require(Day(year: 2026, month: 1, day: 31))
    #expect(end.adding(months: 1)?.text == "2026-02-28")
    #expect(end.adding(months: 25)?.text == "2028-02-29")
    #expect(end.adding(months: -2)?.text == "2025-11-30")
    #expect(end.adding(months: -1)?.text == "2025-12-31")
    #expect(Day.last.adding(months: 1) == nil)
    #expect(Day.first.adding(months: -1) == nil)
    #expect(Day.last.adding(days: 1) == nil)
    #expect(Day.first.adding(days: -1) == nil)
    #expect(end.adding(days: .max) == nil)
    #expect(end.adding(months: .max) == nil)
  }

  @Test func knowsWeekdaysAndEnds() throws {
    let day = try #require(Day(year: 2026, month: 11, day: 21))
    #expect(day.weekday == 6)
    #expect(Day.first.weekday == 1)
    #expect(day.endOfMonth.text == "2026-11-30")
  }

  @Test(arguments: [
    "2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "2026-1-01", "20261121", "2026/11/21",
    "",
    "2026-11-2x", "-026-11-21", "1900-02-29",
  ])
  func refusesWhatIsNoDay(_ text: String) {
    #expect(Day(text: Array(text.utf8)) == nil)
  }
}
