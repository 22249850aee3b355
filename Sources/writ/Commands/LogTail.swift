/// `writ log tail`: the last records, and those that come.
import CommandTable
import DecisionLog
import Foundation
import PolicyEngine
import PolicySource

enum LogTail {
  static let spec = CommandSpec(
    name: "log tail", summary: "Shows the last records of a decision log.",
    positionals: [LogFolderWord.positional],
    options: [
      Option(name: "-n", value: .number("N", 0...1_000_000), default: "10", help: "how many"),
      Option(name: "--follow", value: nil, help: "go on with the records that come"), LogFind.zone,
      LogFolderWord.format,
    ],
    examples: [("writ log tail --follow", "shows decisions as they are made")])

  /// How long is waited before the log is looked at again.
  private static let pause: TimeInterval = 0.2

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitCode {
    let zone = try LogZone(arguments)
    let log = try LogFolderWord.open(arguments)
    let wanted = UInt64(arguments.number("-n") ?? 10)
    let isJSON = arguments.value("--format") == "json"
    let follows = arguments.has("--follow")
    func show(_ record: LogRecord) {
      let tree = isJSON ? nil : JSONTree(parsing: record.line)
      console.write(
        isJSON ? record.line + [0x0A] : Array(RecordText.line(record, tree, zone).utf8))
    }
    try LogFolderWord.reading { () throws(LogProblem) in
      let last = try log.head()?.number ?? 0
      let first = last >= wanted ? last - wanted + 1 : 1
      var records = try log.records()
      records.skipFiles(belowNumber: first)
      while true {
        while let record = try records.next() { if record.number >= first { show(record) } }
        if !follows { break }
        Thread.sleep(forTimeInterval: pause)
      }
    }
    return .fine
  }
}

/// The time zone in which the commands of `writ log` speak.
struct LogZone {
  private let zone: TimeZone

  init(_ arguments: Arguments) throws(UsageError) {
    let name = arguments.value("--timezone") ?? "Asia/Shanghai"
    guard let zone = TimeZone(identifier: name) else {
      throw UsageError("unknown time zone `\(name)`", help: "such as `Asia/Shanghai` or `UTC`")
    }
    self.zone = zone
  }

  /// Seconds that clocks there are ahead of UTC.
  private func offset(at time: LogTime) -> Int {
    zone.secondsFromGMT(
      for: Date(timeIntervalSince1970: TimeInterval(time.microseconds / 1_000_000)))
  }

  /// The day there, in days since 1970-01-01.
  func dayNumber(of time: LogTime) -> Int {
    let seconds = Int(time.microseconds / 1_000_000) + offset(at: time)
    return seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
  }

  /// A moment as `2026-11-22 17:12:01 +08:00`.
  func text(of time: LogTime) -> String {
    let ahead = offset(at: time)
    let local = LogTime(microseconds: time.microseconds + Int64(ahead) * 1_000_000).description
    let minutes = abs(ahead) / 60
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    return local.prefix(10) + " " + local.dropFirst(11).prefix(8)
      + (ahead < 0 ? " -" : " +") + two(minutes / 60) + ":" + two(minutes % 60)
  }

  /// The first and the last moment that count; the last is not before the first.
  func span(
    _ arguments: Arguments, from first: String
  ) throws(UsageError) -> (from: LogTime?, until: LogTime?) {
    let from = try moment(arguments.value(first), endOfDay: false)
    let until = try moment(arguments.value("--until"), endOfDay: true)
    if let from, let until, until < from {
      throw UsageError("`--until` lies before `\(first)`", help: "no record can lie between them")
    }
    return (from, until)
  }

  /// A day there, or a moment: `2026-11-22`, `2026-11-22T09:00`, `2026-11-22T09:00:00`, in UTC with `Z` behind.
  func moment(_ text: String?, endOfDay: Bool) throws(UsageError) -> LogTime? {
    guard let text else { return nil }
    let isUTC = text.hasSuffix("Z")
    let local = isUTC ? String(text.dropLast()) : text
    let padding = [10: "T00:00:00.000000Z", 16: ":00.000000Z", 19: ".000000Z", 26: "Z"]
    guard let rest = padding[local.utf8.count], let time = LogTime(Array((local + rest).utf8).span)
    else {
      throw UsageError("`\(text)` is not a date", help: "write it as `2026-11-21`")
    }
    var found = time.microseconds
    if !isUTC { found -= Int64(offset(at: time)) * 1_000_000 }
    if endOfDay, local.utf8.count == 10 { found += 86_400_000_000 - 1 }
    return LogTime(microseconds: found)
  }
}
