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
  /// How many branches a question may take.
  var branchLimit = 20_000

  private var branches = 0
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
  func solve(_ goals: [Formula]) -> Solution {
    branches = 0
    isUndecided = false
    let all = goals + space.axioms(for: goals, formulas)
    verdicts = Verdicts(formulas.nodes)
    // Formulas that are added later are not to be copied for a search that has ended.
    defer { verdicts = Verdicts([]) }
    var state = State(wholes: space.facts.map(\.domain))
    guard settle(all, &state) else { return .none }
    if let values = search(state) { return .found(values) }
    return isUndecided ? .undecided : .none
  }

  // MARK: The state of a branch

  struct State {
    /// What each fact may be at all, in the order of the facts.
    let wholes: [Stretches]
    /// What is left of the facts that were narrowed.
    var domains: [FactID: Stretches] = [:]
    /// The inequalities that hold, and the nodes of atoms that were decided.
    var inequalities: [Inequality] = []
    var decided: [Int: Bool] = [:]
    /// Disjunctions that are still open.
    var open: [Formula] = []

    /// What is left of a fact.
    func domain(_ fact: FactID) -> Stretches { domains[fact] ?? wholes[fact.index] }

    /// The least value of the left side; nil when it cannot be held.
    func least(_ inequality: Inequality) -> Int128? {
      var sum: Int128 = 0
      for factor in inequality.factors {
        guard let ends = domain(factor.fact).ends,
          let product = Fraction.product(factor.by, factor.by > 0 ? ends.low : ends.high),
          let next = Fraction.sum(sum, product)
        else { return nil }
        sum = next
      }
      return sum
    }
  }

  /// Asserts formulas and everything that follows at once; false when one of them cannot hold.
  private func settle(_ goals: [Formula], _ state: inout State) -> Bool {
    var work = goals
    while true {
      while let goal = work.popLast() {
        guard assert(goal, &work, &state) else { return false }
      }
      // What was asserted may have decided the disjunctions that were open.
      verdicts.renew()
      var stillOpen: [Formula] = []
      for clause in state.open {
        switch verdicts.reduced(clause, state) {
        case .impossible: return false
        case .holds: break
        case .only(let formula): work.append(formula)
        case .several: stillOpen.append(clause)
        }
      }
      state.open = stillOpen
      if work.isEmpty { return true }
    }
  }

  private func assert(_ goal: Formula, _ work: inout [Formula], _ state: inout State) -> Bool {
    switch verdicts[goal] {
    case .truth: return !goal.isNegated
    case .atom(.inside(let fact, let set)):
      let left = state.domain(fact).intersection(goal.isNegated ? set.complement : set)
      if left.isEmpty { return false }
      return narrow(fact, to: left, &state)
    case .atom(.inequality(let inequality)):
      if let decided = state.decided[goal.node] { return decided != goal.isNegated }
      state.decided[goal.node] = !goal.isNegated
      let holding = goal.isNegated ? inequality.negated : inequality
      state.inequalities.append(holding)
      return propagate(&state)
    case .all(let parts):
      if !goal.isNegated {
        work += parts
      } else if !state.open.contains(goal) {
        state.open.append(goal)
      }
      return true
    }
  }

  private func narrow(_ fact: FactID, to left: Stretches, _ state: inout State) -> Bool {
    if left == state.domain(fact) { return true }
    state.domains[fact] = left
    let isBound = state.inequalities.contains { $0.factors.contains { $0.fact == fact } }
    return isBound ? propagate(&state) : true
  }

  /// Narrows the facts of the inequalities by the ends of the others; a few rounds.
  private func propagate(_ state: inout State) -> Bool {
    for _ in 0..<8 {
      var hasChanged = false
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
          guard let quotient = Fraction(room, over: factor.by) else { continue }
          let allowed =
            factor.by > 0
            ? Stretches(-Stretches.infinity, quotient.floor)
            : Stretches(quotient.ceiling, Stretches.infinity)
          let left = own.intersection(allowed)
          if left.isEmpty { return false }
          if left != own {
            state.domains[factor.fact] = left
            hasChanged = true
          }
        }
      }
      if !hasChanged { return true }
    }
    return true
  }

  // MARK: Splitting

  private func search(_ state: State) -> [FactID: Int128]? {
    branches += 1
    if branches > branchLimit {
      isUndecided = true
      return nil
    }
    guard let clause = state.open.first else { return complete(state) }
    verdicts.renew()
    guard let choice = verdicts.literal(toward: clause, state) else { return nil }
    for goal in [choice, choice.negated] {
      var next = state
      if settle([goal], &next), let values = search(next) { return values }
      if branches > branchLimit { return nil }
    }
    return nil
  }

  /// Values for the facts of a branch without open questions.
  private func complete(_ state: State) -> [FactID: Int128]? {
    var state = state
    let bound = Set(state.inequalities.flatMap { $0.factors.map(\.fact) })
    guard isFeasible(state) else { return nil }
    for fact in bound.sorted() {
      guard let next = choose(fact, state) else {
        isUndecided = true
        return nil
      }
      state = next
    }
    var values: [FactID: Int128] = [:]
    for (fact, left) in state.domains { values[fact] = space.plainest(fact, left) }
    return values
  }

  private func choose(_ fact: FactID, _ state: State) -> State? {
    let left = state.domain(fact)
    guard let ends = left.ends else { return nil }
    let middle = ends.low / 2 + ends.high / 2
    let wishes = [
      space.plainest(fact, left), ends.low, ends.high, middle, ends.low + 1, ends.high - 1,
    ]
    for wish in wishes where left.contains(wish) {
      var next = state
      next.domains[fact] = Stretches(wish)
      if propagate(&next), isFeasible(next) { return next }
    }
    return nil
  }

  /// Whether the inequalities have a solution among fractions; true also when that could not be decided.
  private func isFeasible(_ state: State) -> Bool {
    if state.inequalities.isEmpty { return true }
    var rows = state.inequalities
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
