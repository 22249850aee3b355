/// An answer, or the refusal of a request, as text for people.
import PolicyEngine
import PolicySource

/// Turning the JSON of an answer into lines.
enum AnswerText {
  /// The lines of an answer, or of a problem document.
  static func text(of tree: JSONTree, answered: Bool, in catalog: Catalog) -> String {
    (answered ? answer(tree) : problem(tree)).map { $0.text(in: catalog) + "\n" }.joined()
  }

  private static func problem(_ tree: JSONTree) -> [Phrase] {
    var lines: [Phrase] = ["error \(word(tree, "code")): \(word(tree, "detail"))"]
    let places: [(String, Phrase)] = [("pointer", "at"), ("at", "policy"), ("clause", "clause")]
    for (name, title) in places {
      if let word = tree[name]?.word, !word.isEmpty { lines.append("  \(title): \(word)") }
    }
    let nearest =
      tree["nearest"]?.word.map { [$0] } ?? (tree["nearest"]?.items ?? []).compactMap(\.word)
    if let help = tree["help"]?.word {
      lines.append("  help: \(help)")
    } else if !nearest.isEmpty {
      lines.append("  help: did you mean \(SourceMessages.names(nearest, last: .or))?")
    } else if tree["code"]?.word == "no_such_decision" {
      lines.append("  help: \(UnknownName.all)")
    }
    lines += TraceText.lines(of: tree)
    return lines
  }

  private static func answer(_ tree: JSONTree) -> [Phrase] {
    var lines = [head(tree)]
    if let value = tree["value"], !isSingle(value) { lines += compound(value, indent: "  ") }
    lines += words(tree, "needs", "not known yet")
    for scope in tree["notApplicable"]?.items ?? [] {
      lines.append("  applies only when \(word(scope, "condition"))")
      lines += origin(scope) + facts(scope)
    }
    for name in ["reasons", "problems"] {
      for reason in tree[name]?.items ?? [] { lines += self.reason(reason) }
    }
    lines += (tree["cleared"]?.items ?? []).map { cleared in "  cleared \(clearance(cleared))" }
    for refused in tree["refusedClearances"]?.items ?? [] {
      lines.append("  clearance does not count: \(clearance(refused)) (\(refusal(refused)))")
    }
    lines += limit(tree) + grade(tree)
    for (index, step) in (tree["steps"]?.items ?? []).enumerated() {
      lines += self.step(step, number: index + 1)
    }
    lines += HistoryText.lines(tree)
    lines += (tree["duties"]?.items ?? []).map {
      duty($0, outcome: word(tree, "outcome"), isOpen: tree["status"]?.word == "open")
    }
    let sets: [(String, Phrase)] = [
      ("copies", "copies to"), ("possibleCopies", "perhaps copies to"), ("notices", "notice to"),
      ("possibleNotices", "perhaps notice to"), ("files", "to be filed with"),
      ("possibleFiles", "perhaps to be filed with"),
    ]
    for (name, title) in sets { lines += words(tree, name, title) }
    lines += TraceText.lines(of: tree)
    let digest = String(word(tree, "policies").prefix(19))
    lines.append("  as of \(word(tree, "asOf")), policies \(digest)")
    return lines
  }

  private static func head(_ tree: JSONTree) -> Phrase {
    var head: Phrase = "\(word(tree, "decision")): \(term(tree, "outcome"))"
    for name in ["grade", "value"] where isSingle(tree[name]) {
      head = "\(head) \(figure(tree, name))"
    }
    if let permitted = tree["permitted"] {
      head = permitted == .bool(true) ? "\(head) (permitted)" : "\(head) (not permitted)"
    }
    return head
  }

  private static func reason(_ tree: JSONTree) -> [Phrase] {
    let open: Phrase = tree["unknown"] == .bool(true) ? " (not known)" : ""
    let name = word(tree, "code") + item(tree)
    var lines: [Phrase] = ["  \(term(tree, "effect")) \(name)\(open): \(word(tree, "text"))"]
    lines += origin(tree)
    if let clearable = tree["clearable"] {
      let days: Phrase = clearable["days"]?.word.map { " for \($0) days" } ?? ""
      let bound: Phrase =
        clearable["whileUnchanged"] == .bool(true) ? " while the case is unchanged" : ""
      lines.append("     may be cleared by \(word(clearable, "by"))\(days)\(bound)")
    }
    return lines + facts(tree)
  }

  /// `order.paid = 9,000.00 CNY`.
  private static func facts(_ tree: JSONTree) -> [Phrase] {
    (tree["facts"]?.members ?? []).map { "     \($0.name) = \(readable($0.value))" }
  }

  /// `unpaid by company_management (chen) on 2026-11-20`.
  static func clearance(_ tree: JSONTree) -> Phrase {
    let person = tree["person"]?.word.map { " (\($0))" } ?? ""
    let by = word(tree, "by") + person
    return "\(word(tree, "code") + item(tree)) by \(by) on \(word(tree, "on"))"
  }

  /// `expired`; `case_changed: order.amount`.
  static func refusal(_ tree: JSONTree) -> Phrase {
    let reason = term(tree, "reason")
    return tree["fact"]?.word.map { "\(reason): \($0)" } ?? reason
  }

  private static func limit(_ tree: JSONTree) -> [Phrase] {
    let titles: [(String, Phrase)] = [
      ("limit", "limit"), ("used", "used"), ("asked", "asked"), ("headroom", "left"),
    ]
    var lines = titles.filter { tree[$0.0] != nil }.map { name, title -> Phrase in
      "  \(title): \(figure(tree, name))"
    }
    if tree["warning"] == .bool(true) { lines.append("  warning: the limit is nearly used up") }
    if let binding = tree["binding"] {
      lines.append("  the limit is set here:")
      lines += origin(binding)
    }
    return lines
  }

  private static func grade(_ tree: JSONTree) -> [Phrase] {
    var lines: [Phrase] = []
    for row in tree["rows"]?.items ?? [] {
      let points: Phrase = row["points"]?.word.map { "\($0) points" } ?? "not known"
      lines.append("  \(row["label"]?.word ?? word(row, "name")): \(points)")
    }
    if tree["points"] != nil { lines.append("  in all: \(figure(tree, "points")) points") }
    for sign in tree["signs"]?.items ?? [] {
      let open: Phrase = sign["unknown"] == .bool(true) ? " (not known)" : ""
      lines.append("  sign of \(word(sign, "grade"))\(open)")
      lines += origin(sign)
    }
    for cap in tree["caps"]?.items ?? [] {
      let open: Phrase = cap["unknown"] == .bool(true) ? " (not known)" : ""
      lines.append("  no better than \(word(cap, "grade"))\(open)")
      lines += origin(cap)
    }
    return lines
  }

  private static func step(_ tree: JSONTree, number: Int) -> [Phrase] {
    let by: Phrase = tree["by"]?.word.map { .verbatim($0) } ?? "(a post not known yet)"
    var lines: [Phrase] = ["  \(number). \(word(tree, "step")): \(by) \(term(tree, "act"))"]
    let criteria = (tree["criteria"]?.items ?? []).compactMap(\.word)
    if !criteria.isEmpty { lines.append("     criteria: \(criteria.joined(separator: "; "))") }
    if let target = tree["onRefusal"]?.word {
      let through: Phrase = tree["through"]?.word.map { " through \($0)" } ?? ""
      lines.append(
        target == "ends" ? "     a refusal ends it" : "     a refusal goes to \(target)\(through)")
    }
    lines += HistoryText.step(tree)
    return lines + origin(tree)
  }

  private static func duty(_ tree: JSONTree, outcome: String, isOpen: Bool) -> Phrase {
    let by: Phrase = tree["by"]?.word.map { ", by \($0)" } ?? ""
    let due: Phrase =
      tree["due"].map { due in
        due.word.map { ", due \($0)" } ?? ", due on a day not known yet"
      } ?? ""
    let on = word(tree, "on")
    let later: Phrase = outcome == "chain" && on != "always" && isOpen ? " (on \(on))" : ""
    let open: Phrase = tree["unknown"] == .bool(true) ? " (not known)" : ""
    let name = word(tree, "code") + item(tree)
    return "  duty \(name)\(later)\(open): \(word(tree, "text"))\(by)\(due)"
  }

  /// Why a clause is there, and where it stands in the policy and in its source.
  private static func origin(_ tree: JSONTree) -> [Phrase] {
    var lines: [Phrase] = []
    if let because = tree["because"]?.word { lines.append("     because \(because)") }
    guard let at = tree["at"]?.word else { return lines }
    var place = Phrase.verbatim(at)
    if let source = tree["source"] {
      let words = [source["document"]?.word, source["clause"]?.word].compactMap(\.self)
      place = "\(at), source \(words.joined(separator: ", "))"
    }
    return lines + ["     at \(place)"]
  }

  // MARK: Records and lists

  private static func isSingle(_ value: JSONTree?) -> Bool {
    switch value {
    case nil, .array, .object: false
    default: true
    }
  }

  /// A record or list: one line per item or field, deeper ones further in.
  private static func compound(_ value: JSONTree, indent: String) -> [Phrase] {
    var lines: [Phrase] = []
    for (index, item) in value.items.enumerated() {
      lines += labelled("\(index + 1).", item, indent: indent)
    }
    for member in value.members {
      lines += labelled("\(member.name):", member.value, indent: indent)
    }
    if lines.isEmpty { lines.append(.verbatim(indent) + "(none)") }
    return lines
  }

  private static func labelled(_ label: String, _ value: JSONTree, indent: String) -> [Phrase] {
    if isSingle(value) { return ["\(indent)\(label) \(readable(value))"] }
    let flat = value.members.allSatisfy { isSingle($0.value) }
    if flat, !value.members.isEmpty {
      let fields = value.members.map { field -> Phrase in
        "\(field.name) \(readable(field.value))"
      }
      return ["\(indent)\(label) \(SourceMessages.list(fields, last: .comma))"]
    }
    return ["\(indent)\(label)"] + compound(value, indent: indent + "   ")
  }

  // MARK: Words

  private static func word(_ tree: JSONTree, _ name: String) -> String { tree[name]?.word ?? "" }

  /// A word of the language, such as an outcome: translated where a table has it.
  private static func term(_ tree: JSONTree, _ name: String) -> Phrase {
    Phrase(template: word(tree, name), parts: [])
  }

  private static func words(_ tree: JSONTree, _ name: String, _ title: Phrase) -> [Phrase] {
    let words = (tree[name]?.items ?? []).compactMap(\.word)
    return words.isEmpty ? [] : ["  \(title): \(words.joined(separator: ", "))"]
  }

  /// `[2]` for the second item of a list; nothing without one.
  private static func item(_ tree: JSONTree) -> String {
    tree["item"]?.word.map { "[\($0)]" } ?? ""
  }

  private static func figure(_ tree: JSONTree, _ name: String) -> Phrase {
    tree[name].map(readable) ?? ""
  }

  /// A value: amounts with thousands separators, `(none)` for what is absent.
  static func readable(_ value: JSONTree) -> Phrase {
    switch value {
    case .null: return "(none)"
    case .bool(let flag): return flag ? "yes" : "no"
    default: break
    }
    let word = value.word ?? ""
    if word.allSatisfy(\.isWhitespace) { return "(blank)" }
    return .verbatim(FigureText.grouped(word) ?? word)
  }
}
