/// What of an answer must stay for the answer to be the same: who says what, without figures, texts and days.
public import PolicyEngine

/// The parts of an answer by their names.
///
/// Of a limit it is what is said and which cap says it, of a grade the class, of a value the value. Amounts that are
/// only repeated from the request, deadlines, and the facts that a reason names may move with the request.
public struct AnswerCore: Hashable, Sendable {
  private var parts: Set<String> = []

  /// Takes what matters from an answer or a problem document.
  public init(_ answer: JSONTree) {
    guard let outcome = answer["outcome"]?.word else {
      parts = ["error \(answer["code"]?.word ?? "")"]
      return
    }
    parts = ["outcome \(outcome)"]
    add("status", answer["status"])
    add("grade", answer["grade"])
    add("value", answer["value"])
    add("binding", answer["binding"]?["at"])
    for list in ["reasons", "problems"] {
      for one in answer[list]?.items ?? [] {
        add("reason", one["code"], one["item"], one["unknown"])
      }
    }
    for one in answer["cleared"]?.items ?? [] { add("cleared", one["code"], one["item"]) }
    for one in answer["steps"]?.items ?? [] { add("step", one["step"], one["by"], one["act"]) }
    for one in answer["duties"]?.items ?? [] {
      add("duty", one["code"], one["item"], one["unknown"])
    }
    for list in [
      "copies", "notices", "files", "possibleCopies", "possibleNotices", "possibleFiles",
    ] {
      for one in answer[list]?.items ?? [] { add(list, one) }
    }
  }

  private mutating func add(_ title: String, _ words: JSONTree?...) {
    guard let first = words.first, first != nil else { return }
    parts.insert("\(title) \(words.map { $0?.text ?? "-" }.joined(separator: " "))")
  }
}
