/// Records and lists in answers: objects and arrays, with the names of the fields.

extension AnswerWriter {
  /// A value laid out as a node says, from a first slot on.
  mutating func compound(
    _ index: Int, base: Int, _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    let node = program.schema.nodes[index]
    let slot = base + Int(node.slot)
    if node.slot >= 0, frame.slots[slot].isSpecial { return put("null") }
    switch node.form {
    case .record:
      put("{")
      var first = true
      for child in Int(node.firstChild)..<Int(node.firstChild + node.childCount) {
        separate(&first)
        string(program.schema.names[child])
        put(":")
        compound(child, base: base, program, frame, body)
      }
      put("}")
    case .list:
      let list = frame.slots[slot]
      put("[")
      var first = true
      for item in 0..<list.count {
        separate(&first)
        let at = list.first + item * Int(node.stride)
        compound(Int(node.firstChild), base: at, program, frame, body)
      }
      put("]")
    case .member:
      let members = program.schema.enumerations[Int(node.detail)].members
      let index = frame.slots[slot].index
      string(members.indices.contains(index) ? members[index].name : "")
    default: wire(slot, Self.form(node.form), program, frame, body)
    }
  }

  /// How a single value of a node is read.
  static func form(_ form: SchemaNode.Form) -> SlotForm {
    switch form {
    case .bool: .bool
    case .number: .number
    case .money: .money
    case .percent: .percent
    case .date: .date
    case .month: .month
    case .time: .time
    case .post: .post
    case .text, .person, .member: .text
    case .record, .list: .list
    }
  }
}
