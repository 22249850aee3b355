/// The words of all stages in each language, joined.
public import PolicySource
import PolicyCompiler
import PolicyRuntime
import PolicySyntax

extension Catalog {
  /// The tables of every stage up to this one.
  public static let chineseTables: [Table] = [
    SourceMessages.chinese, SyntaxMessages.chinese, CheckMessages.chinese,
    CheckMessages.chineseOfSheets, CheckMessages.chineseOfHierarchies,
    CheckMessages.chineseOfSecrets, CheckMessages.chineseOfGuarantees,
    RequestMessages.chinese, EngineMessages.chinese, EngineMessages.chineseOfCoverage,
    ChangeMessages.chinese,
    EngineMessages.chineseOfMutation, EngineMessages.chineseOfCasePage, EngineMessages.chineseOfSuggestions,
  ]

  private static let chinese = Catalog(chineseTables)

  /// The catalog of a language.
  public static func of(_ language: Language) -> Catalog {
    switch language {
    case .english: english
    case .chinese: chinese
    }
  }
}
