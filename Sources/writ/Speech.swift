/// Which language the tool speaks: `--lang`, else the environment.
import Foundation
import PolicyClient
import PolicyEngine
import PolicySource

enum Speech {
  /// The catalog of a language, with the tool's own words.
  static func catalog(of language: Language) -> Catalog {
    switch language {
    case .english: .english
    case .chinese:
      Catalog.of(.chinese).adding(ToolMessages.chinese).adding(ToolMessages.chineseOfTheClient)
        .adding(Catalog.chineseOfTheClient)
    }
  }

  /// The language of a command line: the last `--lang` that names one, else the environment's.
  static func language(of words: [String]) -> Language {
    let option = Option.language.name
    var chosen: Language?
    for (index, word) in words.enumerated() {
      if word == "--" { break }
      if word == option, words.indices.contains(index + 1) {
        chosen = Language(rawValue: words[index + 1]) ?? chosen
      } else if word.hasPrefix(option + "=") {
        chosen = Language(rawValue: String(word.dropFirst(option.count + 1))) ?? chosen
      }
    }
    return chosen ?? language(of: ProcessInfo.processInfo.environment)
  }

  /// The first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set decides, as POSIX has it.
  static func language(of environment: [String: String]) -> Language {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
    let locale = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    return locale.lowercased().hasPrefix("zh") ? .chinese : .english
  }

  /// The words with `--lang` taken from before the command.
  static func withoutLeadingLanguage(_ words: [String]) throws(UsageError) -> [String] {
    var rest = words[...]
    let name = Option.language.name
    while let first = rest.first, first == name || first.hasPrefix(name + "=") {
      rest.removeFirst()
      let value = first == name ? rest.popFirst() : String(first.dropFirst(name.count + 1))
      try Option.language.accept(value)
    }
    return Array(rest)
  }
}
