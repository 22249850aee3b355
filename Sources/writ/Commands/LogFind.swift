/// `writ log find`: the recorded decisions that match.
import CommandTable
import DecisionLog
import PolicyEngine
import PolicySource

enum LogFind {
  static let zone = Option(
    name: "--timezone", value: "ZONE", default: "Asia/Shanghai",
    help: "in which dates and times are read and shown")

  static let spec = CommandSpec(
    name: "log find", summary: "Finds recorded decisions.",
    positionals: [LogFolderWord.positional],
    options: [
      Option(
        name: "--decision", value: "NAME", help: "a decision, or a policy with all its decisions"),
      Option(name: "--outcome", value: "WORD", help: "such as deny, chain or exceeded"),
      Option(name: "--request-id", value: "ID", help: "the request with this id"),
      Option(
        name: "--since", value: "DATE", help: "from this day or moment on: `2026-11-22T09:00`"),
      Option(name: "--until", value: "DATE", help: "to the end of this day, or to this moment"),
      Option(
        name: "--where", value: "CONDITION",
        help: "on the inputs, or on `answer.…`: `order.amount > 50_000 CNY`"), zone,
      LogFolderWord.format,
    ],
    examples: [
      (
        "writ log find --outcome deny --since 2026-11-01",
        "one line for each; exit code 1 when there is none"
      ),
      (
        "writ log find --where 'order.amount > 50_000 CNY' --format json",
        "the records as they stand in the log"
      ),
    ])

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitCode {
    let zone = try LogZone(arguments)
    var filter = try RecordFilter(arguments, zone)
    let log = try LogFolderWord.open(arguments)
    let isJSON = arguments.value("--format") == "json"
    let count = try LogFolderWord.reading { () throws(LogProblem) in
      var records = try log.records()
      if let since = filter.since { records.skipFiles(before: since) }
      var count = 0
      while let record = try records.next() {
        guard let tree = filter.match(record) else { continue }
        count += 1
        console.write(
          isJSON ? record.line + [0x0A] : Array(RecordText.line(record, tree, zone).utf8))
      }
      return count
    }
    if !filter.masked.isEmpty {
      let names = SourceMessages.names(filter.masked.sorted(), last: .comma)
      console.complain(
        console.say("`--where` asks for what is secret in the log: \(names)") + "\n")
      return .findings
    }
    return count > 0 ? .fine : .findings
  }
}

/// Which records are asked for.
struct RecordFilter {
  let since: LogTime?
  let until: LogTime?
  private let decision: String?
  private let outcome: String?
  private let requestID: String?
  private var condition: RecordCondition?

  init(_ arguments: Arguments, _ zone: LogZone) throws(UsageError) {
    decision = arguments.value("--decision")
    outcome = arguments.value("--outcome")
    requestID = arguments.value("--request-id")
    (since, until) = try zone.span(arguments, from: "--since")
    guard let text = arguments.value("--where") else { return }
    do throws(RecordCondition.Refusal) {
      condition = try RecordCondition(text)
    } catch {
      throw UsageError("`--where`: \(error.message)", help: error.help)
    }
  }

  /// The paths that the condition asked for and that are secret.
  var masked: Set<String> { condition?.masked ?? [] }

  /// The record as JSON when it matches.
  mutating func match(_ record: LogRecord) -> JSONTree? {
    guard record.kind == "decision" else { return nil }
    if let since, record.time < since { return nil }
    if let until, until < record.time { return nil }
    guard let tree = JSONTree(parsing: record.line) else { return nil }
    if let requestID, tree["requestId"]?.word != requestID { return nil }
    if let decision {
      let name = tree["decision"]?.word ?? ""
      guard name == decision || name.hasPrefix(decision + ".") else { return nil }
    }
    if let outcome, tree["answer"]?["outcome"]?.word != outcome { return nil }
    if condition?.matches(tree) == false { return nil }
    return tree
  }
}

/// A record in one line for people.
enum RecordText {
  static func line(_ record: LogRecord, _ tree: JSONTree?, _ zone: LogZone) -> String {
    var words = ["\(record.number)", zone.text(of: record.time)]
    let answer = tree?["answer"]
    if record.kind == "decision" {
      words.append(tree?["decision"]?.word ?? "")
      let status = tree?["status"]?.word ?? ""
      words.append(answer?["outcome"]?.word ?? answer?["code"]?.word ?? status)
      let codes = (answer?["reasons"]?.items ?? []).compactMap { $0["code"]?.word }
      if !codes.isEmpty { words.append(codes.joined(separator: ",")) }
      words.append(tree?["requestId"]?.word ?? "")
    } else {
      words.append(record.kind)
      for name in ["file", "because", "records", "refused", "bytes"] {
        if let word = tree?[name]?.word { words.append("\(name) \(word)") }
      }
    }
    return words.joined(separator: "  ") + "\n"
  }
}
