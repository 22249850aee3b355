/// Checks one decision: what all kinds share, and who does the rest.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension SetChecker {
  /// Checks the decisions of all policies.
  func checkDecisions() {
    for (policy, tree) in trees.enumerated() {
      for (index, decision) in tree.decisions.enumerated() {
        let checker = DecisionChecker(self, decision, at: Reference(policy: policy, index: index))
        set.policies[policy].decisions.append(checker.check())
      }
    }
  }
}

/// Checks the clauses of one decision.
final class DecisionChecker {
  let owner: SetChecker
  let tree: DecisionTree
  let place: Reference
  let expressions: ExpressionChecker
  /// Codes of clauses, steps, duties and points, each in a namespace of its own.
  var codes: [String: SourceRange] = [:]
  var steps: [String: SourceRange] = [:]
  var duties: [String: SourceRange] = [:]
  var points: [String: SourceRange] = [:]
  /// The clauses that stand once only.
  private var once: [String: SourceRange] = [:]
  /// The first `while the case is unchanged` of a step.
  var unchanged: SourceRange?

  init(_ owner: SetChecker, _ tree: DecisionTree, at place: Reference) {
    self.owner = owner
    self.tree = tree
    self.place = place
    expressions = ExpressionChecker(owner, policy: place.policy)
  }

  /// The typed decision.
  func check() -> TypedDecision {
    if tree.type != nil, tree.kind != .grade, tree.kind != .value, let range = tree.type?.range {
      report(.typeNotPossible(range, tree.kind))
    }
    let scopes = scopes()
    let guards = Set(scopes.flatMap { owner.presentWhenTrue($0.condition) })
    var result = expressions.assuming(guards) {
      var typed = TypedDecision(
        name: tree.name.text, label: owner.plain(tree.label) ?? tree.name.text,
        scopes: scopes, body: body(), range: tree.name.range)
      for clause in tree.clauses {
        switch clause.kind {
        case .duty: if let duty = duty(clause) { typed.duties.append(duty) }
        case .copy(let posts):
          if let copy = copy(clause, .copy, posts) { typed.copies.append(copy) }
        case .notify(let posts):
          if let copy = copy(clause, .notify, posts) { typed.copies.append(copy) }
        case .file(let posts):
          if let copy = copy(clause, .file, posts) { typed.copies.append(copy) }
        default: break
        }
      }
      return typed
    }
    result.uses = expressions.uses
    requireRecords(of: result)
    return result
  }

  private func body() -> TypedDecision.Body {
    for clause in tree.clauses where !clause.kind.fits(tree.kind) {
      report(.clauseNotAllowed(clause.keyword, tree.kind))
    }
    return switch tree.kind {
    case .release: .release(clauses())
    case .check: .check(clauses())
    case .approval: approval()
    case .limit: limit()
    case .grade: grade()
    case .value: value()
    }
  }

  func report(_ diagnostic: Diagnostic) { owner.report(diagnostic) }

  // MARK: What all kinds have

  private func scopes() -> [TypedScope] {
    var scopes: [TypedScope] = []
    for clause in tree.clauses {
      guard case .appliesWhen(let condition) = clause.kind else { continue }
      allowTails(clause, [.because, .source])
      let guards = Set(scopes.flatMap { owner.presentWhenTrue($0.condition) })
      let checked = expressions.assuming(guards) { expressions.condition(condition) }
      let because = expressions.assuming(guards) { expressions.text(clause.tails.because) }
      guard let checked else { continue }
      scopes.append(
        TypedScope(
          condition: checked, because: because,
          source: expressions.sourceNote(clause.tails.source), range: clause.range))
    }
    return scopes
  }

  /// `a and b`.
  func joined(_ a: TypedExpression, _ b: TypedExpression) -> TypedExpression {
    TypedExpression(.logical(.and, a, b), .bool, b.range)
  }

  /// A clause's `when`, and what it guarantees to the rest of the clause.
  ///
  /// `sound` is false when it was written and is wrong.
  func when(
    _ clause: ClauseTree
  ) -> (condition: TypedExpression?, guards: Set<GuardPath>, sound: Bool) {
    guard let tree = clause.tails.when else { return (nil, [], true) }
    guard let condition = expressions.condition(tree) else { return (nil, [], false) }
    return (condition, owner.presentWhenTrue(condition), true)
  }

  /// Reports the tails that a clause cannot have.
  func allowTails(_ clause: ClauseTree, _ allowed: [Tail]) {
    let tails = clause.tails
    if let each = tails.forEach { refuse(.forEach, each.variable.range, clause, allowed) }
    if let when = tails.when { refuse(.when, when.range, clause, allowed) }
    if let cleared = tails.clearedBy { refuse(.clearedBy, cleared.range, clause, allowed) }
    if let because = tails.because { refuse(.because, because.range, clause, allowed) }
    if let source = tails.source, let text = source.clause ?? source.document {
      refuse(.source, text.range, clause, allowed)
    }
  }

  private func refuse(
    _ tail: Tail, _ range: SourceRange, _ clause: ClauseTree, _ allowed: [Tail]
  ) {
    if allowed.contains(tail) { return }
    report(.tailNotAllowed(range, tail.rawValue, clause.keyword.text, allowed.map(\.rawValue)))
  }

  /// What may stand behind a clause.
  enum Tail: String {
    case forEach = "for each"
    case when
    case clearedBy = "cleared by"
    case because, source
  }

  /// Reports a clause that may stand only once; false when it stood already.
  func isFirst(_ clause: ClauseTree) -> Bool {
    if let first = once[clause.keyword.text] {
      report(.duplicateClause(clause.keyword, first: first))
      return false
    }
    once[clause.keyword.text] = clause.keyword.range
    return true
  }

  /// Notes a code; reports one that is there already.
  func declare(
    _ name: Name, _ word: Phrase,
    in names: ReferenceWritableKeyPath<DecisionChecker, [String: SourceRange]>
  ) {
    guard !name.text.isEmpty else { return }
    if let first = self[keyPath: names].updateValue(name.range, forKey: name.text) {
      report(.duplicateCode(name, word, first: first))
    }
  }
}

extension ClauseTree.Kind {
  /// Whether a kind of decision has such clauses, as `DecisionTree.Kind.clauses` lists them.
  func fits(_ kind: DecisionTree.Kind) -> Bool {
    switch self {
    case .appliesWhen, .duty, .copy, .notify, .file: true
    case .deny, .hold: kind == .release
    case .require: kind == .release || kind == .approval || kind == .check
    case .requireFields: kind == .approval || kind == .check
    case .requestedBy, .step, .together, .climb, .holdersFor, .distinctApprovers, .skipRepeats,
      .mayIntervene, .mayActOnOwnRequest:
      kind == .approval
    case .start, .atMost, .none, .used, .asked, .warnFrom: kind == .limit
    case .points, .give, .sign, .otherwise, .noBetterThan: kind == .grade
    case .gives: kind == .value
    }
  }
}
