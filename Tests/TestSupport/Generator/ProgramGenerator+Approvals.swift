/// Generated approvals with every clause they have, and the registers that say who acts.

extension ProgramGenerator {
  mutating func approval(_ name: String, _ scope: GeneratedScope) -> [String] {
    var clauses: [String] = []
    let persons = scope.leaves.filter { $0.type == .person && $0.guardedBy == nil }
    if !persons.isEmpty, random.chance(65) {
      counters.add("requested by")
      let path = random.pick(persons).path
      world.requesters["\(home).\(name)"] = path
      clauses.append("requested by \(path)")
      if random.chance(25) {
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
    switch random.pick(0...3) {
    case 0:
      counters.add("distinct approvers")
      world.distinct.insert("\(home).\(name)")
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
      decision: "\(home).\(decision)", name: name, post: post, act: act, criteria: 0,
      through: nil)
    var clause = "step \(name)\(random.chance(50) ? " \"第一步\"" : "") by \(by)"
    if world.hasDelegations, random.chance(35) {
      counters.add("or delegate")
      made.isDelegable = true
      clause += " or delegate"
      if let amount = path(.money, scope), random.chance(80) {
        counters.add("delegate for an amount")
        clause += " for \(amount)"
        // What a delegate may decide at most: requests come close to it.
        world.constants += ["100", "1000", "100", "1000"]
      }
    }
    clause += " \(act)"
    if random.chance(50) {
      clause += " \"it is real\", \"it is needed\""
      made.criteria = 2
    }
    if random.chance(30) {
      made.isConditional = true
      clause += " when \(condition(scope, size.depth))"
    }
    clause += notes(scope)
    let canRefuse = !["opines", "files", "claims", "signs"].contains(act)
    var target: String?
    switch canRefuse ? random.pick(0...5) : 4 {
    case 0: target = "requester"
    case 1, 5:
      counters.add("on refusal ends")
      made.ends = true
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
    if random.chance(50), let column = column(.post, scope, 1) {
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
    let unit = isBusiness ? "business days\(calendarName())" : "days"
    let escalate = random.chance(50) ? " else escalate to \(random.pick(world.posts))" : ""
    if !escalate.isEmpty { counters.add("else escalate to") }
    return "\n    within \(days) \(unit)\(escalate)"
  }

  // MARK: Registers

  /// `holders` and `delegations`, sometimes.
  mutating func registers() -> String {
    var text = ""
    let people = ["zhao", "qian", "sun", "zhou", "wu", "wang"]
    if !world.steps.isEmpty, random.chance(25) || world.hasScope || world.climbsFromPersons {
      counters.add("holders")
      var rows: [[String]] = []
      for (place, person) in (people + ["li", "张三"]).enumerated() {
        let own = world.posts[place % world.posts.count]
        for post in world.posts
        where world.climbsFromPersons ? post == own : random.chance(85) {
          let from = random.pick(["-", "-", "2026-11-03"])
          rows.append(["\"\(person)\"", post, from, random.pick(["-", "2026-11-20"])])
          if world.hasScope { rows[rows.count - 1] += [area(), bound()] }
        }
      }
      let header = ["person", "post", "from", "until"] + (world.hasScope ? ["area", "up_to"] : [])
      let columns = world.hasScope ? "(area Kind, up_to Money) " : ""
      text += "holders \(columns)" + self.rows("holders", header: header, rows) + "\n"
    }
    guard world.hasDelegations, !world.steps.isEmpty else { return text }
    counters.add("delegations")
    var rows: [[String]] = []
    var decisions = approvals.map { "\"\($0)\"" }
    decisions += ["-", "-"]
    for post in world.posts {
      let person = random.pick(people)
      world.delegations.append((post, person))
      let from = random.pick(["-", "2026-11-02"])
      let until = random.pick(["-", "2026-11-15", "2026-12-31"])
      rows.append([post, "\"\(person)\"", from, until, bound(), random.pick(decisions)])
    }
    let header = ["post", "person", "from", "until", "up_to", "decision"]
    return text + "delegations " + self.rows("delegations", header: header, rows) + "\n"
  }

  /// The approvals that have steps, in order.
  var approvals: [String] {
    var names: [String] = []
    for step in world.steps where !names.contains(step.decision) { names.append(step.decision) }
    return names
  }
}
