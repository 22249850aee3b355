/// How far an approval has come, in plain words.
import PolicyEngine
import PolicySource

/// Turning the history in an answer into lines.
enum HistoryText {
  /// The state, who may act next, and which acts do not fit.
  static func lines(_ tree: JSONTree) -> [Phrase] {
    guard let status = tree["status"]?.word else { return [] }
    var lines: [Phrase] = ["  \(sentence(status))"]
    if let target = tree["returnedTo"]?.word {
      let words: Phrase = target == "requester" ? "the requester" : .verbatim(target)
      lines.append("  a refusal has sent it back to \(words)")
    }
    for next in tree["next"]?.items ?? [] { lines.append("  next: \(turn(next))") }
    let interveners = (tree["mayIntervene"]?.items ?? []).compactMap(\.word)
    if !interveners.isEmpty {
      lines.append("  may step in: \(interveners.joined(separator: ", "))")
    }
    for violation in tree["violations"]?.items ?? [] {
      let (number, code) = (word(violation, "act"), word(violation, "code"))
      let why = Phrase(template: word(violation, "text"), parts: [])
      if let fact = violation["fact"]?.word {
        lines.append("  act \(number) does not fit (\(code)): \(why): \(fact)")
      } else {
        lines.append("  act \(number) does not fit (\(code)): \(why)")
      }
      lines.append("     \(act(violation))")
    }
    return lines
  }

  /// The deadline of a step, and the act that stands.
  static func step(_ tree: JSONTree) -> [Phrase] {
    var lines: [Phrase] = []
    if let days = tree["within"]?.word {
      let then: Phrase = tree["escalateTo"]?.word.map { ", then \($0) acts" } ?? ""
      lines.append(
        tree["businessDays"] == .bool(true)
          ? "     within \(days) business days\(then)" : "     within \(days) days\(then)")
    }
    if let due = tree["due"]?.word { lines.append("     due \(due)") }
    if let given = tree["given"] { lines.append("     given: \(act(given))") }
    return lines
  }

  private static func sentence(_ status: String) -> Phrase {
    switch status {
    case "approved": "every step has been given: approved"
    case "refused": "refused"
    default: "not decided yet"
    }
  }

  /// `leader: supervising_leader reviews, by 2026-11-24`.
  private static func turn(_ tree: JSONTree) -> Phrase {
    let name = word(tree, "step")
    if name == "requester" { return "the requester submits" }
    let label = tree["byLabel"]?.word ?? ""
    let by = label.isEmpty ? word(tree, "by") : "\(word(tree, "by")), \(label)"
    var line: Phrase = "\(name): \(by), \(verb(word(tree, "act")))"
    if let due = tree["due"]?.word { line = "\(line), by \(due)" }
    if tree["overdue"] == .bool(true) { line = "\(line) (overdue)" }
    if tree["escalated"] == .bool(true) { line = "\(line) (the turn has gone on)" }
    return line
  }

  private static func verb(_ act: String) -> Phrase {
    act == "hands_on" ? "hands the refusal on" : Phrase(template: act, parts: [])
  }

  /// `wang as department_manager passes on 2026-11-03`.
  static func act(_ tree: JSONTree) -> Phrase {
    let (person, day) = (word(tree, "person"), word(tree, "on"))
    let result = Phrase(template: word(tree, "result"), parts: [])
    guard let post = tree["post"]?.word else { return "\(person) \(result) on \(day)" }
    return tree["delegate"] == .bool(true)
      ? "\(person) as delegate of \(post) \(result) on \(day)"
      : "\(person) as \(post) \(result) on \(day)"
  }

  private static func word(_ tree: JSONTree, _ name: String) -> String { tree[name]?.word ?? "" }
}
