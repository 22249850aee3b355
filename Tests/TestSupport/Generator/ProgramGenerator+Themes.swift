/// What a program is about: combinations that seldom come about by chance are put together on purpose.

/// Decisions that belong together, at the front of a policy.
enum GeneratedTheme: CaseIterable {
  /// A record that one decision gives and another reads.
  case record
  /// A class by which a table is looked up.
  case gradeKey
  /// A figure of a decision that often does not apply.
  case fickle
  /// A table that lacks rows.
  case noRow
  /// A form with fields that must be filled in.
  case fields
  /// A chain whose state another decision asks for.
  case state
  /// Many clauses on one subject.
  case subject
  /// Numbers of documents.
  case numbers
  /// Clearances of reasons that cannot be known.
  case clearance
}

extension ProgramGenerator {
  /// The decisions of the theme.
  mutating func themedDecisions() -> String {
    switch theme {
    case .record?: recordTheme()
    case .gradeKey?:
      decision("grade")
        + lookUp(of: world.tables.first { $0.keys == [.enumeration(2)] }) { generator, _ in
          generator.counters.add("grade as a key")
          return generator.world.decisions.last { $0.kind == "grade" }?.name ?? "A"
        }
    case .noRow?:
      lookUp(of: world.tables.first { $0.keys == [.number] && $0.hasGaps }) { generator, scope in
        generator.counters.add("towards no_row")
        return generator.path(.number, scope) ?? "0"
      }
    case .fickle?: fickleTheme()
    case .fields?: decision("check")
    case .state?: stateTheme()
    case .subject?, .clearance?: decision("release")
    case .numbers?: numbersTheme()
    case nil: ""
    }
  }

  /// The table that the theme needs.
  mutating func themedTable() -> String {
    switch theme {
    case .gradeKey?:
      tableDeclaration(keys: [.enumeration(2)], hit: "first", columns: [.number], complete: true)
    case .noRow?:
      tableDeclaration(keys: [.number], hit: "first", columns: [.number], complete: false)
    default: ""
    }
  }

  private mutating func value(_ type: GeneratedType, _ figure: String) -> String {
    counters.add("value")
    return declaration(
      "value", fresh("v"), " of \(typeName(type))", ["gives \(figure)"], type)
  }

  private mutating func recordTheme() -> String {
    let scope = GeneratedScope(world)
    let name = fresh("v")
    guard let (type, figure) = compoundValue(name, scope, isRecord: true),
      let record = world.recordValues.last?.record
    else { return "" }
    counters.add("value")
    let text = declaration("value", name, " of \(type)", ["gives \(figure)"])
    for field in world.records[record].fields where !field.isOptional {
      guard case .scalar(let type) = field.content, type == .number || type == .money else {
        continue
      }
      counters.add("record of a decision used")
      return text + value(type, "(\(name).\(field.name) + \(leaf(type, scope)))")
    }
    return text
  }

  private mutating func lookUp(
    of table: GeneratedTable?, key: (inout ProgramGenerator, GeneratedScope) -> String
  ) -> String {
    guard let table else { return "" }
    counters.add("table used")
    let figure = "\(table.name)[\(key(&self, GeneratedScope(world)))].c0"
    return value(.number, table.hasGaps && table.isFinite ? "(\(figure) else 0)" : figure)
  }

  private mutating func fickleTheme() -> String {
    let scope = GeneratedScope(world)
    let type = random.pick([GeneratedType.number, .money])
    let name = fresh("v")
    counters.add("value")
    counters.add("applies when")
    let clauses = ["applies when \(condition(scope, 1))", "gives \(expression(type, scope, 1))"]
    let text = declaration("value", name, " of \(typeName(type))", clauses, type)
    counters.add("towards not_applicable_value")
    counters.add("decision value used")
    return text + value(type, "(\(name) + \(leaf(type, scope)))")
  }

  private mutating func stateTheme() -> String {
    let text = decision("approval")
    let name = world.decisions.last { $0.kind == "approval" }?.name ?? ""
    let answer = random.pick(["chain", "invalid", "approved", "refused", "open"])
    counters.add("decision is \(answer)")
    return text + value(.bool, "(\(name) is \(answer))")
  }

  private mutating func numbersTheme() -> String {
    let scope = GeneratedScope(world)
    let leaves = scope.leaves.filter { $0.pattern != nil && $0.guardedBy == nil }
    guard let leaf = leaves.first, let pattern = leaf.pattern else { return "" }
    if pattern.hasSerial, !pattern.hasDate || random.chance(50) {
      counters.add("serial of")
      return value(.number, "(serial of \(leaf.path))")
    }
    guard pattern.hasDate else { return value(.bool, "(\(leaf.path) matches \"\(pattern.text)\")") }
    counters.add("date of")
    return value(.date, "(date of \(leaf.path))")
  }
}
