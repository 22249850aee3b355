/// What the analysis finds in one set: clauses that never speak, conditions that are always the same, guarantees.
public import PolicyEngine
internal import PolicyCompiler
internal import PolicyRuntime
public import PolicySource
internal import Synchronization

/// The findings of a set.
public struct SetFindings: Sendable {
  /// A warning or an error, with the requests that show it.
  public struct Finding: Sendable {
    /// What is said of it.
    public let diagnostic: Diagnostic
    /// Requests that were run; none of what was proved for all requests.
    public var witnesses: [Witness] = []
  }

  /// A clause, or a condition of it, that could not be looked through.
  public struct NotAnalysed: Sendable {
    /// `policy.decision`.
    public let decision: String
    /// The clause, as `deny unpaid`.
    public let clause: String
    /// What stood in the way.
    public let expressions: [String]
    /// The expression that stood in the way, else the clause.
    public let range: SourceRange
  }

  /// The findings, in the order of the policies.
  public private(set) var findings: [Finding] = []
  /// The guarantees, in the order of the policies.
  public private(set) var guarantees: [GuaranteeFinding] = []
  /// The clauses of which it is neither shown nor disproved that they can speak.
  public private(set) var notAnalysed: [NotAnalysed] = []
  /// How many clauses were looked at.
  public private(set) var clauses = 0

  /// What is said of the findings.
  public var diagnostics: DiagnosticList {
    var list = DiagnosticList()
    for finding in findings { list.add(finding.diagnostic) }
    return list
  }

  /// The guarantees of a set alone, on all cores.
  public static func guarantees(of set: PolicySet) -> [GuaranteeFinding] {
    let all = set.types.policies.enumerated().flatMap { index, owner in
      owner.guarantees.map { (index, $0) }
    }
    return ManyCores.map(all.count) { number in
      GuaranteeProof(set, policy: all[number].0, all[number].1).finding
    }
  }

  /// Looks at a set, on all cores.
  ///
  /// - Parameters:
  ///   - set: the set.
  ///   - policy: only this policy; nil is all.
  ///   - catalog: the language of counterexamples.
  ///   - progress: told how many questions are answered, and how many there are.
  public init(
    _ set: PolicySet, policy: String? = nil, in catalog: Catalog = .english,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) {
    let questions = Question.all(of: set, policy: policy)
    let done = Counter()
    let answers = ManyCores.map(questions.count) { number -> Answer in
      let answer = questions[number].answer(set, catalog)
      progress(done.next(), questions.count)
      return answer
    }
    var holes: [Int: ParameterHoles.Found] = [:]
    for answer in answers {
      findings += answer.findings
      notAnalysed += answer.notAnalysed
      clauses += answer.clauses
      if let guarantee = answer.guarantee { guarantees.append(guarantee) }
      for hole in answer.holes where holes[hole.order] == nil { holes[hole.order] = hole }
    }
    findings += holes.sorted { $0.key < $1.key }.map(\.value.finding)
    if policy == nil { findings += RegisterHoles(set.types).findings }
  }

  private final class Counter: Sendable {
    private let count = Mutex(0)
    func next() -> Int {
      count.withLock { count in
        count += 1
        return count
      }
    }
  }
}

extension SetFindings {
  /// What is asked on one core.
  private enum Question: Sendable {
    case decision(String, Reference)
    case guarantee(policy: Int, Int)

    static func all(of set: PolicySet, policy: String?) -> [Question] {
      var result: [Question] = []
      for (index, owner) in set.types.policies.enumerated()
      where policy.map({ $0 == owner.name }) ?? true {
        for number in owner.decisions.indices {
          result.append(
            .decision(
              "\(owner.name).\(owner.decisions[number].name)",
              Reference(policy: index, index: number)))
        }
        result += owner.guarantees.indices.map { .guarantee(policy: index, $0) }
      }
      return result
    }

    func answer(_ set: PolicySet, _ catalog: Catalog) -> Answer {
      var answer = Answer()
      switch self {
      case .decision(let name, let reference):
        var look = DecisionLook(set, reference, name)
        look.run()
        answer.findings = look.findings
        answer.notAnalysed = look.notAnalysed
        answer.clauses = look.model.clauses.count
        answer.holes = look.holes
      case .guarantee(let policy, let number):
        let guarantee = set.types.policies[policy].guarantees[number]
        let finding = GuaranteeProof(set, policy: policy, guarantee).finding
        answer.guarantee = finding
        if case .refuted(let witnesses) = finding.verdict {
          let cases = Counterexample(set, guarantee, finding).texts(witnesses, catalog)
          answer.findings = [
            Finding(
              diagnostic: FindingMessages.broken(finding, cases: cases), witnesses: witnesses)
          ]
        }
      }
      return answer
    }
  }

  private struct Answer: Sendable {
    var findings: [Finding] = []
    var notAnalysed: [NotAnalysed] = []
    var clauses = 0
    var guarantee: GuaranteeFinding?
    var holes: [ParameterHoles.Found] = []
  }
}
