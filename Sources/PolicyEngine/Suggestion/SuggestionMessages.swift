/// The words of suggested cases.
import PolicySource

/// The wording of suggestions.
enum SuggestionMessages {
  /// What stands above the present answer.
  static let remark: Phrase = "to be confirmed: this is the answer at present"

  static func summary(_ found: Suggestions) -> Phrase {
    let count = found.files.reduce(0) { $0 + $1.count }
    let cases = SourceMessages.count(count, "case")
    let places: Phrase = "\(cases) for \(found.places.closed) of \(found.places.open) open places"
    if found.mutants.open == 0 { return places }
    return "\(places) and \(found.mutants.closed) of \(found.mutants.open) unnoticed mutants"
  }
}
