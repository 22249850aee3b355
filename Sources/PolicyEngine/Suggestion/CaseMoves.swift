/// The cases that differ from a case in one thing: a fact moved to where a decision may turn, a flag or member turned,
/// an item left out, a fact not known, a clearance more or less, another day.
import PolicyCompiler
import PolicyRuntime

/// Finds the neighbours of cases of one decision.
struct CaseMoves {
  /// A step into a value.
  enum Step: Hashable {
    case field(String)
    case item(Int)
  }

  /// One thing that is done to a case.
  enum Move {
    case give([Step], CaseValue)
    case forget([Step])
    case asOf(Day)
    case today(Day)
    case clearances([TypedClearance])
    case acts([TypedAct])
  }

  /// At most so many items of a list are looked into.
  private static let items = 3

  let types: TypedSet
  let pool: FigurePool
  /// The inputs that the decision takes, with their types.
  let inputs: [(name: String, type: ValueType)]
  /// The clauses that can be cleared.
  let clearable: [(decision: Reference, clause: TypedClause)]
  /// The values that cases have at a path, items not told apart.
  private(set) var known: [[Step]: Set<CaseValue>] = [:]

  init(_ types: TypedSet, _ decision: BenchedDecision) {
    self.types = types
    pool = FigurePool(decision.elements, in: types)
    var inputs: [(name: String, type: ValueType)] = []
    let order = [decision.reference.policy] + types.policies.indices
    for name in decision.inputs {
      let type = order.lazy.compactMap { policy in
        types.policies[policy].inputs.first { $0.field.name == name }?.field.type
      }.first
      if let type { inputs.append((name, type)) }
    }
    self.inputs = inputs
    let typed = types.policies[decision.reference.policy].decisions[decision.reference.index]
    let own: [TypedClause]
    switch typed.body {
    case .release(let clauses): own = clauses
    default: own = []
    }
    clearable = own.filter { $0.clearedBy != nil }.map { (decision.reference, $0) }
  }

  /// Remembers the values of a case.
  mutating func learn(_ sample: TypedCase) {
    for (name, type) in inputs {
      if let value = sample.facts[name] { learn(value, type, [.field(name)]) }
    }
  }

  private mutating func learn(_ value: CaseValue, _ type: ValueType, _ path: [Step]) {
    if case .unknown = value { return }
    known[path, default: []].insert(value)
    switch (value, type.unwrapped) {
    case (.record(let fields), .record(let id)):
      for field in types.types[id].fields {
        if let inner = fields[field.name] { learn(inner, field.type, path + [.field(field.name)]) }
      }
    case (.list(let items), .list(let item)):
      for inner in items { learn(inner, item, path + [.item(0)]) }
    default: break
    }
  }

  // MARK: Moves

  /// Everything that can be done to a case; `compared` are the sides of comparisons of its run.
  func moves(from sample: TypedCase, compared: [(left: Int128, right: Int128)]) -> [Move] {
    var found: [Move] = []
    let near = Nearby(compared)
    for (name, type) in inputs {
      visit(sample.facts[name], type, [.field(name)], sample, near, &found)
    }
    days(sample, near, &found)
    clearances(sample, &found)
    acts(sample, near, &found)
    return found
  }

  private func visit(
    _ value: CaseValue?, _ type: ValueType, _ path: [Step], _ sample: TypedCase, _ near: Nearby,
    _ found: inout [Move]
  ) {
    var values = known[path.map(\.anyItem)] ?? []
    switch type.unwrapped {
    case .record(let id):
      var fields: [String: CaseValue] = [:]
      if case .record(let own)? = value { fields = own }
      if value != nil || type.isOptional == false {
        for field in types.types[id].fields {
          visit(
            fields[field.name], field.type, path + [.field(field.name)], sample, near, &found)
        }
      }
    case .list(let item):
      values = Set(values.sorted { $0.size < $1.size }.prefix(4))
      if case .list(let items)? = value {
        for (number, inner) in items.prefix(Self.items).enumerated() {
          visit(inner, item, path + [.item(number)], sample, near, &found)
          var fewer = items
          fewer.remove(at: number)
          values.insert(.list(fewer))
        }
        if let last = items.last { values.insert(.list(items + [last])) }
      }
      values.insert(.list([]))
    case let scalar:
      for constant in candidates(for: scalar, value, sample, near) {
        values.insert(.constant(constant))
      }
    }
    if let value { values.remove(value) }
    found += values.sorted { $0.order < $1.order }.map { .give(path, $0) }
    if value != nil {
      // What is left out of a record is not known, or absent where that is possible.
      if type.isOptional { found.append(.give(path, .unknown)) }
      found.append(.forget(path))
    }
  }

  /// The values that a fact may be given.
  private func candidates(
    for type: ValueType, _ value: CaseValue?, _ sample: TypedCase, _ near: Nearby
  ) -> [Constant] {
    var own: Constant?
    if case .constant(let constant)? = value { own = constant }
    switch type {
    case .bool: return [.bool(true), .bool(false)]
    case .enumeration(let id):
      return types.types[id].members.indices.map { .member(id, $0) }
    case .post: return pool.posts.sorted().prefix(24).map { .post($0) }
    case .number:
      return near.figures(own, pool.numbers, step: Decimal.one).map { .number(Decimal(units: $0)) }
    case .percent:
      return near.figures(own, pool.shares, step: Decimal.one / 100)
        .map { .percent(Decimal(units: $0)) }
    case .money:
      var currency = "CNY"
      if case .money(_, let written?)? = own { currency = written }
      return near.figures(own, pool.amounts, step: Decimal.one / 100)
        .map { .money(Decimal(units: $0), currency: currency) }
    case .date:
      return near.days(own, pool.dates, pool.dayCounts, sample).map { .date(Day(number: $0)) }
    case .month: return pool.months.sorted().map { .month(Month(number: $0)) }
    case .time: return pool.times.sorted().map { .time(TimeOfDay(minutes: $0)) }
    case .text: return (pool.texts.sorted() + [""]).map { .text($0) }
    default: return []
    }
  }

  // MARK: Days, clearances, acts

  private func days(_ sample: TypedCase, _ near: Nearby, _ found: inout [Move]) {
    for day in near.days(.date(sample.today), pool.dates, pool.dayCounts, sample) {
      found.append(.today(Day(number: day)))
    }
  }

  private func clearances(_ sample: TypedCase, _ found: inout [Move]) {
    if !sample.clearances.isEmpty { found.append(.clearances([])) }
    for (number, clearance) in sample.clearances.enumerated() {
      for count in pool.dayCounts where count >= 0 {
        var moved = clearance
        moved.on = Day(number: sample.today.number - count)
        var all = sample.clearances
        all[number] = moved
        found.append(.clearances(all))
      }
    }
    for (decision, clause) in clearable {
      var posts = pool.posts.sorted()
      if posts.isEmpty { posts = Array(types.types.posts.indices.prefix(2)) }
      if posts.count == 1, let other = types.types.posts.indices.first(where: { $0 != posts[0] }) {
        posts.append(other)
      }
      for post in posts.prefix(12) {
        for back in [0] + pool.dayCounts.filter({ $0 > 0 }) {
          let clearance = TypedClearance(
            decision: decision, code: clause.code, item: clause.forEach == nil ? nil : 1,
            post: post, person: nil, on: Day(number: sample.today.number - back), amount: nil,
            facts: nil, range: clause.range)
          found.append(.clearances(sample.clearances + [clearance]))
        }
      }
    }
  }

  private func acts(_ sample: TypedCase, _ near: Nearby, _ found: inout [Move]) {
    guard !sample.acts.isEmpty else { return }
    found.append(.acts([]))
    found.append(.acts(Array(sample.acts.dropLast())))
    for number in sample.acts.indices {
      for result in [ActResult.passes, .refuses] where sample.acts[number].result != result {
        var acts = sample.acts
        acts[number].result = result
        found.append(.acts(acts))
      }
    }
  }
}

extension CaseMoves.Step {
  /// The same for every item of a list.
  fileprivate var anyItem: Self {
    if case .item = self { .item(0) } else { self }
  }
}

extension CaseValue {
  /// How much it holds.
  fileprivate var size: Int {
    switch self {
    case .record(let fields): fields.values.reduce(1) { $0 + $1.size }
    case .list(let items): items.reduce(1) { $0 + $1.size }
    case .constant, .unknown: 1
    }
  }

  /// The same order every time: what is short comes first.
  fileprivate var order: String { (size < 10 ? "0" : "") + "\(size) \(mark)" }

  private var mark: String {
    switch self {
    case .constant(let constant): "\(constant)"
    case .record(let fields):
      fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.mark)" }
        .joined(separator: ", ")
    case .list(let items): items.map(\.mark).joined(separator: "; ")
    case .unknown: "?"
    }
  }
}

/// The figures around which something turns in one run.
struct Nearby {
  private let sides: Set<Int128>
  private let ways: Set<Int128>

  init(_ compared: [(left: Int128, right: Int128)]) {
    var (sides, ways): (Set<Int128>, Set<Int128>) = ([], [])
    for (left, right) in compared.prefix(200) {
      sides.formUnion([left, right])
      ways.insert(right - left)
    }
    self.sides = sides
    self.ways = ways
  }

  /// Figures to try: constants, what was compared, and this figure moved by what was lacking.
  func figures(_ own: Constant?, _ pool: Set<Int128>, step: Int128) -> [Int128] {
    var found = pool.union([0])
    for side in sides { found.formUnion([side - step, side, side + step]) }
    switch own {
    case .number(let value), .percent(let value), .money(let value, _):
      for way in ways {
        for moved in [value.units + way, value.units - way] {
          found.formUnion([moved - step, moved, moved + step])
        }
      }
    default: break
    }
    return found.filter { $0.magnitude < Decimal.bound.magnitude && $0 % 10_000 == 0 }
      .sorted { ($0.magnitude, $0) < ($1.magnitude, $1) }
  }

  /// Days to try.
  func days(
    _ own: Constant?, _ pool: Set<Int>, _ counts: [Int], _ sample: TypedCase
  ) -> [Int] {
    var found = pool
    var anchors = [sample.today.number, sample.asOf.number]
    if case .date(let day)? = own { anchors.append(day.number) }
    for anchor in Set(anchors) {
      found.formUnion([anchor - 1, anchor, anchor + 1])
      for count in counts { found.formUnion([anchor - count, anchor + count]) }
    }
    if case .date(let day)? = own {
      for way in ways.sorted().prefix(40) {
        let days = way % Decimal.one == 0 && way != 0 ? way / Decimal.one : way
        guard days.magnitude < 4_000 else { continue }
        for moved in [day.number + Int(days), day.number - Int(days)] {
          found.formUnion([moved - 1, moved, moved + 1])
        }
      }
    }
    return found.filter { Day.first.number <= $0 && $0 <= Day.last.number }.sorted()
  }
}
