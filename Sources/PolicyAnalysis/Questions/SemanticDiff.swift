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

  /// The regions of a change that are told, and the changes of a decision.
  private static let regionLimit = 12
  private static let fewRegions = 3
  private static let fewAttempts = 10
  private static let changeLimit = 24
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
    var findings = Findings()
    for window in windows(of: name) {
      var scope = Scope.all(old, new, name)
      if window.isPart {
        let planned = Scope.lifetime
        scope.from = max(window.from, planned.from)
        scope.until = min(window.until, planned.until)
      }
      // No day on which both answer; that each answers on other days is a difference in the requests taken.
      if scope.from > scope.until { continue }
      let plain = compare(name, window, scope)
      // Where facts are missing, reasons are cleared, or a history has decided; all other requests are among them.
      (scope.unknownFacts, scope.clearances, scope.histories) = (true, true, true)
      if !plain.changes.isEmpty {
        findings.add(plain)
        var besides = compare(name, window, scope, besides: Set(plain.changes.map(\.change)))
        // That more may change there is said in one line.
        besides.isWhole = besides.isWhole && besides.open.isEmpty
        besides.open = []
        findings.add(besides)
        continue
      }
      let wide = compare(name, window, scope)
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

  /// Of what could not be looked through: a change that requests find which are tried one after the other.
  private func sampled(_ name: String) -> SemanticDiff.Change? {
    var requests = SampledRequests(new, decision: name, seed: 1)
    guard let witness = requests?.difference(old, new, tries: Self.tries) else { return nil }
    let change = AnswerChange(from: witness.before ?? .null, to: witness.answer).kind
    let needs = witness.answer["needs"]?.items ?? []
    return .init(
      change: change, regions: [], isWhole: false, witness: witness, isOrdinary: needs.isEmpty)
  }

  /// Days on which one version of every policy is in force in either set.
  private struct Window {
    let from: Day
    let until: Day
    let old: (types: TypedSet, decision: Reference)
    let new: (types: TypedSet, decision: Reference)
    /// Whether there are others.
    var isPart = false
  }

  private func windows(of name: String) -> [Window] {
    var result: [Window] = []
    for before in old.snapshots {
      for after in new.snapshots {
        let (from, until) = (max(before.from, after.from), min(before.until, after.until))
        guard from <= until, let first = before.types.reference(of: name),
          let second = after.types.reference(of: name), before.decisions.contains(first),
          after.decisions.contains(second)
        else { continue }
        result.append(
          Window(
            from: from, until: until, old: (before.types, first), new: (after.types, second)))
      }
    }
    if result.count > 1 {
      for index in result.indices { result[index].isPart = true }
    }
    return result
  }

  private struct Findings {
    var changes: [SemanticDiff.Change] = []
    var open: [SemanticDiff.Open] = []
    var isWhole = true

    mutating func add(_ other: Findings) {
      changes += other.changes
      open += other.open.filter { one in
        !open.contains { $0.place == one.place && $0.expressions == one.expressions }
      }
      isWhole = isWhole && other.isWhole
    }
  }

  /// The parts of an answer that differ, each under its condition.
  ///
  /// - Parameter known: changes that are told already; nil is none. With them only requests are looked at in which
  ///   something is missing, cleared or decided.
  private func compare(
    _ name: String, _ window: Window, _ scope: Scope, besides known: Set<AnswerChange>? = nil
  ) -> Findings {
    let context = Context(scope)
    let (first, second) = (window.old.decision, window.new.decision)
    let readers = (
      Interpreter(window.old.types, context), Interpreter(window.new.types, context)
    )
    (readers.0.side, readers.1.side) = (.old, .new)
    readers.0.declare(first, scope)
    readers.1.declare(second, scope)
    let models = (readers.0.model(first), readers.1.model(second))
    let parts = PartDifferences(readers.1, old: readers.0).differences(models.0, models.1)
    let prover = Prover(context)
    var findings = Findings()
    guard !parts.isEmpty else { return findings }
    let finder = RegionFinder(prover)
    let words = RegionWords(context: context)
    let formulas = context.formulas
    let maker = WitnessMaker(interpreter: readers.1, policies: new, decision: name)
    var rest: [Formula] = [formulas.any(parts.map(\.when))]
    if known != nil {
      rest.append(context.isOutOfTheOrdinary)
      // What could not be shown there is one line, not a list: it is not worth so many attempts.
      (prover.patience, prover.budget) = (Self.fewAttempts, 4 * Self.fewAttempts)
    }
    var told: [Formula] = []
    for _ in 0..<Self.changeLimit {
      var found: [FactID: Int128] = [:]
      let proof = prover.prove(rest) { values in
        found = values
        return self.confirm(name, maker, values)
      }
      guard case .shown(let witness) = proof else {
        if case .open = proof {
          findings.isWhole = false
          // What is left of told parts the other way round, as a step that could only come and not go, is no news.
          if !prover.isNever(rest + told.map(\.negated)) {
            findings.open = open(parts, rest, prover, readers.1)
          }
        }
        return findings
      }
      let goal = signature(of: parts.flatMap(\.ways), found, finder, formulas)
      told.append(signature(of: parts.map(\.when), found, finder, formulas))
      let change = AnswerChange(from: witness.before ?? .null, to: witness.answer).kind
      if known?.contains(where: change.isLike) == true {
        rest.append(goal.negated)
        continue
      }
      let cubes = finder.cubes(
        of: formulas.all([goal] + rest),
        limit: known == nil ? Self.regionLimit : Self.fewRegions)
      findings.changes.append(
        .init(
          change: change,
          regions: cubes.cubes.map { words.words($0, finder) + days(of: window, scope) },
          isWhole: cubes.isWhole, witness: witness, isOrdinary: !scope.unknownFacts))
      rest.append(goal.negated)
    }
    findings.isWhole = prover.isNever(rest)
    return findings
  }

  /// The days of a window, where there are several.
  private func days(of window: Window, _ scope: Scope) -> [Phrase] {
    guard window.isPart else { return [] }
    return [AnalysisMessages.fromDayUntil(scope.from.text, scope.until.text)]
  }

  /// The condition under which just those differences hold that hold for these facts.
  private func signature(
    of differences: [Formula], _ values: [FactID: Int128], _ finder: RegionFinder,
    _ formulas: Formulas
  ) -> Formula {
    let complete = finder.complete(values, for: formulas.any(differences))
    return formulas.all(
      differences.map { formulas.holds($0, complete) == true ? $0 : $0.negated })
  }

  /// Runs a request through both sets; nil when the answers are the same.
  private func confirm(
    _ name: String, _ maker: WitnessMaker, _ values: [FactID: Int128]
  ) -> Witness? {
    guard var request = maker.envelope(values) else { return nil }
    var before = runners.old.answer(name, request)
    // Facts that the older set does not take are left out, as far as the newer one does without them.
    for _ in 0..<8 {
      guard before["code"]?.word == "unknown_field", let pointer = before["pointer"]?.word else {
        break
      }
      request = request.without(pointer.split(separator: "/").map(String.init))
      before = runners.old.answer(name, request)
    }
    let after = runners.new.answer(name, request)
    if AnswerChange(from: before, to: after).isEmpty { return nil }
    return Witness(decision: name, request: request, answer: after, before: before)
  }

  /// What stood in the way: the results that the open differences hang on.
  private func open(
    _ parts: [PartDifference], _ rest: [Formula], _ prover: Prover, _ reader: Interpreter
  ) -> [SemanticDiff.Open] {
    parts.compactMap { part in
      if prover.isNever(rest + [part.when]) { return nil }
      let facts = reader.formulas.facts(of: part.when).sorted()
      let expressions = facts.compactMap { fact -> String? in
        guard case .result = reader.space[fact].role else { return nil }
        return reader.context.text(of: fact) ?? reader.space[fact].label
      }
      return .init(
        part: part.name, expressions: Array(Set(expressions)).sorted(),
        place: part.place)
    }
  }
}

extension JSONTree {
  /// The document without the member at the end of a path of names and numbers of items.
  fileprivate func without(_ path: [String]) -> JSONTree {
    guard let name = path.first else { return self }
    switch self {
    case .object(let members):
      if path.count == 1 { return .object(members.filter { $0.name != name }) }
      return .object(
        members.map { member in
          member.name == name
            ? .init(name, member.value.without(Array(path.dropFirst()))) : member
        })
    case .array(let items):
      return .array(
        items.enumerated().map { index, item in
          String(index) == name ? item.without(Array(path.dropFirst())) : item
        })
    default: return self
    }
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
