/// Why an answer is what it is, how far it holds, and what would turn it.
public import PolicyEngine
public import PolicySource

/// An answer with its validity envelope and its counterfactuals.
public struct Explanation: Sendable {
  /// For which values of one fact the answer stays, everything else being as it is.
  public struct Range: Sendable {
    /// The fact, as `order.amount`.
    public let fact: String
    /// What people call it.
    public let label: String
    /// The value of the request, as people write it.
    public let value: String
    /// For which values, in words; nil when it could not be found out, or for all.
    public let holds: Phrase?
    /// Whether the fact may be anything.
    public let isFree: Bool
    /// The least and the greatest value of each stretch, as a request writes them; an end that is nil is open.
    public let stretches: [(low: JSONTree?, high: JSONTree?)]

    /// Whether nothing could be found out.
    public var isOpen: Bool { !isFree && holds == nil }
  }

  /// A fact that would be another.
  public struct Change: Sendable, Equatable {
    /// How.
    public enum Way: String, Sendable {
      /// To one of some values, by a difference, or by a number of days.
      case becomes, more, less, daysLater, daysEarlier
      /// It is missing and would be known; it may be left out and would be given.
      case known, given
      /// The case is decided on a later day.
      case later
      case cleared, approved
    }

    /// The fact, as `order.paid`; of a clearance or an approval its name.
    public let fact: String
    /// What people call it.
    public let label: String
    /// How it would change.
    public internal(set) var way: Way
    /// The values that it could have.
    public let region: Phrase
    /// By how much, at the least.
    public internal(set) var difference: String?
    /// Who gives a clearance.
    public internal(set) var by: String?
  }

  /// Changes that turn the answer together, run and confirmed.
  public struct Turn: Sendable {
    /// What would have to be.
    public let changes: [Change]
    /// What would become of the answer.
    public let result: AnswerChange
    /// The request with the changes.
    public let request: JSONTree
  }

  /// `policy.decision`.
  public let decision: String
  /// The answer to the request, or the problem document.
  public let answer: JSONTree
  /// Whether the day is one of which the analysis can say something.
  public let isAnalysed: Bool
  /// The facts of the request, in the order of the inputs.
  public let ranges: [Range]
  /// The last day for which the answer stays, everything else being as it is; nil when it has none.
  public let until: String?
  /// Whether `until` was found out.
  public let untilIsKnown: Bool
  /// Amounts in another currency than the policy's, of which nothing is known.
  public let unread: [String]
  /// Whether the outcome can be turned to a yes at all: grades and values have none.
  public let hasWish: Bool
  /// What would turn the answer to a yes, the least change first; then approvals and clearances.
  public let turns: [Turn]

  /// Explains the answer to a request, which names its day; nil when there is no such decision.
  public init?(_ set: PolicySet, decision: String, request: JSONTree) {
    guard set.reference(of: decision) != nil else { return nil }
    self.decision = decision
    let runner = Runner(set)
    answer = runner.answer(decision, request)
    guard answer["outcome"] != nil,
      let asked = ExplainedRequest(set, decision, request, runner, histories: false)
    else {
      (ranges, until, untilIsKnown, turns) = ([], nil, false, [])
      (unread, isAnalysed, hasWish) = ([], false, false)
      return
    }
    isAnalysed = true
    ranges = asked.stays.map { Self.range($0.fact, $0.stay, asked) }
    let last = asked.lastDay
    until = last.day.map { asked.words.value($0, .date) }
    untilIsKnown = last.isKnown
    unread = asked.unread
    guard let search = TurnSearch(asked) else {
      (hasWish, turns) = (false, [])
      return
    }
    hasWish = true
    // Without a history nothing is approved; what an approval would do takes a request that has one.
    let wide =
      request["history"] == nil
      ? ExplainedRequest(set, decision, request, runner, histories: true) : nil
    let hasApprovals = wide.map { $0.space.facts.contains { $0.isApproval } } ?? false
    turns = (hasApprovals ? wide.flatMap { TurnSearch($0) } : nil)?.turns ?? search.turns
  }

  private static func range(
    _ fact: FactID, _ stay: ExplainedRequest.Stay, _ asked: ExplainedRequest
  ) -> Range {
    let about = asked.space[fact]
    let value = asked.values[fact].map { asked.words.value($0, about.scale) } ?? ""
    func made(_ holds: Phrase?, _ isFree: Bool, _ set: Stretches?) -> Range {
      Range(
        fact: asked.words.name(of: fact), label: about.label, value: value, holds: holds,
        isFree: isFree, stretches: set.map { asked.stretches(fact, $0) } ?? [])
    }
    switch stay {
    case .anything: return made(nil, true, nil)
    case .open: return made(nil, false, nil)
    case .inside(let set): return made(asked.words.words(fact, set), false, set)
    }
  }
}

extension ExplainedRequest {
  /// The ends of stretches as a request writes them; nil at the ends of what a fact may be.
  func stretches(_ fact: FactID, _ set: Stretches) -> [(low: JSONTree?, high: JSONTree?)] {
    let whole = space.domain(of: fact).ends
    func tree(_ value: Int128) -> JSONTree? {
      RequestEdit.value(value, space[fact], space, currency: "CNY")
    }
    if isListed(fact) {
      return listed(fact).filter(set.contains).map { (tree($0), tree($0)) }
    }
    return set.parts.map { part in
      (
        part.low == whole?.low ? nil : tree(part.low),
        part.high == whole?.high ? nil : tree(part.high)
      )
    }
  }
}

extension Fact {
  /// Whether it says that a case has been approved.
  fileprivate var isApproval: Bool {
    if case .approved = role { true } else { false }
  }
}
