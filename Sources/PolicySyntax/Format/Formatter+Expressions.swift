/// How expressions are laid out: on one line if they fit, else the loosest operators begin lines.
import PolicySource

extension Formatter {
  /// The expression at the cursor, with the brackets around it.
  mutating func expression(_ tree: ExpressionTree) -> Layout {
    guard isBracketed(tree) else { return bare(tree) }
    let old = mayBreak
    mayBreak = true
    let open = take()
    let body = expression(tree)
    mayBreak = old
    let dangling = startLine(first: true)
    return .sequence(open, body, dangling, take())
  }

  /// An expression that stands on lines of its own: its operators begin them at the margin.
  mutating func expressionAtMargin(_ tree: ExpressionTree) -> Layout {
    guard !isBracketed(tree), case .binary(let binary, _, _) = tree.kind else {
      return expression(tree)
    }
    return chain(tree, Self.level(of: binary), hangs: false)
  }

  /// The part of an expression with which it begins, when that is an expression itself.
  private static func leftmost(of tree: ExpressionTree) -> ExpressionTree? {
    switch tree.kind {
    case .field(let first, _), .index(let first, _), .binary(_, let first, _),
      .test(let first, _, _), .membership(let first, _, _), .fallback(let first, _),
      .duration(let first, _), .businessDuration(let first, _):
      return first
    case .convert(let tree): return tree.amount
    case .number, .percent, .money, .date, .month, .time, .text, .bool, .name, .call, .not, .negate,
      .conditional, .quantifier, .aggregate, .daysBetween, .datePart, .today, .list, .record,
      .comprehension, .the, .allocate, .businessDaysBetween, .monthsBetween, .dayOfMonth,
      .patternPart, .missing:
      return nil
    }
  }

  /// Whether brackets around the whole expression open at the cursor.
  private func isBracketed(_ tree: ExpressionTree) -> Bool {
    guard kind == .leftParenthesis else { return false }
    return raw.lower < (Self.leftmost(of: tree)?.range.lower ?? tree.range.upper)
  }

  /// An expression without brackets of its own: its parts and the tokens between them.
  private mutating func bare(_ tree: ExpressionTree) -> Layout {
    switch tree.kind {
    case .number, .date, .month, .time, .text, .bool, .name, .today: return take()
    case .percent: return kind == .percent ? take() : .sequence(take(), take())
    case .money(_, let currency): return run(until: currency.range.upper)
    case .field, .index: return postfix(tree)
    case .call(let name, let arguments):
      return .sequence(run(until: name.range.upper), list(arguments))
    case .not(let inner): return prefixed(inner)
    case .negate(let inner): return .sequence(take(), expression(inner))
    case .binary(let binary, _, _): return chain(tree, Self.level(of: binary))
    case .test(let left, let negated, let test): return isTest(left, negated: negated, test)
    case .membership(let left, let negated, let collection):
      return membership(left, negated: negated, collection)
    case .conditional: return conditional(tree)
    case .quantifier(_, _, let list, let condition): return quantifier(list, condition)
    case .aggregate(let tree): return aggregate(tree)
    case .fallback(let first, let second):
      return .sequence(expression(first), .space, prefixed(second))
    case .duration(let count, let unit): return duration(count, unit)
    case .daysBetween(let from, let to), .monthsBetween(let from, let to),
      .businessDaysBetween(let from, let to, _), .dayOfMonth(let from, let to):
      return .sequence(prefixed(from), .space, prefixed(to))
    case .datePart(_, let date), .patternPart(_, let date): return prefixed(date)
    case .businessDuration(let count, let calendar):
      let unit = Layout.sequence(expression(count), .space, take(), .space, take())
      guard let calendar else { return unit }
      return .sequence(unit, .space, run(until: calendar.range.upper))
    case .convert(let tree): return conversion(tree)
    case .list(let items): return list(items)
    case .record(let fields): return list(fields.map(\.value))
    case .comprehension(let element, _, let list, let condition):
      return comprehension(element, [list] + [condition].compactMap(\.self))
    case .the(_, let list, let condition, let otherwise):
      return phrases([list, condition] + [otherwise].compactMap(\.self))
    case .allocate(let tree):
      return phrases(
        [tree.amount, tree.list] + [tree.condition].compactMap(\.self) + [tree.taking, tree.key])
    case .missing: return .empty
    }
  }

  /// `amount in CNY [at rates] [on DATE] [rounded [up | down] to N places]`.
  private mutating func conversion(_ tree: ConversionTree) -> Layout {
    var parts = [expression(tree.amount), .space, run(until: tree.currency.range.upper)]
    if let rates = tree.rates { parts += [.space, run(until: rates.range.upper)] }
    if let day = tree.on { parts += [.space, prefixed(day)] }
    if let rounding = tree.rounding {
      parts += [.space, prefixed(rounding.places), .space, take()]
    }
    return .sequence(parts)
  }

  /// The words before an expression, and the expression.
  private mutating func prefixed(_ tree: ExpressionTree) -> Layout {
    .sequence(run(until: tree.range.lower), .space, expression(tree))
  }

  /// `base.field[key].field`, as long as it goes on.
  private mutating func postfix(_ tree: ExpressionTree) -> Layout {
    var steps: [ExpressionTree] = []
    var base = tree
    while steps.isEmpty || !isBracketed(base) {
      if case .field(let inner, _) = base.kind {
        steps.append(base)
        base = inner
      } else if case .index(let inner, _) = base.kind {
        steps.append(base)
        base = inner
      } else {
        break
      }
    }
    var parts = [expression(base)]
    for step in steps.reversed() {
      if case .index(_, let keys) = step.kind {
        parts.append(list(keys))
      } else {
        parts.append(contentsOf: [take(), take()])
      }
    }
    return .sequence(parts)
  }

  /// `1 day`, `30 days`, `n days`.
  private mutating func duration(
    _ count: ExpressionTree, _ unit: ExpressionTree.DurationUnit
  ) -> Layout {
    var isOne = false
    if case .number("1") = count.kind { isOne = true }
    let amount = expression(count)
    let spelling =
      switch unit {
      case .days: isOne ? "day" : "days"
      case .months: isOne ? "month" : "months"
      }
    return .sequence(amount, .space, take(as: spelling))
  }

  // MARK: - Operators

  /// Operators of one level are broken together.
  private static func level(of binary: ExpressionTree.BinaryOperator) -> Int {
    switch binary {
    case .implies: return 1
    case .or: return 2
    case .and: return 3
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .startsWith,
      .endsWith, .contains, .matches:
      return 4
    case .add, .subtract: return 5
    case .multiply, .divide: return 6
    }
  }

  /// `a and b and c`: on one line, or every operator begins one.
  private mutating func chain(
    _ tree: ExpressionTree, _ level: Int, hangs: Bool = true
  ) -> Layout {
    var operands: [ExpressionTree] = []
    var left = tree
    while case .binary(let binary, let first, let second) = left.kind,
      Self.level(of: binary) == level,
      operands.isEmpty || !isBracketed(left)
    {
      operands.append(second)
      left = first
    }
    let start = expression(left)
    var parts: [Layout] = []
    var isBroken = false
    for operand in operands.reversed() {
      isBroken = isBroken || raw.startsLine
      let sign = run(until: operand.range.lower)
      isBroken = isBroken || raw.startsLine
      parts.append(contentsOf: [
        mayBreak && level != 4 ? .line : .space, sign, .space, expression(operand),
      ])
    }
    isBroken = isBroken && mayBreak && level != 4
    let rest = Layout.sequence(parts)
    return .group(.sequence(start, hangs ? .indented(rest) : rest), broken: isBroken)
  }

  private mutating func isTest(
    _ left: ExpressionTree, negated: Bool, _ test: ExpressionTree.IsTest
  ) -> Layout {
    var parts = [expression(left), .space, take()]
    if negated { parts.append(contentsOf: [.space, take()]) }
    switch test {
    case .present, .absent: parts.append(contentsOf: [.space, take()])
    case .businessDay(let calendar):
      parts.append(contentsOf: [.space, take(), .space, take()])
      if let calendar { parts.append(contentsOf: [.space, run(until: calendar.range.upper)]) }
    case .word(let name), .betterThan(let name), .noWorseThan(let name):
      parts.append(contentsOf: [.space, run(until: name.range.upper)])
    case .value(let value): parts.append(contentsOf: [.space, expression(value)])
    }
    return .sequence(parts)
  }

  private mutating func membership(
    _ left: ExpressionTree, negated: Bool, _ collection: ExpressionTree.Collection
  ) -> Layout {
    var parts = [expression(left), .space, take()]
    if negated { parts.append(contentsOf: [.space, take()]) }
    parts.append(.space)
    switch collection {
    case .members(let items): parts.append(list(items))
    case .range(let low, let high, _):
      parts.append(contentsOf: [expression(low), take(), expression(high)])
    case .list(let inner): parts.append(expression(inner))
    }
    return .sequence(parts)
  }

  // MARK: - Forms with words

  /// `if c then a else if d then b else e`: on one line, or each `else` begins one.
  private mutating func conditional(_ tree: ExpressionTree) -> Layout {
    var arms: [Layout] = []
    var rest = tree
    var isBroken = false
    var lead: [Layout] = []
    while case .conditional(let condition, let yes, let no) = rest.kind,
      raw.word == .if || lead.isEmpty
    {
      let head = Layout.sequence(lead + [prefixed(condition)])
      let breaksThen = raw.startsLine
      let arm = Layout.sequence(head, mayBreak ? .line : .space, prefixed(yes))
      arms.append(.group(arm, broken: breaksThen && mayBreak))
      isBroken = isBroken || breaksThen || raw.startsLine
      lead = [take(), .space]
      rest = no
    }
    arms.append(.sequence(lead + [expression(rest)]))
    var parts = [arms[0]]
    for arm in arms.dropFirst() { parts.append(contentsOf: [mayBreak ? .line : .space, arm]) }
    return .group(.sequence(parts), broken: isBroken && mayBreak)
  }

  /// `any x in xs where c`.
  private mutating func quantifier(
    _ list: ExpressionTree, _ condition: ExpressionTree
  ) -> Layout {
    let head = prefixed(list)
    let isBroken = raw.startsLine && mayBreak
    let tail = Layout.sequence(mayBreak ? .line : .space, prefixed(condition))
    return .group(.sequence(head, .indented(tail)), broken: isBroken)
  }

  /// `sum(e for x in xs where c)`, `count(x in xs where c)`, `count(xs)`.
  private mutating func aggregate(_ tree: ExpressionTree.AggregateTree) -> Layout {
    let head = take()
    let old = mayBreak
    mayBreak = true
    let open = take()
    var parts: [Layout] = []
    var isBroken = false
    if let element = tree.element {
      parts.append(expression(element))
      isBroken = raw.startsLine
      parts.append(contentsOf: [.line, prefixed(tree.list)])
    } else {
      parts.append(tree.variable == nil ? expression(tree.list) : prefixed(tree.list))
    }
    if let condition = tree.condition {
      isBroken = isBroken || raw.startsLine
      parts.append(contentsOf: [.line, prefixed(condition)])
    }
    mayBreak = old
    let dangling = startLine(first: true)
    return .group(
      .sequence(head, open, .indented(.sequence(parts)), dangling, take()), broken: isBroken)
  }
}
