/// The request of a sample case: the JSON envelope that a client would send.
import PolicyCompiler
import PolicyRuntime
import PolicySyntax

/// Making envelopes.
enum CaseRequest {
  /// The envelope for one decision: the inputs that the decision takes, and everything else of the case.
  static func body(of sample: SampleCase, for program: Program, in set: PolicySet) -> [UInt8] {
    var members: [JSONTree.Member] = []
    let taken = inputs(of: program)
    members.append(
      .init("input", .object(sample.input.members.filter { taken.contains($0.name) })))
    if let asOf = sample.asOf { members.append(.init("asOf", .string(asOf))) }
    if let today = sample.today { members.append(.init("today", .string(today))) }
    let unknown = sample.unknown.filter { path in
      taken.contains(String(path.prefix { $0 != "." && $0 != "[" }))
    }
    if !unknown.isEmpty {
      members.append(.init("unknown", .array(unknown.map { .string($0) })))
    }
    if !sample.clearances.isEmpty {
      let clearances = sample.clearances.map { tree(of: $0, policy: sample.policy, in: set) }
      members.append(.init("clearances", .array(clearances)))
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

  private static func tree(
    of clearance: ClearanceTree, policy: String, in set: PolicySet
  ) -> JSONTree {
    var members: [JSONTree.Member] = []
    if let decision = decision(of: clearance, policy: policy, in: set) {
      members.append(.init("decision", .string("\(policy).\(decision)")))
    }
    members.append(.init("code", .string(clearance.code.text)))
    if let item = clearance.item { members.append(.init("item", .number(String(item)))) }
    members.append(.init("by", .string(clearance.by.text)))
    members.append(.init("person", .string(clearance.person?.plain ?? "")))
    members.append(.init("on", CaseValue.tree(of: clearance.on)))
    if let amount = clearance.amount {
      members.append(.init("amount", CaseValue.tree(of: amount)))
    }
    return .object(members)
  }

  /// The decision that a clearance names, or the release of the policy that has a clause of its code.
  private static func decision(
    of clearance: ClearanceTree, policy: String, in set: PolicySet
  ) -> String? {
    if let name = clearance.decision { return name.text }
    let typed = set.types.policies.first { $0.name == policy }
    let holder = typed?.decisions.first { decision in
      guard case .release(let clauses) = decision.body else { return false }
      return clauses.contains { $0.code == clearance.code.text }
    }
    return holder?.name
  }
}
