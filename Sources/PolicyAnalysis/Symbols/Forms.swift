/// What the forms of expressions have in common: their operands, their names, whether they can fail.
internal import PolicyCompiler
internal import PolicyRuntime
internal import PolicySource

extension TypedExpression {
  /// The expressions that it is made of, in the order in which they stand.
  var operands: [TypedExpression] {
    switch kind {
    case .constant, .input, .variable, .parameter, .today, .asOf, .decisionIs, .decisionValue,
      .pointsTotal, .absent:
      []
    case .field(let a, _), .not(let a), .negate(let a), .isPresent(let a), .isBlank(let a),
      .round(let a, _, _), .matches(let a, _), .datePart(_, let a), .patternPart(_, let a, _):
      [a]
    case .call(_, let arguments): arguments
    case .lookup(_, let keys, _, let fallback): keys + (fallback.map { [$0] } ?? [])
    case .logical(_, let a, let b), .compare(_, let a, let b), .arithmetic(_, let a, let b),
      .textTest(_, let a, let b), .addDays(let a, let b, _), .addMonths(let a, let b, _),
      .daysBetween(let a, let b), .dateFunction(_, let a, let b), .contains(let a, let b):
      [a, b]
    case .oneOf(let a, let members): [a] + members
    case .conditional(let a, let b, let c): [a, b, c]
    case .quantifier(_, _, let list, let condition): [list, condition]
    case .aggregate(_, _, let list, let element, let condition, let fallback):
      [list] + [element, condition, fallback].compactMap(\.self)
    case .record(let parts), .list(let parts): parts
    case .comprehension(_, let list, let element, let condition):
      [list, element] + (condition.map { [$0] } ?? [])
    case .the(_, let list, let condition, let otherwise):
      [list, condition] + (otherwise.map { [$0] } ?? [])
    case .allocate(let a): [a.amount, a.list, a.taking, a.key] + (a.condition.map { [$0] } ?? [])
    case .business(_, _, let a, let b): [a] + (b.map { [$0] } ?? [])
    case .convert(let a, _, let on): [a] + (on.map { [$0] } ?? [])
    }
  }

  /// The names that it binds.
  var variables: [Variable] {
    switch kind {
    case .quantifier(_, let variable, _, _), .comprehension(let variable, _, _, _),
      .the(let variable, _, _, _):
      [variable]
    case .aggregate(_, let variable, _, _, _, _): variable.map { [$0] } ?? []
    case .allocate(let allocation): [allocation.variable]
    default: []
    }
  }

  /// The list that it walks through.
  var list: TypedExpression? {
    switch kind {
    case .quantifier(_, _, let list, _), .comprehension(_, let list, _, _),
      .the(_, let list, _, _), .aggregate(_, _, let list, _, _, _):
      list
    case .allocate(let allocation): allocation.list
    default: nil
    }
  }

  /// The name of the form with what of it is no expression.
  var formName: String {
    switch kind {
    case .the(_, _, _, let otherwise): "the\(otherwise == nil)"
    case .allocate(let a): "allocate\(a.condition == nil)"
    case .comprehension(_, _, _, let condition): "for\(condition == nil)"
    case .round(_, let places, let rounding): "round\(places)\(rounding)"
    case .patternPart(let part, _, let pattern): "\(part)\(pattern.text)"
    case .arithmetic(let operation, _, _): "\(operation)"
    case .dateFunction(let function, _, _): "\(function)"
    case .convert: "convert"
    case .field(_, let index): "field\(index)"
    default: "form@\(range.lower)"
    }
  }

  /// Whether the name and the operands say all of it.
  var isNamedWhole: Bool {
    switch kind {
    case .the, .allocate, .comprehension, .round, .patternPart, .arithmetic, .dateFunction, .field:
      true
    default: false
    }
  }

  /// Whether it can be an error although its operands are none.
  var mayFail: Bool {
    switch kind {
    case .the, .allocate, .patternPart, .convert, .lookup, .business, .dateFunction, .addDays,
      .addMonths, .arithmetic, .decisionValue, .aggregate, .field:
      true
    default: false
    }
  }
}
