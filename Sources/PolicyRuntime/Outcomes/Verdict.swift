/// What a decision says: the possible outcomes as a bit set, so that "D is X" is true, false or unknown.

/// A set of outcomes: a decided answer has one; unknown facts leave several.
public struct Outcomes: OptionSet, Hashable, Sendable {
  /// The bits: fixed outcomes below 16, members of a grade from 16 on.
  public let rawValue: UInt64
  /// Makes a set from bits.
  @inline(__always) public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// The decision does not apply to the request.
  public static let notApplicable = Outcomes(rawValue: 1 << 0)
  /// Release: nothing stands against it.
  public static let allow = Outcomes(rawValue: 1 << 1)
  /// Release: only a hold stands against it.
  public static let hold = Outcomes(rawValue: 1 << 2)
  /// Release: a denial stands against it.
  public static let deny = Outcomes(rawValue: 1 << 3)
  /// Approval: every step has said yes.
  public static let approved = Outcomes(rawValue: 1 << 4)
  /// Approval: steps have still to decide.
  public static let open = Outcomes(rawValue: 1 << 13)
  /// Approval: a refusal has ended it.
  public static let refused = Outcomes(rawValue: 1 << 14)
  /// Approval: a chain, however far it has come.
  public static let anyChain: Outcomes = [.open, .approved, .refused]
  /// Approval: these steps are to decide; only as the outcome of an answer.
  public static let chain = Outcomes(rawValue: 1 << 5)
  /// Approval and check: a requirement is not met.
  public static let invalid = Outcomes(rawValue: 1 << 6)
  /// Check: every requirement is met.
  public static let valid = Outcomes(rawValue: 1 << 7)
  /// Limit: what is asked fits.
  public static let within = Outcomes(rawValue: 1 << 8)
  /// Limit: what is asked does not fit.
  public static let exceeded = Outcomes(rawValue: 1 << 9)
  /// Value: the figure was found.
  public static let value = Outcomes(rawValue: 1 << 10)
  /// Facts are missing; only as the outcome of an answer, never among possible ones.
  public static let needs = Outcomes(rawValue: 1 << 11)
  /// A class was found; only as the outcome of an answer.
  public static let grade = Outcomes(rawValue: 1 << 12)

  /// The members that a grade may have; an enumeration of a grade has at most this many.
  public static let memberLimit = 48

  /// A member of a grade.
  @inline(__always) public static func member(_ index: Int) -> Outcomes {
    Outcomes(rawValue: 1 << UInt64(16 + index))
  }

  /// The least member in the set (the best of a `best first` grade); -1 when there is none.
  public var firstMember: Int { rawValue >> 16 == 0 ? -1 : rawValue.trailingZeroBitCountAbove16 }

  /// How many members are in the set.
  public var memberCount: Int { (rawValue >> 16).nonzeroBitCount }

  /// The word on the wire.
  public var word: String {
    switch self {
    case .notApplicable: "not_applicable"
    case .allow: "allow"
    case .hold: "hold"
    case .deny: "deny"
    case .approved: "approved"
    case .open: "open"
    case .refused: "refused"
    case .chain: "chain"
    case .invalid: "invalid"
    case .valid: "valid"
    case .within: "within"
    case .exceeded: "exceeded"
    case .value: "value"
    case .grade: "grade"
    default: "needs"
    }
  }
}

extension UInt64 {
  fileprivate var trailingZeroBitCountAbove16: Int { (self >> 16).trailingZeroBitCount }
}

/// What is known of a decision after its clauses have been combined.
public struct Verdict: Sendable {
  /// The outcomes it may still have; one when it is decided.
  public var possible: Outcomes = []
  /// The need (index of `Frame.needs`) of what is unknown; -1 when nothing is.
  public var need: Int32 = -1
  /// The first error, when there is one.
  public var error: Trap?
  /// Nothing known yet.
  public init() {}

  /// A decided outcome.
  init(decided outcome: Outcomes) { possible = outcome }
}

/// A clause that was true, unknown or an error for an item.
public struct Entry: BitwiseCopyable, Sendable {
  /// What came of a clause.
  public enum State: UInt8, BitwiseCopyable, Sendable { case holds, unknown, error, lifted }

  /// The index in `Program.clauses`.
  public var clause: Int32
  /// The index of the item, from 0; -1 without `for each`.
  public var item: Int32
  /// The state.
  public var state: State
  /// The need of an unknown, the packed trap of an error, the clearance that lifted it.
  public var payload: UInt32
  /// Of a clearable clause: the verdict of `up to` and the days, in `Frame.clearings`; -1 none.
  public var clearing: Int32

  /// Makes an entry.
  @inline(__always)
  public init(
    clause: Int32, item: Int32, state: State = .holds, payload: UInt32 = 0, clearing: Int32 = -1
  ) {
    self.clause = clause
    self.item = item
    self.state = state
    self.payload = payload
    self.clearing = clearing
  }
}
