/// Generated expressions whose value is a figure, a day, a text, a post or a member.

extension ProgramGenerator {
  /// An expression of a type; bare members and posts never stand alone.
  mutating func expression(
    _ type: GeneratedType, _ scope: GeneratedScope, _ depth: Int
  ) -> String {
    if type == .bool { return condition(scope, depth) }
    if random.chance(5), let failing = provoked(type, scope) { return failing }
    if depth <= 0 || random.chance(30) { return leaf(type, scope) }
    if random.chance(8) {
      counters.add("if then else")
      return "(if \(condition(scope, depth - 1)) then \(expression(type, scope, depth - 1))"
        + " else \(expression(type, scope, depth - 1)))"
    }
    if random.chance(25), let used = declaredFigure(type, scope, depth) { return used }
    if random.chance(20), let guarded = guardedFigure(type, scope, depth) { return guarded }
    if random.chance(world.recordValues.isEmpty ? 5 : 25), let found = foundField(type, scope) {
      return found
    }
    if type == .number || type == .money, random.chance(5), let rest = handedOut(type, scope) {
      return rest
    }
    switch type {
    case .number: return number(scope, depth)
    case .money: return money(scope, depth)
    case .percent:
      return random.chance(50)
        ? leaf(type, scope)
        : "(\(leaf(type, scope)) \(random.pick(["+", "-"])) \(leaf(type, scope)))"
    case .date: return date(scope, depth)
    case .month: return month(scope, depth)
    default: return leaf(type, scope)
    }
  }

  /// A path of the type, else a literal.
  mutating func leaf(_ type: GeneratedType, _ scope: GeneratedScope) -> String {
    let paths = scope.leaves.filter { $0.type == type && $0.guardedBy == nil }
    if !paths.isEmpty, random.chance(75) { return random.pick(paths).path }
    let parameters = world.parameters.filter { $0.type == type }
    if !parameters.isEmpty, random.chance(40) {
      counters.add("param used")
      return random.pick(parameters).name
    }
    if type == .date, random.chance(30) {
      counters.add("today")
      return "today"
    }
    switch type {
    case .post, .enumeration:
      // A member alone has no type: take one through a choice between paths, or compare elsewhere.
      return paths.isEmpty ? literal(type) : random.pick(paths).path
    case .money:
      // A bare amount has no type of its own: here it might stand alone.
      let amount = literal(.money)
      return amount.contains(" ") ? amount : "\(amount) CNY"
    default: return literal(type)
    }
  }

  /// A literal; figures become places where requests come close.
  mutating func literal(_ type: GeneratedType) -> String {
    let figures = [
      "0", "1", "2", "7", "10", "12.5", "30", "99.99", "100", "250", "1_000", "0.1", "0.00000001",
      "2.5", "0.125",
    ]
    switch type {
    case .bool: return random.pick(["true", "false"])
    case .number:
      let figure = random.pick(figures)
      world.constants.append(figure.filter { $0 != "_" })
      return figure
    case .money:
      if random.chance(8) { return "0" }
      let figure = random.pick(figures)
      world.constants.append(figure.filter { $0 != "_" })
      if world.currency != nil && random.chance(20) {
        counters.add("money: bare amount")
        return figure == "0" ? "1" : figure
      }
      if random.chance(2) {
        counters.add("money: foreign literal")
        return "\(figure) USD"
      }
      return "\(figure) CNY"
    case .percent: return random.pick(["0%", "6%", "12.5%", "50%", "100%", "90%"])
    case .text: return random.pick(["\"SC0001\"", "\"Wenzhou\"", "\"温州\"", "\"\"", "\"a\""])
    case .date:
      let day = random.pick(["2026-01-31", "2026-06-30", "2026-11-21", "2024-02-29", "2026-12-31"])
      world.days.append(day)
      return day
    case .month: return random.pick(["2026-01", "2026-11", "2026-12", "2027-02"])
    case .time: return random.pick(["00:00", "09:00", "16:00", "23:59"])
    case .post: return random.pick(world.posts)
    case .person: return "\"wang\""
    case .enumeration(let index): return random.pick(world.enumerations[index].members)
    }
  }

  private mutating func number(_ scope: GeneratedScope, _ depth: Int) -> String {
    func inner() -> Int { depth - 1 }
    switch random.pick(0...11) {
    case 11: return datedNumber(scope, depth)
    case 0, 1, 2:
      let sign = random.pick(["+", "-", "*", "/"])
      counters.add("arithmetic \(sign)")
      return
        "(\(expression(.number, scope, inner())) \(sign) \(expression(.number, scope, inner())))"
    case 3:
      counters.add("money / money")
      return "(\(money(scope, inner())) / \(path(.money, scope) ?? "3 CNY"))"
    case 4: return rounded(expression(.number, scope, inner()))
    case 5:
      counters.add("days from to")
      return "(days from \(leaf(.date, scope)) to \(leaf(.date, scope)))"
    case 6:
      counters.add("date part")
      return datePart(scope, depth)
    case 7: return "(1 + \(expression(.percent, scope, 0)))"
    case 8: return "(-\(leaf(.number, scope)))"
    default: return aggregate(.number, scope, inner()) ?? leaf(.number, scope)
    }
  }

  private mutating func money(_ scope: GeneratedScope, _ depth: Int) -> String {
    guard depth > 0 else { return path(.money, scope) ?? "40 CNY" }
    switch random.pick(0...8) {
    case 8: return converted(scope, rounded: true)
    case 0, 1:
      let sign = random.pick(["+", "-"])
      counters.add("money \(sign)")
      return "(\(money(scope, depth - 1)) \(sign) \(money(scope, depth - 1)))"
    case 2:
      counters.add("money * number")
      return "(\(money(scope, depth - 1)) * \(expression(.number, scope, depth - 1)))"
    case 3:
      counters.add("money * percent")
      return "(\(money(scope, depth - 1)) * \(leaf(.percent, scope)))"
    case 4:
      counters.add("money / number")
      return "(\(money(scope, depth - 1)) / \(expression(.number, scope, depth - 1)))"
    case 5: return rounded(money(scope, depth - 1))
    case 6: return aggregate(.money, scope, depth - 1) ?? leaf(.money, scope)
    default: return path(.money, scope) ?? "60 CNY"
    }
  }

  /// A path without a guard.
  mutating func path(_ type: GeneratedType, _ scope: GeneratedScope) -> String? {
    let paths = scope.leaves.filter { $0.type == type && $0.guardedBy == nil }
    return paths.isEmpty ? nil : random.pick(paths).path
  }

  private mutating func rounded(_ figure: String) -> String {
    counters.add("round")
    let places = random.chance(60) ? random.pick(0...2) : random.pick(3...8)
    return "\(random.pick(["round", "round up", "round down"]))(\(figure), \(places))"
  }

  private mutating func date(_ scope: GeneratedScope, _ depth: Int) -> String {
    let day = leaf(.date, scope)
    let sign = random.pick(["+", "-"])
    switch random.pick(0...6) {
    case 3, 4: return dayOfMonth(scope, depth)
    case 6:
      counters.add("business days added")
      return
        "(\(day) \(sign) \(random.pick(["1", "3", "20", path(.number, scope) ?? "5"]))"
        + " business days\(calendarName()))"
    case 0:
      counters.add("date + days")
      return "(\(day) \(sign) \(random.pick(1...400)) days)"
    case 1:
      counters.add("date + months")
      return "(\(day) \(sign) \(random.pick(1...30)) months)"
    case 2:
      counters.add("n days")
      return "(\(day) \(sign) \(path(.number, scope) ?? "3") days)"
    default:
      counters.add("end of month of")
      return "(end of month of \(day))"
    }
  }

  /// `sum`, `min`, `max` and `count` over a list of records.
  private mutating func aggregate(
    _ type: GeneratedType, _ scope: GeneratedScope, _ depth: Int
  ) -> String? {
    if let written = aggregateOfFigures(type, scope) { return written }
    guard !scope.lists.isEmpty else { return nil }
    let list = list(scope)
    let name = fresh("i")
    let items = scope.item(name, list.record, world)
    let filter = random.chance(50) ? " where \(condition(items, min(depth, 1)))" : ""
    if type == .number, random.chance(40) {
      counters.add("count")
      return random.chance(30) ? "count(\(list.path))" : "count(\(name) in \(list.path)\(filter))"
    }
    let element = expression(type, items, min(depth, 1))
    let loop = "\(element) for \(name) in \(list.path)\(filter)"
    if random.chance(50) {
      counters.add("sum")
      return "sum(\(loop))"
    }
    let function = random.pick(["min", "max"])
    counters.add(function)
    let fallback = random.chance(60) ? " else \(leaf(type, scope))" : ""
    return "(\(function)(\(loop))\(fallback))"
  }

  /// Of a list that is written where it stands, or of figures that the request gives.
  private mutating func aggregateOfFigures(
    _ type: GeneratedType, _ scope: GeneratedScope
  ) -> String? {
    let lists = scope.scalarLists.filter { $0.type == type }
    guard random.chance(lists.isEmpty ? 10 : 30) else { return nil }
    counters.add("aggregate of figures")
    var list = "[\(leaf(type, scope)), \(leaf(type, scope))]"
    if !lists.isEmpty, random.chance(70) { list = random.pick(lists).path }
    let name = fresh("v")
    let least = random.pick(["min", "max"])
    return random.pick([
      "sum(\(name) for \(name) in \(list) where \(name) > \(literal(type)))",
      "(\(least)(\(name) for \(name) in \(list)) else \(leaf(type, scope)))",
    ])
  }

  /// A definition, a column of a table, or another decision's figure.
  private mutating func declaredFigure(
    _ type: GeneratedType, _ scope: GeneratedScope, _ depth: Int
  ) -> String? {
    let values = world.decisions.filter { $0.kind == "value" && $0.type == type }
    switch random.pick(0...3) {
    case 0 where values.isEmpty: return call(type, scope, depth)
    case 1: return column(type, scope, depth)
    default:
      guard !values.isEmpty else { return call(type, scope, depth) }
      counters.add("decision value used")
      return random.pick(values).name
    }
  }

  mutating func call(_ type: GeneratedType, _ scope: GeneratedScope, _ depth: Int) -> String? {
    let defines = world.defines.filter { $0.result == type }
    guard !defines.isEmpty else { return nil }
    let define = random.pick(defines)
    var arguments: [String] = []
    for argument in define.arguments {
      switch argument {
      case .scalar(let type):
        if case .enumeration = type, path(type, scope) == nil { return nil }
        arguments.append(expression(type, scope, min(depth - 1, 1)))
      case .record(let record):
        let records = scope.records.filter { $0.record == record }
        guard !records.isEmpty else { return nil }
        arguments.append(random.pick(records).path)
      }
    }
    counters.add("define used")
    return arguments.isEmpty ? define.name : "\(define.name)(\(arguments.joined(separator: ", ")))"
  }

  mutating func column(_ type: GeneratedType, _ scope: GeneratedScope, _ depth: Int) -> String? {
    let tables = world.tables.filter { $0.columns.contains(type) }
    guard !tables.isEmpty else { return nil }
    let table = random.pick(tables)
    var keys: [String] = []
    for key in table.keys {
      if case .enumeration(let index) = key {
        let grades = world.decisions.filter { $0.kind == "grade" && $0.type == key }
        if index == 2, !grades.isEmpty, random.chance(80) {
          counters.add("grade as a key")
          keys.append(random.pick(grades).name)
        } else {
          keys.append(path(key, scope) ?? literal(key))
        }
      } else {
        keys.append(expression(key, scope, min(depth - 1, 1)))
      }
    }
    let columns = table.columns.indices.filter { table.columns[$0] == type }
    counters.add("table used")
    let look = "\(table.name)[\(keys.joined(separator: ", "))].c\(random.pick(columns))"
    if table.isList {
      let item = fresh("v")
      return "sum(\(item) for \(item) in \(look))"
    }
    if table.alwaysGives { return look }
    guard random.chance(table.hasGaps ? (table.isFinite ? 100 : 70) : 5) else { return look }
    if case .post = type { return "(\(look) else \(random.pick(world.posts)))" }
    return "(\(look) else \(type == .bool ? "false" : leaf(type, scope)))"
  }

  /// `if path is present then path else literal`.
  private mutating func guardedFigure(
    _ type: GeneratedType, _ scope: GeneratedScope, _ depth: Int
  ) -> String? {
    let paths = scope.leaves.filter { $0.type == type && $0.guardedBy != nil }
    guard !paths.isEmpty else { return nil }
    let leaf = random.pick(paths)
    guard let guardedBy = leaf.guardedBy else { return nil }
    counters.add("guarded figure")
    let other = self.leaf(type, scope)
    return random.chance(50)
      ? "(if \(guardedBy) is present then \(leaf.path) else \(other))"
      : "(if \(guardedBy) is absent then \(other) else \(leaf.path))"
  }
}
