/// What the server counts: plain increments while it serves, made into text when somebody asks.
internal import PolicyRuntime

/// The figures of one server; only the event loop's thread touches them.
struct Figures {
  /// Statuses that are counted by themselves; the last one stands for every other.
  static let statuses = [
    200, 400, 403, 404, 405, 408, 411, 413, 414, 415, 417, 422, 429, 431, 500, 501, 503, 505, 0,
  ]
  /// Outcomes of a decision: one for each fixed outcome, and the last one for problems.
  static let outcomes = 16

  /// By endpoint, then by status.
  private(set) var requests = [UInt64](
    repeating: 0, count: Endpoint.allCases.count * statuses.count)
  /// By number of the decision, then by outcome.
  private(set) var decisions: [UInt64]
  /// Requests for decisions that there are not.
  private(set) var unknownDecisions: UInt64 = 0
  /// How long decisions took, from the lookup of the name to the last byte of the answer.
  private(set) var deciding = Histogram()

  /// The clients.
  var connections = Connections()
  /// The decision log.
  var log = Log()
  /// The policy sets.
  var reloads = Reloads()
  /// When the server began, in seconds since 1970-01-01 UTC.
  let start = SystemClock.unixSeconds

  /// What became of clients.
  struct Connections {
    var open = 0
    var accepted: UInt64 = 0
    /// Turned away, because as many were open as may be.
    var refused: UInt64 = 0
    /// Answers that wait until their record is durable.
    var held = 0
  }

  /// What the decision log has done.
  struct Log {
    var records: UInt64 = 0
    var bytes: UInt64 = 0
    /// Writes that failed.
    var failures: UInt64 = 0
    /// Requests answered 503, because the log could not be written.
    var refused: UInt64 = 0
    /// From the record to the disk.
    var durable = Histogram()
  }

  /// What became of changed policies.
  struct Reloads {
    var loaded: UInt64 = 0
    var refused: UInt64 = 0
    /// When a set was last taken or refused, in seconds since 1970-01-01 UTC; 0 never.
    var lastLoaded: Int64 = 0
    var lastRefused: Int64 = 0
  }

  /// No figures yet, for so many decisions.
  init(decisions count: Int) {
    decisions = [UInt64](repeating: 0, count: count * Self.outcomes)
  }

  // MARK: - Counting

  /// Counts an answer.
  mutating func count(_ endpoint: Endpoint, status: Int) {
    let place = status == 200 ? 0 : Self.place(of: status)
    requests[endpoint.rawValue &* Self.statusCount &+ place] &+= 1
  }

  /// Counts a decision; an empty outcome is a problem, a negative number a decision that there is not.
  mutating func count(_ decision: Int, _ outcome: Outcomes, nanoseconds: Int64) {
    deciding.count(nanoseconds)
    let place = decision &* 16 &+ min(outcome.rawValue.trailingZeroBitCount, 15)
    guard decision >= 0, place < decisions.count else {
      unknownDecisions &+= 1
      return
    }
    decisions[place] &+= 1
  }

  private static let statusCount = statuses.count

  private static func place(of status: Int) -> Int {
    statuses.firstIndex(of: status) ?? statuses.count - 1
  }

  /// Goes on counting for another set: decisions that stay by name keep their counts.
  mutating func carry(from old: [String], to new: [String]) {
    var carried = [UInt64](repeating: 0, count: new.count * Self.outcomes)
    var places: [String: Int] = [:]
    for (place, name) in old.enumerated() { places[name] = place }
    for (place, name) in new.enumerated() {
      guard let before = places[name] else { continue }
      for outcome in 0..<Self.outcomes {
        carried[place * Self.outcomes + outcome] = decisions[before * Self.outcomes + outcome]
      }
    }
    decisions = carried
  }
}
