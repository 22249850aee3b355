/// Sample cases as requests of the reference, so that both evaluators answer them.
public import PolicyCompiler
public import PolicyRuntime
import PolicySource

extension ReferenceRequest {
  /// The request that a sample case stands for.
  public init(_ sample: TypedCase, in set: TypedSet) {
    var inputs: [String: RequestValue] = [:]
    for (name, value) in sample.facts { inputs[name] = Self.value(of: value, set.types) }
    self.init(
      inputs: inputs, unknown: sample.unknown,
      clearances: sample.clearances.map { Self.clearance($0, set) },
      history: sample.acts.isEmpty ? nil : sample.acts.map { Self.act($0, set) }, asOf: sample.asOf,
      today: sample.today)
  }

  /// The request without the inputs that a decision does not read: those it refuses.
  public func taken(by program: Program) -> ReferenceRequest {
    let root = program.schema.nodes[0]
    let first = Int(root.firstChild)
    let names = Set(program.schema.names[first..<first + Int(root.childCount)])
    var request = self
    request.inputs = inputs.filter { names.contains($0.key) }
    request.unknown = unknown.filter { path in
      names.contains(String(path.prefix { $0 != "." && $0 != "[" }))
    }
    return request
  }

  /// A value as a request gives it; nil for what is not known, which is left out.
  private static func value(of value: CaseValue, _ types: TypeTable) -> RequestValue? {
    switch value {
    case .constant(let constant): self.value(of: constant, types)
    case .record(let fields):
      .object(
        fields.sorted { $0.key < $1.key }.compactMap { name, value in
          Self.value(of: value, types).map { (name: name, value: $0) }
        })
    case .list(let items): .array(items.map { Self.value(of: $0, types) ?? .object([]) })
    case .unknown: nil
    }
  }

  private static func value(of constant: Constant, _ types: TypeTable) -> RequestValue {
    switch constant {
    case .bool(let value): .bool(value)
    case .number(let value): .number(value.text())
    case .money(let value, let currency):
      .text(currency.map { "\(value.text()) \($0)" } ?? value.text())
    case .percent(let value):
      .text((value.multiplied(by: Decimal(100)) ?? Decimal(0)).text() + "%")
    case .text(let text), .person(let text): .text(text)
    case .date(let day): .text(day.text)
    case .month(let month): .text(month.text)
    case .time(let time): .text(time.text)
    case .post(let index): .text(types.posts[index].name)
    case .member(let id, let index): .text(types[id].members[index].name)
    }
  }

  private static func act(_ act: TypedAct, _ set: TypedSet) -> ReferenceAct {
    let policy = set.policies[act.decision.policy]
    var result = ReferenceAct(
      decision: "\(policy.name).\(policy.decisions[act.decision.index].name)", step: act.step,
      person: act.person, post: act.post.map { set.types.posts[$0].name },
      result: act.result.rawValue, on: act.on, criteria: act.criteria)
    result.isDelegate = act.isDelegate
    result.facts = act.facts.map { facts in
      facts.map { (name: $0.path, value: value(of: $0.value, set.types)) }
    }
    return result
  }

  private static func clearance(
    _ clearance: TypedClearance, _ set: TypedSet
  ) -> ReferenceClearance {
    let policy = set.policies[clearance.decision.policy]
    var result = ReferenceClearance(
      decision: "\(policy.name).\(policy.decisions[clearance.decision.index].name)",
      code: clearance.code, item: clearance.item, by: set.types.posts[clearance.post].name,
      person: clearance.person ?? "somebody", on: clearance.on,
      amount: clearance.amount.map { value(of: $0, set.types) })
    result.facts = clearance.facts.map { facts in
      facts.map { (name: $0.path, value: value(of: $0.value, set.types)) }
    }
    return result
  }
}
