/// Finds facts for which conditions hold, or proves that there are none.
///
/// A search that asserts what must hold, lets every assertion narrow the facts it speaks of, and splits where one of
/// several things must hold. Facts are whole numbers with exact bounds; inequalities over several facts are decided
/// by eliminating one fact after the other (Fourier and Motzkin). That there is nothing is said only when every branch
/// was closed so; a branch that could not be decided makes the whole answer undecided.

/// What the solver found.
enum Solution {
  /// Nothing: proved.
  case none
  /// Values of the facts that the conditions speak of.
  case found([FactID: Int128])
  /// Numbers that cannot be held, or too many branches.
  case undecided
}

/// A search over the facts of a space.
final class Solver {
  let formulas: Formulas
  let space: Space
  /// How many branches a question may take, and how many inequalities it may look at.
  struct Limit {
    let branches: Int
    let steps: Int

    /// For a proof.
    static let whole = Limit(branches: 20_000, steps: 2_000_000)
    /// For one of many attempts at a witness: what takes longer is most often in vain.
    static let attempt = Limit(branches: 6_000, steps: 200_000)
  }

  private var limit = Limit.whole
  private var branches = 0
  private var steps = 0
  private var isUndecided = false
  private var verdicts = Verdicts([])

  init(_ formulas: Formulas, _ space: Space) {
    self.formulas = formulas
    self.space = space
  }

  /// Whether nothing makes all of these true; false also when it could not be decided.
  func isImpossible(_ goals: [Formula]) -> Bool {
    if case .none = solve(goals) { true } else { false }
  }

  /// Facts for which all of these hold.
  func solve(_ goals: [Formula], within limit: Limit = .whole) -> Solution {
    self.limit = limit
    (branches, steps) = (0, 0)
    isUndecided = false
    let all = goals + space.axioms(for: goals, formulas)
    verdicts = Verdicts(formulas.nodes)
    // Formulas that are added later are not to be copied for a search that has ended.
    defer { verdicts = Verdicts([]) }
    var state = SearchState(space.facts.map(\.domain), nodes: formulas.nodes.count)
    guard settle(all, &state) else { return .none }
    if let values = search(&state) { return .found(values) }
    return isUndecided ? .undecided : .none
  }

  // MARK: Asserting

  /// Asserts formulas and everything that follows at once; false when one of them cannot hold.
  private func settle(_ goals: [Formula], _ state: inout SearchState) -> Bool {
    var work = goals
    while true {
      while let goal = work.popLast() {
        guard assert(goal, &work, &state) else { return false }
      }
      // What was asserted may have decided the disjunctions that were open.
      verdicts.renew()
      var stillOpen: [Formula] = []
      var (fewest, place) = (Int.max, 0)
      for clause in state.open {
        switch verdicts.reduced(clause, state) {
        case .impossible: return false
        case .holds: break
        case .only(let formula): work.append(formula)
        case .several(let count):
          if count < fewest { (fewest, place) = (count, stillOpen.count) }
          stillOpen.append(clause)
        }
      }
      // Where the least is left to choose comes next.
      if place > 0 { stillOpen.swapAt(0, place) }
      state.open = stillOpen
      if work.isEmpty { return true }
    }
  }

  private func assert(_ goal: Formula, _ work: inout [Formula], _ state: inout SearchState) -> Bool
  {
    switch verdicts[goal] {
    case .truth: return !goal.isNegated
    case .atom(.inside(let fact, let set)):
      let left = state.domain(fact).intersection(goal.isNegated ? set.complement : set)
      if left.isEmpty { return false }
      return narrow(fact, to: left, &state)
    case .atom(.inequality(let inequality)):
      if let decided = state.decision(goal.node) { return decided != goal.isNegated }
      state.add(
        goal.isNegated ? inequality.negated : inequality, deciding: goal.node, !goal.isNegated)
      return propagate(&state)
    case .all(let parts):
      if let decided = state.decision(goal.node) { return decided != goal.isNegated }
      state.decide(goal.node, !goal.isNegated)
      if goal.isNegated { state.open.append(goal) } else { work += parts }
      return true
    }
  }

  private func narrow(_ fact: FactID, to left: Stretches, _ state: inout SearchState) -> Bool {
    if left == state.domain(fact) { return true }
    state.narrow(fact, to: left)
    let isBound = state.inequalities.contains { $0.factors.contains { $0.fact == fact } }
    return isBound ? propagate(&state) : true
  }

  /// Narrows the facts of the inequalities by the ends of the others; a few rounds.
  private func propagate(_ state: inout SearchState) -> Bool {
    for _ in 0..<8 {
      var hasChanged = false
      steps += state.inequalities.count
      for inequality in state.inequalities {
        guard let least = state.least(inequality) else { continue }
        if least > inequality.bound { return false }
        for factor in inequality.factors {
          let own = state.domain(factor.fact)
          guard let ends = own.ends,
            let ownLeast = Fraction.product(factor.by, factor.by > 0 ? ends.low : ends.high)
          else { continue }
          // factor · fact <= bound − the least of the others
          let room = inequality.bound - (least - ownLeast)
          let end = Fraction.quotient(room, factor.by, rounding: factor.by > 0 ? .down : .up)
          if factor.by > 0 ? end >= ends.high : end <= ends.low { continue }
          let left = own.intersection(
            factor.by > 0
              ? Stretches(-Stretches.infinity, end) : Stretches(end, Stretches.infinity))
          if left.isEmpty { return false }
          state.narrow(factor.fact, to: left)
          hasChanged = true
        }
      }
      if !hasChanged { return true }
    }
    return true
  }

  // MARK: Splitting

  private var isSpent: Bool { branches > limit.branches || steps > limit.steps }

  private func search(_ state: inout SearchState) -> [FactID: Int128]? {
    branches += 1
    if isSpent {
      isUndecided = true
      return nil
    }
    guard let clause = state.open.first else { return complete(&state) }
    verdicts.renew()
    guard let choice = verdicts.choice(of: clause, state) else { return nil }
    for goal in [choice, choice.negated] {
      let mark = state.mark
      if settle([goal], &state), let values = search(&state) { return values }
      if isSpent { return nil }
      state.undo(to: mark)
    }
    return nil
  }

  /// Values for the facts of a branch without open questions.
  private func complete(_ state: inout SearchState) -> [FactID: Int128]? {
    let bound = Set(state.inequalities.flatMap { $0.factors.map(\.fact) }).sorted()
    let mark = state.mark
    // Most often the plainest values fit one after the other; only else it is asked what still has a solution.
    if choose(bound, &state, checked: false) { return values(state) }
    state.undo(to: mark)
    guard isFeasible(state) else { return nil }
    if choose(bound, &state, checked: true) { return values(state) }
    isUndecided = true
    return nil
  }

  private func values(_ state: SearchState) -> [FactID: Int128] {
    var values: [FactID: Int128] = [:]
    for fact in state.narrowedFacts { values[fact] = space.plainest(fact, state.domain(fact)) }
    return values
  }

  /// Gives each of these facts one value; false when the values that are tried do not fit.
  private func choose(_ facts: [FactID], _ state: inout SearchState, checked: Bool) -> Bool {
    for fact in facts where !choose(fact, &state, checked: checked) { return false }
    return true
  }

  private func choose(_ fact: FactID, _ state: inout SearchState, checked: Bool) -> Bool {
    let left = state.domain(fact)
    guard let ends = left.ends else { return false }
    let middle = ends.low / 2 + ends.high / 2
    let wishes = [
      space.plainest(fact, left), ends.low, ends.high, middle, ends.low + 1, ends.high - 1,
    ]
    let mark = state.mark
    for wish in wishes where left.contains(wish) {
      state.narrow(fact, to: Stretches(wish))
      if propagate(&state), !checked || isFeasible(state) { return true }
      state.undo(to: mark)
    }
    return false
  }

  /// Whether the inequalities have a solution among fractions; true also when that could not be decided.
  private func isFeasible(_ state: SearchState) -> Bool {
    if state.inequalities.isEmpty { return true }
    var rows: [Inequality] = []
    for inequality in state.inequalities {
      guard let row = inequality.with({ state.domain($0).only }) else {
        isUndecided = true
        return false
      }
      rows.append(row)
    }
    for fact in Set(rows.flatMap { $0.factors.map(\.fact) }) {
      guard let ends = state.domain(fact).ends else { return false }
      rows.append(Inequality([.init(fact: fact, by: 1)], bound: ends.high))
      rows.append(Inequality([.init(fact: fact, by: -1)], bound: -ends.low))
    }
    switch Elimination.isFeasible(rows) {
    case true?: return true
    case false?: return false
    case nil:
      isUndecided = true
      return false
    }
  }
}
