/// Texts with holes, labels and source notes.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension ExpressionChecker {
  /// A text for people; holes may name what is absent, for a text cannot fail.
  func text(_ tree: TextTree) -> TypedText {
    let before = inText
    inText = true
    defer { inText = before }
    var parts: [TypedText.Part] = []
    for part in tree.parts {
      switch part {
      case .letters(let letters): parts.append(.letters(letters))
      case .hole(let hole):
        if let value = scalar(hole) { parts.append(.hole(value)) }
      }
    }
    return TypedText(parts)
  }

  /// An optional text.
  func text(_ tree: TextTree?) -> TypedText? { tree.map { text($0) } }

  /// `source` of a clause; without a document it is the header's first, and another must stand in the header.
  func sourceNote(_ tree: SourceNoteTree?) -> SourceNote? {
    guard let tree else { return nil }
    let known = owner.set.policies[policy].sources.map(\.document)
    let document = owner.plain(tree.document)
    if let document, let range = tree.document?.range, !known.contains(document) {
      owner.report(
        .unknownDocument(document, range, nearest: Suggestion.nearest(to: document, in: known)))
    }
    return SourceNote(
      document: document ?? known.first ?? "", clause: owner.plain(tree.clause) ?? "")
  }
}
