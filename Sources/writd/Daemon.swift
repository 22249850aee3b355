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
    var options: DaemonOptions
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
    if let name = options.socketGroupName {
      guard let group = Accounts.group(named: name) else {
        let nearest = Suggestion.nearest(to: name, in: Accounts.groupNames)
        fail(
          "there is no group `\(name)` on this machine",
          help: nearest.map { "did you mean `\($0)`?" }
            ?? "make the group first, or give its number"
        )
        return .usage
      }
      options.socketGroup = group
    }
    do throws(StartProblem) {
      // Before anything is opened, and before any thread begins.
      let passed = try PassedSocket.take()
      Hardening.apply(keeping: passed)
      var parts = ServiceParts(
        loader: options.loader, signal: try ReloadSignal(), manager: ServiceManager())
      parts.passed = passed
      if options.watches { parts.watch = watch(parts.loader) }
      guard let loaded = load(parts.loader) else { return .failed }
      if isCheck { return .fine }
      if Hardening.isRoot {
        StandardStream.error.line(
          "writd: runs as root, which it does not need; give it its own user")
      }
      // Reading and checking took more than the set that they left behind.
      ProcessMemory.giveBack()
      return try serve(loaded, options, timezone, parts)
    } catch {
      fail(error.description, help: error.help)
      return .failed
    }
  }

  /// Begins to watch what is read; without it, the signal still reloads.
  private static func watch(_ loader: PolicyLoader) -> FolderWatch? {
    do throws(Errno) { return try loader.watch() } catch {
      fail(
        "the policies cannot be watched: \(error)",
        help: "reload with SIGHUP; the system may be out of watches (fs.inotify.max_user_watches)")
      return nil
    }
  }

  /// Loads a set and prints what is wrong with it.
  private static func load(_ loader: PolicyLoader) -> PolicyLoader.Result? {
    let result = loader.load()
    for line in result.lines { StandardStream.error.line(line) }
    guard let set = result.set else {
      fail("the policies in `\(loader.folder)` do not load", help: "mend the errors above")
      return nil
    }
    let names = set.decisionNames
    let policies = Set(names.map { $0.prefix { $0 != "." } }).count
    StandardStream.output.line(
      "writd: \(policies) policies, \(names.count) decisions from `\(loader.folder)`, \(set.digest)"
    )
    return result
  }

  private static func serve(
    _ loaded: PolicyLoader.Result, _ options: DaemonOptions, _ timezone: Timezone,
    _ parts: ServiceParts
  ) throws(StartProblem) -> ExitCode {
    let chosen = if let passed = parts.passed { passed.path } else { try socketPath(options) }
    guard let path = chosen else {
      fail(
        "neither XDG_RUNTIME_DIR nor HOME is set, so the socket has no place",
        help: "give its path with `--socket PATH`")
      return .usage
    }
    if parts.passed != nil, let unused = options.socket, unused != path {
      StandardStream.error.line(
        "writd: `--socket \(unused)` is not used: the service manager passed `\(path)` on")
    }
    var serving = ServerOptions(socketPath: path, timezone: timezone)
    serving.limits = options.limits
    serving.socketMode = options.socketMode ?? (options.socketGroup == nil ? 0o600 : 0o660)
    serving.socketGroup = options.socketGroup
    serving.publicURL = options.publicURL
    if case .interval(let milliseconds) = options.logOptions.sync {
      serving.logFlushMilliseconds = Int(milliseconds)
    }
    if let path = options.logKey { serving.maskKey = try MaskKey.read(path) }
    // Before the log's thread begins, which would get the signals else.
    let signals = try StopSignals()
    let recorder: LogWriter?
    switch openLog(options) {
    case .none: recorder = nil
    case .open(let writer): recorder = writer
    case .failed: return .failed
    }
    guard let set = loaded.set, let server = try Server(loaded, serving, parts, recorder: recorder)
    else { return .internalError }
    noteOpenFiles(options.limits)
    announce(set, path, timezone)
    do throws(Errno) {
      try server.run(until: signals)
    } catch {
      fail("the event loop failed: \(error)", help: nil)
      return .internalError
    }
    StandardStream.output.line("writd: stopped")
    return .fine
  }

  private static func socketPath(_ options: DaemonOptions) throws(StartProblem) -> String? {
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
    let decision = example.decision.percentEncoded
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
}
