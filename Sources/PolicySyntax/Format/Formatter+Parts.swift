/// A policy file part by part: header, `use`, declarations, decisions, and the empty lines between them.
import PolicySource

extension Formatter {
  /// A whole policy file.
  mutating func file(_ tree: PolicyTree) -> Layout {
    var declarations = tree.declarations[...]
    var decisions = tree.decisions[...]
    var result: [Layout] = []
    var wasApart = false
    var index = 0
    let parts = Parts(starts: partStarts, tokens: tokens)
    while index < parts.places.count {
      let end = parts.end(of: index)
      let start = startLine()
      let body: Layout
      let isApart: Bool
      switch raw.word {
      case .policy:
        body = header(parts, &index)
        isApart = true
      case .use:
        body = run(until: end)
        isApart = false
      default:
        if DecisionTree.Kind(rawValue: raw.word.rawValue) != nil, !decisions.isEmpty {
          body = decision(decisions.removeFirst(), until: end)
          isApart = true
        } else if let tree = declarations.popFirst() {
          (body, isApart) = declaration(tree, parts, index)
        } else {
          body = run(until: end)
          isApart = true
        }
      }
      let rest = isBefore(end) ? Layout.sequence(.space, run(until: end)) : .empty
      result.append(contentsOf: [
        isApart || wasApart ? .hardLine(blank: true) : .empty, start, body, rest,
      ])
      wasApart = isApart
      index += 1
    }
    result.append(startLine())
    return .sequence(result)
  }

  /// `policy name "label"` and its lines, their values below each other.
  private mutating func header(_ parts: Parts, _ index: inout Int) -> Layout {
    let head = run(until: parts.end(of: index))
    var lines = Columns(space: 1)
    while index + 1 < parts.places.count, parts.isHeaderLine(index + 1) {
      index += 1
      let start = startLine()
      let keyword = take()
      let old = mayBreak
      mayBreak = false
      lines.rows.append((start, [keyword, run(until: parts.end(of: index))]))
      mayBreak = old
    }
    return .sequence(head, .indented(lines.layout))
  }

  /// A declaration, and whether an empty line belongs before and behind it.
  private mutating func declaration(
    _ tree: DeclarationTree, _ parts: Parts, _ index: Int
  ) -> (Layout, isApart: Bool) {
    let end = parts.end(of: index)
    switch tree {
    case .posts:
      let body = Layout.sequence(take(), .space, members())
      return (body, true)
    case .record(let tree):
      let head = run(until: opening(before: end))
      let body = Layout.sequence(head, .space, fields(tree.fields))
      return (body, body.isBroken || body.width > LayoutWriter.longestLine)
    case .enumeration:
      let head = run(until: opening(before: end))
      let body = Layout.sequence(head, .space, members())
      return (body, body.isBroken || body.width > LayoutWriter.longestLine)
    case .input(let field):
      return (input(field, until: end, width: parts.widthOfInputs(around: index, self)), false)
    case .parameter(let tree): return (parameter(tree, until: end), false)
    case .table(let tree): return (table(tree, until: end), true)
    case .register(let tree): return (register(tree, until: end), true)
    case .hierarchy(let tree): return (hierarchy(tree, until: end), true)
    case .guarantee(let tree): return (guarantee(tree, until: end), true)
    case .define(let tree): return (define(tree), false)
    case .calendar, .rates: return (block(until: end), true)
    }
  }

  /// The offset of the brace that opens the list of a declaration.
  func opening(before end: Int32) -> Int32 {
    var place = position
    while tokens[place].kind != .leftBrace, tokens[place].kind != .end,
      tokens[place].lower < end
    {
      place += 1
    }
    return tokens[place].lower
  }
}

/// The parts of a policy file as places in its tokens.
struct Parts {
  /// The first token of each part.
  let places: [Int]
  private let tokens: [Token]

  init(starts: [Int32], tokens: [Token]) {
    self.tokens = tokens
    var places: [Int] = []
    var place = 0
    for start in starts {
      while tokens[place].kind != .end, tokens[place].lower < start { place += 1 }
      if tokens[place].kind != .end { places.append(place) }
    }
    self.places = places
  }

  /// The offset at which the next part begins.
  func end(of index: Int) -> Int32 {
    index + 1 < places.count ? tokens[places[index + 1]].lower : Int32.max
  }

  /// Whether a part is a line of the header.
  func isHeaderLine(_ index: Int) -> Bool {
    switch tokens[places[index]].word {
    case .owner, .effective, .currency, .source, .process: return true
    default: return false
    }
  }

  /// The widest name among the inputs that stand on lines next to each other.
  func widthOfInputs(around index: Int, _ formatter: Formatter) -> Int {
    func isInput(_ index: Int) -> Bool { tokens[places[index]].word == .input }
    var (low, high) = (index, index)
    while low > 0, isInput(low - 1), !formatter.isApart(places[low]) { low -= 1 }
    while high + 1 < places.count, isInput(high + 1), !formatter.isApart(places[high + 1]) {
      high += 1
    }
    return (low...high).map { formatter.width(of: places[$0] + 1) }.max() ?? 0
  }
}
