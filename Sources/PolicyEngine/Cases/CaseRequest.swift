/// The request of a sample case: the JSON envelope that a client would send.
import PolicyCompiler
import PolicyRuntime

/// Making envelopes.
struct CaseRequest {
  let sample: TypedCase
  let program: Program
  let types: TypedSet

  /// The envelope for the program's decision: the inputs that it takes, and everything else of the case.
  var body: [UInt8] {
    let taken = Self.inputs(of: program)
    var members: [JSONTree.Member] = []
    let facts = sample.facts.filter { taken.contains($0.key) }
    members.append(.init("input", tree(of: .record(facts)) ?? .object([])))
    members.append(.init("asOf", .string(sample.asOf.text)))
    members.append(.init("today", .string(sample.today.text)))
    let unknown = sample.unknown.filter { path in
      taken.contains(String(path.prefix { $0 != "." && $0 != "[" }))
    }
    if !unknown.isEmpty {
      members.append(.init("unknown", .array(unknown.map { .string($0) })))
    }
    if !sample.clearances.isEmpty {
      members.append(.init("clearances", .array(sample.clearances.map(tree))))
    }
    if !sample.acts.isEmpty {
      members.append(.init("history", .array(sample.acts.map(tree))))
    }
    members.append(.init("explain", .string("reasons")))
    return JSONTree.object(members).bytes
  }

  /// The names of the inputs that a request for a decision may carry.
  static func inputs(of program: Program) -> Set<String> {
    guard let root = program.schema.nodes.first else { return [] }
    let first = Int(root.firstChild)
    return Set(program.schema.names[first..<first + Int(root.childCount)])
  }

  /// A value on the wire; nil for what is not known, which is left out.
  private func tree(of value: CaseValue) -> JSONTree? {
    switch value {
    case .constant(let constant): WireValue.tree(of: constant, in: types.types)
    case .record(let fields):
      .object(
        fields.sorted { $0.key < $1.key }.compactMap { name, value in
          tree(of: value).map { JSONTree.Member(name, $0) }
        })
    case .list(let items): .array(items.map { tree(of: $0) ?? .object([]) })
    case .unknown: nil
    }
  }

  private func tree(of clearance: TypedClearance) -> JSONTree {
    let policy = types.policies[clearance.decision.policy]
    let decision = "\(policy.name).\(policy.decisions[clearance.decision.index].name)"
    var members: [JSONTree.Member] = [
      .init("decision", .string(decision)), .init("code", .string(clearance.code)),
    ]
    if let item = clearance.item { members.append(.init("item", .number(String(item)))) }
    members.append(.init("by", .string(types.types.posts[clearance.post].name)))
    if let person = clearance.person { members.append(.init("person", .string(person))) }
    members.append(.init("on", .string(clearance.on.text)))
    if let amount = clearance.amount {
      members.append(.init("amount", WireValue.tree(of: amount, in: types.types)))
    }
    members += facts(clearance.facts)
    return .object(members)
  }

  /// The facts for which a clearance or an act was given.
  private func facts(_ facts: [(path: String, value: Constant)]?) -> [JSONTree.Member] {
    guard let facts else { return [] }
    let members = facts.map {
      JSONTree.Member($0.path, WireValue.tree(of: $0.value, in: types.types))
    }
    return [.init("facts", .object(members))]
  }

  private func tree(of act: TypedAct) -> JSONTree {
    let policy = types.policies[act.decision.policy]
    var members: [JSONTree.Member] = [
      .init("decision", .string("\(policy.name).\(policy.decisions[act.decision.index].name)")),
      .init("step", .string(act.step)), .init("person", .string(act.person)),
    ]
    if let post = act.post { members.append(.init("post", .string(types.types.posts[post].name))) }
    if act.isDelegate { members.append(.init("delegate", .bool(true))) }
    members.append(.init("result", .string(act.result.rawValue)))
    members.append(.init("on", .string(act.on.text)))
    if let criteria = act.criteria {
      members.append(.init("criteria", .array(criteria.map { .number(String($0)) })))
    }
    members += facts(act.facts)
    return .object(members)
  }
}
