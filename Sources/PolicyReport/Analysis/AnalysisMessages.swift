/// The words around matrices, guarantees and changes.

/// The wording of what was analysed.
enum AnalysisMessages {
  static let matrix: Prose = "who acts when"
  static let matrixTitle: Prose = "who acts in which band"
  static func matrixOf(_ name: Prose) -> Prose { "authority matrix: \(name)" }
  static let band: Prose = "band"
  static let notAnalysed: Prose = "Not analysed:"
  static let guarantees: Prose = "guarantees"
  static let proved: Prose = "proved"
  static let refuted: Prose = "does not hold"
  static let notDecided: Prose = "not analysed"
  static func changes(_ baseline: Prose) -> Prose { "answers that change against \(baseline)" }
  static let added: Prose = "this decision is new"
  static let removed: Prose = "this decision is gone"
  static let unchanged: Prose = "proved to answer every request as before:"
  static let requests: Prose = "requests"
  static let before: Prose = "answer before"
  static let after: Prose = "answer now"
  static let price: Prose = "recorded decisions"

  // MARK: Rules that were rewritten

  static func rewritten(_ baseline: Prose) -> Prose {
    "what is written otherwise than in \(baseline)"
  }
  static let nothingRewritten: Prose = "no rule, figure or table is written otherwise."
  static let rewrittenNote: Prose =
    "This compares what is written. A rule that is written otherwise need not answer otherwise."
  static let place: Prose = "place"
  static let was: Prose = "was"
  static let now: Prose = "is now"
}
