/// What traces show: the values that a clause reads, where its code is, and the rows of its tables.
import PolicyRuntime
import PolicySource

extension ProgramBuilder {
  /// What one clause may show: more would hide what matters.
  private static let mostReads = 24

  /// Remembers the code of a clause's condition and what it reads.
  func trace(
    _ number: Int, code start: Int, _ condition: TypedExpression?, _ scope: [Int: Binding] = [:]
  ) {
    program.traces[number].code = start..<program.careful.count
    guard let condition else { return }
    if case .constant = condition.kind { return }
    program.traces[number].condition = site(condition.range)
    program.traces[number].reads.add(reads(of: condition, scope))
  }

  /// Remembers what a `require` asks for; `verdict` is the last result of the code of its condition.
  func trace(_ number: Int, requirement: (of: SourceRange, when: SourceRange?)) {
    program.traces[number].requirement = site(requirement.of)
    program.traces[number].condition = requirement.when.map { site($0) } ?? -1
    // `W and not C`: the `and` comes last, and its left side says whether it counts.
    guard requirement.when != nil, let last = program.careful.last, last.operation == .and else {
      return
    }
    program.traces[number].when = Int(last.a)
  }

  /// Adds an amount, post or day to what the clause reads.
  func trace(_ number: Int, value: TypedExpression, code start: Int) {
    let end = max(program.traces[number].code.upperBound, program.careful.count)
    program.traces[number].code = start..<end
    program.traces[number].reads.add(reads(of: value, [:]))
  }

  /// Lowers a value of the plan that a trace shows by itself.
  func traced(
    _ what: Computation.What, _ name: String = "", _ expression: TypedExpression,
    at range: SourceRange, _ lower: () -> Int
  ) -> Int {
    let start = program.careful.count
    let slot = lower()
    var computation = Computation(
      what, site: site(range), slot: slot, form: form(of: expression.type),
      code: start..<program.careful.count)
    computation.name = name
    computation.reads = reads(of: expression, [:])
    computation.isSecret = isSecret(expression, [:])
    program.computations[plan].append(computation)
    return slot
  }

  private func reads(of expression: TypedExpression, _ scope: [Int: Binding]) -> TraceReads {
    var found = TraceReads()
    gather(reads: expression, scope, &found)
    return found
  }

  private func gather(
    reads expression: TypedExpression, _ scope: [Int: Binding], _ found: inout TraceReads
  ) {
    // What expands without end is refused anyway.
    guard found.count < Self.mostReads, !tooLarge else { return }
    let (expression, scope) = reduced(expression, scope)
    func add(_ path: String, _ slot: Int, _ form: SlotForm? = nil) {
      guard slot >= 0, !found.facts.contains(where: { $0.path == path }) else { return }
      var fact = FactPlan(
        path: path, slot: slot, form: form ?? self.form(of: expression.type), node: -1)
      fact.isSecret = isSecret(expression, scope)
      found.facts.append(fact)
    }
    if let place = place(of: expression, scope) {
      if case .record = expression.type.unwrapped { return }
      return add(place.path, slot(at: place))
    }
    switch expression.kind {
    case .parameter(let reference):
      let parameter = set.policies[reference.policy].parameters[reference.index]
      add(parameter.name, slot(ofParameter: reference))
    case .today: add("today", program.todaySlot)
    case .asOf: add("as of", program.asOfSlot)
    case .pointsTotal: add("points", program.plans[plan].totalSlot)
    case .decisionIs(let reference, _): ask(reference, &found)
    case .decisionValue(let reference):
      guard let number = planOf[reference] else { return }
      let asked = program.plans[number]
      guard asked.kind == .value, asked.valueNode < 0 else { return ask(reference, &found) }
      add(name(of: number), asked.valueSlot, asked.valueForm)
    case .call(let reference, let arguments):
      let define = set.policies[reference.policy].defines[reference.index]
      if let slot = carefulMemo[reference] { return add(define.name, slot) }
      gather(reads: define.body, bind(define, arguments, scope), &found)
    case .aggregate:
      guard let slot = aggregateSlots[expression.range] else { return }
      add(program.sites[site(expression.range)].text, slot)
    case .quantifier(_, _, let list, _): gather(reads: list, scope, &found)
    default: expression.visitChildren { gather(reads: $0, scope, &found) }
    }
  }

  private func ask(_ reference: Reference, _ found: inout TraceReads) {
    guard let number = planOf[reference], !found.decisions.contains(number) else { return }
    found.decisions.append(number)
  }

  /// A decision as the one that asks it calls it: by its own name within one policy.
  private func name(of number: Int) -> String {
    let own = program.plans[plan].name.split(separator: ".").first
    let asked = program.plans[number]
    return asked.name.split(separator: ".").first == own ? asked.shortName : asked.name
  }

  /// The names and lines of a table, for the rows of a trace.
  func note(of table: TypedTable) -> TableNote {
    let file = set.files[table.rows.first?.range.file ?? table.range.file]
    return TableNote(
      name: table.name, file: file.name,
      lines: table.rows.map { Int32(file.position(of: Int($0.range.lower)).line) },
      columns: table.columns.map {
        (name: $0.name, form: table.hit == .count ? .number : form(of: $0.type))
      })
  }
}
