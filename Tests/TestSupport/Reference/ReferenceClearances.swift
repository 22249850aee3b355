/// Whether the case is still the one for which a clearance or an act was given.
import PolicyCompiler
import PolicyRuntime

/// A single fact that an expression reads.
private struct ReadFact {
  var path: String
  var type: ValueType
  var value: ReferenceValue
}

/// The names that hold where an expression stands.
private struct Surroundings {
  /// What a name is: an item of a list, or an argument of a definition.
  indirect enum Meaning {
    case item(String)
    case argument(TypedExpression, Surroundings)
  }

  var scope = ReferenceScope()
  var meanings: [Int: Meaning] = [:]
}

extension ReferenceRun {
  /// Facts that the amount of `up to` reads may move; all others must be what the clearance says they were.
  func isSameCase(
    _ clearance: ReferenceClearance, _ clause: TypedClause, _ rule: TypedClearing,
    _ scope: ReferenceScope
  ) -> Bool {
    guard let recorded = clearance.facts else { return !rule.whileUnchanged }
    var here = Surroundings(scope: scope)
    if let variable = clause.forEach?.variable {
      here.meanings[variable.id] = .item(variable.name)
    }
    let facts = facts(clause.condition, here)
    let movable = rule.upTo.map { self.facts($0.of, here).map(\.path) } ?? []
    for (path, given) in recorded {
      guard let fact = facts.first(where: { $0.path == path }) else { return false }
      if !movable.contains(path), !isSame(fact, given) { return false }
    }
    guard rule.whileUnchanged else { return true }
    return facts.allSatisfy { fact in
      movable.contains(fact.path) || fact.value.isUnknown || fact.value.isError
        || recorded.contains { $0.name == fact.path }
    }
  }

  /// Why an act was given for another case than this one; nil when it was not.
  func caseOf(
    _ act: ReferenceAct, _ step: TypedStep?, _ decision: TypedDecision
  ) -> String? {
    let mustSay = step?.whileUnchanged ?? false
    guard let recorded = act.facts else { return mustSay ? "not_recorded" : nil }
    guard case .approval(let approval) = decision.body else { return nil }
    var read: [TypedExpression?] = [decision.appliesWhen, approval.requestedBy, approval.heldUpTo]
    read += approval.requires.map(\.condition) + approval.heldFor + approval.interveners
    read += approval.requires.map { $0.forEach?.list }
    for step in approval.steps {
      read += [step.by, step.condition, step.delegateAmount]
      switch step.onRefusal {
      case .requester(let through), .step(_, let through): read.append(through)
      case .ends, nil: break
      }
      switch step.deadline {
      case .within(let days, _, let post): read += [days, post]
      case .due(let day): read.append(day)
      case nil: break
      }
    }
    let facts = read.compactMap(\.self).flatMap { self.facts($0, Surroundings()) }
    for (path, given) in recorded {
      guard let fact = facts.first(where: { $0.path == path }), isSame(fact, given) else {
        return "case_changed"
      }
    }
    let isWhole = facts.allSatisfy { fact in
      fact.value.isUnknown || fact.value.isError || recorded.contains { $0.name == fact.path }
    }
    return mustSay && !isWhole ? "case_changed" : nil
  }

  private func isSame(_ fact: ReadFact, _ given: RequestValue) -> Bool {
    if given == .null { return fact.value == .absent }
    guard fact.value != .absent, !fact.value.isUnknown else { return false }
    let field = RecordType.Field(
      name: "", label: "", type: fact.type.unwrapped, constraints: [])
    let reader = ReferenceReader(
      types: set.types, unknown: [], currency: set.policies[0].currency ?? "CNY")
    guard let then = try? reader.read(given, field, "") else { return false }
    return ReferenceValue.equal(then, fact.value) == .bool(true)
  }

  /// The single facts that an expression reads; what it reads of lists and other decisions is no such fact.
  private func facts(_ expression: TypedExpression, _ here: Surroundings) -> [ReadFact] {
    if let path = path(expression, here) {
      switch expression.type.unwrapped {
      case .record, .list: return []
      default:
        let value = value(expression, here.scope)
        return [ReadFact(path: path, type: expression.type, value: value)]
      }
    }
    switch expression.kind {
    case .variable(let variable):
      guard case .argument(let argument, let there) = here.meanings[variable.id] else { return [] }
      return facts(argument, there)
    case .call(let reference, let arguments):
      let (body, inside) = called(reference, arguments, here)
      return facts(body, inside)
    case .field(let record, let index):
      let (read, records) = choices(record, here)
      return records.reduce(read) { found, choice in
        if case .record(let parts) = choice.record.kind {
          return found + facts(parts[index], choice.here)
        }
        let field = TypedExpression(
          .field(choice.record, index), expression.type, expression.range)
        return found
          + (path(field, choice.here) == nil
            ? facts(choice.record, choice.here) : facts(field, choice.here))
      }
    case .quantifier(_, _, let list, _), .aggregate(_, _, let list, _, _, _),
      .comprehension(_, let list, _, _), .the(_, let list, _, _):
      return facts(list, here)
    default: return parts(expression).flatMap { facts($0, here) }
    }
  }

  /// The records that an expression may be, none of them an `if` or a definition, and what the choice reads.
  private func choices(
    _ expression: TypedExpression, _ here: Surroundings
  ) -> (read: [ReadFact], records: [(record: TypedExpression, here: Surroundings)]) {
    if path(expression, here) != nil { return ([], [(expression, here)]) }
    switch expression.kind {
    case .variable(let variable):
      guard case .argument(let argument, let there) = here.meanings[variable.id] else { break }
      return choices(argument, there)
    case .call(let reference, let arguments):
      let (body, inside) = called(reference, arguments, here)
      return choices(body, inside)
    case .conditional(let condition, let then, let otherwise):
      let (first, second) = (choices(then, here), choices(otherwise, here))
      return (
        facts(condition, here) + first.read + second.read, first.records + second.records
      )
    case .field(let record, let index):
      var (read, records) = choices(record, here)
      records = records.flatMap { choice in
        guard case .record(let parts) = choice.record.kind else {
          let field = TypedExpression(
            .field(choice.record, index), expression.type, expression.range)
          return [(field, choice.here)]
        }
        let inner = choices(parts[index], choice.here)
        read += inner.read
        return inner.records
      }
      return (read, records)
    default: break
    }
    return ([], [(expression, here)])
  }

  /// The body of a definition, where its arguments mean something.
  private func called(
    _ reference: Reference, _ arguments: [TypedExpression], _ here: Surroundings
  ) -> (TypedExpression, Surroundings) {
    let define = set.policies[reference.policy].defines[reference.index]
    var inside = Surroundings()
    for (variable, argument) in zip(define.arguments, arguments) {
      inside.scope.variables[variable.id] = value(argument, here.scope)
      inside.meanings[variable.id] = .argument(argument, here)
    }
    return (define.body, inside)
  }

  /// `order.paid` for a path of inputs and items, nil for anything computed.
  private func path(_ expression: TypedExpression, _ here: Surroundings) -> String? {
    switch expression.kind {
    case .input(let reference):
      return set.policies[reference.policy].inputs[reference.index].field.name
    case .variable(let variable):
      switch here.meanings[variable.id] {
      case .item(let name): return name
      case .argument(let argument, let there): return path(argument, there)
      case nil: return nil
      }
    case .field(let record, let index):
      guard case .record(let id) = record.type.unwrapped, let base = path(record, here) else {
        return nil
      }
      return "\(base).\(set.types[id].fields[index].name)"
    default: return nil
    }
  }

  /// The expressions directly inside.
  private func parts(_ expression: TypedExpression) -> [TypedExpression] {
    switch expression.kind {
    case .field(let a, _), .not(let a), .negate(let a), .isPresent(let a), .isBlank(let a),
      .round(let a, _, _), .matches(let a, _), .datePart(_, let a), .patternPart(_, let a, _):
      return [a]
    case .logical(_, let a, let b), .compare(_, let a, let b), .arithmetic(_, let a, let b),
      .textTest(_, let a, let b), .contains(let a, let b), .addDays(let a, let b, _),
      .addMonths(let a, let b, _), .daysBetween(let a, let b), .dateFunction(_, let a, let b):
      return [a, b]
    case .business(_, _, let a, let b), .convert(let a, _, let b):
      return [a] + (b.map { [$0] } ?? [])
    case .allocate(let form):
      return [form.amount, form.list] + (form.condition.map { [$0] } ?? [])
        + [form.taking, form.key]
    case .oneOf(let a, let members): return [a] + members
    case .conditional(let a, let b, let c): return [a, b, c]
    case .lookup(_, let keys, _, let fallback): return keys + (fallback.map { [$0] } ?? [])
    case .record(let parts), .list(let parts): return parts
    default: return []
    }
  }
}
