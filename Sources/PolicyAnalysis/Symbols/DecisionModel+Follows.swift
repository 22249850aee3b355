/// What follows from an answer while its facts are open: duties and copies.
internal import PolicyCompiler
internal import PolicyRuntime

extension Interpreter {
  func addDuties(_ decision: TypedDecision, _ model: inout DecisionModel) {
    for duty in decision.duties {
      let arises = trigger(duty.trigger, model)
      let truth = duty.condition.map { self.truth($0) } ?? Truth.yes
      let by = scalar(duty.by)
      let due = duty.due.map { scalar($0) }
      let asked = formulas.and(arises, truth.no.negated)
      model.error = formulas.any([
        model.error, formulas.and(arises, truth.error),
        formulas.and(asked, formulas.or(by.error, due?.error ?? .no)),
      ])
      model.clauses.append(
        ClauseModel(
          kind: .duty, name: duty.code, isConditional: duty.condition != nil, truth: truth,
          effective: formulas.and(arises, truth.yes), range: duty.range))
      let isOpen = formulas.or(
        unknown(truth), formulas.or(by.unknown, due?.unknown ?? .no))
      var part = AnswerPart(
        key: .duty(duty.code), label: words(duty.text),
        when: formulas.all([arises, truth.yes, isOpen.negated]),
        perhaps: formulas.and(asked, isOpen), rule: key(of: .scalar(by)), range: duty.range)
      part.figure = due
      part.scale = .date
      model.parts.append(part)
    }
  }

  private func trigger(_ trigger: DutyTrigger, _ model: DecisionModel) -> Formula {
    // Whether it applies at all may not be known: then a release holds, which is a refusal.
    let open = unknown(model.applies)
    func outcome(_ word: String) -> Formula { formulas.and(model.applies.yes, model.when(word)) }
    switch (trigger, model.kind) {
    case (.always, _): return model.applies.no.negated
    case (.allow, "release"): return outcome("allow")
    case (.approved, "approval"):
      guard context.scope.histories else { return outcome("chain") }
      return (model.answers[.refused]?.yes ?? .no).isAbsent(from: outcome("chain"), formulas)
    case (.refusal, "approval"):
      guard context.scope.histories else { return outcome("chain") }
      return (model.answers[.approved]?.yes ?? .no).isAbsent(from: outcome("chain"), formulas)
    case (.valid, "check"): return outcome("valid")
    case (.within, "limit"): return outcome("within")
    case (.refusal, "release"): return formulas.any([outcome("deny"), outcome("hold"), open])
    case (.refusal, "check"): return outcome("invalid")
    case (.refusal, "limit"): return outcome("exceeded")
    default: return .no
    }
  }

  func addCopies(_ decision: TypedDecision, _ model: inout DecisionModel) {
    var sets: [AnswerPart.Key: Int] = [:]
    for copy in decision.copies {
      let truth = copy.condition.map { self.truth($0) } ?? Truth.yes
      let reaches = model.applies.no.negated
      model.error = formulas.or(model.error, formulas.and(reaches, truth.error))
      model.clauses.append(
        ClauseModel(
          kind: .copy, name: copy.kind.rawValue, isConditional: copy.condition != nil,
          truth: truth, effective: truth.yes, range: copy.range))
      for expression in copy.to {
        let receiver = scalar(expression)
        model.error = formulas.or(
          model.error, formulas.all([reaches, truth.no.negated, receiver.error]))
        for one in receiver.cases {
          let name = receiverName(one.term, expression)
          let key = AnswerPart.Key.copy(kind: copy.kind.rawValue, to: name)
          let when = formulas.and(truth.yes, one.when)
          let perhaps = formulas.and(unknown(truth), one.when)
          if let index = sets[key] {
            model.parts[index].when = formulas.or(model.parts[index].when, when)
            model.parts[index].perhaps = formulas.or(model.parts[index].perhaps, perhaps)
          } else {
            sets[key] = model.parts.count
            model.parts.append(
              AnswerPart(key: key, label: name, when: when, perhaps: perhaps, range: copy.range))
          }
        }
      }
    }
  }

  private func receiverName(_ term: Linear, _ expression: TypedExpression) -> String {
    let family: Fact.Family = expression.type.unwrapped == .post ? .posts : .persons
    if let value = term.value, let name = space.name(value.floor, in: family) { return name }
    return key(of: term)
  }
}

extension Formula {
  /// What is left of a condition where this does not hold.
  fileprivate func isAbsent(from whole: Formula, _ formulas: Formulas) -> Formula {
    formulas.and(whole, negated)
  }
}
