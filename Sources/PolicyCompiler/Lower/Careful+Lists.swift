/// The careful code of records and lists that are made on the way: blocks of slots, laid out as items are.
///
/// Every type has one layout: a record is a run of slots, wherever it stands. So what is computed lies in
/// blocks of work slots or behind the items of the request, and a *shape* (nodes of the schema that no
/// request reaches) says where its fields are.
import PolicyRuntime

extension ProgramBuilder {
  // MARK: Shapes

  /// The node of a list of items of a type.
  func shape(ofListOf item: ValueType) -> Int {
    if let known = shapes[item] { return known }
    var node = SchemaNode(form: .list)
    node.inItem = true
    node.used = true
    program.schema.add(node, name: "")
    let number = program.schema.nodes.count - 1
    shapes[item] = number
    layOutInside(number, .list(item), 0)
    return number
  }

  /// A block of work slots for a value of a type, and the node that says what stands where.
  func block(of type: ValueType) -> FactPlace {
    let list = program.schema.nodes[shape(ofListOf: type)]
    return FactPlace(
      nodes: [Int(list.firstChild)], base: temporaries(Int(list.stride)), path: "")
  }

  /// The slots of a record, from the start of its item or of the inputs.
  private func extent(of node: Int) -> Range<Int> {
    let record = program.schema.nodes[node]
    var range: Range<Int>?
    for child in Int(record.firstChild)..<Int(record.firstChild + record.childCount) {
      let field = program.schema.nodes[child]
      var own: [Range<Int>] = field.slot >= 0 ? [Int(field.slot)..<Int(field.slot) + 1] : []
      if field.form == .record { own.append(extent(of: child)) }
      for part in own where !part.isEmpty {
        range =
          range.map {
            min($0.lowerBound, part.lowerBound)..<max($0.upperBound, part.upperBound)
          } ?? part
      }
    }
    return range ?? 0..<0
  }

  /// Marks a node and all below it as read: its slots are copied as they are.
  func markWhole(_ node: Int) {
    markUsed(node)
    let form = program.schema.nodes[node].form
    guard form == .record || form == .list else { return }
    let first = Int(program.schema.nodes[node].firstChild)
    let count = form == .list ? 1 : Int(program.schema.nodes[node].childCount)
    for child in first..<first + count { markWhole(child) }
  }

  // MARK: Records

  /// Where a record, or a field of one, stands once the code before has run.
  func carefulPlace(_ expression: TypedExpression, _ scope: [Int: Binding]) -> FactPlace {
    let (expression, scope) = reduced(expression, scope)
    if let place = place(of: expression, scope) { return place }
    switch expression.kind {
    case .field(let base, let index):
      var place = carefulPlace(base, scope)
      place.nodes = place.nodes.map { Int(program.schema.nodes[$0].firstChild) + index }
      return place
    case .the: return carefulThe(expression, scope)
    case .allocate(let allocation): return carefulAllocation(allocation, expression, scope)
    default:
      let made = block(of: expression.type.unwrapped)
      switch expression.kind {
      case .record, .conditional, .decisionValue, .absent:
        carefulStore(expression, at: made, scope)
      default: break
      }
      return made
    }
  }

  /// Puts a value into a block.
  private func carefulStore(
    _ expression: TypedExpression, at place: FactPlace, _ scope: [Int: Binding]
  ) {
    guard !tooLarge, let node = place.nodes.first else { return }
    let (expression, scope) = reduced(expression, scope)
    guard case .record = expression.type.unwrapped else {
      listNodes(expression, scope).forEach(markWhole)
      return copy(careful(expression, scope), to: place.base + slotOffset(node))
    }
    let target = extent(of: node)
    let presence = Int(program.schema.nodes[node].slot)
    switch expression.kind {
    case .absent:
      for slot in Array(target) + (presence < 0 ? [] : [presence]) {
        copy(absentSlot(), to: place.base + slot)
      }
      return
    case .record(let fields):
      for (index, field) in fields.enumerated() {
        let child = Int(program.schema.nodes[node].firstChild) + index
        let at = FactPlace(nodes: [child], base: place.base, path: "")
        carefulStore(field, at: at, scope)
      }
    case .conditional(let condition, let then, let otherwise):
      carefulMerge(condition, then, otherwise, node, place, scope)
    case .decisionValue(let reference):
      careful(
        CarefulInstruction(
          .decisionRecord, a: planOf[reference] ?? 0, b: target.count,
          d: place.base + target.lowerBound, site: site(expression.range)))
    default:
      let found = carefulPlace(expression, scope)
      found.nodes.forEach(markWhole)
      guard let source = found.nodes.first else { return }
      let own = Int(program.schema.nodes[source].slot)
      if presence >= 0, own >= 0 { copy(found.base + own, to: place.base + presence) }
      let from = found.base + extent(of: source).lowerBound
      copy(from, to: place.base + target.lowerBound, count: target.count)
      if own >= 0 || presence < 0 { return }
    }
    if presence >= 0 { copy(slot(of: .bool(true)), to: place.base + presence) }
  }

  private func slotOffset(_ node: Int) -> Int { max(0, Int(program.schema.nodes[node].slot)) }

  /// Copies slots as they are, whatever they say.
  private func copy(_ from: Int, to: Int, count: Int = 1) {
    guard count > 0 else { return }
    careful(CarefulInstruction(.copyBlock, a: from, b: count, d: to, site: site))
  }

  /// A choice between two records: each field for itself.
  private func carefulMerge(
    _ condition: TypedExpression, _ then: TypedExpression, _ otherwise: TypedExpression,
    _ node: Int, _ place: FactPlace, _ scope: [Int: Binding]
  ) {
    let test = careful(condition, scope)
    let branches = [(then, true), (otherwise, false)].map { branch, isTaken in
      let made = block(of: branch.type.unwrapped)
      watching(where: test, is: isTaken) { carefulStore(branch, at: made, scope) }
      return made
    }
    func merge(_ node: Int, _ yes: Int, _ no: Int, _ to: Int) {
      let form = program.schema.nodes[node].form
      let slot = Int(program.schema.nodes[node].slot)
      if slot >= 0 {
        let kind = form == .list ? 2 : (form == .text || form == .person ? 1 : 0)
        careful(
          CarefulInstruction(
            .merge, a: test, b: yes + slot, c: kind, d: to + slot, e: no + slot, site: site))
      }
      guard form == .record else { return }
      let first = Int(program.schema.nodes[node].firstChild)
      for child in first..<first + Int(program.schema.nodes[node].childCount) {
        merge(child, yes, no, to)
      }
    }
    // The block of a field does not begin where that of its own type does.
    let made = block(of: then.type.unwrapped)
    let inner = made.nodes.first ?? node
    merge(inner, branches[0].base, branches[1].base, made.base)
    let own = extent(of: inner)
    copy(
      made.base + own.lowerBound, to: place.base + extent(of: node).lowerBound, count: own.count)
  }

  // MARK: Lists

  /// The slot of a list that is written out or made from another.
  func carefulList(_ expression: TypedExpression, _ scope: [Int: Binding]) -> Int {
    let result = temporary()
    let at = site(expression.range)
    guard case .list(let type) = expression.type.unwrapped else { return result }
    let item = block(of: type)
    let stride = Int(program.schema.nodes[shape(ofListOf: type)].stride)
    switch expression.kind {
    case .list(let items):
      careful(
        CarefulInstruction(
          .listBegin, a: -1, b: stride, d: result, e: items.count, site: at))
      for value in items {
        carefulStore(value, at: item, scope)
        careful(
          CarefulInstruction(.listAdd, a: -1, b: item.base, d: result, e: stride, site: at))
      }
    case .comprehension(let variable, let list, let element, let condition):
      let source = careful(list, scope)
      careful(CarefulInstruction(.listBegin, a: source, b: stride, d: result, site: at))
      carefulLoop(source, list, variable, scope) { inner, _ in
        let test = condition.map { self.careful($0, inner) } ?? -1
        self.watching(where: test) { self.carefulStore(element, at: item, inner) }
        self.careful(
          CarefulInstruction(.listAdd, a: test, b: item.base, d: result, e: stride, site: at))
      }
    default: break
    }
    return result
  }

  /// A loop whose body is run for each item.
  private func carefulLoop(
    _ listSlot: Int, _ list: TypedExpression, _ variable: Variable, _ scope: [Int: Binding],
    body: ([Int: Binding], Int) -> Void
  ) {
    let (loop, binding) = makeLoop(listSlot: listSlot, nodes: listNodes(list, scope))
    var inner = scope
    inner[variable.id] = binding
    let begin = careful(CarefulInstruction(.loop, a: loop, site: site))
    let first = program.careful.count
    body(inner, loop)
    careful(CarefulInstruction(.next, a: loop, e: first, site: site))
    if begin < program.careful.count {
      program.careful[begin].e = Int32(program.careful.count)
    }
  }

  /// `the x in xs where c else e`: the item in a block.
  private func carefulThe(
    _ expression: TypedExpression, _ scope: [Int: Binding]
  ) -> FactPlace {
    let found = block(of: expression.type.unwrapped)
    guard
      case .the(let variable, let list, let condition, let otherwise) = expression.kind
    else { return found }
    let at = site(expression.range)
    let state = temporaries(2)
    for part in state...state + 1 {
      careful(CarefulInstruction(.move, a: slot(ofRaw: 0), d: part, site: at))
    }
    let source = careful(list, scope)
    listNodes(list, scope).forEach(markWhole)
    var last = 0
    carefulLoop(source, list, variable, scope) { inner, loop in
      last = loop
      let test = self.careful(condition, inner)
      self.careful(
        CarefulInstruction(.choose, a: test, b: state, d: found.base, e: loop, site: at))
    }
    var other = -1
    if let otherwise {
      let made = block(of: expression.type.unwrapped)
      carefulStore(otherwise, at: made, scope)
      other = made.base
    }
    careful(
      CarefulInstruction(
        .chosen, a: source, b: state, c: last, d: found.base, e: other, site: at))
    return found
  }

  /// `allocate`: the items that take part are listed with what they take and their key, then handed out.
  private func carefulAllocation(
    _ allocation: TypedAllocation, _ expression: TypedExpression, _ scope: [Int: Binding]
  ) -> FactPlace {
    let at = site(expression.range)
    let result = block(of: expression.type.unwrapped)
    let part = block(of: .record(allocation.part))
    let key = temporary()
    let stride = Int(program.schema.nodes[shape(ofListOf: .record(allocation.part))].stride)
    let fields = Int(program.schema.nodes[part.nodes.first ?? 0].firstChild)
    let item = FactPlace(nodes: [fields], base: part.base, path: "")
    let taken = slotOffset(fields + 1)
    let amount = careful(allocation.amount, scope)
    let (list, source) = (temporary(), careful(allocation.list, scope))
    careful(CarefulInstruction(.listBegin, a: source, b: stride + 1, d: list, site: at))
    carefulLoop(source, allocation.list, allocation.variable, scope) { inner, loop in
      let test = allocation.condition.map { self.careful($0, inner) } ?? -1
      let own = TypedExpression(
        .variable(allocation.variable), allocation.variable.type, allocation.taking.range)
      self.carefulStore(own, at: item, inner)
      self.watching(where: test) {
        self.copy(self.careful(allocation.taking, inner), to: part.base + taken)
        self.copy(self.careful(allocation.key, inner), to: key)
      }
      self.careful(
        CarefulInstruction(
          .listAdd, a: test, b: part.base, d: list, e: stride + 1, site: at))
    }
    let money = allocation.amount.type.unwrapped == .money
    let byMoney = allocation.key.type.unwrapped == .money
    careful(
      CarefulInstruction(
        .allocate, a: amount, b: list, c: taken, mask: (money ? 1 : 0) | (byMoney ? 2 : 0),
        d: result.base, e: stride, site: at))
    return result
  }

  // MARK: Figures of values

  /// The answer of a value that is a record or list, whole, in work slots.
  func lowerCompound(_ expression: TypedExpression) {
    emit(Instruction(.demand, a: absentSlot()))
    let made = block(of: expression.type)
    carefulStore(expression, at: made, [:])
    if case .list = expression.type.unwrapped {
      careful(CarefulInstruction(.move, a: made.base, d: made.base, site: site))
    }
    program.plans[plan].valueSlot = made.base
    program.plans[plan].valueForm = .list
    program.plans[plan].valueNode = made.nodes.first ?? -1
  }

  /// The straight code cannot make records and lists: it gives up.
  func giveUp() -> Int {
    emit(Instruction(.demand, a: absentSlot()))
    return slot(ofRaw: 0)
  }
}
