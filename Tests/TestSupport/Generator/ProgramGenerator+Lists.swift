/// Generated lists and records: named, made from the lists of a request, looked for in them, handed out over them.

extension ProgramGenerator {
  /// A list of records: as a request gives it, or made from such a list.
  mutating func list(
    _ scope: GeneratedScope, made: Int = 25
  ) -> (path: String, record: Int) {
    let given = random.pick(scope.lists)
    guard random.chance(made) else { return given }
    let made = world.listValues.filter { $0.record == given.record }
    if !made.isEmpty, random.chance(85) {
      counters.add("list: decision used")
      return random.pick(made)
    }
    counters.add("list: made")
    let name = fresh("i")
    let inner = scope.item(name, given.record, world)
    let filtered = "[\(name) for \(name) in \(given.path) where \(condition(inner, 1))]"
    guard random.chance(25) else { return (filtered, given.record) }
    counters.add("list: chosen")
    return ("(if \(condition(scope, 1)) then \(given.path) else \(filtered))", given.record)
  }

  /// A name for a list: of records that are made or chosen, or of figures that are written out.
  mutating func listDefine() -> String {
    let scope = GeneratedScope(world)
    var text = ""
    if !scope.lists.isEmpty, random.chance(25) {
      counters.add("define: list")
      let name = fresh("xs")
      let (path, record) = list(scope, made: 100)
      text += "define \(name) of List of \(world.records[record].name) = \(path)\n"
      world.lists.append((name, record))
    }
    if random.chance(15) {
      counters.add("list: written")
      let name = fresh("xs")
      let type = random.pick([GeneratedType.number, .money, .date])
      let items = (0..<random.pick(1...3)).map { _ in expression(type, scope, 1) }
      text += "define \(name) of List of \(typeName(type)) = [\(items.joined(separator: ", "))]\n"
      world.figureLists.append((name, type))
    }
    return text
  }

  /// A record written out, where its type is known.
  mutating func record(_ record: Int, _ scope: GeneratedScope) -> String {
    counters.add("record: written")
    var fields: [String] = []
    for field in world.records[record].fields {
      guard case .scalar(let type) = field.content else { continue }
      var value = expression(type, scope, 1)
      if field.isOptional {
        if random.chance(40) { continue }
        let optional = scope.leaves.filter { $0.type == type && $0.guardedBy == $0.path }
        if !optional.isEmpty, random.chance(50) { value = random.pick(optional).path }
      }
      fields.append("\(field.name): \(value)")
    }
    return "{ \(fields.shuffled(using: &random).joined(separator: ", ")) }"
  }

  /// `the x in xs where c else e`; conditions are narrow, so that one item often fits.
  private mutating func the(
    _ scope: GeneratedScope
  ) -> (text: String, record: Int) {
    counters.add("the")
    let list = list(scope)
    let name = fresh("i")
    let items = scope.item(name, list.record, world)
    let own = items.leaves.filter { $0.path.hasPrefix("\(name).") && $0.guardedBy == nil }
    var test = condition(items, 1)
    if let leaf = own.first, random.chance(60) {
      test = "\(test) and \(self.test(of: leaf, items))"
    }
    let other = random.chance(60) ? " else \(record(list.record, scope))" : ""
    return ("(the \(name) in \(list.path) where \(test)\(other))", list.record)
  }

  /// A field of the one item that fits; nil when it has none of the type.
  mutating func foundField(_ type: GeneratedType, _ scope: GeneratedScope) -> String? {
    let values = world.recordValues.filter { value in
      world.records[value.record].fields.contains { field in
        guard case .scalar(type) = field.content else { return false }
        return !field.isOptional
      }
    }
    if !values.isEmpty, random.chance(75) {
      counters.add("record of a decision used")
      let value = random.pick(values)
      let fields = world.records[value.record].fields.filter { field in
        guard case .scalar(type) = field.content else { return false }
        return !field.isOptional
      }
      return "\(value.path).\(random.pick(fields).name)"
    }
    guard !scope.lists.isEmpty else { return nil }
    let found = the(scope)
    let fields = world.records[found.record].fields.filter { field in
      guard case .scalar(type) = field.content else { return false }
      return !field.isOptional
    }
    return fields.isEmpty ? nil : "\(found.text).\(random.pick(fields).name)"
  }

  /// The rest of an amount that is handed out, or what the parts come to.
  mutating func handedOut(_ type: GeneratedType, _ scope: GeneratedScope) -> String? {
    guard !scope.lists.isEmpty else { return nil }
    let form = allocation(type, scope)
    if random.chance(50) { return "\(form).rest" }
    let part = fresh("p")
    let most = random.chance(50) ? " where \(part).amount > 0" : ""
    return "sum(\(part).amount for \(part) in \(form).parts\(most))"
  }

  /// An amount or number handed out over the items of a list.
  private mutating func allocation(_ type: GeneratedType, _ scope: GeneratedScope) -> String {
    counters.add("allocate")
    let list = list(scope)
    let name = fresh("i")
    let items = scope.item(name, list.record, world)
    let filter = random.chance(30) ? " where \(condition(items, 1))" : ""
    let key = expression(random.pick([.number, .money, .date, .percent]), items, 0)
    return "(allocate \(expression(type, scope, 1)) over \(name) in \(list.path)\(filter)"
      + " taking \(expression(type, items, 1)) by \(random.chance(30) ? "1" : key))"
  }

  /// A value that is a record or list: its type and its figure.
  mutating func compoundValue(
    _ name: String, _ scope: GeneratedScope, isRecord: Bool = false
  ) -> (String, String)? {
    guard !scope.lists.isEmpty else { return nil }
    let list = list(scope)
    let item = fresh("i")
    let items = scope.item(item, list.record, world)
    let filter = random.chance(60) ? " where \(condition(items, 1))" : ""
    let type = world.records[list.record].name
    switch isRecord ? random.pick(3...4) : random.pick(0...6) {
    case 6:
      counters.add("value: parts")
      let figure = random.pick([GeneratedType.number, .money])
      let parts = allocation(figure, scope)
      let part = fresh("p")
      return (
        "List of \(typeName(figure))", "[\(part).amount for \(part) in \(parts).parts]"
      )
    case 5:
      counters.add("value: list written")
      let records = (0..<random.pick(1...2)).map { _ in record(list.record, scope) }
      world.listValues.append((name, list.record))
      return ("List of \(type)", "[\(records.joined(separator: ", "))]")
    case 0:
      counters.add("value: list of records")
      world.listValues.append((name, list.record))
      return ("List of \(type)", list.path)
    case 1:
      counters.add("value: list of records")
      let written = record(list.record, items)
      world.listValues.append((name, list.record))
      return ("List of \(type)", "[\(written) for \(item) in \(list.path)\(filter)]")
    case 2:
      counters.add("value: list of figures")
      let figure = random.pick([GeneratedType.number, .money, .date])
      return (
        "List of \(typeName(figure))",
        "[\(expression(figure, items, 2)) for \(item) in \(list.path)\(filter)]"
      )
    case 3:
      counters.add("value: record")
      let found = the(scope)
      world.recordValues.append((name, found.record))
      return (world.records[found.record].name, found.text)
    default:
      counters.add("value: record")
      let found = the(scope)
      let written = record(found.record, scope)
      let test = condition(scope, 1)
      world.recordValues.append((name, found.record))
      return (
        world.records[found.record].name,
        "if \(test) then \(written) else \(found.text)"
      )
    }
  }
}
