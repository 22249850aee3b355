/// Sample cases: a line for each fact and each expectation, long records and lists over several.
import PolicySource

extension Formatter {
  /// A whole file of cases.
  mutating func file(_ tree: CasesTree) -> Layout {
    var result = [startLine()]
    result.append(run(until: tree.cases.first?.range.lower ?? Int32.max))
    for sample in tree.cases {
      result.append(contentsOf: [.hardLine(blank: true), startLine(), self.sample(sample)])
    }
    result.append(startLine())
    return .sequence(result)
  }

  /// `case name "label" [like other] { lines }`.
  private mutating func sample(_ tree: CaseTree) -> Layout {
    let head = run(until: opening(before: tree.range.upper))
    guard kind == .leftBrace else { return head }
    mayBreak = false
    defer { mayBreak = true }
    let open = take()
    var lines: [Layout] = []
    let starts = partStarts.filter { $0 > tree.range.lower && $0 < tree.range.upper }
    let values = Self.expressions(of: tree)
    for (index, start) in starts.enumerated() where start >= raw.lower {
      let end = index + 1 < starts.count ? starts[index + 1] : tree.range.upper - 1
      lines.append(startLine(first: lines.isEmpty))
      lines.append(run(until: end, values))
    }
    let dangling = startLine(first: lines.isEmpty)
    let close = take()
    if lines.isEmpty, dangling.isEmpty { return .sequence(head, .space, open, close) }
    return .sequence(
      head, .space, open, .indented(.sequence(lines + [dangling])), .hardLine(), close)
  }

  /// The values in a case.
  private static func expressions(of tree: CaseTree) -> [ExpressionTree] {
    let facts = tree.facts.flatMap { fact in
      switch fact {
      case .given(_, let value): return [value]
      case .unknown: return []
      case .act(let act): return (act.facts ?? []).map(\.value)
      case .clearance(let clearance):
        return [clearance.amount].compactMap { $0 } + (clearance.facts ?? []).map(\.value)
      }
    }
    return facts + tree.expectations.compactMap(\.value)
  }
}
