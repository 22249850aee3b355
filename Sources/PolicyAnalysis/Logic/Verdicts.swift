/// What a branch of a search decides of formulas; every formula is looked at once per state.

/// True, false and open formulas of one search.
///
/// The formulas are held by value: a search looks at them millions of times, and what belongs to an object is guarded
/// against changes at each look.
struct Verdicts {
  private let nodes: [Formulas.Node]
  private var known: [Int8]
  private var marks: [Int32]
  private var mark: Int32 = 0

  /// The formulas as they are now; none may be added before the search ends.
  init(_ nodes: [Formulas.Node]) {
    self.nodes = nodes
    known = Array(repeating: 0, count: nodes.count)
    marks = Array(repeating: 0, count: nodes.count)
  }

  /// Forgets what was decided: the state is another.
  mutating func renew() { mark += 1 }

  subscript(formula: Formula) -> Formulas.Node { nodes[formula.node] }

  /// 1 for true, -1 for false, 0 for open.
  mutating func verdict(_ formula: Formula, _ state: SearchState) -> Int8 {
    let node = formula.node
    if marks[node] != mark {
      known[node] = plainVerdict(node, state)
      marks[node] = mark
    }
    return formula.isNegated ? -known[node] : known[node]
  }

  private mutating func plainVerdict(_ node: Int, _ state: SearchState) -> Int8 {
    switch nodes[node] {
    case .truth: return 1
    case .atom(.inside(let fact, let set)): return state.domain(fact).verdict(of: set)
    case .atom(.inequality(let inequality)):
      if let decided = state.decision(node) { return decided ? 1 : -1 }
      if let least = state.least(inequality), least > inequality.bound { return -1 }
      let contrary = inequality.negated
      if let least = state.least(contrary), least > contrary.bound { return 1 }
      return 0
    case .all(let parts):
      if let decided = state.decision(node) { return decided ? 1 : -1 }
      var isOpen = false
      for part in parts {
        switch verdict(part, state) {
        case -1: return -1
        case 0: isOpen = true
        default: break
        }
      }
      return isOpen ? 0 : 1
    }
  }

  /// What a disjunction comes to.
  enum Reduced {
    case impossible, holds
    case only(Formula)
    /// Several parts are open: so many.
    case several(Int)
  }

  /// A disjunction as far as a state decides it.
  mutating func reduced(_ clause: Formula, _ state: SearchState) -> Reduced {
    guard case .all(let parts) = nodes[clause.node] else { return .several(.max) }
    var open: Formula?
    var count = 0
    for part in parts {
      switch verdict(part, state) {
      case -1: return .holds
      case 1: continue
      default:
        count += 1
        if open == nil { open = part }
      }
    }
    if count > 1 { return .several(count) }
    return open.map { .only($0.negated) } ?? .impossible
  }

  /// The first open part of a disjunction, as it helps the disjunction to be true.
  mutating func choice(of clause: Formula, _ state: SearchState) -> Formula? {
    guard case .all(let parts) = nodes[clause.node] else { return nil }
    return parts.first { verdict($0, state) == 0 }?.negated
  }
}
