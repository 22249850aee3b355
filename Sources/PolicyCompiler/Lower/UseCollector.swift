/// What a decision needs of its set: the decisions it uses, in order, and the policies whose inputs it reads.
import PolicyRuntime

/// A field of a record, by the numbers of both.
struct RecordField: Hashable {
  let record: Int
  let position: Int
}

/// The walk over a decision and everything that it refers to.
struct UseCollector {
  let set: TypedSet
  /// In order of evaluation: a decision comes behind those that it uses.
  var decisions: [Reference] = []
  /// The policies of these decisions, the asked one's first.
  var policies: [Int] = []
  /// The inputs that expressions name.
  var inputs: [Reference] = []
  /// The policies that must be in force, the asked one's first.
  var touched: [Int] = []
  /// The fields that expressions read, by record and position.
  var fields: Set<RecordField> = []
  /// Whether records or lists are made on the way, or answered whole: then any field may be read with its record.
  var takesWholeRecords = false
  private var seenDecisions: Set<Reference> = []
  private var seenDefines: Set<Reference> = []
  private var seenInputs: Set<Reference> = []

  init(_ set: TypedSet) { self.set = set }

  mutating func visit(_ reference: Reference) {
    guard seenDecisions.insert(reference).inserted else { return }
    if !policies.contains(reference.policy) { policies.append(reference.policy) }
    touch(reference)
    let decision = set.policies[reference.policy].decisions[reference.index]
    decision.visitExpressions { visit($0) }
    if case .approval(let approval) = decision.body { touchCalendars(of: approval) }
    if case .value(let figure) = decision.body, figure.isCompound { takesWholeRecords = true }
    decisions.append(reference)
  }

  private mutating func touchCalendars(of approval: TypedApproval) {
    for step in approval.steps {
      if case .within(_, let calendar?, _) = step.deadline { touch(calendar) }
    }
  }

  private mutating func touch(_ reference: Reference) {
    if !touched.contains(reference.policy) { touched.append(reference.policy) }
  }

  private mutating func visit(_ expression: TypedExpression) {
    switch expression.kind {
    case .input(let reference):
      if seenInputs.insert(reference).inserted { inputs.append(reference) }
    case .field(let base, let index):
      if case .record(let id) = base.type.unwrapped {
        fields.insert(RecordField(record: id.index, position: index))
      }
    case .record, .list, .comprehension, .the, .allocate: takesWholeRecords = true
    case .decisionIs(let reference, _), .decisionValue(let reference): visit(reference)
    case .parameter(let reference), .lookup(let reference, _, _, _),
      .business(_, let reference, _, _), .convert(_, let reference, _):
      touch(reference)
    case .call(let reference, _):
      touch(reference)
      if seenDefines.insert(reference).inserted {
        visit(set.policies[reference.policy].defines[reference.index].body)
      }
    default: break
    }
    if case .conditional = expression.kind, expression.isCompound { takesWholeRecords = true }
    expression.visitChildren { visit($0) }
  }
}

extension ProgramBuilder {
  func collectUses() -> UseCollector {
    var collector = UseCollector(set)
    collector.visit(main)
    return collector
  }
}

extension TypedExpression {
  /// Calls a function with each expression directly inside.
  func visitChildren(_ visit: (TypedExpression) -> Void) {
    switch kind {
    case .constant, .input, .variable, .parameter, .today, .asOf, .decisionIs, .decisionValue,
      .pointsTotal, .absent:
      break
    case .record(let parts), .list(let parts): parts.forEach(visit)
    case .comprehension(_, let list, let element, let condition):
      visit(list)
      condition.map(visit)
      visit(element)
    case .the(_, let list, let condition, let otherwise):
      visit(list)
      visit(condition)
      otherwise.map(visit)
    case .allocate(let allocation):
      visit(allocation.amount)
      visit(allocation.list)
      allocation.condition.map(visit)
      visit(allocation.taking)
      visit(allocation.key)
    case .field(let base, _): visit(base)
    case .call(_, let arguments): arguments.forEach(visit)
    case .lookup(_, let keys, _, let fallback):
      keys.forEach(visit)
      fallback.map(visit)
    case .not(let a), .negate(let a), .isPresent(let a), .round(let a, _, _), .matches(let a, _),
      .datePart(_, let a), .isBlank(let a), .patternPart(_, let a, _):
      visit(a)
    case .logical(_, let a, let b), .compare(_, let a, let b), .arithmetic(_, let a, let b),
      .textTest(_, let a, let b), .contains(let a, let b), .addDays(let a, let b, _),
      .addMonths(let a, let b, _), .daysBetween(let a, let b), .dateFunction(_, let a, let b):
      visit(a)
      visit(b)
    case .business(_, _, let a, let b), .convert(let a, _, let b):
      visit(a)
      b.map(visit)
    case .oneOf(let a, let members):
      visit(a)
      members.forEach(visit)
    case .conditional(let a, let b, let c):
      visit(a)
      visit(b)
      visit(c)
    case .quantifier(_, _, let list, let condition):
      visit(list)
      visit(condition)
    case .aggregate(_, _, let list, let element, let condition, let fallback):
      visit(list)
      element.map(visit)
      condition.map(visit)
      fallback.map(visit)
    }
  }
}

extension TypedText {
  /// The expressions of the holes.
  var holes: [TypedExpression] {
    parts.compactMap { if case .hole(let expression) = $0 { expression } else { nil } }
  }
}

extension TypedStep {
  /// Calls a function with every expression of the step, and another with its text.
  fileprivate func visitExpressions(
    _ visit: (TypedExpression) -> Void, texts text: (TypedText?) -> Void
  ) {
    visit(by)
    condition.map(visit)
    delegateAmount.map(visit)
    text(because)
    switch onRefusal {
    case .requester(let through), .step(_, let through): through.map(visit)
    case .ends, nil: break
    }
    switch deadline {
    case .within(let days, _, let escalate):
      visit(days)
      escalate.map(visit)
    case .due(let day): visit(day)
    case nil: break
    }
  }
}

extension TypedDecision {
  /// The decision without its duties and copies: what acts are given for.
  var withoutConsequences: TypedDecision {
    var decision = self
    decision.duties = []
    decision.copies = []
    return decision
  }

  /// Calls a function with every expression of the decision, texts included.
  func visitExpressions(_ visit: (TypedExpression) -> Void) {
    visitCodeExpressions(visit) { $0?.holes.forEach(visit) }
  }

  /// Calls a function with every expression of the decision outside of texts, and another with each text.
  func visitCodeExpressions(
    _ visit: (TypedExpression) -> Void, texts text: (TypedText?) -> Void = { _ in }
  ) {
    for scope in scopes {
      visit(scope.condition)
      text(scope.because)
    }
    func clauses(_ clauses: [TypedClause]) {
      for clause in clauses {
        (clause.forEach?.list).map(visit)
        visit(clause.condition)
        if let clearing = clause.clearedBy {
          visit(clearing.post)
          (clearing.upTo?.bound).map(visit)
          (clearing.upTo?.of).map(visit)
          clearing.days.map(visit)
        }
        text(clause.text)
        text(clause.because)
      }
    }
    switch body {
    case .release(let all), .check(let all): clauses(all)
    case .approval(let approval):
      clauses(approval.requires)
      approval.requestedBy.map(visit)
      approval.interveners.forEach(visit)
      approval.heldFor.forEach { $0.map(visit) }
      approval.heldUpTo.map(visit)
      for step in approval.steps { step.visitExpressions(visit, texts: text) }
    case .limit(let limit):
      for cap in limit.caps {
        visit(cap.amount)
        cap.condition.map(visit)
        text(cap.because)
      }
      [limit.used, limit.asked, limit.warnFrom].forEach { $0.map(visit) }
    case .grade(let grade):
      for points in grade.points { visit(points.value) }
      for band in grade.bands + grade.caps {
        band.condition.map(visit)
        text(band.because)
      }
    case .value(let expression): visit(expression)
    }
    for duty in duties {
      visit(duty.by)
      duty.condition.map(visit)
      duty.due.map(visit)
      text(duty.text)
      text(duty.because)
    }
    for copy in copies {
      copy.to.forEach(visit)
      copy.condition.map(visit)
      text(copy.because)
    }
  }
}
