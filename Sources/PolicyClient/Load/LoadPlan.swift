/// What a load generator is to do, and what came of it.

/// When requests are sent.
public enum LoadPace: Sendable, Equatable {
  /// So many per second, each due at a fixed moment, whether or not answers have come.
  case rate(Int)
  /// The next one as soon as an answer has come.
  case closed
}

/// A load.
public struct LoadPlan: Sendable {
  /// Where the daemon listens.
  public var socket: String
  /// What is asked, in turn.
  public var requests: [ClientRequest]
  /// When.
  public var pace: LoadPace
  /// How long requests are sent.
  public var seconds: Int
  /// Over how many connections.
  public var connections = 1
  /// How many requests may be out on one connection.
  public var pipeline = 1
  /// How long is waited for answers once the last request was due.
  public var timeoutMilliseconds = 10_000

  /// Makes a plan.
  public init(socket: String, requests: [ClientRequest], pace: LoadPace, seconds: Int) {
    self.socket = socket
    self.requests = requests
    self.pace = pace
    self.seconds = seconds
  }
}

/// What came of a load.
public struct LoadReport: Sendable {
  /// From the moment a request was due to the last byte of its answer.
  public internal(set) var latency = LatencyHistogram()
  /// How late the generator itself sent, though a connection was free.
  public internal(set) var delay = LatencyHistogram()
  /// How many requests were due.
  public internal(set) var due = 0
  /// From the first request to the last answer.
  public internal(set) var nanoseconds: Int64 = 0
  /// Answers with `"permitted": true`.
  public internal(set) var permitted = 0
  /// Answers with `"permitted": false`.
  public internal(set) var notPermitted = 0
  /// Answers with status 200 that have no such flag, as grades and values.
  public internal(set) var unflagged = 0
  /// Requests whose connection ended before their answer.
  public internal(set) var lost = 0
  /// Requests for which no connection could be made.
  public internal(set) var refused = 0
  /// Requests without an answer when the time was over, and those never sent for want of a connection.
  public internal(set) var unanswered = 0
  /// Requests behind bytes that are no answer.
  public internal(set) var garbled = 0
  var byStatus = [Int](repeating: 0, count: 1000)

  /// How many answers came.
  public var answered: Int { latency.count }

  /// How many answers came with each status that occurred.
  public var statuses: [(status: Int, count: Int)] {
    byStatus.enumerated().filter { $0.element > 0 }.map { ($0.offset, $0.element) }
  }

  /// Whether each request that was due was answered with 200.
  public var isClean: Bool { byStatus[200] == due }

  /// Ten times the answers per second.
  public var tenthsPerSecond: Int {
    nanoseconds == 0 ? 0 : Int(Int64(answered) * 10_000_000 / max(1, nanoseconds / 1000))
  }
}
