/// What a decision log says of a difference: its recorded requests decided by both sets.
import CommandTable
import DecisionLog
import Foundation
import PolicyAnalysis
import PolicyEngine
import PolicyReplay
import PolicyRuntime
import PolicySource

/// The log that `--log` names, and which of its records count.
struct DiffLog {
  private let path: String
  private var replay: ReplayOptions

  static let options = [
    Option(
      name: "--log", value: .folder("PATH"),
      help: "a decision log: how many recorded decisions each change concerns, and how much money"),
    Option(name: "--from", value: "DATE", help: "records from this day or moment on"),
    Option(
      name: "--until", value: "DATE", help: "records to the end of this day, or to this moment"),
    Option(
      name: "--sum", value: "PATH", repeats: true,
      help: "the amount of a request to add up, such as order.amount (default: its only one)"),
    LogFind.zone,
  ]

  /// Nil when no log is named.
  init?(_ arguments: Arguments) throws(UsageError) {
    guard let path = arguments.value("--log") else {
      for option in Self.options.map(\.name) where arguments.givenValues(option) != nil {
        throw UsageError("`\(option)` is for a log", help: "`--log` names it")
      }
      return nil
    }
    let zone = try LogZone(arguments)
    self.path = path
    replay = ReplayOptions()
    replay.decision = arguments.value("--decision")
    (replay.since, replay.until) = try zone.span(arguments, from: "--from")
    replay.sum = arguments.values("--sum").map(\.text)
    replay.limit = 0
    replay.threads = ProcessInfo.processInfo.activeProcessorCount
    replay.day = { Day(number: zone.dayNumber(of: $0)) }
  }

  /// The prices of changes, and whether the log is what was written.
  func prices(
    from old: PolicySet, to new: PolicySet, _ console: Console
  ) throws(UsageError) -> (prices: DiffPrices, isSound: Bool) {
    try ReplayCommand.check(replay.sum, in: [old, new])
    var options = replay
    options.baseline = .set(old)
    let meter = ReplayMeter(console)
    let report = try LogFolderWord.reading { () throws(LogProblem) in
      try Replay.run(
        ReplayLog([path]), by: new, options, onProgress: meter.isShown ? meter.show : nil)
    }
    meter.clear()
    let entries = report.kinds.map { kind, count in
      DiffPrices.Entry(
        decision: kind.decision, change: kind.change, count: count.count,
        amounts: count.money.amounts.map(\.text))
    }
    let tally = report.tally
    let prices = DiffPrices(
      log: path, decisions: tally.same + tally.changed, notDecided: tally.notReplayed, entries)
    return (prices, report.chain.isWhole)
  }
}
