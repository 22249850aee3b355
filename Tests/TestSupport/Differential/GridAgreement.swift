/// The analysis against brute force: what it says of all requests must fit the answer to every request of a grid.
import PolicyAnalysis
import PolicyCompiler
import PolicyEngine
import PolicyRuntime
public import PolicySource

/// Compares what the analysis proves of generated policies with their answers on a grid.
public struct GridAgreement {
  /// What did not fit, with the policy; at most ten.
  public private(set) var differences: [String] = []
  /// How many policies and clauses were looked at, and requests decided.
  public private(set) var policies = 0, clauses = 0, answers = 0
  /// Clauses that never speak; guarantees proved and refuted; changes proved to be none, and shown.
  public private(set) var silent = 0, proved = 0, refuted = 0, same = 0, changed = 0
  /// What the analysis left open.
  public private(set) var open = 0
  /// Points of the grid that were put into the model of the release.
  public private(set) var points = 0

  /// Nothing compared yet.
  public init() {}

  /// What a set says of a request of the grid.
  private struct Answer: Equatable {
    let outcome: String
    let codes: [String]
    let keeps: Bool
  }

  /// Compares one policy.
  public mutating func compare(_ policy: GridPolicy, _ random: inout SplitMix64) {
    guard let before = Self.set(policy.text), let after = Self.set(policy.changed) else {
      return note("a policy does not check", policy)
    }
    policies += 1
    clauses += policy.codes.count
    let evaluators = (Evaluator(before), Evaluator(after))
    let old = GridPolicy.requests.map { Self.answer(evaluators.0, $0) }
    let new = GridPolicy.requests.map { Self.answer(evaluators.1, $0) }
    answers += old.count + new.count
    compareClauses(policy, before, old, &random)
    compareGuarantee(policy, before, old)
    compareChange(policy, before, after, zip(old, new).contains { $0.codes != $1.codes })
  }

  /// Clauses that are said never to speak do not, and the model fits single points with nothing left open.
  private mutating func compareClauses(
    _ policy: GridPolicy, _ set: PolicySet, _ old: [Answer], _ random: inout SplitMix64
  ) {
    guard let check = PointCheck(set, decision: "grid.r", isWide: false) else {
      return note("the release has no model", policy)
    }
    let spoken = Set(old.flatMap(\.codes))
    silent += check.silentCodes.count
    for code in check.silentCodes where spoken.contains(code) {
      note("\(code) is said never to speak, and speaks", policy)
    }
    for _ in 0..<4 {
      guard let request = JSONTree(parsing: Array(random.pick(GridPolicy.requests).utf8)) else {
        continue
      }
      points += 1
      switch check.compare(request) {
      case .fits(_, let open): self.open += open
      case .beyond: open += 1
      case .differs(let words): note("\(words) for \(request.text)", policy)
      }
    }
  }

  private mutating func compareGuarantee(
    _ policy: GridPolicy, _ set: PolicySet, _ old: [Answer]
  ) {
    guard let guarantee = SetFindings.guarantees(of: set).first else {
      return note("the guarantee was not looked at", policy)
    }
    switch guarantee.verdict {
    case .proved:
      proved += 1
      if old.contains(where: { !$0.keeps }) { note("proved, and broken on the grid", policy) }
    case .refuted: refuted += 1
    case .open: open += 1
    }
  }

  private mutating func compareChange(
    _ policy: GridPolicy, _ before: PolicySet, _ after: PolicySet, _ isSeen: Bool
  ) {
    guard let release = before.types.policies.first?.decisions.firstIndex(where: { $0.name == "r" })
    else { return note("there is no release", policy) }
    let reference = Reference(policy: 0, index: release)
    if SameAnswers.areProved(reference, in: before.types, and: after.types) {
      same += 1
      if isSeen { note("proved to be no change, and one on the grid\n\(policy.changed)", policy) }
      return
    }
    // Telling every region of a change takes longer than finding that there is one.
    guard policies % 10 == 1 else { return }
    let diff = SemanticDiff(from: before, to: after, decision: "grid.r")
    switch diff.decisions.first?.verdict {
    case .same:
      same += 1
      if isSeen { note("proved to be no change, and one on the grid\n\(policy.changed)", policy) }
    case .changed: changed += 1
    default:
      open += 1
      if isSeen { note("a change on the grid was not found\n\(policy.changed)", policy) }
    }
  }

  private static func set(_ text: String) -> PolicySet? {
    CheckedPolicies([("grid.writ", text)]).set.flatMap { PolicySet($0, digest: "sha256:0") }
  }

  private static func answer(_ evaluator: Evaluator, _ request: String) -> Answer {
    func ask(_ name: String) -> JSONTree {
      var out: [UInt8] = []
      let (decision, body, id) = (Array(name.utf8), Array(request.utf8), [UInt8]())
      _ = evaluator.decide(
        decision: decision.span, body: body.span, requestID: id.span, today: Day(number: 20_700),
        into: &out)
      return JSONTree(parsing: out) ?? .null
    }
    let answer = ask("grid.r")
    return Answer(
      outcome: answer["outcome"]?.word ?? "",
      codes: (answer["reasons"]?.items ?? []).compactMap { $0["code"]?.word },
      keeps: ask("grid.kept")["outcome"]?.word == "valid")
  }

  private mutating func note(_ words: String, _ policy: GridPolicy) {
    if differences.count < 10 { differences.append("\(words)\n\(policy.text)") }
  }

  /// What was compared, in one line.
  public var words: String {
    "\(policies) policies, \(clauses) clauses (\(silent) never speak), \(answers) answers on the grid, "
      + "\(points) points in the model; guarantees \(proved) proved, \(refuted) refuted; "
      + "changes \(changed) shown, \(same) proved to be none; \(open) open, \(differences.count) differences"
  }
}
