/// How lists that are made, and what is looked for or handed out in one, are laid out.
import PolicySource

extension Formatter {
  /// `[e for x in xs where c]`: on one line, or its words begin lines within the brackets.
  mutating func comprehension(
    _ element: ExpressionTree, _ rest: [ExpressionTree]
  ) -> Layout {
    let old = mayBreak
    mayBreak = true
    let open = take()
    var parts = [expression(element)]
    var isBroken = false
    for tree in rest {
      isBroken = isBroken || raw.startsLine
      parts.append(contentsOf: [.line, phrase(tree)])
    }
    mayBreak = old
    let dangling = startLine(first: true)
    return .group(
      .sequence(open, .indented(.sequence(parts)), dangling, take()), broken: isBroken)
  }

  /// `the x in xs`, `where c`, `else e`: on one line, or each but the first begins one.
  mutating func phrases(_ trees: [ExpressionTree]) -> Layout {
    guard let first = trees.first else { return .empty }
    let head = phrase(first)
    var isBroken = false
    var parts: [Layout] = []
    for tree in trees.dropFirst() {
      isBroken = isBroken || raw.startsLine
      parts.append(contentsOf: [mayBreak ? .line : .space, phrase(tree)])
    }
    return .group(
      .sequence(head, .indented(.sequence(parts))), broken: isBroken && mayBreak)
  }

  /// The words before an expression, and the expression.
  private mutating func phrase(_ tree: ExpressionTree) -> Layout {
    .sequence(run(until: tree.range.lower), .space, expression(tree))
  }
}
