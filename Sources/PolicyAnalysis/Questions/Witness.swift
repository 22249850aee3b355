/// Requests that show what an analysis found: made from the values of facts, run through the machine that decides.
public import PolicyEngine
internal import PolicyCompiler
internal import PolicyRuntime
internal import PolicySource

/// A request that was run.
public struct Witness: Sendable {
  /// `policy.decision`.
  public let decision: String
  /// The envelope, as an order system would send it.
  public let request: JSONTree
  /// The answer to it; of a comparison, that of the newer set.
  public let answer: JSONTree
  /// Of a comparison, the answer of the older set.
  public var before: JSONTree?
}

/// Makes requests of the values of facts.
struct WitnessMaker {
  let interpreter: Interpreter
  let policies: PolicySet
  let decision: String

  private var space: Space { interpreter.space }

  /// The envelope; facts that have no value get a plain one.
  func envelope(_ values: [FactID: Int128]) -> JSONTree? {
    let taken = policies.inputNames(of: decision)
    var inputs: [JSONTree.Member] = []
    for (policy, input) in candidates where taken.contains(input.field.name) {
      guard !inputs.contains(where: { $0.name == input.field.name }) else { continue }
      if let tree = tree(input.field, input.field.name, policy, values) {
        inputs.append(.init(input.field.name, tree))
      }
    }
    let asOf = day(interpreter.context.asOf, values)
    let today = values[interpreter.context.today] ?? asOf
    var members: [JSONTree.Member] = [
      .init("input", .object(inputs)),
      .init("asOf", .string(Day(number: Int(asOf)).text)),
      .init("today", .string(Day(number: Int(today)).text)),
    ]
    let cleared = clearances(values, today)
    if !cleared.isEmpty { members.append(.init("clearances", .array(cleared))) }
    if let history = history(values, .object(members)) {
      members.append(.init("history", .array(history)))
    }
    return .object(members)
  }

  /// The acts of the approvals that are to have been approved or refused; nil when nothing is asked of a history.
  private func history(_ values: [FactID: Int128], _ request: JSONTree) -> [JSONTree]? {
    guard let isThere = space.existing(.history), values[isThere] == 1 else { return nil }
    var asked: [(name: String, refuse: Bool)] = []
    for (fact, value) in values.sorted(by: { $0.key < $1.key }) {
      switch space[fact].role {
      case .approved(let name):
        if value == 1 { asked.append((name, false)) }
      case .refused(let name):
        if value == 1 { asked.append((name, true)) }
      default: continue
      }
    }
    // Those that others ask for come first.
    let order = asked.map { (depth(of: $0.name), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    var acts: [JSONTree] = []
    if order.isEmpty { return acts }
    let player = HistoryPlayer(set: interpreter.set, policies: policies, runner: Runner(policies))
    for (name, refuse) in order {
      acts += player.play(name, request, behind: acts, refuse: refuse)
    }
    return acts
  }

  /// How many decisions stand one behind the other under a decision.
  private func depth(of name: String) -> Int {
    func depth(_ reference: Reference, _ limit: Int) -> Int {
      let uses = interpreter.set.policies[reference.policy].decisions[reference.index].uses
      return limit == 0 ? 0 : 1 + (uses.map { depth($0, limit - 1) }.max() ?? 0)
    }
    return policies.reference(of: name).map { depth($0, 16) } ?? 0
  }

  /// The inputs that the decision reads, then those of its own policy.
  private var candidates: [(policy: Int, input: TypedInput)] {
    let read = interpreter.inputs.keys.sorted { ($0.policy, $0.index) < ($1.policy, $1.index) }
    let own = policies.reference(of: decision)?.policy
    let policies = interpreter.set.policies
    return read.map { ($0.policy, policies[$0.policy].inputs[$0.index]) }
      + (own.map { index in policies[index].inputs.map { (index, $0) } } ?? [])
  }

  private func day(_ fact: FactID, _ values: [FactID: Int128]) -> Int128 {
    values[fact] ?? space.plainest(fact, space.domain(of: fact))
  }

  // MARK: Facts

  private func flag(_ role: Fact.Role, _ values: [FactID: Int128]) -> Bool? {
    space.existing(role).flatMap { values[$0] }.map { $0 == 1 }
  }

  /// Nil for what is left out.
  private func tree(
    _ field: RecordType.Field, _ path: String, _ policy: Int, _ values: [FactID: Int128]
  ) -> JSONTree? {
    if flag(.unknown(path), values) == true { return nil }
    if field.type.isOptional {
      let isAbsent = flag(.absent(path), values) ?? !isMentioned(path, values)
      if isAbsent { return nil }
    }
    return tree(field.type.unwrapped, field, path, policy, values)
  }

  /// Whether a value below a path is needed for what was found.
  private func isMentioned(_ path: String, _ values: [FactID: Int128]) -> Bool {
    values.keys.contains { fact in
      switch space[fact].role {
      case .input(let other), .count(let other):
        other == path || other.hasPrefix(path + ".") || other.hasPrefix(path + "[")
      default: false
      }
    }
  }

  private func tree(
    _ type: ValueType, _ field: RecordType.Field, _ path: String, _ policy: Int,
    _ values: [FactID: Int128]
  ) -> JSONTree? {
    switch type {
    case .record(let id):
      return .object(
        interpreter.set.types[id].fields.compactMap { inner in
          tree(inner, "\(path).\(inner.name)", policy, values).map { .init(inner.name, $0) }
        })
    case .list(let item):
      let count = space.existing(.count(path)).flatMap { values[$0] } ?? 0
      let inner = RecordType.Field(name: "", label: "", type: item, constraints: [])
      return .array(
        (0..<Int(count)).compactMap { number in
          tree(inner, "\(path)[\(number + 1)]", policy, values)
        })
    default: return scalar(type, path, field, policy, values)
    }
  }

  private func scalar(
    _ type: ValueType, _ path: String, _ field: RecordType.Field, _ policy: Int,
    _ values: [FactID: Int128]
  ) -> JSONTree {
    let fact =
      space.existing(.input(path))
      ?? space.fact(
        .input(path), interpreter.scale(of: type, currency: nil),
        interpreter.line(of: type, field.constraints), label: field.label, pattern: field.pattern)
    let value = values[fact] ?? space.plainest(fact, space.domain(of: fact))
    switch type {
    case .bool: return .bool(value == 1)
    case .number: return .string(Decimal(units: value).text())
    case .percent:
      let hundredfold = Decimal(units: value).multiplied(by: Decimal(100))
      return .string((hundredfold ?? .zero).text() + "%")
    case .money:
      let currency = interpreter.set.policies[policy].currency ?? "CNY"
      return .string("\(Decimal(units: value).text(minimum: 2)) \(currency)")
    case .date: return .string(Day(number: Int(value)).text)
    case .month: return .string(Month(number: Int(value)).text)
    case .time: return .string(TimeOfDay(minutes: Int(value)).text)
    default: return .string(space.text(value, of: fact))
    }
  }

  // MARK: Clearances

  private func clearances(_ values: [FactID: Int128], _ today: Int128) -> [JSONTree] {
    var result: [JSONTree] = []
    for (fact, value) in values.sorted(by: { $0.key < $1.key }) where value == 1 {
      guard case .cleared(let name) = space[fact].role else { continue }
      let parts = name.split(separator: ".").map(String.init)
      guard parts.count == 3, let (clause, post) = clause(parts) else { continue }
      var members: [JSONTree.Member] = [
        .init("decision", .string("\(parts[0]).\(parts[1])")), .init("code", .string(parts[2])),
        .init("by", .string(post)), .init("on", .string(Day(number: Int(today)).text)),
      ]
      guard let each = clause.forEach,
        case .list(let list) = interpreter.value(each.list, Names()),
        case .facts(let path, _) = list.items,
        let count = space.existing(.count(path)).flatMap({ values[$0] })
      else {
        result.append(.object(members))
        continue
      }
      for item in 0..<Int(count) {
        members.removeAll { $0.name == "item" }
        members.append(.init("item", .number(String(item + 1))))
        result.append(.object(members))
      }
    }
    return result
  }

  /// A clause of a release and the post that may clear it, where that is a literal.
  private func clause(_ parts: [String]) -> (TypedClause, String)? {
    let set = interpreter.set
    guard let policy = set.policies.first(where: { $0.name == parts[0] }),
      let decision = policy.decisions.first(where: { $0.name == parts[1] }),
      case .release(let clauses) = decision.body,
      let clause = clauses.first(where: { $0.code == parts[2] }),
      case .constant(.post(let index))? = clause.clearedBy?.post.kind
    else { return nil }
    return (clause, set.types.posts[index].name)
  }
}

extension RecordType.Field {
  /// What a text of it must look like.
  fileprivate var pattern: TextPattern? {
    for case .pattern(let pattern) in constraints { return pattern }
    return nil
  }
}

extension Space {
  /// The text of a code; one that no policy names is made up, as its door asks.
  func text(_ code: Int128, of fact: FactID) -> String {
    guard case .names(let family) = self[fact].scale else { return "" }
    if let name = name(code, in: family) { return name }
    let number = Int(clamping: max(0, code - Self.otherNames))
    if let pattern = self[fact].pattern { return pattern.example(number) }
    return family == .persons ? "person-\(number)" : "text-\(number)"
  }
}

extension TextPattern {
  /// Texts of this pattern; on a day where it says one.
  func examples(on day: Day?) -> [String] { [example(0, on: day), example(1, on: day)] }

  /// A text of this pattern, another for another number.
  func example(_ number: Int, on day: Day? = nil) -> String {
    let parts = day?.parts ?? (year: 2026, month: 11, day: 20)
    return pieces.map { piece in
      switch piece {
      case .literal(let letters): String(decoding: letters, as: UTF8.self)
      case .digits(let count), .serial(let count): Self.digits(number + 1, count)
      case .letters(let count): String(repeating: "A", count: count)
      case .date:
        Self.digits(parts.year, 4) + Self.digits(parts.month, 2) + Self.digits(parts.day, 2)
      case .year: Self.digits(parts.year, 4)
      case .shortYear: Self.digits(parts.year % 100, 2)
      case .month: Self.digits(parts.month, 2)
      case .day: Self.digits(parts.day, 2)
      case .oneOf(let list): String(decoding: list.first ?? [], as: UTF8.self)
      }
    }.joined()
  }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let text = String(String(number).suffix(count))
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }
}

/// Runs requests through the machine.
final class Runner {
  private let evaluator: Evaluator

  init(_ set: PolicySet) { evaluator = Evaluator(set) }

  /// The answer to a request, or the problem document.
  func answer(_ decision: String, _ request: JSONTree) -> JSONTree {
    var out: [UInt8] = []
    let (name, body) = (Array(decision.utf8), request.bytes)
    let id: [UInt8] = []
    _ = evaluator.decide(
      decision: name.span, body: body.span, requestID: id.span, today: Day(number: 20_000),
      into: &out)
    return JSONTree(parsing: out) ?? .null
  }
}
