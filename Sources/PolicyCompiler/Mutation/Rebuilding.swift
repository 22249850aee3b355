/// Making an expression anew with something inside of it changed.
import PolicyRuntime

extension TypedExpression {
  /// The same expression over changed operands, which come in the order of `visitChildren`.
  func rebuilt(_ change: (TypedExpression) -> TypedExpression) -> TypedExpression {
    TypedExpression(rebuiltKind(change), type, range)
  }

  private func rebuiltKind(_ f: (TypedExpression) -> TypedExpression) -> Kind {
    switch kind {
    case .constant, .input, .variable, .parameter, .today, .asOf, .decisionIs, .decisionValue,
      .pointsTotal, .absent:
      return kind
    case .field(let base, let index): return .field(f(base), index)
    case .call(let reference, let arguments): return .call(reference, arguments.map(f))
    case .lookup(let reference, let keys, let column, let fallback):
      return .lookup(reference, keys: keys.map(f), column: column, fallback: fallback.map(f))
    case .not(let a): return .not(f(a))
    case .negate(let a): return .negate(f(a))
    case .isPresent(let a): return .isPresent(f(a))
    case .isBlank(let a): return .isBlank(f(a))
    case .round(let a, let places, let direction): return .round(f(a), places: places, direction)
    case .matches(let a, let pattern): return .matches(f(a), pattern)
    case .datePart(let part, let a): return .datePart(part, f(a))
    case .patternPart(let part, let a, let pattern): return .patternPart(part, f(a), pattern)
    case .oneOf(let a, let members): return .oneOf(f(a), members.map(f))
    case .conditional(let a, let b, let c): return .conditional(f(a), f(b), f(c))
    case .record(let parts): return .record(parts.map(f))
    case .list(let parts): return .list(parts.map(f))
    default: return rebuiltPair(f) ?? rebuiltLoop(f)
    }
  }

  /// What has two operands.
  private func rebuiltPair(_ f: (TypedExpression) -> TypedExpression) -> Kind? {
    switch kind {
    case .logical(let connective, let a, let b): .logical(connective, f(a), f(b))
    case .compare(let comparison, let a, let b): .compare(comparison, f(a), f(b))
    case .arithmetic(let operation, let a, let b): .arithmetic(operation, f(a), f(b))
    case .textTest(let test, let a, let b): .textTest(test, f(a), f(b))
    case .contains(let list, let value): .contains(list: f(list), f(value))
    case .addDays(let a, let b, let negated): .addDays(f(a), f(b), negated: negated)
    case .addMonths(let a, let b, let negated): .addMonths(f(a), f(b), negated: negated)
    case .daysBetween(let a, let b): .daysBetween(f(a), f(b))
    case .dateFunction(let function, let a, let b): .dateFunction(function, f(a), f(b))
    case .business(let function, let calendar, let a, let b):
      .business(function, calendar, f(a), b.map(f))
    case .convert(let a, let rates, let day): .convert(f(a), rates: rates, on: day.map(f))
    default: nil
    }
  }

  /// What goes over a list.
  private func rebuiltLoop(_ f: (TypedExpression) -> TypedExpression) -> Kind {
    switch kind {
    case .quantifier(let any, let variable, let list, let condition):
      return .quantifier(any: any, variable, list: f(list), f(condition))
    case .aggregate(let function, let variable, let list, let element, let condition, let other):
      return .aggregate(
        function, variable, list: f(list), element: element.map(f), condition: condition.map(f),
        fallback: other.map(f))
    case .comprehension(let variable, let list, let element, let condition):
      let (list, condition) = (f(list), condition.map(f))
      return .comprehension(variable, list: list, element: f(element), condition: condition)
    case .the(let variable, let list, let condition, let otherwise):
      let source = f(list)
      return .the(
        variable, list: source, condition: f(condition), otherwise: otherwise.map(f))
    case .allocate(var allocation):
      allocation.amount = f(allocation.amount)
      allocation.list = f(allocation.list)
      allocation.condition = allocation.condition.map(f)
      allocation.taking = f(allocation.taking)
      allocation.key = f(allocation.key)
      return .allocate(allocation)
    default: return kind
    }
  }

  /// The expressions directly inside.
  var children: [TypedExpression] {
    var found: [TypedExpression] = []
    visitChildren { found.append($0) }
    return found
  }

  /// The same expression with one of its operands replaced.
  func replacing(child number: Int, by replacement: TypedExpression) -> TypedExpression {
    var next = 0
    return rebuilt { child in
      defer { next += 1 }
      return next == number ? replacement : child
    }
  }
}
