/// The trace of an answer as text for people: every clause with its verdict, what it read, and where it stands.
import PolicyEngine
import PolicySource

/// Turning the member `trace` into lines.
enum TraceText {
  /// The lines of a trace; none when the answer has none.
  static func lines(of tree: JSONTree) -> [Phrase] {
    (tree["trace"]?.items ?? []).flatMap(decision)
  }

  private static func decision(_ tree: JSONTree) -> [Phrase] {
    var lines: [Phrase] = [
      "  trace of \(word(tree, "decision")) (\(outcome(tree))), \(word(tree, "at")):"
    ]
    for computed in tree["computed"]?.items ?? [] {
      let name = computed["name"]?.word.map { .verbatim($0) } ?? words(word(computed, "what"))
      lines.append("    = \(name): \(result(computed)) (\(word(computed, "at")))")
      lines += details(computed)
    }
    for clause in tree["clauses"]?.items ?? [] { lines += self.clause(clause) }
    for act in tree["acts"]?.items ?? [] { lines += self.act(act) }
    return lines
  }

  /// `deny`; `hold or deny`; the error that it ended in.
  private static func outcome(_ tree: JSONTree) -> Phrase {
    error(tree) ?? tree["status"]?.word.map(words)
      ?? alternatives(tree["possible"]?.items ?? [])
  }

  private static func alternatives(_ items: [JSONTree]) -> Phrase {
    let possible = items.compactMap(\.word).map(words)
    return possible.isEmpty ? "undecided" : SourceMessages.list(possible, last: .or)
  }

  // MARK: Clauses

  private static func clause(_ tree: JSONTree) -> [Phrase] {
    let kind = word(tree, "clause")
    var name = words(kind)
    if let code = tree["code"]?.word ?? tree["grade"]?.word { name = "\(name) \(code)" }
    if let item = tree["item"]?.word { name = "\(name)[\(item)]" }
    let verdict = tree["verdict"]?.word
    if let items = tree["items"]?.word {
      let line: Phrase =
        items == "0"
        ? "    - \(name): the list is empty"
        : verdict == "met"
          ? "    - \(name): \(items) more items are in order"
          : "    - \(name): \(items) more items do not hold"
      return [line]
    }
    var line: Phrase = "    \(mark(verdict)) \(name)"
    if let verdict { line = "\(line): \(spoken(kind, verdict))" }
    if tree["value"] != nil {
      line = verdict == nil ? "\(line): \(result(tree))" : "\(line), \(result(tree))"
    }
    if tree["binds"] == .bool(true) { line = "\(line), it decides" }
    if tree["listed"] == .bool(false), verdict == "holds" { line = "\(line), not listed" }
    if tree["at"] != nil { line = "\(line) (\(place(tree)))" }
    var lines = [line]
    if let text = tree["text"]?.word { lines.append(.verbatim("        " + text)) }
    if kind == "duty", let by = tree["by"]?.word { lines.append("        by \(by)") }
    let receivers = (tree["to"]?.items ?? []).compactMap(\.word)
    if !receivers.isEmpty { lines.append("        to \(receivers.joined(separator: ", "))") }
    if kind == "step", verdict != "not_applicable" { lines += step(tree) }
    if let required = tree["requires"]?.word { lines.append("        required: \(required)") }
    if let condition = tree["condition"]?.word { lines.append("        when \(condition)") }
    return lines + details(tree)
  }

  /// `orders.writ:37, source 004_2d249688fa498262.txt, note 4`.
  private static func place(_ tree: JSONTree) -> Phrase {
    let at = word(tree, "at")
    guard let source = tree["source"] else { return .verbatim(at) }
    let words = [source["document"]?.word, source["clause"]?.word].compactMap(\.self)
    return "\(at), source \(words.joined(separator: ", "))"
  }

  /// Whose step it is, and beside which others.
  private static func step(_ tree: JSONTree) -> [Phrase] {
    let by: Phrase = tree["by"]?.word.map { .verbatim($0) } ?? "(a post not known yet)"
    var lines: [Phrase] = ["        \(by) \(words(word(tree, "act")))"]
    switch tree["need"]?.word {
    case "all"?: lines.append("        side by side with others, all are needed")
    case let need?: lines.append("        side by side with others, \(need) needed")
    case nil: break
    }
    return lines + HistoryText.step(tree).map { "   \($0)" }
  }

  private static func act(_ tree: JSONTree) -> [Phrase] {
    let verdict = word(tree, "verdict")
    let mark = ["stands": "+", "counts": "+", "not_weighed": "?", "violation": "!"][verdict] ?? "-"
    let (number, step) = (word(tree, "act"), word(tree, "step"))
    let (came, words) = (spoken("act", verdict), HistoryText.act(tree))
    let line: Phrase = "    \(mark) act \(number), \(step): \(came): \(words)"
    guard let code = tree["violation"]?.word else { return [line] }
    let why = Phrase(template: word(tree, "text"), parts: [])
    return [line, "        does not fit (\(code)): \(why)"]
  }

  // MARK: What was read

  /// What was read: values, answers of decisions, needs, rows of tables, errors, clearances.
  private static func details(_ tree: JSONTree) -> [Phrase] {
    var lines = (tree["values"]?.members ?? []).map { member -> Phrase in
      "        \(member.name) = \(AnswerText.readable(member.value))"
    }
    lines += (tree["decisions"]?.members ?? []).map { member in
      "        \(member.name) = \(alternatives(member.value.items))"
    }
    let needs = (tree["needs"]?.items ?? []).compactMap(\.word).joined(separator: ", ")
    if !needs.isEmpty { lines.append("        not known: \(needs)") }
    if let error = error(tree) { lines.append("        \(error)") }
    for row in tree["rows"]?.items ?? [] {
      let places = (row["at"]?.items ?? []).compactMap(\.word).joined(separator: ", ")
      let found: Phrase = places.isEmpty ? "no row" : "row at \(places)"
      let column = "\(word(row, "table")).\(word(row, "column"))"
      lines.append("        \(column) = \(result(row)), \(found)")
    }
    if let clearance = tree["clearance"] {
      lines.append("        cleared \(AnswerText.clearance(clearance))")
    }
    for refused in tree["refusedClearances"]?.items ?? [] {
      let words = AnswerText.clearance(refused)
      lines.append("        clearance does not count: \(words) (\(AnswerText.refusal(refused)))")
    }
    return lines
  }

  private static func result(_ tree: JSONTree) -> Phrase {
    if let error = error(tree) { return error }
    return tree["value"].map(AnswerText.readable) ?? "(not known)"
  }

  private static func error(_ tree: JSONTree) -> Phrase? {
    guard let error = tree["error"] else { return nil }
    let code = word(error, "code")
    return error["at"]?.word.map { "error \(code) at \($0)" } ?? "error \(code)"
  }

  // MARK: Words

  private static func mark(_ verdict: String?) -> String {
    switch verdict {
    case nil: "="
    case "holds", "not_met": "+"
    case "unknown": "?"
    case "error": "!"
    case "lifted": "~"
    default: "-"
    }
  }

  /// A verdict as people say it of a clause of that kind.
  private static func spoken(_ kind: String, _ verdict: String) -> Phrase {
    switch (kind, verdict) {
    case ("step", "holds"): "in the chain"
    case ("step", "does_not_hold"): "not in the chain"
    case ("step", "skipped"): "skipped, the post acts once"
    case ("act", "not_weighed"): "not weighed, as there is no chain"
    case ("act", "violation"): "does not count"
    case ("act", "lapsed"): "taken back by a refusal"
    case (_, "not_needed"): "not asked for"
    case (_, "not_applicable"): "the decision does not apply"
    default: words(verdict)
    }
  }

  /// `does_not_hold` as people say it.
  private static func words(_ slug: String) -> Phrase {
    Phrase(template: slug.split(separator: "_").joined(separator: " "), parts: [])
  }

  private static func word(_ tree: JSONTree, _ name: String) -> String { tree[name]?.word ?? "" }
}
