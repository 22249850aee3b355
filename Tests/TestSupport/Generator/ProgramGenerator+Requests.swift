/// Generated requests: complete, with gaps, explicit unknowns, absences, boundaries, zeros, huge and
/// foreign amounts, and clearances that fit or do not.
import PolicyRuntime

extension ProgramGenerator {
  /// How much of a request is left out, and how far its figures go.
  private struct Mood {
    /// In percent.
    var missing = 0
    var unknown = 0
    var absent = 30
    var huge = 0
    var zero = 5
    var foreign = 0
  }

  mutating func requests() -> [ReferenceRequest] {
    let moods = [
      Mood(), Mood(), Mood(absent: 0), Mood(missing: 15), Mood(missing: 50), Mood(unknown: 15),
      Mood(missing: 5, unknown: 5), Mood(zero: 60), Mood(huge: 20), Mood(foreign: 15),
      Mood(absent: 90),
      Mood(missing: 10, huge: 5, foreign: 5),
    ]
    guard let count = size.requests else { return moods.map { request($0) } }
    // One that is complete, and others of any mood.
    let open = [Mood(missing: 15), Mood(missing: 30), Mood(unknown: 15)]
    return [request(moods[0])]
      + (1..<count).map { _ in request(random.pick(theme == .clearance ? open : moods)) }
  }

  private mutating func request(_ mood: Mood) -> ReferenceRequest {
    var unknown: [String] = []
    var inputs: [String: RequestValue] = [:]
    for input in world.inputs {
      if let value = value(input, path: input.name, mood, &unknown) { inputs[input.name] = value }
    }
    let days = ["2026-11-21", "2026-11-21", "2026-11-21", "2026-12-31", "2026-03-01"]
    let asOf = day(random.pick(days))
    let today = random.chance(70) ? asOf : day("2026-11-25")
    return ReferenceRequest(
      inputs: inputs, unknown: unknown, clearances: clearances(inputs, today),
      history: history(inputs), asOf: asOf, today: today)
  }

  private func day(_ text: String) -> Day { Day(text: text.utf8) ?? Day(number: 0) }

  /// Nil when the field is left out.
  private mutating func value(
    _ field: GeneratedField, path: String, _ mood: Mood, _ unknown: inout [String]
  ) -> RequestValue? {
    if random.chance(mood.unknown) {
      // A whole order unknown says little: let its fields decide.
      if case .record(2) = field.content {
      } else {
        counters.add("request: unknown path")
        unknown.append(path)
        return nil
      }
    }
    if field.isOptional, random.chance(mood.absent) { return random.chance(50) ? nil : .null }
    switch field.content {
    case .record(let record):
      if record == 1, random.chance(mood.missing / 2) { return nil }
      return object(record, path: path, mood, &unknown)
    case .list(let record):
      if random.chance(mood.missing / 2) { return nil }
      return .array(
        (0..<random.pick(random.chance(25) ? 0...0 : 1...3)).map { index in
          object(record, path: "\(path)[\(index + 1)]", mood, &unknown)
        })
    case .scalars(let type):
      if random.chance(mood.missing / 2) { return nil }
      return .array((0..<random.pick(0...3)).map { _ in scalar(type, .none, mood) })
    case .scalar(let type):
      if random.chance(mood.missing) { return nil }
      return scalar(type, field.rule, mood)
    }
  }

  private mutating func object(
    _ record: Int, path: String, _ mood: Mood, _ unknown: inout [String]
  ) -> RequestValue {
    var members: [(name: String, value: RequestValue)] = []
    for field in world.records[record].fields {
      if let value = value(field, path: "\(path).\(field.name)", mood, &unknown) {
        members.append((field.name, value))
      }
    }
    return .object(members)
  }

  private mutating func scalar(
    _ type: GeneratedType, _ rule: GeneratedField.Rule, _ mood: Mood
  ) -> RequestValue {
    switch type {
    case .bool: return .bool(random.chance(50))
    case .number:
      let figure = figure(rule, mood)
      return random.chance(80) ? .number(figure) : .text(figure)
    case .money:
      let figure = figure(rule, mood)
      if random.chance(mood.foreign) {
        return .text("\(figure) \(random.pick(["EUR", "EUR", "USD", "JPY"]))")
      }
      return world.currency != nil && random.chance(30) ? .number(figure) : .text("\(figure) CNY")
    case .percent: return .text(random.pick(["0%", "6%", "12.5%", "50%", "90%", "-3%", "100%"]))
    case .text:
      if case .pattern(let index) = rule {
        return .text(random.pick(GeneratedPattern.all[index].fitting))
      }
      return .text(random.pick(["SC0001", "Wenzhou", "温州", "", "a", " ", "SC12", "a\"b\\c\n"]))
    case .date:
      return .text(
        random.pick(
          world.days + ["2026-11-21", "2024-02-29", "2026-01-31", "0001-01-01", "9999-12-31"]))
    case .month:
      let months = ["2026-11", "2026-12", "2027-01", "0001-01", "9999-12"]
      return .text(random.pick(world.months + months))
    case .time:
      let times = ["00:00", "08:59", "09:00", "09:01", "16:00", "23:59"]
      return .text(random.pick(world.times + times))
    case .post: return .text(random.pick(world.posts))
    case .person: return .text(random.pick(["wang", "li", "张三"]))
    case .enumeration(let index): return .text(random.pick(world.enumerations[index].members))
    }
  }

  /// A figure at or beside a constant of the program.
  private mutating func figure(_ rule: GeneratedField.Rule, _ mood: Mood) -> String {
    if random.chance(mood.zero), rule != .positive { return "0" }
    if random.chance(mood.huge), rule != .percentage {
      counters.add("request: huge figure")
      return random.pick([
        "999999999999999999999999999999", "900719925474099.93",
        "123456789012345678901234567890.12345678",
        "1000000000000000",
      ])
    }
    let base = BigDecimal(text: random.pick(world.constants)) ?? .one
    let steps = ["0", "0", "0.01", "-0.01", "1", "-1", "0.00000001", "37.5", "0.5", "0.005"]
    let step = BigDecimal(text: random.pick(steps)) ?? .zero
    let figure = base.plus(step) ?? base
    switch rule {
    case .none: return (random.chance(5) ? figure.negated : figure).text
    case .notNegative, .pattern: return figure < .zero ? "0" : figure.text
    case .positive: return .zero < figure ? figure.text : "1"
    case .percentage:
      return figure < .zero || BigDecimal(100) < figure ? String(random.pick(0...100)) : figure.text
    }
  }

  private mutating func clearances(
    _ inputs: [String: RequestValue], _ today: Day
  ) -> [ReferenceClearance] {
    let often = theme == .clearance ? 100 : 75
    guard !world.clearings.isEmpty, random.chance(often) else { return [] }
    return (0..<random.pick(1...4)).map { _ in
      let clearing = random.pick(world.clearings)
      counters.add("request: clearance")
      let item = clearing.isForEach ? (random.chance(90) ? random.pick(1...3) : nil) : nil
      let amounts: [RequestValue?] = [
        nil, nil, nil, .text("50 CNY"), .text("100000 CNY"), .text("5 EUR"),
      ]
      let days = ["2026-11-21", "2026-11-20", "2026-10-21", "2026-10-22", "2026-12-30"]
      let on =
        random.chance(theme == .clearance ? 95 : 70)
        ? today.adding(days: -random.pick(0...1)) : day(random.pick(days))
      var clearance = ReferenceClearance(
        decision: clearing.decision, code: clearing.code, item: item,
        by: random.chance(theme == .clearance ? 97 : 85) ? clearing.post : random.pick(world.posts),
        person: "wang",
        on: on ?? today,
        amount: random.pick(amounts))
      if random.chance(theme == .clearance ? 10 : 45) {
        clearance.facts = clearedFacts(clearing, item, inputs)
      }
      return clearance
    }
  }

  /// The facts of a clause; what they are for an item stands in that item.
  private mutating func clearedFacts(
    _ clearing: GeneratedClearing, _ item: Int?, _ inputs: [String: RequestValue]
  ) -> [(name: String, value: RequestValue)] {
    counters.add("request: cleared facts")
    var inputs = inputs
    if let (name, list) = clearing.item, let item, case .array(let items) = self[list, inputs],
      items.indices.contains(item - 1)
    {
      counters.add("request: cleared facts of an item")
      inputs[name] = items[item - 1]
    }
    return recorded(clearing.facts, inputs)
  }

  /// Facts as the request has them; now and then one is another, is missing, or is none.
  mutating func recorded(
    _ leaves: [GeneratedLeaf], _ inputs: [String: RequestValue]
  ) -> [(name: String, value: RequestValue)] {
    var facts: [(name: String, value: RequestValue)] = []
    for leaf in leaves where !facts.contains(where: { $0.name == leaf.path }) {
      let given = self[leaf.path, inputs] ?? .null
      if given == .null, random.chance(70) { continue }
      if random.chance(5) { continue }
      let isOther = random.chance(8) && given != .null
      facts.append((leaf.path, isOther ? scalar(leaf.type, .none, Mood()) : given))
    }
    if random.chance(3) { facts.append(("order.gone", .bool(true))) }
    return facts
  }

  /// What a request gives at a path.
  subscript(path: String, inputs: [String: RequestValue]) -> RequestValue? {
    let parts = path.split(separator: ".")
    var value = parts.first.flatMap { inputs[String($0)] }
    for part in parts.dropFirst() { value = value?[String(part)] }
    return value
  }
}
