/// Generated approvals with every clause they have, and histories that fit them, nearly or not at all.
import PolicyRuntime

extension ProgramGenerator {
  mutating func approval(_ name: String, _ scope: GeneratedScope) -> [String] {
    var clauses: [String] = []
    let persons = scope.leaves.filter { $0.type == .person && $0.guardedBy == nil }
    if !persons.isEmpty, random.chance(40) {
      counters.add("requested by")
      clauses.append("requested by \(random.pick(persons).path)")
      if random.chance(20) {
        counters.add("may act on own request")
        clauses.append("may act on own request")
      }
    }
    clauses += requires(scope, 0...1)
    var earlier: [String] = []
    for _ in 0..<random.pick(1...3) {
      if random.chance(30) {
        counters.add("together")
        let siblings = (0..<random.pick(2...3)).map { _ in step(name, scope, earlier) }
        earlier += siblings.map(\.name)
        let need = random.pick(["", " need all", " need any", " need 2"])
        let steps = siblings.map(\.text).joined(separator: "\n    ")
        clauses.append("together {\n    \(steps)\n  }\(need)")
      } else {
        let step = step(name, scope, earlier)
        earlier.append(step.name)
        clauses.append(step.text)
      }
    }
    if let climb = climb(name, scope) { clauses.append(climb) }
    if let held = heldFor(scope) { clauses.append(held) }
    switch random.pick(0...5) {
    case 0:
      counters.add("distinct approvers")
      clauses.append("distinct approvers")
    case 1:
      counters.add("skip repeats")
      clauses.append("skip repeats")
    default: break
    }
    if random.chance(20) {
      counters.add("may intervene")
      clauses.append("may intervene \(path(.post, scope) ?? random.pick(world.posts))")
    }
    return clauses
  }

  private mutating func step(
    _ decision: String, _ scope: GeneratedScope, _ earlier: [String]
  ) -> (name: String, text: String) {
    let name = fresh("s")
    let act = random.pick([
      "opines", "files", "claims", "signs", "first_reviews", "reviews", "rechecks", "approves",
      "clears", "approves", "reviews",
    ])
    let (by, post) = actor(scope)
    var made = GeneratedStep(
      decision: decision, name: name, post: post, act: act, criteria: 0, through: nil)
    var clause = "step \(name)\(random.chance(50) ? " \"第一步\"" : "") by \(by)"
    if world.hasDelegations, random.chance(35) {
      counters.add("or delegate")
      made.isDelegable = true
      clause += " or delegate"
      if let amount = path(.money, scope), random.chance(50) { clause += " for \(amount)" }
    }
    clause += " \(act)"
    if random.chance(50) {
      clause += " \"it is real\", \"it is needed\""
      made.criteria = 2
    }
    if random.chance(35) { clause += " when \(condition(scope, 2))" }
    clause += notes(scope)
    let canRefuse = !["opines", "files", "claims", "signs"].contains(act)
    var target: String?
    switch canRefuse ? random.pick(0...4) : 4 {
    case 0: target = "requester"
    case 1:
      counters.add("on refusal ends")
      clause += "\n    on refusal ends"
    case 2, 3: target = earlier.isEmpty ? "requester" : random.pick(earlier)
    default: break
    }
    if let target {
      counters.add(target == "requester" ? "on refusal to requester" : "on refusal to a step")
      clause += "\n    on refusal to \(target)"
      if random.chance(40) {
        counters.add("refusal through")
        let post = random.pick(world.posts)
        clause += " through \(post)"
        made.through = post
      }
    }
    clause += deadline(act, scope)
    world.steps.append(made)
    return (name, clause)
  }

  /// An expression for the post of a step, and the post that it is, or may be.
  private mutating func actor(_ scope: GeneratedScope) -> (String, String) {
    if random.chance(20) {
      counters.add("step by if")
      let post = random.pick(world.posts)
      return ("(if \(condition(scope, 1)) then \(post) else \(random.pick(world.posts)))", post)
    }
    if random.chance(10), let column = column(.post, scope, 1) {
      counters.add("step by table")
      return (column, random.pick(world.posts))
    }
    let post = random.pick(world.posts)
    if random.chance(15), let path = path(.post, scope) { return (path, post) }
    return (post, post)
  }

  private mutating func deadline(_ act: String, _ scope: GeneratedScope) -> String {
    guard act != "files", random.chance(30) else { return "" }
    if random.chance(30) {
      counters.add("due")
      let day = random.chance(30) ? expression(.date, scope, 1) : "2026-11-\(random.pick(10...24))"
      return "\n    due \(day)"
    }
    counters.add("within days")
    let days = random.chance(85) ? String(random.pick(0...6)) : leaf(.number, scope)
    let isBusiness = random.chance(35)
    if isBusiness { counters.add("within business days") }
    let unit = isBusiness ? random.pick(["business days", "business days of cn"]) : "days"
    let escalate = random.chance(50) ? " else escalate to \(random.pick(world.posts))" : ""
    if !escalate.isEmpty { counters.add("else escalate to") }
    return "\n    within \(days) \(unit)\(escalate)"
  }

  // MARK: Registers

  /// `holders` and `delegations`, sometimes.
  mutating func registers() -> String {
    var text = ""
    let people = ["zhao", "qian", "sun", "zhou", "wu", "wang"]
    if random.chance(25) || world.hasScope || world.climbsFromPersons {
      counters.add("holders")
      let columns = world.hasScope ? " (area Kind, up_to Money)" : ""
      text += "holders\(columns) {\n  person | post | from | until"
      text += world.hasScope ? " | area | up_to\n" : "\n"
      for (place, person) in (people + ["li", "张三"]).enumerated() {
        let own = world.posts[place % world.posts.count]
        for post in world.posts
        where world.climbsFromPersons ? post == own : random.chance(85) {
          let from = random.pick(["-", "-", "2026-11-03"])
          text += "  \"\(person)\" | \(post) | \(from) | \(random.pick(["-", "2026-11-20"]))"
          text += world.hasScope ? " | \(area()) | \(bound())\n" : "\n"
        }
      }
      text += "}\n\n"
    }
    guard world.hasDelegations else { return text }
    counters.add("delegations")
    text += "delegations {\n  post | person | from | until | up_to | decision\n"
    var decisions = Set(world.steps.map(\.decision)).sorted().map { "\"main.\($0)\"" }
    decisions += ["-", "-"]
    for post in world.posts {
      let person = random.pick(people)
      world.delegations.append((post, person))
      let from = random.pick(["-", "2026-11-02"])
      let until = random.pick(["-", "2026-11-15", "2026-12-31"])
      text +=
        "  \(post) | \"\(person)\" | \(from) | \(until) | \(bound()) | \(random.pick(decisions))\n"
    }
    return text + "}\n\n"
  }

  // MARK: Histories

  /// A history of the program's approvals; nil when the request brings none.
  mutating func history(_ inputs: [String: RequestValue]) -> [ReferenceAct]? {
    guard random.chance(65) else { return nil }
    counters.add("request: history")
    var acts: [ReferenceAct] = []
    var number = random.pick(1...8)
    func day() -> Day { Day(text: "2026-11-\(number < 10 ? "0" : "")\(number)".utf8) ?? .first }
    var decisions: [String] = []
    for step in world.steps where !decisions.contains(step.decision) {
      decisions.append(step.decision)
    }
    for decision in decisions {
      for _ in 0..<random.pick(1...2) {
        if random.chance(60) {
          acts.append(act(decision, nil, "submits", day()))
        }
        for step in world.steps where step.decision == decision && random.chance(90) {
          number = min(number + random.pick(0...2), 26)
          acts += self.acts(step, day(), inputs)
        }
      }
    }
    if random.chance(5), acts.count > 1 { acts.swapAt(0, 1) }
    return acts
  }

  /// The act of a step, mostly as it should be; a refusal often with its handing on.
  private mutating func acts(
    _ step: GeneratedStep, _ day: Day, _ inputs: [String: RequestValue]
  ) -> [ReferenceAct] {
    let canRefuse = !["opines", "files", "claims", "signs"].contains(step.act)
    var result = canRefuse ? (random.chance(85) ? "passes" : "refuses") : step.act
    if random.chance(2) { result = random.pick(ActResult.allCases).rawValue }
    var acts = [act(step.decision, step, result, day)]
    if step.isDelegable, random.chance(50) || random.chance(1) {
      acts[0].isDelegate = true
      if let row = world.delegations.first(where: { $0.post == step.post }), random.chance(85) {
        acts[0].person = row.person
      }
    }
    if random.chance(25) {
      counters.add("request: facts of acts")
      acts[0].facts = recordedFacts(step.facts, inputs)
    }
    if random.chance(4) { acts[0].post = random.pick(world.posts) }
    if random.chance(1) { acts[0].step = "nowhere" }
    if step.criteria > 0, random.chance(40) {
      acts[0].criteria = random.chance(70) ? [1, 2] : random.pick([[1], [], [1, 2, 3], [2, 2]])
    }
    if result == "refuses", let through = step.through, random.chance(85) {
      acts.append(act(step.decision, step, "hands_on", day))
      acts[1].post = through
    }
    if result == "refuses", random.chance(60) {
      acts.append(act(step.decision, nil, "submits", day))
    }
    return acts
  }

  private mutating func act(
    _ decision: String, _ step: GeneratedStep?, _ result: String, _ day: Day
  ) -> ReferenceAct {
    let people = ["zhao", "qian", "sun", "zhou", "wu", "wang", "li", "张三"]
    return ReferenceAct(
      decision: "main.\(decision)", step: step?.name ?? "requester",
      person: step == nil ? random.pick(["wang", "li", "张三"]) : random.pick(people),
      post: step?.post, result: result, on: day)
  }
}
