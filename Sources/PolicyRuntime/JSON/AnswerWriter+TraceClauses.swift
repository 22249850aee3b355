/// What a trace says of one clause: its head and place, whose step it is, what follows, what lifted it.

extension AnswerWriter {
  /// `deny`, `unpaid`.
  mutating func head(_ number: Int, _ program: Program) {
    let clause = program.clauses[number]
    put("{\"clause\":")
    string(program.traces[number].requirement >= 0 ? "require" : Self.word(clause))
    if clause.role == .band || clause.role == .gradeCap {
      put(",\"grade\":")
      let enumeration = program.plans[clause.plan].enumeration
      string(program.types.enumerations[enumeration].members[clause.member].name)
    } else if !clause.code.isEmpty {
      put(",\"code\":")
      string(clause.code)
    }
  }

  private static func word(_ clause: ClausePlan) -> String {
    switch clause.role {
    case .deny: "deny"
    case .hold: "hold"
    case .problem: "require"
    case .step: "step"
    case .cap: clause.form
    case .band: "give"
    case .gradeCap: clause.form.isEmpty ? "no_better_than" : clause.form
    case .duty: "duty"
    case .copy: clause.form
    case .points: "points"
    }
  }

  /// What the clause asks, as it is written, and where it stands.
  mutating func place(_ number: Int, _ program: Program) {
    let trace = program.traces[number]
    if trace.requirement >= 0 {
      put(",\"requires\":")
      string(program.sites[trace.requirement].text)
    }
    if trace.condition >= 0 {
      put(",\"condition\":")
      string(program.sites[trace.condition].text)
    }
    origin(program, number)
  }

  /// What an entry lacks, what its error is, and which clearance lifted it.
  mutating func outcome(
    of entry: Entry, _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    switch entry.state {
    case .holds: break
    case .unknown: lacking(Int(entry.payload), program, frame)
    case .error: error(Trap(packed: entry.payload), program)
    case .lifted where program.clauses[Int(entry.clause)].role == .step: break
    case .lifted:
      put(",\"clearance\":")
      clearance(Int(entry.payload), program, frame, body)
      put("}")
    }
  }

  /// The clearances that name a clause and did not lift it.
  mutating func refusals(
    _ number: Int, _ item: Int, _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    var seen: Set<Int> = []
    for refused in frame.refused {
      let clearance = frame.clearances[refused.clearance]
      guard clearance.names(clause: number), clearance.item < 0 || Int(clearance.item) == item,
        seen.insert(refused.clearance).inserted
      else { continue }
      put(seen.count == 1 ? ",\"refusedClearances\":[" : ",")
      refusal(refused, program, frame, body)
    }
    if !seen.isEmpty { put("]") }
  }

  // MARK: What follows

  /// Who gets it, and whether it became part of the answer.
  mutating func consequence(
    _ number: Int, _ entry: Entry?, _ view: TraceView, _ program: Program,
    _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    let clause = program.clauses[number]
    if clause.role == .duty {
      put(",\"by\":")
      wire(clause.by, .post, program, frame, body)
      put(",\"on\":")
      string(clause.trigger)
    } else {
      put(",\"to\":[")
      var first = true
      for (slot, form) in clause.to {
        separate(&first)
        wire(slot, form, program, frame, body)
      }
      put("]")
    }
    guard let entry else { return }
    let counts = clause.role == .copy ? entry.state == .holds : frame.lists(duty: entry, program)
    let isListed =
      view.plan == program.plans.count - 1 && counts && frame.answer.error == nil
      && frame.answer.outcome != .notApplicable
    put(isListed ? ",\"listed\":true" : ",\"listed\":false")
  }

  // MARK: Steps and acts

  /// Whose step it is, beside which others, by when, and the act that stands.
  mutating func step(
    _ number: Int, _ entry: Entry?, _ program: Program, _ frame: borrowing Frame,
    _ body: Span<UInt8>
  ) {
    let clause = program.clauses[number]
    put(",\"by\":")
    wire(clause.by, .post, program, frame, body)
    put(",\"act\":")
    string(clause.act)
    if clause.group >= 0 {
      let need = program.plans[clause.plan].groups[clause.group]
      put(",\"together\":")
      count(clause.group + 1)
      put(",\"need\":")
      string(need < 0 ? "all" : String(need))
    }
    deadline(number, program, frame, body)
    let state = frame.notes.states.first { $0.plan == clause.plan }?.state
    guard let given = state?.given.first(where: { $0.step == number }) else { return }
    put(",\"given\":{")
    act(given.act, program, frame, body)
    put("}")
  }

  /// How far the history has taken an approval, and what came of each of its acts.
  mutating func acts(
    _ plan: Int, _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    guard program.plans[plan].kind == .approval, frame.history.given else { return }
    let state = frame.notes.states.first { $0.plan == plan }?.state
    if let state {
      put(",\"status\":")
      string(state.status.word)
    }
    put(",\"acts\":[")
    var first = true
    for number in frame.history.acts.indices where Int(frame.history.acts[number].plan) == plan {
      separate(&first)
      put("{")
      act(number, program, frame, body)
      let violation = state?.violations.first { $0.act == number }
      put(",\"verdict\":")
      string(Self.verdict(of: number, frame.history.acts[number], violation, state))
      if let violation {
        put(",\"violation\":")
        string(violation.code.rawValue)
        put(",\"text\":")
        string(say(HistoryMessages.words(violation.code)))
      }
      put("}")
    }
    put("]")
  }

  /// What came of an act.
  private static func verdict(
    of number: Int, _ act: Act, _ violation: Violation?, _ state: HistoryState?
  ) -> String {
    guard let state else { return "not_weighed" }
    if violation != nil { return "violation" }
    switch act.result {
    case .refuses, .submits, .handsOn: return "counts"
    default: return state.given.contains { $0.act == number } ? "stands" : "lapsed"
    }
  }
}
