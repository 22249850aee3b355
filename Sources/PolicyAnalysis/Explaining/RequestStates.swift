/// What a request says beside its inputs: which reasons are cleared, which cases are approved or refused.
internal import PolicyCompiler
internal import PolicyEngine
internal import PolicyRuntime

/// Reads clearances and histories of a request, and adds to them.
struct RequestStates {
  private let set: PolicySet
  private let decision: String
  private let request: JSONTree
  private let answer: JSONTree
  private let runner: Runner

  init(
    _ set: PolicySet, _ decision: String, _ request: JSONTree, _ answer: JSONTree, _ runner: Runner
  ) {
    (self.set, self.decision, self.request) = (set, decision, request)
    (self.answer, self.runner) = (answer, runner)
  }

  /// The facts of a request with its clearances and the states of its approvals.
  func values(of facts: RequestFacts, in space: Space) -> [FactID: Int128] {
    var values = facts.values
    for index in space.facts.indices {
      let fact = FactID(index: index)
      switch space[fact].role {
      case .cleared(let name): values[fact] = isCleared(name) ? 1 : 0
      case .approved(let name): values[fact] = status(of: name) == "approved" ? 1 : 0
      case .refused(let name): values[fact] = status(of: name) == "refused" ? 1 : 0
      default: break
      }
    }
    return values
  }

  /// `policy.decision.code`.
  private func isCleared(_ name: String) -> Bool {
    let (owner, code) = Self.halves(name)
    let isThere = (request["clearances"]?.items ?? []).contains {
      $0["decision"]?.word == owner && $0["code"]?.word == code
    }
    guard isThere else { return false }
    let refused = own(owner)["refusedClearances"]?.items ?? []
    return !refused.contains { $0["code"]?.word == code }
  }

  private func status(of approval: String) -> String? {
    request["history"] == nil ? nil : own(approval)["status"]?.word
  }

  /// The answer of a decision to the request.
  private func own(_ name: String) -> JSONTree {
    if name == decision { return answer }
    return runner.answer(name, cut(to: name))
  }

  /// The request with the inputs that a decision takes.
  private func cut(to name: String) -> JSONTree {
    let taken = set.inputNames(of: name)
    let inputs = (request["input"]?.members ?? []).filter { taken.contains($0.name) }
    return RequestEdit(request).setting(member: "input", to: .object(inputs))
  }

  private static func halves(_ name: String) -> (owner: String, code: String) {
    let dot = name.lastIndex(of: ".") ?? name.startIndex
    return (String(name[..<dot]), String(name[dot...].dropFirst()))
  }

  // MARK: Adding

  /// The request with what clears reasons and approves cases; nil when nobody can.
  func setting(_ facts: [FactID: Int128], _ reader: Interpreter) -> JSONTree? {
    var edit = RequestEdit(request)
    for fact in facts.keys.sorted() {
      switch reader.space[fact].role {
      case .cleared(let name):
        guard let made = clearances(name, reader) else { return nil }
        let (owner, code) = Self.halves(name)
        let kept = (edit.tree["clearances"]?.items ?? []).filter {
          $0["decision"]?.word != owner || $0["code"]?.word != code
        }
        edit = RequestEdit(edit.setting(member: "clearances", to: .array(kept + made)))
      case .approved(let name):
        let player = HistoryPlayer(set: set.types, policies: set, runner: runner)
        let acts = player.play(name, request, refuse: false)
        guard !acts.isEmpty else { return nil }
        let kept = (edit.tree["history"]?.items ?? []).filter { $0["decision"]?.word != name }
        edit = RequestEdit(edit.setting(member: "history", to: .array(kept + acts)))
      default: break
      }
    }
    return edit.tree
  }

  /// What clears a reason: of a clause that looks at items, one for each of them.
  private func clearances(_ name: String, _ reader: Interpreter) -> [JSONTree]? {
    let (owner, code) = Self.halves(name)
    let answer = own(owner)
    let reasons = (answer["reasons"]?.items ?? []).filter {
      $0["code"]?.word == code && $0["clearable"] != nil
    }
    let made = reasons.compactMap { reason -> JSONTree? in
      guard let post = reason["clearable"]?["by"]?.word else { return nil }
      var members: [JSONTree.Member] = [
        .init("decision", .string(owner)), .init("code", .string(code)), .init("by", .string(post)),
        .init("on", request["today"] ?? answer["asOf"] ?? .null),
      ]
      if let item = reason["item"] { members.append(.init("item", item)) }
      // A clearance that holds while the case is unchanged names the facts that it was given for.
      if reason["clearable"]?["whileUnchanged"] == .bool(true), let facts = reason["facts"] {
        members.append(.init("facts", facts))
      }
      return .object(members)
    }
    return made.isEmpty ? nil : made
  }
}
