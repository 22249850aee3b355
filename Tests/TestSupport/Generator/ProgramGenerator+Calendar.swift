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
    case 1: return "(first day of \(leaf(.month, scope)))"
    case 2: return "(last day of \(leaf(.month, scope)))"
    default: return "(end of quarter of \(leaf(.date, scope)))"
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
}
