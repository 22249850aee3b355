/// What a replay found.
public import DecisionLog

/// How many decisions there were, and what became of them.
public struct ReplayTally: Sendable {
  /// The recorded decisions that were asked for.
  public internal(set) var decisions = 0
  /// Those that are answered as before.
  public internal(set) var same = 0
  /// Those that are answered otherwise.
  public internal(set) var changed = 0
  /// Those of which the day was derived from the time of the record.
  public internal(set) var derivedDays = 0
  /// How many of each decision were replayed, by its name.
  public internal(set) var replayed: [String: Int] = [:]
  /// The changes by their kinds.
  public internal(set) var kinds: [ReplayKind: ReplayCount] = [:]
  /// The changes that are counted in no kind, because there are too many kinds.
  public internal(set) var otherKinds = ReplayCount()
  /// What could not be replayed.
  public internal(set) var hindered: [ReplayHindrance: ReplayCount] = [:]
  /// What could not be replayed and is counted under no decision, because there are too many.
  public internal(set) var otherHindered = ReplayCount()

  /// How many kinds are told apart; more are counted together, so that memory does not grow.
  static let mostKinds = 10_000

  /// Nothing yet.
  public init() {}

  /// How many could not be replayed.
  public var notReplayed: Int { decisions - same - changed }

  mutating func add(_ kind: ReplayKind, _ number: UInt64, _ amounts: [MoneyAmount]?) {
    changed += 1
    kinds[kind, default: ReplayCount()].add(number, amounts)
  }

  mutating func add(_ hindrance: ReplayHindrance, _ number: UInt64) {
    hindered[hindrance, default: ReplayCount()].add(number, nil)
  }

  /// Adds what another piece of the log gave.
  mutating func add(_ other: ReplayTally) {
    decisions += other.decisions
    same += other.same
    changed += other.changed
    derivedDays += other.derivedDays
    for (name, count) in other.replayed { replayed[name, default: 0] += count }
    // The earliest first, so that which kinds are told apart depends on the log alone.
    for (kind, count) in other.kinds.sorted(by: { $0.value.first < $1.value.first }) {
      if kinds[kind] != nil || kinds.count < Self.mostKinds {
        kinds[kind, default: ReplayCount()].add(count)
      } else {
        otherKinds.add(count)
      }
    }
    otherKinds.add(other.otherKinds)
    for (hindrance, count) in other.hindered.sorted(by: { $0.value.first < $1.value.first }) {
      if hindered[hindrance] != nil || hindered.count < Self.mostKinds {
        hindered[hindrance, default: ReplayCount()].add(count)
      } else {
        otherHindered.add(count)
      }
    }
    otherHindered.add(other.otherHindered)
  }
}

/// What a replay found.
public struct ReplayReport: Sendable {
  /// The counts.
  public internal(set) var tally = ReplayTally()
  /// The first of the changed decisions, as many as were asked for.
  public internal(set) var listed: [ReplayedChange] = []
  /// What was seen of the chain of the log.
  public internal(set) var chain: LogChain
  /// Whether every hash was computed and the chain followed.
  public let isVerified: Bool
  /// How many files were left out because all their records are too old.
  public let skippedFiles: Int
  /// Which amount of each decision was added up.
  public internal(set) var amounts: [String: RequestAmount.Choice] = [:]

  init(chain: LogChain, isVerified: Bool, skippedFiles: Int) {
    self.chain = chain
    self.isVerified = isVerified
    self.skippedFiles = skippedFiles
  }

  /// The kinds of changes: those of most decisions first.
  public var kinds: [(kind: ReplayKind, count: ReplayCount)] {
    tally.kinds.map { (kind: $0.key, count: $0.value) }.sorted { one, other in
      (other.count.count, one.count.first, one.kind.decision)
        < (one.count.count, other.count.first, other.kind.decision)
    }
  }

  /// What could not be replayed: that of most decisions first.
  public var hindrances: [(hindrance: ReplayHindrance, count: ReplayCount)] {
    tally.hindered.map { (hindrance: $0.key, count: $0.value) }.sorted { one, other in
      (other.count.count, one.count.first) < (one.count.count, other.count.first)
    }
  }
}

/// How far a replay has come.
public struct ReplayProgress: Sendable {
  /// The records that were read.
  public internal(set) var records = 0
  /// The bytes that were read.
  public internal(set) var bytes: Int64 = 0
  /// The bytes that there are.
  public internal(set) var totalBytes: Int64 = 0
}
