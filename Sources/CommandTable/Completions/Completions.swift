/// What the shells complete, from the table.
public import PolicySource

/// A shell whose command lines are completed.
public enum Shell: String, Sendable, CaseIterable {
  case bash, zsh, fish
}

extension Program {
  /// A script that makes a shell complete the program's command lines.
  public func completions(for shell: Shell, in catalog: Catalog) -> String {
    switch shell {
    case .bash: BashCompletions(program: self).text
    case .zsh: ZshCompletions(program: self, catalog: catalog).text
    case .fish: FishCompletions(program: self, catalog: catalog).text
    }
  }

  /// The first words of its commands, each once, with what they do.
  var firstWords: [(word: String, does: Phrase)] {
    var result: [(word: String, does: Phrase)] = []
    for command in commands {
      guard let word = command.name.split(separator: " ").first.map(String.init) else { continue }
      if !result.contains(where: { $0.word == word }) { result.append((word, command.summary)) }
    }
    return result
  }

  /// Words of commands of two words, by their first.
  var groups: [(first: String, seconds: [(word: String, does: Phrase)])] {
    firstWords.compactMap { first, _ in
      let below = commands(below: first)
      if below.isEmpty { return nil }
      let seconds = below.map { (String($0.name.dropFirst(first.count + 1)), $0.summary) }
      return (first, seconds)
    }
  }

  /// Whether all its options stand behind its own name.
  var isAlone: Bool { commands.count == 1 && commands[0].name.isEmpty }
}

/// Texts for scripts.
enum ShellText {
  /// The text in single quotes, as bash and zsh read it.
  static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
