/// The words of an authority matrix.
import CommandTable
import PolicyAnalysis
import PolicyReport
import PolicySource

enum MatrixMessages {
  static let everywhere: Phrase = "in every case"
  static let noRow: Phrase = "no request was found that has a row"
  static let notAll: Phrase = "there may be more rows"
  static func notAnalysed(_ expressions: String) -> Phrase { "not analysed: \(expressions)" }
  static func orElse(_ region: Phrase) -> Phrase { "or \(region)" }
  static let andMore: Phrase = "or in further cases"
  static let row: Phrase = "row"
  static let step: Phrase = "step"
  static let whenever: Phrase = "when"
  static func none(_ name: String) -> Phrase {
    "`\(name)` is neither an approval nor a limit"
  }
  static func unknown(_ name: String) -> Phrase { "there is no approval or limit `\(name)`" }
  static func formatOfNothing(_ format: String) -> UsageError {
    UsageError(
      "`--format \(format)` is for the matrix of one decision",
      help: "name it: `writ matrix` lists those that have a matrix")
  }
  static func markWithoutSheet() -> UsageError {
    UsageError("`--bom` is for `--format csv`", help: "`--format csv --bom`")
  }
  static let nothing: Phrase = "these policies have neither an approval nor a limit"
  static let list: Phrase = "`writ matrix` lists those that have a matrix"

  /// What a figure of a limit is called.
  static func figure(_ name: String) -> Phrase { Phrase(template: name, parts: []) }

  /// An act of a step.
  static func act(_ word: String) -> Phrase {
    word == "first_reviews" ? "reviews first" : Phrase(template: word, parts: [])
  }

  static func cell(_ post: String, _ act: Phrase) -> Phrase { "\(post) \(act)" }
}
