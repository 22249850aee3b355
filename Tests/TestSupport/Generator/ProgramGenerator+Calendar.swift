/// Generated expressions over days, months and times.

extension ProgramGenerator {
  /// A Month.
  mutating func month(_ scope: GeneratedScope, _ depth: Int) -> String {
    switch random.pick(0...3) {
    case 0:
      counters.add("month of")
      return "(month of \(expression(.date, scope, depth - 1)))"
    case 1:
      counters.add("month + n")
      let sign = random.pick(["+", "-"])
      let count = random.pick(["1", "2", "14", path(.number, scope) ?? "3"])
      return "(\(leaf(.month, scope)) \(sign) \(count))"
    case 2: return "(\(leaf(.month, scope)) \(random.pick(["+", "-"])) 2 months)"
    default: return leaf(.month, scope)
    }
  }

  /// A Date made of a Month, the ends of longer times, or the day that a numbered text tells.
  mutating func dayOfMonth(_ scope: GeneratedScope, _ depth: Int) -> String {
    let numbered = scope.leaves.filter { $0.pattern?.hasDate ?? false && $0.guardedBy == nil }
    if !numbered.isEmpty, random.chance(75) {
      counters.add("date of")
      return "(date of \(random.pick(numbered).path))"
    }
    switch random.pick(0...3) {
    case 0:
      counters.add("day n of")
      let day = random.pick(["1", "25", "31"])
      return "(day \(day) of \(expression(.month, scope, depth - 1)))"
    case 1:
      counters.add("first day of")
      return "(first day of \(leaf(.month, scope)))"
    case 2:
      counters.add("last day of")
      return "(last day of \(leaf(.month, scope)))"
    default:
      counters.add("end of quarter of")
      return "(end of quarter of \(leaf(.date, scope)))"
    }
  }

  /// A Number taken of a Date or Month.
  mutating func datePart(_ scope: GeneratedScope, _ depth: Int) -> String {
    switch random.pick(0...3) {
    case 0:
      counters.add("months from to")
      return "(months from \(leaf(.month, scope)) to \(expression(.month, scope, depth - 1)))"
    case 1:
      let part = random.pick(["month number of", "year of", "quarter of", "half year of"])
      counters.add("month part")
      return "(\(part) \(leaf(.month, scope)))"
    default:
      let part = random.pick([
        "day of", "month number of", "year of", "weekday of", "quarter of", "half year of",
      ])
      return "(\(part) \(leaf(.date, scope)))"
    }
  }

  /// A comparison of months or times, or a weekday by its name.
  mutating func calendarTest(_ scope: GeneratedScope, _ depth: Int, _ sign: String) -> String {
    switch random.pick(0...4) {
    case 0:
      counters.add("time compared")
      return "(\(leaf(.time, scope)) \(sign) \(leaf(.time, scope)))"
    case 1:
      counters.add("month in range")
      return "(\(expression(.month, scope, depth)) in \(leaf(.month, scope))..2027-12)"
    case 2:
      counters.add("weekday by name")
      return random.pick([
        "(weekday of \(leaf(.date, scope)) is saturday)",
        "(weekday of \(leaf(.date, scope)) in [monday, friday])",
        "(weekday of \(leaf(.date, scope)) in monday..friday)",
      ])
    default:
      counters.add("month compared")
      return "(\(leaf(.month, scope)) \(sign) \(expression(.month, scope, depth)))"
    }
  }

  // MARK: Calendars, rates and serials

  /// One or two business calendars and, where amounts have a currency, one or two lists of rates.
  mutating func datedDeclarations() -> String {
    world.calendars = random.chance(25) ? ["cn", "plant"] : ["cn"]
    if world.calendars.count > 1 { counters.add("calendars: several") }
    var text = world.calendars.map { calendar($0) }.joined()
    guard world.currency != nil else { return text + "\n" }
    world.rates = random.chance(25) ? ["bank", "middle"] : ["bank"]
    if world.rates.count > 1 { counters.add("rates: several") }
    text += world.rates.map { rates($0) }.joined()
    return text + "\n"
  }

  private mutating func calendar(_ name: String) -> String {
    let end = random.chance(15) ? "2026-11-24" : "2027-12-31"
    let weekend = random.pick(["saturday, sunday", "saturday, sunday", "sunday", "none"])
    var lines = ["covers 2025-01-01 until \(end)", "weekend \(weekend)"]
    var days = [["2026-10-01", "2026-10-07", "holiday", "国庆"], ["2026-10-10", "", "workday", ""]]
    if random.chance(50) { days.append(["2026-11-20", "2026-11-23", "holiday", ""]) }
    guard !random.chance(20) else {
      counters.add("calendar from CSV")
      let rows = [["from", "until", "kind", "name"]] + days
      world.sheets.append(
        ("\(name).csv", rows.map { $0.joined(separator: ",") + "\n" }.joined()))
      return "calendar \(name) from \"\(name).csv\" {\n"
        + lines.map { "  \($0)\n" }.joined() + "}\n"
    }
    lines += days.map { day in
      let until = day[1].isEmpty ? "" : " until \(day[1])"
      return "\(day[2]) \(day[0])\(until)\(day[3].isEmpty ? "" : " \"\(day[3])\"")"
    }
    return "calendar \(name) {\n" + lines.map { "  \($0)\n" }.joined() + "}\n"
  }

  private mutating func rates(_ name: String) -> String {
    let last = random.pick(["2026-11-30", "2026-11-21", "2026-12-31"])
    var lines = [["EUR", "2026-06-01", "", "7.8"], ["EUR", "2026-11-01", "", "8.0125"]]
    if random.chance(70) { lines.append(["USD", "2026-01-01", last, "7.12345678"]) }
    guard !random.chance(20) else {
      counters.add("rates from CSV")
      let rows = [["currency", "from", "until", "rate"]] + lines
      world.sheets.append(
        ("\(name).csv", rows.map { $0.joined(separator: ",") + "\n" }.joined()))
      return "rates \(name) from \"\(name).csv\"\n"
    }
    let text = lines.map { line in
      "  \(line[0]) from \(line[1])\(line[2].isEmpty ? "" : " until \(line[2])"): \(line[3])\n"
    }
    return "rates \(name) {\n" + text.joined() + "}\n"
  }

  /// ` of cn`: the calendar that counts, named where there are several.
  mutating func calendarName() -> String {
    guard world.calendars.count > 1 || random.chance(30) else { return "" }
    counters.add("calendar named")
    return " of \(random.pick(world.calendars))"
  }

  /// A Number: business days between two days, or the serial of a number.
  mutating func datedNumber(_ scope: GeneratedScope, _ depth: Int) -> String {
    let numbered = scope.leaves.filter { $0.pattern?.hasSerial ?? false && $0.guardedBy == nil }
    if !numbered.isEmpty, random.chance(85) {
      counters.add("serial of")
      return "(serial of \(random.pick(numbered).path))"
    }
    counters.add("business days from to")
    return "(business days\(calendarName()) from \(leaf(.date, scope)) to \(leaf(.date, scope)))"
  }

  /// An amount in the main currency.
  mutating func converted(_ scope: GeneratedScope, rounded: Bool) -> String {
    guard world.currency != nil else { return path(.money, scope) ?? "70 CNY" }
    counters.add("in CNY")
    var at = ""
    if world.rates.count > 1 || random.chance(20) {
      counters.add("rates named")
      at = " at \(random.pick(world.rates))"
    }
    let day = at + (random.chance(30) ? " on \(leaf(.date, scope))" : "")
    let word = random.pick(["rounded", "rounded up", "rounded down"])
    let places = rounded || random.chance(50) ? " \(word) to \(random.pick(0...4)) places" : ""
    return "(\(path(.money, scope) ?? "70 EUR") in CNY\(day)\(places))"
  }

  /// A day that is worked, or amounts compared after conversion.
  mutating func datedTest(_ scope: GeneratedScope, _ depth: Int, _ sign: String) -> String {
    if random.chance(50) {
      counters.add("is business day")
      return "(\(leaf(.date, scope)) is \(random.pick(["", "not "]))business day\(calendarName()))"
    }
    return "(\(converted(scope, rounded: false)) \(sign) \(path(.money, scope) ?? "50 CNY"))"
  }
}
