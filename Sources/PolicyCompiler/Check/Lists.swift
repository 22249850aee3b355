/// Quantifiers, sums and counts over lists.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension ExpressionChecker {
  /// A list and the type of its items.
  func listValue(_ tree: ExpressionTree) -> (TypedExpression, ValueType)? {
    guard let list = value(tree) else { return nil }
    guard case .list(let item) = list.type.unwrapped else {
      report(.notAList(tree.range, source(tree.range), words(list.type.unwrapped)))
      return nil
    }
    return (list, item)
  }

  /// `any x in xs where c`, `all x in xs where c`.
  func quantifier(
    _ quantifier: ExpressionTree.Quantifier, _ name: Name, _ list: ExpressionTree,
    _ condition: ExpressionTree, _ range: SourceRange
  ) -> TypedExpression? {
    guard let (items, type) = listValue(list) else { return nil }
    return binding(name, type) { variable in
      self.condition(condition).map {
        TypedExpression(
          .quantifier(any: quantifier == .any, variable, list: items, $0), .bool, range)
      }
    }
  }

  /// `count`, `sum`, `min`, `max`.
  func aggregate(
    _ tree: ExpressionTree.AggregateTree, _ fallback: ExpressionTree?, _ range: SourceRange,
    _ expected: ValueType?
  ) -> TypedExpression? {
    guard let (items, type) = listValue(tree.list) else { return nil }
    guard let name = tree.variable else {
      return simpleAggregate(tree, items, type, fallback, range)
    }
    typealias Inner = (Variable, condition: TypedExpression?, element: TypedExpression?)
    let inner: Inner? = binding(name, type) { variable in
      var condition: TypedExpression?
      if let tree = tree.condition {
        condition = self.condition(tree)
        if condition == nil { return nil }
      }
      guard let element = tree.element else { return (variable, condition, nil) }
      let guards = condition.map(owner.presentWhenTrue) ?? []
      guard let checked = assuming(guards, { self.scalar(element, expected: expected) }),
        adds(checked, tree.function)
      else { return nil }
      return (variable, condition, checked)
    }
    let elementType = inner?.element?.type.unwrapped
    let other = fallback.map { tree in
      elementType.map { self.typed(tree, $0) } ?? nil
    }
    if let other, other == nil { return nil }
    guard let inner else { return nil }
    return TypedExpression(
      .aggregate(
        function(tree.function), inner.0, list: items, element: inner.element,
        condition: inner.condition, fallback: other ?? nil),
      elementType ?? .number, range)
  }

  /// `count(xs)`, and `sum(xs)` of a list of numbers.
  private func simpleAggregate(
    _ tree: ExpressionTree.AggregateTree, _ items: TypedExpression, _ type: ValueType,
    _ fallback: ExpressionTree?, _ range: SourceRange
  ) -> TypedExpression? {
    if tree.function == .count {
      return TypedExpression(
        .aggregate(.count, nil, list: items, element: nil, condition: nil, fallback: nil),
        .number, range)
    }
    let variable = owner.variable("item", type)
    let element = TypedExpression(.variable(variable), type, tree.list.range)
    guard adds(element, tree.function) else { return nil }
    let other = fallback.map { typed($0, type) }
    if let other, other == nil { return nil }
    return TypedExpression(
      .aggregate(
        function(tree.function), variable, list: items, element: element, condition: nil,
        fallback: other ?? nil),
      type, range)
  }

  private func adds(
    _ element: TypedExpression, _ function: ExpressionTree.Aggregate
  ) -> Bool {
    switch (function, element.type.unwrapped) {
    case (_, .number), (_, .money), (_, .percent): return true
    case (.min, .date), (.max, .date), (.min, .month), (.max, .month), (.min, .time),
      (.max, .time):
      return true
    default:
      report(.cannotAggregate(element.range, function, words(element.type.unwrapped)))
      return false
    }
  }

  private func function(_ function: ExpressionTree.Aggregate) -> TypedExpression.Aggregate {
    switch function {
    case .count: .count
    case .sum: .sum
    case .min: .min
    case .max: .max
    }
  }
}
