/// Reasons, problems and clearances in answers: what a release or check found, and what lifted it.

extension AnswerWriter {
  mutating func release(_ program: Program, _ frame: inout Frame, _ body: Span<UInt8>) {
    if frame.clearances.isEmpty {
      listReasons(program, &frame, body)
      return put(program.pieces.notCleared, program)
    }
    reasons(program, &frame, body)
    put(",\"cleared\":[")
    var first = true
    for index in frame.found.answer.entries where frame.found.entries[index].state == .lifted {
      let entry = frame.found.entries[index]
      separate(&first)
      clearance(Int(entry.payload), program, frame, body)
      put("}")
    }
    put("]")
    let own = program.plans[program.plans.count - 1].clauses
    first = true
    for refused in frame.refused {
      guard own.contains(Int(frame.clearances[refused.clearance].clause)) else { continue }
      put(first ? ",\"refusedClearances\":[" : ",")
      first = false
      refusal(refused, program, frame, body)
    }
    if !first { put("]") }
  }

  /// A clearance that did not lift its clause, and why.
  mutating func refusal(
    _ refused: RefusedClearance, _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    clearance(refused.clearance, program, frame, body)
    put(",\"reason\":\"")
    put(refused.reason.rawValue)
    put("\"")
    if refused.change >= 0 { change(refused.change, program, frame, body) }
    put("}")
  }

  /// A clearance without its closing brace.
  mutating func clearance(
    _ number: Int, _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    let clearance = frame.clearances[number]
    put("{\"code\":")
    string(clearance.clause >= 0 ? program.clauses[Int(clearance.clause)].code : "")
    if clearance.item >= 0 {
      put(",\"item\":")
      count(Int(clearance.item) + 1)
    }
    if clearance.by >= 0, Int(clearance.by) < program.types.posts.count {
      put(",\"by\":")
      string(program.types.posts[Int(clearance.by)].name)
    }
    if !clearance.person.isAbsent {
      put(",\"person\":\"")
      bytes(clearance.person, program, frame, body)
      put("\"")
    }
    put(",\"on\":\"")
    clearance.on.write(to: &out)
    put("\"")
  }

  /// The fact that has changed since a clearance was given.
  private mutating func change(
    _ number: Int, _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    let change = frame.changes[number]
    put(",\"fact\":\"")
    if change.fact >= 0 {
      let clause = Int(frame.clearances[change.clearance].clause)
      escape(program.clauses[clause].facts[change.fact].path)
    } else {
      bytes(frame.clearedFacts[change.recorded].path, program, frame, body)
    }
    put("\"")
  }

  /// All reasons or problems, in order of the source, then of the items; their list is begun.
  mutating func reasons(_ program: Program, _ frame: inout Frame, _ body: Span<UInt8>) {
    listReasons(program, &frame, body)
    out.append(0x5D)
  }

  private mutating func listReasons(
    _ program: Program, _ frame: inout Frame, _ body: Span<UInt8>
  ) {
    var first = true
    for index in frame.found.answer.entries {
      let entry = frame.found.entries[index]
      guard entry.state == .holds || entry.state == .unknown else { continue }
      switch program.clauses[Int(entry.clause)].role {
      case .deny, .hold: break
      // A problem that is not known is no problem yet: its facts stand among the needs.
      case .problem where entry.state == .holds: break
      default: continue
      }
      separate(&first)
      reason(entry, program, &frame, body)
    }
  }

  private mutating func reason(
    _ entry: Entry, _ program: Program, _ frame: inout Frame, _ body: Span<UInt8>
  ) {
    let number = Int(entry.clause)
    load(program, &frame, entry)
    // An unknown clause holds the release, whatever it would do if it were true.
    let isOpen = entry.state == .unknown
    let pieces = program.pieces.clauses[number]
    put(isOpen ? pieces.whileUnknown : pieces.opening, program)
    item(entry)
    text("text", program.clauses[number].template, program, &frame, body)
    text("because", program.clauses[number].because, program, &frame, body)
    origin(program, number)
    facts(program.clauses[number].facts, program, frame, body)
    clearable(entry, program, &frame, body)
    out.append(0x7D)
  }

  /// The `applies when` clauses that are false: why the decision has nothing to say.
  mutating func scopes(_ program: Program, _ frame: inout Frame, _ body: Span<UInt8>) {
    var first = true
    for scope in program.plans[program.plans.count - 1].scopes {
      if let (slot, code) = scope.test {
        Machine.runCareful(program, &frame, body: body, code)
        guard frame.slots[slot].isFalse else { continue }
      }
      put(first ? ",\"notApplicable\":[{\"condition\":" : ",{\"condition\":")
      first = false
      string(program.sites[scope.condition].text)
      text("because", scope.because, program, &frame, body)
      origin(scope.site, scope.document, scope.documentClause, program)
      facts(scope.facts, program, frame, body)
      put("}")
    }
    if !first { put("]") }
  }

  /// The number of the item, from 1.
  mutating func item(_ entry: Entry) {
    guard entry.item >= 0 else { return }
    put(",\"item\":")
    count(Int(entry.item) + 1)
  }

  /// Where a clause stands, in the policy and in its source.
  mutating func origin(_ program: Program, _ number: Int) {
    guard explains else { return }
    put(program.pieces.clauses[number].origin, program)
  }

  /// The facts that something reads, as the request gave them; those not known stand among the needs.
  mutating func facts(
    _ facts: [FactPlan], _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    guard explains, !facts.isEmpty else { return }
    put(",\"facts\":{")
    members(facts, program, frame, body)
    put("}")
  }

  /// The facts that are known, as members of an object that is open.
  mutating func members(
    _ facts: [FactPlan], _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    var first = true
    for fact in facts {
      let value = frame.slots[fact.slot]
      if value.isUnknown || value.isError { continue }
      separate(&first)
      string(fact.path)
      put(":")
      if fact.isSecret && !value.isAbsent {
        put("\"***\"")
        continue
      }
      wire(fact.slot, fact.form, program, frame, body)
    }
  }

  /// Who may clear it, and for how many days: computed here, for the item of the entry.
  private mutating func clearable(
    _ entry: Entry, _ program: Program, _ frame: inout Frame, _ body: Span<UInt8>
  ) {
    let template = program.clauses[Int(entry.clause)].clearable
    guard template >= 0 else { return }
    put(",\"clearable\":{\"by\":")
    for part in program.templates[template].parts {
      guard case .hole(let slot, let form, let code) = part else { continue }
      if !code.isEmpty { Machine.runCareful(program, &frame, body: body, code) }
      if form == .post {
        wire(slot, form, program, frame, body)
      } else {
        put(",\"days\":")
        let days = frame.slots[slot]
        if days.isSpecial { put("null") } else { days.decimal.write(to: &out) }
      }
    }
    if program.clauses[Int(entry.clause)].whileUnchanged { put(",\"whileUnchanged\":true") }
    put("}")
  }
}
