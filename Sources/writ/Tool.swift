/// The entry of `writ`: finds the command and runs it.
import CommandTable
import Foundation
import PolicySource

/// A command of the tool.
struct Command: Sendable {
  /// What it takes.
  let spec: CommandSpec
  /// Runs it; complaints about the command line are thrown.
  let run: @Sendable (Arguments, Console) throws(UsageError) -> ExitCode
}

@main
struct Tool {
  static let commands = [
    Command(spec: Check.spec, run: Check.run), Command(spec: Test.spec, run: Test.run),
    Command(spec: Eval.spec, run: Eval.run), Command(spec: Ask.spec, run: Ask.run),
    Command(spec: Diff.spec, run: Diff.run), Command(spec: Explain.spec, run: Explain.run),
    Command(spec: MatrixCommand.spec, run: MatrixCommand.run),
    Command(spec: Fmt.spec, run: Fmt.run), Command(spec: Processes.spec, run: Processes.run),
    Command(spec: Report.spec, run: Report.run),
    Command(spec: Bench.spec, run: Bench.run), Command(spec: Manual.spec, run: Manual.run),
    Command(spec: PoliciesUse.spec, run: PoliciesUse.run),
    Command(spec: PoliciesBack.spec, run: PoliciesBack.run),
    Command(spec: LogVerify.spec, run: LogVerify.run),
    Command(spec: LogHeadCommand.spec, run: LogHeadCommand.run),
    Command(spec: LogFind.spec, run: LogFind.run), Command(spec: LogTail.spec, run: LogTail.run),
    Command(spec: LogBackupCommand.spec, run: LogBackupCommand.run),
    Command(spec: ReplayCommand.spec, run: ReplayCommand.run),
    Command(spec: Completions.spec, run: Completions.run),
  ]

  /// What the help says of the tool as a whole.
  static let program = Program(
    name: "writ", section: 1, summary: "Checks, tests and asks policies.",
    commands: commands.map(\.spec),
    options: [
      .language, .help, Option(name: "--version", value: nil, help: "show the version"),
    ],
    examples: [
      ("writ check policies", "reads every policy below the folder and says what is wrong")
    ],
    exitCodes: ExitCode.table)

  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    exit(run(words, Console(language: Speech.language(of: words))).rawValue)
  }

  static func run(_ words: [String], _ console: Console) -> ExitCode {
    do throws(UsageError) {
      return try dispatch(words, console)
    } catch {
      console.complain(error.message, help: error.help)
      return .usage
    }
  }

  private static func dispatch(
    _ words: [String], _ console: Console
  ) throws(UsageError) -> ExitCode {
    let words = try Speech.withoutLeadingLanguage(words)
    guard let first = words.first else {
      console.complain(program.help(in: console.catalog))
      return .usage
    }
    switch first {
    case "--version":
      console.write("writ \(Product.version)\n")
      return .fine
    case "--help", "-h", "help":
      console.write(try help(of: Array(words.dropFirst()), console))
      return .fine
    default: break
    }
    guard let (spec, rest) = program.command(of: words) else {
      guard let help = program.help(below: first, in: console.catalog) else {
        throw CommandWords.unknownCommand(first, program)
      }
      return try group(words, help, console)
    }
    let arguments = try Arguments(rest, for: spec)
    if arguments.asksForHelp {
      console.write(spec.help(in: console.catalog))
      return .fine
    }
    guard let command = commands.first(where: { $0.spec.name == spec.name }) else {
      throw CommandWords.unknownCommand(first, program)
    }
    return try command.run(arguments, console)
  }

  /// What `writ help WORDS` shows: that of a command, of a group of commands, or of the tool.
  private static func help(
    of words: [String], _ console: Console
  ) throws(UsageError) -> String {
    guard let first = words.first, !first.hasPrefix("-") else {
      return program.help(in: console.catalog)
    }
    if let (spec, _) = program.command(of: words) { return spec.help(in: console.catalog) }
    guard let help = program.help(below: first, in: console.catalog) else {
      throw CommandWords.unknownCommand(first, program)
    }
    return help
  }

  /// A word that begins commands and is none, such as `writ log`.
  private static func group(
    _ words: [String], _ help: String, _ console: Console
  ) throws(UsageError) -> ExitCode {
    guard words.count > 1 else {
      console.complain(help)
      return .usage
    }
    if ["--help", "-h"].contains(words[1]) {
      console.write(help)
      return .fine
    }
    throw CommandWords.unknownCommand(words.prefix(2).joined(separator: " "), program)
  }
}
