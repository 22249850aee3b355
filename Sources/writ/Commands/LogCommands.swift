/// What the commands of `writ log` share, and the small ones: `verify`, `head`, `backup`.
import CommandTable
import DecisionLog
import PolicyEngine
import PolicySource

/// The folder that a command of `writ log` reads.
enum LogFolderWord {
  static let positional = Positional(
    name: "FOLDER", value: .folder("FOLDER"), help: "the folder of the log",
    fallback: "/var/log/writ/decisions")

  static let format = Option(
    name: "--format", value: .choice(["text", "json"]), default: "text",
    help: "text for people, or JSON")

  static func open(_ arguments: Arguments) throws(UsageError) -> LogReading {
    try reading { () throws(LogProblem) in try LogReading(folder: arguments.word("FOLDER")) }
  }

  /// A log that cannot be read is a command line that names the wrong folder.
  static func reading<Result>(
    _ body: () throws(LogProblem) -> Result
  ) throws(UsageError) -> Result {
    do throws(LogProblem) {
      return try body()
    } catch {
      throw UsageError(error.message, help: error.help)
    }
  }
}

/// `writ log verify`: whether the log is what was written.
enum LogVerify {
  static let spec = CommandSpec(
    name: "log verify", summary: "Checks every hash of a decision log, and the chain of all.",
    positionals: [LogFolderWord.positional],
    options: [
      Option(
        name: "--anchor", value: "N:HASH", repeats: true,
        help: "a record that must be there, as `writ log head` printed it"), LogFolderWord.format,
    ],
    examples: [
      (
        "writ log verify /var/log/writ/decisions",
        "exit code 1 when a record was changed, removed, inserted or moved"
      ),
      ("writ log verify --anchor \"$(cat anchor)\"", "also finds an end that was cut off"),
    ])

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitCode {
    var anchors: [LogAnchor] = []
    for value in arguments.values("--anchor") {
      guard let anchor = LogAnchor(value.text) else {
        throw UsageError(
          "`\(value.text)` is not an anchor", help: "write it as `writ log head` prints it")
      }
      anchors.append(anchor)
    }
    let log = try LogFolderWord.open(arguments)
    let found = try LogFolderWord.reading { () throws(LogProblem) in
      try LogVerification.run(log, anchors: anchors)
    }
    let isJSON = arguments.value("--format") == "json"
    console.write(isJSON ? json(found, console) + "\n" : text(found, console))
    return found.isWhole ? .fine : .findings
  }

  /// The findings, and what was looked at.
  static func text(_ found: LogVerification, _ console: Console) -> String {
    var lines = found.findings.map { finding in
      "\(finding.file):\(finding.line): \(finding.kind.rawValue): \(console.say(finding.message))"
    }
    if found.unlisted > 0 { lines.append(console.say("… and \(found.unlisted) more")) }
    let records = SourceMessages.count(Int(found.records), "record")
    let files = SourceMessages.count(found.files, "file")
    if let first = found.first, let last = found.last {
      lines.append(console.say("\(records) in \(files), from \(first) to \(last)"))
    } else {
      lines.append(console.say("\(records) in \(files)"))
    }
    if found.unfinished > 0 {
      lines.append(
        console.say("the log is being written: \(found.unfinished) bytes of a record on its way"))
    }
    if found.isWhole {
      lines.append(console.say("every hash fits, and the chain is whole"))
      if let head = found.head { lines.append(console.say("anchor \(head)")) }
    } else {
      let count = SourceMessages.count(found.findings.count + found.unlisted, "finding")
      lines.append(console.say("the log is not what was written: \(count)"))
    }
    return lines.map { $0 + "\n" }.joined()
  }

  static func json(_ found: LogVerification, _ console: Console) -> String {
    let findings = found.findings.map { finding -> JSONTree in
      .object([
        .init("kind", .string(finding.kind.rawValue)), .init("file", .string(finding.file)),
        .init("line", .number(String(finding.line))),
        .init("message", .string(console.say(finding.message))),
      ])
    }
    return JSONTree.object([
      .init("whole", .bool(found.isWhole)), .init("records", .number(String(found.records))),
      .init("files", .number(String(found.files))),
      .init("first", found.first.map { .string($0.description) } ?? .null),
      .init("last", found.last.map { .string($0.description) } ?? .null),
      .init("head", found.head.map { .string($0.description) } ?? .null),
      .init("unfinished", .number(String(found.unfinished))),
      .init("unlisted", .number(String(found.unlisted))), .init("findings", .array(findings)),
    ]).text
  }
}

/// `writ log head`: the anchor of the log as it is now.
enum LogHeadCommand {
  static let spec = CommandSpec(
    name: "log head", summary: "Prints the anchor of a decision log: its last record and hash.",
    positionals: [LogFolderWord.positional], options: [],
    examples: [
      (
        "writ log head /var/log/writ/decisions > anchor",
        "kept elsewhere, it proves later that nothing was cut off"
      )
    ])

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitCode {
    let log = try LogFolderWord.open(arguments)
    let head = try LogFolderWord.reading { () throws(LogProblem) in try log.head() }
    guard let head else {
      console.complain(console.say("the log has no whole record") + "\n")
      return .findings
    }
    console.write("\(head)\n")
    return .fine
  }
}

/// `writ log backup`: a copy of a log that may be written meanwhile.
enum LogBackupCommand {
  static let spec = CommandSpec(
    name: "log backup",
    summary: "Copies a decision log, also while the daemon writes it, and checks the copy.",
    positionals: [
      Positional(
        name: "DIR", value: .folder("DIR"), help: "the folder of the copy, which is made",
        fallback: nil), LogFolderWord.positional,
    ],
    options: [],
    examples: [
      (
        "writ log backup /srv/backup/decisions-2026-11-22",
        "exit code 1 when the copy is not whole"
      )
    ])

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitCode {
    let log = try LogFolderWord.open(arguments)
    let target = arguments.word("DIR")
    let found = try LogFolderWord.reading { () throws(LogProblem) in
      _ = try LogBackup.copy(log, to: target)
      return try LogVerification.run(LogReading(folder: target))
    }
    console.write(LogVerify.text(found, console))
    return found.isWhole ? .fine : .findings
  }
}
