/// What a stage's words are called in another language, and which languages there are.

/// A language that the tools speak.
public enum Language: String, Sendable, CaseIterable {
  case english = "en"
  case chinese = "zh"
}

/// The templates of phrases in one language; the stages give their tables, PolicyEngine joins them.
public struct Catalog: Sendable {
  /// A table as a stage writes it: the English template, and the same in another language.
  public typealias Table = KeyValuePairs<String, String>

  /// The words as they were written.
  public static let english = Catalog([])

  private let templates: [String: String]
  /// Whether a blank stands between Chinese characters and words in Latin letters or backticks.
  let spaces: Bool

  /// Joins tables; of two translations of one template the first counts.
  public init(_ tables: [Table]) {
    var templates: [String: String] = [:]
    for table in tables {
      for (english, other) in table where templates[english] == nil { templates[english] = other }
    }
    self.templates = templates
    spaces = !templates.isEmpty
  }

  /// The catalog with a further table.
  public func adding(_ table: Table) -> Catalog {
    Catalog(templates.merging(table.map { ($0.key, $0.value) }) { first, _ in first })
  }

  private init(_ templates: [String: String]) {
    self.templates = templates
    spaces = !templates.isEmpty
  }

  /// The language.
  public var language: Language { spaces ? .chinese : .english }

  /// The template in this language, or the English one.
  public func template(for english: String) -> String { templates[english] ?? english }
}
