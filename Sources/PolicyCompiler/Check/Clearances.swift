/// `while the case is unchanged`: only facts that an answer writes down can be compared later.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension DecisionChecker {
  /// Reports what a clause reads besides single facts: such a change would go unnoticed.
  func requireRecords(_ condition: TypedExpression, _ place: SourceRange) {
    guard let found = unrecorded(condition) else { return }
    report(
      .notRecorded(place, owner.set.files[found.range.file].text(in: found.range), found.range))
  }

  /// Reports what an approval reads besides single facts, where a step says `while the case is unchanged`.
  func requireRecords(of decision: TypedDecision) {
    guard let place = unchanged else { return }
    var found: TypedExpression?
    decision.withoutConsequences.visitCodeExpressions { found = found ?? unrecorded($0) }
    guard let found else { return }
    let text = owner.set.files[found.range.file].text(in: found.range)
    report(.notRecordedOfActs(place, text, found.range))
  }

  /// The first part of a condition that reads a list, another decision, or whether a record is there.
  private func unrecorded(_ expression: TypedExpression) -> TypedExpression? {
    switch expression.kind {
    case .decisionIs, .decisionValue: return expression
    case .isPresent(let path):
      if case .record = path.type.unwrapped { return expression }
    case .call(let define, _):
      let body = owner.set.policies[define.policy].defines[define.index].body
      if unrecorded(body) != nil { return expression }
    default: break
    }
    if case .list = expression.type.unwrapped { return expression }
    var found: TypedExpression?
    expression.visitChildren { found = found ?? unrecorded($0) }
    return found
  }
}
