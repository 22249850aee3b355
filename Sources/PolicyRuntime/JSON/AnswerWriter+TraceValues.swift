/// What a trace shows of values: what was read, what is lacking, and the rows of tables that were reached.

extension AnswerWriter {
  /// Rows within reach of an unknown key are shown up to this number.
  private static let shownRows = 8

  /// The member `error`.
  mutating func error(_ trap: Trap, _ program: Program) {
    put(",\"error\":{\"code\":")
    string(trap.kind.code)
    if program.sites.indices.contains(trap.site) {
      put(",\"at\":")
      string(program.sites[trap.site].place)
    }
    put("}")
  }

  /// The value of a slot, what it needs, or its error.
  mutating func result(
    _ slot: Int, _ form: SlotForm, _ program: Program, _ frame: borrowing Frame,
    _ body: Span<UInt8>, isSecret: Bool = false
  ) {
    let value = frame.slots[slot]
    if value.isError { return error(value.trap, program) }
    if value.isUnknown { return lacking(value.need, program, frame) }
    if isSecret && !value.isAbsent { return put(",\"value\":\"***\"") }
    put(",\"value\":")
    wire(slot, form, program, frame, body)
  }

  /// The member `needs`.
  mutating func lacking(_ need: Int, _ program: Program, _ frame: borrowing Frame) {
    put(",\"needs\":[")
    var first = true
    for path in frame.paths(of: need, program) {
      separate(&first)
      string(path)
    }
    put("]")
  }

  /// What was read, as far as it is known, and what the decisions that were asked may still answer.
  mutating func values(
    _ reads: TraceReads, _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    if !reads.facts.isEmpty {
      put(",\"values\":{")
      members(reads.facts, program, frame, body)
      put("}")
    }
    if reads.decisions.isEmpty { return }
    put(",\"decisions\":{")
    var first = true
    for plan in reads.decisions {
      separate(&first)
      string(program.plans[plan].name)
      put(":")
      possible(plan, program, frame)
    }
    put("}")
  }

  /// The look-ups of a stretch of code outside of loops, each with the rows it could reach.
  mutating func rows(
    _ code: Range<Int>, _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    var first = true
    var at = code.lowerBound
    while at < code.upperBound {
      let i = program.careful[at]
      at = i.operation == .loop ? max(at + 1, Int(i.e)) : at + 1
      guard i.operation == .lookup else { continue }
      put(first ? ",\"rows\":[" : ",")
      first = false
      row(of: i, program, frame, body)
    }
    if !first { put("]") }
  }

  private mutating func row(
    of i: CarefulInstruction, _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    let note = program.tableNotes[Int(i.a)]
    put("{\"table\":")
    string(note.name)
    put(",\"column\":")
    string(note.columns[Int(i.c)].name)
    let reached = reached(i, program, frame)
    // Where no row fits, the value is that behind `else`, which may be made of a secret.
    result(
      Int(i.d), note.columns[Int(i.c)].form, program, frame, body,
      isSecret: reached.isEmpty && program.schema.holdsSecrets)
    put(",\"at\":[")
    var first = true
    for row in reached {
      separate(&first)
      string("\(note.file):\(note.lines[row])")
    }
    put("]}")
  }

  /// The rows that the keys of a look-up reach.
  private func reached(
    _ i: CarefulInstruction, _ program: Program, _ frame: borrowing Frame
  ) -> [Int] {
    let table = program.tables[Int(i.a)]
    let keys = Int(i.b)..<Int(i.b) + table.keyCount
    for key in keys where frame.slots[key].isAbsent || frame.slots[key].isError { return [] }
    var rows: [Int] = []
    for row in 0..<table.rowCount where rows.count < Self.shownRows {
      let match = Machine.match(table, row, frame, at: Int(i.b))
      if match == .no || match == .error { continue }
      rows.append(row)
      if match == .sure && table.firstHit { break }
    }
    return rows
  }
}
