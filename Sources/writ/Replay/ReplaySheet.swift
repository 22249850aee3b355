/// Changed decisions as lines of CSV (RFC 4180), for a spreadsheet.
import DecisionLog
import PolicyEngine
import PolicyReplay
import PolicyRuntime
import PolicySource

enum ReplaySheet {
  private static let columns = [
    "record", "at", "day", "request", "decision", "from", "to", "codes_came", "codes_went",
    "steps_came", "steps_went", "figures", "other", "amounts",
  ]

  static let head = columns.joined(separator: ",") + "\r\n"

  static func row(_ change: ReplayedChange, _ language: Language) -> String {
    let codes = change.change.names(of: .reason)
    func steps(_ way: AnswerChange.Way) -> String {
      change.change.steps(way).map { "\($0.name) \($0.by.name) \($0.act)" }.joined(separator: "; ")
    }
    let tree = change.change.tree(in: language)
    let figures = (tree["figures"]?.items ?? []).map { figure in
      let words = ["figure", "from", "to"].map { figure[$0]?.word ?? "" }
      return "\(words[0]) \(words[1]) → \(words[2])"
    }
    var other = (tree["other"]?.items ?? []).compactMap(\.word)
    for listing in AnswerChange.Listing.allCases where listing != .reason {
      let names = change.change.names(of: listing)
      other += names.came.map { "\(listing.rawValue) + \($0)" }
      other += names.went.map { "\(listing.rawValue) - \($0)" }
    }
    let amounts = change.amounts?.map(\.text).joined(separator: "; ") ?? ""
    let cells = [
      "\(change.number)", change.time.description, change.day.text, change.requestID,
      change.decision, change.change.from.word, change.change.to.word,
      codes.came.joined(separator: "; "), codes.went.joined(separator: "; "), steps(.came),
      steps(.went), figures.joined(separator: "; "), other.joined(separator: "; "),
    ]
    // An amount below zero is no formula.
    return (cells.map(cell) + [quoted(amounts)]).joined(separator: ",") + "\r\n"
  }

  /// A text that a spreadsheet would take for a formula gets a mark in front.
  private static func cell(_ text: String) -> String {
    let isFormula = text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
    return quoted(isFormula ? "'" + text : text)
  }

  private static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
