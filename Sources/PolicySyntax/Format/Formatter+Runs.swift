/// Stretches of tokens on one line, and lists in brackets.
import PolicySource

extension Formatter {
  /// What stands between the last token and the one at the cursor: a blank or nothing.
  func gap(beforeExpression: Bool = false) -> Layout {
    guard let last else { return .empty }
    switch kind {
    case .comma, .colon, .question, .percentSign, .dot, .range, .rangeBelow, .rightParenthesis,
      .rightBracket:
      return .empty
    case .leftParenthesis, .leftBracket:
      if beforeExpression { break }
      switch last.kind {
      case .rightParenthesis, .rightBracket: return .empty
      case .name:
        let opensList = last.word.isReserved || last.word == .chain || last.word == .next
        return opensList ? .space : .empty
      default: break
      }
    default: break
    }
    switch last.kind {
    case .leftParenthesis, .leftBracket, .dot, .range, .rangeBelow: return .empty
    default: return .space
    }
  }

  /// The tokens up to an offset; the expressions among them are laid out as such, brackets as lists.
  ///
  /// Where a line break is a blank, the line may end behind a comma.
  mutating func run(until upper: Int32, _ expressions: [ExpressionTree] = []) -> Layout {
    var rest = expressions.sorted { $0.range.lower < $1.range.lower }[...]
    var items: [Layout.Item] = []
    var parts: [Layout] = []
    var startsLine = false
    let hangs = kind != .text
    while isBefore(upper) {
      while let next = rest.first, next.range.lower < raw.lower { rest.removeFirst() }
      let next = rest.first.flatMap { $0.range.lower == raw.lower ? $0 : nil }
      if mayBreak, last?.kind == .comma, !parts.isEmpty, mayStartLine {
        items.append(.init(layout: .sequence(parts), startsLine: startsLine))
        parts = []
        startsLine = raw.startsLine
      } else if !parts.isEmpty {
        parts.append(gap(beforeExpression: next != nil))
      }
      let first = position
      if let next { parts.append(expression(next)) }
      if position > first { continue }
      switch kind {
      case .leftBracket where !mayBreak && tokens[position + 1].kind == .number:
        // The item of a path stays on its line.
        parts.append(contentsOf: [take(), take()])
      case .leftParenthesis, .leftBracket, .leftBrace: parts.append(list())
      default: parts.append(take())
      }
    }
    items.append(.init(layout: .sequence(parts), startsLine: startsLine))
    if items.count == 1 { return items[0].layout }
    let isBroken = items.contains { $0.startsLine }
    return .group(.fill(.init(items: items, hangs: hangs)), broken: isBroken)
  }

  /// The end of an item of a list: a comma, the closing bracket, or in braces the end of the line.
  func endOfItem(inBraces: Bool, from place: Int? = nil) -> Int32 {
    var place = place ?? position
    let first = place
    var open = 0
    while tokens[place].kind != .end {
      let token = tokens[place]
      if open == 0, inBraces, token.startsLine, place > first { break }
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace: open += 1
      case .rightParenthesis, .rightBracket, .rightBrace:
        if open == 0 { return token.lower }
        open -= 1
      case .comma where open == 0: return token.lower
      default: break
      }
      place += 1
    }
    return tokens[place].lower
  }

  /// A list in brackets with commas between its items, as many to a line as fit.
  mutating func list(_ expressions: [ExpressionTree] = []) -> Layout {
    let isBrace = kind == .leftBrace
    let isTight = !isBrace || last?.kind == .dot
    return list(isTight: isTight) { formatter in
      formatter.run(until: formatter.endOfItem(inBraces: isBrace), expressions)
    }
  }

  /// A list whose items are read by `item`.
  mutating func list(isTight: Bool, item: (inout Formatter) -> Layout) -> Layout {
    let old = mayBreak
    mayBreak = kind != .leftBrace
    defer { mayBreak = old }
    let open = take()
    let isBrace = !mayBreak
    var items: [Layout.Item] = []
    while !isClosing, kind != .end {
      if kind == .comma {
        if let last = items.indices.last {
          items[last].layout = .sequence(items[last].layout, drop())
        } else {
          skip()
        }
        continue
      }
      let (first, startsLine) = (position, raw.startsLine || hasComment)
      let stays = !isBrace && !mayStartLine
      var layout = item(&self)
      if position == first { layout = .sequence(layout, take()) }
      if !isLastItem { layout = .sequence(layout, .glued(",")) }
      items.append(.init(layout: layout, startsLine: startsLine, stays: stays))
    }
    let dangling = startLine(first: items.isEmpty)
    let close = take()
    guard !items.isEmpty || !dangling.isEmpty else { return .sequence(open, close) }
    let edge: Layout = isTight ? .empty : .space
    let inner = Layout.fill(.init(items: items))
    let start: [Layout] = items.isEmpty ? [] : [items[0].stays ? .empty : .hardLine(), inner]
    let long = Layout.sequence(
      open, .indented(.sequence(start)), .indented(dangling), .hardLine(), close)
    if items.contains(where: { $0.startsLine }) || !dangling.isEmpty { return long }
    return .choice(.sequence(open, edge, inner, edge, close), long)
  }

  private var isClosing: Bool {
    kind == .rightParenthesis || kind == .rightBracket || kind == .rightBrace
  }

  /// Whether only commas stand between the cursor and the closing bracket.
  private var isLastItem: Bool {
    var place = position
    while tokens[place].kind == .comma { place += 1 }
    switch tokens[place].kind {
    case .rightParenthesis, .rightBracket, .rightBrace, .end: return true
    default: return false
    }
  }
}
