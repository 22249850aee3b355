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
  /// Amounts in a currency that the policy does not count in, by path: nothing is known of their values.
  private(set) var foreign: Set<String> = []

  private var space: Space { reader.space }

  init(_ request: JSONTree, _ reader: Interpreter) {
    self.reader = reader
    let asOf = request["asOf"]?.word ?? request["today"]?.word
    set(reader.context.asOf, Self.day(asOf))
    set(reader.context.today, Self.day(request["today"]?.word ?? asOf))
    for reference in reader.inputs.keys {
      let field = reader.set.policies[reference.policy].inputs[reference.index].field
      read(request["input"]?[field.name], field.type, field.name, reference.policy)
    }
    set(.history, request["history"] == nil ? 0 : 1)
  }

  private mutating func set(_ fact: FactID, _ value: Int128?) { values[fact] = value }

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
      if let tree, isThere { set(.input(path), value(tree, type.unwrapped, policy, path)) }
    }
  }

  private mutating func value(
    _ tree: JSONTree, _ type: ValueType, _ policy: Int, _ path: String
  ) -> Int128? {
    if case .bool(let flag) = tree { return flag ? 1 : 0 }
    guard let word = tree.word else { return nil }
    let currency = reader.set.policies[policy].currency
    let parts = word.split(separator: " ")
    if case .money = type, parts.count == 2, String(parts[1]) != currency {
      foreign.insert(path)
      return nil
    }
    return Self.value(word, reader.scale(of: type, currency: currency), space)
  }

  /// A value as it is written in a request or an answer; nil when it is none of its kind.
  static func value(_ word: String, _ scale: Fact.Scale, _ space: Space) -> Int128? {
    let number = word.split(separator: " ").first.map(String.init) ?? word
    switch scale {
    case .truth: return word == "true" ? 1 : word == "false" ? 0 : nil
    case .number, .money: return (try? Decimal(text: number.utf8))?.units
    case .percent:
      guard number.hasSuffix("%") else { return (try? Decimal(text: number.utf8))?.units }
      let share = try? Decimal(text: number.utf8.dropLast())
      return share?.divided(by: Decimal(100))?.units
    case .date: return day(word)
    case .month: return Month(text: word.utf8).map { Int128($0.number) }
    case .time: return TimeOfDay(text: word.utf8).map { Int128($0.minutes) }
    case .names(let family): return space.code(word, in: family)
    }
  }

  private static func day(_ word: String?) -> Int128? {
    word.flatMap { Day(text: $0.utf8) }.map { Int128($0.number) }
  }
}
