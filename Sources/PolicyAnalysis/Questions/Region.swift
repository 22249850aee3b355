/// Regions of the inputs: where a condition holds, cut along the bounds of the policy and told in words.
internal import PolicySource

/// A part of the inputs: all of its conditions hold.
struct Cube {
  /// Atoms or their contraries.
  var literals: [Formula]
}

/// Finds the regions in which a condition holds.
struct RegionFinder {
  let prover: Prover
  private var formulas: Formulas { prover.context.formulas }
  private var space: Space { prover.context.space }

  init(_ prover: Prover) { self.prover = prover }

  /// Values for every fact that a condition asks about, from those that were found for it.
  func complete(_ values: [FactID: Int128], for goal: Formula) -> [FactID: Int128] {
    var result = values
    for fact in formulas.facts(of: goal).sorted() where result[fact] == nil {
      result[fact] = space.plainest(fact, space.domain(of: fact))
    }
    return result
  }

  /// The widest region around some values in which a condition holds, bounded by conditions that the policy names.
  ///
  /// Nil when the condition does not hold there.
  func cube(around values: [FactID: Int128], in goal: Formula, within frame: [Formula]) -> Cube? {
    let complete = complete(values, for: goal)
    guard formulas.holds(goal, complete) == true else { return nil }
    var literals: [Formula] = []
    for node in formulas.atoms(of: goal).sorted() {
      let atom = Formula(node: node)
      guard let holds = formulas.holds(atom, complete) else { continue }
      literals.append(holds ? atom : atom.negated)
    }
    // Results first: a region bounded by facts alone is easier to read.
    literals.sort { rank($0) > rank($1) }
    guard prover.isNever(literals + frame + [goal.negated]) else { return nil }
    var kept = literals
    for literal in literals {
      let others = kept.filter { $0 != literal }
      if prover.isNever(others + frame + [goal.negated]) { kept = others }
    }
    return Cube(literals: kept)
  }

  /// What is left out first.
  private func rank(_ literal: Formula) -> Int {
    switch formulas[literal] {
    case .atom(.inequality): 3
    case .atom(.inside(let fact, _)):
      if case .result = space[fact].role { 2 } else { 1 }
    default: 0
    }
  }

  /// The regions in which a condition holds, at most `limit`; `isWhole` when there are no others.
  func cubes(
    of goal: Formula, limit: Int, within frame: [Formula] = []
  ) -> (cubes: [Cube], isWhole: Bool) {
    var result: [Cube] = []
    var rest = [goal] + frame
    while result.count < limit {
      switch prover.solver.solve(rest) {
      case .none: return (joined(result, goal, frame), true)
      case .undecided: return (joined(result, goal, frame), false)
      case .found(let values):
        guard let cube = cube(around: values, in: goal, within: frame) else {
          return (joined(result, goal, frame), false)
        }
        result.append(cube)
        rest.append(formulas.all(cube.literals).negated)
      }
    }
    return (joined(result, goal, frame), prover.isNever(rest))
  }

  /// Regions that differ in one fact alone become one.
  private func joined(_ cubes: [Cube], _ goal: Formula, _ frame: [Formula]) -> [Cube] {
    var result = cubes
    var index = 0
    while index < result.count {
      var other = index + 1
      while other < result.count {
        if let one = union(result[index], result[other]),
          prover.isNever(one.literals + frame + [goal.negated])
        {
          result[index] = one
          result.remove(at: other)
          other = index + 1
        } else {
          other += 1
        }
      }
      index += 1
    }
    return result
  }

  private func union(_ a: Cube, _ b: Cube) -> Cube? {
    let (x, y) = (sets(of: a), sets(of: b))
    guard x.others == y.others, Set(x.sets.keys) == Set(y.sets.keys) else { return nil }
    let different = x.sets.keys.filter { x.sets[$0] != y.sets[$0] }
    guard different.count == 1, let first = x.sets[different[0]], let second = y.sets[different[0]]
    else { return nil }
    let both = first.union(second)
    guard both.parts.count <= max(first.parts.count, second.parts.count) || isNamed(different[0])
    else { return nil }
    let kept = a.literals.filter { literal in
      if case .atom(.inside(let fact, _)) = formulas[literal] { return fact != different[0] }
      return true
    }
    let one = formulas.inside(different[0], both)
    return Cube(literals: kept + (one == .yes ? [] : [one]))
  }

  private func isNamed(_ fact: FactID) -> Bool {
    if case .names = space[fact].scale { true } else { false }
  }

  /// What a region asks of each single fact, and of several together.
  func sets(of cube: Cube) -> (sets: [FactID: Stretches], others: Set<Formula>) {
    var sets: [FactID: Stretches] = [:]
    var others: Set<Formula> = []
    for literal in cube.literals {
      guard case .atom(.inside(let fact, let set)) = formulas[literal] else {
        others.insert(literal)
        continue
      }
      let asked = literal.isNegated ? set.complement : set
      sets[fact] = (sets[fact] ?? space.domain(of: fact)).intersection(asked)
    }
    return (sets, others)
  }
}
