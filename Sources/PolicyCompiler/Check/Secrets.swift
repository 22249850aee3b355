/// What is marked `secret` stays inside: what is made of it goes neither into a text nor into an answer.
internal import PolicyRuntime
internal import PolicySource

extension SetChecker {
  /// Reports texts and answers that would show a secret.
  func checkSecrets() {
    let inputs = set.policies.flatMap { $0.inputs.map(\.field) }
    guard (set.types.records.flatMap(\.fields) + inputs).contains(where: \.isSecret) else { return }
    let flow = SecretFlow(set)
    for decision in set.policies.flatMap(\.decisions) {
      decision.visitCodeExpressions({ _ in }) { text in
        for hole in text?.holes ?? [] {
          guard let name = flow.secret(in: hole) else { continue }
          report(.secretInText(hole.range, name))
        }
      }
      for shown in decision.shown {
        guard let name = flow.secret(shownBy: shown) else { continue }
        report(.secretInAnswer(shown.range, name))
      }
    }
  }
}

/// Which values are made of a secret.
///
/// What is computed from a secret is one: sums, dates, branches of an `if`. What only asks about it is none:
/// comparisons, tests, counts, the choice of a branch, the key of a look-up.
final class SecretFlow {
  /// A definition, and what its arguments are.
  private struct Call: Hashable {
    let reference: Reference
    let arguments: [String?]
  }

  private let set: TypedSet
  /// The secrets that variables stand for; no two variables of a set have one number.
  private var variables: [Int: String?] = [:]
  /// What other variables stand for.
  var resolve: (Variable) -> String? = { _ in nil }
  /// What is known of definitions; of one that is being looked at, that it is none.
  private var known: [Call: String?] = [:]

  init(_ set: TypedSet) {
    self.set = set
    for clause in set.policies.flatMap(\.decisions).flatMap(\.clauses) {
      clause.forEach.map { bind($0.variable, to: $0.list) }
    }
  }

  /// Says what the items of a list are.
  private func bind(_ variable: Variable, to list: TypedExpression) {
    variables.updateValue(secret(in: list), forKey: variable.id)
  }

  /// The secret that shows when a value is answered whole, by its name.
  func secret(shownBy expression: TypedExpression) -> String? {
    var seen: Set<RecordID> = []
    return secret(in: expression) ?? part(of: expression.type, &seen)
  }

  /// The field of a type, at any depth, that is secret.
  private func part(of type: ValueType, _ seen: inout Set<RecordID>) -> String? {
    switch type {
    case .list(let inner), .optional(let inner): return part(of: inner, &seen)
    case .record(let id) where seen.insert(id).inserted:
      for field in set.types[id].fields {
        if field.isSecret { return field.name }
        if let name = part(of: field.type, &seen) { return name }
      }
      return nil
    default: return nil
    }
  }

  /// The secret that a value is, or is made of, by its name.
  func secret(in expression: TypedExpression) -> String? {
    switch expression.kind {
    case .input(let at):
      let field = set.policies[at.policy].inputs[at.index].field
      return field.isSecret ? field.name : nil
    case .variable(let variable):
      if let bound = variables[variable.id] { return bound }
      return resolve(variable)
    case .field(let base, let index): return secret(in: base, field: index)
    case .call(let reference, let arguments): return secret(of: reference, arguments)
    case .compare, .oneOf, .contains, .isPresent, .isBlank, .textTest, .matches,
      .business(.isBusinessDay, _, _, _), .aggregate(.count, _, _, _, _, _):
      return nil
    case .lookup(_, _, _, let fallback): return fallback.flatMap(secret(in:))
    case .conditional(_, let then, let otherwise): return secret(in: then) ?? secret(in: otherwise)
    case .quantifier(_, let variable, let list, let condition):
      return secret(in: condition, variable, of: list)
    case .aggregate(_, let variable, let list, let element, _, let fallback):
      if let found = fallback.flatMap(secret(in:)) { return found }
      guard let element, let variable else { return secret(in: list) }
      return secret(in: element, variable, of: list)
    case .comprehension(let variable, let list, let element, _):
      return secret(in: element, variable, of: list)
    case .the(_, let list, _, let otherwise):
      return secret(in: list) ?? otherwise.flatMap(secret(in:))
    case .allocate(let allocation):
      return secret(in: allocation.amount) ?? secret(in: allocation.list)
        ?? secret(in: allocation.taking, allocation.variable, of: allocation.list)
    default:
      var found: String?
      expression.visitChildren { found = found ?? secret(in: $0) }
      return found
    }
  }

  private func secret(in base: TypedExpression, field index: Int) -> String? {
    if case .record(let id) = base.type.unwrapped, set.types[id].fields.indices.contains(index),
      set.types[id].fields[index].isSecret
    {
      return set.types[id].fields[index].name
    }
    if case .record(let parts) = base.kind, parts.indices.contains(index) {
      return secret(in: parts[index])
    }
    return secret(in: base)
  }

  /// That of what is made of each item.
  private func secret(
    in element: TypedExpression, _ variable: Variable, of list: TypedExpression
  ) -> String? {
    let outer = variables
    defer { variables = outer }
    bind(variable, to: list)
    return secret(in: element)
  }

  /// That of what a definition gives for these arguments.
  private func secret(of reference: Reference, _ arguments: [TypedExpression]) -> String? {
    let call = Call(reference: reference, arguments: arguments.map(secret(in:)))
    if let known = known[call] { return known }
    // One that goes round in a circle is reported as that.
    known.updateValue(nil, forKey: call)
    let define = set.policies[reference.policy].defines[reference.index]
    let outer = variables
    defer { variables = outer }
    for (variable, name) in zip(define.arguments, call.arguments) {
      variables.updateValue(name, forKey: variable.id)
    }
    let found = secret(in: define.body)
    known.updateValue(found, forKey: call)
    return found
  }
}

extension TypedDecision {
  /// What an answer, or a clearance that it asks for, says of its figures, days and persons.
  fileprivate var shown: [TypedExpression] {
    var all: [TypedExpression?] = []
    for case let rule? in clauses.map(\.clearedBy) { all += [rule.post, rule.upTo?.of, rule.days] }
    switch body {
    case .release, .check: break
    case .approval(let approval):
      all += approval.interveners
      approval.steps.forEach { all += $0.shown }
    case .limit(let limit):
      all += limit.caps.map(\.amount)
      all += [limit.used, limit.asked, limit.warnFrom]
    case .grade(let grade): all += grade.points.map(\.value)
    case .value(let figure): all.append(figure)
    }
    duties.forEach { all += [$0.by, $0.due] }
    copies.forEach { all += $0.to }
    return all.compactMap(\.self)
  }
}

extension TypedStep {
  /// Whose it is, by when, and through whom it goes back.
  fileprivate var shown: [TypedExpression?] {
    var all: [TypedExpression?] = [by]
    switch onRefusal {
    case .requester(let through), .step(_, let through): all.append(through)
    case .ends, nil: break
    }
    switch deadline {
    case .within(let days, _, let escalate): all += [days, escalate]
    case .due(let day): all.append(day)
    case nil: break
    }
    return all
  }
}
