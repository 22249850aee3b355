/// The completions of zsh.
internal import PolicySource

/// A function `_writ` in the manner of `_arguments`.
struct ZshCompletions {
  let program: Program
  let catalog: Catalog

  var text: String {
    let name = program.name
    var text = "#compdef \(name)\n# Completions of \(name) for zsh; `\(name)` writes this file.\n"
    text += "_\(name)() {\n"
    if program.isAlone {
      text += arguments(of: program.commands[0], indent: "  ")
    } else {
      text += commands
    }
    text += "}\n"
    // The file may be autoloaded by its name, or read by `source`.
    return text + "if [[ ${funcstack[1]} == _\(name) ]]; then _\(name) \"$@\"; "
      + "else compdef _\(name) \(name); fi\n"
  }

  private var commands: String {
    var text = "  local -a offered\n  if (( CURRENT == 2 )); then\n"
    text += describe(program.firstWords, indent: "    ")
    text += arguments(program.options.map(spec), indent: "    ")
    text += "    return\n  fi\n  if (( CURRENT == 3 )); then\n    case $words[2] in\n"
    for group in program.groups {
      text += "      (\(group.first))\n"
      text += describe(group.seconds, indent: "        ") + "        return ;;\n"
    }
    text += "    esac\n  fi\n  case \"$words[2] $words[3]\" in\n"
    for command in program.commands {
      let count = command.name.split(separator: " ").count
      text += count > 1 ? "    (\"\(command.name)\")\n" : "    (\"\(command.name) \"*)\n"
      text += "      shift \(count) words; (( CURRENT -= \(count) ))\n"
      text += arguments(of: command, indent: "      ") + "      ;;\n"
    }
    return text + "  esac\n"
  }

  private func describe(_ words: [(word: String, does: Phrase)], indent: String) -> String {
    let items = words.map { ShellText.quoted($0.word + ":" + say($0.does)) }
    return indent + "offered=(\(items.joined(separator: " ")))\n"
      + indent + "_describe command offered\n"
  }

  private func arguments(of command: CommandSpec, indent: String) -> String {
    let words = command.positionals.enumerated().map { index, positional in
      let place = positional.takesMany ? "*" : "\(index + 1)"
      let value = positional.value ?? .file("")
      return ShellText.quoted("\(place):\(escaped(positional.name)):\(action(value))")
    }
    return arguments(command.options.map(spec) + words, indent: indent)
  }

  private func arguments(_ specs: [String], indent: String) -> String {
    indent + "_arguments " + specs.joined(separator: " \\\n\(indent)  ") + "\n"
  }

  /// An option as `_arguments` wants it.
  private func spec(_ option: Option) -> String {
    let help = "[\(escaped(say(option.described)))]"
    let star = option.repeats ? "*" : ""
    guard let value = option.value else { return ShellText.quoted(star + option.name + help) }
    if case .yesNo = value {
      return ShellText.quoted("\(star)\(option.name)=-\(help)::yes|no:(yes no)")
    }
    return ShellText.quoted(
      "\(star)\(option.name)=\(help):\(escaped(value.name)):\(action(value))")
  }

  private func action(_ value: Operand) -> String {
    switch value {
    case .file: "_files"
    case .folder: "_files -/"
    default: value.choices.map { "(\($0.joined(separator: " ")))" } ?? " "
    }
  }

  private func say(_ phrase: Phrase) -> String { phrase.text(in: catalog) }

  /// Marks that `_arguments` reads otherwise.
  private func escaped(_ text: String) -> String {
    var result = ""
    for letter in text {
      if "\\[]:".contains(letter) { result += "\\" }
      result.append(letter)
    }
    return result
  }
}
