/// The entry of `writ`: finds the command and runs it.
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
  static let version = "0.1.0"
  static let commands = [
    Command(spec: Check.spec, run: Check.run), Command(spec: Test.spec, run: Test.run),
    Command(spec: Eval.spec, run: Eval.run), Command(spec: Ask.spec, run: Ask.run),
    Command(spec: Fmt.spec, run: Fmt.run), Command(spec: Processes.spec, run: Processes.run),
    Command(spec: Bench.spec, run: Bench.run),
  ]

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
      console.complain(help(console))
      return .usage
    }
    switch first {
    case "--version":
      console.write("writ \(version)\n")
      return .fine
    case "--help", "-h", "help":
      let command = words.dropFirst().first.flatMap { name in
        commands.first { $0.spec.name == name }
      }
      console.write(command?.spec.help(in: console.catalog) ?? help(console))
      return .fine
    default: break
    }
    guard let command = commands.first(where: { $0.spec.name == first }) else {
      let nearest = Suggestion.nearest(
        to: first, in: commands.map(\.spec.name) + ["--help", "--version"])
      throw UsageError(
        "unknown command `\(first)`",
        help: nearest.map { "did you mean `\($0)`?" } ?? "see `writ --help`")
    }
    let arguments = try Arguments(Array(words.dropFirst()), for: command.spec)
    if arguments.asksForHelp {
      console.write(command.spec.help(in: console.catalog))
      return .fine
    }
    return try command.run(arguments, console)
  }

  private static func help(_ console: Console) -> String {
    var text = console.say("Checks, tests and asks policies.") + "\n\n"
    text += console.say("usage: writ COMMAND …") + "\n\n"
    let width = (commands.map(\.spec.name.count).max() ?? 0) + 2
    for command in commands {
      let name = command.spec.name
      text += "  \(name)" + String(repeating: " ", count: width - name.count)
      text += console.say(command.spec.summary) + "\n"
    }
    let hints: [Phrase] = [
      "`writ COMMAND --help` shows what a command takes; `writ --version` the version.",
      "exit codes: 0 fine, 1 findings or failures, 2 usage, 70 internal",
    ]
    for hint in hints { text += "\n" + console.say(hint) + "\n" }
    text += "\n" + console.say("example:") + "\n  writ check policies\n      "
    return text + console.say("reads every policy below the folder and says what is wrong") + "\n"
  }
}
