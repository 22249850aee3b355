/// How far an answer holds: for which values of each fact, and until which day, everything else being as it is.
internal import PolicyEngine

extension ExplainedRequest {
  /// For which values of a fact the answer stays.
  enum Stay {
    case anything
    case inside(Stretches)
    /// It could not be found out.
    case open
  }

  /// The facts of the request, in the order of the inputs, with what is known of each.
  var stays: [(fact: FactID, stay: Stay)] {
    values.keys.sorted().compactMap { fact in
      guard case .input(let path) = space[fact].role, !isMasked(path) else { return nil }
      return (fact, stay(of: fact))
    }
  }

  /// The paths of facts that are given and that nothing could be found out about.
  var unread: [String] { foreign.sorted() }

  private func isMasked(_ path: String) -> Bool {
    RequestEdit(request).value(at: path).map { $0 == .string("***") } ?? true
  }

  private func stay(of fact: FactID) -> Stay {
    guard let value = values[fact] else { return .open }
    if clouded.contains(fact) { return fixed(fact, value) }
    let frame = frame(without: [fact])
    if !asked.contains(fact) || prover.isNever(frame + [same.negated]) {
      return confirmed(fact, value, .anything)
    }
    if isListed(fact) { return listedStay(fact, value, frame) }
    guard let ends = space.domain(of: fact).ends else { return .open }
    let goal = frame + [same.negated]
    let high = edge(fact, from: value, to: ends.high, goal)
    let low = edge(fact, from: value, to: ends.low, goal)
    let set = Stretches(low.map { $0 + 1 } ?? ends.low, high.map { $0 - 1 } ?? ends.high)
    // Past each edge the machine must give another answer.
    for end in [low, high].compactMap(\.self) {
      guard let after = core([fact: end]), after != core else { return fixed(fact, value) }
    }
    return confirmed(fact, value, .inside(set))
  }

  /// Of facts whose values have names, or are few, each value that the answer stays for.
  private func listedStay(_ fact: FactID, _ value: Int128, _ frame: [Formula]) -> Stay {
    let whole = space.domain(of: fact)
    let candidates = Set(listed(fact) + [value])
    let kept = candidates.filter { one in
      one == value || prover.isNever(frame + [formulas.inside(fact, Stretches(one)), same.negated])
    }
    var set = Stretches(values: kept)
    // Texts that no policy names are all alike.
    let others = Stretches(values: candidates).complement.intersection(whole)
    if whole.count(limit: 1_000) >= 1_000,
      prover.isNever(frame + [formulas.inside(fact, others), same.negated])
    {
      set = set.union(others)
    }
    return confirmed(fact, value, .inside(set))
  }

  /// What was proved, when the machine says so at the ends; else what it says of the neighbours.
  private func confirmed(_ fact: FactID, _ value: Int128, _ stay: Stay) -> Stay {
    let set: Stretches
    switch stay {
    case .open: return .open
    case .anything: set = space.domain(of: fact)
    case .inside(let found): set = found
    }
    let isKept = samples(fact, value, set).allSatisfy { core([fact: $0]) == core }
    return isKept ? stay : fixed(fact, value)
  }

  /// The value alone, when the machine answers otherwise for each of its neighbours: a clearance or an act that was
  /// given for this value.
  private func fixed(_ fact: FactID, _ value: Int128) -> Stay {
    let whole = space.domain(of: fact)
    let others =
      isListed(fact)
      ? listed(fact).filter { $0 != value } : [value - 1, value + 1].filter(whole.contains)
    guard !others.isEmpty, !(isNamed(fact) && whole.count(limit: 1_000) >= 1_000) else {
      return .open
    }
    let changes = others.allSatisfy { other in
      core([fact: other]).map { $0 != core } ?? false
    }
    return changes ? .inside(Stretches(value)) : .open
  }

  /// Values of a set at which the machine is asked: the ends, as far as amounts go that people write, and names.
  private func samples(_ fact: FactID, _ value: Int128, _ set: Stretches) -> [Int128] {
    let greatest: Int128 = 100_000_000_000_000_000_000
    if isNamed(fact) {
      var named = Array(listed(fact).filter { set.contains($0) && $0 >= 0 }.prefix(24))
      let other = Space.otherNames + Int128(fact.index)
      if set.contains(other) { named.append(other) }
      return named
    }
    return set.parts.flatMap { part -> [Int128] in
      let isDay = space[fact].scale == .date
      let low = isDay ? part.low : max(part.low, min(value, -greatest))
      let high = isDay ? part.high : min(part.high, max(value, greatest))
      return low <= high ? [low, high] : []
    }
  }

  // MARK: Days

  /// The last day for which the answer stays; nil when there is none, or it is not known.
  var lastDay: (day: Int128?, isKnown: Bool) {
    let (asOf, today) = (reader.context.asOf, reader.context.today)
    guard let value = values[asOf], let ends = space.domain(of: asOf).ends, values[today] == value,
      !clouded.contains(asOf), !clouded.contains(today)
    else { return (nil, false) }
    // Both days pass together.
    let frame = frame(without: [asOf, today]) + [reader.equal(Linear(asOf), Linear(today))]
    let change = edge(asOf, from: value, to: ends.high, frame + [same.negated])
    var last = change.map { $0 - 1 } ?? ends.high
    if core([asOf: last]) != core {
      // A clearance runs out, or an act is overdue: once it has, it stays so.
      var (near, far) = (value, last)
      while far - near > 1 {
        let middle = near + (far - near) / 2
        if core([asOf: middle]) == core { near = middle } else { far = middle }
      }
      last = near
    } else if let change, core([asOf: change]) == core {
      return (nil, false)
    }
    return (last == ends.high ? nil : last, true)
  }
}
