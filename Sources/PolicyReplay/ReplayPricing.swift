/// How many recorded requests lie in a region of the inputs, and how much money they are about.
public import DecisionLog
public import PolicyEngine
public import PolicyRuntime
internal import PolicySource
internal import Synchronization

/// Counts and sums recorded requests by keys that somebody else makes of them.
public enum ReplayPricing {
  /// What is counted under one key.
  public typealias Prices = [String: ReplayCount]

  /// The most keys that are told apart; the requests of more are counted under the empty key.
  public static let mostKeys = ReplayTally.mostKinds

  /// Goes over the requests of a log.
  ///
  /// - Parameters:
  ///   - log: the folder or files of the log.
  ///   - set: says which amount of a request counts.
  ///   - options: the decision, the days, the amount, threads and verification; nothing is compared.
  ///   - makeKey: makes, once in each thread, what gives a request its key: from the name of the decision, the body
  ///     and the day that counted when the request names none; nil: it is not counted.
  /// - Returns: what each key has, and what was seen of the log.
  public static func run(
    _ log: ReplayLog, by set: PolicySet, _ options: ReplayOptions,
    makeKey: @escaping @Sendable () -> (Span<UInt8>, Span<UInt8>, Day) -> String?
  ) throws(LogProblem) -> (prices: Prices, report: ReplayReport) {
    let prices = JoinedPrices()
    let report = try Replay.walk(
      log, by: set, options, prepare: { worker in worker.key = makeKey() },
      join: { piece in prices.add(piece.prices) })
    return (prices.all, report)
  }
}

/// The prices as they grow.
private final class JoinedPrices: Sendable {
  private let prices = Mutex(ReplayPricing.Prices())

  func add(_ more: ReplayPricing.Prices) {
    prices.withLock { prices in
      for (key, count) in more.sorted(by: { $0.value.first < $1.value.first }) {
        let isNew = prices[key] == nil && prices.count >= ReplayPricing.mostKeys
        prices[isNew ? "" : key, default: ReplayCount()].add(count)
      }
    }
  }

  var all: ReplayPricing.Prices { prices.withLock { $0 } }
}
