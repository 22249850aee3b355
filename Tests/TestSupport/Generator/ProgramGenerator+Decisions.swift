/// Generated decisions of all six kinds; later ones may use earlier ones.

extension ProgramGenerator {
  mutating func decisionDeclarations(_ count: ClosedRange<Int>) -> String {
    var kinds = ["release", "approval", "limit", "grade", "check", "value"].shuffled(using: &random)
    let most = theme != nil && home == "main" ? max(1, count.lowerBound) : count.upperBound
    kinds = Array(kinds.prefix(random.pick(count.lowerBound...most)))
    if count.upperBound > 2, random.chance(30) { kinds.append("release") }
    // A release shows what others come to, a value what a figure is.
    if random.chance(20) { kinds.insert("value", at: 0) }
    if random.chance(6) { kinds.insert("grade", at: 0) }
    return kinds.map { decision($0) }.joined()
  }

  mutating func decision(_ kind: String) -> String {
    counters.add(kind)
    let name = fresh(String(kind.prefix(1)))
    let scope = GeneratedScope(world)
    var type: GeneratedType?
    var clauses: [String] = []
    let isFickle = kind == "value" && random.chance(40)
    if isFickle || random.chance(40) {
      counters.add("applies when")
      clauses.append("applies when \(condition(scope, 1))")
    }
    switch kind {
    case "release": clauses += release(name, scope)
    case "approval":
      clauses += approval(name, scope)
      record(&clauses, name, scope)
    case "limit": clauses += limit(scope)
    case "grade":
      type = .enumeration(2)
      clauses += grade(scope)
    case "check": clauses += check(scope)
    default:
      if random.chance(30), let (of, figure) = compoundValue(name, scope) {
        return declaration(kind, name, " of \(of)", clauses + ["gives \(figure)"])
      }
      let figure = random.pick([
        GeneratedType.money, .number, .percent, .bool, .date, .money, .number, .month, .time, .text,
      ])
      type = figure
      clauses.append("gives \(expression(figure, scope, 3))")
    }
    clauses += duties(kind, scope)
    let of = type.map { " of \(typeName($0))" } ?? ""
    let text = declaration(kind, name, of, clauses, type)
    world.decisions[world.decisions.count - 1].isFickle = isFickle
    return text
  }

  mutating func declaration(
    _ kind: String, _ name: String, _ of: String, _ clauses: [String], _ type: GeneratedType? = nil
  ) -> String {
    world.decisions.append(GeneratedDecision(name: name, kind: kind, type: type))
    return "\(kind) \(name) \"Generated \(kind)\"\(of) {\n"
      + clauses.map { "  \($0)\n" }.joined() + "}\n\n"
  }

  private mutating func release(_ name: String, _ scope: GeneratedScope) -> [String] {
    let groupable = scope.leaves.filter {
      $0.type == .enumeration(0) && $0.guardedBy == nil && !$0.path.hasPrefix("i")
    }
    if let leaf = groupable.first, random.chance(theme == .subject ? 90 : 4) {
      return grouped(name, leaf, scope)
    }
    return (random.chance(40) ? flagged(scope) : []) + reasons(name, scope)
  }

  /// Clauses that each test one of some flags, which the machine passes over together.
  private mutating func flagged(_ scope: GeneratedScope) -> [String] {
    let flags = scope.leaves.filter {
      $0.type == .bool && $0.guardedBy == nil && $0.path.contains(".")
    }
    guard flags.count > 1 else { return [] }
    counters.add("clauses of neighbouring flags")
    let wanted = random.chance(50) ? "" : "not "
    return flags.prefix(4).map { "deny \(fresh("c")) \"a flag\" when \(wanted)\($0.path)" }
  }

  private mutating func reasons(_ name: String, _ scope: GeneratedScope) -> [String] {
    (0..<random.pick(size.clauses)).map { _ in
      let code = fresh("c")
      var inner = scope
      var forEach = ""
      var item: (name: String, list: String)?
      if random.chance(35), !scope.lists.isEmpty {
        let list = list(scope)
        let name = fresh("i")
        inner = scope.item(name, list.record, world)
        forEach = " for each \(name) in \(list.path)"
        counters.add("for each")
        item = (name, list.path)
      }
      let test = random.chance(16) ? memberSet(inner) : condition(inner, size.depth)
      let when = random.chance(40) ? " when \(condition(inner, 1))" : ""
      let tails = cleared(name, code, item, inner, test + when) + notes(inner)
      let text = text(inner)
      switch random.pick(0...3) {
      case 0:
        counters.add("release: require")
        return "require \(test) else \(code) \(text)\(forEach)\(when)\(tails)"
      case 1:
        counters.add("hold")
        return "hold \(code) \(text)\(forEach) when \(test)\(tails)"
      default:
        counters.add("deny")
        return "deny \(code) \(text)\(forEach) when \(test)\(tails)"
      }
    }
  }

  /// So many clauses on one subject that the machine looks up which of them may fire.
  private mutating func grouped(
    _ name: String, _ leaf: GeneratedLeaf, _ scope: GeneratedScope
  ) -> [String] {
    counters.add("clauses of one subject")
    let members = world.enumerations[0].members
    return (0..<random.pick(8...10)).map { _ in
      let code = fresh("c")
      let word = random.pick(["deny", "hold"])
      let test = "\(leaf.path) is \(random.pick(members))"
      let condition = random.chance(60) ? "\(test) and \(condition(scope, 0))" : test
      let tails = cleared(name, code, nil, scope, condition)
      return random.chance(90)
        ? "\(word) \(code) \"one of many\" when \(condition)\(tails)"
        : "deny \(code) \"another\" when \(self.condition(scope, 1))"
    }
  }

  private mutating func cleared(
    _ decision: String, _ code: String, _ item: (name: String, list: String)?,
    _ scope: GeneratedScope, _ condition: String
  ) -> String {
    guard random.chance(theme == .clearance ? 95 : 60) else { return "" }
    let post = random.pick(world.posts)
    var clearing = GeneratedClearing(
      decision: "\(home).\(decision)", code: code, isForEach: item != nil, post: post)
    clearing.facts = facts(of: condition, scope)
    clearing.item = item
    world.clearings.append(clearing)
    counters.add("cleared by")
    var text = "\n    cleared by \(post)"
    if random.chance(40) {
      counters.add("cleared up to")
      let of = path(.money, scope) ?? "10 CNY"
      text += " up to \(random.pick([100, 1000, 50])) CNY of \(of)"
    }
    if random.chance(50) {
      counters.add("cleared for days")
      text += " for \(random.chance(70) ? "30" : leaf(.number, scope)) days"
    }
    // Only facts that an answer writes down can be bound: nothing that may hide a list or decision.
    if !hides(condition), random.chance(50) {
      counters.add("cleared while unchanged")
      text += " while the case is unchanged"
    }
    return text
  }

  /// The paths of inputs that a condition names.
  func facts(of condition: String, _ scope: GeneratedScope) -> [GeneratedLeaf] {
    let isPart: (Character) -> Bool = { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    var words = Set(condition.split { !isPart($0) }.map(String.init))
    // A field of a definition is one of each record that it may be.
    for named in world.names where words.contains(where: { $0.hasPrefix(named.name + ".") }) {
      for word in words where word.hasPrefix(named.name + ".") {
        words.formUnion(named.places.map { $0 + word.dropFirst(named.name.count) })
      }
      words.formUnion(named.condition.split { !isPart($0) }.map(String.init))
    }
    return scope.leaves.filter { leaf in
      words.contains(leaf.path) && !world.names.contains { leaf.path.hasPrefix($0.name + ".") }
    }
  }

  mutating func notes(_ scope: GeneratedScope) -> String {
    var notes = ""
    if random.chance(20) {
      counters.add("because")
      notes += "\n    because \(text(scope))"
    }
    if random.chance(20) { notes += "\n    source \"note \(random.pick(1...9))\"" }
    return notes
  }

  /// A text, often with holes.
  mutating func text(_ scope: GeneratedScope) -> String {
    var text = random.pick(["too much", "不够", "braces {{ }}", "a \\\"word\\\"", ""])
    if random.chance(60) {
      let type = random.pick([GeneratedType.money, .number, .date, .text, .enumeration(0)])
      if let path = path(type, scope) {
        counters.add("text with a hole")
        text += " {\(path)} of it"
      }
    }
    if random.chance(15), let path = path(.money, scope) { text += " {\(path) - \(path)}" }
    return "\"\(text)\""
  }

  mutating func requires(
    _ scope: GeneratedScope, _ count: ClosedRange<Int>
  ) -> [String] {
    (0..<random.pick(count)).map { _ in
      let code = fresh("c")
      var inner = scope
      var forEach = ""
      if random.chance(20), !scope.lists.isEmpty {
        let list = list(scope)
        let item = fresh("i")
        inner = scope.item(item, list.record, world)
        forEach = " for each \(item) in \(list.path)"
      }
      counters.add("require")
      let when = random.chance(30) ? " when \(condition(inner, 1))" : ""
      let start = "require \(condition(inner, size.depth))"
      return forEach.isEmpty && random.chance(50)
        ? "\(start)\(when) else \(code) \(text(inner))\(notes(inner))"
        : "\(start) else \(code) \(text(inner))\(forEach)\(when)\(notes(inner))"
    }
  }

  private mutating func check(_ scope: GeneratedScope) -> [String] {
    var clauses = requires(scope, 1...4)
    for (path, record) in [("order", 2)] where random.chance(theme == .fields ? 95 : 40) {
      let fields = world.records[record].fields.filter(\.isOptional).map(\.name)
      let scalars = fields.filter { name in
        scope.leaves.contains { $0.path == "\(path).\(name)" }
      }
      if let field = scalars.first, !clauses.contains(where: { $0.contains("require fields") }) {
        counters.add("require fields")
        let others = scalars.dropFirst().prefix(1).map { ", \($0)" }.joined()
        clauses.append("require fields \(path).{\(field)\(others)}")
      }
    }
    return clauses
  }

  private mutating func limit(_ scope: GeneratedScope) -> [String] {
    let type = random.pick([GeneratedType.money, .money, .number])
    let figure = { (depth: Int, generator: inout ProgramGenerator) in
      generator.path(type, scope).flatMap { generator.random.chance(40) ? $0 : nil }
        ?? generator.expression(type, scope, depth)
    }
    var first = type == .money ? "1_000 CNY" : "1_000"
    if random.chance(60) { first = figure(2, &self) }
    var clauses = ["start \(first)"]
    for _ in 0..<random.pick(0...3) {
      let when = random.chance(60) ? " when \(condition(scope, 1))" : ""
      counters.add("at most")
      clauses.append("at most \(figure(1, &self))\(when)\(notes(scope))")
    }
    if random.chance(30) {
      counters.add("nil when")
      clauses.append("nil when \(condition(scope, 1))")
    }
    if random.chance(70) { clauses.append("used \(figure(1, &self))") }
    if random.chance(80) { clauses.append("asked \(figure(1, &self))") }
    if random.chance(40) {
      counters.add("warn from")
      clauses.append("warn from 90%")
    }
    return clauses
  }

  private mutating func grade(_ scope: GeneratedScope) -> [String] {
    let members = world.enumerations[2].members
    var clauses: [String] = []
    for _ in 0..<random.pick(0...3) {
      counters.add("points")
      var most = ""
      if random.chance(30) {
        counters.add("points at most")
        most = " at most \(random.pick([0, 20, 60]))"
      }
      clauses.append("points \(fresh("pt")) \"a row\" = \(expression(.number, scope, 2))\(most)")
    }
    if random.chance(25) {
      // Without bands: the worst of some signs.
      for _ in 0..<random.pick(1...4) {
        counters.add("sign")
        let member = random.pick(Array(members.dropFirst()))
        clauses.append("sign \(member) when \(condition(scope, 1))\(notes(scope))")
      }
      return clauses + ["otherwise \(members[0])"]
    }
    let hasPoints = !clauses.isEmpty
    for (index, member) in members.dropLast().enumerated() {
      let band =
        hasPoints && random.chance(70)
        ? "points >= \(100 - index * 30)" : condition(scope, size.depth)
      counters.add("give")
      clauses.append("give \(member) when \(band)\(notes(scope))")
    }
    clauses.append("otherwise \(members[members.count - 1])")
    for _ in 0..<random.pick(0...2) {
      counters.add("no better than")
      clauses.append(
        "no better than \(random.pick(members)) when \(condition(scope, 1))\(notes(scope))")
    }
    return clauses
  }

  private mutating func duties(_ kind: String, _ scope: GeneratedScope) -> [String] {
    let triggers: [String]
    switch kind {
    case "release": triggers = ["on allow", "on refusal", "always"]
    case "approval": triggers = ["on approved", "on refusal", "always"]
    case "check": triggers = ["on valid", "on refusal", "always"]
    case "limit": triggers = ["on within", "on refusal", "always"]
    default: triggers = ["always"]
    }
    var clauses: [String] = []
    for _ in 0..<random.pick(0...2) {
      counters.add("duty")
      let when = random.chance(40) ? " when \(condition(scope, 1))" : ""
      var due = ""
      if random.chance(40) {
        counters.add("duty due")
        due = " due \(expression(.date, scope, 1))"
      }
      let by = random.pick(world.posts)
      clauses.append(
        "duty \(fresh("d")) \(text(scope)) by \(by)\(due) \(random.pick(triggers))\(when)\(notes(scope))"
      )
    }
    for word in ["notify", "file with"] where random.chance(20) {
      counters.add(word)
      let when = random.chance(50) ? " when \(condition(scope, 1))" : ""
      clauses.append("\(word) \(random.pick(world.posts))\(when)")
    }
    if random.chance(35) {
      counters.add("copy")
      let when = random.chance(50) ? " when \(condition(scope, 1))" : ""
      clauses.append("copy \(random.pick(world.posts)), \(random.pick(world.posts))\(when)")
    }
    return clauses
  }
}
