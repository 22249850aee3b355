/// The words of the page that shows what came of the cases.
import PolicySource

/// The wording of the page.
enum PageMessages {
  static let title: Phrase = "Cases and policies"
  static let failures: Phrase = "Failures"
  static let cases: Phrase = "All cases"
  static let passed: Phrase = "passed"
  static let failed: Phrase = "failed"
  static let coverage: Phrase = "What the cases show"
  static let missing: Phrase = "What no case shows"
  static let mutants: Phrase = "Small mistakes in the policies"
  static let unnoticed: Phrase = "What no case notices"
  static let place: Phrase = "place"
  static let words: Phrase = "words"
  static let finding: Phrase = "what is missing"
}
