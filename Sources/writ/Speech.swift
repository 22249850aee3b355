/// Which language the tool speaks: `--lang`, else the environment.
import CommandTable
import DecisionLog
import Foundation
import PolicyAnalysis
import PolicyClient
import PolicyEngine
import PolicySource

enum Speech {
  /// The catalog of a language, with the tool's own words.
  static func catalog(of language: Language) -> Catalog {
    switch language {
    case .english: .english
    case .chinese:
      Catalog.of(.chinese).adding(CommandWords.chinese).adding(LogWords.chinese)
        .adding(ToolMessages.chinese).adding(ToolMessages.chineseOfTheClient)
        .adding(Catalog.chineseOfTheClient).adding(ToolMessages.chineseOfReplay)
        .adding(ToolMessages.chineseOfDiff).adding(ToolMessages.chineseOfMistakes)
        .adding(AnalysisMessages.chinese).adding(DiffMessages.chinese)
        .adding(FindingWords.chinese).adding(ToolMessages.chineseOfCheck)
        .adding(ExplainMessages.chinese).adding(MatrixMessages.chinese)
    }
  }

  /// The language of a command line: what `--lang` names, else the environment's.
  static func language(of words: [String]) -> Language {
    let environment = ProcessInfo.processInfo.environment
    return Option.language(of: words) ?? Language { environment[$0] }
  }

  /// The words with `--lang` taken from before the command.
  static func withoutLeadingLanguage(_ words: [String]) throws(UsageError) -> [String] {
    var rest = words[...]
    let name = Option.language.name
    while let first = rest.first, first == name || first.hasPrefix(name + "=") {
      rest.removeFirst()
      let value = first == name ? rest.popFirst() : String(first.dropFirst(name.count + 1))
      guard let value else { throw CommandWords.needsValue(.language) }
      _ = try Option.language.value?.read(value, of: name)
    }
    return Array(rest)
  }
}
