/// Generated decision tables: ranges that touch, gaps and overlaps, members, flags.
import PolicyRuntime

extension ProgramGenerator {
  mutating func tableDeclarations() -> String {
    themedTable() + (0..<random.pick(size.tables)).map { _ in tableDeclaration() }.joined()
  }

  private mutating func tableDeclaration() -> String {
    let keyTypes: [GeneratedType] = [
      .number, .number, .money, .money, .bool, .enumeration(0), .enumeration(1), .enumeration(2),
      .percent, .date, .text, .month, .time, .post, .person,
    ]
    let keys = (0..<random.pick(1...2)).map { _ in random.pick(keyTypes) }
    let hit =
      random.chance(60)
      ? random.pick(["unique", "first"])
      : "collect "
        + random.pick(
          ["", "sum", "min", "max", "count"])
    let isDated = random.chance(20)
    let figures: [GeneratedType] = [.number, .money, .percent]
    let columnTypes =
      hit == "unique" || hit == "first" || hit == "collect count"
      ? figures + [.bool, .post, .date, .month] : figures
    let columns = (0..<random.pick(1...3)).map { _ in random.pick(columnTypes) }
    return tableDeclaration(
      keys: keys, hit: hit, columns: columns, complete: random.chance(60), isDated: isDated)
  }

  /// A table of its own name.
  mutating func tableDeclaration(
    keys: [GeneratedType], hit: String, columns: [GeneratedType], complete: Bool,
    isDated: Bool = false
  ) -> String {
    let name = fresh("t")
    let isFirst = hit != "unique"
    counters.add("table: \(hit)")
    if isDated { counters.add("table: dated") }
    for key in keys { counters.add("table: key \(typeName(key))") }

    var rows = isFirst ? anyRows(keys) : partition(keys)
    if isFirst && complete { rows.append(keys.map { _ in "-" }) }
    if !complete && rows.count > 1 { rows.remove(at: random.pick(0...rows.count - 1)) }
    if isDated { rows = rows.flatMap { dated($0) } }
    world.tables.append(
      GeneratedTable(
        name: name, keys: keys,
        columns: hit == "collect count" ? columns.map { _ in .number } : columns,
        hasGaps: !complete || isDated || hit == "collect min" || hit == "collect max",
        isFinite: keys.allSatisfy { isFinite($0) },
        alwaysGives: ["collect sum", "collect count", "collect "].contains(hit),
        isList: hit == "collect "))

    let keyNames = keys.indices.map { "k\($0)" }
    let period = isDated ? ["from", "until"] : []
    let columnNames = columns.indices.map { "c\($0)" }
    let signature =
      "("
      + zip(keyNames, keys).map { "\($0) \(typeName($1))" }.joined(separator: ", ") + ") -> ("
      + zip(columnNames, columns).map { "\($0) \(typeName($1))" }.joined(separator: ", ") + ")"
    let cells = rows.map { row in row + columns.map { cellLiteral($0) } }
    return "table \(name) \(signature) \(isDated ? "dated " : "")\(hit) "
      + self.rows(name, header: keyNames + period + columnNames, cells)
  }

  /// A row for one period, or for two that touch.
  private mutating func dated(_ row: [String]) -> [[String]] {
    let day = random.pick(["2026-03-01", "2026-11-20", "2026-11-21", "2026-11-30"])
    switch random.pick(0...3) {
    case 0: return [row + ["-", "-"]]
    case 1: return [row + [day, "-"]]
    case 2: return [row + ["2026-01-01", day]]
    default: return [row + ["-", "2026-11-21"], row + ["2026-11-22", "2026-12-31"]]
    }
  }

  /// Rows that overlap, each with something of its own in the first key, for no row may be unreachable.
  private mutating func anyRows(_ keys: [GeneratedType]) -> [[String]] {
    growing(keys[0]).map { first in
      [first] + keys.dropFirst().map { random.chance(25) ? "-" : cell($0) }
    }
  }

  /// Cells of which each holds something that those before it do not; none holds everything.
  private mutating func growing(_ type: GeneratedType) -> [String] {
    switch type {
    case .number, .money, .percent, .date, .month, .time:
      // Two months apart at least, so that a bound that is left out still holds one month more.
      let bounds = (1...random.pick(2...5)).map { amount($0 * 70 + random.pick(0...50), type) }
      let start = amount(10, type)
      return bounds.map {
        random.pick(["< \($0)", "<= \($0)", "\(start)..\($0)", "\(start)..<\($0)", $0])
      }
    case .bool: return [random.pick(["true", "false"])]
    case .text: return ["\"SC0001\"", "\"温州\"", "not \"a\""]
    case .person: return ["\"wang\"", "\"张三\""]
    case .post: return world.posts.dropLast()
    case .enumeration(let index): return world.enumerations[index].members.dropLast()
    }
  }

  private mutating func cell(_ type: GeneratedType) -> String {
    switch type {
    case .number, .money, .percent, .date, .month, .time:
      let bounds = [random.pick(0...40) * 10, random.pick(41...90) * 10]
      let (low, high) = (amount(bounds[0], type), amount(bounds[1], type))
      return random.pick([
        "< \(high)", "<= \(low)", "> \(low)", ">= \(high)", "\(low)..\(high)", "\(low)..<\(high)",
        low,
        "not \(low)", "\(low), \(high)", "\(low)..\(high), > \(amount(2000, type))",
      ])
    case .bool: return random.pick(["true", "false"])
    case .text: return random.pick(["\"Wenzhou\"", "not \"\"", "\"SC0001\", \"a\""])
    case .person: return random.pick(["\"wang\"", "not \"li\""])
    case .post: return random.pick([world.posts[0], "not \(world.posts[1])"])
    case .enumeration(let index):
      let members = world.enumerations[index].members
      return random.pick([
        random.pick(members), "not \(random.pick(members))",
        "\(random.pick(members)), \(random.pick(members))",
      ])
    }
  }

  /// Rows that touch but do not overlap: every key is cut into pieces.
  private mutating func partition(_ keys: [GeneratedType]) -> [[String]] {
    var rows: [[String]] = [[]]
    for key in keys {
      let pieces = pieces(of: key)
      rows = rows.flatMap { row in pieces.map { row + [$0] } }
    }
    return rows
  }

  private mutating func pieces(of type: GeneratedType) -> [String] {
    switch type {
    case .number, .money, .percent, .date, .month, .time:
      let (low, high) = (
        amount(random.pick(1...20) * 10, type), amount(random.pick(21...60) * 10, type)
      )
      return random.chance(50)
        ? ["< \(low)", "\(low)..<\(high)", ">= \(high)"] : ["<= \(low)", "> \(low)"]
    case .bool: return ["true", "false"]
    case .text: return ["\"a\", \"Wenzhou\"", "\"\"", "not \"a\", \"Wenzhou\", \"\""]
    case .person: return ["\"wang\", \"li\"", "not \"wang\", \"li\""]
    case .post: return world.posts
    case .enumeration(let index): return world.enumerations[index].members
    }
  }

  /// A bound in a cell; it becomes a place where requests come close.
  private mutating func amount(_ value: Int, _ type: GeneratedType) -> String {
    switch type {
    case .percent: return "\(value)%"
    case .date:
      // Around the days that requests name.
      let day = (Day(text: "2026-01-01".utf8) ?? .first).adding(days: value) ?? .last
      world.days.append(day.text)
      return day.text
    case .month:
      let month = Month(number: Month.of("2025-01") + value / 10).text
      world.months.append(month)
      return month
    case .time:
      let time = TimeOfDay(minutes: value * 1439 / 2100).text
      world.times.append(time)
      return time
    default:
      world.constants.append(String(value))
      return type == .money ? "\(value) CNY" : String(value)
    }
  }

  private func isFinite(_ type: GeneratedType) -> Bool {
    switch type {
    case .bool, .enumeration, .post: true
    default: false
    }
  }

  private mutating func cellLiteral(_ type: GeneratedType) -> String {
    switch type {
    case .post: random.pick(world.posts)
    default: literal(type)
    }
  }
}

extension Month {
  /// The number of a month that is written.
  fileprivate static func of(_ text: String) -> Int { Month(text: text.utf8)?.number ?? 0 }
}
