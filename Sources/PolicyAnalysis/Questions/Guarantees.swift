/// Guarantees: what a policy promises for every request, proved or refuted.
internal import PolicyEngine
internal import PolicyCompiler
internal import PolicyRuntime
public import PolicySource

/// What is known of a guarantee.
public struct GuaranteeFinding: Sendable {
  /// The answer to the question whether it holds.
  public enum Verdict: Sendable {
    /// For all inputs, all unknown facts and all clearances; by exact arithmetic.
    case proved
    /// Not for these requests; of two, the second differs in one fact.
    case refuted([Witness])
    /// Neither; with the expressions that stood in the way.
    case open([String])
  }

  /// The policy and the identifier.
  public let policy: String
  public let name: String
  /// The label for people.
  public let label: String
  /// What is known.
  public let verdict: Verdict
  /// Where it stands.
  public let range: SourceRange
}

/// Proves or refutes one guarantee.
struct GuaranteeProof {
  private let set: PolicySet
  private let policy: Int
  private let guarantee: TypedGuarantee

  init(_ set: PolicySet, policy: Int, _ guarantee: TypedGuarantee) {
    (self.set, self.policy, self.guarantee) = (set, policy, guarantee)
  }

  private var owner: TypedPolicy { self.set.types.policies[policy] }

  var finding: GuaranteeFinding {
    let verdict: GuaranteeFinding.Verdict =
      switch guarantee.form {
      case .forAll(let condition): forAll(condition)
      case .raising(let path, let approval): raising(path, approval)
      case .neverActs(let person, let approval): neverActs(person, approval)
      }
    return GuaranteeFinding(
      policy: owner.name, name: guarantee.name, label: guarantee.label, verdict: verdict,
      range: guarantee.range)
  }

  private var scope: Scope {
    let names = guarantee.uses.map { name(of: $0) }
    var scope = names.first.map { Scope.all(set, set, $0) } ?? Scope.lifetime
    for name in names.dropFirst() {
      let other = Scope.all(set, set, name)
      scope.from = max(scope.from, other.from)
      scope.until = min(scope.until, other.until)
    }
    return scope
  }

  private func name(of reference: Reference) -> String {
    let policy = set.types.policies[reference.policy]
    return "\(policy.name).\(policy.decisions[reference.index].name)"
  }

  // MARK: For all requests

  /// The condition becomes a check of the set, so that the machine says whether a request breaks it.
  private func forAll(_ condition: TypedExpression) -> GuaranteeFinding.Verdict {
    let denied = TypedExpression(.not(condition), .bool, condition.range)
    let clause = TypedClause(
      effect: .invalid, code: "broken", text: TypedText([.letters(guarantee.label)]), forEach: nil,
      condition: denied, clearedBy: nil, because: nil, source: nil, range: guarantee.range)
    let check = TypedDecision(
      name: "guarantee " + guarantee.name, label: guarantee.label, scopes: [],
      body: .check([clause]), range: guarantee.range)
    guard let wider = set.adding(check, to: policy) else { return .open([]) }
    let name = "\(owner.name).\(check.name)"
    let runner = Runner(wider)
    var open: [String] = []
    // First with all facts known, which makes the plainest counterexample.
    for isWide in [false, true] {
      var scope = scope
      if isWide { (scope.unknownFacts, scope.clearances, scope.histories) = (true, true, true) }
      let context = Context(scope)
      let reader = Interpreter(wider.types, context)
      let broken = reader.truth(denied)
      let maker = WitnessMaker(interpreter: reader, policies: wider, decision: name)
      let proof = Prover(context).prove([broken.yes]) { values in
        guard let request = maker.envelope(values) else { return nil }
        let answer = runner.answer(name, request)
        return answer["outcome"]?.word == "invalid"
          ? Witness(decision: name, request: request, answer: answer) : nil
      }
      switch proof {
      case .never: continue
      case .shown(let witness): return .refuted([witness])
      case .open: open = reader.resultNames(in: broken.yes)
      }
    }
    return open.isEmpty ? .proved : .open(open)
  }

  // MARK: Raising a fact

  /// Two requests that differ in one fact: a step of the lesser is missing in the greater.
  private func raising(
    _ path: TypedExpression, _ approval: Reference
  ) -> GuaranteeFinding.Verdict {
    guard let place = path.path(in: set.types) else { return .open([]) }
    let context = Context(scope)
    let more = place + " raised"
    let first = Interpreter(set.types, context)
    let second = Interpreter(set.types, context, renamed: [place: more])
    let (less, greater) = (first.model(approval), second.model(approval))
    guard let low = context.space.existing(.input(place)),
      let high = context.space.existing(.input(more))
    else { return .proved }
    let formulas = context.formulas
    let rises = first.order(Linear(low), Linear(high), isStrict: true)
    let missing = less.parts.compactMap { part -> Formula? in
      guard case .step = part.key else { return nil }
      let there = greater.parts.first { $0.key == part.key }?.when ?? .no
      return formulas.and(part.when, there.negated)
    }
    let goal = [rises, greater.when("chain"), formulas.any(missing)]
    let maker = WitnessMaker(interpreter: first, policies: set, decision: name(of: approval))
    let runner = Runner(set)
    var pair: [Witness] = []
    let proof = Prover(context).prove(goal) { values in
      pair = self.pair(values, low, high, maker, runner, self.name(of: approval))
      return pair.last
    }
    switch proof {
    case .never: return .proved
    case .shown: return .refuted(pair)
    case .open: return .open(first.resultNames(in: formulas.any(missing)))
    }
  }

  private func pair(
    _ values: [FactID: Int128], _ low: FactID, _ high: FactID, _ maker: WitnessMaker,
    _ runner: Runner, _ name: String
  ) -> [Witness] {
    guard let raised = values[high], let request = maker.envelope(values) else { return [] }
    var second = values
    second[low] = raised
    guard let other = maker.envelope(second) else { return [] }
    let (before, after) = (runner.answer(name, request), runner.answer(name, other))
    let steps = { (answer: JSONTree) in
      Set((answer["steps"]?.items ?? []).compactMap { $0["step"]?.word })
    }
    guard after["outcome"]?.word == "chain", !steps(before).isSubset(of: steps(after)) else {
      return []
    }
    return [
      Witness(decision: name, request: request, answer: before),
      Witness(decision: name, request: other, answer: after),
    ]
  }

  // MARK: Never acting

  /// Who asked never acts, unless the approval says so: that is how acts are taken. Anybody else may.
  private func neverActs(
    _ person: TypedExpression, _ reference: Reference
  ) -> GuaranteeFinding.Verdict {
    let decision = set.types.policies[reference.policy].decisions[reference.index]
    guard case .approval(let approval) = decision.body else { return .open([]) }
    let context = Context(scope)
    let reader = Interpreter(set.types, context)
    if !approval.ownRequest, let requester = approval.requestedBy {
      let names = [requester, person].map { reader.key(of: reader.value($0, Names())) }
      if names[0] == names[1] { return .proved }
    }
    let maker = WitnessMaker(interpreter: reader, policies: set, decision: name(of: reference))
    let player = HistoryPlayer(set: set.types, policies: set, runner: Runner(set))
    guard let place = person.path(in: set.types) else { return .open([]) }
    _ = reader.value(person, Names())
    let chain = reader.model(reference).when("chain")
    let isThere = context.space.existing(.absent(place)).map {
      context.formulas.inside($0, Stretches(0))
    }
    let proof = Prover(context).prove([chain] + (isThere.map { [$0] } ?? [])) { values in
      guard let request = maker.envelope(values) else { return nil }
      return FirstAct(request, place, self.name(of: reference)).witness(player)
    }
    switch proof {
    case .never: return .proved
    case .shown(let witness): return .refuted([witness])
    case .open: return .open([])
    }
  }
}

/// The first step of a chain given by a person of the request.
private struct FirstAct {
  let request: JSONTree
  let place: String
  let name: String

  init(_ request: JSONTree, _ place: String, _ name: String) {
    (self.request, self.place, self.name) = (request, place, name)
  }

  /// The request with the act, when the machine lets it count.
  func witness(_ player: HistoryPlayer) -> Witness? {
    guard let person, let first = player.play(name, request, refuse: false).first,
      let step = first["step"]
    else { return nil }
    let act = first.members.map { $0.name == "person" ? .init("person", person) : $0 }
    let acted = JSONTree.object(request.members + [.init("history", .array([.object(act)]))])
    let answer = player.runner.answer(name, acted)
    let isGiven = (answer["steps"]?.items ?? []).contains { $0["step"] == step && $0["given"] != nil }
    return isGiven ? Witness(decision: name, request: acted, answer: answer) : nil
  }

  private var person: JSONTree? {
    place.split(separator: ".").reduce(request["input"]) { tree, name in tree?[String(name)] }
  }
}

extension Interpreter {
  /// The results that a condition hangs on, as they are written.
  func resultNames(in formula: Formula) -> [String] {
    let words = RegionWords(context: context)
    let names = formulas.facts(of: formula).compactMap { fact -> String? in
      guard case .result = space[fact].role else { return nil }
      return words.name(of: fact)
    }
    return Array(Set(names)).sorted()
  }
}

extension TypedExpression {
  /// The path from an input, as `claim.amount`; nil for anything else.
  func path(in set: TypedSet) -> String? {
    switch kind {
    case .input(let reference):
      return set.policies[reference.policy].inputs[reference.index].field.name
    case .field(let record, let index):
      guard case .record(let id) = record.type.unwrapped, let above = record.path(in: set) else {
        return nil
      }
      return "\(above).\(set.types[id].fields[index].name)"
    default: return nil
    }
  }
}

extension Scope {
  /// All days on which people plan.
  static var lifetime: Scope {
    var scope = Scope()
    scope.from = Day(year: 2_000, month: 1, day: 1) ?? .first
    scope.until = Day(year: 2_099, month: 12, day: 31) ?? .last
    return scope
  }
}
