/// Histories of approvals: the acts that come with a request, and the state that they lead to.

/// That somebody holds a post from one day to another, both included.
public struct PostHolder: Sendable {
  /// The bytes of the person.
  public var person: [UInt8]
  /// The index of the post.
  public var post: Int
  /// The first day.
  public var from: Day
  /// The last day.
  public var until: Day
  /// What it is held for: a row of `Program.holderScopes`; -1 anything.
  public var scope = -1
  /// Up to which amount; nil means any.
  public var bound: Amount?

  /// Makes a row.
  public init(person: [UInt8], post: Int, from: Day, until: Day) {
    self.person = person
    self.post = post
    self.from = from
    self.until = until
  }

  /// Whether the authority covers an amount; only one without a bound covers what has none.
  func covers(_ amount: Amount?) -> Bool {
    guard let bound else { return true }
    guard let amount else { return false }
    return amount.value <= bound.value
      && (amount.currency == bound.currency || amount.currency == 0 || bound.currency == 0)
  }
}

/// An amount with its currency.
public struct Amount: Sendable {
  /// How much.
  public var value: Decimal
  /// The number of the currency; 0 fits every one.
  public var currency: UInt16

  /// Makes an amount.
  public init(value: Decimal, currency: UInt16) {
    self.value = value
    self.currency = currency
  }
}

/// That somebody stands in for a post.
public struct Delegation: Sendable {
  /// Who, for which post, and when.
  public var holder: PostHolder
  /// The plan of the only approval that it is for; -1 all.
  public var plan: Int

  /// Makes a row.
  public init(holder: PostHolder, plan: Int) {
    self.holder = holder
    self.plan = plan
  }
}

/// What an act did, as the wire and sample cases write it.
public enum ActResult: String, Sendable, CaseIterable {
  /// Yes, of an act that could refuse.
  case passes
  /// No.
  case refuses
  case opines, files, claims, signs
  /// The requester brings the case, for the first time or again after a return.
  case submits
  /// The post through which a refusal goes hands it on.
  case handsOn = "hands_on"
}

/// An act of the history that came with a request.
public struct Act: Sendable {
  /// `step` of an act of the requester.
  public static let requester: Int32 = -2

  /// The plan of its decision; -1 when it belongs to a decision that this program does not hold.
  public var plan: Int32 = -1
  /// The clause of the step; -1 when the decision has no such step.
  public var step: Int32 = -1
  /// The index of the post; -1 when none is named or the set has no such post.
  public var post: Int32 = -1
  /// Whether the person stood in for the post.
  public var isDelegate = false
  /// Who it was, a text.
  public var person = Slot.absent
  /// What was done.
  public var result = ActResult.passes
  /// The day.
  public var on = Day(number: 0)
  /// The criteria found met, a bit each; nil when the act names none.
  public var criteria: UInt64?
  /// Whether it names a criterion that the step does not have.
  public var strangeCriterion = false
  /// The facts for which it was given, in `Frame.clearedFacts`; nil when it does not say.
  public var facts: Range<Int>?

  /// An empty act; the reader fills it.
  public init() {}
}

/// An act that does not fit the chain: it changes nothing, and nothing is approved beside it.
public struct Violation: Hashable, Sendable {
  /// Why, as a code on the wire.
  public enum Code: String, Sendable, CaseIterable {
    case actedTwice = "acted_twice"
    case afterApproval = "after_approval"
    case afterEnd = "after_end"
    case beyondAuthority = "beyond_authority"
    case caseChanged = "case_changed"
    case criteriaMissing = "criteria_missing"
    case dateOrder = "date_order"
    case expired
    case impossibleResult = "impossible_result"
    case inTheFuture = "in_the_future"
    case notADelegate = "not_a_delegate"
    case notAHolder = "not_a_holder"
    case notInChain = "not_in_chain"
    case notRecorded = "not_recorded"
    case notTheRequester = "not_the_requester"
    case outOfOrder = "out_of_order"
    case outsideScope = "outside_scope"
    case ownRequest = "own_request"
    case samePerson = "same_person"
    case unknownCriterion = "unknown_criterion"
    case unknownStep = "unknown_step"
    case wrongPost = "wrong_post"
  }

  /// The index of the act in the history of the request, from 0.
  public var act: Int
  /// Why.
  public var code: Code
  /// The fact that has changed, in `Plan.facts`; -1 none.
  public var fact = -1
  /// The fact of the act that the approval does not read, in `Frame.clearedFacts`; -1 none.
  public var recorded = -1

  /// Makes a violation.
  public init(act: Int, code: Code) {
    self.act = act
    self.code = code
  }
}

/// Who may act now.
public struct NextAct: Sendable {
  /// The clause of the step; `Act.requester` when the requester has to submit.
  public var step: Int
  /// The index of the post; -1 for the requester.
  public var by: Int
  /// Whether a refusal of the step is to be handed on.
  public var handsOn = false
  /// By when.
  public var due: Day?
  /// Whether that day has passed.
  public var overdue = false
  /// Whether the turn has gone to the post of `escalate to`.
  public var escalated = false

  /// Makes a turn.
  public init(step: Int, by: Int) {
    self.step = step
    self.by = by
  }
}

/// How far an approval has come.
public struct HistoryState: Sendable {
  /// Open, approved or refused.
  public var status = Outcomes.open
  /// Who may act now.
  public var next: [NextAct] = []
  /// Where a refusal has sent the case that nobody has acted on since: a clause, `Act.requester`, or -1.
  public var returnedTo = -1
  /// The acts that stand: the clause of the step and the index of the act.
  public var given: [(step: Int, act: Int)] = []
  /// The acts that do not fit.
  public var violations: [Violation] = []

  /// An untouched approval.
  public init() {}
}

/// The history of a request.
public struct History: Sendable {
  /// How many acts a request may bring.
  public static let limit = 1_000

  /// Whether the request brought one, be it empty.
  public var given = false
  /// The acts in order.
  public var acts: [Act] = []
  /// The state of the approval that was asked; nil when it has no history or no chain.
  public var state: HistoryState?

  /// No history.
  public init() {}

  /// Forgets an earlier request.
  mutating func clear() {
    given = false
    acts.removeAll(keepingCapacity: true)
    state = nil
  }
}
