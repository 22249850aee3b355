/// Lowering the bodies of limits and grades: caps, points, bands.
import PolicyRuntime
import PolicySource

extension ProgramBuilder {
  func lower(_ limit: TypedLimit) {
    let zero = TypedExpression(
      .constant(limit.type.unwrapped == .money ? .money(.zero, currency: nil) : .number(.zero)),
      limit.type, limit.caps[0].range)
    program.plans[plan].valueForm = form(of: limit.type)
    program.plans[plan].valueSlot = shown(.used, limit.used) ?? computed(zero)
    program.plans[plan].askedSlot = shown(.asked, limit.asked) ?? computed(zero)
    program.plans[plan].warnSlot = shown(.warnFrom, limit.warnFrom) ?? -1
    for (position, cap) in limit.caps.enumerated() {
      var entry = ClausePlan(role: .cap, plan: plan, position: position, site: site(cap.range))
      site = entry.site
      entry.form = cap.form.word
      let start = program.careful.count
      entry.value = computed(cap.amount)
      entry.because = cap.because.map { template($0, [:]) } ?? -1
      entry.document = cap.source?.document ?? ""
      entry.documentClause = cap.source?.clause ?? ""
      add(entry, condition: cap.condition)
      let number = program.clauses.count - 1
      if cap.form != .none { trace(number, value: cap.amount, code: start) }
    }
  }

  /// The slot of a value that a trace shows by itself, when it is written.
  private func shown(_ what: Computation.What, _ value: TypedExpression?) -> Int? {
    value.map { value in traced(what, "", value, at: value.range) { computed(value) } }
  }

  func lower(_ grade: TypedGrade) {
    program.plans[plan].enumeration = grade.enumeration.index
    program.plans[plan].otherwise = grade.otherwise
    var total: TypedExpression?
    let first = temporaries(grade.points.count)
    for (position, points) in grade.points.enumerated() {
      var entry = ClausePlan(
        role: .points, plan: plan, position: position, site: site(points.range))
      site = entry.site
      entry.code = points.name
      entry.label = points.label
      entry.value = first + position
      let start = program.careful.count
      marked(site) { compute(points.value, into: entry.value) }
      append(entry)
      trace(program.clauses.count - 1, value: points.value, code: start)
      let variable = Variable(id: -2 - position, name: points.name, type: .number)
      let term = TypedExpression(.variable(variable), .number, points.range)
      if let sum = total {
        total = TypedExpression(.arithmetic(.add, sum, term), .number, points.range)
      } else {
        total = term
      }
    }
    if let total { lowerTotal(total, grade) }
    let decided = Label()
    for (position, band) in grade.bands.enumerated() {
      lower(band, position, role: .band, then: decided)
    }
    place(decided)
    for (position, cap) in grade.caps.enumerated() { lower(cap, position, role: .gradeCap) }
  }

  private func lowerTotal(_ total: TypedExpression, _ grade: TypedGrade) {
    var scope: [Int: Binding] = [:]
    let first = program.clauses.count - grade.points.count
    for position in grade.points.indices {
      scope[-2 - position] = .slot(program.clauses[first + position].value)
    }
    let slot = temporary()
    emit(
      Instruction(
        .sum, a: program.clauses[first].value, b: grade.points.count, target: slot))
    careful(CarefulInstruction(.move, a: careful(total, scope), d: slot, site: site))
    program.plans[plan].totalSlot = slot
    program.computations[plan].append(
      Computation(
        .points, site: program.plans[plan].site, slot: slot, form: .number, code: 0..<0))
  }

  private func lower(
    _ band: TypedGrade.Band, _ position: Int, role: ClausePlan.Role, then label: Label? = nil
  ) {
    var entry = ClausePlan(role: role, plan: plan, position: position, site: site(band.range))
    site = entry.site
    entry.member = band.member
    entry.form = band.isSign ? "sign" : ""
    entry.because = band.because.map { template($0, [:]) } ?? -1
    entry.document = band.source?.document ?? ""
    entry.documentClause = band.source?.clause ?? ""
    add(entry, condition: band.condition, then: label)
  }
}

extension TypedLimit.Cap.Form {
  var word: String {
    switch self {
    case .start: "start"
    case .atMost: "at_most"
    case .none: "nil"
    }
  }
}
