/// Generated declarations: posts, types, parameters, inputs, tables and definitions.

extension ProgramGenerator {
  /// Posts and types: what a second policy may share.
  mutating func sharedDeclarations() -> String {
    world.posts = ["clerk", "finance", "manager", "director"]
    makeHierarchy()
    world.enumerations = [
      enumeration("Kind", "", ["goods", "service", "rent", "travel"]),
      enumeration("Rank", "rising ", ["junior", "senior", "chief", "head"]),
      enumeration("Class", "best first ", ["A", "B", "C", "D"]),
    ]
    var text = "posts { clerk \"职员\", finance \"财务部\", manager, director \"总经理\" }\n\n"
    for type in world.enumerations {
      let members = type.members.map { random.chance(40) ? "\($0) \"the \($0)\"" : $0 }
      text += "type \(type.name) = \(type.order)one of { \(members.joined(separator: ", ")) }\n"
    }
    return text + recordDeclarations() + "\n"
  }

  /// The parameters; a later version of the policy calls it again, for other values.
  mutating func parameterDeclarations(again: Bool = false) -> String {
    if !again {
      for type in [
        GeneratedType.number, .money, .percent, .number, .money, .bool, .date, .month, .time,
      ]
      where random.chance(size.parameters) {
        world.parameters.append((fresh("p"), type))
      }
    }
    return world.parameters.map { parameterDeclaration($0.name, $0.type) }.joined() + "\n"
  }

  private mutating func enumeration(
    _ name: String, _ order: String, _ members: [String]
  ) -> GeneratedEnumeration {
    let count = random.pick(2...members.count)
    return GeneratedEnumeration(name: name, order: order, members: Array(members.prefix(count)))
  }

  private mutating func recordDeclarations() -> String {
    let item = GeneratedRecord(name: "Item", fields: fields(2...4))
    let site = GeneratedRecord(name: "Site", fields: fields(1...3))
    var order = GeneratedRecord(name: "Order", fields: fields(size.fields))
    world.records = [item, site]
    order.fields.append(GeneratedField(name: fresh("f"), content: .list(0)))
    if random.chance(70) {
      let isOptional = random.chance(50)
      order.fields.append(
        GeneratedField(name: fresh("f"), content: .record(1), isOptional: isOptional))
    }
    if random.chance(50) {
      let type = random.pick([GeneratedType.number, .text, .date, .month, .enumeration(0), .money])
      order.fields.append(GeneratedField(name: fresh("f"), content: .scalars(type)))
    }
    if random.chance(30) {
      for _ in 0..<random.pick(2...4) {
        order.fields.append(GeneratedField(name: fresh("f"), content: .scalar(.bool)))
      }
    }
    world.records.append(order)
    return world.records.map { record in
      "\ntype \(record.name) \"\(record.name)\" {\n"
        + record.fields.map { "  " + declared($0) + "\n" }.joined() + "}\n"
    }.joined() + "\n"
  }

  private mutating func fields(_ count: ClosedRange<Int>) -> [GeneratedField] {
    (0..<random.pick(count)).map { _ in scalarField(fresh("f")) }
  }

  private mutating func scalarField(_ name: String) -> GeneratedField {
    var types: [GeneratedType] = [
      .bool, .number, .number, .money, .money, .money, .percent, .text, .date, .month, .time,
      .enumeration(0), .enumeration(1), .enumeration(2), .post, .person,
    ]
    if theme == .numbers { types += [.text, .text, .text, .text, .text] }
    if theme == .subject { types += [.enumeration(0), .enumeration(0), .enumeration(0)] }
    let type = random.pick(types)
    var field = GeneratedField(
      name: name, content: .scalar(type), isOptional: random.chance(theme == .fields ? 60 : 25))
    if random.chance(theme == .numbers ? 95 : 35) {
      switch type {
      case .number: field.rule = random.pick([.notNegative, .positive, .percentage])
      case .money: field.rule = random.pick([.notNegative, .positive])
      case .text: field.rule = .pattern(random.pick(0...GeneratedPattern.all.count - 1))
      default: break
      }
    }
    return field
  }

  /// `name Type? rule "label"`.
  private mutating func declared(_ field: GeneratedField) -> String {
    var text = "\(field.name) \(typeName(field.content))\(field.isOptional ? "?" : "")"
    switch field.rule {
    case .none: break
    case .notNegative: text += " >= 0"
    case .positive: text += " > 0"
    case .percentage: text += " in 0..100"
    case .pattern(let index):
      let pattern = GeneratedPattern.all[index]
      counters.add("pattern \(pattern.text)")
      text += " matching \"\(pattern.text)\""
    }
    switch field.content {
    case .list, .scalars:
      if random.chance(30) {
        text += " up to \(random.pick([3, 20]))"
        counters.add("field: bounded list")
      }
    default: break
    }
    if field.isOptional { counters.add("field: optional") }
    return random.chance(30) ? text + " \"字段 \(field.name)\"" : text
  }

  func typeName(_ content: GeneratedField.Content) -> String {
    switch content {
    case .scalar(let type): typeName(type)
    case .record(let index): world.records[index].name
    case .list(let index): "List of \(world.records[index].name)"
    case .scalars(let type): "List of \(typeName(type))"
    }
  }

  func typeName(_ type: GeneratedType) -> String {
    switch type {
    case .bool: "Bool"
    case .number: "Number"
    case .money: "Money"
    case .percent: "Percent"
    case .text: "Text"
    case .date: "Date"
    case .month: "Month"
    case .time: "Time"
    case .post: "Post"
    case .person: "Person"
    case .enumeration(let index): world.enumerations[index].name
    }
  }

  private mutating func parameterDeclaration(_ name: String, _ type: GeneratedType) -> String {
    let mark = random.chance(20) ? " illustrative" : ""
    if random.chance(50) {
      return "param \(name) \(typeName(type)) = \(literal(type))\(mark)\n"
    }
    counters.add("param: dated")
    // Sometimes no value is in force on the day of a request.
    let first = random.pick([
      "2020-01-01", "2020-01-01", "2020-01-01", "2026-06-01", "2026-11-20",
    ])
    let second = random.pick(["2026-12-01", "2026-11-21", "2026-11-22", "2026-12-31"])
    return "param \(name) \(typeName(type)) \"a number\"\(mark) {\n"
      + "  from \(first): \(literal(type))\n  from \(second): \(literal(type))\n}\n"
  }

  mutating func inputDeclarations() -> String {
    world.inputs = [GeneratedField(name: "order", content: .record(2))]
    for _ in 0..<random.pick(size.inputs) {
      world.inputs.append(scalarField(fresh("in")))
    }
    for _ in 0..<random.pick(0...2) {
      world.inputs.append(GeneratedField(name: fresh("in"), content: .record(1)))
    }
    return world.inputs.map { "input \(declared($0))\n" }.joined() + "\n"
  }
}

// MARK: Definitions

extension ProgramGenerator {
  mutating func defineDeclarations() -> String {
    var text = recordDefine() + listDefine()
    for _ in 0..<random.pick(size.defines) {
      var scope = GeneratedScope(world)
      let result = random.pick([GeneratedType.bool, .bool, .number, .money])
      var define = GeneratedDefine(name: fresh("def"), arguments: [], result: result)
      var arguments: [String] = []
      if random.chance(60) {
        for _ in 0..<random.pick(1...2) {
          let name = fresh("x")
          if random.chance(30) {
            define.arguments.append(.record(0))
            scope = scope.item(name, 0, world)
            arguments.append("\(name) Item")
          } else {
            let type = random.pick([GeneratedType.number, .money, .money, .enumeration(1), .date])
            define.arguments.append(.scalar(type))
            scope.leaves.append(GeneratedLeaf(path: name, type: type, guardedBy: nil))
            arguments.append("\(name) \(typeName(type))")
          }
        }
      }
      counters.add(arguments.isEmpty ? "define" : "define with arguments")
      let list = arguments.isEmpty ? "" : "(\(arguments.joined(separator: ", ")))"
      text += "define \(define.name)\(list) = \(expression(result, scope, 2))\n"
      world.defines.append(define)
    }
    return text + "\n"
  }

  /// A name for a record of the request, or for the one of two that a condition chooses.
  private mutating func recordDefine() -> String {
    let scope = GeneratedScope(world)
    let places = scope.records.filter { $0.record == 1 }
    guard !places.isEmpty, random.chance(50) else { return "" }
    counters.add("define: record")
    let name = fresh("rec")
    let first = random.pick(places).path
    var named = GeneratedName(name: name, record: 1, places: [first], condition: "")
    var figure = first
    if random.chance(60) {
      let flags = scope.leaves.filter { $0.guardedBy == nil }
      let second = random.pick(places).path
      named.condition = flags.isEmpty ? "true" : test(of: random.pick(flags), scope)
      named.places.append(second)
      figure = "if \(named.condition) then \(first) else \(second)"
    }
    world.names.append(named)
    return "define \(name) of \(world.records[1].name) = \(figure)\n"
  }
}
