/// `writ man` and `writ completions`: what the table says, for `man` and for shells.
import CommandTable
import PolicySource

enum Manual {
  static let spec = CommandSpec(
    name: "man", summary: "Prints the page of the manual.", options: [],
    examples: [("writ man > writ.1", "`man -l writ.1` shows it")])

  static func run(_ arguments: Arguments, _ console: Console) -> ExitCode {
    console.write(Tool.program.manual(in: console.catalog))
    return .fine
  }
}

enum Completions {
  static let spec = CommandSpec(
    name: "completions", summary: "Prints what makes a shell complete command lines of writ.",
    positionals: [
      Positional(
        name: "SHELL", value: .choice(Shell.allCases.map(\.rawValue)), help: "bash, zsh or fish",
        fallback: nil)
    ],
    options: [],
    examples: [("source <(writ completions bash)", "for this shell, until it ends")])

  static func run(_ arguments: Arguments, _ console: Console) -> ExitCode {
    guard let shell = Shell(rawValue: arguments.word("SHELL")) else { return .internal }
    console.write(Tool.program.completions(for: shell, in: console.catalog))
    return .fine
  }
}
