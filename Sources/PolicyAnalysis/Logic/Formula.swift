/// Conditions over facts as formulas: each is kept once, so that equal conditions of two policies are one formula.

/// A formula: a number in `Formulas`; its lowest bit says that it is turned around.
struct Formula: Hashable {
  let code: Int32

  static let yes = Formula(code: 0)
  static let no = Formula(code: 1)

  var negated: Formula { Formula(code: code ^ 1) }
  var isNegated: Bool { code & 1 == 1 }
  /// The index of its node.
  var node: Int { Int(code >> 1) }

  init(code: Int32) { self.code = code }
  init(node: Int) { code = Int32(node) << 1 }
}

/// The least conditions.
enum Atom: Hashable {
  /// A fact lies in a set.
  case inside(FactID, Stretches)
  case inequality(Inequality)
}

/// All formulas of an analysis.
final class Formulas {
  enum Node: Hashable {
    /// Always true.
    case truth
    case atom(Atom)
    /// All of them, sorted, at least two.
    case all([Formula])
  }

  private(set) var nodes: [Node] = [.truth]
  private var known: [Node: Int] = [.truth: 0]
  /// What each fact may be at all; conditions are cut down to it.
  let space: Space

  init(_ space: Space) { self.space = space }

  subscript(formula: Formula) -> Node { nodes[formula.node] }

  private func formula(_ node: Node) -> Formula {
    if let index = known[node] { return Formula(node: index) }
    nodes.append(node)
    known[node] = nodes.count - 1
    return Formula(node: nodes.count - 1)
  }

  // MARK: Atoms

  /// A fact lies in a set.
  func inside(_ fact: FactID, _ set: Stretches) -> Formula {
    if let (other, value) = space.rising[fact] {
      return inside(other, Self.preimage(of: set, value, on: space.domain(of: other)))
    }
    return directly(fact, in: set)
  }

  /// A fact has a value, and so has what it rises with: in sums it stands on its own.
  func pinned(_ fact: FactID, to value: Int128) -> Formula {
    and(inside(fact, Stretches(value)), directly(fact, in: Stretches(value)))
  }

  private func directly(_ fact: FactID, in set: Stretches) -> Formula {
    let whole = space.domain(of: fact)
    let inner = set.intersection(whole)
    if inner.isEmpty { return .no }
    if inner == whole { return .yes }
    // Of a condition and its contrary the one that holds less far out is kept.
    let outer = set.complement.intersection(whole)
    if Self.isPlainer(outer, than: inner) {
      return formula(.atom(.inside(fact, outer))).negated
    }
    return formula(.atom(.inside(fact, inner)))
  }

  /// The numbers whose value lies in a set, of a function that never falls.
  private static func preimage(
    of set: Stretches, _ value: (Int128) -> Int128, on line: Stretches
  ) -> Stretches {
    guard let ends = line.ends else { return .none }
    /// The least number of the line whose value is at least a bound; past the end when there is none.
    func least(_ bound: Int128) -> Int128 {
      var (low, high) = (ends.low, ends.high + 1)
      while low < high {
        let middle = low + (high - low) / 2
        if value(middle) >= bound { high = middle } else { low = middle + 1 }
      }
      return low
    }
    return set.parts.reduce(.none) { found, part in
      found.union(Stretches(least(part.low), least(part.high + 1) - 1))
    }
  }

  private static func isPlainer(_ a: Stretches, than b: Stretches) -> Bool {
    if a.parts.count != b.parts.count { return a.parts.count < b.parts.count }
    guard let x = a.parts.first, let y = b.parts.first else { return false }
    return (x.low, x.high) > (y.low, y.high)
  }

  /// `term <= 0` or `term < 0`; nil when its numbers cannot be held.
  func compare(_ term: Linear, isStrict: Bool) -> Formula? {
    guard let inequality = Inequality(term, isStrict: isStrict) else { return nil }
    return of(inequality)
  }

  func of(_ inequality: Inequality) -> Formula {
    switch inequality.factors.count {
    case 0: return inequality.bound >= 0 ? .yes : .no
    case 1:
      let factor = inequality.factors[0]
      return factor.by > 0
        ? inside(
          factor.fact,
          Stretches(
            -Stretches.infinity, Fraction(inequality.bound, over: factor.by)?.floor ?? 0))
        : inside(
          factor.fact,
          Stretches(
            Fraction(inequality.bound, over: factor.by)?.ceiling ?? 0, Stretches.infinity))
    default:
      // The same condition with its sign turned is the contrary of it.
      if inequality.factors[0].by < 0 {
        return formula(.atom(.inequality(inequality.negated))).negated
      }
      return formula(.atom(.inequality(inequality)))
    }
  }

  // MARK: Connectives

  func all(_ parts: [Formula]) -> Formula {
    var kept: Set<Formula> = []
    for part in parts {
      if part == .no { return .no }
      if part == .yes { continue }
      if !part.isNegated, case .all(let inner) = self[part] {
        kept.formUnion(inner)
      } else {
        kept.insert(part)
      }
    }
    for part in kept where kept.contains(part.negated) { return .no }
    // Of several things one does not hold: never where all of them do, and always where one of them does not.
    for part in kept.filter(\.isNegated).sorted(by: { $0.code < $1.code }) {
      guard case .all(let inner) = self[part] else { continue }
      if inner.allSatisfy(kept.contains) { return .no }
      if inner.contains(where: { kept.contains($0.negated) }) { kept.remove(part) }
    }
    kept = joined(kept)
    if kept.contains(.no) { return .no }
    if kept.count < 2 { return kept.first ?? .yes }
    return formula(.all(kept.sorted { $0.code < $1.code }))
  }

  /// What is asked of one fact by several atoms becomes one atom.
  private func joined(_ parts: Set<Formula>) -> Set<Formula> {
    var sets: [FactID: (Stretches, [Formula])] = [:]
    for part in parts {
      guard case .atom(.inside(let fact, let set)) = self[part] else { continue }
      let asked = part.isNegated ? set.complement : set
      if let (before, formulas) = sets[fact] {
        sets[fact] = (before.intersection(asked), formulas + [part])
      } else {
        sets[fact] = (asked, [part])
      }
    }
    var result = parts
    // In the order of the facts, so that formulas get the same numbers each time.
    for (fact, (set, formulas)) in sets.sorted(by: { $0.key < $1.key }) where formulas.count > 1 {
      result.subtract(formulas)
      let one = inside(fact, set)
      if one != .yes { result.insert(one) }
    }
    return result
  }

  func any(_ parts: [Formula]) -> Formula { all(parts.map(\.negated)).negated }
  func and(_ a: Formula, _ b: Formula) -> Formula { all([a, b]) }
  func or(_ a: Formula, _ b: Formula) -> Formula { any([a, b]) }
  func implies(_ a: Formula, _ b: Formula) -> Formula { any([a.negated, b]) }

  /// Whether exactly one of them holds.
  func differ(_ a: Formula, _ b: Formula) -> Formula {
    if a == b { return .no }
    if a == b.negated { return .yes }
    return any([all([a, b.negated]), all([a.negated, b])])
  }

  /// The atoms that a formula is made of.
  func atoms(of formula: Formula) -> Set<Int> {
    var seen: Set<Int> = []
    var atoms: Set<Int> = []
    var open = [formula.node]
    while let node = open.popLast() {
      guard seen.insert(node).inserted else { continue }
      switch nodes[node] {
      case .truth: break
      case .atom: atoms.insert(node)
      case .all(let parts): open += parts.map(\.node)
      }
    }
    return atoms
  }

  /// The facts that a formula asks about.
  func facts(of formula: Formula) -> Set<FactID> {
    var result: Set<FactID> = []
    for node in atoms(of: formula) {
      switch nodes[node] {
      case .atom(.inside(let fact, _)): result.insert(fact)
      case .atom(.inequality(let inequality)): result.formUnion(inequality.factors.map(\.fact))
      default: break
      }
    }
    return result
  }

  /// Whether it is true of facts that are all known; a fact without a value makes it nil.
  func holds(_ formula: Formula, _ values: [FactID: Int128]) -> Bool? {
    let plain: Bool?
    switch self[formula] {
    case .truth: plain = true
    case .atom(.inside(let fact, let set)): plain = values[fact].map(set.contains)
    case .atom(.inequality(let inequality)):
      var sum: Int128 = 0
      for factor in inequality.factors {
        guard let value = values[factor.fact], let product = Fraction.product(value, factor.by),
          let next = Fraction.sum(sum, product)
        else { return nil }
        sum = next
      }
      plain = sum <= inequality.bound
    case .all(let parts):
      var isKnown = true
      var result = true
      for part in parts {
        switch holds(part, values) {
        case false?: result = false
        case nil: isKnown = false
        case true?: break
        }
        if !result { break }
      }
      plain = !result ? false : isKnown ? true : nil
    }
    return plain.map { $0 != formula.isNegated }
  }
}
