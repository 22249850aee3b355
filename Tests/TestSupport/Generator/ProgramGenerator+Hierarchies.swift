/// Generated hierarchies, climbs, and what posts are held for.

extension ProgramGenerator {
  /// Decides who stands above whom.
  mutating func makeHierarchy() {
    guard random.chance(60) else { return }
    let posts = world.posts
    let last = posts[posts.count - 1]
    for (place, post) in posts.enumerated().dropLast() where random.chance(90) || place == 0 {
      world.superiors[post] = random.chance(60) ? posts[place + 1] : last
    }
    world.climbsFromPersons = random.chance(50)
  }

  /// `hierarchy ladder { … }`.
  mutating func hierarchy() -> String {
    guard !world.superiors.isEmpty else { return "" }
    counters.add("hierarchy")
    let rows = world.posts.map { [$0, world.superiors[$0] ?? "-", bound()] }
    return "hierarchy ladder "
      + self.rows("ladder", header: ["post", "superior", "up_to"], rows) + "\n"
  }

  /// An amount up to which somebody decides.
  mutating func bound() -> String {
    random.pick(["-", "-", "100 CNY", "1_000 CNY", "10_000 CNY", "50 EUR", "0 CNY"])
  }

  /// What a post is held for.
  mutating func area() -> String {
    let members = world.enumerations[0].members
    return random.pick(["-", "-", members[0], "not \(members[1])", "\(members[0]), \(members[1])"])
  }

  /// `climb …`, sometimes; its steps are noted.
  mutating func climb(_ decision: String, _ scope: GeneratedScope) -> String? {
    guard home == "main", !world.superiors.isEmpty, random.chance(90),
      let amount = path(.money, scope)
    else {
      return nil
    }
    counters.add("climb")
    let name = fresh("up")
    var start = random.pick(world.posts)
    var depth = path(above: start).count
    if let found = path(world.climbsFromPersons ? .person : .post, scope), random.chance(90) {
      counters.add(world.climbsFromPersons ? "climb from a person" : "climb from a fact")
      start = found
      depth = world.posts.map { path(above: $0).count }.max() ?? 0
    }
    let act = random.pick(["reviews", "approves", "signs", "clears"])
    var clause = "climb \(name) \"逐级\" up ladder from \(start) until authority covers \(amount)"
    let isDelegable = world.hasDelegations && random.chance(25)
    if isDelegable { clause += " or delegate" }
    clause += " \(act) else \(fresh("c")) \(text(scope))"
    if random.chance(25) { clause += " when \(condition(scope, 1))" }
    for level in 0..<depth {
      let posts = path(above: start)
      world.steps.append(
        GeneratedStep(
          decision: "\(home).\(decision)", name: "\(name)_\(level + 1)",
          post: level < posts.count ? posts[level] : random.pick(world.posts), act: act,
          criteria: 0, through: nil, isDelegable: isDelegable))
    }
    return clause
  }

  /// The posts above a post; none above a fact.
  private func path(above post: String) -> [String] {
    guard let superior = world.superiors[post] else { return [] }
    return [superior] + path(above: superior)
  }

  /// `holders for …`, sometimes.
  mutating func heldFor(_ scope: GeneratedScope) -> String? {
    guard home == "main", world.hasScope, random.chance(70) else { return nil }
    var clause = "holders"
    if let fact = path(.enumeration(0), scope), random.chance(85) { clause += " for area \(fact)" }
    if let amount = path(.money, scope), random.chance(70) { clause += " up to \(amount)" }
    guard clause != "holders" else { return nil }
    counters.add("holders for")
    return clause
  }

  /// Notes for the steps of an approval which facts it reads, and lets one of them say that they must not
  /// change.
  mutating func record(_ clauses: inout [String], _ decision: String, _ scope: GeneratedScope) {
    let parts = clauses.joined(separator: " ").split(
      separator: "\"", omittingEmptySubsequences: false)
    // What stands in texts is shown, not read.
    let read = parts.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
      .joined(separator: " ")
    let found = facts(of: read, scope)
    for index in world.steps.indices where world.steps[index].decision == "\(home).\(decision)" {
      world.steps[index].facts = found
    }
    let steps = clauses.indices.filter { clauses[$0].hasPrefix("step ") }
    let facts = read.split(separator: " need all").joined().split(separator: " need any").joined()
    guard !hides(facts), !found.isEmpty, random.chance(75),
      let step = steps.randomElement(using: &random)
    else { return }
    counters.add("step while unchanged")
    clauses[step] += "\n    while the case is unchanged"
    let name = clauses[step].split(separator: " ")[1]
    for index in world.steps.indices where world.steps[index].name == name {
      world.steps[index].isUnchanged = true
    }
  }

  /// Whether something is read that no answer writes down: a list, another decision, whether a record is
  /// there.
  func hides(_ condition: String) -> Bool {
    let words = condition.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    let isHidden = words.contains { word in
      ["any", "all", "in", "the", "count", "sum", "min", "max", "allocate"].contains(word)
        || world.defines.contains { $0.name == word }
        || world.decisions.contains { $0.name == word || $0.name == "early.\(word)" }
        || world.lists.contains { $0.path == word }
        || world.figureLists.contains { $0.path == word }
    }
    return isHidden || condition.contains(" is present") || condition.contains(" is absent")
  }
}
