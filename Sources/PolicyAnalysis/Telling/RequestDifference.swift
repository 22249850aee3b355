/// Which requests only one of two sets answers: other fields, other members, other bounds, other days.
///
/// The comparison of answers looks at requests that both sets take; what lies outside is told by this.
internal import PolicyCompiler
internal import PolicyEngine
internal import PolicyRuntime
internal import PolicySource

/// Compares what a decision of two sets takes.
struct RequestDifference {
  private let old: PolicySet
  private let new: PolicySet
  private let decision: String

  init(_ old: PolicySet, _ new: PolicySet, _ decision: String) {
    (self.old, self.new, self.decision) = (old, new, decision)
  }

  /// A fact of the requests of a decision.
  private struct Fact: Equatable {
    var form: SchemaNode.Form
    var isOptional: Bool
    var isUsed: Bool
    var members: [String]
    var constraints: Set<Constraint>
    var itemLimit: Int32
  }

  /// What differs, a line each; none of a decision that only one set has.
  var lines: [Phrase] {
    guard let first = old.program(named: decision), let second = new.program(named: decision) else {
      return []
    }
    let (before, after) = (Self.facts(of: first, old), Self.facts(of: second, new))
    var lines: [Phrase] = []
    for path in Set(before.keys).union(after.keys).sorted() {
      switch (before[path], after[path]) {
      case (let one?, let other?): lines += Self.lines(path, one, other)
      case (nil, let other?) where other.isUsed: lines.append(DiffMessages.reads(path))
      case (.some, nil): lines.append(DiffMessages.takesNoLonger(path))
      default: break
      }
    }
    let (was, becomes) = (Self.days(of: first), Self.days(of: second))
    if was != becomes { lines.append(DiffMessages.inForce(was, becomes)) }
    return lines
  }

  private static func lines(_ path: String, _ old: Fact, _ new: Fact) -> [Phrase] {
    guard old.isUsed || new.isUsed else { return [] }
    if old.form != new.form { return [DiffMessages.otherType(path)] }
    var lines: [Phrase] = []
    let came = new.members.filter { !old.members.contains($0) }
    let went = old.members.filter { !new.members.contains($0) }
    if !came.isEmpty { lines.append(DiffMessages.mayAlsoBe(path, came)) }
    if !went.isEmpty { lines.append(DiffMessages.mayNoLongerBe(path, went)) }
    if old.isOptional != new.isOptional {
      lines.append(new.isOptional ? DiffMessages.mayBeAbsent(path) : DiffMessages.mustBeGiven(path))
    }
    if old.constraints != new.constraints || old.itemLimit != new.itemLimit {
      lines.append(DiffMessages.otherBounds(path))
    }
    return lines
  }

  /// Every fact by its path: `order.lines[].stock`.
  private static func facts(of program: Program, _ set: PolicySet) -> [String: Fact] {
    let schema = program.schema
    var result: [String: Fact] = [:]
    var open: [(node: Int, path: String)] = [(0, "")]
    while let (index, path) = open.popLast() {
      guard schema.nodes.indices.contains(index) else { continue }
      let node = schema.nodes[index]
      if !path.isEmpty { result[path] = fact(node, schema, set) }
      guard node.form == .record || node.form == .list else { continue }
      for child in Int(node.firstChild)..<Int(node.firstChild + node.childCount) {
        let name = schema.names[child]
        let inner = node.form == .list ? path + "[]" : path.isEmpty ? name : "\(path).\(name)"
        open.append((child, inner))
      }
    }
    return result
  }

  private static func fact(_ node: SchemaNode, _ schema: Schema, _ set: PolicySet) -> Fact {
    let members: [String] =
      switch node.form {
      case .member: schema.enumerations[Int(node.detail)].members.map(\.name)
      case .post: set.types.types.posts.map(\.name)
      default: []
      }
    let first = Int(node.constraints)
    return Fact(
      form: node.form, isOptional: node.optional, isUsed: node.used, members: members,
      constraints: Set(schema.constraints[first..<first + Int(node.constraintCount)]),
      itemLimit: node.form == .list ? node.detail : 0)
  }

  private static func days(of program: Program) -> Phrase {
    DiffMessages.days(program.effectiveFrom?.text, program.effectiveUntil?.text)
  }
}
