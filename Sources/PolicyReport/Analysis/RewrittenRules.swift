/// What is written otherwise than in a baseline: rules, steps, figures and rows of tables, compared by their words.
import PolicyCompiler
import PolicyRuntime
import PolicySource

/// The differences of two sets in words.
struct RewrittenRules {
  /// Something that a set says, and where.
  private struct Line {
    /// Policy, decision and code, the same in both sets.
    let key: String
    let place: String
    let words: String
  }

  private let rows: [(place: String, old: String?, new: String?)]
  private let catalog: Catalog

  /// Compares two sets; `only` names one policy.
  init(from old: TypedSet, to new: TypedSet, _ catalog: Catalog, only: String?) {
    self.catalog = catalog
    let (before, after) = (
      Self.lines(old, catalog, only: only), Self.lines(new, catalog, only: only)
    )
    let known = Dictionary(before.map { ($0.key, $0) }) { first, _ in first }
    let kept = Set(after.map(\.key))
    var rows: [(place: String, old: String?, new: String?)] = []
    for line in after where known[line.key]?.words != line.words {
      rows.append((line.place, known[line.key]?.words, line.words))
    }
    for line in before where !kept.contains(line.key) { rows.append((line.place, line.words, nil)) }
    self.rows = rows
  }

  /// Whether both say the same.
  var isEmpty: Bool { rows.isEmpty }

  var markup: Markup {
    func say(_ prose: Prose) -> Markup { prose.markup(in: catalog, capital: true) }
    if isEmpty { return "<p>\(say(AnalysisMessages.nothingRewritten))</p>" }
    let cells = rows.map { row in
      [row.place, row.old ?? "–", row.new ?? "–"].map { Markup(text: $0) }
    }
    return "<p>\(say(AnalysisMessages.rewrittenNote))</p>"
      + PlainTable.markup(
        [AnalysisMessages.place, AnalysisMessages.was, AnalysisMessages.now].map(say), cells,
        "rewritten")
  }

  // MARK: What a set says

  private static func lines(_ set: TypedSet, _ catalog: Catalog, only: String?) -> [Line] {
    var lines: [Line] = []
    for (index, policy) in set.policies.enumerated() where only == nil || policy.name == only {
      let words = Wording(set, catalog, shown: [], policy: index)
      let title = words.label(policy.label, or: policy.name)
      var seen: [String: Int] = [:]
      func add(_ key: String, _ place: String, _ prose: Prose) {
        // Two caps of one class have one key; the second is told by its number.
        let number = seen[key, default: 0] + 1
        seen[key] = number
        let key = number == 1 ? key : "\(key)#\(number)"
        lines.append(
          Line(
            key: "\(policy.name)/\(key)", place: "\(title): \(place)", words: words.say(prose)))
      }
      for define in policy.defines {
        let name = words.label(define.label, or: define.name)
        add("term/\(define.name)", name, words.value(define.body))
      }
      for parameter in policy.parameters {
        let values = parameter.values.map { value in
          ProseMessages.titled(
            value.from.map { ReportMessages.from(.value($0.text)) } ?? ProseMessages.always,
            words.constant(value.constant))
        }
        let name = words.label(parameter.label, or: parameter.name)
        add("param/\(parameter.name)", name, values.apart)
      }
      for table in policy.tables {
        let name = words.label(table.label, or: table.name)
        let text = set.files
        for (number, row) in table.rows.enumerated() {
          add(
            "table/\(table.name)/\(number)", "\(name), \(number + 1)",
            .code(
              text[row.range.file].text(in: row.range).split(separator: " ").joined(separator: " "))
          )
        }
      }
      for decision in policy.decisions {
        let name = words.label(decision.label, or: decision.name)
        for (key, prose) in rules(of: decision, words) {
          let code = key.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
          add("\(decision.name)/\(key)", code.isEmpty ? name : "\(name), \(code)", prose)
        }
      }
    }
    return lines
  }

  /// The rules of a decision with keys that tell them apart.
  private static func rules(
    of decision: TypedDecision, _ words: Wording
  ) -> [(key: String, Prose)] {
    var found: [(key: String, Prose)] = []
    func add(_ kind: String, _ rules: [Rule]) {
      for (number, rule) in rules.enumerated() {
        let key = rule.code.isEmpty ? "\(kind)/\(number + 1)" : "\(kind)/\(rule.code)"
        found.append((key, ([rule.statement.inline] + rule.notes).apart))
      }
    }
    add("applies", decision.scopes.map(words.rule))
    switch decision.body {
    case .release(let clauses), .check(let clauses): add("clause", clauses.map(words.rule))
    case .approval(let approval):
      add("clause", approval.requires.map(words.rule))
      add("step", approval.steps.map { words.rule($0, of: approval) })
      found.append(("manner/", words.manners(of: approval).apart))
    case .limit(let limit):
      add("cap", limit.caps.map(words.rule))
      found.append(("facts/", words.facts(of: limit).apart))
    case .grade(let grade):
      for line in grade.points { found.append(("points/\(line.name)", words.value(line.value))) }
      add("band", grade.bands.map { words.rule($0, of: grade, isCap: false) })
      add("no better", grade.caps.map { words.rule($0, of: grade, isCap: true) })
    case .value(let expression): found.append(("gives/", words.value(expression)))
    }
    add("duty", decision.duties.map(words.rule))
    add("copy", decision.copies.map(words.rule))
    return found
  }
}
