/// Arithmetic, comparisons, connectives, choices and calls.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension ExpressionChecker {
  /// `a OP b`.
  func binary(
    _ binary: ExpressionTree.BinaryOperator, _ a: ExpressionTree, _ b: ExpressionTree,
    _ range: SourceRange, _ expected: ValueType?
  ) -> TypedExpression? {
    switch binary {
    case .and: connective(.and, a, b, range)
    case .or: connective(.or, a, b, range)
    case .implies: connective(.implies, a, b, range)
    case .equal: comparison(.equal, a, b, range)
    case .notEqual: comparison(.notEqual, a, b, range)
    case .less: comparison(.less, a, b, range)
    case .lessOrEqual: comparison(.lessOrEqual, a, b, range)
    case .greater: comparison(.greater, a, b, range)
    case .greaterOrEqual: comparison(.greaterOrEqual, a, b, range)
    case .add: sum(.add, a, b, range, expected)
    case .subtract: sum(.subtract, a, b, range, expected)
    case .multiply: product(.multiply, a, b, range)
    case .divide: product(.divide, a, b, range)
    case .startsWith: textTest(.startsWith, a, b, range)
    case .endsWith: textTest(.endsWith, a, b, range)
    case .contains: textTest(.contains, a, b, range)
    case .matches: matches(a, b, range)
    }
  }

  // MARK: Connectives

  /// Chains of one connective are walked in a loop: they are as long as people like.
  private func connective(
    _ logical: TypedExpression.Logical, _ a: ExpressionTree, _ b: ExpressionTree,
    _ range: SourceRange
  ) -> TypedExpression? {
    var operands = [(tree: b, range: range)]
    var rest = a
    while case .binary(let operation, let left, let right) = rest.kind, logical != .implies,
      operation == (logical == .and ? .and : .or)
    {
      operands.append((right, rest.range))
      rest = left
    }
    var result = condition(rest)
    var guards = result.map { proven(by: $0, before: logical) } ?? []
    var sound = result != nil
    for (index, (tree, range)) in operands.enumerated().reversed() {
      let right = assuming(guards) { condition(tree) }
      guard let right else {
        sound = false
        continue
      }
      if index > 0 { guards.formUnion(proven(by: right, before: logical)) }
      result = result.map { TypedExpression(.logical(logical, $0, right), .bool, range) }
    }
    return sound ? result : nil
  }

  /// What is present where the next operand of a connective counts.
  private func proven(
    by operand: TypedExpression, before logical: TypedExpression.Logical
  ) -> Set<GuardPath> {
    logical == .or ? owner.presentWhenFalse(operand) : owner.presentWhenTrue(operand)
  }

  /// `if c then a else b`.
  func conditional(
    _ test: ExpressionTree, _ yes: ExpressionTree, _ no: ExpressionTree, _ range: SourceRange,
    _ expected: ValueType?
  ) -> TypedExpression? {
    let checked = condition(test)
    let whenTrue = checked.map(owner.presentWhenTrue) ?? []
    let whenFalse = checked.map(owner.presentWhenFalse) ?? []
    let branches = pair(yes, no, expected: expected) { tree, hint in
      self.assuming(tree.range == yes.range ? whenTrue : whenFalse) {
        self.value(tree, expected: hint)
      }
    }
    guard let checked, let (first, second) = both(branches) else { return nil }
    let type = first.type.unwrapped
    guard type == second.type.unwrapped else {
      report(.branchesDiffer(second.range, words(second.type.unwrapped), first: words(type)))
      return nil
    }
    return TypedExpression(.conditional(checked, first, second), type, range)
  }

  // MARK: Pairs

  /// Two operands of which each may lend its type to a literal or bare word on the other side.
  func pair(
    _ a: ExpressionTree, _ b: ExpressionTree, expected: ValueType? = nil,
    _ check: (ExpressionTree, ValueType?) -> TypedExpression?
  ) -> (TypedExpression?, TypedExpression?) {
    if expected == nil, isBare(a), !isBare(b) {
      let right = check(b, nil)
      guard let right else { return (lendsNothing(a) ? nil : check(a, nil), nil) }
      return (check(a, right.type), right)
    }
    let left = check(a, expected)
    guard let left else { return (nil, lendsNothing(b) ? nil : check(b, expected)) }
    return (left, beside(left) { check(b, expected ?? left.type) })
  }

  /// Both, when both are known.
  func both(
    _ pair: (TypedExpression?, TypedExpression?)
  ) -> (TypedExpression, TypedExpression)? {
    guard let a = pair.0, let b = pair.1 else { return nil }
    return (a, b)
  }

  /// A literal without a unit, or a word that is not declared: its meaning depends on the other side.
  private func isBare(_ tree: ExpressionTree) -> Bool {
    switch tree.kind {
    case .number: true
    case .negate(let inner): isBare(inner)
    default: lendsNothing(tree)
    }
  }

  /// An undeclared word, perhaps a member of the other side's type; a record or empty list written out.
  private func lendsNothing(_ tree: ExpressionTree) -> Bool {
    if case .record = tree.kind { return true }
    if case .list(let items) = tree.kind { return items.isEmpty }
    guard case .name(let name) = tree.kind, variables[name.text] == nil,
      !(pointsAllowed && name.text == "points"),
      case .unknown = owner.lookUp(name.text, in: policy)
    else { return false }
    return owner.memberNames.contains(name.text)
  }

  // MARK: Comparisons

  private func comparison(
    _ comparison: TypedExpression.Comparison, _ a: ExpressionTree, _ b: ExpressionTree,
    _ range: SourceRange
  ) -> TypedExpression? {
    guard let (left, right) = both(pair(a, b) { self.scalar($0, expected: $1) }) else {
      return nil
    }
    return compare(comparison, left, right, range)
  }

  /// A comparison of two checked values.
  func compare(
    _ comparison: TypedExpression.Comparison, _ left: TypedExpression, _ right: TypedExpression,
    _ range: SourceRange
  ) -> TypedExpression? {
    let (a, b) = (left.type.unwrapped, right.type.unwrapped)
    guard a == b else {
      let help =
        owner.literalHelp(expected: a, found: right) ?? owner.literalHelp(expected: b, found: left)
      report(.cannotCompare(range, words(a), words(b), help: help))
      return nil
    }
    if comparison != .equal, comparison != .notEqual {
      switch a {
      case .number, .money, .percent, .date, .month, .time: break
      case .enumeration(let id) where owner.set.types[id].order == .rising: break
      case .enumeration(let id):
        report(
          owner.set.types[id].order == .bestFirst
            ? .gradeComparedAsNumber(range, words(a)) : .unorderedComparison(range, words(a)))
        return nil
      default:
        report(.noOrder(range, words(a)))
        return nil
      }
    }
    return TypedExpression(.compare(comparison, left, right), .bool, range)
  }

  // MARK: Arithmetic

  private func sum(
    _ operation: TypedExpression.Arithmetic, _ a: ExpressionTree, _ b: ExpressionTree,
    _ range: SourceRange, _ expected: ValueType?
  ) -> TypedExpression? {
    if case .businessDuration(let count, let name) = b.kind {
      return shift(a, byBusiness: count, calendar: name, negated: operation == .subtract, range)
    }
    if case .duration(let count, let unit) = b.kind {
      return shift(a, by: count, unit, negated: operation == .subtract, range)
    }
    let hint = isBare(a) && isBare(b) ? expected : nil
    guard let (left, right) = both(pair(a, b, expected: hint) { self.scalar($0, expected: $1) })
    else { return nil }
    if left.type.unwrapped == .month, right.type.unwrapped == .number {
      let function: DateFunction = operation == .add ? .addToMonth : .subtractFromMonth
      return TypedExpression(.dateFunction(function, left, right), .month, range)
    }
    let type: ValueType? =
      switch (left.type.unwrapped, right.type.unwrapped) {
      case (.money, .money): .money
      case (.number, .number), (.number, .percent), (.percent, .number): .number
      case (.percent, .percent): .percent
      default: nil
      }
    return arithmetic(operation, left, right, type, range)
  }

  private func product(
    _ operation: TypedExpression.Arithmetic, _ a: ExpressionTree, _ b: ExpressionTree,
    _ range: SourceRange
  ) -> TypedExpression? {
    guard let (left, right) = both((scalar(a), scalar(b))) else { return nil }
    let type: ValueType? =
      switch (operation, left.type.unwrapped, right.type.unwrapped) {
      case (.multiply, .money, .number), (.multiply, .number, .money): .money
      case (.multiply, .money, .percent), (.multiply, .percent, .money): .money
      case (.divide, .money, .number): .money
      case (.divide, .money, .money): .number
      case (_, .number, .number): .number
      case (.multiply, .number, .percent), (.multiply, .percent, .number): .number
      case (.multiply, .percent, .percent), (.divide, .percent, .number): .percent
      case (.divide, .percent, .percent): .number
      default: nil
      }
    return arithmetic(operation, left, right, type, range)
  }

  private func arithmetic(
    _ operation: TypedExpression.Arithmetic, _ left: TypedExpression, _ right: TypedExpression,
    _ type: ValueType?, _ range: SourceRange
  ) -> TypedExpression? {
    guard let type else {
      let (a, b) = (left.type.unwrapped, right.type.unwrapped)
      report(.cannotCalculate(range, operation, words(a), words(b)))
      return nil
    }
    return TypedExpression(.arithmetic(operation, left, right), type, range)
  }

  // MARK: Texts

  private func textTest(
    _ test: TypedExpression.TextTest, _ a: ExpressionTree, _ b: ExpressionTree,
    _ range: SourceRange
  ) -> TypedExpression? {
    let (left, right) = (typed(a, .text), typed(b, .text))
    guard let left, let right else { return nil }
    return TypedExpression(.textTest(test, left, right), .bool, range)
  }

  private func matches(
    _ a: ExpressionTree, _ b: ExpressionTree, _ range: SourceRange
  ) -> TypedExpression? {
    let left = typed(a, .text)
    guard case .text(let text) = b.kind else {
      if case .missing = b.kind { return nil }
      report(.patternNotWritten(b.range))
      return nil
    }
    guard let left, let pattern = owner.textPattern(patternText(text), b.range) else { return nil }
    return TypedExpression(.matches(left, pattern), .bool, range)
  }

  /// A pattern's braces are its own, not holes: they are taken from the source as they stand.
  private func patternText(_ text: TextTree) -> String {
    if let plain = text.plain { return plain }
    return String(source(text.range).dropFirst().dropLast())
  }

  // MARK: Calls

  static let roundings: [String: Decimal.Rounding] = [
    "round": .halfEven, "round_up": .up, "round_down": .down,
  ]

  /// A builtin or a definition with arguments.
  func call(
    _ name: Name, _ arguments: [ExpressionTree], _ range: SourceRange
  ) -> TypedExpression? {
    if let rounding = Self.roundings[name.text] {
      return round(rounding, name, arguments, range)
    }
    switch owner.lookUp(name.text, in: policy) {
    case .found(.define(let define)): return call(define, name, arguments, range)
    case .ambiguous(let places):
      report(.ambiguousName(name, places.map { owner.set.policies[$0].name }))
    case .found, .unknown:
      if name.text.isEmpty { break }
      let names = owner.visibleNames(in: policy).filter {
        if case .found(.define) = owner.lookUp($0, in: policy) { true } else { false }
      }
      report(
        .notAFunction(
          name, nearest: owner.nearest(name.text, names + ["round", "round up", "round down"])))
    }
    for argument in arguments where !isBare(argument) { _ = check(argument) }
    return nil
  }

  /// A definition, with its arguments.
  func call(
    _ define: Reference, _ name: Name, _ arguments: [ExpressionTree], _ range: SourceRange
  ) -> TypedExpression? {
    owner.usedDefines.insert(define)
    let type = owner.defineType(define, at: name)
    for decision in owner.facts[define.policy].defineUses[define.index] { use(decision) }
    let wanted = owner.facts[define.policy].defineArguments[define.index]
    guard arguments.count == wanted.count else {
      report(.wrongArgumentCount(name, expected: wanted.count, found: arguments.count, range))
      return nil
    }
    var checked: [TypedExpression] = []
    for (argument, type) in zip(arguments, wanted) {
      guard let type else { continue }
      if let found = self.argument(argument, type) { checked.append(found) }
    }
    guard let type, checked.count == wanted.count else { return nil }
    return TypedExpression(.call(define, checked), type, range)
  }

  /// An argument of a `T?` may itself be absent.
  private func argument(_ tree: ExpressionTree, _ type: ValueType) -> TypedExpression? {
    guard case .optional(let inner) = type else { return typed(tree, type) }
    guard let found = check(tree, expected: inner) else { return nil }
    if found.type.unwrapped == inner { return found }
    report(
      .typeMismatch(found.range, expected: words(inner), found: words(found.type.unwrapped)))
    return nil
  }

  private func round(
    _ rounding: Decimal.Rounding, _ name: Name, _ arguments: [ExpressionTree],
    _ range: SourceRange
  ) -> TypedExpression? {
    guard arguments.count == 2 else {
      report(.wrongArgumentCount(name, expected: 2, found: arguments.count, range))
      return nil
    }
    let value = scalar(arguments[0])
    guard case .number(let digits) = arguments[1].kind, let places = Int(digits),
      (0...8).contains(places)
    else {
      if case .missing = arguments[1].kind { return nil }
      report(.badPlaces(arguments[1].range))
      return nil
    }
    guard let value else { return nil }
    switch value.type.unwrapped {
    case .number, .money, .percent:
      return TypedExpression(
        .round(value, places: places, rounding), value.type.unwrapped, range)
    default:
      report(.notANumber(value.range, words(value.type.unwrapped)))
      return nil
    }
  }
}
