/// An answer, or the refusal of a request, as text for people.
import PolicyEngine

/// Turning the JSON of an answer into lines.
enum AnswerText {
  /// The lines of an answer, or of a problem document.
  static func text(of tree: JSONTree, answered: Bool) -> String {
    answered ? answer(tree) : problem(tree)
  }

  private static func problem(_ tree: JSONTree) -> String {
    var lines = ["error \(tree["code"]?.word ?? ""): \(tree["detail"]?.word ?? "")"]
    for (name, title) in [("pointer", "at"), ("at", "policy"), ("clause", "clause")] {
      if let word = tree[name]?.word, !word.isEmpty { lines.append("  \(title): \(word)") }
    }
    let nearest =
      tree["nearest"]?.word.map { [$0] } ?? (tree["nearest"]?.items ?? []).compactMap(\.word)
    if let help = tree["help"]?.word {
      lines.append("  help: \(help)")
    } else if !nearest.isEmpty {
      lines.append(
        "  help: did you mean " + nearest.map { "`\($0)`" }.joined(separator: " or ") + "?")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func answer(_ tree: JSONTree) -> String {
    var head = "\(tree["decision"]?.word ?? ""): \(tree["outcome"]?.word ?? "")"
    for name in ["limit", "grade", "value"] {
      if let word = tree[name]?.word { head += " \(word)" }
    }
    if let permitted = tree["permitted"]?.word {
      head += permitted == "true" ? " (permitted)" : " (not permitted)"
    }
    var lines = [head]
    for name in ["used", "asked", "headroom", "points"] {
      if let word = tree[name]?.word { lines.append("  \(name): \(word)") }
    }
    for name in ["reasons", "violations", "problems"] {
      for reason in tree[name]?.items ?? [] { lines += self.reason(reason) }
    }
    for (index, step) in (tree["steps"]?.items ?? []).enumerated() {
      let words = ["step", "act", "by"].map { step[$0]?.word ?? "" }
      lines.append("  \(index + 1). \(words[0]): \(words[1]) by \(words[2])")
      if let because = step["because"]?.word { lines.append("     because \(because)") }
    }
    for duty in tree["duties"]?.items ?? [] {
      let by = duty["by"]?.word.map { " (\($0))" } ?? ""
      let open = duty["unknown"] == .bool(true) ? " (not known)" : ""
      lines.append("  duty \(duty["code"]?.word ?? "")\(open): \(duty["text"]?.word ?? "")\(by)")
    }
    for (name, title) in [("needs", "needs"), ("copies", "copies to")] {
      let words = (tree[name]?.items ?? []).compactMap(\.word)
      if !words.isEmpty { lines.append("  \(title) " + words.joined(separator: ", ")) }
    }
    lines.append("  as of \(tree["asOf"]?.word ?? ""), \(tree["policies"]?.word ?? "")")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func reason(_ tree: JSONTree) -> [String] {
    let item = tree["item"]?.word.map { "[\($0)]" } ?? ""
    let effect = tree["effect"]?.word ?? "problem"
    let open = tree["unknown"] == .bool(true) ? " (not known)" : ""
    let code = tree["code"]?.word ?? ""
    var lines = ["  \(effect) \(code)\(item)\(open): \(tree["text"]?.word ?? "")"]
    if let because = tree["because"]?.word { lines.append("     because \(because)") }
    var place = tree["at"]?.word ?? ""
    if let source = tree["source"] {
      let words = [source["document"]?.word, source["clause"]?.word].compactMap(\.self)
      place += ", source " + words.joined(separator: ", ")
    }
    lines.append("     at \(place)")
    if let clearable = tree["clearable"] {
      let days = clearable["days"]?.word.map { " for \($0) days" } ?? ""
      lines.append("     may be cleared by \(clearable["by"]?.word ?? "")\(days)")
    }
    for fact in tree["facts"]?.members ?? [] {
      lines.append("     \(fact.name) = \(fact.value.word ?? "")")
    }
    return lines
  }
}
