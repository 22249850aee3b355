/// Limits: the caps and what is held against them.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension DecisionChecker {
  /// The body of a limit.
  func limit() -> TypedDecision.Body {
    let start = self.start()
    let type = start?.type.unwrapped
    var limit = TypedLimit(
      type: type ?? .money, caps: [], used: nil, asked: nil, warnFrom: nil)
    for clause in tree.clauses {
      switch clause.kind {
      case .start:
        if let start, limit.caps.isEmpty {
          limit.caps.append(cap(clause, .start, start, condition: nil))
        }
      case .atMost(let amount):
        allowTails(clause, [.when, .because, .source])
        let (condition, guards, sound) = when(clause)
        let found = expressions.assuming(guards) { self.amount(amount, type) }
        guard let found, sound else { continue }
        expressions.assuming(guards) {
          limit.caps.append(cap(clause, .atMost, found, condition: condition))
        }
      case .none:
        allowTails(clause, [.when, .because, .source])
        let (condition, guards, sound) = when(clause)
        guard sound else { continue }
        let zero: Constant = type == .number ? .number(.zero) : .money(.zero, currency: nil)
        let amount = TypedExpression(.constant(zero), limit.type, clause.keyword.range)
        expressions.assuming(guards) {
          limit.caps.append(cap(clause, .none, amount, condition: condition))
        }
      case .used(let amount):
        let found = single(clause, amount, type)
        limit.used = limit.used ?? found
      case .asked(let amount):
        let found = single(clause, amount, type)
        limit.asked = limit.asked ?? found
      case .warnFrom(let part):
        let found = single(clause, part, .percent)
        limit.warnFrom = limit.warnFrom ?? found
      default: break
      }
    }
    // `start` always stands first, wherever it was written.
    if let first = limit.caps.firstIndex(where: { $0.form == .start }), first > 0 {
      limit.caps.insert(limit.caps.remove(at: first), at: 0)
    }
    return .limit(limit)
  }

  private func start() -> TypedExpression? {
    var found = false
    var result: TypedExpression?
    for clause in tree.clauses {
      guard case .start(let amount) = clause.kind else { continue }
      allowTails(clause, [.because, .source])
      guard isFirst(clause) else { continue }
      found = true
      result = self.amount(amount, nil)
    }
    if !found { report(.limitWithoutStart(tree.name)) }
    return result
  }

  private func single(
    _ clause: ClauseTree, _ amount: ExpressionTree, _ type: ValueType?
  ) -> TypedExpression? {
    allowTails(clause, [])
    _ = isFirst(clause)
    return type == .percent ? expressions.typed(amount, .percent) : self.amount(amount, type)
  }

  /// An amount of the limit's type, or of Money or Number when that is not known.
  private func amount(_ tree: ExpressionTree, _ type: ValueType?) -> TypedExpression? {
    guard let found = type.map({ expressions.typed(tree, $0) }) ?? expressions.scalar(tree) else {
      return nil
    }
    owner.requireRounded(found)
    switch found.type.unwrapped {
    case .money, .number: return found
    default:
      report(.notAnAmount(found.range, owner.words(found.type.unwrapped)))
      return nil
    }
  }

  private func cap(
    _ clause: ClauseTree, _ form: TypedLimit.Cap.Form, _ amount: TypedExpression,
    condition: TypedExpression?
  ) -> TypedLimit.Cap {
    TypedLimit.Cap(
      form: form, amount: amount, condition: condition,
      because: expressions.text(clause.tails.because),
      source: expressions.sourceNote(clause.tails.source), range: clause.range)
  }
}
