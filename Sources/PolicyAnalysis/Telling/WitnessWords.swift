/// A witness in one line: the facts of its request that matter, and what the two sets answer.
internal import PolicyEngine
internal import PolicySource

/// Says what a witness shows.
struct WitnessWords {
  let change: SemanticDiff.Change
  let language: Language
  /// How many facts are told.
  private static let most = 6

  /// `for example order.amount = 50,000.01 CNY: allow → hold (unpaid)`.
  var line: Phrase {
    let before = change.witness.before ?? .null
    let (old, new) = (Self.answer(before), Self.answer(change.witness.answer))
    let facts = Self.facts(of: change.witness.request, in: change.regions)
    if old != new { return DiffMessages.example(facts, old, new) }
    let exact = AnswerChange(from: before, to: change.witness.answer)
    return DiffMessages.example(facts, exact.words(in: language))
  }

  // MARK: Facts

  /// The facts of a request that regions speak of; without such, the first ones.
  static func facts(of request: JSONTree, in regions: [[Phrase]]) -> String {
    let leaves = leaves(of: request)
    let texts = regions.joined().flatMap(texts)
    let named = leaves.filter { leaf in
      texts.contains { text in prefixes(of: leaf.path).contains { mentions(text, $0) } }
    }
    let told = named.isEmpty ? leaves.filter { $0.path != "as of" && $0.path != "today" } : named
    let shown = told.prefix(named.isEmpty ? 3 : most).map { "\($0.path) = \($0.value)" }
    return (shown + (told.count > shown.count ? ["…"] : [])).joined(separator: ", ")
  }

  /// Every scalar of a request, with its path.
  static func leaves(of request: JSONTree) -> [(path: String, value: String)] {
    var result: [(path: String, value: String)] = []
    func walk(_ tree: JSONTree, _ path: String) {
      switch tree {
      case .object(let members):
        for member in members {
          walk(member.value, path.isEmpty ? member.name : "\(path).\(member.name)")
        }
      case .array(let items):
        if items.isEmpty { result.append((path, "[]")) }
        for (index, item) in items.enumerated() { walk(item, "\(path)[\(index + 1)]") }
      case .bool(let flag): result.append((path, flag ? "true" : "false"))
      case .null: result.append((path, "null"))
      case .number(let text): result.append((path, text))
      case .string(let text): result.append((path, FigureText.grouped(text) ?? text))
      }
    }
    if let input = request["input"] { walk(input, "") }
    for clearance in request["clearances"]?.items ?? [] {
      let name = [clearance["decision"]?.word, clearance["code"]?.word].compactMap { $0 }
      result.append((name.joined(separator: "."), clearance["by"]?.word ?? ""))
    }
    for (member, name) in [("asOf", "as of"), ("today", "today")] {
      if let day = request[member]?.word { result.append((name, day)) }
    }
    return result
  }

  /// The path and the paths of what it stands in: `a.b[2].c`, `a.b[2]`, `a.b`.
  private static func prefixes(of path: String) -> [String] {
    var result = [path]
    for (index, letter) in zip(path.indices, path) where letter == "." || letter == "[" {
      let outer = String(path[..<index])
      // A record alone is no fact; a list is one.
      if letter == "[" || outer.hasSuffix("]") { result.append(outer) }
    }
    return result
  }

  /// The words of the user in a phrase.
  private static func texts(in phrase: Phrase) -> [String] {
    phrase.parts.flatMap { part in
      switch part {
      case .text(let text): [text]
      case .phrase(let inner): texts(in: inner)
      }
    }
  }

  /// Whether a text names a path, and not only one that begins or ends like it.
  static func mentions(_ text: String, _ path: String) -> Bool {
    func goesOn(_ letter: Character) -> Bool { letter.isLetter || letter.isNumber || letter == "_" }
    for range in text.ranges(of: path) {
      let before = text[..<range.lowerBound].last
      let after = text[range.upperBound...].first
      if before.map({ goesOn($0) || $0 == "." }) == true { continue }
      if after.map(goesOn) == true { continue }
      // `order.lines` of `order.lines.count` is another path, at the end of a sentence it is not.
      if after == ".", text[range.upperBound...].dropFirst().first.map(goesOn) == true { continue }
      return true
    }
    return false
  }

  // MARK: Answers

  /// `hold (unpaid)`, `chain (department, leader)`, `grade B`.
  static func answer(_ tree: JSONTree) -> Phrase {
    var words = ChangeMessages.word(AnswerChange.Outcome(of: tree))
    for name in ["grade", "value", "limit"] {
      if let figure = tree[name]?.word {
        words = "\(words) \(FigureText.grouped(figure) ?? figure)"
        break
      }
    }
    var names: [String] = []
    for (list, key) in [
      ("reasons", "code"), ("problems", "code"), ("violations", "code"), ("steps", "step"),
    ] {
      for entry in tree[list]?.items ?? [] {
        guard let name = entry[key]?.word else { continue }
        names.append(name + (entry["item"]?.word.map { "[\($0)]" } ?? ""))
      }
    }
    if names.isEmpty { names = (tree["needs"]?.items ?? []).compactMap(\.word) }
    if names.isEmpty { return words }
    let shown = names.prefix(most) + (names.count > most ? ["…"] : [])
    return "\(words) (\(shown.joined(separator: ", ")))"
  }
}
