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
  /// The decision as it is read with some facts open.
  private struct Reading {
    let model: DecisionModel
    let prover: Prover
    let maker: WitnessMaker
    var answered: Formula {
      prover.context.formulas.and(model.applies.yes, model.error.negated)
    }

    init(_ set: PolicySet, _ reference: Reference, _ name: String, histories: Bool) {
      var scope = Scope.all(set, set, name)
      scope.histories = histories
      let context = Context(scope)
      let reader = Interpreter(set.types, context)
      model = reader.model(reference)
      prover = Prover(context)
      maker = WitnessMaker(interpreter: reader, policies: set, decision: name)
    }
  }

  let name: String
  let runner: Runner
  private let plain: Reading
  /// With the histories of approvals that it asks for; nil when it asks for none.
  private var withHistories: Reading?
  private let make: () -> Reading
  var diagnostics: [Diagnostic] = []
  var notAnalysed: [SetFindings.NotAnalysed] = []

  var model: DecisionModel { plain.model }

  init(_ set: PolicySet, _ reference: Reference, _ name: String, _ runner: Runner) {
    plain = Reading(set, reference, name, histories: false)
    make = { Reading(set, reference, name, histories: true) }
    self.name = name
    self.runner = runner
  }

  mutating func run() {
    for index in plain.model.clauses.indices { look(at: index) }
    findHidden()
  }

  /// Whether a clause can speak, and whether it ever does not.
  private mutating func look(at index: Int) {
    let clause = plain.model.clauses[index]
    switch speaks(index, plain) {
    case .shown: break
    case .open: notAnalysed.append(notAnalysed(clause, plain))
    case .never:
      let wide = withHistories ?? make()
      withHistories = wide
      switch speaks(index, wide) {
      case .never:
        diagnostics.append(FindingMessages.neverSpeaks(clause))
        return
      case .open: notAnalysed.append(notAnalysed(clause, wide))
      case .shown: break
      }
    }
    guard clause.isConditional, clause.truth.yes != .yes, isAlways(index, plain) else { return }
    let wide = withHistories ?? make()
    withHistories = wide
    if isAlways(index, wide) { diagnostics.append(FindingMessages.alwaysSpeaks(clause)) }
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

  private func notAnalysed(
    _ clause: ClauseModel, _ reading: Reading
  ) -> SetFindings.NotAnalysed {
    .init(
      decision: name, clause: "\(clause.kind.rawValue) \(clause.name)",
      expressions: reading.maker.interpreter.resultNames(in: clause.effective),
      range: clause.range)
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

  /// A `hold` that only ever speaks beside a `deny` holds nothing.
  private mutating func findHidden() {
    let denies = model.clauses.filter { $0.kind == .deny }
    for clause in model.clauses where clause.kind == .hold {
      let speaks = [clause.truth.yes, plain.answered]
      if plain.prover.isNever(speaks) { continue }
      for deny in denies where plain.prover.isNever(speaks + [deny.truth.yes.negated]) {
        diagnostics.append(FindingMessages.hidden(clause, by: deny))
        break
      }
    }
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
