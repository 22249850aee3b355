/// What the analysis finds in one decision: clauses that never speak, always speak, or hide behind others.
internal import PolicyCompiler
internal import PolicyEngine
internal import PolicyRuntime
internal import PolicySource

/// Looks at the clauses of one decision.
struct DecisionLook {
  /// The decision as it is read with some facts open.
  struct Reading {
    let reader: Interpreter
    let model: DecisionModel
    let prover: Prover
    let maker: WitnessMaker
    /// When the decision applies and is no error.
    var answered: Formula {
      prover.context.formulas.and(model.applies.yes, model.error.negated)
    }

    init(_ set: PolicySet, _ reference: Reference, _ name: String, isWide: Bool) {
      var scope = Scope.all(set, set, name)
      (scope.histories, scope.clearances) = (isWide, isWide)
      let context = Context(scope)
      reader = Interpreter(set.types, context)
      model = reader.model(reference)
      prover = Prover(context)
      maker = WitnessMaker(interpreter: reader, policies: set, decision: name)
    }
  }

  let name: String
  let decision: TypedDecision
  let set: PolicySet
  let runner: Runner
  let plain: Reading
  private let reference: Reference
  /// With clearances and the histories of approvals open; nil while nothing asked for it.
  private var wideReading: Reading?
  private var silent: Set<Int> = []
  private(set) var findings: [SetFindings.Finding] = []
  private(set) var notAnalysed: [SetFindings.NotAnalysed] = []
  private(set) var holes: [ParameterHoles.Found] = []

  var model: DecisionModel { plain.model }

  init(_ set: PolicySet, _ reference: Reference, _ name: String) {
    (self.set, self.reference, self.name) = (set, reference, name)
    decision = set.types.policies[reference.policy].decisions[reference.index]
    runner = Runner(set)
    plain = Reading(set, reference, name, isWide: false)
  }

  mutating func run() {
    let written = WrittenConditions(decision, plain.reader)
    for index in plain.model.clauses.indices { look(at: index, written) }
    findHidden()
    findHoles()
  }

  /// The wide reading, made when it is first asked for.
  private mutating func wide() -> Reading {
    let reading = wideReading ?? Reading(set, reference, name, isWide: true)
    wideReading = reading
    return reading
  }

  // MARK: One clause

  /// Whether a clause can speak, and whether it ever does not.
  private mutating func look(at index: Int, _ written: WrittenConditions) {
    let clause = plain.model.clauses[index]
    let condition = written.condition(of: clause)
    let isMeant = condition.map { written.isLiteral($0.expression) } ?? false
    switch speaks(index, plain) {
    case .shown: break
    case .open: note(index, condition, plain)
    case .never:
      let reading = wide()
      switch speaks(index, reading) {
      case .never:
        silent.insert(index)
        if !isMeant, !isShared(clause) {
          findings.append(.init(diagnostic: FindingMessages.neverSpeaks(clause)))
        }
        return
      case .open: note(index, condition, reading)
      case .shown: break
      }
    }
    guard let condition, !isMeant, !isShared(clause) else { return }
    let isSame = isAlways(index, plain)
    let reading = isSame ? wide() : plain
    if isSame, isAlways(index, reading) {
      findings.append(
        .init(diagnostic: FindingMessages.alwaysSpeaks(clause, at: condition.expression.range)))
    } else {
      look(into: condition, of: clause)
    }
  }

  /// Whether several clauses were made of one line, as by `require fields` and `climb`.
  private func isShared(_ clause: ClauseModel) -> Bool {
    plain.model.clauses.count { $0.range == clause.range && $0.kind == clause.kind } > 1
  }

  private func isAlways(_ index: Int, _ reading: Reading) -> Bool {
    let clause = reading.model.clauses[index]
    let frame = clause.kind == .applies ? [] : [reading.answered]
    return reading.prover.isNever([clause.truth.yes.negated] + frame)
  }

  private func speaks(_ index: Int, _ reading: Reading) -> Proof {
    let clause = reading.model.clauses[index]
    let part = reading.model.parts.first { $0.key == clause.key && $0.range == clause.range }
    let goal = clause.kind == .applies ? clause.truth.yes : part?.when ?? clause.effective
    let frame = clause.kind == .applies ? [] : [reading.answered]
    return reading.prover.prove([goal] + frame) { confirm($0, clause.key, reading) }
  }

  private mutating func note(
    _ index: Int, _ condition: WrittenConditions.Condition?, _ reading: Reading
  ) {
    let clause = reading.model.clauses[index]
    let results = reading.reader.results(in: clause.effective)
    let range = results.map(\.range).first { $0.file == clause.range.file }
    notAnalysed.append(
      .init(
        decision: name, clause: "\(clause.kind.rawValue) \(clause.name)",
        expressions: results.map(\.name),
        range: range ?? condition?.expression.range ?? clause.range))
  }

  /// A request for which a clause speaks must get an answer in which it stands.
  private func confirm(
    _ values: [FactID: Int128], _ key: AnswerPart.Key?, _ reading: Reading
  ) -> Witness? {
    guard let request = reading.maker.envelope(values) else { return nil }
    let answer = runner.answer(name, request)
    guard answer["outcome"] != nil else { return nil }
    func lists(_ member: String, _ name: String, in lists: [String]) -> Bool {
      lists.contains { answer[$0]?.items.contains { $0[member]?.word == name } ?? false }
    }
    switch key {
    case .reason(let code)? where !lists("code", code, in: ["reasons", "problems"]): return nil
    case .step(let step)? where !lists("step", step, in: ["steps"]): return nil
    case .duty(let code)? where !lists("code", code, in: ["duties"]): return nil
    default: break
    }
    return Witness(decision: name, request: request, answer: answer)
  }

  // MARK: Parts of a condition

  /// Operands of `and`, `or` and `implies` that are the same for every request that comes to them.
  private mutating func look(
    into condition: WrittenConditions.Condition, of clause: ClauseModel
  ) {
    let written = WrittenConditions(decision, plain.reader)
    for operand in written.operands(of: condition) where !written.isLiteral(operand.expression) {
      guard let verdict = verdict(operand, plain, clause) else { continue }
      // What clearances and histories can change is no finding.
      let reading = wide()
      let other = WrittenConditions(decision, reading.reader)
      guard let again = other.condition(of: clause) else { continue }
      let same = other.operands(of: again).first { $0.expression.range == operand.expression.range }
      if let same, self.verdict(same, reading, clause) == verdict {
        findings.append(
          .init(
            diagnostic: FindingMessages.constantPart(
              clause, isTrue: verdict, at: operand.expression.range)))
      }
    }
  }

  /// True or false where an operand is always so; nil where it is not, or where no request comes to it.
  private func verdict(
    _ operand: WrittenConditions.Operand, _ reading: Reading, _ clause: ClauseModel
  ) -> Bool? {
    var frame = operand.frame
    if clause.kind != .applies { frame.append(reading.answered) }
    let prover = reading.prover
    if prover.isNever(frame + [operand.truth.yes]) {
      return prover.isNever(frame) ? nil : false
    }
    return prover.isNever(frame + [operand.truth.yes.negated]) ? true : nil
  }

  // MARK: Clauses beside each other

  /// A `hold` that only ever speaks beside a `deny` holds nothing; of two that speak for the same requests one is idle.
  private mutating func findHidden() {
    let clauses = model.clauses
    for index in clauses.indices where !silent.contains(index) {
      let clause = clauses[index]
      guard clause.kind == .hold || clause.kind == .deny, clause.truth.yes != .yes else { continue }
      let speaks = [clause.truth.yes, plain.answered]
      for other in clauses.indices where other != index && !silent.contains(other) {
        let rival = clauses[other]
        let isDeny = rival.kind == .deny && clause.kind == .hold
        let isTwin = rival.kind == clause.kind && other < index
        guard isDeny || isTwin, plain.prover.isNever(speaks + [rival.truth.yes.negated]) else {
          continue
        }
        if isTwin,
          !plain.prover.isNever([rival.truth.yes, plain.answered, clause.truth.yes.negated])
        {
          continue
        }
        findings.append(
          .init(
            diagnostic: FindingMessages.hidden(clause, by: rival, isTwin: isTwin),
            witnesses: both(clause, rival)))
        break
      }
    }
  }

  /// A request for which two clauses speak.
  private func both(_ first: ClauseModel, _ second: ClauseModel) -> [Witness] {
    let goal = [first.truth.yes, second.truth.yes, plain.answered]
    let proof = plain.prover.prove(goal) { values in
      guard let witness = confirm(values, first.key, plain) else { return nil }
      return confirm(values, second.key, plain) == nil ? nil : witness
    }
    if case .shown(let witness) = proof { return [witness] }
    return []
  }

  // MARK: Parameters without a value

  /// Days on which the decision fails because a parameter has no value yet.
  private mutating func findHoles() {
    let formulas = plain.prover.context.formulas
    for hole in ParameterHoles.holes(read: plain.reader.parameters, set.types) {
      let days = Stretches(-Stretches.infinity, Int128(hole.until.number) - 1)
      let goal = [plain.model.error, formulas.inside(plain.prover.context.asOf, days)]
      let proof = plain.prover.prove(goal) { values in
        guard let request = plain.maker.envelope(values) else { return nil }
        let answer = runner.answer(name, request)
        guard answer["code"]?.word == Trap.Kind.parameterMissing.code else { return nil }
        return Witness(decision: name, request: request, answer: answer)
      }
      guard case .shown(let witness) = proof else { continue }
      holes.append(
        .init(
          order: hole.order,
          finding: .init(
            diagnostic: FindingMessages.parameterMissing(
              hole.parameter, until: hole.until, in: name,
              asOf: witness.request["asOf"]?.word ?? ""), witnesses: [witness])))
    }
  }
}

extension ClauseModel {
  /// The part of an answer that it is; nil for what changes an answer without standing in it.
  var key: AnswerPart.Key? {
    switch kind {
    case .deny, .hold, .require: .reason(name)
    case .step: .step(name)
    case .duty: .duty(name)
    case .applies, .cap, .band, .copy: nil
    }
  }
}
