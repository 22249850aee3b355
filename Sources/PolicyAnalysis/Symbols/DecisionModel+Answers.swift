/// What other conditions see of a decision: `D is ANSWER`, and its figure.
internal import PolicyCompiler
internal import PolicyRuntime

extension DecisionModel {
  /// `D is ANSWER`.
  func says(_ answer: DecisionAnswer, _ reader: Interpreter) -> Truth {
    let (formulas, error) = (reader.formulas, innerError)
    let open = reader.unknown(applies)
    // Nothing is approved without a history, whatever else is the matter.
    if answer == .approved, !reader.context.scope.histories { return .no }
    if answer == .notApplicable {
      return Truth(
        yes: formulas.and(applies.no, error.negated), no: formulas.and(applies.yes, error.negated),
        error: error)
    }
    let inner = answers[answer] ?? .no
    let decided = formulas.or(applies.yes, open)
    let said = Truth(
      yes: formulas.all([applies.yes, inner.yes, error.negated]),
      no: formulas.and(
        error.negated, formulas.or(applies.no, formulas.and(decided, inner.no))),
      error: error)
    guard answer == .approved else { return said }
    let isLacking = reader.historyIsThere.negated
    return Truth(
      yes: formulas.and(said.yes, isLacking.negated), no: formulas.or(said.no, isLacking),
      error: formulas.and(said.error, isLacking.negated))
  }

  /// The figure as other decisions use it: an error where the decision does not apply.
  func used(_ figure: Symbol, _ reader: Interpreter) -> Symbol {
    let formulas = reader.formulas
    // A record is made whole: a field that is not known leaves all of it unknown.
    let (partOpen, partFails) =
      if case .record = figure { reader.parts(of: figure) } else { (Formula.no, Formula.no) }
    let inner = formulas.or(innerError, formulas.and(applies.yes, partFails))
    let error = formulas.or(inner, applies.no)
    let known = formulas.all([applies.yes, inner.negated, partOpen.negated])
    let open = formulas.and(
      formulas.or(reader.unknown(applies), formulas.and(applies.yes, partOpen)), inner.negated)
    return settle(figure, known, open, error, reader)
  }

  private func settle(
    _ figure: Symbol, _ known: Formula, _ open: Formula, _ error: Formula, _ reader: Interpreter
  ) -> Symbol {
    let formulas = reader.formulas
    switch figure {
    case .truth(let a):
      return .truth(
        Truth(
          yes: formulas.and(known, a.yes), no: formulas.and(known, a.no),
          error: formulas.or(error, formulas.and(known, formulas.or(a.error, a.absent)))))
    case .scalar(let a):
      var result = Scalar(
        reader.merged(a.cases.map { .init(when: formulas.and(known, $0.when), term: $0.term) }))
      result.error = formulas.or(error, formulas.and(known, a.error))
      result.absent = formulas.and(known, a.absent)
      result.unknown = formulas.or(open, formulas.and(known, a.unknown))
      return .scalar(result)
    case .record(let fields):
      return .record(fields.map { settle($0, known, open, error, reader) })
    case .list(var list):
      list.error = formulas.or(error, formulas.and(known, list.error))
      list.absent = formulas.and(known, list.absent)
      list.unknown = formulas.or(open, formulas.and(known, list.unknown))
      return .list(list)
    }
  }
}
