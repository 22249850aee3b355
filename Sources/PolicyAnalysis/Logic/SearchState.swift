/// The state of a search: what is left of every fact, and what was decided.
///
/// A branch is undone rather than copied: with hundreds of facts a copy costs more than the step.
struct SearchState {
  /// What is left of each fact, in the order of the facts.
  private(set) var domains: [Stretches]
  /// The inequalities that hold.
  private(set) var inequalities: [Inequality] = []
  /// Disjunctions that are still open.
  var open: [Formula] = []
  /// What was decided of conditions, by their node: 1, -1, or 0 for nothing.
  private var decisions: [Int8]
  /// Whether a fact was narrowed, in the order of the facts.
  private var narrowed: [Bool]
  private var changes: [(fact: FactID, before: Stretches, wasNarrowed: Bool)] = []
  private var decidedNodes: [Int] = []

  /// A place to go back to.
  struct Mark {
    fileprivate let changes: Int
    fileprivate let inequalities: Int
    fileprivate let decidedNodes: Int
    fileprivate let open: [Formula]
  }

  /// Nothing narrowed and nothing decided.
  init(_ domains: [Stretches], nodes: Int) {
    self.domains = domains
    narrowed = Array(repeating: false, count: domains.count)
    decisions = Array(repeating: 0, count: nodes)
  }

  var mark: Mark {
    Mark(
      changes: changes.count, inequalities: inequalities.count, decidedNodes: decidedNodes.count,
      open: open)
  }

  /// Undoes what came after a mark.
  mutating func undo(to mark: Mark) {
    while changes.count > mark.changes, let change = changes.popLast() {
      domains[change.fact.index] = change.before
      narrowed[change.fact.index] = change.wasNarrowed
    }
    while decidedNodes.count > mark.decidedNodes, let node = decidedNodes.popLast() {
      decisions[node] = 0
    }
    inequalities.removeLast(inequalities.count - mark.inequalities)
    open = mark.open
  }

  /// What is left of a fact.
  func domain(_ fact: FactID) -> Stretches { domains[fact.index] }

  mutating func narrow(_ fact: FactID, to left: Stretches) {
    changes.append((fact, domains[fact.index], narrowed[fact.index]))
    domains[fact.index] = left
    narrowed[fact.index] = true
  }

  /// The facts that were narrowed, rising.
  var narrowedFacts: [FactID] {
    narrowed.indices.filter { narrowed[$0] }.map(FactID.init)
  }

  /// What was decided of a condition; nil for nothing.
  func decision(_ node: Int) -> Bool? { decisions[node] == 0 ? nil : decisions[node] > 0 }

  /// An inequality that holds from here on, and what that decides of its atom.
  mutating func add(_ inequality: Inequality, deciding node: Int, _ holds: Bool) {
    inequalities.append(inequality)
    decide(node, holds)
  }

  /// What is asserted of a condition.
  mutating func decide(_ node: Int, _ holds: Bool) {
    decisions[node] = holds ? 1 : -1
    decidedNodes.append(node)
  }

  /// The least value of the left side; nil when it cannot be held.
  func least(_ inequality: Inequality) -> Int128? {
    var sum: Int128 = 0
    for factor in inequality.factors {
      guard let ends = domains[factor.fact.index].ends,
        let product = Fraction.product(factor.by, factor.by > 0 ? ends.low : ends.high),
        let next = Fraction.sum(sum, product)
      else { return nil }
      sum = next
    }
    return sum
  }
}
