/// check and value: all problems of a form at once; a computed figure.
import PolicyCompiler

extension ReferenceRun {
  /// The clauses that are known to have failed, and what the unknown ones need.
  func problems(
    _ clauses: [TypedClause]
  ) throws(ReferenceTrap) -> (known: [ReferenceAnswer.Reason], needs: Needs) {
    var known: [ReferenceAnswer.Reason] = []
    var needs: Needs = []
    for clause in clauses {
      for place in try places(of: clause) {
        switch place.truth {
        case .no: break
        case .yes:
          known.append(
            .init(code: clause.code, item: place.item, effect: "invalid", isUnknown: false))
        case .unknown(let unknown): needs.formUnion(unknown)
        }
      }
    }
    return (known, needs)
  }

  func check(_ clauses: [TypedClause]) throws(ReferenceTrap) -> ReferenceResult {
    let (problems, needs) = try self.problems(clauses)
    let isValid: Bool? = problems.isEmpty ? (needs.isEmpty ? true : nil) : false
    var result = ReferenceResult(isValid.map { $0 ? "valid" : "invalid" } ?? "needs")
    result.answer.reasons = problems
    result.answer.needs = needs
    result.test = { answer in
      switch answer {
      case .valid: isValid
      case .invalid: isValid.map { !$0 }
      default: false
      }
    }
    return result
  }

  func figure(_ expression: TypedExpression) throws(ReferenceTrap) -> ReferenceResult {
    let value = try whole(value(expression, ReferenceScope()), expression.type)
    var result = ReferenceResult(value.isUnknown ? "needs" : "value")
    result.answer.needs = value.needs
    if !value.isUnknown { result.answer.value = value.text(expression.type, set.types) }
    result.test = { _ in false }
    result.value = value
    return result
  }
}
