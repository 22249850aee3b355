/// Generated conditions.

extension ProgramGenerator {
  /// An expression of type Bool, in parentheses unless it is one word.
  mutating func condition(_ scope: GeneratedScope, _ depth: Int) -> String {
    if depth <= 0 { return comparison(scope, 0) }
    switch random.pick(0...19) {
    case 0, 1, 2:
      counters.add("and")
      return "(\(condition(scope, depth - 1)) and \(condition(scope, depth - 1)))"
    case 3, 4:
      counters.add("or")
      return "(\(condition(scope, depth - 1)) or \(condition(scope, depth - 1)))"
    case 5:
      counters.add("not")
      return "(not \(condition(scope, depth - 1)))"
    case 6:
      counters.add("implies")
      return "(\(condition(scope, depth - 1)) implies \(condition(scope, depth - 1)))"
    case 7, 8: return quantifier(scope, depth) ?? comparison(scope, depth)
    case 9, 10, 11: return optionalTest(scope) ?? comparison(scope, depth)
    case 12, 13: return decisionTest() ?? comparison(scope, depth)
    case 14: return call(.bool, scope, depth) ?? comparison(scope, depth)
    case 15: return column(.bool, scope, depth) ?? comparison(scope, depth)
    case 16: return gradeLookUp(scope, depth) ?? comparison(scope, depth)
    default: return comparison(scope, depth)
    }
  }

  /// A test of two figures, a member, a text, a flag.
  private mutating func comparison(_ scope: GeneratedScope, _ depth: Int) -> String {
    let sign = random.pick(["=", "!=", "<", "<=", ">", ">="])
    switch random.pick(0...15) {
    case 13, 14: return calendarTest(scope, depth, sign)
    case 15: return datedTest(scope, depth, sign)
    case 0: return path(.bool, scope) ?? literal(.bool)
    case 1, 2:
      return "(\(expression(.number, scope, depth)) \(sign) \(expression(.number, scope, depth)))"
    case 3, 4, 5:
      counters.add("money compared")
      if random.chance(20), let path = path(.money, scope) {
        return "(\(path) \(sign) \(literal(.money)))"
      }
      return "(\(path(.money, scope) ?? "50 CNY") \(sign) \(expression(.money, scope, depth)))"
    case 6: return "(\(leaf(.date, scope)) \(sign) \(expression(.date, scope, depth)))"
    case 7: return "(\(expression(.percent, scope, depth)) \(sign) \(leaf(.percent, scope)))"
    case 8: return memberTest(scope) ?? literal(.bool)
    case 9: return textTest(scope) ?? literal(.bool)
    case 10: return membership(scope) ?? literal(.bool)
    case 11:
      guard let post = path(.post, scope) else { return literal(.bool) }
      return "(\(post) \(random.pick(["is", "is not"])) \(random.pick(world.posts)))"
    default:
      guard let person = path(.person, scope), let other = path(.person, scope) else {
        return literal(.bool)
      }
      return "(\(person) \(random.pick(["=", "!="])) \(other))"
    }
  }

  /// A column looked up by the class that an earlier decision gives.
  private mutating func gradeLookUp(_ scope: GeneratedScope, _ depth: Int) -> String? {
    guard world.decisions.contains(where: { $0.kind == "grade" }) else { return nil }
    let table = world.tables.first { $0.keys.contains(.enumeration(2)) }
    guard let type = table?.columns.first(where: { $0 == .number || $0 == .money }),
      let column = column(type, scope, depth)
    else { return nil }
    return "(\(column) >= \(literal(type)))"
  }

  private mutating func memberTest(_ scope: GeneratedScope) -> String? {
    let index = random.pick([0, 1, 1, 2])
    guard let path = path(.enumeration(index), scope) else { return nil }
    let members = world.enumerations[index].members
    let member = random.pick(members)
    switch random.pick(0...4) {
    case 0: return "(\(path) is not \(member))"
    case 1: return "(\(path) in [\(member), \(random.pick(members))])"
    case 2 where index == 1:
      counters.add("rising compared")
      return "(\(path) \(random.pick(["<", ">=", "<=", ">"])) \(member))"
    case 2 where index == 2, 3 where index == 2:
      counters.add("best first compared")
      return "(\(path) is \(random.pick(["better than", "no worse than"])) \(member))"
    default: return "(\(path) is \(member))"
    }
  }

  /// Whether a member is one of several.
  mutating func memberSet(_ scope: GeneratedScope) -> String {
    guard let path = path(.enumeration(1), scope) else { return condition(scope, size.depth) }
    let members = world.enumerations[1].members.shuffled(using: &random).prefix(2)
    return "\(path) \(random.pick(["in", "not in"])) [\(members.joined(separator: ", "))]"
  }

  private mutating func textTest(_ scope: GeneratedScope) -> String? {
    guard let path = path(.text, scope) else { return nil }
    counters.add("text test")
    let pattern = random.pick(GeneratedPattern.all).text
    return random.pick([
      "(\(path) starts with \"SC\")", "(\(path) ends with \"01\")", "(\(path) contains \"en\")",
      "(\(path) matches \"SC{digits 4}\")", "(\(path) = \"Wenzhou\")", "(\(path) != \"温州\")",
      "(\(path) in [\"SC0001\", \"a\"])", "(\(path) matches \"\(pattern)\")",
    ])
  }

  private mutating func membership(_ scope: GeneratedScope) -> String? {
    let word = random.pick(["in", "not in"])
    if !scope.scalarLists.isEmpty, random.chance(50) {
      let list = random.pick(scope.scalarLists)
      guard let path = path(list.type, scope) else { return nil }
      counters.add("in LIST")
      return "(\(path) \(word) \(list.path))"
    }
    counters.add("in range")
    switch random.pick(0...2) {
    case 0:
      let dots = random.pick(["..", "..<"])
      return
        "(\(leaf(.number, scope)) \(word) \(random.pick(0...50))\(dots)\(random.pick(51...120)))"
    case 1:
      return "(\(leaf(.number, scope)) \(word) [\(literal(.number)), \(leaf(.number, scope))])"
    default:
      return "(\(leaf(.date, scope)) \(word) 2026-01-01..2026-11-30)"
    }
  }

  private mutating func quantifier(_ scope: GeneratedScope, _ depth: Int) -> String? {
    guard !scope.lists.isEmpty else { return nil }
    let list = list(scope)
    let name = fresh("i")
    let word = random.pick(["any", "all"])
    counters.add(word)
    let inner = scope.item(name, list.record, world)
    return "(\(word) \(name) in \(list.path) where \(condition(inner, min(depth - 1, 1))))"
  }

  /// Presence, and conditions that use a `T?` behind its guard.
  private mutating func optionalTest(_ scope: GeneratedScope) -> String? {
    let optional = scope.leaves.filter { $0.guardedBy != nil }
    guard !optional.isEmpty else { return nil }
    let leaf = random.pick(optional)
    guard let guardedBy = leaf.guardedBy else { return nil }
    if random.chance(25) { return "(\(guardedBy) is \(random.pick(["present", "absent"])))" }
    var inner = scope
    inner.leaves = [GeneratedLeaf(path: leaf.path, type: leaf.type, guardedBy: nil)]
    let test = test(of: leaf, inner)
    counters.add("guarded condition")
    return random.pick([
      "(\(guardedBy) is present and \(test))", "(\(guardedBy) is absent or \(test))",
      "(\(guardedBy) is present implies \(test))",
      "(if \(guardedBy) is present then \(test) else \(literal(.bool)))",
    ])
  }

  mutating func test(of leaf: GeneratedLeaf, _ scope: GeneratedScope) -> String {
    switch leaf.type {
    case .bool: return leaf.path
    case .number, .money, .percent, .date, .month, .time:
      return "\(leaf.path) \(random.pick(["<", ">=", "=", "!="])) \(literal(leaf.type))"
    case .text: return "\(leaf.path) \(random.pick(["=", "!="])) \"Wenzhou\""
    case .person: return "\(leaf.path) = \(leaf.path)"
    case .post: return "\(leaf.path) is \(random.pick(world.posts))"
    case .enumeration(let index):
      return "\(leaf.path) is \(random.pick(world.enumerations[index].members))"
    }
  }

  /// `D is ANSWER` of an earlier decision.
  private mutating func decisionTest() -> String? {
    guard !world.decisions.isEmpty else { return nil }
    let decision = random.pick(world.decisions)
    let answers: [String]
    switch decision.kind {
    case "release": answers = ["allow", "hold", "deny"]
    case "approval": answers = ["chain", "invalid", "approved", "refused", "open"]
    case "limit": answers = ["within", "exceeded"]
    case "check": answers = ["valid", "invalid"]
    case "grade":
      let member = random.pick(world.enumerations[2].members)
      answers = [member, "better than \(member)", "no worse than \(member)"]
    default: answers = ["not_applicable"]
    }
    let answer = random.chance(10) ? "not_applicable" : random.pick(answers)
    counters.add("decision is \(decision.kind == "grade" ? "class" : answer)")
    return "(\(decision.name) is \(random.chance(20) ? "not " : "")\(answer))"
  }
}
