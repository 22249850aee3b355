/// The small mistakes that can be made in a decision: clause by clause, each left out, freed of its condition, or
/// with a mistake in one of its expressions.
import PolicyRuntime
import PolicySource

/// Collects the mutants of one decision.
struct DecisionMutants {
  let decision: TypedDecision
  let expressions: ExpressionMutants
  private(set) var found: [(Mutant.Kind, SourceRange, Mutant.Change, TypedDecision)] = []

  init(_ decision: TypedDecision, in set: TypedSet) {
    self.decision = decision
    expressions = ExpressionMutants(set: set)
    scopes()
    switch decision.body {
    case .release(let clauses):
      self.clauses(clauses) { $0.body = .release($1) }
    case .check(let clauses):
      self.clauses(clauses) { $0.body = .check($1) }
    case .approval(let approval): self.approval(approval)
    case .limit(let limit): self.limit(limit)
    case .grade(let grade): self.grade(grade)
    case .value(let value): mutate(value) { $0.body = .value($1) }
    }
    duties()
    copies()
  }

  // MARK: Adding

  /// The decision with a change, as one mutant.
  mutating func add(
    _ kind: Mutant.Kind, _ range: SourceRange, _ change: Mutant.Change,
    _ make: (inout TypedDecision) -> Void
  ) {
    var mutant = decision
    make(&mutant)
    found.append((kind, range, change, mutant))
  }

  /// A mutant for each mistake of an expression.
  mutating func mutate(
    _ expression: TypedExpression?, as role: ExpressionMutants.Role = .figure,
    _ put: (inout TypedDecision, TypedExpression) -> Void
  ) {
    guard let expression else { return }
    for mutant in expressions.of(expression, as: role) {
      add(mutant.kind, mutant.range, mutant.change) { put(&$0, mutant.expression) }
    }
  }

  /// A condition: each mistake of it, and none at all.
  mutating func mutate(
    condition: TypedExpression?, of name: String,
    _ put: (inout TypedDecision, TypedExpression?) -> Void
  ) {
    guard let condition else { return }
    mutate(condition) { put(&$0, $1) }
    if case .constant = condition.kind { return }
    add(.condition, condition.range, .unconditional(name)) { put(&$0, nil) }
  }

  // MARK: Clauses

  private mutating func scopes() {
    for (number, scope) in decision.scopes.enumerated() {
      add(.clause, scope.range, .dropped("applies when")) { $0.scopes.remove(at: number) }
      mutate(scope.condition) { $0.scopes[number].condition = $1 }
    }
  }

  mutating func clauses(
    _ clauses: [TypedClause], passing skipped: Set<String> = [],
    _ put: (inout TypedDecision, [TypedClause]) -> Void
  ) {
    for (number, clause) in clauses.enumerated() where !skipped.contains(clause.code) {
      let name = "\(Self.word(clause.effect)) \(clause.code)"
      func changed(
        _ decision: inout TypedDecision, _ make: (inout TypedClause) -> Void
      ) {
        var all = clauses
        make(&all[number])
        put(&decision, all)
      }
      add(.clause, clause.range, .dropped(name)) {
        var rest = clauses
        rest.remove(at: number)
        put(&$0, rest)
      }
      mutate(clause.condition) { decision, condition in
        changed(&decision) { $0.condition = condition }
      }
      if let free = Self.unconditional(clause), let at = Self.place(ofConditionOf: clause) {
        add(.condition, at, .unconditional(name)) { decision in
          changed(&decision) { $0.condition = free }
        }
      }
      mutate(clause.forEach?.list) { decision, list in
        changed(&decision) { $0.forEach?.list = list }
      }
      if let clearing = clause.clearedBy {
        self.clearing(clearing) { decision, other in
          changed(&decision) { $0.clearedBy = other }
        }
      }
    }
  }

  /// The condition of a clause without its `when`.
  private static func unconditional(_ clause: TypedClause) -> TypedExpression? {
    if clause.requirement != nil {
      guard case .logical(.and, _, let unmet) = clause.condition.kind,
        clause.requirement?.when != nil
      else { return nil }
      return unmet
    }
    if case .constant = clause.condition.kind { return nil }
    return TypedExpression(.constant(.bool(true)), .bool, clause.condition.range)
  }

  private static func place(ofConditionOf clause: TypedClause) -> SourceRange? {
    clause.requirement == nil ? clause.condition.range : clause.requirement?.when
  }

  private static func word(_ effect: TypedClause.Effect) -> String {
    switch effect {
    case .deny: "deny"
    case .hold: "hold"
    case .invalid: "require"
    }
  }

  private mutating func clearing(
    _ clearing: TypedClearing, _ put: (inout TypedDecision, TypedClearing?) -> Void
  ) {
    func changed(_ decision: inout TypedDecision, _ make: (inout TypedClearing) -> Void) {
      var other = clearing
      make(&other)
      put(&decision, other)
    }
    add(.clause, clearing.post.range, .dropped("cleared by")) { put(&$0, nil) }
    mutate(clearing.post) { decision, post in changed(&decision) { $0.post = post } }
    if let upTo = clearing.upTo {
      add(.condition, upTo.bound.range, .dropped("up to")) { decision in
        changed(&decision) { $0.upTo = nil }
      }
    }
    mutate(clearing.upTo?.bound, as: .bound) { decision, bound in
      changed(&decision) { $0.upTo?.bound = bound }
    }
    mutate(clearing.upTo?.of) { decision, of in changed(&decision) { $0.upTo?.of = of } }
    if let days = clearing.days {
      add(.condition, days.range, .dropped("for … days")) { decision in
        changed(&decision) { $0.days = nil }
      }
    }
    mutate(clearing.days, as: .bound) { decision, days in changed(&decision) { $0.days = days } }
    if clearing.whileUnchanged {
      add(.rule, clearing.post.range, .dropped("while the case is unchanged")) { decision in
        changed(&decision) { $0.whileUnchanged = false }
      }
    }
  }

  // MARK: What follows

  private mutating func duties() {
    for (number, duty) in decision.duties.enumerated() {
      let name = "duty \(duty.code)"
      add(.duty, duty.range, .dropped(name)) { $0.duties.remove(at: number) }
      mutate(condition: duty.condition, of: name) { $0.duties[number].condition = $1 }
      mutate(duty.by) { $0.duties[number].by = $1 }
      mutate(duty.due) { $0.duties[number].due = $1 }
    }
  }

  private mutating func copies() {
    for (number, copy) in decision.copies.enumerated() {
      let name = copy.kind == .file ? "file with" : copy.kind.rawValue
      add(.copy, copy.range, .dropped(name)) { $0.copies.remove(at: number) }
      mutate(condition: copy.condition, of: name) { $0.copies[number].condition = $1 }
      for (place, post) in copy.to.enumerated() {
        mutate(post) { $0.copies[number].to[place] = $1 }
        guard copy.to.count > 1 else { continue }
        add(.copy, post.range, .dropped(expressions.words(post.range))) {
          $0.copies[number].to.remove(at: place)
        }
      }
    }
  }
}
