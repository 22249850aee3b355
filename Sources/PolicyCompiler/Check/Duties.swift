/// What follows from an answer: duties with their days, copies, notices and what is filed.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension DecisionChecker {
  /// `duty code "text" by POST [due DATE] [on …] [when …]`.
  func duty(_ clause: ClauseTree) -> TypedDuty? {
    guard case .duty(let code, let text, let by, let due, let trigger) = clause.kind else {
      return nil
    }
    allowTails(clause, [.when, .because, .source])
    declare(code, "duty", in: \.duties)
    let possible = tree.kind.triggers
    let wanted = trigger.flatMap { DutyTrigger(rawValue: $0.rawValue) } ?? tree.kind.usualTrigger
    if !possible.contains(wanted) {
      report(.dutyTrigger(code, wanted, tree.kind, possible))
    }
    let (condition, guards, sound) = when(clause)
    return expressions.assuming(guards) {
      let post = expressions.typed(by, .post)
      let words = expressions.text(text)
      let day = due.map { expressions.typed($0, .date) }
      if let day, day == nil { return nil }
      guard let post, sound else { return nil }
      var duty = TypedDuty(
        code: code.text, text: words, by: post, trigger: wanted, condition: condition,
        source: expressions.sourceNote(clause.tails.source), range: clause.range)
      duty.due = day ?? nil
      duty.because = expressions.text(clause.tails.because)
      return duty
    }
  }

  /// `copy`, `notify` and `file with`.
  func copy(
    _ clause: ClauseTree, _ kind: TypedCopy.Kind, _ posts: [ExpressionTree]
  ) -> TypedCopy? {
    allowTails(clause, [.when, .because, .source])
    let (condition, guards, sound) = when(clause)
    return expressions.assuming(guards) {
      var to: [TypedExpression] = []
      for post in posts {
        guard let found = expressions.scalar(post, expected: .post) else { continue }
        switch found.type.unwrapped {
        case .post, .person: to.append(found)
        default: report(.notAPost(found.range, owner.words(found.type.unwrapped)))
        }
      }
      let because = expressions.text(clause.tails.because)
      guard sound else { return nil }
      var copy = TypedCopy(to: to, condition: condition, range: clause.range)
      copy.kind = kind
      copy.because = because
      copy.source = expressions.sourceNote(clause.tails.source)
      return copy
    }
  }
}

extension DecisionTree.Kind {
  /// The answers on which a duty may arise.
  var triggers: [DutyTrigger] {
    switch self {
    case .release: [.allow, .refusal, .always]
    case .approval: [.approved, .refusal, .always]
    case .check: [.valid, .refusal, .always]
    case .limit: [.within, .refusal, .always]
    case .grade, .value: [.always]
    }
  }

  /// When a duty arises that does not say.
  var usualTrigger: DutyTrigger { triggers[0] }
}
