/// Finding which values an expression can have: what no request can bring about is not asked of the cases.
import PolicyRuntime

/// Finds the reach of expressions of one set.
struct ReachFinder {
  let set: TypedSet
  /// The decision that is being lowered, for the total of its points.
  var decision: Reference
  /// What the arguments of definitions were when they were bound last.
  var arguments: [Int: Reach] = [:]

  init(_ set: TypedSet, _ decision: Reference) {
    self.set = set
    self.decision = decision
  }

  // MARK: Expressions

  /// What an expression can be.
  func reach(of expression: TypedExpression) -> Reach {
    switch expression.kind {
    case .constant(let constant): return Self.bits(of: constant).map { Reach([$0]) } ?? .all
    case .input(let reference):
      let field = set.policies[reference.policy].inputs[reference.index].field
      return door(field.constraints, expression.type)
    case .field(let base, let index): return field(base, index, expression.type)
    case .variable(let variable): return arguments[variable.id] ?? reach(of: variable.type)
    case .parameter(let reference):
      let values = set.policies[reference.policy].parameters[reference.index].values
      return Self.reach(of: values.map(\.constant)) ?? reach(of: expression.type)
    case .call(let reference, let given): return call(reference, given)
    case .lookup(let reference, _, let column, let fallback):
      return lookup(reference, column, fallback, expression.type)
    case .compare(let comparison, let a, let b): return truth(comparison, a, b)
    case .not(let a):
      return reach(of: a).truths { 1 - $0 }
    case .negate(let a): return reach(of: a).negated
    case .arithmetic(let operation, let a, let b): return arithmetic(operation, a, b)
    case .round(let a, let places, let direction):
      return reach(of: a).rising {
        Decimal(units: $0).rounded(places: places, direction)?.units ?? $0
      }
    case .conditional(let test, let then, let otherwise): return choice(test, then, otherwise)
    case .aggregate(let function, _, _, let element, _, let fallback):
      return aggregate(function, element, fallback, expression.type)
    case .datePart(let part, _): return Self.reach(of: part) ?? reach(of: expression.type)
    case .asOf: return asOf
    case .pointsTotal: return total
    case .decisionValue(let reference):
      let used = set.policies[reference.policy].decisions[reference.index]
      guard case .value(let value) = used.body, !value.type.isCompound else {
        return reach(of: expression.type)
      }
      return ReachFinder(set, reference).reach(of: value)
    case .convert(let amount, _, _):
      return reach(of: amount).low >= 0 ? Reach(0, Decimal.bound) : .all
    default: return reach(of: expression.type)
    }
  }

  /// What a value of a type can be.
  func reach(of type: ValueType) -> Reach {
    switch type.unwrapped {
    case .bool: .truth
    case .enumeration(let id): Reach(0, Int128(max(0, set.types[id].members.count - 1)))
    case .post: Reach(0, Int128(max(0, set.types.posts.count - 1)))
    case .date: Reach(Int128(Day.first.number), Int128(Day.last.number))
    case .month: Reach(Int128(Month.first.number), Int128(Month.last.number))
    case .time: Reach(0, 24 * 60 - 1)
    default: .all
    }
  }

  /// What a door lets in.
  private func door(_ constraints: [Constraint], _ type: ValueType) -> Reach {
    constraints.reduce(reach(of: type)) { reach, constraint in
      switch constraint {
      case .lower(let bound, let inclusive):
        reach.within(inclusive ? bound : bound + 1, Decimal.bound)
      case .upper(let bound, let inclusive):
        reach.within(-Decimal.bound, inclusive ? bound : bound - 1)
      case .pattern, .items: reach
      }
    }
  }

  /// A field: what its type says counts where a request brought it.
  private func field(_ base: TypedExpression, _ index: Int, _ type: ValueType) -> Reach {
    guard case .record(let id) = base.type.unwrapped else { return reach(of: type) }
    switch base.kind {
    case .record(let fields) where fields.indices.contains(index): return reach(of: fields[index])
    case .call(let reference, _):
      let define = set.policies[reference.policy].defines[reference.index]
      return field(define.body, index, type)
    case .conditional(_, let then, let otherwise):
      return field(then, index, type).union(field(otherwise, index, type))
    case .decisionValue: return reach(of: type)
    default: return door(set.types[id].fields[index].constraints, type)
    }
  }

  private func call(_ reference: Reference, _ given: [TypedExpression]) -> Reach {
    let define = set.policies[reference.policy].defines[reference.index]
    var inner = self
    for (variable, argument) in zip(define.arguments, given) where !variable.type.isCompound {
      inner.arguments[variable.id] = reach(of: argument)
    }
    return inner.reach(of: define.body)
  }

  private func lookup(
    _ reference: Reference, _ column: Int, _ fallback: TypedExpression?, _ type: ValueType
  ) -> Reach {
    let table = set.policies[reference.policy].tables[reference.index]
    switch table.hit {
    case .sum, .list: return reach(of: type)
    case .count: return Reach((0...min(table.rows.count, 500)).map { Decimal($0).units })
    case .unique, .first, .min, .max: break
    }
    guard let found = Self.reach(of: table.rows.map { $0.values[column] }) else {
      return reach(of: type)
    }
    return fallback.map { found.union(reach(of: $0)) } ?? found
  }

  private func arithmetic(
    _ operation: TypedExpression.Arithmetic, _ a: TypedExpression, _ b: TypedExpression
  ) -> Reach {
    let (left, right) = (reach(of: a), reach(of: b))
    switch operation {
    case .add: return left + right
    case .subtract: return left - right
    case .multiply: return left * right
    case .divide: return left / right
    }
  }

  /// Either branch; `if x > m then m else x` is at most `m`.
  private func choice(
    _ test: TypedExpression, _ then: TypedExpression, _ otherwise: TypedExpression
  ) -> Reach {
    if case .compare(.greater, let value, let most) = test.kind, value.range == otherwise.range,
      most.range == then.range
    {
      return reach(of: otherwise).capped(by: reach(of: then))
    }
    return reach(of: then).union(reach(of: otherwise))
  }

  private func aggregate(
    _ function: TypedExpression.Aggregate, _ element: TypedExpression?,
    _ fallback: TypedExpression?, _ type: ValueType
  ) -> Reach {
    let each = element.map { reach(of: $0) } ?? .all
    switch function {
    case .count: return Reach(0, Decimal.bound)
    case .sum:
      return Reach(each.low >= 0 ? 0 : -Decimal.bound, each.high <= 0 ? 0 : Decimal.bound)
    case .min, .max: return fallback.map { each.union(reach(of: $0)) } ?? each
    }
  }

  private func truth(
    _ comparison: TypedExpression.Comparison, _ a: TypedExpression, _ b: TypedExpression
  ) -> Reach {
    switch a.type.unwrapped {
    case .text, .person: return .truth
    default: break
    }
    let sides = reach(of: a).sides(against: reach(of: b))
    let yes = sides.intersection(comparison.sides)
    let no = sides.subtracting(comparison.sides)
    return Reach((yes.isEmpty ? [] : [1]) + (no.isEmpty ? [] : [0]))
  }

  // MARK: Days and points

  private var asOf: Reach {
    let policy = set.policies[decision.policy]
    let from = policy.effectiveFrom ?? .first
    let until = policy.effectiveUntil ?? .last
    return Reach(Int128(from.number), Int128(until.number))
  }

  private var total: Reach {
    let body = set.policies[decision.policy].decisions[decision.index].body
    guard case .grade(let grade) = body else { return .all }
    return grade.points.reduce(Reach([0])) { $0 + reach(of: $1.value) }
  }

  private static func reach(of part: TypedExpression.DatePart) -> Reach? {
    let range: ClosedRange<Int>
    switch part {
    case .day: range = 1...31
    case .month: range = 1...12
    case .weekday: range = 1...7
    case .quarter: range = 1...4
    case .halfYear: range = 1...2
    case .year: return Reach(Decimal(1).units, Decimal(9999).units)
    default: return nil
    }
    return Reach(range.map { Decimal($0).units })
  }

  // MARK: Constants

  private static func reach(of constants: [Constant]) -> Reach? {
    let values = constants.compactMap(bits(of:))
    return values.isEmpty || values.count < constants.count ? nil : Reach(values)
  }

  /// The bits of a constant in a slot; nil for texts.
  static func bits(of constant: Constant) -> Int128? {
    switch constant {
    case .bool(let value): value ? 1 : 0
    case .number(let value), .percent(let value), .money(let value, _): value.units
    case .date(let day): Int128(day.number)
    case .month(let month): Int128(month.number)
    case .time(let time): Int128(time.minutes)
    case .post(let index), .member(_, let index): Int128(index)
    case .text, .person: nil
    }
  }
}

extension Reach {
  /// The sides of a condition: whether it can be true, and whether it can be false.
  var ways: CoverageSides {
    var ways: CoverageSides = []
    if touches(1, 1) { ways.insert(.yes) }
    if touches(0, 0) { ways.insert(.no) }
    return ways.isEmpty ? .both : ways
  }

  /// A function of true and false.
  fileprivate func truths(_ function: (Int128) -> Int128) -> Reach {
    values.map { Reach($0.map(function)) } ?? .truth
  }
}

extension ValueType {
  /// Whether it is a record or a list.
  fileprivate var isCompound: Bool {
    switch unwrapped {
    case .record, .list: true
    default: false
    }
  }
}

extension TypedExpression.Comparison {
  /// Whether one side comes before the other; else it is asked whether both are the same.
  var isOrdered: Bool { self != .equal && self != .notEqual }

  /// On which sides it is true.
  var sides: CoverageSides {
    switch self {
    case .equal: .at
    case .notEqual: [.below, .above]
    case .less: .below
    case .lessOrEqual: [.below, .at]
    case .greater: .above
    case .greaterOrEqual: [.at, .above]
    }
  }
}
