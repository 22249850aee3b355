/// The tree of a file as text in brackets, one declaration, clause or row a line: what tests compare.

/// Writes trees down.
public enum TreeDump {
  /// The tree of a policy file.
  public static func text(_ tree: PolicyTree) -> String {
    var dump = Dump()
    let header = tree.header
    dump.line("policy", [header.name.text, dump.label(header.label)])
    dump.nested { dump in
      if let owner = header.owner { dump.line("owner", [dump.text(owner)]) }
      if let from = header.effectiveFrom {
        dump.line(
          "effective", [dump.text(from)] + (header.effectiveUntil.map { [dump.text($0)] } ?? []))
      }
      if let currency = header.currency { dump.line("currency", [currency.text]) }
      for source in header.sources { dump.line("source", [dump.text(source)]) }
      for process in header.processes {
        let decisions = process.decisions.map(\.text).joined(separator: ", ")
        dump.line(
          "process",
          [
            dump.text(process.id), dump.label(process.title),
            decisions.isEmpty ? "" : "in " + decisions,
          ])
      }
    }
    for use in tree.uses { dump.line("use", [use.text]) }
    for declaration in tree.declarations { dump.write(declaration) }
    for decision in tree.decisions { dump.write(decision) }
    return dump.result
  }

  /// The tree of a file of cases.
  public static func text(_ tree: CasesTree) -> String {
    var dump = Dump()
    dump.line("cases", [tree.policy.text])
    for sheet in tree.sheets {
      dump.line("from", [dump.text(sheet.file)] + (sheet.like.map { ["like", $0.text] } ?? []))
    }
    for sample in tree.cases { dump.write(sample) }
    return dump.result
  }

  /// The tree of an expression.
  public static func text(_ tree: ExpressionTree) -> String { Dump().text(tree) }

  /// A key cell of a table on one line.
  public static func text(_ cell: TableTree.Cell) -> String { Dump().text(cell) }
}

/// The text so far and how far it is moved in.
struct Dump {
  var result = ""
  private var margin = ""

  init() {}

  /// A line of a word and its parts; empty parts are left out.
  mutating func line(_ word: String, _ parts: [String] = []) {
    result += margin + ([word] + parts.filter { !$0.isEmpty }).joined(separator: " ") + "\n"
  }

  /// Lines that belong to the one before.
  mutating func nested(_ body: (inout Dump) -> Void) {
    let old = margin
    margin += "  "
    body(&self)
    margin = old
  }
}

// MARK: - Declarations

extension Dump {
  fileprivate mutating func write(_ declaration: DeclarationTree) {
    switch declaration {
    case .posts(let members):
      line("posts")
      write(members)
    case .record(let tree):
      line("type", [tree.name.text, label(tree.label)])
      nested { dump in
        for field in tree.fields { dump.line("field", [dump.text(field)]) }
      }
    case .enumeration(let tree):
      line("type", [tree.name.text, label(tree.label), "= \(tree.order.rawValue)"])
      write(tree.members)
    case .input(let field): line("input", [text(field)])
    case .parameter(let tree):
      line(
        "param",
        [
          tree.name.text, text(tree.type), label(tree.label),
          tree.illustrative ? "illustrative" : "",
        ])
      nested { dump in
        for value in tree.values {
          dump.line(value.from.map { "from \(dump.text($0)):" } ?? "=", [dump.text(value.value)])
        }
      }
    case .table(let tree): write(tree)
    case .calendar(let tree): write(tree)
    case .rates(let tree): write(tree)
    case .register(let tree): write(tree.table)
    case .hierarchy(let tree): write(tree.table)
    case .guarantee(let tree): write(tree)
    case .define(let tree):
      line(
        "define",
        [tree.name.text] + tree.arguments.map { "(\(text($0)))" }
          + [label(tree.label), tree.type.map { "of \(text($0))" } ?? ""])
      nested { $0.line("=", [$0.text(tree.body)]) }
    }
  }

  private mutating func write(_ members: [MemberTree]) {
    nested { dump in
      for member in members { dump.line(member.name.text, [dump.label(member.label)]) }
    }
  }

  private mutating func write(_ tree: GuaranteeTree) {
    line("guarantee", [tree.name.text, label(tree.label)])
    nested { dump in
      switch tree.form {
      case nil: break
      case .forAll(let condition)?: dump.line("for all requests:", [dump.text(condition)])
      case .raising(let path, let decision)?:
        dump.line("raising", [dump.text(path), "never removes a step of", dump.text(decision)])
      case .neverActs(let person, let decision)?:
        dump.line(dump.text(person), ["never acts in", dump.text(decision)])
      }
    }
  }

  private mutating func write(_ tree: CalendarTree) {
    line(
      "calendar",
      [tree.name.text, label(tree.label), tree.sheet.map { "from \(text($0.file))" } ?? ""])
    nested { dump in
      if let covers = tree.covers {
        dump.line("covers", [dump.text(covers.from), dump.text(covers.until)])
      }
      if let weekend = tree.weekend { dump.line("weekend", weekend.map(\.text)) }
      for line in tree.lines {
        dump.line(
          line.isHoliday ? "holiday" : "workday",
          [dump.text(line.from), line.until.map { dump.text($0) } ?? "", dump.label(line.label)])
      }
    }
  }

  private mutating func write(_ tree: RatesTree) {
    line(
      "rates",
      [
        tree.name.text, label(tree.label), tree.illustrative ? "illustrative" : "",
        tree.sheet.map { "from \(text($0.file))" } ?? "",
      ])
    nested { dump in
      for line in tree.lines {
        dump.line(
          line.currency.text,
          [dump.text(line.from), line.until.map { dump.text($0) } ?? "", dump.text(line.rate)])
      }
    }
  }

  private mutating func write(_ tree: TableTree) {
    line(
      "table",
      [tree.name.text, label(tree.label)] + tree.keys.map { "(\(text($0)))" } + ["->"]
        + tree.columns.map { "(\(text($0)))" }
        + [
          tree.isDated ? "dated" : "", tree.hitPolicy.rawValue,
          tree.illustrative ? "illustrative" : "",
        ]
        + (tree.sheet.map { ["from \(text($0.file))"] + ($0.encoding.map { [$0.text] } ?? []) }
          ?? [])
    )
    nested { dump in
      for row in tree.rows {
        let cells = row.cells.map { dump.text($0) } + row.values.map { dump.text($0) }
        dump.line("row", [cells.joined(separator: " | ")])
      }
    }
  }

  fileprivate func text(_ cell: TableTree.Cell) -> String {
    switch cell {
    case .any: return "-"
    case .tests(let tests, let negated, _):
      let all = tests.map { test in
        switch test {
        case .equals(let value): return text(value)
        case .compare(let comparison, let value): return "(\(comparison.rawValue) \(text(value)))"
        case .range(let low, let high, let inclusive):
          return "(\(inclusive ? ".." : "..<") \(text(low)) \(text(high)))"
        }
      }
      return (negated ? "not " : "") + all.joined(separator: ", ")
    }
  }

  private func text(_ field: FieldTree) -> String {
    var parts = [field.name.text, text(field.type)]
    for constraint in field.constraints {
      switch constraint {
      case .compare(let comparison, let bound):
        parts.append("(\(comparison.rawValue) \(text(bound)))")
      case .range(let low, let high, let inclusive):
        parts.append("(\(inclusive ? ".." : "..<") \(text(low)) \(text(high)))")
      case .pattern(let pattern, _): parts.append("(matching \"\(pattern)\")")
      case .items(let bound): parts.append("(up to \(text(bound)))")
      }
    }
    if field.secret != nil { parts.append("secret") }
    if let label = field.label { parts.append(text(label)) }
    return parts.joined(separator: " ")
  }

  private func text(_ type: TypeTree) -> String {
    switch type.kind {
    case .named(let name): return name.text
    case .list(let inner): return "(list \(text(inner)))"
    case .optional(let inner): return "(optional \(text(inner)))"
    }
  }
}
