/// What the daemon's help and manual say, and how its command line and config file are read.
internal import CommandTable
internal import PolicyEngine
internal import PolicyServer
internal import PolicySource

/// The daemon's part of the table.
enum DaemonTable {
  /// The config file that is read when the command line names neither one nor policies.
  static let usualConfig = "/etc/writ/writd.conf"

  static let config = Option(
    name: "--config", value: .file("FILE"),
    help: "a file with options as lines `name = value`; the command line wins over it "
      + "(default: `/etc/writ/writd.conf`, if it exists and `--policies` is not given)")
  static let check = Option(
    name: "--check", value: nil, help: "read options and policies, print what is wrong, and exit")
  static let printConfig = Option(
    name: "--print-config", value: nil,
    help: "print what holds for every option and where it comes from, and exit")
  static let man = Option(
    name: "--man", value: .choice(["writd", "writd.conf"], named: "PAGE"),
    help: "print a page of the manual, `writd` or `writd.conf`, and exit")
  static let completions = Option(
    name: "--completions", value: .choice(Shell.allCases.map(\.rawValue)),
    help: "print what makes a shell complete command lines of writd, and exit")
  static let version = Option(name: "--version", value: nil, help: "show the version")

  /// What only a command line may hold.
  static let others = [config, check, printConfig, man, completions, version]

  static let command = CommandSpec(
    of: "writd", summary: "Answers policy decisions as HTTP/1.1 with JSON on a Unix socket.",
    groups: DaemonOptions.groups.map(\.group)
      + [OptionGroup("besides", others)],
    examples: [
      ("writd --policies policies --socket writ.sock", "listens there until it is stopped"),
      (
        "curl --unix-socket writ.sock http://localhost/v1/policies",
        "what it has loaded, from another terminal"
      ),
      ("writd --check --config /etc/writ/writd.conf", "exit code 0 when it would start"),
    ])

  static let program = Program(
    name: "writd", section: 8, summary: command.summary, commands: [command],
    exitCodes: ExitCode.table,
    files: [
      (usualConfig, "options, if the command line names neither a config file nor policies"),
      ("$XDG_RUNTIME_DIR/writ.sock", "the socket, if no option says otherwise"),
    ],
    related: ["writ(1)", "writd.conf(5)"])

  static let configFormat = ConfigFormat(
    name: "writd.conf", summary: "Options of writd as a file.",
    rules: [
      "A line is `name = value`, with the name of an option of `writd` without its dashes. What stands "
        + "behind `#` at the start of a line or behind a blank is a comment. A line may be left out; "
        + "then the default holds. An option of the command line wins over the file.",
      "A name that there is not, a name that stands there twice and a value that does not fit are "
        + "errors: `writd` says file and line, and does not start. `writd --check --config FILE` "
        + "finds them beforehand, `writd --print-config` shows what holds and where it comes from.",
    ],
    groups: DaemonOptions.groups.map(\.group),
    example: [
      "policies = /etc/writ/policies/current", "socket = /run/writ/writd.sock",
      "socket-mode = 660  # the group may ask", "max-body = 256KiB",
    ],
    related: ["writd(8)", "writ(1)"])

  /// The words of `--lang`, else of the environment's language.
  static func catalog(_ words: [String]) -> Catalog {
    switch Option.language(of: words) ?? Language(of: ProcessEnvironment.variable) {
    case .english: .english
    case .chinese:
      Catalog.of(.chinese).adding(CommandWords.chinese).adding(DaemonWords.chinese)
    }
  }

  /// What is to be done.
  enum Request {
    case show(String)
    case check(DaemonOptions)
    case serve(DaemonOptions)
  }

  /// Reads the arguments behind the program's name, and the config file that they name.
  static func read(_ words: [String], _ catalog: Catalog) throws(UsageProblems) -> Request {
    let arguments = try one { () throws(UsageError) in try Arguments(words, for: command) }
    if let text = page(arguments, catalog) { return .show(text) }
    let file = try one { () throws(UsageError) in try configFile(arguments) }
    if let file, !file.problems.isEmpty { throw UsageProblems(all: file.problems) }
    let values = EffectiveValues(DaemonOptions.settings.map(\.option), arguments, file)
    var options = DaemonOptions()
    try one { () throws(UsageError) in
      try values.put(into: &options, by: DaemonOptions.settings)
    }
    if arguments.has(printConfig.name) { return .show(values.listing(in: catalog)) }
    if options.policies.isEmpty { throw UsageProblems(all: [DaemonWords.noPolicies]) }
    return arguments.has(check.name) ? .check(options) : .serve(options)
  }

  /// What is shown without reading any file; nil when nothing of the kind is asked for.
  private static func page(_ arguments: Arguments, _ catalog: Catalog) -> String? {
    if arguments.asksForHelp { return program.help(in: catalog) }
    if arguments.has(version.name) { return "writd \(Product.version)\n" }
    if let name = arguments.value(man.name) {
      return name == configFormat.name
        ? configFormat.manual(in: catalog) : program.manual(in: catalog)
    }
    return arguments.value(completions.name).flatMap(Shell.init).map { shell in
      program.completions(for: shell, in: catalog)
    }
  }

  /// The file of `--config`; else the usual one, if the command line names no policies either.
  private static func configFile(_ arguments: Arguments) throws(UsageError) -> ConfigFile? {
    let path: String
    if let given = arguments.value(config.name) {
      path = given
    } else if arguments.value("--policies") == nil, SmallFile.exists(usualConfig) {
      path = usualConfig
    } else {
      return nil
    }
    do throws(Errno) {
      let bytes = try SmallFile.read(path, limit: ConfigFile.largest)
      return ConfigFile(
        bytes, name: path, options: DaemonOptions.settings.map(\.option),
        elsewhere: others + Option.common)
    } catch {
      throw DaemonWords.unreadable(path, error.description)
    }
  }

  private static func one<Result>(
    _ body: () throws(UsageError) -> Result
  ) throws(UsageProblems) -> Result {
    do throws(UsageError) { return try body() } catch { throw UsageProblems(all: [error]) }
  }
}

/// Everything that is wrong with a command line and its config file.
struct UsageProblems: Error {
  let all: [UsageError]
}

/// What the daemon says about its command line, one function per mistake.
enum DaemonWords {
  static var noPolicies: UsageError {
    UsageError(
      "`--policies` is missing",
      help: "give the folder of the policies, such as `writd --policies policies`, "
        + "or a config file that names it")
  }

  static func unreadable(_ file: String, _ reason: String) -> UsageError {
    UsageError("the config file `\(file)` cannot be read: \(reason)")
  }
}
