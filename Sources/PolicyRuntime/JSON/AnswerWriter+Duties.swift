/// What follows from an answer: duties, copies, notices and what is filed.

extension AnswerWriter {
  mutating func duties(
    _ program: Program, _ frame: inout Frame, _ body: Span<UInt8>
  ) {
    put(",\"duties\":[")
    var first = true
    for index in frame.found.answer.entries {
      let entry = frame.found.entries[index]
      guard frame.lists(duty: entry, program) else { continue }
      separate(&first)
      duty(entry, program, &frame, body)
    }
    put("]")
  }

  private mutating func duty(
    _ entry: Entry, _ program: Program, _ frame: inout Frame, _ body: Span<UInt8>
  ) {
    let number = Int(entry.clause)
    load(program, &frame, entry)
    put("{\"code\":")
    string(program.clauses[number].code)
    text("text", program.clauses[number].template, program, &frame, body)
    text("because", program.clauses[number].because, program, &frame, body)
    let (by, due) = (program.clauses[number].by, program.clauses[number].due)
    if by >= 0 {
      put(",\"by\":")
      wire(by, .post, program, frame, body)
    }
    if due >= 0 {
      put(",\"due\":")
      wire(due, .date, program, frame, body)
    }
    put(",\"on\":")
    string(program.clauses[number].trigger)
    item(entry)
    var open = entry.state == .unknown
    for slot in [by, due] where slot >= 0 && frame.slots[slot].isUnknown { open = true }
    if open { put(",\"unknown\":true") }
    origin(program, number)
    put("}")
  }

  /// `copies` always; `notices` and `files` when there are any.
  mutating func copies(
    _ program: Program, _ frame: inout Frame, _ body: Span<UInt8>
  ) {
    for (kind, name, perhaps) in [
      ("copy", "copies", "possibleCopies"), ("notify", "notices", "possibleNotices"),
      ("file", "files", "possibleFiles"),
    ] {
      var listed: [Slot] = []
      let sure = receivers(kind, .holds, program, frame, &listed)
      let open = receivers(kind, .unknown, program, frame, &listed)
      if kind == "copy" || !sure.isEmpty { list(name, sure, program, frame, body) }
      if !open.isEmpty { list(perhaps, open, program, frame, body) }
    }
  }

  /// Who gets something, each once, in the order of the source.
  private func receivers(
    _ kind: String, _ state: Entry.State, _ program: Program, _ frame: borrowing Frame,
    _ listed: inout [Slot]
  ) -> [(slot: Int, form: SlotForm)] {
    var found: [(slot: Int, form: SlotForm)] = []
    for index in frame.found.answer.entries where frame.found.answer.outcome != .notApplicable {
      let entry = frame.found.entries[index]
      let number = Int(entry.clause)
      guard entry.state == state, program.clauses[number].role == .copy,
        program.clauses[number].form == kind
      else { continue }
      for (slot, form) in program.clauses[number].to {
        let value = frame.slots[slot]
        if value.isSpecial || listed.contains(value) { continue }
        listed.append(value)
        found.append((slot, form))
      }
    }
    return found
  }

  private mutating func list(
    _ name: String, _ receivers: [(slot: Int, form: SlotForm)], _ program: Program,
    _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    put(",\"")
    put(name)
    put("\":[")
    var first = true
    for (slot, form) in receivers {
      separate(&first)
      wire(slot, form, program, frame, body)
    }
    put("]")
  }
}
