/// The completions of fish.
internal import PolicySource

/// Lines `complete -c writ …`.
struct FishCompletions {
  let program: Program
  let catalog: Catalog

  var text: String {
    var text = "# Completions of \(program.name) for fish; `\(program.name)` writes this file.\n"
    text += line("-f")
    if program.isAlone {
      for option in program.commands[0].options { text += line(spec(option)) }
      return text
    }
    let nothingYet = "-n __fish_use_subcommand"
    for (word, does) in program.firstWords {
      text += line("\(nothingYet) -a \(word) -d \(quoted(say(does)))")
    }
    for option in program.options { text += line("\(nothingYet) \(spec(option))") }
    for group in program.groups {
      let words = group.seconds.map(\.word).joined(separator: " ")
      let condition =
        "__fish_seen_subcommand_from \(group.first); and not __fish_seen_subcommand_from \(words)"
      for (word, does) in group.seconds {
        text += line("-n \(quoted(condition)) -a \(word) -d \(quoted(say(does)))")
      }
    }
    for command in program.commands {
      let seen = command.name.split(separator: " ").map { "__fish_seen_subcommand_from \($0)" }
      let condition = "-n \(quoted(seen.joined(separator: "; and ")))"
      for option in command.options { text += line("\(condition) \(spec(option))") }
      if let first = command.positionals.first {
        text += line("\(condition) \(arguments(first.value ?? .file("")))")
      }
    }
    return text
  }

  private func line(_ words: String) -> String { "complete -c \(program.name) \(words)\n" }

  private func spec(_ option: Option) -> String {
    let help = "-d \(quoted(say(option.help)))"
    switch option.value {
    case nil, .yesNo: return "-l \(option.key) \(help)"
    case .file: return "-l \(option.key) -r -F \(help)"
    case let value?: return "-l \(option.key) -x \(arguments(value)) \(help)"
    }
  }

  /// What may stand there.
  private func arguments(_ value: Operand) -> String {
    switch value {
    case .file: "-F"
    case .folder: "-a '(__fish_complete_directories)'"
    default: value.choices.map { "-a \(quoted($0.joined(separator: " ")))" } ?? ""
    }
  }

  private func say(_ phrase: Phrase) -> String { phrase.text(in: catalog) }

  private func quoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
