/// The walk up a hierarchy, level by level, from the rows as they stand in the register.
import PolicyCompiler
import PolicyRuntime

extension ReferenceRun {
  /// Whether a step is in the chain: a level of a climb is while nobody below it may decide the amount.
  func isNeeded(_ step: TypedStep, of approval: TypedApproval) throws(ReferenceTrap) -> Truth {
    guard let (climb, number) = step.level else { return try truth(step.condition) }
    let walk = approval.climbs[climb]
    let when = walk.condition.map { value($0, ReferenceScope()).used } ?? .bool(true)
    let levels = levels(walk)
    var reaches = levels
    if case .number(let count) = levels {
      reaches = .bool(!(count < BigDecimal(number)))
    }
    let both = try known(ReferenceValue.and(when, reaches))
    if both.isUnknown { return .unknown(both.needs) }
    return both == .bool(true) ? .yes : .no
  }

  /// The post of a level that is in the chain.
  func post(_ level: (climb: Int, number: Int), _ approval: TypedApproval) -> ReferenceValue {
    let walk = approval.climbs[level.climb]
    guard let start = starts(walk, value(walk.from, ReferenceScope()).used).first else {
      return .error("no_row")
    }
    return .post(above(start, walk)[level.number - 1].post)
  }

  /// How many levels are needed; 0 when the top is reached without enough authority.
  private func levels(_ walk: TypedClimb) -> ReferenceValue {
    let from = value(walk.from, ReferenceScope()).used
    let amount = value(walk.amount, ReferenceScope()).used
    if from.isError { return from }
    if amount.isError { return amount }
    var counts: Set<Int> = []
    for start in starts(walk, from) {
      switch levels(above(start, walk), amount) {
      case .failure(let trap): return .error(trap.name)
      case .success(let found): counts.formUnion(found)
      }
      if !from.isUnknown { break }
    }
    if from.isUnknown {
      // Whoever it is, nobody may suffice; that somebody does holds of nobody who stands outside.
      return counts.isSubset(of: [0])
        ? .number(.zero) : .unknown(from.needs.union(amount.needs))
    }
    if counts.isEmpty { return .number(.zero) }
    return counts.count == 1 ? .number(BigDecimal(counts.first ?? 0)) : .unknown(amount.needs)
  }

  /// The levels that the amount may need on one way up.
  private func levels(
    _ path: [TypedHierarchy.Row], _ amount: ReferenceValue
  ) -> Result<Set<Int>, ReferenceTrap> {
    var found: Set<Int> = []
    var greatest: [(bound: ReferenceValue, number: Int)] = []
    for (place, row) in path.enumerated() {
      guard let upTo = row.upTo else { return .success(found.union([place + 1])) }
      let bound = ReferenceValue(upTo)
      let fits = ReferenceValue.order(amount, bound) { $0 <= 0 }
      if case .error(let name) = fits { return .failure(ReferenceTrap(name: name)) }
      if fits == .bool(true) { return .success([place + 1]) }
      let addsNothing = greatest.contains {
        ReferenceValue.order(bound, $0.bound) { $0 <= 0 } == .bool(true)
      }
      if fits.isUnknown, !addsNothing { found.insert(place + 1) }
      greatest.append((bound, place))
    }
    return .success(found.union([0]))
  }

  /// The posts where the walk may start: one when it is known, all of them otherwise.
  private func starts(_ walk: TypedClimb, _ from: ReferenceValue) -> [Int] {
    let rows = rows(walk)
    if case .post(let post) = from { return rows.map(\.post).filter { $0 == post } }
    guard walk.from.type.unwrapped == .person else { return rows.map(\.post) }
    return set.holders.filter { holder in
      guard rows.contains(where: { $0.post == holder.post }),
        ReferenceHistory.holds(request.today, holder.from, holder.until)
      else { return false }
      guard case .person(let name) = from else { return true }
      return ReferenceHistory.same(name, holder.person)
    }.map(\.post)
  }

  private func rows(_ walk: TypedClimb) -> [TypedHierarchy.Row] {
    set.policies[walk.hierarchy.policy].hierarchies[walk.hierarchy.index].rows
  }

  /// The rows above a post, up to the top.
  private func above(_ post: Int, _ walk: TypedClimb) -> [TypedHierarchy.Row] {
    let rows = rows(walk)
    guard let own = rows.first(where: { $0.post == post }), let superior = own.superior,
      let next = rows.first(where: { $0.post == superior })
    else { return [] }
    return [next] + above(superior, walk)
  }
}
