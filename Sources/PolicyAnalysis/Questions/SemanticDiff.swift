/// What a change of policies changes: every region of the inputs whose answer is another, from what to what.
public import PolicyEngine
internal import PolicyCompiler
internal import PolicyRuntime
public import PolicySource

/// The difference of two sets in what they answer.
public struct SemanticDiff: Sendable {
  /// A region whose answer changes.
  public struct Change: Sendable {
    /// What becomes of the answer, without its figures.
    public let change: AnswerChange
    /// The regions, each as the conditions that bound it; none when it is everywhere.
    public let regions: [[Phrase]]
    /// Whether the regions are all there are.
    public let isWhole: Bool
    /// A request that shows it, with both answers.
    public let witness: Witness
    /// Whether it needs neither a missing fact nor a clearance nor an act.
    public let isOrdinary: Bool
  }

  /// A place at which answers may change and nothing could be shown.
  public struct Open: Sendable {
    /// The part of the answer.
    public let part: Phrase
    /// The expressions that could not be looked through.
    public let expressions: [String]
    /// Where the part is written.
    public let place: String
  }

  /// One decision.
  public struct DecisionDiff: Sendable {
    /// What is known of it.
    public enum Verdict: Sendable {
      /// No answer changes: proved for all inputs.
      case same
      case changed
      /// Nothing was found, and nothing proved.
      case open
      case added, removed
    }

    /// `policy.decision`.
    public let decision: String
    /// What is known.
    public let verdict: Verdict
    /// The changes, in the order in which they were found.
    public let changes: [Change]
    /// What could not be looked through.
    public let open: [Open]
    /// Whether every change was found.
    public let isWhole: Bool
  }

  /// The decisions of both sets, sorted by name.
  public let decisions: [DecisionDiff]

  /// Whether an answer changes, or a decision came or went.
  public var changes: Bool {
    decisions.contains {
      switch $0.verdict {
      case .changed, .added, .removed: true
      case .same, .open: false
      }
    }
  }

  /// Whether something is neither shown nor proved.
  public var isOpen: Bool { decisions.contains { !$0.open.isEmpty || $0.verdict == .open } }

  /// Compares two sets.
  ///
  /// - Parameters:
  ///   - old: the set before.
  ///   - new: the set after.
  ///   - decision: only this one, `policy.decision`; nil is all.
  ///   - progress: told the decisions that are done, and how many there are.
  public init(
    from old: PolicySet, to new: PolicySet, decision: String? = nil,
    progress: (Int, Int) -> Void = { _, _ in }
  ) {
    let names = Set(old.decisionNames).union(new.decisionNames).filter {
      decision == nil || $0 == decision
    }.sorted()
    let comparison = SetComparison(old, new)
    var result: [DecisionDiff] = []
    for (index, name) in names.enumerated() {
      result.append(comparison.compare(name))
      progress(index + 1, names.count)
    }
    decisions = result
  }
}

/// Two sets read into one context.
final class SetComparison {
  private let old: PolicySet
  private let new: PolicySet
  private let runners: (old: Runner, new: Runner)

  /// How many requests are tried where nothing can be looked through.
  private static let tries = 4_000

  init(_ old: PolicySet, _ new: PolicySet) {
    self.old = old
    self.new = new
    runners = (Runner(old), Runner(new))
  }

  func compare(_ name: String) -> SemanticDiff.DecisionDiff {
    func done(_ verdict: SemanticDiff.DecisionDiff.Verdict) -> SemanticDiff.DecisionDiff {
      .init(decision: name, verdict: verdict, changes: [], open: [], isWhole: true)
    }
    guard old.decisionNames.contains(name) else { return done(.added) }
    guard new.decisionNames.contains(name) else { return done(.removed) }
    var findings = DifferenceFindings()
    for window in windows(of: name) {
      var scope = Scope.all(old, new, name)
      if window.isPart {
        let planned = Scope.lifetime
        scope.from = max(window.from, planned.from)
        scope.until = min(window.until, planned.until)
      }
      // No day on which both answer; that each answers on other days is a difference in the requests taken.
      if scope.from > scope.until { continue }
      let plain = search(name, window, scope).run()
      // Where facts are missing, reasons are cleared, or a history has decided; all other requests are among them.
      (scope.unknownFacts, scope.clearances, scope.histories) = (true, true, true)
      if !plain.changes.isEmpty {
        findings.add(plain)
        var besides = search(name, window, scope).run(besides: Set(plain.changes.map(\.change)))
        // That more may change there is said in one line.
        besides.isWhole = besides.isWhole && besides.open.isEmpty
        besides.open = []
        findings.add(besides)
        continue
      }
      let wide = search(name, window, scope).run()
      findings.add(wide.changes.isEmpty && !plain.open.isEmpty && !wide.open.isEmpty ? plain : wide)
    }
    if findings.changes.isEmpty, !findings.open.isEmpty, let change = sampled(name) {
      findings.changes.append(change)
      findings.isWhole = false
    }
    let verdict: SemanticDiff.DecisionDiff.Verdict =
      !findings.changes.isEmpty ? .changed : findings.open.isEmpty ? .same : .open
    return .init(
      decision: name, verdict: verdict, changes: findings.changes, open: findings.open,
      isWhole: findings.isWhole)
  }

  private func search(
    _ name: String, _ window: DifferenceWindow, _ scope: Scope
  ) -> DifferenceSearch {
    DifferenceSearch(name, window, scope, new, runners)
  }

  /// Of what could not be looked through: a change that requests find which are tried one after the other.
  private func sampled(_ name: String) -> SemanticDiff.Change? {
    var requests = SampledRequests(new, decision: name, seed: 1)
    guard let witness = requests?.difference(old, new, tries: Self.tries) else { return nil }
    let change = AnswerChange(from: witness.before ?? .null, to: witness.answer).kind
    let needs = witness.answer["needs"]?.items ?? []
    return .init(
      change: change, regions: [], isWhole: false, witness: witness, isOrdinary: needs.isEmpty)
  }

  private func windows(of name: String) -> [DifferenceWindow] {
    var result: [DifferenceWindow] = []
    for before in old.snapshots {
      for after in new.snapshots {
        let (from, until) = (max(before.from, after.from), min(before.until, after.until))
        guard from <= until, let first = before.types.reference(of: name),
          let second = after.types.reference(of: name), before.decisions.contains(first),
          after.decisions.contains(second)
        else { continue }
        result.append(
          DifferenceWindow(
            from: from, until: until, old: (before.types, first), new: (after.types, second)))
      }
    }
    if result.count > 1 {
      for index in result.indices { result[index].isPart = true }
    }
    return result
  }
}

extension Scope {
  /// All days on which a decision is in force in both sets.
  static func all(_ old: PolicySet, _ new: PolicySet, _ name: String) -> Scope {
    var scope = Scope()
    let days = [old, new].map { $0.days(of: name) }
    scope.from = days.map(\.from).max() ?? scope.from
    scope.until = days.map(\.until).min() ?? scope.until
    return scope
  }
}

extension TypedSet {
  /// Where a decision of a name is declared.
  func reference(of name: String) -> Reference? {
    for (policy, owner) in policies.enumerated() {
      for (index, decision) in owner.decisions.enumerated()
      where "\(owner.name).\(decision.name)" == name {
        return Reference(policy: policy, index: index)
      }
    }
    return nil
  }
}

extension PolicySet {
  /// Where a decision of a name is declared, in the newest version.
  func reference(of name: String) -> Reference? { types.reference(of: name) }

  /// The days on which the newest version of a decision is in force, as far as people plan.
  func days(of name: String) -> (from: Day, until: Day) {
    let program = program(named: name)
    let first = Day(year: 2_000, month: 1, day: 1) ?? .first
    let last = Day(year: 2_099, month: 12, day: 31) ?? .last
    return (
      max(program?.effectiveFrom ?? first, first), min(program?.effectiveUntil ?? last, last)
    )
  }
}
