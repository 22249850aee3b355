/// What the analysis finds in one set: clauses that never speak, conditions that are always the same, guarantees.
public import PolicyEngine
internal import PolicyCompiler
internal import PolicyRuntime
public import PolicySource

/// The findings of a set.
public struct SetFindings: Sendable {
  /// A clause, or a condition of it, that could not be looked through.
  public struct NotAnalysed: Sendable {
    /// `policy.decision`.
    public let decision: String
    /// The clause.
    public let clause: String
    /// What stood in the way.
    public let expressions: [String]
    /// The clause in its file.
    public let range: SourceRange
  }

  /// Warnings, in the order of the policies.
  public private(set) var diagnostics = DiagnosticList()
  /// The guarantees, in the order of the policies.
  public private(set) var guarantees: [GuaranteeFinding] = []
  /// The clauses of which it is neither shown nor disproved that they can speak.
  public private(set) var notAnalysed: [NotAnalysed] = []
  /// How many clauses were looked at.
  public private(set) var clauses = 0

  /// Looks at a set.
  ///
  /// - Parameters:
  ///   - set: the set.
  ///   - policy: only this policy; nil is all.
  ///   - progress: told the decisions that are done, and how many there are.
  public init(
    _ set: PolicySet, policy: String? = nil, progress: (Int, Int) -> Void = { _, _ in }
  ) {
    let names = set.decisionNames.filter { name in
      policy.map { name.hasPrefix($0 + ".") } ?? true
    }
    let runner = Runner(set)
    for (index, name) in names.enumerated() {
      if let reference = set.reference(of: name) {
        look(at: reference, name, set, runner)
      }
      progress(index + 1, names.count)
    }
    for (index, owner) in set.types.policies.enumerated()
    where policy.map({ $0 == owner.name }) ?? true {
      for diagnostic in DatedHoles(set.types, policy: index).findings { diagnostics.add(diagnostic) }
      for guarantee in owner.guarantees {
        guarantees.append(GuaranteeProof(set, policy: index, guarantee).finding)
      }
    }
  }

  private mutating func look(
    at reference: Reference, _ name: String, _ set: PolicySet, _ runner: Runner
  ) {
    var look = DecisionLook(set, reference, name, runner)
    look.run()
    for diagnostic in look.diagnostics { diagnostics.add(diagnostic) }
    notAnalysed += look.notAnalysed
    clauses += look.model.clauses.count
  }
}

/// The clauses of one decision.
private struct DecisionLook {
  let name: String
  let model: DecisionModel
  let prover: Prover
  let reader: Interpreter
  let maker: WitnessMaker
  let runner: Runner
  var diagnostics: [Diagnostic] = []
  var notAnalysed: [SetFindings.NotAnalysed] = []

  private var formulas: Formulas { reader.formulas }

  init(_ set: PolicySet, _ reference: Reference, _ name: String, _ runner: Runner) {
    let context = Context(Scope.all(set, set, name))
    reader = Interpreter(set.types, context)
    model = reader.model(reference)
    prover = Prover(context)
    maker = WitnessMaker(interpreter: reader, policies: set, decision: name)
    self.name = name
    self.runner = runner
  }

  mutating func run() {
    let answered = formulas.and(model.applies.yes, model.error.negated)
    for clause in model.clauses {
      let frame = clause.kind == .applies ? [] : [answered]
      look(at: clause, frame)
    }
    findHidden(answered)
  }

  private mutating func look(at clause: ClauseModel, _ frame: [Formula]) {
    let key = clause.key
    let part = model.parts.first { $0.key == key }
    let speaks = clause.kind == .applies ? clause.truth.yes : part?.when ?? clause.effective
    switch prover.prove([speaks] + frame, { confirm($0, key) }) {
    case .never:
      diagnostics.append(FindingMessages.neverSpeaks(clause))
      return
    case .open:
      print("OPEN", name, clause.name, prover.solver.solve([speaks] + frame))
      notAnalysed.append(
        .init(
          decision: name, clause: "\(clause.kind.rawValue) \(clause.name)",
          expressions: expressions(speaks), range: clause.range))
    case .shown: break
    }
    guard clause.isConditional, clause.truth.yes != .yes else { return }
    if prover.isNever([clause.truth.yes.negated] + frame) {
      diagnostics.append(FindingMessages.alwaysSpeaks(clause))
    }
  }

  /// A request for which a clause speaks must get an answer in which it stands.
  private func confirm(_ values: [FactID: Int128], _ key: AnswerPart.Key?) -> Witness? {
    guard let request = maker.envelope(values) else { return nil }
    let answer = runner.answer(name, request)
    guard answer["outcome"] != nil else { print("DEBUG", request.text, answer.text);return nil }
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

  /// A `hold` that only ever speaks beside a `deny` holds nothing.
  private mutating func findHidden(_ answered: Formula) {
    let denies = model.clauses.filter { $0.kind == .deny }
    for clause in model.clauses where clause.kind == .hold {
      for deny in denies
      where prover.isNever([clause.truth.yes, deny.truth.yes.negated, answered])
        && !prover.isNever([clause.truth.yes, answered])
      {
        diagnostics.append(FindingMessages.hidden(clause, by: deny))
        break
      }
    }
  }

  private func expressions(_ formula: Formula) -> [String] {
    let words = RegionWords(context: reader.context)
    let names = formulas.facts(of: formula).compactMap { fact -> String? in
      guard case .result = reader.space[fact].role else { return nil }
      return words.name(of: fact)
    }
    return Array(Set(names)).sorted()
  }
}

extension ClauseModel {
  /// The part of an answer that it is; nil for what changes an answer without standing in it.
  fileprivate var key: AnswerPart.Key? {
    switch kind {
    case .deny, .hold, .require: .reason(name)
    case .step: .step(name)
    case .duty: .duty(name)
    case .applies, .cap, .band, .copy: nil
    }
  }
}

/// Days between the days of a set on which something is missing.
private struct DatedHoles {
  private(set) var findings: [Diagnostic] = []

  init(_ set: TypedSet, policy: Int) {
    let owner = set.policies[policy]
    for parameter in owner.parameters {
      guard let first = parameter.values.first?.from,
        first > owner.effectiveFrom ?? .first
      else { continue }
      findings.append(
        FindingMessages.parameterMissing(parameter, owner.effectiveFrom, until: first))
    }
  }
}
