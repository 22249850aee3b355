/// How a decision is answered: does it apply, what do its clauses say, then duties and copies.
public import PolicyCompiler
import PolicyRuntime

/// The readable semantics of Writ: a walk over the typed tree, one request after the other.
public struct ReferenceEvaluator: Sendable {
  private let set: TypedSet

  /// Makes an evaluator of a checked set.
  public init(_ set: TypedSet) { self.set = set }

  /// The decision of a name such as `shipment.may_ship`.
  public func decision(named name: String) -> Reference? {
    for (policy, owner) in set.policies.enumerated() {
      for (index, decision) in owner.decisions.enumerated()
      where "\(owner.name).\(decision.name)" == name {
        return Reference(policy: policy, index: index)
      }
    }
    return nil
  }

  /// Answers one request.
  public func answer(_ decision: Reference, _ request: ReferenceRequest) -> ReferenceAnswer {
    answers([decision], request)[0]
  }

  /// Answers one request for several decisions; its facts are read once.
  public func answers(
    _ decisions: [Reference], _ request: ReferenceRequest
  ) -> [ReferenceAnswer] {
    do {
      let run = try ReferenceRun(set, request)
      return decisions.map { run.answer($0) }
    } catch {
      return decisions.map { _ in ReferenceAnswer(outcome: "refused", trap: error.path) }
    }
  }
}

/// An error value has reached a clause: the answer is an error.
struct ReferenceTrap: Error {
  let name: String
}

/// What a condition says.
enum Truth {
  case yes, no
  case unknown(Needs)
}

/// A decision without its duties and copies: what other decisions see of it.
struct ReferenceResult {
  var answer: ReferenceAnswer
  /// Nil when it is unknown.
  var applies: Bool?
  /// Whether `D is ANSWER` holds when the decision applies; nil while an unknown fact can change it.
  var test: (DecisionAnswer) -> Bool? = { _ in nil }
  /// The figure of a value or the class of a grade.
  var value: ReferenceValue = .error("no_value")

  init(_ outcome: String, applies: Bool? = true) {
    answer = ReferenceAnswer(outcome: outcome)
    self.applies = applies
  }
}

/// One request on its way: remembers inputs and the decisions that others use.
final class ReferenceRun {
  let set: TypedSet
  let request: ReferenceRequest
  let asOf: ReferenceDate
  let today: ReferenceDate
  private var inputs: [Reference: ReferenceValue] = [:]
  private var results: [Reference: ReferenceResult] = [:]

  init(_ set: TypedSet, _ request: ReferenceRequest) throws(MalformedFact) {
    self.set = set
    self.request = request
    asOf = ReferenceDate(literal: request.asOf)
    today = ReferenceDate(literal: request.today)
    for (policy, owner) in set.policies.enumerated() {
      let reader = ReferenceReader(
        types: set.types, unknown: Set(request.unknown), currency: owner.currency)
      for (index, input) in owner.inputs.enumerated() {
        let name = input.field.name
        do {
          let value = try reader.read(request.inputs[name], input.field, name)
          inputs[Reference(policy: policy, index: index)] = value
        } catch {
          throw error as? MalformedFact ?? MalformedFact(path: name)
        }
      }
    }
  }

  func input(_ reference: Reference) -> ReferenceValue {
    inputs[reference] ?? .error("no_such_input")
  }

  func declaration(_ reference: Reference) -> TypedDecision {
    set.policies[reference.policy].decisions[reference.index]
  }

  func name(of reference: Reference) -> String {
    "\(set.policies[reference.policy].name).\(declaration(reference).name)"
  }

  /// The whole answer.
  func answer(_ reference: Reference) -> ReferenceAnswer {
    var answer = result(reference).answer
    if answer.outcome == "not_applicable" || answer.outcome == "error" { return answer }
    do {
      try addDuties(declaration(reference), to: &answer)
      try addCopies(declaration(reference), to: &answer)
      return answer
    } catch let trap {
      return ReferenceAnswer(outcome: "error", trap: trap.name)
    }
  }

  /// The answer without duties and copies.
  func result(_ reference: Reference) -> ReferenceResult {
    if let known = results[reference] { return known }
    let result: ReferenceResult
    do throws(ReferenceTrap) {
      result = try decide(reference)
    } catch let trap {
      var failed = ReferenceResult("error")
      failed.answer.trap = trap.name
      failed.value = .error(trap.name)
      result = failed
    }
    results[reference] = result
    return result
  }

  private func decide(_ reference: Reference) throws(ReferenceTrap) -> ReferenceResult {
    let decision = declaration(reference)
    switch try truth(decision.appliesWhen) {
    case .yes: break
    case .no:
      var result = ReferenceResult("not_applicable", applies: false)
      result.value = .error("not_applicable_value")
      return result
    case .unknown(let needs):
      // Not known whether it applies: that comes first, but an answer that the body rules out stays ruled out.
      let inner = try self.body(of: reference)
      var outcome = "needs"
      if case .release = decision.body { outcome = "hold" }
      var result = ReferenceResult(outcome, applies: nil)
      result.answer.needs = needs
      result.value = .unknown(needs)
      result.test = { inner.test($0) == false ? false : nil }
      return result
    }
    return try body(of: reference)
  }

  /// The clauses of a decision that applies.
  private func body(of reference: Reference) throws(ReferenceTrap) -> ReferenceResult {
    let decision = declaration(reference)
    switch decision.body {
    case .release(let clauses): return try release(clauses, named: name(of: reference))
    case .approval(let approval):
      return try self.approval(approval, named: name(of: reference))
    case .limit(let limit): return try self.limit(limit)
    case .grade(let grade): return try self.grade(grade)
    case .check(let clauses): return try check(clauses)
    case .value(let expression): return try figure(expression)
    }
  }
}

// MARK: What clauses are made of

extension ReferenceRun {
  /// Whether a condition holds; none always does.
  ///
  /// An error ends the decision.
  func truth(
    _ condition: TypedExpression?, _ scope: ReferenceScope = ReferenceScope()
  ) throws(ReferenceTrap) -> Truth {
    guard let condition else { return .yes }
    let result = try known(condition, scope)
    if result.isUnknown { return .unknown(result.needs) }
    return result == .bool(true) ? .yes : .no
  }

  /// A value that is known or unknown; an error, or the use of an absent value, ends the decision.
  func known(
    _ expression: TypedExpression, _ scope: ReferenceScope = ReferenceScope()
  ) throws(ReferenceTrap) -> ReferenceValue {
    try known(value(expression, scope))
  }

  func known(_ value: ReferenceValue) throws(ReferenceTrap) -> ReferenceValue {
    let value = value.used
    if case .error(let name) = value { throw ReferenceTrap(name: name) }
    return value
  }

  /// Every place at which a clause speaks: once, or once per item (from 1); with the truth of its condition.
  ///
  /// An unknown list is one place without an item, and unknown.
  func places(
    of clause: TypedClause
  ) throws(ReferenceTrap) -> [(item: Int?, truth: Truth, scope: ReferenceScope)] {
    let outer = ReferenceScope()
    guard let (variable, list) = clause.forEach else {
      return [(nil, try truth(clause.condition, outer), outer)]
    }
    let items = try known(list)
    guard case .list(let items) = items else { return [(nil, .unknown(items.needs), outer)] }
    var places: [(item: Int?, truth: Truth, scope: ReferenceScope)] = []
    for (index, item) in items.enumerated() {
      let scope = outer.binding(variable, item)
      places.append((index + 1, try truth(clause.condition, scope), scope))
    }
    return places
  }
}

// MARK: What one decision sees of another

extension ReferenceRun {
  /// `D is ANSWER`.
  func decision(_ reference: Reference, is answer: DecisionAnswer) -> ReferenceValue {
    // Nothing is approved without a history, whatever else is the matter.
    if answer == .approved, request.history == nil { return .bool(false) }
    let lacksHistory = request.history == nil && (answer == .open || answer == .refused)
    let history: Needs = lacksHistory ? ["history"] : []
    let result = result(reference)
    if let trap = result.answer.trap { return .error(trap) }
    guard let applies = result.applies else {
      if answer != .notApplicable, result.test(answer) == false { return .bool(false) }
      return .unknown(result.answer.needs.union(history))
    }
    if !applies { return .bool(answer == .notApplicable) }
    if answer == .notApplicable { return .bool(false) }
    return result.test(answer).map { .bool($0) }
      ?? .unknown(result.answer.needs.union(history))
  }

  /// The figure of a value, or the class of a grade.
  func decisionValue(_ reference: Reference) -> ReferenceValue { result(reference).value }
}
