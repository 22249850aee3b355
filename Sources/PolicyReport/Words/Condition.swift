/// Conditions in words: short ones in the sentence, long ones as lists, and `not` carried to the facts.
import PolicyCompiler
import PolicyRuntime

/// A condition as it is said.
indirect enum Condition {
  /// In one go.
  case line(Prose)
  /// All of several.
  case all([Condition])
  /// One of several.
  case any([Condition])
  /// The second, if the first.
  case rule(Condition, Condition)
  /// For the items of a list; the words that stand before.
  case each(Prose, Condition)

  /// In one sentence; what is joined otherwise than what it stands in gets parentheses.
  var inline: Prose {
    switch self {
    case .line(let prose): prose
    case .all(let parts): parts.map { $0.inlinePart }.both
    case .any(let parts): parts.map { $0.inlinePart }.either
    case .rule(let first, let second): ProseMessages.ifThen(first.inline, second.inline)
    case .each(let words, let inner): ProseMessages.titled(words, inner.inline)
    }
  }

  private var inlinePart: Prose {
    switch self {
    case .line(let prose): prose
    default: ProseMessages.parenthesised(inline)
    }
  }

  /// How many facts are tested.
  var size: Int {
    switch self {
    case .line: 1
    case .all(let parts), .any(let parts): parts.reduce(0) { $0 + $1.size }
    case .rule(let first, let second): first.size + second.size
    case .each(_, let inner): inner.size
    }
  }

  /// Whether it reads better as a list.
  var isLong: Bool {
    switch self {
    case .line, .rule: false
    case .all(let parts), .any(let parts):
      size > 2 || parts.contains { if case .line = $0 { false } else { true } }
    case .each(_, let inner): inner.isLong
    }
  }
}

extension Wording {
  /// A condition.
  func condition(_ expression: TypedExpression) -> Condition { condition(expression, not: false) }

  /// No condition is one that always holds.
  func condition(_ expression: TypedExpression?) -> Condition {
    expression.map { condition($0, not: false) } ?? .line(ProseMessages.always)
  }

  /// A condition, or its opposite.
  func condition(_ expression: TypedExpression, not: Bool) -> Condition {
    switch expression.kind {
    case .not(let inner): return condition(inner, not: !not)
    case .logical(.implies, let first, let second):
      return not
        ? joined([condition(first), condition(second, not: true)], all: true)
        : .rule(condition(first), condition(second))
    case .logical(let logical, let first, let second):
      let parts = [condition(first, not: not), condition(second, not: not)]
      return joined(parts, all: (logical == .and) != not)
    case .quantifier(let any, let variable, let list, let test):
      return quantifier(any, variable, list, test, not)
    case .constant(.bool(let value)):
      return .line(value != not ? ProseMessages.always : ProseMessages.never)
    default: return .line(test(expression, not))
    }
  }

  private func joined(_ parts: [Condition], all: Bool) -> Condition {
    let flat = parts.flatMap { part -> [Condition] in
      switch part {
      case .all(let inner) where all: inner
      case .any(let inner) where !all: inner
      default: [part]
      }
    }
    return all ? .all(flat) : .any(flat)
  }

  private func quantifier(
    _ any: Bool, _ variable: Variable, _ list: TypedExpression, _ test: TypedExpression,
    _ not: Bool
  ) -> Condition {
    let from = value(list)
    let inner = inside(variable)
    switch (any, not) {
    case (true, false): return .each(ProseMessages.forSome(from), inner.condition(test))
    case (true, true): return .each(ProseMessages.forNone(from), inner.condition(test))
    case (false, false): return .each(ProseMessages.forAll(from), inner.condition(test))
    case (false, true): return .each(ProseMessages.forSome(from), inner.condition(test, not: true))
    }
  }

  /// A condition that is no connection of others.
  private func test(_ expression: TypedExpression, _ not: Bool) -> Prose {
    switch expression.kind {
    case .compare(let comparison, let left, let right):
      return compare(not ? comparison.opposite : comparison, left, right)
    case .oneOf(let value, let items):
      let words = items.map(self.value).or
      if items.count == 1 { return ProseMessages.isSame(self.value(value), words, not: not) }
      return ProseMessages.isOneOf(self.value(value), words, not: not)
    case .contains(let list, let value):
      return ProseMessages.isAmong(self.value(value), self.value(list), not: not)
    case .isPresent(let path): return ProseMessages.isGiven(value(path), not: not)
    case .isBlank(let path): return ProseMessages.isGiven(value(path), not: !not)
    case .textTest(let test, let text, let part):
      return ProseMessages.text(test, value(text), value(part), not: not)
    case .matches(let text, let pattern):
      return ProseMessages.matches(value(text), .code(pattern.text), not: not)
    case .business(.isBusinessDay, let reference, let day, _):
      return ProseMessages.isBusinessDay(value(day), calendar(reference), not: not)
    case .decisionIs(let reference, let answer):
      return answered(reference, answer, not)
    case .conditional(let test, let then, let otherwise):
      return ProseMessages.ifElse(
        condition(test).inline, condition(then, not: not).inline,
        condition(otherwise, not: not).inline)
    default:
      guard let leaf = leaf(expression) else {
        return ProseMessages.holds(value(expression), not: not)
      }
      let words = ProseMessages.holds(.name(leaf), not: not)
      return owner(of: expression).map { ProseMessages.forOwner(words, $0) } ?? words
    }
  }

  private func compare(
    _ comparison: TypedExpression.Comparison, _ left: TypedExpression, _ right: TypedExpression
  ) -> Prose {
    if case .constant(.bool(let value)) = right.kind,
      comparison == .equal || comparison == .notEqual
    {
      return condition(left, not: (comparison == .equal) != value).inline
    }
    var scale = ProseMessages.Scale.amount
    switch left.type.unwrapped {
    case .date, .month, .time: scale = .time
    case .enumeration(let id):
      scale = set.types[id].order == .bestFirst ? .bestFirst : .rising
    default: break
    }
    return ProseMessages.compare(comparison, value(left), value(right), scale)
  }

  private func answered(_ reference: Reference, _ answer: DecisionAnswer, _ not: Bool) -> Prose {
    let name = decision(reference)
    func member(_ index: Int) -> Prose {
      let body = set.policies[reference.policy].decisions[reference.index].body
      guard case .grade(let grade) = body else { return "" }
      return .text(self.member(grade.enumeration, index))
    }
    switch answer {
    case .grade(let index):
      return ProseMessages.compare(not ? .notEqual : .equal, name, member(index), .bestFirst)
    case .betterThan(let index):
      return ProseMessages.compare(
        not ? .greaterOrEqual : .less, name, member(index), .bestFirst)
    case .noWorseThan(let index):
      return ProseMessages.compare(
        not ? .greater : .lessOrEqual, name, member(index), .bestFirst)
    default: return ProseMessages.answered(name, answer, not: not)
    }
  }
}

extension TypedExpression.Comparison {
  /// The comparison that holds where this one does not.
  var opposite: Self {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }
}
