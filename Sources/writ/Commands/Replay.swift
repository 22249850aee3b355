/// `writ replay`: recorded decisions decided anew by other policies.
import CommandTable
import DecisionLog
import Foundation
import PolicyEngine
import PolicyReplay
import PolicyRuntime
import PolicySource

enum ReplayCommand {
  private static let mostListed = 1_000_000

  static let spec = CommandSpec(
    name: "replay",
    summary: "Decides recorded requests anew by other policies, and says whose answers change.",
    positionals: [
      Positional(
        name: "FILES", value: .file("FILES"),
        help: "more files of the log, so that `--log *.jsonl` may be written", fallback: "",
        takesMany: true)
    ],
    options: [
      Option(
        name: "--log", value: .folder("PATH"), default: "/var/log/writ/decisions",
        help: "the folder of the log, or a file of it"),
      Option(
        name: "--policies", value: .folder("FOLDER"), default: "policies",
        help: "the folder of the policies that decide anew"),
      Option(
        name: "--decision", value: "NAME", help: "a decision, or a policy with all its decisions"),
      Option(name: "--from", value: "DATE", help: "records from this day or moment on"),
      Option(
        name: "--until", value: "DATE", help: "records to the end of this day, or to this moment"),
      Option(
        name: "--sum", value: "PATH", repeats: true,
        help: "the amount of a request to add up, such as order.amount (default: its only one)"),
      Option(
        name: "--limit", value: .number("N", 0...mostListed), default: "20",
        help: "how many changed decisions are listed; CSV lists all"),
      Option(
        name: "--verify", value: .yesNo, default: "yes",
        help: "check every hash and the chain of the log on the way; `--verify=no` is faster"),
      Option(
        name: "--threads", value: .number("N", 1...256), help: "how many (default: one per core)"),
      LogFind.zone,
      Option(
        name: "--format", value: .choice(["text", "json", "csv"]), default: "text",
        help: "text for people, JSON, or one line of CSV for each changed decision"),
    ],
    examples: [
      (
        "writ replay --log /var/log/writ/decisions --policies new",
        "exit code 0 when no answer changes, 3 when some do, 1 when the log is damaged"
      ),
      (
        "writ replay --policies new --from 2026-10-01 --sum order.amount --format csv > changed.csv",
        "every changed decision since October, for a spreadsheet"
      ),
    ])

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitCode {
    let options = try options(arguments)
    let loaded = PolicySet.load(folder: arguments.value("--policies") ?? "policies")
    guard let set = loaded.set else {
      console.complain(Findings.text(loaded, console))
      return .findings
    }
    try check(options.sum, in: [set])
    let format = arguments.value("--format")
    if format == "csv" { console.write(ReplaySheet.head) }
    let write: @Sendable (ReplayedChange) -> Void = { change in
      console.write(ReplaySheet.row(change, console.language))
    }
    let meter = ReplayMeter(console)
    let report = try LogFolderWord.reading { () throws(LogProblem) in
      try Replay.run(
        ReplayLog(paths(arguments)), by: set, options, onChange: format == "csv" ? write : nil,
        onProgress: meter.isShown ? meter.show : nil)
    }
    meter.clear()
    if let decision = options.decision, report.tally.decisions == 0, !set.has(decision) {
      throw unknown(decision, set)
    }
    switch format {
    case "json": console.write(ReplayDocument(report, console.language).tree.text + "\n")
    case "csv": console.complain(ReplayText(report, console.language, lists: false).text(console))
    default: console.write(ReplayText(report, console.language, lists: true).text(console))
    }
    return exitCode(of: report)
  }

  private static func exitCode(of report: ReplayReport) -> ExitCode {
    let tally = report.tally
    if !report.chain.isWhole || report.hindrances.contains(where: { $0.hindrance.isDamage }) {
      return .findings
    }
    if tally.changed > 0 { return .changes }
    // Of decisions that could not be replayed at all, nobody may believe that they stay the same.
    return tally.notReplayed > 0 && tally.same == 0 ? .findings : .fine
  }

  /// The files behind `--log`, with those that a shell has put behind the first.
  private static func paths(_ arguments: Arguments) -> [String] {
    let files = arguments.words("FILES").filter { !$0.isEmpty }
    let log = files.isEmpty ? arguments.value("--log") : arguments.givenValues("--log")?.last?.text
    return (log.map { [$0] } ?? []) + files
  }

  private static func options(_ arguments: Arguments) throws(UsageError) -> ReplayOptions {
    let zone = try LogZone(arguments)
    var options = ReplayOptions()
    options.decision = arguments.value("--decision")
    (options.since, options.until) = try zone.span(arguments, from: "--from")
    options.sum = arguments.values("--sum").map(\.text)
    options.limit = arguments.number("--limit") ?? 0
    options.verifies = arguments.has("--verify")
    options.threads =
      arguments.number("--threads") ?? ProcessInfo.processInfo.activeProcessorCount
    options.day = { Day(number: zone.dayNumber(of: $0)) }
    return options
  }

  /// A name that neither the set nor the log knows is a slip of the pen; one that only the log knows is gone.
  private static func unknown(_ decision: String, _ set: PolicySet) -> UsageError {
    let near =
      Suggestion.nearest(to: decision, in: set.policyNames).map { [$0] }
      ?? set.suggestions(for: decision)
    return UsageError(
      "neither the policies nor these records have a decision `\(decision)`",
      help: near.first.map { "did you mean `\($0)`?" }
        ?? UnknownName.all)
  }

  /// An amount that no decision has is a slip of the pen.
  static func check(_ sums: [String], in sets: [PolicySet]) throws(UsageError) {
    guard !sums.isEmpty else { return }
    let programs = sets.flatMap { set in set.decisionNames.compactMap { set.program(named: $0) } }
    for path in sums
    where !programs.contains(where: { RequestAmount.choice(of: [path], in: $0).amount != nil }) {
      let known = Set(programs.flatMap(RequestAmount.paths)).sorted()
      throw UsageError(
        "no decision has an amount `\(path)`",
        help: Suggestion.nearest(to: path, in: known).map { "did you mean `\($0)`?" })
    }
  }
}

extension PolicySet {
  /// Whether there is a decision of this name, or a policy.
  fileprivate func has(_ name: String) -> Bool {
    decisionNames.contains(name) || policyNames.contains(name)
  }
}

extension ReplayHindrance {
  /// Whether the record itself is at fault.
  var isDamage: Bool { obstacle == .damaged }
}

/// How far a replay has come, on a terminal.
final class ReplayMeter {
  /// Whether anybody sees it.
  let isShown = isatty(STDERR_FILENO) == 1
  private let console: Console
  private let start = ContinuousClock.now

  init(_ console: Console) { self.console = console }

  func show(_ progress: ReplayProgress) {
    let (seconds, fraction) = (ContinuousClock.now - start).components
    let milliseconds = max(1, Int(seconds) * 1000 + Int(fraction / 1_000_000_000_000_000))
    let rate = LoadText.grouped(progress.records * 1000 / milliseconds)
    let share = progress.totalBytes > 0 ? progress.bytes * 100 / progress.totalBytes : 100
    let records = LoadText.grouped(progress.records)
    console.complain(
      "\r" + console.say("\(records) records, \(share)%, \(rate) per second") + "\u{1B}[K")
  }

  func clear() {
    if isShown { console.complain("\r\u{1B}[K") }
  }
}
