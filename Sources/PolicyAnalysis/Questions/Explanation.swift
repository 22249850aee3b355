/// Why an answer is what it is, how far it holds, and what would turn it.
internal import PolicyCompiler
public import PolicyEngine
internal import PolicyRuntime
public import PolicySource

/// An answer with its validity envelope and its counterfactuals.
public struct Explanation: Sendable {
  /// For which values of one fact the answer stays, everything else being as it is.
  public struct Range: Sendable {
    /// The fact, as `order.amount`.
    public let fact: String
    /// The value of the request.
    public let value: String
    /// For which values, in words; nil when it could not be found out.
    public let holds: Phrase?
    /// Whether the fact may be anything.
    public let isFree: Bool
  }

  /// A change that turns the answer, run and confirmed.
  public struct Turn: Sendable {
    /// What would have to be, in words.
    public let change: Phrase
    /// What would become of the answer.
    public let result: AnswerChange
    /// The request with the change.
    public let request: JSONTree
  }

  /// The answer to the request.
  public let answer: JSONTree
  /// The facts on which the answer hangs, in the order of the inputs; then the day.
  public let ranges: [Range]
  /// The last day for which the answer stays, everything else being as it is; nil when it has none.
  public let until: String?
  /// What would turn the answer to a yes, the least change of each fact; then clearances and approvals.
  public let turns: [Turn]

  /// Explains the answer to a request; nil when there is no such decision.
  public init?(_ set: PolicySet, decision: String, request: JSONTree) {
    guard let reference = set.reference(of: decision) else { return nil }
    let runner = Runner(set)
    answer = runner.answer(decision, request)
    var scope = Scope.all(set, set, decision)
    (scope.unknownFacts, scope.clearances, scope.histories) = (true, true, true)
    let search = EnvelopeSearch(set, reference, decision, request, runner, scope)
    guard answer["outcome"] != nil else {
      (ranges, until, turns) = ([], nil, [])
      return
    }
    ranges = search.ranges
    until = search.lastDay
    turns = search.turns(from: answer)
  }
}

/// Moves one fact of a request at a time.
private final class EnvelopeSearch {
  private let decision: String
  private let request: JSONTree
  private let runner: Runner
  private let reader: Interpreter
  private let model: DecisionModel
  private let prover: Prover
  private let words: RegionWords
  private let maker: WitnessMaker
  private var values: [FactID: Int128]
  private let items: Int
  /// That the answer is made of the same parts.
  private let same: Formula
  private let base: [Formula]

  private var formulas: Formulas { reader.formulas }
  private var space: Space { reader.space }

  init(
    _ set: PolicySet, _ reference: Reference, _ decision: String, _ request: JSONTree,
    _ runner: Runner, _ scope: Scope
  ) {
    self.decision = decision
    self.request = request
    self.runner = runner
    let context = Context(scope)
    reader = Interpreter(set.types, context)
    model = reader.model(reference)
    prover = Prover(context)
    words = RegionWords(context: context)
    maker = WitnessMaker(interpreter: reader, policies: set, decision: decision)
    var facts = RequestFacts(request, reader)
    items = max(facts.mostItems, 1)
    // The items of the lists are facts as well, once the results over them are taken apart.
    let all = reader.formulas.all(model.parts.map(\.when) + [model.error])
    base = prover.unrolled(all, items: items)
    facts = RequestFacts(request, reader)
    values = facts.values
    same = Self.sameParts(model, values, base, reader, prover)
  }

  /// That every part of the answer stands there as it does now.
  private static func sameParts(
    _ model: DecisionModel, _ values: [FactID: Int128], _ base: [Formula], _ reader: Interpreter,
    _ prover: Prover
  ) -> Formula {
    let formulas = reader.formulas
    let fixed = values.map { formulas.inside($0.key, Stretches($0.value)) } + base
    var parts: [Formula] = []
    func keep(_ condition: Formula) {
      if condition == .yes || condition == .no { return }
      if prover.isNever(fixed + [condition.negated]) {
        parts.append(condition)
      } else if prover.isNever(fixed + [condition]) {
        parts.append(condition.negated)
      }
    }
    for part in model.parts {
      keep(part.when)
      keep(part.perhaps)
      for one in part.figure?.cases ?? [] where (part.figure?.cases.count ?? 0) > 1 {
        keep(formulas.and(part.when, one.when))
      }
    }
    return formulas.all(parts)
  }

  /// Everything but one fact as it is.
  private func frame(without fact: FactID) -> [Formula] {
    values.filter { $0.key != fact }.map { formulas.inside($0.key, Stretches($0.value)) } + base
  }

  // MARK: Envelope

  /// The facts of the request that a condition of the answer looks at.
  private var moving: [FactID] {
    let asked = formulas.facts(of: formulas.all([same] + base)).union(formulas.facts(of: same))
    return values.keys.sorted().filter { fact in
      guard case .input = space[fact].role else { return false }
      return asked.contains(fact)
    }
  }

  var ranges: [Explanation.Range] {
    moving.compactMap { fact in
      guard let value = values[fact] else { return nil }
      let whole = space.domain(of: fact)
      let frame = frame(without: fact)
      let name = words.name(of: fact)
      let shown = words.value(value, space[fact].scale)
      if prover.isNever(frame + [same.negated]) {
        return .init(fact: name, value: shown, holds: nil, isFree: true)
      }
      guard let range = range(of: fact, value, whole, frame) else {
        return .init(fact: name, value: shown, holds: nil, isFree: false)
      }
      return .init(fact: name, value: shown, holds: words.words(fact, range), isFree: false)
    }
  }

  /// The values around a value for which the answer stays; of names, each that it stays for.
  private func range(
    of fact: FactID, _ value: Int128, _ whole: Stretches, _ frame: [Formula]
  ) -> Stretches? {
    if whole.count(limit: 200) < 200 || isNamed(fact) {
      let candidates = named(fact, whole, value)
      let kept = candidates.filter { one in
        prover.isNever(frame + [formulas.inside(fact, Stretches(one)), same.negated])
      }
      return kept.contains(value) ? Stretches(values: kept) : nil
    }
    guard let ends = whole.ends else { return nil }
    let high = edge(fact, from: value, to: ends.high, frame, same.negated).map { $0 - 1 }
    let low = edge(fact, from: value, to: ends.low, frame, same.negated).map { $0 + 1 }
    let result = Stretches(low ?? ends.low, high ?? ends.high)
    // Past each edge the machine must give another answer.
    for end in [low.map { $0 - 1 }, high.map { $0 + 1 }].compactMap(\.self) {
      guard let moved = moved(fact, to: end) else { return nil }
      let after = runner.answer(decision, moved)
      if AnswerChange(from: runner.answer(decision, request), to: after).isEmpty { return nil }
    }
    return result
  }

  private func isNamed(_ fact: FactID) -> Bool {
    if case .names = space[fact].scale { true } else { false }
  }

  private func named(_ fact: FactID, _ whole: Stretches, _ value: Int128) -> [Int128] {
    guard case .names(let family) = space[fact].scale else {
      return whole.parts.flatMap { Array($0.low...$0.high) }
    }
    return Array(Set(space.named(family).filter(whole.contains) + [value])).sorted()
  }

  /// The nearest value on one side for which a condition can hold; nil when there is none.
  private func edge(
    _ fact: FactID, from value: Int128, to end: Int128, _ frame: [Formula], _ goal: Formula
  ) -> Int128? {
    func isPossible(_ bound: Int128) -> Bool {
      let (low, high) = bound > value ? (value + 1, bound) : (bound, value - 1)
      return !prover.isNever(frame + [formulas.inside(fact, Stretches(low, high)), goal])
    }
    if value == end || !isPossible(end) { return nil }
    var (near, far) = (value, end)
    while abs(far - near) > 1 {
      let middle = near + (far - near) / 2
      if isPossible(middle) { far = middle } else { near = middle }
    }
    return far
  }

  /// The request with another value of one fact.
  private func moved(_ fact: FactID, to value: Int128) -> JSONTree? {
    var other = values
    other[fact] = value
    guard let made = maker.envelope(other) else { return nil }
    let kept = request.members.filter { !["input", "asOf", "today"].contains($0.name) }
    let fresh = made.members.filter { ["input", "asOf", "today"].contains($0.name) }
    let names = Set(kept.map(\.name))
    return .object(fresh + kept + made.members.filter { member in
      !["input", "asOf", "today"].contains(member.name) && !names.contains(member.name)
    })
  }

  /// The last day for which the answer stays.
  var lastDay: String? {
    let (asOf, today) = (reader.context.asOf, reader.context.today)
    guard let value = values[asOf], let ends = space.domain(of: asOf).ends,
      values[today] == value
    else { return nil }
    // Both days pass together.
    let frame = values.filter { $0.key != asOf && $0.key != today }.map {
      formulas.inside($0.key, Stretches($0.value))
    } + base + [reader.equal(Linear(asOf), Linear(today))]
    let last = edge(asOf, from: value, to: ends.high, frame, same.negated)
    return last.map { words.value($0 - 1, .date) }
  }

  // MARK: Counterfactuals

  func turns(from answer: JSONTree) -> [Explanation.Turn] {
    let outcome = answer["outcome"]?.word ?? ""
    let wishes = ["release": "allow", "check": "valid", "limit": "within", "approval": "chain"]
    guard let wish = wishes[model.kind], wish != outcome else { return [] }
    let goal = model.when(wish)
    var result: [Explanation.Turn] = []
    for fact in values.keys.sorted() {
      guard let value = values[fact], case .input = space[fact].role else { continue }
      result += turns(fact, value, goal, answer)
    }
    return result + flags(goal, answer)
  }

  /// The least change of a fact upward and downward, or the names, that give another outcome.
  private func turns(
    _ fact: FactID, _ value: Int128, _ goal: Formula, _ answer: JSONTree
  ) -> [Explanation.Turn] {
    let frame = frame(without: fact)
    let whole = space.domain(of: fact)
    if prover.isNever(frame + [goal]) { return [] }
    var targets: [Int128] = []
    if whole.count(limit: 200) < 200 || isNamed(fact) {
      targets = named(fact, whole, value).filter { $0 != value }
    } else if let ends = whole.ends {
      targets = [ends.high, ends.low].compactMap { edge(fact, from: value, to: $0, frame, goal) }
    }
    return targets.compactMap { target in
      guard let moved = moved(fact, to: target) else { return nil }
      return turn(words.words(fact, Stretches(target)), moved, answer)
    }
  }

  /// Clearances and approvals, each on its own.
  private func flags(_ goal: Formula, _ answer: JSONTree) -> [Explanation.Turn] {
    space.facts.indices.compactMap { index in
      let fact = FactID(index: index)
      switch space[fact].role {
      case .cleared, .approved: break
      default: return nil
      }
      if values[fact] == 1 { return nil }
      let frame = frame(without: fact) + [formulas.inside(fact, Stretches(1))]
      if prover.isNever(frame + [goal]) { return nil }
      guard let moved = moved(fact, to: 1) else { return nil }
      return turn(words.words(fact, Stretches(1)), moved, answer)
    }
  }

  private func turn(
    _ change: Phrase, _ moved: JSONTree, _ answer: JSONTree
  ) -> Explanation.Turn? {
    let after = runner.answer(decision, moved)
    let result = AnswerChange(from: answer, to: after)
    let wishes = ["allow", "valid", "within", "chain"]
    guard wishes.contains(after["outcome"]?.word ?? ""), result.from != result.to else {
      return nil
    }
    return .init(change: change, result: result, request: moved)
  }
}
