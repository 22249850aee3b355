/// Declarations: lists of members and fields in columns, inputs, parameters and definitions.
import PolicySource

extension Formatter {
  /// `{ a "label", b }`: on one line if it stood on one and fits, else a line for each in two columns.
  mutating func members() -> Layout {
    lines { formatter in
      let end = formatter.endOfItem(inBraces: true)
      let name = formatter.take()
      return [name, formatter.run(until: end)]
    }
  }

  /// `{ name Type >= 0 "label" … }` in three columns: name, type with its limits, label.
  mutating func fields(_ fields: [FieldTree]) -> Layout {
    var rest = fields[...]
    return lines { formatter in
      let end = formatter.endOfItem(inBraces: true)
      let field = rest.popFirst()
      let name = formatter.take()
      let label = field?.label?.range.lower ?? end
      let type = formatter.run(until: label, field.map(Self.expressions) ?? [])
      return [name, type, formatter.run(until: end)]
    }
  }

  /// The bounds of a field.
  static func expressions(of field: FieldTree) -> [ExpressionTree] {
    field.constraints.flatMap { constraint in
      switch constraint {
      case .compare(_, let bound), .items(let bound): return [bound]
      case .range(let low, let high, _): return [low, high]
      case .pattern: return []
      }
    }
  }

  /// A list in braces, an item a line and its parts in columns; `item` reads one.
  private mutating func lines(item: (inout Formatter) -> [Layout]) -> Layout {
    let old = mayBreak
    mayBreak = false
    defer { mayBreak = old }
    let open = take()
    var rows = Columns(space: 2)
    var isBroken = open.endsLine
    while kind != .rightBrace, kind != .end {
      if kind == .comma {
        if let row = rows.rows.indices.last,
          let cell = rows.rows[row].cells.lastIndex(where: { !$0.isEmpty })
        {
          rows.rows[row].cells[cell] = .sequence(rows.rows[row].cells[cell], drop())
        } else {
          skip()
        }
        continue
      }
      // A comment before a comma that begins a line belongs to the item behind it.
      isBroken = isBroken || raw.startsLine || hasComment
      let first = position
      let start = startLine(first: rows.rows.isEmpty)
      var cells = item(&self)
      if position == first { cells.append(take()) }
      rows.rows.append((start, cells))
    }
    let dangling = startLine(first: rows.rows.isEmpty)
    let close = take()
    if rows.rows.isEmpty, dangling.isEmpty { return .sequence(open, close) }
    let long = Layout.sequence(
      open, .indented(.sequence(rows.layout, dangling)), .hardLine(), close)
    let short = rows.line
    if isBroken || short.isBroken || short.endsLine || !dangling.isEmpty { return long }
    return .choice(.sequence(open, .space, short, .space, close), long)
  }

  /// `input name Type … ["label"]`; the names of inputs below each other take the same width.
  mutating func input(_ field: FieldTree, until end: Int32, width: Int) -> Layout {
    let keyword = take()
    let blanks = Layout.padding(width - self.width(of: position))
    let name = take()
    return .sequence(
      keyword, .space, name, blanks, .space, run(until: end, Self.expressions(of: field)))
  }

  /// `param name Type ["label"] = value [illustrative]`, or `[illustrative] { from DATE: value … }`.
  mutating func parameter(_ tree: ParameterTree, until end: Int32) -> Layout {
    let values = tree.values.map(\.value)
    let isDated = tree.values.contains { $0.from != nil }
    guard !isDated, let value = values.first else {
      let head = run(until: opening(before: end))
      return kind == .leftBrace ? .sequence(head, .space, datedValues(values)) : head
    }
    // `illustrative` may stand before the `=`; its place is behind the value.
    var equal = position
    while tokens[equal].lower < value.range.lower { equal += 1 }
    let hasMark = tree.illustrative && !isIllustrative(lastBefore: end)
    if hasMark, equal >= 2, tokens[equal - 2].word == .illustrative {
      let head = run(until: tokens[equal - 2].lower)
      let mark = take()
      return .sequence(head, .space, take(), .space, expression(value), .space, mark)
    }
    let head = run(until: value.range.lower)
    let amount = expression(value)
    return .sequence(
      head, .space, amount, isBefore(end) ? .space : .empty, run(until: end))
  }

  private func isIllustrative(lastBefore end: Int32) -> Bool {
    var place = position
    while tokens[place + 1].kind != .end, tokens[place + 1].lower < end { place += 1 }
    return tokens[place].word == .illustrative
  }

  /// `{ from DATE: value … }`.
  private mutating func datedValues(_ values: [ExpressionTree]) -> Layout {
    lines { [$0.run(until: $0.endOfItem(inBraces: true), values)] }
  }

  /// Where the line at the cursor ends within its braces.
  private func endOfLine() -> Int32 {
    var place = position + 1
    while tokens[place].kind != .end, tokens[place].kind != .rightBrace, !tokens[place].startsLine {
      place += 1
    }
    return tokens[place].lower
  }

  /// `calendar name { … }`, `rates name { … }`: a head and one line for each thing said.
  mutating func block(until end: Int32) -> Layout {
    let head = run(until: opening(before: end))
    guard kind == .leftBrace else { return head }
    return .sequence(head, .space, lines { [$0.run(until: $0.endOfLine())] })
  }

  /// `define name[(x Type, …)] ["label"] = expression`.
  mutating func define(_ tree: DefineTree) -> Layout {
    .sequence(run(until: tree.body.range.lower), body(tree.body))
  }

  /// What stands behind `=`: on the same line if it fits there and was written there.
  mutating func body(_ tree: ExpressionTree) -> Layout {
    let startsLine = raw.startsLine
    if !mayStartLine || !startsLine && (kind == .leftBrace || kind == .leftBracket) {
      return .sequence(.space, expression(tree))
    }
    return .group(.indented(.sequence(.line, expressionAtMargin(tree))), broken: startsLine)
  }
}
