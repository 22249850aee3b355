/// The small mistakes that can be made in approvals, limits and grades.
import PolicyRuntime
import PolicySource

extension DecisionMutants {
  // MARK: Approvals

  mutating func approval(_ approval: TypedApproval) {
    func changed(_ decision: inout TypedDecision, _ make: (inout TypedApproval) -> Void) {
      var other = approval
      make(&other)
      decision.body = .approval(other)
    }
    // What a climb has become nobody has written.
    clauses(approval.requires, passing: Set(approval.climbs.map(\.code))) { decision, requires in
      changed(&decision) { $0.requires = requires }
    }
    for (number, step) in approval.steps.enumerated() where step.level == nil {
      if let rest = approval.without(step: number) {
        add(.step, step.range, .dropped("step \(step.name)")) { $0.body = .approval(rest) }
      }
      self.step(step, number) { decision, make in changed(&decision) { make(&$0.steps[number]) } }
    }
    for (place, post) in approval.interveners.enumerated() {
      add(.rule, post.range, .dropped("may intervene")) { decision in
        changed(&decision) { $0.interveners.remove(at: place) }
      }
      mutate(post) { decision, other in changed(&decision) { $0.interveners[place] = other } }
    }
    rules(approval, changed)
  }

  private mutating func rules(
    _ approval: TypedApproval,
    _ changed: (inout TypedDecision, (inout TypedApproval) -> Void) -> Void
  ) {
    let range = decision.range
    if approval.ownRequest {
      add(.rule, range, .dropped("may act on own request")) { decision in
        changed(&decision) { $0.ownRequest = false }
      }
    }
    if approval.distinct {
      add(.rule, range, .dropped("distinct approvers")) { decision in
        changed(&decision) { $0.distinct = false }
      }
    }
    if approval.skipsRepeats {
      add(.rule, range, .dropped("skip repeats")) { decision in
        changed(&decision) { $0.skipsRepeats = false }
      }
    }
    for (number, group) in approval.groups.enumerated() {
      guard let need = group.need, need > 1 else { continue }
      add(.rule, range, .becomes("\(need) of", "\(need - 1) of")) { decision in
        changed(&decision) { $0.groups[number].need = need - 1 }
      }
    }
  }

  private mutating func step(
    _ step: TypedStep, _ number: Int,
    _ changed: (inout TypedDecision, (inout TypedStep) -> Void) -> Void
  ) {
    mutate(step.by) { decision, post in changed(&decision) { $0.by = post } }
    mutate(condition: step.condition, of: "step \(step.name)") { decision, condition in
      changed(&decision) { $0.condition = condition }
    }
    mutate(step.delegateAmount, as: .bound) { decision, amount in
      changed(&decision) { $0.delegateAmount = amount }
    }
    switch step.deadline {
    case .within(let days, let calendar, let escalate):
      mutate(days, as: .bound) { decision, other in
        changed(&decision) {
          $0.deadline = .within(days: other, calendar: calendar, escalate: escalate)
        }
      }
      mutate(escalate) { decision, other in
        changed(&decision) {
          $0.deadline = .within(days: days, calendar: calendar, escalate: other)
        }
      }
    case .due(let day):
      mutate(day) { decision, other in changed(&decision) { $0.deadline = .due(other) } }
    case nil: break
    }
    if step.isDelegable {
      add(.rule, step.range, .dropped("delegable")) { decision in
        changed(&decision) { $0.isDelegable = false }
      }
    }
    if step.whileUnchanged {
      add(.rule, step.range, .dropped("while the case is unchanged")) { decision in
        changed(&decision) { $0.whileUnchanged = false }
      }
    }
  }

  // MARK: Limits

  mutating func limit(_ limit: TypedLimit) {
    func changed(_ decision: inout TypedDecision, _ make: (inout TypedLimit) -> Void) {
      var other = limit
      make(&other)
      decision.body = .limit(other)
    }
    for (number, cap) in limit.caps.enumerated() {
      let name: String
      switch cap.form {
      case .start: name = "start"
      case .atMost: name = "at most"
      case .none: name = "nil"
      }
      if cap.form != .start {
        add(.clause, cap.range, .dropped(name)) { decision in
          changed(&decision) { $0.caps.remove(at: number) }
        }
      }
      mutate(condition: cap.condition, of: name) { decision, condition in
        changed(&decision) { $0.caps[number].condition = condition }
      }
      if cap.form == .none { continue }
      mutate(cap.amount, as: .bound) { decision, amount in
        changed(&decision) { $0.caps[number].amount = amount }
      }
    }
    mutate(limit.used) { decision, used in changed(&decision) { $0.used = used } }
    mutate(limit.asked) { decision, asked in changed(&decision) { $0.asked = asked } }
    mutate(limit.warnFrom, as: .bound) { decision, share in
      changed(&decision) { $0.warnFrom = share }
    }
  }

  // MARK: Grades

  mutating func grade(_ grade: TypedGrade) {
    func changed(_ decision: inout TypedDecision, _ make: (inout TypedGrade) -> Void) {
      var other = grade
      make(&other)
      decision.body = .grade(other)
    }
    let members = expressions.set.types[grade.enumeration].members
    for (number, points) in grade.points.enumerated() {
      add(.clause, points.range, .dropped("points \(points.name)")) { decision in
        changed(&decision) { $0.points.remove(at: number) }
      }
      mutate(points.value) { decision, value in
        changed(&decision) { $0.points[number].value = value }
      }
    }
    bands(grade.bands, members, { _ in "give" }) { decision, bands in
      changed(&decision) { $0.bands = bands }
    }
    bands(grade.caps, members, { $0.isSign ? "sign" : "no better than" }) { decision, caps in
      changed(&decision) { $0.caps = caps }
    }
    let other = (grade.otherwise + members.count - 1) % max(1, members.count)
    guard other != grade.otherwise else { return }
    let names = (members[grade.otherwise].name, members[other].name)
    add(
      .member, decision.range, .becomes("otherwise \(names.0)", "otherwise \(names.1)")
    ) { decision in
      changed(&decision) { $0.otherwise = other }
    }
  }

  private mutating func bands(
    _ bands: [TypedGrade.Band], _ members: [Enumeration.Member],
    _ word: (TypedGrade.Band) -> String,
    _ put: (inout TypedDecision, [TypedGrade.Band]) -> Void
  ) {
    for (number, band) in bands.enumerated() {
      func changed(_ decision: inout TypedDecision, _ make: (inout TypedGrade.Band) -> Void) {
        var all = bands
        make(&all[number])
        put(&decision, all)
      }
      let name = "\(word(band)) \(members[band.member].name)"
      add(.clause, band.range, .dropped(name)) {
        var rest = bands
        rest.remove(at: number)
        put(&$0, rest)
      }
      mutate(condition: band.condition, of: name) { decision, condition in
        changed(&decision) { $0.condition = condition }
      }
      let other = (band.member + 1) % members.count
      guard other != band.member else { continue }
      add(.member, band.range, .becomes(name, "\(word(band)) \(members[other].name)")) { decision in
        changed(&decision) { $0.member = other }
      }
    }
  }
}

extension TypedApproval {
  /// The approval without a step; nil when a `together` would be left with none.
  fileprivate func without(step number: Int) -> TypedApproval? {
    var rest = self
    let gone = rest.steps.remove(at: number)
    if let group = gone.group {
      let left = rest.steps.count { $0.group == group }
      if left == 0 { return nil }
      if let need = groups[group].need { rest.groups[group].need = min(need, left) }
    }
    for place in rest.steps.indices {
      guard case .step(let target, let through) = rest.steps[place].onRefusal else { continue }
      rest.steps[place].onRefusal =
        target == number
        ? .requester(through: through)
        : .step(target > number ? target - 1 : target, through: through)
    }
    return rest
  }
}
