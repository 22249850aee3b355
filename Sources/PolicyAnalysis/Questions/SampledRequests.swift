/// Requests tried at random, beside what is proved.
internal import PolicyCompiler
public import PolicyEngine
internal import PolicyRuntime
internal import PolicySource

/// Requests for a decision without a method: values near the constants of its policies, some facts left out.
///
/// They prove nothing. They find what a proof cannot look through, and a test tries with them what was proved.
public struct SampledRequests {
  private let types: TypedSet
  private let name: String
  private var random: SplitMix64
  private let inputs: [(field: RecordType.Field, currency: String?)]
  private let numbers: [Int128]
  private let days: [Int]
  private let texts: [String]

  /// Requests for a decision of a set; nil when there is none of this name.
  ///
  /// - Parameter seed: the same seed gives the same requests.
  public init?(_ set: PolicySet, decision name: String, seed: UInt64) {
    guard let reference = set.reference(of: name) else { return nil }
    types = set.types
    self.name = name
    random = SplitMix64(seed: seed)
    let evaluator = Evaluator(set)
    let bytes = Array(name.utf8)
    let taken = Set(evaluator.inputs(of: evaluator.number(of: bytes.span)))
    let needed = Lowering.policies(of: reference, in: set.types)
    var found: [(RecordType.Field, String?)] = []
    for policy in [reference.policy] + needed {
      let owner = set.types.policies[policy]
      for input in owner.inputs where taken.contains(input.field.name) {
        if found.contains(where: { $0.0.name == input.field.name }) { continue }
        found.append((input.field, owner.currency))
      }
    }
    inputs = found.map { ($0.0, $0.1) }
    var numbers: Set<Int128> = [0, Decimal.one, 100 * Decimal.one]
    var days: Set<Int> = []
    var texts: Set<String> = ["", "x"]
    for policy in needed {
      for constant in Self.constants(of: policy, in: set.types) {
        switch constant {
        case .number(let value), .money(let value, _), .percent(let value):
          numbers.formUnion([value.units - 1, value.units, value.units + 1, value.units * 2])
        case .date(let day): days.formUnion([day.number - 1, day.number, day.number + 1])
        case .text(let text), .person(let text): texts.insert(text)
        default: break
        }
      }
    }
    days.insert(Day(year: 2026, month: 11, day: 20)?.number ?? 20_000)
    (self.numbers, self.days, self.texts) = (numbers.sorted(), days.sorted(), texts.sorted())
  }

  private static func constants(of policy: Int, in set: TypedSet) -> [Constant] {
    let owner = set.policies[policy]
    func all(_ count: Int, _ element: (Reference) -> Mutant.Element) -> [Constant] {
      (0..<count).flatMap {
        Mutant.constants(of: element(Reference(policy: policy, index: $0)), in: set)
      }
    }
    return all(owner.decisions.count) { .decision($0) }
      + all(owner.defines.count) { .definition($0) }
      + all(owner.parameters.count) { .parameter($0) } + all(owner.tables.count) { .table($0) }
  }

  /// A request that two sets answer otherwise; nil when none of so many does.
  public mutating func difference(
    _ old: PolicySet, _ new: PolicySet, tries: Int
  ) -> Witness? {
    let (first, second) = (Runner(old), Runner(new))
    for _ in 0..<tries {
      let request = next()
      let (before, after) = (first.answer(name, request), second.answer(name, request))
      if !Self.isDecided(before) || !Self.isDecided(after) { continue }
      let change = AnswerChange(from: before, to: after)
      if !change.isEmpty, !change.isOfErrors {
        return Witness(decision: name, request: request, answer: after, before: before)
      }
    }
    return nil
  }

  /// Whether a request was decided, or failed while it was; else it is not taken as it is.
  private static func isDecided(_ answer: JSONTree) -> Bool {
    guard answer["outcome"] == nil else { return true }
    let code = answer["code"]?.word
    return Trap.Kind.allCases.contains { $0.code == code }
  }

  /// The next request.
  public mutating func next() -> JSONTree {
    var members: [JSONTree.Member] = []
    for (field, currency) in inputs {
      if let tree = tree(field, currency) { members.append(.init(field.name, tree)) }
    }
    // Near a day that the policies name, or about 2026.
    let near = random.below(2) == 0 ? days[random.below(days.count)] : 20_700
    let day = Day(number: near + random.below(40) - 20).text
    return .object([
      .init("input", .object(members)), .init("asOf", .string(day)), .init("today", .string(day)),
    ])
  }

  /// Nil for what is left out: what may be absent now and then, and seldom what must be known.
  private mutating func tree(
    _ field: RecordType.Field, _ currency: String?
  ) -> JSONTree? {
    let draw = random.below(64)
    if field.type.isOptional ? draw < 16 : draw == 0 { return nil }
    return value(field.type.unwrapped, field, currency)
  }

  private mutating func value(
    _ type: ValueType, _ field: RecordType.Field, _ currency: String?
  ) -> JSONTree {
    func pick<T>(_ all: [T]) -> T { all[random.below(max(1, all.count))] }
    switch type {
    case .bool: return .bool(random.below(2) == 0)
    case .number: return .string(Decimal(units: bounded(pick(numbers), field)).text())
    case .money:
      let amount = Decimal(units: bounded(pick(numbers), field)).text(minimum: 2)
      return .string("\(amount) \(currency ?? "CNY")")
    case .percent:
      let share = Decimal(units: bounded(pick(numbers), field) / 100 * 100)
      return .string((share.multiplied(by: Decimal(100)) ?? .zero).text() + "%")
    case .date: return .string(Day(number: pick(days) + random.below(5) - 2).text)
    case .month: return .string(Month(of: Day(number: pick(days))).text)
    case .time: return .string(TimeOfDay(minutes: random.below(1_440)).text)
    case .post: return .string(pick(types.types.posts).name)
    case .enumeration(let id): return .string(pick(types.types[id].members).name)
    case .text, .person: return .string(pick(texts))
    case .record(let id):
      return .object(
        types.types[id].fields.compactMap { inner in
          tree(inner, currency).map { .init(inner.name, $0) }
        })
    case .list(let item):
      let inner = RecordType.Field(name: "", label: "", type: item, constraints: [])
      return .array(
        (0..<random.below(4)).map { _ in value(item.unwrapped, inner, currency) })
    case .optional(let inner): return value(inner, field, currency)
    }
  }

  /// A number moved behind the door of its field.
  private func bounded(_ units: Int128, _ field: RecordType.Field) -> Int128 {
    field.constraints.reduce(units) { units, constraint in
      switch constraint {
      case .lower(let bound, let inclusive): max(units, inclusive ? bound : bound + Decimal.one)
      case .upper(let bound, let inclusive): min(units, inclusive ? bound : bound - Decimal.one)
      case .pattern, .items: units
      }
    }
  }
}
