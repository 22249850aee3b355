/// Random changes of the project's policies: what the semantic difference says, against random requests.
import Glibc
import PolicyAnalysis
import PolicyCompiler
import PolicyEngine
import PolicyRuntime
import TestSupport

/// `Fuzz changes [number] [seed]`, run beside `policies`.
///
/// Each change is a mutant of one policy. Where requests find another answer, the difference must have shown one too;
/// what it shows has been run, so that it is never false. The exit code is 1 when it missed one.
enum ChangedPolicies {
  /// How many random requests a change is tried with.
  private static let requests = 1_000

  private struct Tally {
    var changed = 0
    var same = 0
    var open = 0
    var foundByRequests = 0
    var missed: [String] = []
    var openButFound = 0
  }

  static func run(_ number: UInt64, seed: UInt64) -> Int32 {
    guard let set = PolicySet.load(folder: "policies").set else {
      print("the folder `policies` does not load")
      return 2
    }
    print("\(number) changes from seed \(seed)")
    var random = SplitMix64(seed: seed)
    let mutants = set.types.policies.indices.map { Mutant.all(of: $0, in: set.types) }
    var tally = Tally()
    var done: UInt64 = 0
    while done < number {
      let policy = Int(random.next() % UInt64(mutants.count))
      guard !mutants[policy].isEmpty else { continue }
      let mutant = mutants[policy][Int(random.next() % UInt64(mutants[policy].count))]
      done += 1
      look(at: mutant, in: policy, set, &random, &tally)
      if done % 100 == 0 {
        print(
          "\(done) changes: \(tally.changed) change answers, \(tally.same) proved to change none, "
            + "\(tally.open) open; requests found \(tally.foundByRequests), missed \(tally.missed.count)"
        )
        fflush(nil)
      }
    }
    for missed in tally.missed.prefix(20) { print("MISSED \(missed)") }
    print(
      "\(done) changes from seed \(seed): \(tally.changed) decisions change, \(tally.same) proved the same, "
        + "\(tally.open) open (of these \(tally.openButFound) found by requests); "
        + "\(tally.missed.count) missed")
    return tally.missed.isEmpty ? 0 : 1
  }

  /// Decisions and those that they use.
  private static func used(by decisions: [Reference], in set: TypedSet) -> Set<Reference> {
    var found = Set(decisions)
    var open = decisions
    while let next = open.popLast() {
      let uses = set.policies[next.policy].decisions[next.index].uses
      open += uses.filter { found.insert($0).inserted }
    }
    return found
  }

  /// The decisions of the policy that the mutant stands in, one by one.
  private static func look(
    at mutant: Mutant, in policy: Int, _ set: PolicySet, _ random: inout SplitMix64,
    _ tally: inout Tally
  ) {
    let types = mutant.applied(to: set.types)
    let owner = set.types.policies[policy]
    let decisions: [Int] =
      switch mutant.target {
      case .decision(let reference, _): [reference.index]
      default: Array(owner.decisions.indices)
      }
    let asked = used(by: decisions.map { Reference(policy: policy, index: $0) }, in: types)
    guard let other = PolicySet(types, digest: "sha256:changed", decisions: asked) else { return }
    for index in decisions {
      let name = "\(owner.name).\(owner.decisions[index].name)"
      let diff = SemanticDiff(from: set, to: other, decision: name)
      guard let found = diff.decisions.first else { continue }
      let request = RandomRequests(set, Reference(policy: policy, index: index), name)
      let differing = request.difference(set, other, &random, tries: requests)
      if differing != nil { tally.foundByRequests += 1 }
      switch found.verdict {
      case .changed: tally.changed += 1
      case .same:
        tally.same += 1
        if let differing {
          tally.missed.append(
            "\(name) \(mutant.change) at \(mutant.range) proved the same: \(differing)")
        }
      case .open:
        tally.open += 1
        if differing != nil {
          tally.openButFound += 1
          tally.missed.append("\(name) \(mutant.change) open: \(found.open.map(\.expressions))")
        }
      case .added, .removed: break
      }
    }
  }
}

/// Random requests for a decision: values near the constants of the policies, some facts left out.
private struct RandomRequests {
  private let types: TypedSet
  private let name: String
  private let inputs: [(field: RecordType.Field, currency: String?)]
  private let numbers: [Int128]
  private let days: [Int]
  private let texts: [String]

  init(_ set: PolicySet, _ reference: Reference, _ name: String) {
    types = set.types
    self.name = name
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
  func difference(
    _ old: PolicySet, _ new: PolicySet, _ random: inout SplitMix64, tries: Int
  ) -> String? {
    let (first, second) = (Evaluator(old), Evaluator(new))
    for _ in 0..<tries {
      let request = envelope(&random)
      let answers = [first, second].map { answer($0, request) }
      if !AnswerChange(from: answers[0], to: answers[1]).isEmpty { return request.text }
    }
    return nil
  }

  private func answer(_ evaluator: Evaluator, _ request: JSONTree) -> JSONTree {
    var out: [UInt8] = []
    let (bytes, body, id) = (Array(name.utf8), request.bytes, [UInt8]())
    _ = evaluator.decide(
      decision: bytes.span, body: body.span, requestID: id.span, today: Day(number: 20_700),
      into: &out)
    return JSONTree(parsing: out) ?? .null
  }

  private func envelope(_ random: inout SplitMix64) -> JSONTree {
    var members: [JSONTree.Member] = []
    for (field, currency) in inputs {
      if let tree = tree(field, currency, &random) { members.append(.init(field.name, tree)) }
    }
    let day = Day(number: 20_700 + Int(random.next() % 40) - 20).text
    return .object([
      .init("input", .object(members)), .init("asOf", .string(day)), .init("today", .string(day)),
    ])
  }

  /// Nil for what is left out: what may be absent now and then, and seldom what must be known.
  private func tree(
    _ field: RecordType.Field, _ currency: String?, _ random: inout SplitMix64
  ) -> JSONTree? {
    let draw = random.next() % 64
    if field.type.isOptional ? draw < 16 : draw == 0 { return nil }
    return value(field.type.unwrapped, field, currency, &random)
  }

  private func value(
    _ type: ValueType, _ field: RecordType.Field, _ currency: String?, _ random: inout SplitMix64
  ) -> JSONTree {
    func pick<T>(_ all: [T]) -> T { all[Int(random.next() % UInt64(max(1, all.count)))] }
    switch type {
    case .bool: return .bool(random.next() % 2 == 0)
    case .number: return .string(Decimal(units: bounded(pick(numbers), field)).text())
    case .money:
      let amount = Decimal(units: bounded(pick(numbers), field)).text(minimum: 2)
      return .string("\(amount) \(currency ?? "CNY")")
    case .percent:
      let share = Decimal(units: bounded(pick(numbers), field) / 100 * 100)
      return .string((share.multiplied(by: Decimal(100)) ?? .zero).text() + "%")
    case .date: return .string(Day(number: pick(days) + Int(random.next() % 5) - 2).text)
    case .month: return .string(Month(of: Day(number: pick(days))).text)
    case .time: return .string(TimeOfDay(minutes: Int(random.next() % 1_440)).text)
    case .post: return .string(pick(types.types.posts).name)
    case .enumeration(let id): return .string(pick(types.types[id].members).name)
    case .text, .person: return .string(pick(texts))
    case .record(let id):
      return .object(
        types.types[id].fields.compactMap { inner in
          tree(inner, currency, &random).map { .init(inner.name, $0) }
        })
    case .list(let item):
      let inner = RecordType.Field(name: "", label: "", type: item, constraints: [])
      return .array(
        (0..<Int(random.next() % 4)).map { _ in value(item.unwrapped, inner, currency, &random) })
    case .optional(let inner): return value(inner, field, currency, &random)
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
