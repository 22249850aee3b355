/// The completions of bash.
internal import PolicySource

/// A function `_writ` that fills COMPREPLY.
struct BashCompletions {
  let program: Program

  var text: String {
    let name = program.name
    var text = """
      # Completions of \(name) for bash; `\(name)` writes this file.
      _\(name)() {
        local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
        # Bash cuts `--name=value` into three words.
        if [[ $word == = ]]; then word=; elif [[ $before == = ]]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi
        COMPREPLY=()

      """
    if program.isAlone {
      text += options(of: program.commands[0], indent: "  ")
    } else {
      text += commands
    }
    return text + """
      }
      complete -o filenames -F _\(name) \(name)

      """
  }

  /// The part that looks which command it is.
  private var commands: String {
    var text = """
        local -i at=1
        while [[ ${COMP_WORDS[at]} == --lang ]]; do
          if [[ ${COMP_WORDS[at+1]} == = ]]; then at+=3; else at+=2; fi
        done
        local first= second=
        (( at < COMP_CWORD )) && first=${COMP_WORDS[at]}
        (( at + 1 < COMP_CWORD )) && second=${COMP_WORDS[at+1]}
        case "$first $second" in

      """
    for command in program.commands {
      let isPair = command.name.contains(" ")
      text += "    " + (isPair ? "\"\(command.name)\")" : "\"\(command.name) \"*)") + "\n"
      text += options(of: command, indent: "      ") + "      ;;\n"
    }
    for group in program.groups {
      let words = group.seconds.map(\.word).joined(separator: " ")
      text += "    \"\(group.first) \")\n      \(Self.offer("-W '\(words)'"))\n      ;;\n"
    }
    let words = program.firstWords.map(\.word) + program.options.map(\.name)
    text += "    \" \")\n"
    text += "      if [[ $before == --lang ]]; then \(Self.offer("-W 'en zh'"))\n"
    text += "      else \(Self.offer("-W '\(words.joined(separator: " "))'")); fi\n"
    return text + "      ;;\n  esac\n"
  }

  /// What may follow within one command.
  private func options(of command: CommandSpec, indent: String) -> String {
    var text = indent + "case $before in\n"
    for option in command.options {
      guard let value = option.value else { continue }
      if case .yesNo = value { continue }
      text += indent + "  \(option.name)) \(Self.offer(Self.words(for: value))); return ;;\n"
    }
    text += indent + "esac\n"
    let names = command.options.map(\.name).joined(separator: " ")
    text += indent + "if [[ $word == -* ]]; then \(Self.offer("-W '\(names)'"))\n"
    let words = command.positionals.first.map { Self.words(for: $0.value ?? .file("")) }
    if let words { text += indent + "else \(Self.offer(words))\n" }
    return text + indent + "fi\n"
  }

  private static func offer(_ words: String?) -> String {
    guard let words else { return ":" }
    return "mapfile -t COMPREPLY < <(compgen \(words) -- \"$word\")"
  }

  /// What `compgen` is to offer; nil where it knows nothing.
  private static func words(for value: Operand) -> String? {
    switch value {
    case .file: "-f"
    case .folder: "-d"
    default: value.choices.map { "-W '\($0.joined(separator: " "))'" }
    }
  }

  private static func offer(_ words: String) -> String { offer(.some(words)) }
}
