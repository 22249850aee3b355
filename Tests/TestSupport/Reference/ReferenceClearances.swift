/// Whether the case is still the one for which a clearance was given.
import PolicyCompiler
import PolicyRuntime

/// A single fact that an expression reads.
private struct ReadFact {
  var path: String
  var type: ValueType
  var value: ReferenceValue
}

extension ReferenceRun {
  /// Facts that the amount of `up to` reads may move; all others must be what the clearance says they were.
  func isSameCase(
    _ clearance: ReferenceClearance, _ clause: TypedClause, _ rule: TypedClearing,
    _ scope: ReferenceScope
  ) -> Bool {
    guard let recorded = clearance.facts else { return !rule.whileUnchanged }
    let names = clause.forEach.map { [$0.variable.id: $0.variable.name] } ?? [:]
    let facts = facts(clause.condition, scope, names)
    let movable = rule.upTo.map { self.facts($0.of, scope, names).map(\.path) } ?? []
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
  private func facts(
    _ expression: TypedExpression, _ scope: ReferenceScope, _ names: [Int: String]
  ) -> [ReadFact] {
    if let path = path(expression, names) {
      switch expression.type.unwrapped {
      case .record, .list: return []
      default:
        return [ReadFact(path: path, type: expression.type, value: value(expression, scope))]
      }
    }
    switch expression.kind {
    case .call(let reference, let arguments):
      let define = set.policies[reference.policy].defines[reference.index]
      var inner = ReferenceScope()
      var innerNames: [Int: String] = [:]
      var found: [ReadFact] = []
      for (variable, argument) in zip(define.arguments, arguments) {
        inner.variables[variable.id] = value(argument, scope)
        if let path = path(argument, names) {
          innerNames[variable.id] = path
        } else if reads(define.body, variable) {
          found += facts(argument, scope, names)
        }
      }
      return found + facts(define.body, inner, innerNames)
    case .quantifier, .aggregate, .comprehension, .the: return []
    default:
      return parts(expression).flatMap { facts($0, scope, names) }
    }
  }

  /// Whether an expression names a variable outside of loops.
  private func reads(_ expression: TypedExpression, _ variable: Variable) -> Bool {
    if case .variable(variable) = expression.kind { return true }
    return parts(expression).contains { reads($0, variable) }
  }

  /// `order.paid` for a path of inputs and items, nil for anything computed.
  private func path(_ expression: TypedExpression, _ names: [Int: String]) -> String? {
    switch expression.kind {
    case .input(let reference):
      return set.policies[reference.policy].inputs[reference.index].field.name
    case .variable(let variable): return names[variable.id]
    case .field(let record, let index):
      guard case .record(let id) = record.type.unwrapped, let base = path(record, names) else {
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
      .round(let a, _, _), .matches(let a, _), .datePart(_, let a):
      return [a]
    case .logical(_, let a, let b), .compare(_, let a, let b), .arithmetic(_, let a, let b),
      .textTest(_, let a, let b), .contains(let a, let b), .addDays(let a, let b, _),
      .addMonths(let a, let b, _), .daysBetween(let a, let b):
      return [a, b]
    case .oneOf(let a, let members): return [a] + members
    case .conditional(let a, let b, let c): return [a, b, c]
    case .lookup(_, let keys, _, let fallback): return keys + (fallback.map { [$0] } ?? [])
    case .call(_, let arguments): return arguments
    case .record(let parts), .list(let parts): return parts
    default: return []
    }
  }
}
