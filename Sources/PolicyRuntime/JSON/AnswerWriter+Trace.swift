/// The trace of an answer: every clause of the decisions that took part, with its verdict, values and rows.
///
/// A trace is made after the careful code has run: a clause without an entry does not hold. The code of a
/// `for each` clause is run again for each item that is shown, so that its values can be read.

extension AnswerWriter {
  /// Items that do not hold are shown up to this number for each clause; the rest are counted.
  private static let shownItems = 20
  /// Rows within reach of an unknown key are shown up to this number.
  private static let shownRows = 8

  /// Writes the member `trace`: the decision asked first, then those that it uses.
  mutating func trace(_ program: Program, _ frame: inout Frame, _ body: Span<UInt8>) {
    put(",\"trace\":[")
    var first = true
    for plan in program.plans.indices.reversed() {
      separate(&first)
      decision(plan, program, &frame, body)
    }
    put("]")
  }

  private mutating func decision(
    _ plan: Int, _ program: Program, _ frame: inout Frame, _ body: Span<UInt8>
  ) {
    put("{\"decision\":")
    string(program.plans[plan].name)
    put(",\"kind\":")
    string(program.plans[plan].kind.rawValue)
    put(",\"at\":")
    string(program.sites[program.plans[plan].site].place)
    possible(plan, program, frame)
    put(",\"computed\":[")
    var first = true
    for computation in program.plans[plan].computations {
      separate(&first)
      computed(computation, program, frame, body)
    }
    put("],\"clauses\":[")
    first = true
    var entries: [Int32: [Entry]] = [:]
    for entry in frame.traced(plan) { entries[entry.clause, default: []].append(entry) }
    var closed = false
    for number in program.plans[plan].clauses {
      let held = entries[Int32(truncatingIfNeeded: number)] ?? []
      if program.clauses[number].loop >= 0 {
        items(number, held, &first, program, &frame, body)
      } else {
        separate(&first)
        let hidden = closed && program.clauses[number].role == .band
        clause(number, held.first, item: -1, hidden: hidden, program, &frame, body)
        if program.clauses[number].role == .band, held.first?.state == .holds { closed = true }
      }
    }
    put("]}")
  }

  /// The outcomes that a decision may still have, and its error.
  private mutating func possible(_ plan: Int, _ program: Program, _ frame: borrowing Frame) {
    let verdict = frame.verdicts[plan]
    put(",\"possible\":[")
    var first = true
    for bit in 0..<16 {
      let outcome = Outcomes(rawValue: 1 << UInt64(bit))
      guard verdict.error == nil, verdict.possible.contains(outcome) else { continue }
      separate(&first)
      string(outcome.word)
    }
    if program.plans[plan].kind == .grade, verdict.error == nil {
      let members = program.types.enumerations[program.plans[plan].enumeration].members
      for (index, member) in members.enumerated() where verdict.possible.contains(.member(index)) {
        separate(&first)
        string(member.name)
      }
    }
    put("]")
    if let trap = verdict.error { error(trap, program) }
  }

  private mutating func error(_ trap: Trap, _ program: Program) {
    put(",\"error\":{\"code\":")
    string(trap.kind.code)
    if program.sites.indices.contains(trap.site) {
      put(",\"at\":")
      string(program.sites[trap.site].place)
    }
    put("}")
  }

  private mutating func computed(
    _ computation: Computation, _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    put("{\"what\":")
    string(computation.what.rawValue)
    if !computation.name.isEmpty {
      put(",\"name\":")
      string(computation.name)
    }
    result(computation.slot, computation.form, program, frame, body)
    put(",\"at\":")
    string(program.sites[computation.site].place)
    values(computation.reads, program, frame, body)
    rows(computation.code, program, frame, body)
    put("}")
  }

  /// The value of a slot, what it needs, or its error.
  private mutating func result(
    _ slot: Int, _ form: SlotForm, _ program: Program, _ frame: borrowing Frame,
    _ body: Span<UInt8>
  ) {
    let value = frame.slots[slot]
    if value.isError { return error(value.trap, program) }
    if value.isUnknown { return lacking(value.need, program, frame) }
    put(",\"value\":")
    wire(slot, form, program, frame, body)
  }

  private mutating func lacking(_ need: Int, _ program: Program, _ frame: borrowing Frame) {
    put(",\"needs\":[")
    var first = true
    for path in frame.paths(of: need, program) {
      separate(&first)
      string(path)
    }
    put("]")
  }

  // MARK: Clauses

  /// The items of a `for each` clause: all that hold or may hold, and some of the others.
  private mutating func items(
    _ number: Int, _ held: [Entry], _ first: inout Bool, _ program: Program, _ frame: inout Frame,
    _ body: Span<UInt8>
  ) {
    let loop = program.clauses[number].loop
    let list = frame.slots[Int(program.loops[loop].list)]
    for entry in held where entry.item < 0 {
      separate(&first)
      load(program, &frame, entry)
      clause(number, entry, item: -1, hidden: false, program, &frame, body)
    }
    guard !list.isSpecial else {
      if held.isEmpty {
        separate(&first)
        clause(number, nil, item: -1, hidden: true, program, &frame, body)
      }
      return
    }
    var byItem: [Int32: Entry] = [:]
    for entry in held where entry.item >= 0 { byItem[entry.item] = entry }
    var others = 0
    for item in 0..<list.count {
      let entry = byItem[Int32(truncatingIfNeeded: item)]
      if entry == nil {
        others += 1
        if others > Self.shownItems { continue }
      }
      separate(&first)
      Machine.load(program, &frame, loop: loop, item: item)
      Machine.runCareful(program, &frame, body: body, program.clauses[number].trace.code)
      clause(number, entry, item: item, hidden: false, program, &frame, body)
    }
    guard others > Self.shownItems || list.count == 0 else { return }
    separate(&first)
    head(number, program)
    put(",\"verdict\":\"does_not_hold\",\"items\":")
    count(max(0, others - Self.shownItems))
    put("}")
  }

  /// `deny`, `unpaid`.
  private mutating func head(_ number: Int, _ program: Program) {
    let plan = program.plans[program.clauses[number].plan]
    let role = program.clauses[number].role
    put("{\"clause\":")
    string(Self.word(role, program.clauses[number].form))
    if role == .band || role == .gradeCap {
      put(",\"grade\":")
      let members = program.types.enumerations[plan.enumeration].members
      string(members[program.clauses[number].member].name)
    } else if !program.clauses[number].code.isEmpty {
      put(",\"code\":")
      string(program.clauses[number].code)
    }
  }

  private mutating func clause(
    _ number: Int, _ entry: Entry?, item: Int, hidden: Bool, _ program: Program,
    _ frame: inout Frame, _ body: Span<UInt8>
  ) {
    let role = program.clauses[number].role
    let applies = frame.applies[program.clauses[number].plan]
    head(number, program)
    if item >= 0 {
      put(",\"item\":")
      count(item + 1)
    }
    if role != .points {
      put(",\"verdict\":")
      string(applies.isFalse ? "not_applicable" : hidden ? "not_reached" : Self.word(entry))
    }
    if role == .cap || role == .points {
      let form = role == .points ? .number : program.plans[program.clauses[number].plan].valueForm
      result(program.clauses[number].value, form, program, frame, body)
    }
    if role == .duty || role == .copy, let entry {
      let isMain = program.clauses[number].plan == program.plans.count - 1
      let counts = role == .copy ? entry.state == .holds : frame.lists(duty: entry, program)
      let listed = isMain && counts && frame.answer.outcome != .notApplicable
      put(listed ? ",\"listed\":true" : ",\"listed\":false")
    }
    if let entry { outcome(of: entry, program, frame, body) }
    if entry?.state == .holds || entry?.state == .lifted, role != .copy {
      text("text", program.clauses[number].template, program, &frame, body)
    }
    if program.clauses[number].trace.condition >= 0 {
      put(",\"condition\":")
      string(program.sites[program.clauses[number].trace.condition].text)
    }
    origin(program, number)
    values(program.clauses[number].trace.reads, program, frame, body)
    rows(program.clauses[number].trace.code, program, frame, body)
    put("}")
  }

  /// What an entry lacks, what its error is, and which clearance lifted it.
  private mutating func outcome(
    of entry: Entry, _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    switch entry.state {
    case .holds: break
    case .unknown: lacking(Int(entry.payload), program, frame)
    case .error: error(Trap(packed: entry.payload), program)
    case .lifted:
      put(",\"clearance\":")
      clearance(Int(entry.payload), program, frame, body)
      put("}")
    }
  }

  private static func word(_ entry: Entry?) -> String {
    switch entry?.state {
    case nil: "does_not_hold"
    case .holds: "holds"
    case .unknown: "unknown"
    case .error: "error"
    case .lifted: "lifted"
    }
  }

  private static func word(_ role: ClausePlan.Role, _ form: String) -> String {
    switch role {
    case .deny: "deny"
    case .hold: "hold"
    case .problem: "require"
    case .step: "step"
    case .cap: form
    case .band: "give"
    case .gradeCap: form.isEmpty ? "no_better_than" : form
    case .duty: "duty"
    case .copy: form
    case .points: "points"
    }
  }

  // MARK: Values and rows

  /// What was read, as far as it is known.
  private mutating func values(
    _ reads: [FactPlan], _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    if reads.isEmpty { return }
    put(",\"values\":{")
    var first = true
    for fact in reads {
      let value = frame.slots[fact.slot]
      if value.isUnknown || value.isError { continue }
      separate(&first)
      string(fact.path)
      put(":")
      wire(fact.slot, fact.form, program, frame, body)
    }
    put("}")
  }

  /// The look-ups of a stretch of code outside of loops, each with the rows it could reach.
  private mutating func rows(
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
    result(Int(i.d), note.columns[Int(i.c)].form, program, frame, body)
    put(",\"at\":[")
    var first = true
    for row in reached(i, program, frame) {
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

extension Frame {
  /// The entries of a plan before anything was taken out for the answer.
  fileprivate func traced(_ plan: Int) -> [Entry] {
    if !removed.isEmpty, plan == ranges.count - 1 { return removed }
    return ranges[plan].map { entries[$0] }
  }
}
