/// How far an approval has come, in plain words.
import PolicyEngine

/// Turning the history in an answer into lines.
enum HistoryText {
  /// The state, who may act next, and which acts do not fit.
  static func lines(_ tree: JSONTree) -> [String] {
    guard let status = tree["status"]?.word else { return [] }
    var lines = ["  \(sentence(status))"]
    if let target = tree["returnedTo"]?.word {
      let words = target == "requester" ? "the requester" : target
      lines.append("  a refusal has sent it back to \(words)")
    }
    for next in tree["next"]?.items ?? [] { lines.append("  next: \(turn(next))") }
    let interveners = (tree["mayIntervene"]?.items ?? []).compactMap(\.word)
    if !interveners.isEmpty {
      lines.append("  may step in: " + interveners.joined(separator: ", "))
    }
    for violation in tree["violations"]?.items ?? [] {
      lines.append(
        "  act \(word(violation, "act")) does not fit (\(word(violation, "code"))): "
          + word(violation, "text"))
      lines.append("     \(act(violation))")
    }
    return lines
  }

  /// The deadline of a step, and the act that stands.
  static func step(_ tree: JSONTree) -> [String] {
    var lines: [String] = []
    if let days = tree["within"]?.word {
      let then = tree["escalateTo"]?.word.map { ", then \($0) acts" } ?? ""
      let unit = tree["businessDays"] == .bool(true) ? "business days" : "days"
      lines.append("     within \(days) \(unit)\(then)")
    }
    if let due = tree["due"]?.word { lines.append("     due \(due)") }
    if let given = tree["given"] { lines.append("     given: \(act(given))") }
    return lines
  }

  private static func sentence(_ status: String) -> String {
    switch status {
    case "approved": "every step has been given: approved"
    case "refused": "refused"
    default: "not decided yet"
    }
  }

  /// `leader: supervising_leader reviews, by 2026-11-24`.
  private static func turn(_ tree: JSONTree) -> String {
    let name = word(tree, "step")
    if name == "requester" { return "the requester submits" }
    let label = tree["byLabel"]?.word ?? ""
    let by = label.isEmpty ? word(tree, "by") : "\(word(tree, "by")), \(label)"
    var line = "\(name): \(by), \(verb(word(tree, "act")))"
    if let due = tree["due"]?.word { line += ", by \(due)" }
    if tree["overdue"] == .bool(true) { line += " (overdue)" }
    if tree["escalated"] == .bool(true) { line += " (the turn has gone on)" }
    return line
  }

  private static func verb(_ act: String) -> String {
    act == "hands_on" ? "hands the refusal on" : act
  }

  /// `wang as department_manager passes on 2026-11-03`.
  private static func act(_ tree: JSONTree) -> String {
    let role = tree["delegate"] == .bool(true) ? "as delegate of" : "as"
    let post = tree["post"]?.word.map { " \(role) \($0)" } ?? ""
    return "\(word(tree, "person"))\(post) \(word(tree, "result")) on \(word(tree, "on"))"
  }

  private static func word(_ tree: JSONTree, _ name: String) -> String { tree[name]?.word ?? "" }
}
