/// What would turn an answer to a yes: the least change of each fact, what is not known yet, clearances, approvals.
internal import PolicyEngine

/// Looks for changes that give the outcome that was hoped for, and runs each.
struct TurnSearch {
  let asked: ExplainedRequest
  let goal: Formula
  private let wish: String

  private var formulas: Formulas { asked.formulas }
  private var space: Space { asked.space }
  private var prover: Prover { asked.prover }

  /// The yes of each kind of decision.
  static let wishes = [
    "release": "allow", "check": "valid", "limit": "within", "approval": "chain",
  ]

  /// Nil when the answer is a yes already, or its kind has none.
  init?(_ asked: ExplainedRequest) {
    guard let wish = Self.wishes[asked.model.kind], asked.answer["outcome"]?.word != wish else {
      return nil
    }
    self.asked = asked
    self.wish = wish
    goal = asked.model.when(wish)
  }

  /// A turn and how great its change is.
  private struct Ranked {
    let rank: Int128
    let turn: Explanation.Turn
  }

  /// Changes of one fact, the least first; then approvals and clearances; then what only helps together.
  var turns: [Explanation.Turn] {
    var changes: [Ranked] = []
    for index in space.facts.indices {
      changes += turns(of: FactID(index: index))
    }
    changes += waiting
    var result = changes.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }.map(\.element.turn)
    if !result.contains(where: { $0.changes[0].way == .cleared }), let all = together(clearable) {
      result.append(all)
    }
    return result.isEmpty ? together : result
  }

  private func turns(of fact: FactID) -> [Ranked] {
    switch space[fact].role {
    case .input(let path):
      if let value = asked.values[fact] { return moves(fact, path, from: value) }
      return becomingKnown(fact, path)
    case .cleared, .approved:
      guard asked.values[fact] != 1 else { return [] }
      let rank: Int128 = if case .approved = space[fact].role { 4_000_000 } else { 5_000_000 }
      return single(fact).map { [Ranked(rank: rank, turn: $0)] } ?? []
    default: return []
    }
  }

  private func single(_ fact: FactID) -> Explanation.Turn? {
    let frame = asked.frame(without: [fact]) + [formulas.inside(fact, Stretches(1))]
    return prover.isNever(frame + [goal]) ? nil : turn([fact: 1], [change(fact, Stretches(1))])
  }

  // MARK: Facts that are known

  private func moves(
    _ fact: FactID, _ path: String, from value: Int128
  ) -> [Ranked] {
    let frame = asked.frame(without: [fact])
    let whole = space.domain(of: fact)
    guard let ends = whole.ends, !prover.isNever(frame + [goal]) else { return [] }
    if asked.isListed(fact) {
      let names = asked.listed(fact).filter { $0 != value }
      return grouped(fact, names, frame).map { Ranked(rank: 3_000_000, turn: $0) }
    }
    return [ends.high, ends.low].compactMap { end -> Ranked? in
      guard let target = asked.edge(fact, from: value, to: end, frame + [goal]) else { return nil }
      let set = reach(fact, from: target, to: end, frame)
      let made = change(fact, set, from: value, to: target)
      let size = Fraction(abs(target - value) * 1_000, over: max(abs(value), 1))?.floor ?? 0
      return turn([fact: target], [made]).map {
        Ranked(rank: 1_000 + min(size, 2_000_000), turn: $0)
      }
    }
  }

  /// The values behind a target, away from the present one, for which the wish stays.
  private func reach(
    _ fact: FactID, from target: Int128, to end: Int128, _ frame: [Formula]
  ) -> Stretches {
    let stop = asked.edge(fact, from: target, to: end, frame + [goal.negated])
    let isUp = end > target
    let last = stop.map { isUp ? $0 - 1 : $0 + 1 } ?? end
    return Stretches(min(target, last), max(target, last))
  }

  /// Names that give the same answer are one change.
  private func grouped(
    _ fact: FactID, _ names: [Int128], _ frame: [Formula]
  ) -> [Explanation.Turn] {
    var groups: [(result: AnswerChange, values: [Int128], request: JSONTree)] = []
    for name in names {
      guard !prover.isNever(frame + [formulas.inside(fact, Stretches(name)), goal]),
        let turn = turn([fact: name], [])
      else { continue }
      if let index = groups.firstIndex(where: { $0.result == turn.result }) {
        groups[index].values.append(name)
      } else {
        groups.append((turn.result, [name], turn.request))
      }
    }
    return groups.map { group in
      Explanation.Turn(
        changes: [change(fact, Stretches(values: group.values))], result: group.result,
        request: group.request)
    }
  }

  // MARK: Facts that are not known

  /// A fact that is missing becomes known, or one that was left out is given.
  private func becomingKnown(
    _ fact: FactID, _ path: String
  ) -> [Ranked] {
    guard let flag = flag(of: path) else { return [] }
    let frame = asked.frame(without: [fact, flag]) + [formulas.inside(flag, Stretches(0))]
    let whole = space.domain(of: fact)
    guard let ends = whole.ends, !prover.isNever(frame + [goal]) else { return [] }
    let way = way(of: path)
    if asked.isListed(fact) {
      let fits = asked.listed(fact).filter { name in
        prover.isNever(frame + [formulas.inside(fact, Stretches(name)), goal.negated])
      }
      guard let first = fits.first else { return [] }
      var made = change(fact, Stretches(values: fits))
      made.way = way
      return turn([fact: first], [made]).map { [Ranked(rank: 0, turn: $0)] } ?? []
    }
    guard let least = asked.edge(fact, from: ends.low - 1, to: ends.high, frame + [goal]) else {
      return []
    }
    let set = reach(fact, from: least, to: ends.high, frame)
    var made = change(fact, set)
    made.way = way
    // Whatever it is, the nearest to nothing is tried.
    let tried = set.contains(0) ? max(0, least) : least
    return turn([fact: tried], [made]).map { [Ranked(rank: 0, turn: $0)] } ?? []
  }

  /// That a fact is missing or left out, where it is.
  private func flag(of path: String) -> FactID? {
    [space.existing(.unknown(path)), space.existing(.absent(path))].compactMap(\.self).first {
      asked.values[$0] == 1
    }
  }

  /// How such a fact comes: it is found out, or filled in.
  private func way(of path: String) -> Explanation.Change.Way {
    guard let flag = flag(of: path), case .absent = space[flag].role else { return .known }
    return .given
  }

  // MARK: Days

  /// The first day from which the answer is a yes of itself.
  private var waiting: [Ranked] {
    let (asOf, today) = (asked.reader.context.asOf, asked.reader.context.today)
    guard let value = asked.values[asOf], asked.values[today] == value,
      let ends = space.domain(of: asOf).ends
    else { return [] }
    let frame =
      asked.frame(without: [asOf, today]) + [asked.reader.equal(Linear(asOf), Linear(today))]
    guard let day = asked.edge(asOf, from: value, to: ends.high, frame + [goal]) else { return [] }
    var made = change(asOf, reach(asOf, from: day, to: ends.high, frame))
    made.way = .later
    return turn([asOf: day], [made]).map { [Ranked(rank: 3_500_000, turn: $0)] } ?? []
  }

  // MARK: Several together

  private var clearable: [FactID] {
    space.facts.indices.map(FactID.init).filter { fact in
      if case .cleared = space[fact].role { asked.values[fact] == 0 } else { false }
    }
  }

  /// The fewest changes that help where none does alone: of facts that are missing, else of all facts and approvals.
  private var together: [Explanation.Turn] {
    var missing: [FactID] = []
    var others: [FactID] = []
    for fact in space.facts.indices.map(FactID.init) {
      switch space[fact].role {
      case .input(let path):
        if asked.values[fact] != nil {
          others.append(fact)
        } else if flag(of: path) != nil {
          missing.append(fact)
        }
      case .approved: if asked.values[fact] == 0 { others.append(fact) }
      default: break
      }
    }
    let found =
      together(missing) ?? together(missing + others) ?? together(missing + others + clearable)
    return found.map { [$0] } ?? []
  }

  /// Of these facts, those that must change together, with the values nearest to the present ones.
  private func together(_ movable: [FactID]) -> Explanation.Turn? {
    var moving = Set(movable)
    var frame = self.frame(moving)
    if moving.isEmpty || prover.isNever(frame + [goal]) { return nil }
    for fact in movable.sorted() {
      let fewer = moving.subtracting([fact])
      let stricter = self.frame(fewer)
      if !prover.isNever(stricter + [goal]) { (moving, frame) = (fewer, stricter) }
    }
    guard moving.count <= 8 else { return nil }
    var chosen: [FactID: Int128] = [:]
    var changes: [Explanation.Change] = []
    for fact in moving.sorted() {
      guard let target = nearest(fact, frame) else { return nil }
      chosen[fact] = target
      frame.append(formulas.inside(fact, Stretches(target)))
      var made = change(fact, Stretches(target), from: asked.values[fact], to: target)
      if asked.values[fact] == nil, case .input(let path) = space[fact].role {
        made.way = way(of: path)
      }
      changes.append(made)
    }
    return turn(chosen, changes)
  }

  /// Everything as it is but some facts, which are known.
  private func frame(_ moving: Set<FactID>) -> [Formula] {
    var free = moving
    var known: [Formula] = []
    for fact in moving {
      if case .input(let path) = space[fact].role, let flag = flag(of: path) {
        free.insert(flag)
        known.append(formulas.inside(flag, Stretches(0)))
      }
    }
    return asked.frame(without: free) + known
  }

  private func nearest(_ fact: FactID, _ frame: [Formula]) -> Int128? {
    let whole = space.domain(of: fact)
    guard let ends = whole.ends else { return nil }
    if asked.isListed(fact) {
      return asked.listed(fact).first { one in
        !prover.isNever(frame + [formulas.inside(fact, Stretches(one)), goal])
      }
    }
    guard let value = asked.values[fact] else {
      return asked.edge(fact, from: ends.low - 1, to: ends.high, frame + [goal])
    }
    let targets = [ends.high, ends.low].compactMap {
      asked.edge(fact, from: value, to: $0, frame + [goal])
    }
    return targets.min { abs($0 - value) < abs($1 - value) }
  }

  // MARK: Running

  /// A change that the machine confirms.
  private func turn(
    _ facts: [FactID: Int128], _ changes: [Explanation.Change]
  ) -> Explanation.Turn? {
    guard let moved = asked.moved(facts) else { return nil }
    let after = asked.runner.answer(asked.decision, moved)
    guard after["outcome"]?.word == wish else { return nil }
    let made = changes.map { change in
      guard change.by == nil, let clearing = Self.clearance(change.fact, in: moved) else {
        return change
      }
      var change = change
      change.by = clearing
      return change
    }
    return .init(
      changes: made, result: AnswerChange(from: asked.answer, to: after), request: moved)
  }

  /// Who gives the clearance of a name in a request.
  private static func clearance(_ name: String, in request: JSONTree) -> String? {
    (request["clearances"]?.items ?? []).first {
      "\($0["decision"]?.word ?? "").\($0["code"]?.word ?? "")" == name
    }?["by"]?.word
  }

  private func change(
    _ fact: FactID, _ set: Stretches, from value: Int128? = nil, to target: Int128? = nil
  ) -> Explanation.Change {
    var change = Explanation.Change(
      fact: asked.words.name(of: fact), label: space[fact].label, way: .becomes,
      region: asked.words.words(fact, set))
    switch space[fact].role {
    case .cleared: change.way = .cleared
    case .approved: change.way = .approved
    default: break
    }
    if let value, let target, !asked.isListed(fact) {
      let scale = space[fact].scale
      let difference = abs(target - value)
      change.way = target > value ? .more : .less
      switch scale {
      case .number, .money, .percent: change.difference = asked.words.value(difference, scale)
      case .date, .month, .time: change.difference = "\(difference)"
      case .truth, .names: break
      }
      if scale == .date { change.way = target > value ? .daysLater : .daysEarlier }
      if scale == .month || scale == .time { change.way = .becomes }
    }
    return change
  }
}
