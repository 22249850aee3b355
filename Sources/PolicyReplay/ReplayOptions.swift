/// What is replayed, and how.
public import DecisionLog
public import PolicyEngine
public import PolicyRuntime

/// What a replay is asked for.
public struct ReplayOptions: Sendable {
  /// What the new answers are compared with.
  public enum Baseline: Sendable {
    /// The answers that were recorded.
    case recorded
    /// The answers of another set to the same requests.
    case set(PolicySet)
  }

  /// What the new answers are compared with.
  public var baseline = Baseline.recorded
  /// A decision, or a policy with all its decisions; nil: all.
  public var decision: String?
  /// The first and the last moment of the records that count.
  public var since: LogTime?
  /// The last moment.
  public var until: LogTime?
  /// The paths of the amounts to add up; none: the only amount of each decision.
  public var sum: [String] = []
  /// How many changed decisions are listed.
  public var limit = 20
  /// Whether every hash is computed and the chain followed.
  public var verifies = true
  /// How many bytes of the log a thread takes at a time.
  public var pieceLength = LogPieces.usualLength
  /// How many threads work.
  public var threads = 1
  /// The day of a moment where the daemon ran, for records that do not say which day counted.
  public var day: @Sendable (LogTime) -> Day = { time in
    Day(number: Int(time.microseconds / 1_000_000 / 86_400))
  }

  /// What is usual.
  public init() {}
}

/// Why a recorded decision could not be decided anew.
public enum ReplayObstacle: Hashable, Sendable {
  /// The members of its record cannot be read.
  case damaged
  /// The set has no such decision.
  case decisionGone
  /// A secret stands masked in its request.
  case masked
  /// Only the length and hash of its request were recorded.
  case notRecorded
  /// The request was refused, with this status.
  case refused(Int)
  /// The request does not fit the inputs of the set: the code of the problem and where.
  case unreadable(code: String, pointer: String)
}

/// Decisions of one name that were hindered in the same way.
public struct ReplayHindrance: Hashable, Sendable {
  /// The decision.
  public let decision: String
  /// What hindered them.
  public let obstacle: ReplayObstacle
}

/// A decision whose answer changes.
public struct ReplayedChange: Sendable {
  /// The number of the record.
  public let number: UInt64
  /// When it was written.
  public let time: LogTime
  /// The day that counted.
  public let day: Day
  /// The id of the request.
  public let requestID: String
  /// The decision.
  public let decision: String
  /// What changes.
  public let change: AnswerChange
  /// The amounts of the request; nil when they are not known.
  public let amounts: [MoneyAmount]?
}

/// Changes that are alike.
public struct ReplayKind: Hashable, Sendable {
  /// The decision.
  public let decision: String
  /// What changes, without figures.
  public let change: AnswerChange

  /// Names a kind.
  public init(decision: String, change: AnswerChange) {
    self.decision = decision
    self.change = change
  }
}

/// How many there are of something, their money, and the first of them.
public struct ReplayCount: Sendable {
  /// How many.
  public private(set) var count = 0
  /// The money of their requests.
  public private(set) var money = MoneySum()
  /// The number of the first record.
  public private(set) var first: UInt64 = .max

  /// None yet.
  public init() {}

  /// Counts one.
  public mutating func add(_ number: UInt64, _ amounts: [MoneyAmount]?) {
    count += 1
    money.add(amounts)
    first = min(first, number)
  }

  /// Counts others.
  public mutating func add(_ other: ReplayCount) {
    count += other.count
    money.add(other.money)
    first = min(first, other.first)
  }
}
