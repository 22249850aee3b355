/// What traces show: the values that a clause reads, where its code is, and the rows of its tables.
import PolicyRuntime
import PolicySource

extension ProgramBuilder {
  /// Remembers the code of a clause's condition and what it reads.
  func trace(
    _ number: Int, code start: Int, _ condition: TypedExpression?, _ scope: [Int: Binding] = [:]
  ) {
    program.clauses[number].trace.code = start..<program.careful.count
    guard let condition else { return }
    program.clauses[number].trace.condition = site(condition.range)
    program.clauses[number].trace.reads = reads(of: condition, scope)
  }

  /// Adds the amount of a cap or of points to what the clause reads.
  func trace(_ number: Int, amount: TypedExpression, code start: Int) {
    program.clauses[number].trace.code = start..<program.careful.count
    for fact in reads(of: amount, [:])
    where !program.clauses[number].trace.reads.contains(where: { $0.path == fact.path }) {
      program.clauses[number].trace.reads.append(fact)
    }
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
    program.plans[plan].computations.append(computation)
    return slot
  }

  /// The facts, parameters and definitions that an expression reads, at most 24, in order.
  private func reads(of expression: TypedExpression, _ scope: [Int: Binding]) -> [FactPlan] {
    var found: [FactPlan] = []
    gather(reads: expression, scope, &found)
    return found
  }

  private func gather(
    reads expression: TypedExpression, _ scope: [Int: Binding], _ found: inout [FactPlan]
  ) {
    guard found.count < 24 else { return }
    func add(_ path: String, _ slot: Int) {
      guard slot >= 0, !found.contains(where: { $0.path == path }) else { return }
      found.append(FactPlan(path: path, slot: slot, form: form(of: expression.type), node: -1))
    }
    if let place = place(of: expression, scope) {
      if case .record = expression.type.unwrapped { return }
      return add(place.path, slot(at: place))
    }
    switch expression.kind {
    case .parameter(let reference):
      let parameter = set.policies[reference.policy].parameters[reference.index]
      add(parameter.name, slot(ofParameter: reference))
    case .call(let reference, let arguments):
      let define = set.policies[reference.policy].defines[reference.index]
      if let slot = carefulMemo[reference] { return add(define.name, slot) }
      gather(reads: define.body, bind(define, arguments, scope), &found)
    case .quantifier(_, _, let list, _), .aggregate(_, _, let list, _, _, _):
      gather(reads: list, scope, &found)
    default: expression.visitChildren { gather(reads: $0, scope, &found) }
    }
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
