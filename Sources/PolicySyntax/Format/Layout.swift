/// Text that may stand on one line or on several, before it is decided which.
///
/// The idea is Wadler's ("A prettier printer", 1998): a text is built of pieces and of places where a
/// line may end; whatever fits stays on one line, else its outermost places break first. A place
/// where the author broke the line stays broken, so that formatting twice changes nothing.
import PolicySource

/// A piece of text with the places where its lines may end.
struct Layout: Sendable {
  /// The forms of a piece.
  indirect enum Kind: Sendable {
    /// Letters of one line. A comment at the end of the line so far sends them to the next.
    case text(String)
    /// Letters that stay on the line of the ones before, such as a comma.
    case glued(String)
    /// A blank.
    case space
    /// A line break, or a blank (nothing when `tight`) while everything stands on one line.
    case line(tight: Bool)
    /// A line break always; with an empty line before it when `blank`.
    case hardLine(blank: Bool)
    /// One after the other.
    case sequence([Layout])
    /// Lines after the first stand this much deeper.
    case indented(Layout)
    /// On one line if it fits there, else its places break.
    case group(Layout)
    /// On one line, however long, unless a comment stands in it.
    case unbroken(Layout)
    /// The first on one line if it fits there, else the second.
    case choice(Layout, Layout)
    /// As many to a line as fit.
    case fill(Fill)
    /// A comment at the end of the line.
    case suffix(String)
    /// A comment on a line of its own.
    case comment(String)
  }

  /// One of several pieces with blanks between them.
  struct Item: Sendable {
    var layout: Layout
    /// Whether a line starts with it in any case.
    var startsLine: Bool
    /// Whether it stays on the line, because at its start it would be read as something else.
    var stays = false
  }

  /// Items with blanks between them.
  struct Fill: Sendable {
    var items: [Item]
    /// Whether all start a line as soon as they do not fit on one.
    var allOrNone = false
    /// Whether all but the first stand deeper.
    var hangs = false
  }

  let kind: Kind
  /// The columns it takes on one line.
  let width: Int
  /// Whether it cannot stand on one line.
  let isBroken: Bool
  /// Whether it ends with a comment, so that nothing but a comma may follow on its line.
  let endsLine: Bool
  /// The columns up to the first place where the line may end.
  let head: Int
  /// Whether there is such a place.
  let mayBreak: Bool

  private init(
    _ kind: Kind, width: Int, isBroken: Bool = false, endsLine: Bool = false, head: Int? = nil,
    mayBreak: Bool = false
  ) {
    self.kind = kind
    self.width = width
    self.isBroken = isBroken
    self.endsLine = endsLine
    self.head = head ?? width
    self.mayBreak = mayBreak
  }
}

// MARK: - Building

extension Layout {
  /// Nothing.
  static let empty = Layout(.sequence([]), width: 0)
  /// A blank.
  static let space = Layout(.space, width: 1)
  /// A blank or a line break.
  static let line = Layout(.line(tight: false), width: 1, head: 0, mayBreak: true)
  /// Nothing or a line break.
  static let tightLine = Layout(.line(tight: true), width: 0, head: 0, mayBreak: true)

  /// Letters.
  static func text(_ text: String) -> Layout { Layout(.text(text), width: DisplayWidth.of(text)) }

  /// Letters that stay on the line.
  static func glued(_ text: String) -> Layout {
    Layout(.glued(text), width: DisplayWidth.of(text))
  }

  /// Blanks that align what follows.
  static func padding(_ count: Int) -> Layout {
    count > 0 ? glued(String(repeating: " ", count: count)) : empty
  }

  /// A line break always.
  static func hardLine(blank: Bool = false) -> Layout {
    Layout(.hardLine(blank: blank), width: 0, isBroken: true, mayBreak: true)
  }

  /// A comment at the end of a line; it takes no width, since it never moves what stands before it.
  static func suffix(_ text: String) -> Layout { Layout(.suffix(text), width: 0, endsLine: true) }

  /// A comment on its own line.
  static func comment(_ text: String) -> Layout {
    Layout(.comment(text), width: 0, isBroken: true, endsLine: true, mayBreak: true)
  }

  /// One after the other.
  static func sequence(_ parts: [Layout]) -> Layout {
    let parts = parts.filter { !$0.isEmpty }
    if parts.count == 1 { return parts[0] }
    var width = 0
    var head = 0
    var (isBroken, endsLine, mayBreak) = (false, false, false)
    for part in parts {
      isBroken = isBroken || part.isBroken || endsLine
      endsLine = part.endsLine
      width += part.width
      if !mayBreak { head += part.head }
      mayBreak = mayBreak || part.mayBreak
    }
    return Layout(
      .sequence(parts), width: width, isBroken: isBroken, endsLine: endsLine, head: head,
      mayBreak: mayBreak)
  }

  /// One after the other.
  static func sequence(_ parts: Layout...) -> Layout { sequence(parts) }

  /// The same, deeper.
  static func indented(_ part: Layout) -> Layout {
    Layout(
      .indented(part), width: part.width, isBroken: part.isBroken, endsLine: part.endsLine,
      head: part.head, mayBreak: part.mayBreak)
  }

  /// On one line if it fits and is not broken already.
  static func group(_ part: Layout, broken: Bool = false) -> Layout {
    Layout(
      .group(part), width: part.width, isBroken: part.isBroken || broken,
      endsLine: part.endsLine, head: part.head, mayBreak: part.mayBreak)
  }

  /// On one line, however long.
  static func unbroken(_ part: Layout) -> Layout {
    Layout(.unbroken(part), width: part.width, isBroken: part.isBroken, endsLine: part.endsLine)
  }

  /// The first if it fits, else the second.
  static func choice(_ short: Layout, _ long: Layout) -> Layout {
    if short.isBroken { return long }
    return Layout(
      .choice(short, long), width: short.width, endsLine: short.endsLine, head: long.head,
      mayBreak: long.mayBreak)
  }

  /// As many to a line as fit.
  static func fill(_ fill: Fill) -> Layout {
    let all = sequence(
      fill.items.enumerated().map { $0.offset == 0 ? $0.element.layout : .between($0.element) })
    return Layout(
      .fill(fill), width: all.width, isBroken: all.isBroken, endsLine: all.endsLine,
      head: all.head, mayBreak: all.mayBreak)
  }

  private static func between(_ item: Item) -> Layout {
    sequence(item.startsLine ? hardLine() : line, item.layout)
  }

  /// Whether there is nothing in it.
  var isEmpty: Bool {
    if case .sequence(let parts) = kind { return parts.isEmpty }
    return false
  }
}
