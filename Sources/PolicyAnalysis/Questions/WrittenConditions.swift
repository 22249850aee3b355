/// The conditions of a decision as they are written, and the operands that they are joined of.
internal import PolicyCompiler
internal import PolicyRuntime
internal import PolicySource

/// Finds the condition of a clause, and reads its operands.
struct WrittenConditions {
  /// A condition with the names that hold in it.
  struct Condition {
    let expression: TypedExpression
    var names = Names()
  }

  /// An operand of `and`, `or` or `implies`.
  struct Operand {
    let expression: TypedExpression
    let truth: Truth
    /// What holds of the operands before it where it matters at all.
    let frame: [Formula]
  }

  private let reader: Interpreter
  private let decision: TypedDecision

  init(_ decision: TypedDecision, _ reader: Interpreter) {
    (self.decision, self.reader) = (decision, reader)
  }

  /// The condition of a clause; nil of one that has none.
  func condition(of clause: ClauseModel) -> Condition? {
    func found(in clauses: [TypedClause]) -> Condition? {
      clauses.first { $0.range == clause.range && $0.code == clause.name }.flatMap { condition($0) }
    }
    switch (clause.kind, decision.body) {
    case (.applies, _):
      return plain(decision.scopes.first { $0.range == clause.range }?.condition)
    case (.deny, .release(let clauses)), (.hold, .release(let clauses)): return found(in: clauses)
    case (.require, .check(let clauses)): return found(in: clauses)
    case (.require, .approval(let approval)): return found(in: approval.requires)
    case (.step, .approval(let approval)):
      return plain(approval.steps.first { $0.name == clause.name }?.condition)
    case (.cap, .limit(let limit)):
      return plain(limit.caps.first { $0.range == clause.range }?.condition)
    case (.band, .grade(let grade)):
      return inGrade(grade.bands.first { $0.range == clause.range }?.condition, grade)
    case (.cap, .grade(let grade)):
      return inGrade(grade.caps.first { $0.range == clause.range }?.condition, grade)
    case (.duty, _): return plain(decision.duties.first { $0.range == clause.range }?.condition)
    case (.copy, _): return plain(decision.copies.first { $0.range == clause.range }?.condition)
    default: return nil
    }
  }

  private func plain(_ expression: TypedExpression?) -> Condition? {
    expression.map { Condition(expression: $0) }
  }

  private func condition(_ clause: TypedClause) -> Condition? {
    var condition = Condition(expression: clause.condition)
    guard let (variable, source) = clause.forEach else { return condition }
    guard case .list(let list) = reader.value(source, Names()) else { return nil }
    let item = reader.anyItem(of: list, variable.type, depth: 1)
    condition.names = Names().binding(variable, item)
    condition.names.depth = 1
    return condition
  }

  private func inGrade(_ expression: TypedExpression?, _ grade: TypedGrade) -> Condition? {
    guard let expression else { return nil }
    var condition = Condition(expression: expression)
    let total = grade.points.reduce(Scalar(0)) { total, row in
      reader.join(total, reader.scalar(row.value), row.value) { x, y in
        x.adding(y).map { Scalar($0) }
      }
    }
    condition.names.points = .scalar(total)
    return condition
  }

  // MARK: Operands

  /// The operands of a condition, each with what holds where it matters; none of one that is not joined.
  func operands(of condition: Condition) -> [Operand] {
    var result: [Operand] = []
    collect(condition.expression, condition.names, [], isWhole: true, &result)
    return result
  }

  private func collect(
    _ expression: TypedExpression, _ names: Names, _ frame: [Formula], isWhole: Bool,
    _ result: inout [Operand]
  ) {
    switch expression.kind {
    case .not(let inner): collect(inner, names, frame, isWhole: isWhole, &result)
    case .logical(let word, let a, let b):
      collect(a, names, frame, isWhole: false, &result)
      let first = reader.truth(a, names)
      let matters = word == .or ? first.no : first.yes
      collect(b, names, frame + [matters], isWhole: false, &result)
    default:
      if isWhole { return }
      result.append(
        Operand(expression: expression, truth: reader.truth(expression, names), frame: frame))
    }
  }

  // MARK: What is meant so

  /// Whether literals alone make an expression true or false: nobody writes `false` by mistake.
  func isLiteral(_ expression: TypedExpression) -> Bool { literal(expression) != nil }

  private func literal(_ expression: TypedExpression) -> Bool? {
    switch expression.kind {
    case .constant(.bool(let value)): return value
    case .not(let a): return literal(a).map { !$0 }
    case .call(let reference, _):
      return literal(reader.set.policies[reference.policy].defines[reference.index].body)
    case .logical(let word, let a, let b):
      let (x, y) = (literal(a), literal(b))
      switch word {
      case .and: return x == false || y == false ? false : x == nil || y == nil ? nil : true
      case .or: return x == true || y == true ? true : x == nil || y == nil ? nil : false
      case .implies: return x == false || y == true ? true : x == nil || y == nil ? nil : false
      }
    default: return nil
    }
  }
}
