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

  /// A Date made of a Month, and the ends of longer times.
  mutating func dayOfMonth(_ scope: GeneratedScope, _ depth: Int) -> String {
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

  /// A business calendar and, where amounts have a currency, rates.
  mutating func datedDeclarations() -> String {
    let end = random.chance(15) ? "2026-11-24" : "2030-12-31"
    var text = "calendar cn {\n  covers 2020-01-01 until \(end)\n  weekend saturday, sunday\n"
    text += "  holiday 2026-10-01 until 2026-10-07 \"国庆\"\n  workday 2026-10-10\n"
    if random.chance(50) { text += "  holiday 2026-11-20 until 2026-11-23\n" }
    text += "}\n"
    guard world.currency != nil else { return text + "\n" }
    let last = random.pick(["2026-11-30", "2026-11-21", "2026-12-31"])
    text += "rates bank {\n  EUR from 2026-06-01: 7.8\n  EUR from 2026-11-01: 8.0125\n"
    if random.chance(70) { text += "  USD from 2026-01-01 until \(last): 7.12345678\n" }
    return text + "}\n\n"
  }

  /// A Number: business days between two days, or the serial of a number.
  mutating func datedNumber(_ scope: GeneratedScope, _ depth: Int) -> String {
    let numbered = scope.leaves.filter { $0.hasSerial && $0.guardedBy == nil }
    if !numbered.isEmpty, random.chance(60) {
      counters.add("serial of")
      return "(serial of \(random.pick(numbered).path))"
    }
    counters.add("business days from to")
    return "(business days from \(leaf(.date, scope)) to \(leaf(.date, scope)))"
  }

  /// An amount in the main currency.
  mutating func converted(_ scope: GeneratedScope, rounded: Bool) -> String {
    guard world.currency != nil else { return path(.money, scope) ?? "70 CNY" }
    counters.add("in CNY")
    let day = random.chance(30) ? " on \(leaf(.date, scope))" : ""
    let word = random.pick(["rounded", "rounded up", "rounded down"])
    let places = rounded || random.chance(50) ? " \(word) to \(random.pick(0...4)) places" : ""
    return "(\(path(.money, scope) ?? "70 EUR") in CNY\(day)\(places))"
  }

  /// A day that is worked, or amounts compared after conversion.
  mutating func datedTest(_ scope: GeneratedScope, _ depth: Int, _ sign: String) -> String {
    if random.chance(50) {
      counters.add("is business day")
      return "(\(leaf(.date, scope)) is \(random.pick(["", "not "]))business day)"
    }
    return "(\(converted(scope, rounded: false)) \(sign) \(path(.money, scope) ?? "50 CNY"))"
  }
}
