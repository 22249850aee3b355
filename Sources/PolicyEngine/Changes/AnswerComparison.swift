/// Comparing two answers member by member.

/// Collects what changed.
struct AnswerComparison {
  private(set) var parts: [AnswerChange.Part] = []

  /// What says where something stands and why, in the policy's words.
  private static let texts: Set<String> = [
    "at", "because", "byLabel", "facts", "item", "label", "source", "text",
  ]
  /// Members of an answer that are compared elsewhere, follow from others, or say where an answer comes from.
  private static let settled: Set<String> = [
    "band", "binding", "caps", "decision", "decisionId", "facts", "grade", "label", "notApplicable",
    "outcome", "permitted", "points", "policies", "requestId", "rows", "status", "steps", "trace",
    "value", "within",
  ]
  private static let figures: [(String, AnswerChange.Figure)] = [
    ("limit", .limit), ("used", .used), ("asked", .asked), ("headroom", .headroom),
    ("grade", .grade), ("points", .points),
  ]
  /// The lists of things with a name, with the member that names them.
  private static let entries: [(String, AnswerChange.Listing, String)] = [
    ("reasons", .reason, "code"), ("problems", .reason, "code"),
    ("violations", .violation, "code"), ("cleared", .cleared, "code"),
    ("refusedClearances", .refusedClearance, "code"), ("signs", .sign, "grade"),
    ("duties", .duty, "code"),
  ]
  private static let names: [(String, AnswerChange.Listing)] = [
    ("copies", .copy), ("notices", .notice), ("files", .filing), ("possibleCopies", .possibleCopy),
    ("possibleNotices", .possibleNotice), ("possibleFiles", .possibleFiling),
    ("mayIntervene", .intervener), ("needs", .need),
  ]

  /// Compares two answers; what only one outcome has is told by the outcomes.
  mutating func compare(_ old: JSONTree, _ new: JSONTree, sameOutcome both: Bool) {
    if let before = old["status"]?.word, let after = new["status"]?.word, before != after {
      parts.append(.state(from: before, to: after))
    }
    for (name, figure) in Self.figures where both || old[name] != nil && new[name] != nil {
      figures(figure, old[name]?.word, new[name]?.word)
    }
    rows(old, new)
    if both { value(old["value"], new["value"], "") }
    for (name, listing, key) in Self.entries {
      listed(listing, key, old[name]?.items ?? [], new[name]?.items ?? [])
    }
    let steps = parts.count
    if both { self.steps(old["steps"]?.items ?? [], new["steps"]?.items ?? []) }
    if both, parts.count == steps {
      listed(.turn, "step", old["next"]?.items ?? [], new["next"]?.items ?? [])
    }
    for (name, listing) in Self.names {
      named(listing, old[name]?.items ?? [], new[name]?.items ?? [])
    }
    if both { others(old, new) }
  }

  private mutating func figures(_ figure: AnswerChange.Figure, _ old: String?, _ new: String?) {
    if !FigureText.isSame(old, new) { parts.append(.figure(figure, from: old, to: new)) }
  }

  /// The points of the rows of a grade.
  private mutating func rows(_ old: JSONTree, _ new: JSONTree) {
    let before = Self.byName(old["rows"]?.items ?? [])
    let after = Self.byName(new["rows"]?.items ?? [])
    for name in Set(before.keys).union(after.keys).sorted() {
      figures(.row(name), before[name], after[name])
    }
  }

  private static func byName(_ rows: [JSONTree]) -> [String: String] {
    var result: [String: String] = [:]
    for row in rows { result[row["name"]?.word ?? ""] = row["points"]?.word }
    return result
  }

  /// A value, of lists and records place by place.
  private mutating func value(_ old: JSONTree?, _ new: JSONTree?, _ path: String) {
    if old == new { return }
    switch (old, new) {
    case (.object(let before), .object(let after)):
      var names = before.map(\.name)
      names += after.map(\.name).filter { !names.contains($0) }
      for name in names {
        value(old?[name], new?[name], path.isEmpty ? name : path + "." + name)
      }
    case (.array(let before), .array(let after)):
      for index in 0..<max(before.count, after.count) {
        value(
          index < before.count ? before[index] : nil, index < after.count ? after[index] : nil,
          path + "[\(index + 1)]")
      }
    default: figures(.value(path), old.map(Self.text), new.map(Self.text))
    }
  }

  // MARK: What is listed

  private struct Key: Hashable {
    let name: String
    let item: Int?
  }

  private static func keyed(_ entries: [JSONTree], _ key: String) -> [(Key, JSONTree)] {
    entries.map { entry in
      (Key(name: entry[key]?.word ?? "", item: entry["item"]?.word.flatMap(Int.init)), entry)
    }
  }

  /// Things with a name and members; those that stand on both sides are compared by their members.
  private mutating func listed(
    _ listing: AnswerChange.Listing, _ key: String, _ old: [JSONTree], _ new: [JSONTree]
  ) {
    if old == new { return }
    var before = Self.keyed(old, key)
    var pairs: [(Key, JSONTree, JSONTree)] = []
    var came: [Key] = []
    for (key, entry) in Self.keyed(new, key) {
      if let place = before.firstIndex(where: { $0.0 == key }) {
        pairs.append((key, before.remove(at: place).1, entry))
      } else {
        came.append(key)
      }
    }
    for key in came { parts.append(.listed(listing, .came, name: key.name, item: key.item)) }
    for (key, _) in before {
      parts.append(.listed(listing, .went, name: key.name, item: key.item))
    }
    for (name, one, other) in pairs {
      for (member, from, to) in Self.differences(one, other, but: [key]) {
        parts.append(
          .detail(listing, name: name.name, member: member, from: from, to: to))
      }
    }
  }

  /// The members that differ, but for texts and places.
  private static func differences(
    _ old: JSONTree, _ new: JSONTree, but known: Set<String>
  ) -> [(String, String?, String?)] {
    var names = old.members.map(\.name)
    names += new.members.map(\.name).filter { !names.contains($0) }
    return names.compactMap { name in
      guard !texts.contains(name), !known.contains(name) else { return nil }
      let (from, to) = (old[name], new[name])
      if from == to { return nil }
      return (name, from.map(text), to.map(text))
    }
  }

  /// Names alone, in any order.
  private mutating func named(
    _ listing: AnswerChange.Listing, _ old: [JSONTree], _ new: [JSONTree]
  ) {
    if old == new { return }
    let (before, after) = (old.map(Self.text), new.map(Self.text))
    for name in after where !before.contains(name) {
      parts.append(.listed(listing, .came, name: name, item: nil))
    }
    for name in before where !after.contains(name) {
      parts.append(.listed(listing, .went, name: name, item: nil))
    }
  }

  // MARK: Steps

  private static func step(_ tree: JSONTree) -> AnswerChange.Step {
    AnswerChange.Step(
      name: tree["step"]?.word ?? "",
      by: AnswerChange.Post(
        name: tree["by"].map(text) ?? "", label: tree["byLabel"]?.word ?? ""),
      act: tree["act"]?.word ?? "")
  }

  private mutating func steps(_ old: [JSONTree], _ new: [JSONTree]) {
    if old == new { return }
    var before = old.map { (Self.step($0), $0) }
    var pairs: [(old: (AnswerChange.Step, JSONTree), new: (AnswerChange.Step, JSONTree))] = []
    var came: [(AnswerChange.Step, JSONTree)] = []
    for entry in new.map({ (Self.step($0), $0) }) {
      if let place = before.firstIndex(where: { $0.0.name == entry.0.name }) {
        pairs.append((before.remove(at: place), entry))
      } else {
        came.append(entry)
      }
    }
    // A step by another name is the same when the same post gives it by the same act.
    came.removeAll { entry in
      guard
        let place = before.firstIndex(where: {
          $0.0.by.name == entry.0.by.name && $0.0.act == entry.0.act
        })
      else { return false }
      pairs.append((before.remove(at: place), entry))
      return true
    }
    for (step, _) in before { parts.append(.step(.went, step)) }
    for (step, _) in came { parts.append(.step(.came, step)) }
    for pair in pairs {
      let (from, to) = (pair.old.0, pair.new.0)
      if from.by.name != to.by.name || from.act != to.act {
        parts.append(.handed(from: from, to: to))
      }
      let differences = Self.differences(pair.old.1, pair.new.1, but: ["by", "act"])
      for (member, before, after) in differences {
        parts.append(.stepDetail(to, member: member, from: before, to: after))
      }
    }
    order(old, new)
  }

  /// Steps that stay, but not in their order.
  private mutating func order(_ old: [JSONTree], _ new: [JSONTree]) {
    let (before, after) = (old.map { Self.step($0).name }, new.map { Self.step($0).name })
    let stayed = after.filter(before.contains)
    if before.filter(after.contains) != stayed { parts.append(.order(steps: stayed)) }
  }

  // MARK: What else there is

  /// Members that have no comparison of their own.
  private mutating func others(_ old: JSONTree, _ new: JSONTree) {
    let known = Self.settled.union(Self.figures.map(\.0)).union(Self.entries.map(\.0))
      .union(Self.names.map(\.0)).union(["next"])
    for (member, from, to) in Self.differences(old, new, but: known) {
      parts.append(.member(member, from: from, to: to))
    }
    if parts.isEmpty, old["permitted"] != new["permitted"] {
      parts.append(
        .member("permitted", from: old["permitted"]?.word, to: new["permitted"]?.word))
    }
  }

  /// A value as a text: of a list its items, of an object its JSON.
  private static func text(_ tree: JSONTree) -> String {
    switch tree {
    case .null: "null"
    case .array(let items): items.map(text).joined(separator: ", ")
    case .object: tree.text
    default: tree.word ?? ""
    }
  }
}
