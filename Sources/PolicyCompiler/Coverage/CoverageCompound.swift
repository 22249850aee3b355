/// Conditions of several parts: which part decides alone, which masking MC/DC asks of every one of them.
import PolicyRuntime
import PolicySource

/// A condition put together with `and`, `or`, `implies` and `not`.
///
/// A part decides when the condition comes out otherwise once this part alone is turned, whatever the others say that
/// do not matter then. As every part stands in the condition once, it turns the condition always in the same
/// direction: a case in which it is true and decides and one in which it is false and decides are the pair that
/// masking MC/DC asks for.
public struct CoverageCompound: Sendable {
  /// How the parts are joined.
  public indirect enum Node: Sendable {
    /// A part by its number.
    case operand(Int)
    case not(Node)
    case both(Node, Node)
    case either(Node, Node)
  }

  /// A part.
  public struct Operand: Sendable {
    /// Its item; -1 when nothing is asked of it.
    public var item: Int
    /// The slot that it stands in.
    public var slot: Int
  }

  /// The whole condition.
  public internal(set) var root: Node
  /// Its parts, from the left.
  public internal(set) var operands: [Operand]

  /// The parts that decide, when they came out so; nothing stands for a part that is not known, both ways for one
  /// that has no value, as behind `x is present and` while it is absent.
  public func deciding(_ truths: [CoverageSides]) -> [Int] {
    let outcome = Self.ways(root) { truths[$0] }
    guard outcome == .yes || outcome == .no else { return [] }
    return truths.indices.filter { number in
      guard truths[number] == .yes || truths[number] == .no else { return false }
      let turned = Self.ways(root) {
        $0 == number ? CoverageSides.both.subtracting(truths[number]) : truths[$0]
      }
      return turned.contains(CoverageSides.both.subtracting(outcome))
    }
  }

  /// What a condition can come out as when this is what its parts can be.
  static func ways(_ node: Node, _ part: (Int) -> CoverageSides) -> CoverageSides {
    switch node {
    case .operand(let number): return part(number)
    case .not(let inner): return turned(ways(inner, part))
    case .both(let a, let b): return both(ways(a, part), ways(b, part))
    case .either(let a, let b):
      return turned(both(turned(ways(a, part)), turned(ways(b, part))))
    }
  }

  private static func turned(_ sides: CoverageSides) -> CoverageSides {
    var result: CoverageSides = []
    if sides.contains(.yes) { result.insert(.no) }
    if sides.contains(.no) { result.insert(.yes) }
    return result
  }

  private static func both(_ a: CoverageSides, _ b: CoverageSides) -> CoverageSides {
    var result: CoverageSides = []
    if a.contains(.yes), b.contains(.yes) { result.insert(.yes) }
    if a.contains(.no) || b.contains(.no) { result.insert(.no) }
    return result
  }
}

extension TypedExpression {
  /// The operands of a connective that somebody wrote; `x in a..b` is one condition, though it is made of two.
  var connected: (TypedExpression, TypedExpression)? {
    guard case .logical(_, let a, let b) = kind, a.range != b.range else { return nil }
    return (a, b)
  }
}

extension ProgramBuilder {
  /// Lowers an expression of the careful code, and takes down the condition of several parts that it is.
  func watchingParts(_ expression: TypedExpression, _ lower: () -> Int) -> Int {
    guard let coverage else { return lower() }
    let isInside = coverage.isInsideCompound
    defer { coverage.isInsideCompound = isInside }
    if expression.connected != nil {
      coverage.isInsideCompound = true
      let slot = lower()
      if !isInside { watch(compound: expression) }
      return slot
    }
    if case .not = expression.kind { return lower() }
    coverage.isInsideCompound = false
    let slot = lower()
    if expression.type.unwrapped == .bool { coverage.partSlots[expression.range] = slot }
    return slot
  }

  private func watch(compound expression: TypedExpression) {
    guard let coverage, memoizes, !tooLarge else { return }
    var parts = CompoundParts(coverage)
    guard let root = parts.node(expression) else { return }
    parts.ask(root)
    let operands = zip(parts.items, parts.slots).map { CoverageCompound.Operand(item: $0, slot: $1) }
    if operands.contains(where: { $0.item >= 0 }) {
      probe(.compound(CoverageCompound(root: root, operands: operands)))
    }
  }
}

/// The parts of one condition as they are found.
private struct CompoundParts {
  let coverage: CoverageNotes
  var parts: [TypedExpression] = []
  var slots: [Int] = []
  var items: [Int] = []

  init(_ coverage: CoverageNotes) { self.coverage = coverage }

  /// Nil when the slot of a part is not known.
  mutating func node(_ expression: TypedExpression) -> CoverageCompound.Node? {
    if let (a, b) = expression.connected, case .logical(let connective, _, _) = expression.kind {
      guard let left = node(a), let right = node(b) else { return nil }
      switch connective {
      case .and: return .both(left, right)
      case .or: return .either(left, right)
      case .implies: return .either(.not(left), right)
      }
    }
    if case .not(let inner) = expression.kind { return node(inner).map { .not($0) } }
    guard let slot = coverage.partSlots[expression.range], slot >= 0 else { return nil }
    parts.append(expression)
    slots.append(slot)
    items.append(-1)
    return .operand(parts.count - 1)
  }

  /// What a part of the condition can come out as.
  private func ways(_ node: CoverageCompound.Node) -> CoverageSides {
    CoverageCompound.ways(node) { coverage.finder.reach(of: parts[$0]).ways }
  }

  /// Asks that each part decides, unless what stands beside it can never leave it the say.
  mutating func ask(_ node: CoverageCompound.Node, isHindered: Bool = false) {
    switch node {
    case .operand(let number):
      guard !isHindered, ways(node) == .both else { return }
      items[number] = coverage.item(
        .init(parts[number].range, "condition"), .condition, asked: .deciding)
    case .not(let inner): ask(inner, isHindered: isHindered)
    case .both(let a, let b):
      ask(a, isHindered: isHindered || !ways(b).contains(.yes))
      ask(b, isHindered: isHindered || !ways(a).contains(.yes))
    case .either(let a, let b):
      ask(a, isHindered: isHindered || !ways(b).contains(.no))
      ask(b, isHindered: isHindered || !ways(a).contains(.no))
    }
  }
}
