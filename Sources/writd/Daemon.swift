/// The daemon: loads the set, says what it serves and where, and serves until it is told to stop.
internal import CommandTable
internal import DecisionLog
internal import PolicyEngine
internal import PolicyRuntime
internal import PolicyServer
internal import PolicySource

/// The exit codes, as `writd --help` shows them.
enum ExitCode: Int32 {
  case fine = 0
  case failed = 1
  case usage = 2
  case internalError = 70

  /// What the help says of them.
  static let table: [(code: Int, means: Phrase)] = [
    (0, "fine"), (1, "the policies do not load or the socket cannot be made"), (2, "usage"),
    (70, "internal"),
  ]
}

/// The steps from arguments to serving.
enum Daemon {
  /// Runs with the arguments of the process.
  static func main() {
    let code = run(Array(CommandLine.arguments.dropFirst()))
    ProcessEnvironment.exit(code.rawValue)
  }

  private static func run(_ arguments: [String]) -> ExitCode {
    let options: DaemonOptions
    var isCheck = false
    let catalog = DaemonTable.catalog(arguments)
    do throws(UsageProblems) {
      switch try DaemonTable.read(arguments, catalog) {
      case .show(let text):
        StandardStream.output.text(text)
        return .fine
      case .check(let read): (options, isCheck) = (read, true)
      case .serve(let read): options = read
      }
    } catch {
      for problem in error.all {
        StandardStream.error.line("writd: " + problem.message.text(in: catalog))
        if let help = problem.help {
          let words = SourceMessages.titled("help", help).text(in: catalog)
          StandardStream.error.line("  " + words)
        }
      }
      return .usage
    }
    guard let timezone = Timezone(options.timezone) else {
      fail(
        "there is no timezone `\(options.timezone)` on this machine",
        help: "use a name of the time zone database, such as `Asia/Shanghai`")
      return .usage
    }
    guard let set = load(options.policies) else { return .failed }
    if isCheck { return .fine }
    // Reading and checking took more than the set that they left behind.
    ProcessMemory.giveBack()
    return serve(set, options, timezone)
  }

  /// Loads a set and prints what is wrong with it.
  private static func load(_ folder: String) -> PolicySet? {
    let result = PolicySet.load(folder: folder)
    for diagnostic in result.diagnostics.sorted {
      let place = result.files.place(of: diagnostic.range)
      StandardStream.error.line(
        "\(place): \(diagnostic.severity.rawValue)[\(diagnostic.code)]: \(diagnostic.message)")
      if let help = diagnostic.help { StandardStream.error.line("  help: \(help)") }
    }
    guard let set = result.set else {
      fail("the policies in `\(folder)` do not load", help: "mend the errors above")
      return nil
    }
    let names = set.decisionNames
    let policies = Set(names.map { $0.prefix { $0 != "." } }).count
    StandardStream.output.line(
      "writd: \(policies) policies, \(names.count) decisions from `\(folder)`, \(set.digest)")
    return set
  }

  private static func serve(
    _ set: PolicySet, _ options: DaemonOptions, _ timezone: Timezone
  ) -> ExitCode {
    let server: Server<Evaluator>
    let signals: StopSignals
    let journal: LogWriter?
    switch openLog(options) {
    case .none: journal = nil
    case .open(let writer): journal = writer
    case .failed: return .failed
    }
    do throws(SocketProblem) {
      guard let path = try socketPath(options) else {
        fail(
          "neither XDG_RUNTIME_DIR nor HOME is set, so the socket has no place",
          help: "give its path with `--socket PATH`")
        return .usage
      }
      var serving = ServerOptions(socketPath: path, timezone: timezone)
      serving.limits = options.limits
      serving.socketMode = options.socketMode
      if case .interval(let milliseconds) = options.logOptions.sync {
        serving.logFlushMilliseconds = Int(milliseconds)
      }
      server = try Server(Evaluator(set), serving, journal: journal)
      signals = try StopSignals()
      noteOpenFiles(options.limits)
      announce(set, path, timezone)
    } catch {
      fail(error.description, help: error.help)
      return .failed
    }
    do throws(Errno) {
      try server.run(until: signals)
    } catch {
      fail("the event loop failed: \(error)", help: nil)
      return .internalError
    }
    StandardStream.output.line("writd: stopped")
    return .fine
  }

  private static func socketPath(_ options: DaemonOptions) throws(SocketProblem) -> String? {
    if let path = options.socket { return path }
    return try DefaultSocket.path()
  }

  /// Every connection is an open file; says so when the system grants fewer than the limit.
  private static func noteOpenFiles(_ limits: Limits) {
    let others = 32
    do throws(Errno) {
      let granted = try ProcessEnvironment.raiseOpenFiles(to: limits.connections + others)
      if granted < limits.connections + others {
        StandardStream.error.line(
          "writd: the system grants \(granted) open files, so about \(granted - others) connections"
        )
      }
    } catch {
      StandardStream.error.line("writd: cannot tell how many files may be open: \(error)")
    }
  }

  private static func announce(_ set: PolicySet, _ path: String, _ timezone: Timezone) {
    StandardStream.output.line(
      "writd: today is \(timezone.today.text) in \(timezone.name), taken when a request has no asOf"
    )
    StandardStream.output.line("writd: listening on `\(path)`; try")
    let socket = ShellText.quoted(path)
    guard let example = set.exampleRequest else {
      StandardStream.output.line("  curl --unix-socket \(socket) http://localhost/healthz")
      return
    }
    let decision = ShellText.percentEncoded(example.decision)
    StandardStream.output.line(
      "  curl --unix-socket \(socket) -H 'Content-Type: application/json' "
        + "-d \(ShellText.quoted(example.body)) http://localhost/v1/decide/\(decision)")
  }

  static func fail(_ message: String, help: String?) {
    StandardStream.error.line("writd: \(message)")
    if let help { StandardStream.error.line("  help: \(help)") }
  }
}

/// Texts made safe for a command line that people paste.
enum ShellText {
  /// The text in single quotes, where a shell reads it as it stands.
  static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D...0x2F, 0x3A, 0x40, 0x5F: true
      default: false
      }
    }
    if isPlain, !text.isEmpty { return text }
    return "'"
      + text.split(separator: "'", omittingEmptySubsequences: false).joined(
        separator: "'\\''") + "'"
  }

  /// The text as a part of a path.
  static func percentEncoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return result
  }
}
