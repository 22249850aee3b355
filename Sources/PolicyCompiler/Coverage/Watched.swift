/// Compiling a decision to be watched: the same program, with the places where cases show something.
import PolicyRuntime
import PolicySource

extension Lowering {
  /// Compiles one decision of a set that has been loaded without an error.
  public static func watched(_ decision: Reference, in set: TypedSet) -> WatchedProgram {
    let builder = ProgramBuilder(set, main: decision)
    let notes = CoverageNotes(set, decision)
    builder.coverage = notes
    builder.build()
    return notes.watched(builder.program)
  }
}

extension CoverageNotes {
  /// The program with its items.
  fileprivate func watched(_ program: Program) -> WatchedProgram {
    let clauses = program.clauses.indices.map { clause($0, program) }
    let clearances = program.clauses.indices.map { clearance($0, program) }
    let plans = zip(program.plans, decisions).map { items(of: $0, $1, program) }
    return WatchedProgram(
      program: program, items: items,
      probes: probes.filter { $0.at <= program.carefulEnd }.sorted { $0.at < $1.at },
      clauses: clauses, clearances: clearances, plans: plans)
  }

  private func clause(_ number: Int, _ program: Program) -> Int {
    let clause = program.clauses[number]
    let form = program.traces[number].requirement >= 0 ? .require : Self.form(of: clause)
    let plan = program.plans[clause.plan]
    var code = clause.code
    if clause.role == .band || clause.role == .gradeCap {
      code = program.types.enumerations[plan.enumeration].members[clause.member].name
    }
    return item(
      .init(program.sites[clause.site].range, "\(form.rawValue) \(plan.name) \(code)"),
      .clause(form, code: code), asked: asked(number, program))
  }

  /// A clause without a condition need only hold.
  private func asked(_ number: Int, _ program: Program) -> CoverageSides {
    guard let ways = ways[number] else { return .yes }
    let decision = decisions[program.clauses[number].plan]
    let body = set.policies[decision.policy].decisions[decision.index].body
    // The first level of a climb is in every chain that there is.
    if case .approval(let approval) = body, program.clauses[number].role == .step,
      let level = approval.steps[program.clauses[number].position].level, level.number == 1,
      approval.climbs[level.climb].condition == nil
    {
      return .yes
    }
    return ways
  }

  private static func form(of clause: ClausePlan) -> CoverageClause {
    switch clause.role {
    case .deny: .deny
    case .hold: .hold
    case .problem: .require
    case .step: .step
    case .cap: CoverageClause(rawValue: clause.form) ?? .start
    case .band: .give
    case .gradeCap: clause.form == "sign" ? .sign : .noBetterThan
    case .duty: .duty
    case .copy: CoverageClause(rawValue: clause.form) ?? .copy
    case .points: .points
    }
  }

  /// Whether a clearance has lifted the clause, and another has not.
  private func clearance(_ number: Int, _ program: Program) -> Int {
    let clause = program.clauses[number]
    guard let post = clearable[number] else { return -1 }
    return item(
      .init(post, "cleared_by \(program.plans[clause.plan].name)"),
      .clause(.clearedBy, code: clause.code), asked: .both)
  }

  private func items(
    of plan: Plan, _ reference: Reference, _ program: Program
  ) -> CoveragePlanItems {
    let decision = set.policies[reference.policy].decisions[reference.index]
    var found = CoveragePlanItems()
    if let applies = decision.appliesWhen {
      found.applies = item(
        .init(applies.range, "applies_when \(plan.name)"), .clause(.appliesWhen, code: ""),
        asked: finder.reach(of: applies).ways)
    }
    func own(_ mark: String, _ kind: CoverageItem.Kind, _ asked: CoverageSides) -> Int {
      item(.init(decision.range, mark), kind, asked: asked)
    }
    switch decision.body {
    case .value: found.figure = own("value", .clause(.value, code: decision.name), .yes)
    case .grade(let grade):
      let member = set.types[grade.enumeration].members[grade.otherwise].name
      found.otherwise = own("otherwise", .clause(.otherwise, code: member), .yes)
    case .limit(let limit) where limit.used != nil || limit.asked != nil:
      found.limit = own("limit", .limit, .around)
      if limit.warnFrom != nil { found.warning = own("warning", .warning, .around) }
    default: break
    }
    return found
  }
}
