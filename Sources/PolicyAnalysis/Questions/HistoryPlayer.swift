/// Histories for witnesses: an approval is played, act by act, until it is approved or refused.
internal import PolicyCompiler
internal import PolicyEngine
internal import PolicyRuntime

/// Plays the acts of an approval as the machine asks for them.
struct HistoryPlayer {
  let set: TypedSet
  let policies: PolicySet
  let runner: Runner

  /// No approval has more turns than this.
  private static let mostTurns = 64

  /// The acts that lead a decision to an end, behind those that a request has already.
  func play(
    _ decision: String, _ request: JSONTree, behind before: [JSONTree] = [], refuse: Bool
  ) -> [JSONTree] {
    var acts: [JSONTree] = []
    for turn in 0..<Self.mostTurns {
      let answer = runner.answer(decision, asked(decision, request, before + acts))
      guard answer["status"]?.word == "open", let next = answer["next"]?.items.first,
        let name = next["step"]?.word,
        let step = answer["steps"]?.items.first(where: { $0["step"]?.word == name })
      else { break }
      acts.append(
        act(decision, step, next, request, answer, turn: turn, refuse: refuse))
    }
    return acts
  }

  /// The request with the inputs that the decision takes, and a history.
  private func asked(
    _ decision: String, _ request: JSONTree, _ acts: [JSONTree]
  ) -> JSONTree {
    let taken = policies.inputNames(of: decision)
    let inputs = (request["input"]?.members ?? []).filter { taken.contains($0.name) }
    var members: [JSONTree.Member] = [.init("input", .object(inputs))]
    for name in ["asOf", "today"] { request[name].map { members.append(.init(name, $0)) } }
    members.append(.init("history", .array(acts)))
    return .object(members)
  }

  private func act(
    _ decision: String, _ step: JSONTree, _ next: JSONTree, _ request: JSONTree,
    _ answer: JSONTree, turn: Int, refuse: Bool
  ) -> JSONTree {
    let post = next["by"]?.word ?? step["by"]?.word ?? ""
    let canRefuse = step["onRefusal"] != nil
    let word = step["act"]?.word ?? ""
    let result = canRefuse ? (refuse ? "refuses" : "passes") : word
    var members: [JSONTree.Member] = [
      .init("decision", .string(decision)), .init("step", step["step"] ?? .null),
      .init("person", .string(holder(of: post) ?? "actor-\(turn + 1)")),
      .init("post", .string(post)), .init("result", .string(result)),
      .init("on", request["today"] ?? answer["asOf"] ?? .null),
    ]
    let criteria = step["criteria"]?.items ?? []
    if !criteria.isEmpty, !refuse || !canRefuse {
      members.append(
        .init("criteria", .array(criteria.indices.map { .number(String($0 + 1)) })))
    }
    if let facts = answer["facts"], !facts.members.isEmpty { members.append(.init("facts", facts)) }
    return .object(members)
  }

  /// Who holds a post by the register; nil when there is none.
  private func holder(of post: String) -> String? {
    set.holders.first { set.types.posts[$0.post].name == post }?.person
  }
}

extension PolicySet {
  /// The names of the inputs that a decision takes.
  func inputNames(of decision: String) -> Set<String> {
    guard let program = program(named: decision), let root = program.schema.nodes.first else {
      return []
    }
    let first = Int(root.firstChild)
    return Set(program.schema.names[first..<first + Int(root.childCount)])
  }
}
