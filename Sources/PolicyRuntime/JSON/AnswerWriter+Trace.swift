/// The trace of an answer: every clause of the decisions that took part, with its verdict, values and rows.
///
/// A trace is made after the careful code has run: a clause without an entry does not hold. The code of a
/// `for each` clause is run again for each item that is shown, so that its values can be read.
internal import PolicySource

extension AnswerWriter {
  /// Items that do not hold are shown up to this number for each clause; the rest are counted.
  private static let shownItems = 20

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
    put(",\"possible\":")
    possible(plan, program, frame)
    if let trap = frame.verdicts[plan].error { error(trap, program) }
    put(",\"computed\":[")
    var first = true
    for computation in program.computations[plan] {
      separate(&first)
      computed(computation, program, frame, body)
    }
    put("],\"clauses\":[")
    clauses(plan, program, &frame, body)
    put("]")
    acts(plan, program, frame, body)
    put("}")
  }

  /// The outcomes that a decision may still have; none of one that ended in an error.
  mutating func possible(_ plan: Int, _ program: Program, _ frame: borrowing Frame) {
    let verdict = frame.verdicts[plan]
    put("[")
    var first = true
    for bit in 0..<16 where verdict.error == nil {
      let outcome = Outcomes(rawValue: 1 << UInt64(bit))
      guard verdict.possible.contains(outcome) else { continue }
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
    let isSecret = computation.isSecret
    result(computation.slot, computation.form, program, frame, body, isSecret: isSecret)
    put(",\"at\":")
    string(program.sites[computation.site].place)
    values(computation.reads, program, frame, body)
    rows(computation.code, program, frame, body)
    put("}")
  }

  // MARK: Clauses

  /// Every clause of a decision, in the order of the file.
  private mutating func clauses(
    _ plan: Int, _ program: Program, _ frame: inout Frame, _ body: Span<UInt8>
  ) {
    var entries: [Int32: [Entry]] = [:]
    for entry in frame.traced(plan) { entries[entry.clause, default: []].append(entry) }
    let numbers = program.plans[plan].clauses.sorted { a, b in
      let (x, y) = (program.sites[program.clauses[a].site], program.sites[program.clauses[b].site])
      return (x.range.lower, a) < (y.range.lower, b)
    }
    var view = TraceView(plan, program, frame)
    var first = true
    for number in numbers {
      let held = entries[Int32(truncatingIfNeeded: number)] ?? []
      if program.clauses[number].loop >= 0, !view.isInapplicable {
        items(number, held, view, &first, program, &frame, body)
        continue
      }
      separate(&first)
      clause(number, held.first, item: -1, view, program, &frame, body)
      guard program.clauses[number].role == .band else { continue }
      if held.first?.state == .holds { view.isGraded = true }
      if held.first?.state == .unknown || held.first?.state == .error { view.isOpen = true }
    }
    guard program.plans[plan].kind == .grade else { return }
    separate(&first)
    otherwise(program.plans[plan], view, program)
  }

  /// The class that is given when no other is.
  private mutating func otherwise(_ plan: Plan, _ view: TraceView, _ program: Program) {
    put("{\"clause\":\"otherwise\",\"grade\":")
    string(program.types.enumerations[plan.enumeration].members[plan.otherwise].name)
    put(",\"verdict\":")
    if view.isInapplicable {
      string("not_applicable")
    } else {
      string(view.isGraded ? "not_reached" : view.isOpen ? "unknown" : "holds")
    }
    put("}")
  }

  /// The items of a `for each` clause: all that hold or may hold, and some of the others.
  private mutating func items(
    _ number: Int, _ held: [Entry], _ view: TraceView, _ first: inout Bool, _ program: Program,
    _ frame: inout Frame, _ body: Span<UInt8>
  ) {
    let loop = program.clauses[number].loop
    let list = frame.slots[Int(program.loops[loop].list)]
    for entry in held where entry.item < 0 {
      separate(&first)
      load(program, &frame, entry)
      clause(number, entry, item: -1, view, program, &frame, body)
    }
    guard !list.isSpecial else { return }
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
      Machine.runCareful(program, &frame, body: body, program.traces[number].code)
      clause(number, entry, item: item, view, program, &frame, body)
    }
    guard others > Self.shownItems || list.count == 0 else { return }
    separate(&first)
    head(number, program)
    put(",\"verdict\":")
    string(program.traces[number].requirement >= 0 ? "met" : "does_not_hold")
    put(",\"items\":")
    count(max(0, others - Self.shownItems))
    place(number, program)
    put("}")
  }

  private mutating func clause(
    _ number: Int, _ entry: Entry?, item: Int, _ view: TraceView, _ program: Program,
    _ frame: inout Frame, _ body: Span<UInt8>
  ) {
    let role = program.clauses[number].role
    head(number, program)
    if item >= 0 {
      put(",\"item\":")
      count(item + 1)
    }
    if role != .points || view.isInapplicable {
      put(",\"verdict\":")
      string(view.verdict(number, entry, program, frame))
    }
    guard !view.isInapplicable else {
      place(number, program)
      return put("}")
    }
    let isShown = entry.map { $0.state != .lifted } ?? false
    if role == .points || (role == .cap && isShown) {
      let form = role == .points ? .number : program.plans[view.plan].valueForm
      result(program.clauses[number].value, form, program, frame, body)
    }
    if view.binding == number { put(",\"binds\":true") }
    switch role {
    case .step: step(number, entry, program, frame, body)
    case .duty, .copy: consequence(number, entry, view, program, frame, body)
    default: break
    }
    if let entry { outcome(of: entry, program, frame, body) }
    refusals(number, item, program, frame, body)
    if entry?.state == .holds || entry?.state == .lifted, role != .copy {
      text("text", program.clauses[number].template, program, &frame, body)
    }
    place(number, program)
    values(program.traces[number].reads, program, frame, body)
    rows(program.traces[number].code, program, frame, body)
    put("}")
  }
}

/// What the clauses of one decision have in common while they are written.
struct TraceView {
  let plan: Int
  /// Whether the decision does not apply: then its clauses say nothing.
  let isInapplicable: Bool
  /// The cap that sets the limit, or that lowered the class; -1 none.
  let binding: Int
  /// Whether a class has been given.
  var isGraded = false
  /// Whether a class before may have been given.
  var isOpen = false

  init(_ plan: Int, _ program: Program, _ frame: borrowing Frame) {
    self.plan = plan
    isInapplicable = frame.applies[plan].isFalse
    binding = Self.binding(plan, program, frame)
  }

  /// The word for what came of a clause.
  func verdict(
    _ number: Int, _ entry: Entry?, _ program: Program, _ frame: borrowing Frame
  ) -> String {
    let clause = program.clauses[number]
    if isInapplicable { return "not_applicable" }
    if isGraded && clause.role == .band { return "not_reached" }
    let isRequired = program.traces[number].requirement >= 0 || clause.role == .problem
    switch entry?.state {
    case nil where isRequired:
      let when = program.traces[number].when
      return when >= 0 && frame.slots[when].isFalse ? "not_needed" : "met"
    case nil: return "does_not_hold"
    case .holds: return isRequired ? "not_met" : "holds"
    case .unknown: return "unknown"
    case .error: return "error"
    case .lifted: return clause.role == .step ? "skipped" : "lifted"
    }
  }

  /// The least cap of a limit that is decided, or the cap of a grade that made its class what it is.
  private static func binding(
    _ plan: Int, _ program: Program, _ frame: borrowing Frame
  ) -> Int {
    let verdict = frame.verdicts[plan]
    guard verdict.error == nil else { return -1 }
    var found = -1
    var band = program.plans[plan].otherwise
    var isGraded = false
    for index in frame.ranges[plan] where frame.found.entries[index].state == .holds {
      let number = Int(frame.found.entries[index].clause)
      switch program.clauses[number].role {
      case .cap where verdict.possible == .within || verdict.possible == .exceeded:
        let (held, value) = (
          found < 0 ? Slot.absent : frame.slots[program.clauses[found].value],
          frame.slots[program.clauses[number].value]
        )
        if !value.isSpecial, found < 0 || value.bits < held.bits { found = number }
      case .band where !isGraded:
        isGraded = true
        band = program.clauses[number].member
      case .gradeCap where verdict.possible.memberCount == 1:
        let member = program.clauses[number].member
        let isReached = member == verdict.possible.firstMember && member > band
        if isReached, found < 0 { found = number }
      default: break
      }
    }
    return found
  }
}

extension Frame {
  /// The entries of a plan before anything was taken out for the answer.
  fileprivate func traced(_ plan: Int) -> [Entry] {
    if !notes.removed.isEmpty, plan == ranges.count - 1 { return notes.removed }
    return ranges[plan].map { found.entries[$0] }
  }
}
