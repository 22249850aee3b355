/// One request as the analysis sees it: its facts, the conditions that make its answer, and the machine beside them.
internal import PolicyCompiler
internal import PolicyEngine
internal import PolicyRuntime

/// What an explanation asks of the analysis and of the machine.
final class ExplainedRequest {
  let set: PolicySet
  let decision: String
  let request: JSONTree
  let answer: JSONTree
  let core: AnswerCore
  let runner: Runner
  let reader: Interpreter
  let model: DecisionModel
  let prover: Prover
  let words: RegionWords
  /// The facts that the request gives.
  let values: [FactID: Int128]
  /// Amounts in a currency that the policy does not count in, by path.
  let foreign: Set<String>
  /// Results that follow from the facts, and the facts that they follow from.
  private var results: [FactID: (value: Int128, from: Set<FactID>)] = [:]
  /// What always holds of the results.
  private(set) var base: [Formula] = []
  /// That the answer is made of the same parts.
  private(set) var same = Formula.yes
  /// The facts that parts hang on of which it is not known when they are there.
  private(set) var clouded: Set<FactID> = []
  /// The facts that the answer can hang on.
  private(set) var asked: Set<FactID> = []

  var formulas: Formulas { reader.formulas }
  var space: Space { reader.space }

  /// - Parameter histories: whether an approval may be approved although the request tells of none.
  init?(
    _ set: PolicySet, _ decision: String, _ request: JSONTree, _ runner: Runner, histories: Bool
  ) {
    guard let reference = set.reference(of: decision) else { return nil }
    (self.set, self.decision, self.request, self.runner) = (set, decision, request, runner)
    answer = runner.answer(decision, request)
    core = AnswerCore(answer)
    var scope = Scope.all(set, set, decision)
    (scope.unknownFacts, scope.clearances) = (true, true)
    scope.histories = histories || request["history"] != nil
    let context = Context(scope)
    reader = Interpreter(set.types, context)
    model = reader.model(reference)
    prover = Prover(context)
    words = RegionWords(context: context)
    let items = max(RequestFacts(request, reader).mostItems, 1)
    let cleared = Set((answer["cleared"]?.items ?? []).compactMap { $0["code"]?.word })
    var conditions = Self.conditions(model, items, reader.formulas)
    // What has been cleared is told by its name as long as there is something to clear.
    conditions += model.clauses.filter { cleared.contains($0.name) }.map(\.truth.yes)
    var taken: Set<Formula> = []
    for goal in conditions + [model.error] {
      base += prover.unrolled(goal, items: items).filter { taken.insert($0).inserted }
    }
    // The items of the lists are facts as well, once the results over them are taken apart.
    let facts = RequestFacts(request, reader)
    foreign = facts.foreign
    var states = RequestStates(set, decision, request, answer, runner).values(
      of: facts, in: reader.space)
    if histories, let history = reader.space.existing(.history) { states[history] = 1 }
    values = states
    guard let day = values[context.asOf], space.domain(of: context.asOf).contains(day) else {
      return nil
    }
    addResults()
    keepParts(conditions)
  }

  // MARK: What the answer is made of

  /// When each part of the answer stands there, and which figure it has.
  private static func conditions(
    _ model: DecisionModel, _ items: Int, _ formulas: Formulas
  ) -> [Formula] {
    var result: [Formula] = []
    for part in model.parts {
      // The points of a grade may move while the class stays.
      if case .points = part.key { continue }
      result += [part.when, part.perhaps]
      if let each = part.each {
        for number in 1...items {
          let truth = each.item(number)
          result += [formulas.and(part.when, truth.yes)]
        }
      }
      let isFigure = if case .duty = part.key { false } else { true }
      let cases = part.figure?.cases ?? []
      guard isFigure, cases.count > 1 else { continue }
      result += cases.map { formulas.and(part.when, $0.when) }
    }
    return result
  }

  /// The value of every result whose operands are known.
  private func addResults() {
    var isMoving = true
    while isMoving {
      isMoving = false
      for (fact, definition) in space.definitions
      where results[fact] == nil && !definition.isOfList && !definition.arguments.isEmpty {
        var operands: [Int128] = []
        var from: Set<FactID> = []
        for term in definition.arguments {
          guard let found = value(of: term) else { break }
          operands.append(found.value)
          from.formUnion(found.from)
        }
        guard operands.count == definition.arguments.count, let value = definition.value(operands)
        else { continue }
        results[fact] = (value, from)
        isMoving = true
      }
    }
  }

  private func value(of term: Linear) -> (value: Int128, from: Set<FactID>)? {
    var sum = term.constant
    var from: Set<FactID> = []
    for factor in term.factors {
      guard let own = values[factor.fact] ?? results[factor.fact]?.value,
        let product = Fraction(own).multiplied(by: factor.by), let next = sum.adding(product)
      else { return nil }
      sum = next
      from.formUnion(results[factor.fact]?.from ?? [factor.fact])
    }
    return sum.denominator == 1 ? (sum.floor, from) : nil
  }

  /// Keeps the conditions that hold, the contraries of those that do not, and the figure of a value.
  private func keepParts(_ conditions: [Formula]) {
    let fixed = frame(without: [])
    var parts: [Formula] = []
    var seen: Set<Formula> = [.yes, .no]
    for condition in conditions + figures where seen.insert(condition).inserted {
      if prover.isNever(fixed + [condition.negated]) {
        parts.append(condition)
      } else if prover.isNever(fixed + [condition]) {
        parts.append(condition.negated)
      } else {
        clouded.formUnion(reach(of: condition))
      }
    }
    same = formulas.all(parts)
    asked = reach(of: same)
  }

  /// That the figures of a value are those of the answer.
  private var figures: [Formula] {
    guard model.kind == "value" else { return [] }
    return model.parts.flatMap { part -> [Formula] in
      guard case .figure(let name) = part.key else { return [] }
      let path = name.split(separator: ".").dropFirst().compactMap { Int($0) }
      let found = path.reduce(answer["value"]) { tree, index in
        guard let members = tree?.members, members.indices.contains(index) else { return nil }
        return members[index].value
      }
      guard let figure = part.figure else {
        // What a list holds is not told by conditions.
        if !part.rule.isEmpty { clouded.formUnion(values.keys) }
        return []
      }
      guard let word = found?.word, let value = RequestFacts.value(word, part.scale, space)
      else { return [] }
      return figure.cases.map { one in
        formulas.implies(one.when, reader.equal(one.term, Linear(value)))
      }
    }
  }

  /// The facts that a condition can hang on, through what always holds and what results are made of.
  private func reach(of condition: Formula) -> Set<FactID> {
    var result = formulas.facts(of: condition)
    var open = Array(result)
    func take(_ condition: Formula) {
      for one in [condition] + space.axioms(for: [condition], formulas) {
        for fact in formulas.facts(of: one) where result.insert(fact).inserted {
          open.append(fact)
        }
      }
    }
    take(condition)
    let known = base.map { (formula: $0, facts: formulas.facts(of: $0)) }
    while let fact = open.popLast() {
      for term in space.definitions[fact]?.arguments ?? [] {
        for factor in term.factors where result.insert(factor.fact).inserted {
          open.append(factor.fact)
        }
      }
      for one in known where one.facts.contains(fact) { take(one.formula) }
    }
    return result
  }

  // MARK: Questions

  /// Everything but some facts as it is.
  func frame(without facts: Set<FactID>) -> [Formula] {
    var result = base
    for (fact, value) in values.sorted(by: { $0.key < $1.key }) where !facts.contains(fact) {
      result.append(formulas.inside(fact, Stretches(value)))
    }
    for (fact, found) in results.sorted(by: { $0.key < $1.key })
    where found.from.isDisjoint(with: facts) {
      result.append(formulas.inside(fact, Stretches(found.value)))
    }
    return result
  }

  /// The nearest value on one side for which conditions can hold; nil when there is none.
  func edge(
    _ fact: FactID, from value: Int128, to end: Int128, _ conditions: [Formula]
  ) -> Int128? {
    func isPossible(_ bound: Int128) -> Bool {
      let (low, high) = bound > value ? (value + 1, bound) : (bound, value - 1)
      return !prover.isNever(conditions + [formulas.inside(fact, Stretches(low, high))])
    }
    if value == end || !isPossible(end) { return nil }
    var (near, far) = (value, end)
    while abs(far - near) > 1 {
      let middle = near + (far - near) / 2
      if isPossible(middle) { far = middle } else { near = middle }
    }
    return far
  }

  func isNamed(_ fact: FactID) -> Bool {
    if case .names = space[fact].scale { true } else { false }
  }

  /// Whether each value of a fact can be looked at on its own.
  func isListed(_ fact: FactID) -> Bool {
    isNamed(fact) || space.domain(of: fact).count(limit: 200) < 200
  }

  /// The values of such a fact that have names.
  func listed(_ fact: FactID) -> [Int128] {
    let whole = space.domain(of: fact)
    guard case .names(let family) = space[fact].scale else {
      return whole.parts.flatMap { Array($0.low...$0.high) }
    }
    return space.named(family).filter(whole.contains)
  }

  // MARK: The machine

  /// The request with other values of facts; nil when one of them cannot be put into it.
  func moved(_ facts: [FactID: Int128]) -> JSONTree? {
    var edit = RequestEdit(request)
    var asOf: Int128?
    for (fact, value) in facts.sorted(by: { $0.key < $1.key }) {
      switch space[fact].role {
      case .input(let path):
        guard let tree = RequestEdit.value(value, space[fact], space, currency: currency) else {
          return nil
        }
        edit = RequestEdit(edit.setting(path, to: tree))
      case .asOf, .today: asOf = value
      case .cleared, .approved: break
      default: return nil
      }
    }
    if let asOf {
      let day = JSONTree.string(Day(number: Int(clamping: asOf)).text)
      for name in ["asOf", "today"] {
        edit = RequestEdit(edit.setting(member: name, to: day))
      }
    }
    return RequestStates(set, decision, edit.tree, answer, runner)
      .setting(facts.filter { $0.value == 1 }, reader)
  }

  private var currency: String {
    self.set.types.policies[model.reference.policy].currency ?? "CNY"
  }

  /// What becomes of the answer; nil when the request cannot be made.
  func core(_ facts: [FactID: Int128]) -> AnswerCore? {
    moved(facts).map { AnswerCore(runner.answer(decision, $0)) }
  }
}
