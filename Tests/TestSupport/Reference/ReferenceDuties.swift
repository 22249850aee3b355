/// Duties and copies: what follows from an answer that applies and is no error.
import PolicyCompiler
import PolicyRuntime

extension ReferenceRun {
  /// Duties whose trigger fits the outcome and whose condition is not false.
  func addDuties(
    _ decision: TypedDecision, to answer: inout ReferenceAnswer
  ) throws(ReferenceTrap) {
    for duty in decision.duties where Self.fits(duty.trigger, decision.body, answer) {
      let truth = try truth(duty.condition)
      if case .no = truth { continue }
      let post = try known(duty.by)
      var isOpen = post.isUnknown
      var name = duty.code
      answer.needs.formUnion(post.needs)
      if let due = duty.due {
        let day = try known(due)
        isOpen = isOpen || day.isUnknown
        answer.needs.formUnion(day.needs)
        name += " due \(day.text(.date, set.types))"
      }
      if case .unknown(let needs) = truth {
        isOpen = true
        answer.needs.formUnion(needs)
      }
      answer.duties.append(.init(name: name, isUnknown: isOpen))
    }
  }

  /// A chain may end either way, so the duties of both ends are shown with it.
  private static func fits(
    _ trigger: DutyTrigger, _ body: TypedDecision.Body, _ answer: ReferenceAnswer
  ) -> Bool {
    let status = answer.outcome == "chain" ? answer.state?.status ?? "open" : answer.outcome
    return switch (trigger, body, status) {
    case (.always, _, _): true
    case (.allow, .release, "allow"): true
    case (.approved, .approval, "open"), (.refusal, .approval, "open"): true
    case (.approved, .approval, "approved"), (.refusal, .approval, "refused"): true
    case (.valid, .check, "valid"): true
    case (.within, .limit, "within"): true
    case (.refusal, .release, "deny"), (.refusal, .release, "hold"): true
    case (.refusal, .check, "invalid"), (.refusal, .limit, "exceeded"): true
    default: false
    }
  }

  /// Everybody who gets a copy, a notice or a file, or perhaps does; sorted by name.
  func addCopies(
    _ decision: TypedDecision, to answer: inout ReferenceAnswer
  ) throws(ReferenceTrap) {
    answer.copies = try receivers(decision, .copy, &answer)
    answer.notices = try receivers(decision, .notify, &answer)
    answer.files = try receivers(decision, .file, &answer)
  }

  private func receivers(
    _ decision: TypedDecision, _ kind: TypedCopy.Kind, _ answer: inout ReferenceAnswer
  ) throws(ReferenceTrap) -> [ReferenceAnswer.Listed] {
    var sure: Set<String> = []
    var possible: Set<String> = []
    for copy in decision.copies where copy.kind == kind {
      let truth = try truth(copy.condition)
      if case .no = truth { continue }
      for expression in copy.to {
        let receiver = try known(expression)
        answer.needs.formUnion(receiver.needs)
        guard !receiver.isUnknown else { continue }
        let name = receiverName(receiver)
        if case .unknown(let needs) = truth {
          possible.insert(name)
          answer.needs.formUnion(needs)
        } else {
          sure.insert(name)
        }
      }
    }
    return sure.union(possible).sorted().map {
      .init(name: $0, isUnknown: !sure.contains($0))
    }
  }

  private func receiverName(_ receiver: ReferenceValue) -> String {
    switch receiver {
    case .post(let index): set.types.posts[index].name
    case .person(let person): person
    default: "?"
    }
  }
}
