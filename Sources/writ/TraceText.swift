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
    let possible = (tree["possible"]?.items ?? []).compactMap(\.word).map(words)
    let outcome =
      error(tree) ?? (possible.isEmpty ? "undecided" : SourceMessages.list(possible, last: .or))
    var lines: [Phrase] = [
      "  trace of \(word(tree, "decision")) (\(outcome)), \(word(tree, "at")):"
    ]
    for computed in tree["computed"]?.items ?? [] {
      let name = computed["name"]?.word.map { .verbatim($0) } ?? words(word(computed, "what"))
      lines.append("    = \(name): \(result(computed)) (\(word(computed, "at")))")
      lines += details(computed)
    }
    for clause in tree["clauses"]?.items ?? [] { lines += self.clause(clause) }
    return lines
  }

  private static func clause(_ tree: JSONTree) -> [Phrase] {
    let item = tree["item"]?.word.map { "[\($0)]" } ?? ""
    var name = words(word(tree, "clause"))
    if let code = tree["code"]?.word ?? tree["grade"]?.word { name = "\(name) \(code)" }
    if let items = tree["items"]?.word {
      return [
        items == "0"
          ? "    - \(name): the list is empty"
          : "    - \(name): \(items) more items do not hold"
      ]
    }
    let verdict = tree["verdict"]?.word
    var line: Phrase = "\(mark(verdict)) \(name)\(item)"
    if let verdict { line = "\(line): \(words(verdict))" }
    if tree["value"] != nil {
      line = verdict == nil ? "\(line): \(result(tree))" : "\(line), \(result(tree))"
    }
    if tree["listed"] == .bool(false), verdict == "holds" { line = "\(line), not listed" }
    var lines: [Phrase] = ["    \(line) (\(word(tree, "at")))"]
    if let condition = tree["condition"]?.word { lines.append("        \(condition)") }
    return lines + details(tree)
  }

  /// What was read: values, needs, rows of tables, errors, the clearance.
  private static func details(_ tree: JSONTree) -> [Phrase] {
    var lines = (tree["values"]?.members ?? []).map { member -> Phrase in
      "        \(member.name) = \(AnswerText.readable(member.value))"
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
      lines.append("        cleared by \(word(clearance, "by")) on \(word(clearance, "on"))")
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

  private static func mark(_ verdict: String?) -> String {
    switch verdict {
    case nil: "="
    case "holds": "+"
    case "unknown": "?"
    case "error": "!"
    case "lifted": "~"
    default: "-"
    }
  }

  /// `does_not_hold` as people say it.
  private static func words(_ slug: String) -> Phrase {
    Phrase(template: slug.split(separator: "_").joined(separator: " "), parts: [])
  }

  private static func word(_ tree: JSONTree, _ name: String) -> String { tree[name]?.word ?? "" }
}
