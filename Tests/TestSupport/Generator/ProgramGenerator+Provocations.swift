/// Expressions that are nearly sure to end in an error: each error that a checked program can make has one.

extension ProgramGenerator {
  /// An expression of a type whose value is an error for most requests; nil when there is none here.
  mutating func provoked(_ type: GeneratedType, _ scope: GeneratedScope) -> String? {
    switch type {
    case .number: provokedNumber(scope)
    case .money: provokedMoney(scope)
    case .date: provokedDate(scope)
    default: nil
    }
  }

  private mutating func provokedNumber(_ scope: GeneratedScope) -> String? {
    switch random.pick(0...6) {
    case 0:
      counters.add("towards division_by_zero")
      let number = leaf(.number, scope)
      return "(\(leaf(.number, scope)) / (\(number) - \(number)))"
    case 1:
      counters.add("towards overflow")
      return "(\(leaf(.number, scope)) * 900_000_000_000_000 * 900_000_000_000_000_000)"
    case 2:
      counters.add("towards date_out_of_range")
      return "(days from \(leaf(.date, scope)) to (\(leaf(.date, scope)) + 4_000_000 days))"
    case 3:
      counters.add("towards outside_calendar")
      return "(business days\(calendarName()) from 2019-12-31 to \(leaf(.date, scope)))"
    default: return provokedByList(.number, scope)
    }
  }

  private mutating func provokedMoney(_ scope: GeneratedScope) -> String? {
    let amount = path(.money, scope) ?? "30 CNY"
    let at = world.rates.count > 1 ? " at \(world.rates[1])" : ""
    switch random.pick(0...6) {
    case 0:
      counters.add("towards two_currencies")
      return "(\(amount) + 3 CHF)"
    case 1:
      guard world.currency != nil else { return provokedByList(.money, scope) }
      counters.add("towards rate_missing")
      return "(7 EUR in CNY\(at) on 2026-05-31 rounded to 2 places)"
    case 2:
      guard world.currency != nil else { return provokedByList(.money, scope) }
      counters.add("towards unknown_currency")
      return "(7 CHF in CNY\(at) rounded to 2 places)"
    case 3:
      guard !scope.lists.isEmpty else { return nil }
      counters.add("towards negative_amount")
      let list = list(scope)
      let item = fresh("i")
      return "(allocate (\(amount) - \(amount) - 1 CNY) over \(item) in \(list.path)"
        + " taking 5 CNY by 1).rest"
    default: return provokedByList(.money, scope)
    }
  }

  private mutating func provokedDate(_ scope: GeneratedScope) -> String? {
    if random.chance(50) {
      counters.add("towards date_out_of_range")
      return "(\(leaf(.date, scope)) + \(random.pick(["3_500_000 days", "120_000 months"])))"
    }
    counters.add("towards outside_calendar")
    return "(\(leaf(.date, scope)) - 2_500 business days\(calendarName()))"
  }

  /// Several items, none, or the least of none; a decision that does not apply, a key without a row.
  private mutating func provokedByList(
    _ type: GeneratedType, _ scope: GeneratedScope
  ) -> String? {
    let fickle = world.decisions.filter { $0.kind == "value" && $0.type == type && $0.isFickle }
    if !fickle.isEmpty, random.chance(80) {
      counters.add("towards not_applicable_value")
      return random.pick(fickle).name
    }
    let tables = world.tables.filter {
      $0.hasGaps && !$0.isFinite && !$0.alwaysGives && $0.columns.contains(type)
    }
    if !tables.isEmpty, random.chance(80) {
      counters.add("towards no_row")
      let table = random.pick(tables)
      let keys = table.keys.map { path($0, scope) ?? literal($0) }
      let column = table.columns.firstIndex(of: type) ?? 0
      return "\(table.name)[\(keys.joined(separator: ", "))].c\(column)"
    }
    guard let list = scope.lists.first(where: { !$0.path.contains(" ") }) else { return nil }
    let item = fresh("i")
    let inner = scope.item(item, list.record, world)
    let own = inner.leaves.filter {
      $0.type == type && $0.guardedBy == nil && $0.path.hasPrefix("\(item).")
    }
    guard let leaf = own.first else { return nil }
    let unit = type == .money ? " CNY" : ""
    switch random.pick(0...2) {
    case 0:
      counters.add("towards several_matches")
      return "(the \(item) in \(list.path) where \(leaf.path) != 0.12345\(unit)).\(field(leaf))"
    case 1:
      counters.add("towards no_match")
      return "(the \(item) in \(list.path) where \(leaf.path) = 0.12345\(unit)).\(field(leaf))"
    default:
      counters.add("towards empty_list")
      let function = random.pick(["min", "max"])
      return
        "\(function)(\(leaf.path) for \(item) in \(list.path) where \(leaf.path) = 0.12345\(unit))"
    }
  }

  private func field(_ leaf: GeneratedLeaf) -> String {
    leaf.path.split(separator: ".").last.map(String.init) ?? ""
  }
}
