/// The facts of one request as the analysis counts them.
internal import PolicyCompiler
internal import PolicyEngine
internal import PolicyRuntime

/// Reads the values of facts from an envelope that the machine has answered.
struct RequestFacts {
  private let reader: Interpreter
  /// The values of the facts that the request gives, with whether they are absent or unknown.
  private(set) var values: [FactID: Int128] = [:]
  /// The items of the longest list.
  private(set) var mostItems = 0

  private var space: Space { reader.space }

  init(_ request: JSONTree, _ reader: Interpreter) {
    self.reader = reader
    let asOf = request["asOf"]?.word ?? request["today"]?.word
    set(reader.context.asOf, day(asOf))
    set(reader.context.today, day(request["today"]?.word ?? asOf))
    for reference in reader.inputs.keys {
      let field = reader.set.policies[reference.policy].inputs[reference.index].field
      read(request["input"]?[field.name], field.type, field.name, reference.policy)
    }
    set(.history, request["history"] == nil ? 0 : 1)
    let isCleared = { (name: String) -> Bool in
      (request["clearances"]?.items ?? []).contains {
        "\($0["decision"]?.word ?? "").\($0["code"]?.word ?? "")" == name
      }
    }
    for index in space.facts.indices {
      if case .cleared(let name) = space.facts[index].role {
        values[FactID(index: index)] = isCleared(name) ? 1 : 0
      }
    }
  }

  private mutating func set(_ fact: FactID, _ value: Int128?) { values[fact] = value }

  private func day(_ word: String?) -> Int128? {
    word.flatMap { Day(text: $0.utf8) }.map { Int128($0.number) }
  }

  private mutating func set(_ role: Fact.Role, _ value: Int128?) {
    guard let fact = space.existing(role) else { return }
    values[fact] = value
  }

  // MARK: Values

  private mutating func read(
    _ tree: JSONTree?, _ type: ValueType, _ path: String, _ policy: Int
  ) {
    let isThere = tree != nil && tree != .null
    if type.isOptional { set(.absent(path), isThere ? 0 : 1) }
    switch type.unwrapped {
    case .record(let id):
      for field in reader.set.types[id].fields {
        read(tree?[field.name], field.type, "\(path).\(field.name)", policy)
      }
    case .list(let item):
      set(.unknown(path), isThere || type.isOptional ? 0 : 1)
      let items = tree?.items ?? []
      if isThere { set(.count(path), Int128(items.count)) }
      mostItems = max(mostItems, items.count)
      for (number, one) in items.enumerated() {
        read(one, item, "\(path)[\(number + 1)]", policy)
      }
    default:
      set(.unknown(path), isThere || type.isOptional ? 0 : 1)
      if let tree, isThere { set(.input(path), value(tree, type.unwrapped, policy)) }
    }
  }

  private func value(_ tree: JSONTree, _ type: ValueType, _ policy: Int) -> Int128? {
    if case .bool(let flag) = tree { return flag ? 1 : 0 }
    guard let word = tree.word else { return nil }
    let number = word.split(separator: " ").first.map(String.init) ?? word
    switch type {
    case .bool, .record, .list, .optional: return nil
    case .number, .money: return (try? Decimal(text: number.utf8))?.units
    case .percent:
      guard number.hasSuffix("%") else { return (try? Decimal(text: number.utf8))?.units }
      let share = try? Decimal(text: number.utf8.dropLast())
      return share?.divided(by: Decimal(100))?.units
    case .date: return day(word)
    case .month: return Month(text: word.utf8).map { Int128($0.number) }
    case .time: return TimeOfDay(text: word.utf8).map { Int128($0.minutes) }
    case .text: return space.code(word, in: .texts)
    case .person: return space.code(word, in: .persons)
    case .post: return space.code(word, in: .posts)
    case .enumeration(let id): return space.code(word, in: .enumeration(reader.set.types[id].name))
    }
  }
}
