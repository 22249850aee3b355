/// What every form of expression means: a walk over the typed tree that calls itself for the parts.
import PolicyCompiler
import PolicyRuntime

/// The names that hold at a place: items of lists, arguments of definitions, the total of a grade's points.
struct ReferenceScope {
  var variables: [Int: ReferenceValue] = [:]
  var points: ReferenceValue?

  func binding(_ variable: Variable, _ value: ReferenceValue) -> ReferenceScope {
    var inner = self
    inner.variables[variable.id] = value
    return inner
  }
}

extension ReferenceRun {
  /// The value of an expression.
  func value(_ expression: TypedExpression, _ scope: ReferenceScope) -> ReferenceValue {
    switch expression.kind {
    case .constant(let constant): return ReferenceValue(constant)
    case .input(let reference): return input(reference)
    case .variable(let variable): return scope.variables[variable.id] ?? .error("unbound")
    case .field(let record, let index): return field(value(record, scope), index)
    case .parameter(let reference): return parameter(reference)
    case .call(let reference, let arguments):
      let define = set.policies[reference.policy].defines[reference.index]
      var inner = ReferenceScope()
      inner.points = scope.points
      for (variable, argument) in zip(define.arguments, arguments) {
        inner.variables[variable.id] = value(argument, scope)
      }
      return value(define.body, inner)
    case .lookup(let reference, let keys, let column, let fallback):
      return lookup(reference, keys, column, fallback, scope)
    case .decisionIs(let reference, let answer): return decision(reference, is: answer)
    case .decisionValue(let reference): return decisionValue(reference)
    case .pointsTotal: return scope.points ?? .error("unbound")
    case .today: return .date(today)
    case .asOf: return .date(asOf)
    default: return compound(expression, scope) ?? operatorValue(expression, scope)
    }
  }

  private func operatorValue(
    _ expression: TypedExpression, _ scope: ReferenceScope
  ) -> ReferenceValue {
    func of(_ part: TypedExpression) -> ReferenceValue { value(part, scope) }
    switch expression.kind {
    case .not(let a): return .not(of(a))
    case .negate(let a): return .mapAmount(of(a)) { $0.negated }
    case .logical(.and, let a, let b): return .and(of(a), of(b))
    case .logical(.or, let a, let b): return .or(of(a), of(b))
    case .logical(.implies, let a, let b): return .or(.not(of(a)), of(b))
    case .compare(let comparison, let a, let b): return compare(comparison, of(a), of(b))
    case .oneOf(let a, let members):
      let wanted = of(a)
      return members.reduce(.bool(false)) { .or($0, .equal(wanted, of($1))) }
    case .contains(let list, let a):
      let wanted = of(a)
      return anyItem(of(list)) { .equal(wanted, $0) }
    case .isPresent(let path): return isPresent(of(path))
    case .isBlank(let path): return isBlank(of(path))
    case .arithmetic(.add, let a, let b): return .add(of(a), of(b))
    case .arithmetic(.subtract, let a, let b): return .subtract(of(a), of(b))
    case .arithmetic(.multiply, let a, let b): return .multiply(of(a), of(b))
    case .arithmetic(.divide, let a, let b): return .divide(of(a), of(b))
    case .round(let a, let places, let rounding):
      return .mapAmount(of(a)) { $0.rounded(places: places, rounding) }
    case .conditional(let condition, let then, let otherwise):
      return conditional(of(condition).used, then, otherwise, scope)
    case .quantifier(let any, let variable, let list, let condition):
      let test = { (item: ReferenceValue) in self.value(condition, scope.binding(variable, item)) }
      return any
        ? anyItem(of(list), test)
        : .not(anyItem(of(list)) { .not(test($0)) })
    case .aggregate: return aggregate(expression, scope)
    case .textTest(let test, let a, let b): return textTest(test, of(a), of(b))
    case .matches(let a, let pattern):
      return .strict([of(a)]) { operands in
        guard case .text(let text) = operands[0] else { return .error("not_a_text") }
        return .bool(ReferencePattern(pattern).matches(text))
      }
    default: return dateValue(expression, scope)
    }
  }

  /// A field; of an absent record it is absent too, of an unknown one unknown for the same reason.
  private func field(_ record: ReferenceValue, _ index: Int) -> ReferenceValue {
    if case .record(let fields) = record { fields[index] } else { record }
  }

  /// The last value whose day is not after `as of`.
  private func parameter(_ reference: Reference) -> ReferenceValue {
    let values = set.policies[reference.policy].parameters[reference.index].values
    let inForce = values.last { value in
      value.from.map { ReferenceDate(literal: $0) <= asOf } ?? true
    }
    return inForce.map { ReferenceValue($0.constant) } ?? .error("parameter_missing")
  }

  private func compare(
    _ comparison: TypedExpression.Comparison, _ a: ReferenceValue, _ b: ReferenceValue
  ) -> ReferenceValue {
    switch comparison {
    case .equal: .order(a, b) { $0 == 0 }
    case .notEqual: .order(a, b) { $0 != 0 }
    case .less: .order(a, b) { $0 < 0 }
    case .lessOrEqual: .order(a, b) { $0 <= 0 }
    case .greater: .order(a, b) { $0 > 0 }
    case .greaterOrEqual: .order(a, b) { $0 >= 0 }
    }
  }

  private func isPresent(_ path: ReferenceValue) -> ReferenceValue {
    switch path {
    case .absent: .bool(false)
    case .unknown, .error: path
    default: .bool(true)
    }
  }

  /// Absent, or nothing but blanks, tabs, line breaks and ideographic spaces.
  private func isBlank(_ path: ReferenceValue) -> ReferenceValue {
    let blanks = " \t\n\r\u{3000}".unicodeScalars
    return switch path {
    case .absent: .bool(true)
    case .text(let text): .bool(text.unicodeScalars.allSatisfy { blanks.contains($0) })
    case .unknown, .error: path
    default: .bool(false)
    }
  }

  private func conditional(
    _ condition: ReferenceValue, _ then: TypedExpression, _ otherwise: TypedExpression,
    _ scope: ReferenceScope
  ) -> ReferenceValue {
    guard case .unknown(let needs) = condition else {
      if condition.isError { return condition }
      return value(condition == .bool(true) ? then : otherwise, scope)
    }
    return Self.merged(needs, value(then, scope), value(otherwise, scope))
  }

  /// Whether two known values cannot be told apart: the same scalars, the same currency.
  static func same(_ a: ReferenceValue, _ b: ReferenceValue) -> Bool {
    switch (a, b) {
    case (.text(let x), .text(let y)), (.person(let x), .person(let y)):
      Array(x.utf8) == Array(y.utf8)
    default: a == b
    }
  }

  /// True for one of the items: `or` over all of them in order.
  private func anyItem(
    _ list: ReferenceValue, _ test: (ReferenceValue) -> ReferenceValue
  ) -> ReferenceValue {
    guard case .list(let items) = list.used else { return list.used }
    return items.reduce(.bool(false)) { .or($0, test($1)) }
  }

  private func textTest(
    _ test: TypedExpression.TextTest, _ a: ReferenceValue, _ b: ReferenceValue
  ) -> ReferenceValue {
    .strict([a, b]) { operands in
      guard case .text(let first) = operands[0], case .text(let second) = operands[1] else {
        return .error("not_a_text")
      }
      let (text, part) = (Array(first.utf8), Array(second.utf8))
      switch test {
      case .startsWith: return .bool(Array(text.prefix(part.count)) == part)
      case .endsWith: return .bool(Array(text.suffix(part.count)) == part)
      case .contains:
        guard part.count <= text.count else { return .bool(false) }
        return .bool(
          (0...text.count - part.count).contains { Array(text[$0..<$0 + part.count]) == part })
      }
    }
  }
}
