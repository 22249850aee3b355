/// The words that answers say of themselves, beside the policy's own texts, in the language that was asked for.
import PolicySource

/// The wording of answers.
enum AnswerMessages {
  /// A value that is not there.
  static let absent = "(none)"
  /// A value that is an error.
  static let error = "(error)"
  /// A condition that is false.
  static let no = "no"
  /// A value that is not known.
  static let unknown = "(unknown)"
  /// A condition that is true.
  static let yes = "yes"

  /// A field that `require fields` asks for and that is empty, by its label.
  static func missing(_ label: String) -> Phrase { "\(label) is missing" }

  private static let chinese = Catalog([RequestMessages.chinese])

  /// Words in a language.
  static func text(_ words: Phrase, in language: Language) -> String {
    words.text(in: language == .english ? .english : chinese)
  }
}

extension AnswerWriter {
  /// Words of the answer's own in its language; in English they are there already.
  func say(_ words: String) -> String {
    language == .english
      ? words : AnswerMessages.text(Phrase(stringLiteral: words), in: language)
  }
}
