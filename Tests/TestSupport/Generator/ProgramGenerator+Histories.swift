/// Generated histories: acts as they should be, some with a refusal, many with one thing that does not fit.
import PolicyRuntime

extension ProgramGenerator {
  /// A history of the program's approvals; nil when the request brings none.
  mutating func history(_ inputs: [String: RequestValue]) -> [ReferenceAct]? {
    guard !world.steps.isEmpty, random.chance(75) else { return nil }
    counters.add("request: history")
    var acts: [ReferenceAct] = []
    for decision in approvals {
      var requester = "wang"
      if let path = world.requesters[decision], case .text(let person)? = self[path, inputs] {
        requester = person
      }
      var own = process(decision, requester, inputs)
      if random.chance(55), !own.isEmpty { spoil(&own, requester, decision) }
      acts += own
    }
    return acts
  }

  /// The acts of one approval, in order.
  private mutating func process(
    _ decision: String, _ requester: String, _ inputs: [String: RequestValue]
  ) -> [ReferenceAct] {
    let steps = world.steps.filter { $0.decision == decision }
    let skipsConditional = random.chance(50)
    var people = ["zhao", "qian", "sun", "zhou", "wu", "li", "张三"].shuffled(using: &random)
    var acts: [ReferenceAct] = []
    var number = random.pick(1...8)
    var rounds = 1
    while rounds > 0 {
      rounds -= 1
      if random.chance(75) { acts.append(submission(decision, requester, day(number))) }
      for step in steps where random.chance(95) && !(skipsConditional && step.isConditional) {
        number = min(number + random.pick(0...2), 24)
        if people.isEmpty { people = ["zhao", "qian", "sun", "zhou", "wu"] }
        var act = act(step, people.removeFirst(), day(number), inputs)
        guard step.canRefuse, random.chance(12) else {
          acts.append(act)
          continue
        }
        act.result = ActResult.refuses.rawValue
        acts.append(act)
        if let through = step.through {
          act.result = ActResult.handsOn.rawValue
          act.post = through
          act.criteria = nil
          acts.append(act)
        }
        if random.chance(60), acts.count < 12 { rounds = 1 }
        break
      }
    }
    return acts
  }

  private func day(_ number: Int) -> Day {
    Day(text: "2026-11-\(number < 10 ? "0" : "")\(number)".utf8) ?? .first
  }

  private func submission(
    _ decision: String, _ person: String, _ day: Day
  ) -> ReferenceAct {
    ReferenceAct(
      decision: decision, step: "requester", person: person, post: nil,
      result: ActResult.submits.rawValue, on: day)
  }

  /// The act of a step as it should be.
  private mutating func act(
    _ step: GeneratedStep, _ person: String, _ day: Day, _ inputs: [String: RequestValue]
  ) -> ReferenceAct {
    var act = ReferenceAct(
      decision: step.decision, step: step.name, person: person, post: step.post,
      result: step.canRefuse ? ActResult.passes.rawValue : step.act, on: day)
    if step.isDelegable, random.chance(50) {
      act.isDelegate = true
      if let row = world.delegations.first(where: { $0.post == step.post }) {
        act.person = row.person
      }
    }
    if random.chance(step.isUnchanged ? 60 : 15) {
      counters.add("request: facts of acts")
      act.facts = recorded(step.facts, inputs)
    }
    if step.criteria > 0, random.chance(40) { act.criteria = [1, 2] }
    return act
  }

  /// Puts one thing into a history that does not fit; most kinds of violation have a way of their own.
  private mutating func spoil(
    _ acts: inout [ReferenceAct], _ requester: String, _ decision: String
  ) {
    let place = random.pick(0...acts.count - 1)
    let steps = acts.indices.filter { acts[$0].step != "requester" }
    guard let step = steps.randomElement(using: &random) else {
      acts.append(acts[place])
      return
    }
    // What only some approvals know comes more often there.
    var ways = [0, 2, 3, 4, 7, 8, 9, 10, 11, 13, 14, 15]
    if random.chance(40) { ways += [1, 5, 6, 12, 16, 17] }
    if world.requesters[decision] != nil {
      ways += Array(repeating: 11, count: 10) + Array(repeating: 13, count: 14)
    }
    if world.distinct.contains(decision) { ways += Array(repeating: 14, count: 40) }
    let hasEnd = world.steps.contains { $0.decision == decision && $0.ends }
    if hasEnd { ways += Array(repeating: 2, count: 12) }
    if criterion(in: acts) != nil {
      ways += Array(repeating: 3, count: 8) + Array(repeating: 4, count: 6)
    }
    ways += [18, 18, 18]
    let unchanged = acts.indices.filter { acts[$0].facts != nil }
    if !unchanged.isEmpty { ways += Array(repeating: 19, count: 12) }
    switch random.pick(ways) {
    case 0: acts.insert(acts[place], at: place)
    case 1: acts.append(acts[place])
    case 2: end(&acts)
    case 3: acts[criterion(in: acts) ?? step].criteria = random.pick([[1], []])
    case 4: acts[criterion(in: acts) ?? step].criteria = random.pick([[1, 2, 3], [2, 9]])
    case 5: acts[place].on = day(1)
    case 6: for index in acts[place...].indices { acts[index].on = day(random.pick(25...28)) }
    case 7: acts[place].result = random.pick(ActResult.allCases).rawValue
    case 8: acts[acts.count - 1].on = Day(text: "2027-01-05".utf8) ?? .last
    case 9: acts[step].isDelegate = true
    case 10: acts[step].person = "nobody"
    case 11:
      guard let first = acts.firstIndex(where: { $0.step == "requester" }) else { break }
      acts[first].person = "nobody"
    case 12:
      let other = random.pick(0...acts.count - 1)
      acts.swapAt(place, other)
      (acts[place].on, acts[other].on) = (acts[other].on, acts[place].on)
    case 13: for index in steps { acts[index].person = requester }
    case 14: for index in steps { acts[index].person = "zhao" }
    case 15: acts[step].step = "nowhere"
    case 16: acts[step].post = random.pick(world.posts)
    case 18: acts[step].result = ActResult.submits.rawValue
    case 19: for index in unchanged { acts[index].facts = nil }
    default: acts.remove(at: place)
    }
  }

  /// An act of a step that has criteria.
  private func criterion(in acts: [ReferenceAct]) -> Int? {
    acts.firstIndex { act in world.steps.contains { $0.name == act.step && $0.criteria > 0 } }
  }

  /// Lets a step that can end the case refuse, and others act after it.
  private mutating func end(_ acts: inout [ReferenceAct]) {
    let last = acts.firstIndex { act in world.steps.contains { $0.name == act.step && $0.ends } }
    guard let last else { return }
    acts[last].result = ActResult.refuses.rawValue
    if random.chance(70) { acts.append(acts[random.pick(0...acts.count - 1)]) }
  }
}
