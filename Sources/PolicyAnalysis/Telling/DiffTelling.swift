/// What a difference of two sets says, gathered for telling: by policy and decision, changes that are alike together.
internal import PolicyCompiler
public import PolicyEngine
internal import PolicySource

/// A difference as people read it; text, a document and a page are made of it.
public struct DiffTelling: Sendable {
  /// One of the two sets.
  public struct Side: Sendable {
    /// What people call it: a folder, a revision.
    public let name: String
    /// The set.
    public let set: PolicySet

    /// Names a set.
    public init(_ name: String, _ set: PolicySet) { (self.name, self.set) = (name, set) }
  }

  /// A policy with the decisions that there is something to say of.
  struct Policy {
    let name: String
    let label: String
    let decisions: [Decision]
  }

  struct Decision {
    /// Without its policy.
    let name: String
    let label: String
    let diff: SemanticDiff.DecisionDiff
    /// Which requests only one of the sets answers.
    let requests: [Phrase]
    let kinds: [Kind]
    /// What a log has that no kind tells.
    let others: [DiffPrices.Entry]
  }

  /// Changes that are alike.
  struct Kind {
    let change: AnswerChange
    let changes: [SemanticDiff.Change]
    let price: DiffPrices.Entry?
    /// Whether it needs neither a missing fact nor a clearance nor an act; those that do stand behind the others.
    var isOrdinary: Bool { changes.first?.isOrdinary ?? true }
  }

  /// The difference.
  public let diff: SemanticDiff
  /// The set before.
  public let old: Side
  /// The set after.
  public let new: Side
  /// What a log says of the changes; nil without one.
  public let prices: DiffPrices?
  /// By decision, which requests only one of the sets answers.
  let requests: [String: [Phrase]]

  /// Gathers what there is to say.
  public init(
    _ diff: SemanticDiff, from old: Side, to new: Side, prices: DiffPrices? = nil
  ) {
    (self.diff, self.old, self.new, self.prices) = (diff, old, new, prices)
    var requests: [String: [Phrase]] = [:]
    for one in diff.decisions {
      let lines = RequestDifference(old.set, new.set, one.decision).lines
      if !lines.isEmpty { requests[one.decision] = lines }
    }
    self.requests = requests
  }

  /// Whether an answer changes, a decision came or went, or a decision takes other requests.
  public var changes: Bool { diff.changes || !requests.isEmpty }

  /// Whether nothing changes as far as it is known, but not everything is proved.
  public var isOpen: Bool { !changes && diff.isOpen }

  /// Whether there is nothing to say of a decision.
  func isSame(_ one: SemanticDiff.DecisionDiff) -> Bool {
    one.verdict == .same && one.open.isEmpty && requests[one.decision] == nil
  }

  /// The policies that there is something to say of.
  var policies: [Policy] {
    var result: [Policy] = []
    let told = diff.decisions.filter { !isSame($0) }
    for (name, diffs) in Self.grouped(told, by: { Self.halves($0.decision).policy }) {
      result.append(
        Policy(name: name, label: label(of: name) ?? "", decisions: diffs.map(decision)))
    }
    return result
  }

  private func decision(_ diff: SemanticDiff.DecisionDiff) -> Decision {
    let kinds = Self.grouped(diff.changes, by: \.change).map { change, changes in
      Kind(change: change, changes: changes, price: prices?.entry(of: change, in: diff.decision))
    }
    let known = Set(kinds.map(\.change))
    let others = prices?.entries(of: diff.decision).filter { !known.contains($0.change) } ?? []
    let (policy, name) = Self.halves(diff.decision)
    return Decision(
      name: name, label: label(of: name, in: policy) ?? "", diff: diff,
      requests: requests[diff.decision] ?? [], kinds: kinds, others: others)
  }

  /// What is open of a decision; parts that the same expressions hold up stand together.
  static func open(of one: SemanticDiff.DecisionDiff) -> [SemanticDiff.Open] {
    grouped(one.open, by: { "\($0.place)\n" + $0.expressions.joined(separator: "\n") }).map {
      _, parts in
      .init(
        part: SourceMessages.list(parts.map(\.part)), expressions: parts[0].expressions,
        place: parts[0].place)
    }
  }

  /// In the order in which the keys come first.
  private static func grouped<Element, Key: Hashable>(
    _ elements: [Element], by key: (Element) -> Key
  ) -> [(key: Key, elements: [Element])] {
    var order: [Key] = []
    var groups: [Key: [Element]] = [:]
    for element in elements {
      let key = key(element)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(element)
    }
    return order.map { ($0, groups[$0] ?? []) }
  }

  /// `policy.decision` in two.
  private static func halves(_ name: String) -> (policy: String, decision: String) {
    let dot = name.firstIndex(of: ".") ?? name.endIndex
    return (String(name[..<dot]), String(name[dot...].dropFirst()))
  }

  // MARK: Labels

  private func label(of policy: String) -> String? {
    typed(policy).first?.label
  }

  private func label(of decision: String, in policy: String) -> String? {
    typed(policy).lazy.compactMap { owner in
      owner.decisions.first { $0.name == decision }?.label
    }.first
  }

  /// A policy in the set after, and in the set before.
  private func typed(_ name: String) -> [TypedPolicy] {
    [new, old].compactMap { side in side.set.types.policies.first { $0.name == name } }
  }

  // MARK: How many

  /// How many decisions have which verdict.
  func count(_ verdict: SemanticDiff.DecisionDiff.Verdict) -> Int {
    diff.decisions.count { $0.verdict == verdict && (verdict != .same || isSame($0)) }
  }

  /// What is known of all decisions together, a line each.
  var summary: [Phrase] {
    let lines: [(SemanticDiff.DecisionDiff.Verdict, (Int) -> Phrase)] = [
      (.changed, DiffMessages.changed), (.added, DiffMessages.added),
      (.removed, DiffMessages.removed), (.open, DiffMessages.open), (.same, DiffMessages.same),
    ]
    if diff.decisions.isEmpty { return [DiffMessages.noDecision] }
    let told = lines.compactMap { verdict, words in
      let count = count(verdict)
      return count == 0 ? nil : words(count)
    }
    return (requests.isEmpty ? [] : [DiffMessages.otherRequests(requests.count)]) + told
  }

  /// What a reader must know of what is told.
  var assumptions: [Phrase] {
    var lines = [DiffMessages.range, DiffMessages.compared]
    if count(.changed) > 0 { lines.append(DiffMessages.narrow) }
    return lines
  }
}

/// What a log says of changes of answers: how many recorded decisions change like this, and the money they are about.
public struct DiffPrices: Sendable {
  /// Recorded decisions whose answers change alike.
  public struct Entry: Sendable {
    /// `policy.decision`.
    public let decision: String
    /// What changes, without figures.
    public let change: AnswerChange
    /// How many decisions.
    public let count: Int
    /// The sums of money of their requests: `480000.00 CNY`.
    public let amounts: [String]

    /// Says how many there are.
    public init(decision: String, change: AnswerChange, count: Int, amounts: [String]) {
      (self.decision, self.change) = (decision, change)
      (self.count, self.amounts) = (count, amounts)
    }
  }

  /// Where the log is.
  public let log: String
  /// How many recorded decisions were decided by both sets.
  public let decisions: Int
  /// How many could not be.
  public let notDecided: Int
  private let entries: [Entry]

  /// Takes what was counted.
  public init(log: String, decisions: Int, notDecided: Int, _ entries: [Entry]) {
    (self.log, self.decisions, self.notDecided) = (log, decisions, notDecided)
    self.entries = entries
  }

  /// What there is of a decision.
  func entries(of decision: String) -> [Entry] { entries.filter { $0.decision == decision } }

  /// What there is of a change.
  func entry(of change: AnswerChange, in decision: String) -> Entry {
    entries.first { $0.decision == decision && $0.change == change }
      ?? Entry(decision: decision, change: change, count: 0, amounts: [])
  }
}
