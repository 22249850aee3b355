/// Laying out the inputs: every field of every input gets a schema node and a slot.
import PolicyRuntime

extension ProgramBuilder {
  /// Makes the nodes of all inputs of some policies, and of inputs that expressions name.
  func layOutInputs(_ policies: [Int], referenced: [Reference]) {
    let currencyOfMain = set.policies[main.policy].currency
    program.schema.currencies = ["", currencyOfMain ?? ""]
    program.schema.posts = SymbolTable(set.types.posts.map(\.name))
    var fields: [(field: RecordType.Field, policy: Int)] = []
    var seen: Set<String> = []
    for policy in policies {
      for input in set.policies[policy].inputs where seen.insert(input.field.name).inserted {
        fields.append((input.field, policy))
      }
    }
    for reference in referenced {
      let field = set.policies[reference.policy].inputs[reference.index].field
      if seen.insert(field.name).inserted { fields.append((field, reference.policy)) }
    }
    var root = SchemaNode(form: .record)
    root.used = true
    addNode(root, name: "")
    var cursor: Int?
    layOut(fields.map { ($0.field, currencyNumber(of: $0.policy)) }, of: nil, below: 0, &cursor)
    for (index, input) in fields.enumerated() {
      inputNodes[input.field.name] = Int(program.schema.nodes[0].firstChild) + index
    }
    program.inputSlots = 0..<program.blank.count
  }

  /// The number of a policy's currency; 0 when amounts must name theirs.
  private func currencyNumber(of policy: Int) -> Int {
    set.policies[policy].currency.map { Int(currency($0)) } ?? 0
  }

  private func addNode(_ node: SchemaNode, name: String) {
    program.schema.add(node, name: name)
  }

  /// The slot cursor of an item while its fields are laid out; items of lists nest.
  private func slot(for item: inout Int?) -> Int {
    if let next = item {
      item = next + 1
      return next
    }
    return temporary()
  }

  /// Adds sibling nodes for fields, those of a record or others, then what lies below each of them.
  private func layOut(
    _ fields: [(RecordType.Field, Int)], of record: Int?, below parent: Int, _ cursor: inout Int?
  ) {
    let first = program.schema.nodes.count
    program.schema.nodes[parent].firstChild = Int32(first)
    program.schema.nodes[parent].childCount = Int32(fields.count)
    for (position, (field, currency)) in fields.enumerated() {
      var node = SchemaNode(form: schemaForm(field.type))
      node.optional = field.type.isOptional
      node.isSecret = field.isSecret || program.schema.nodes[parent].isSecret
      node.inItem = cursor != nil
      node.parent = Int32(parent)
      node.constraints = Int32(program.schema.constraints.count)
      node.constraintCount = Int32(field.constraints.count)
      node.isNatural = field.constraints == [.lower(0, inclusive: true)]
      program.schema.constraints.append(contentsOf: field.constraints)
      node.detail = Int32(detail(of: field.type.unwrapped, currency: currency))
      for case .items(let bound) in field.constraints { node.detail = Int32(bound) }
      if (node.form != .record || node.optional) && isRead(record, position) {
        node.slot = Int32(slot(for: &cursor))
      }
      addNode(node, name: field.name)
      if node.isSecret { markSecret(first + position) }
    }
    for (offset, (field, currency)) in fields.enumerated() {
      layOutInside(first + offset, field.type.unwrapped, currency, &cursor)
      blankOut(first + offset)
    }
    if fields.count > 8 {
      program.schema.fieldTables[parent] = SymbolTable(fields.map(\.0.name))
    }
  }

  /// Whether anything may read a field; what nothing reads is checked and has no slot.
  private func isRead(_ record: Int?, _ position: Int) -> Bool {
    guard let record, let readFields else { return true }
    return readFields.contains(RecordField(record: record, position: position))
  }

  /// The item of a list that no request holds.
  func layOutInside(_ list: Int, _ type: ValueType, _ currency: Int) {
    var cursor: Int? = 0
    layOutInside(list, type, currency, &cursor)
  }

  /// The fields of a record, or the item of a list.
  private func layOutInside(
    _ node: Int, _ type: ValueType, _ currency: Int, _ cursor: inout Int?
  ) {
    switch type {
    case .record(let id):
      layOut(
        set.types[id].fields.map { ($0, currency) }, of: id.index, below: node, &cursor)
    case .list(let item):
      var inner: Int? = 0
      let field = RecordType.Field(name: "", label: "", type: item, constraints: [])
      layOut([(field, currency)], of: nil, below: node, &inner)
      program.schema.nodes[node].stride = Int32(max(1, inner ?? 1))
    default: break
    }
  }

  /// What a field's slot holds before it is read: absent, or unknown with a need of its own.
  private func blankOut(_ index: Int) {
    let node = program.schema.nodes[index]
    guard !node.inItem, node.slot >= 0 else { return }
    if node.optional {
      program.blank[Int(node.slot)] = .absent
    } else {
      program.blank[Int(node.slot)] = .unknown(program.needNodes.count)
      program.needNodes.append(Int32(index))
    }
  }

  private func schemaForm(_ type: ValueType) -> SchemaNode.Form {
    switch type.unwrapped {
    case .bool: .bool
    case .number: .number
    case .money: .money
    case .percent: .percent
    case .text: .text
    case .date: .date
    case .month: .month
    case .time: .time
    case .post: .post
    case .person: .person
    case .enumeration: .member
    case .record: .record
    case .list, .optional: .list
    }
  }

  private func detail(of type: ValueType, currency: Int) -> Int {
    switch type {
    case .enumeration(let id):
      let enumeration = set.types[id]
      if let known = enumerationNumbers[id.index] { return known }
      let number = program.schema.add(enumeration)
      enumerationNumbers[id.index] = number
      return number
    case .money: return currency
    default: return 0
    }
  }

  /// Marks a node as read by the decision, and the records around it.
  func markUsed(_ node: Int) {
    var at = node
    while at >= 0 && !program.schema.nodes[at].used {
      program.schema.nodes[at].used = true
      at = Int(program.schema.nodes[at].parent)
    }
  }

  /// Marks a node and all around it as holding a secret.
  private func markSecret(_ node: Int) {
    var at = node
    while at >= 0 && !program.schema.nodes[at].holdsSecret {
      program.schema.nodes[at].holdsSecret = true
      at = Int(program.schema.nodes[at].parent)
    }
  }

  /// Sets the masks of required children, now that the used fields are known.
  func finishSchema() {
    for index in program.schema.nodes.indices {
      let node = program.schema.nodes[index]
      var mask: UInt64 = 0
      if node.form == .record {
        for child in 0..<Int(node.childCount) {
          let field = program.schema.nodes[Int(node.firstChild) + child]
          guard field.used && !field.optional else { continue }
          mask = child < 64 ? mask | 1 << UInt64(child) : UInt64.max
        }
        if node.childCount > 64 && mask != 0 { mask = UInt64.max }
      }
      program.schema.required.append(mask)
      if [.text, .person].contains(node.form) && !literals.isEmpty {
        program.schema.nodes[index].interned = node.used
      }
    }
  }
}
