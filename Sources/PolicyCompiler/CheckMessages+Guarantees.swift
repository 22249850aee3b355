/// The wording of mistakes in guarantees, sorted.
internal import PolicySource
internal import PolicySyntax

extension Diagnostic {
  static func notAFact(_ range: SourceRange, _ text: String) -> Self {
    Self(
      "not-a-fact", .error,
      "`\(text)` is not a fact of the request",
      at: range,
      help: "name an input or a field of one, such as `claim.amount`")
  }

  static func notAnApproval(_ range: SourceRange, _ text: String, _ word: Phrase) -> Self {
    Self(
      "not-an-approval", .error,
      "an approval is needed here, this is the \(word) `\(text)`",
      at: range,
      help: "of other decisions write `for all requests: CONDITION`")
  }
}
