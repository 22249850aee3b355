/// Registers: who holds which post, and who stands in for whom; they hold for the whole set.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension SetChecker {
  /// Checks the registers of all policies.
  func checkRegisters() {
    var sound: [(policy: Int, register: RegisterTree)] = []
    for (policy, tree) in trees.enumerated() {
      for declaration in tree.declarations {
        guard case .register(let register) = declaration else { continue }
        if checkScope(register, in: policy) { sound.append((policy, register)) }
      }
    }
    var ranges: [SourceRange] = []
    for (policy, register) in sound {
      let own = register.scope.map { ($0.name.text, scalarType($0.type, in: policy)) }
      let columns = zip(register.kind.columns, register.kind.types).map { ($0, $1) } + own
      let scope = Set(register.scope.map(\.name.text)).subtracting(["up_to"])
      for row in registerRows(register.table, columns, scope: scope, in: policy) {
        guard isNamed(row, ["post", "person"]) else { continue }
        switch register.kind {
        case .holders: holder(row)
        case .delegations:
          if let found = delegation(row) {
            checkOverlap(found, row.range, ranges)
            set.delegations.append(found)
            ranges.append(row.range)
          }
        }
      }
    }
  }

  /// The columns that a register of holders declares: of one name in one type throughout the set.
  ///
  /// Reports mistakes; false when the rows cannot be read.
  private func checkScope(_ register: RegisterTree, in policy: Int) -> Bool {
    var seen: [String: SourceRange] = [:]
    var isSound = true
    for column in register.kind.columns { seen[column] = register.table.name.range }
    for field in register.scope where !field.name.text.isEmpty {
      let name = field.name.text
      if let constraint = field.constraints.first { report(.constraintInTable(constraint)) }
      if let secret = field.secret { report(.misplacedSecret(secret)) }
      if let first = seen.updateValue(field.name.range, forKey: name) {
        report(.duplicateColumn(field.name, first: first))
        isSound = false
        continue
      }
      guard let type = scalarType(field.type, in: policy) else {
        isSound = false
        continue
      }
      if name == "up_to" {
        if type == .money { continue }
        report(
          .typeMismatch(field.type.range, expected: words(.money), found: words(type), help: nil))
        isSound = false
      } else if let known = set.holderColumns.first(where: { $0.name == name }) {
        if known.type == type { continue }
        report(.holderColumnDiffers(field.name, words(type), other: words(known.type)))
        isSound = false
      } else {
        set.holderColumns.append((name, type))
        set.holderColumns.sort { $0.name < $1.name }
      }
    }
    return isSound
  }

  /// Whether a policy of the set says who stands in for whom.
  var declaresDelegations: Bool {
    trees.contains { tree in
      tree.declarations.contains { declaration in
        guard case .register(let register) = declaration else { return false }
        return register.kind == .delegations
      }
    }
  }

  /// The rows of a register: in each column one constant or `-`, in columns of a scope a cell.
  func registerRows(
    _ table: TableTree, _ columns: [(name: String, type: ValueType?)], scope: Set<String> = [],
    in policy: Int
  ) -> [RegisterRow] {
    var known = TableFacts()
    known.keys = columns.map(\.type)
    let trees = table.sheet.map { sheetRows(table, $0, known, in: policy) } ?? table.rows
    return (trees ?? []).compactMap { tree in
      guard let row = row(tree, table, known, in: policy) else { return nil }
      var found = RegisterRow(range: tree.range)
      for (column, cell) in zip(columns, row.cells) {
        if cell.tests.isEmpty && !cell.negated { continue }
        if scope.contains(column.name) {
          found.cells[column.name] = cell
          continue
        }
        guard !cell.negated, cell.tests.count == 1, case .equals(let constant) = cell.tests[0]
        else {
          report(.registerCell(tree.range, column.name))
          return nil
        }
        found.values[column.name] = constant
      }
      return found
    }
  }

  /// Whether a row says what it must; reports when not.
  func isNamed(_ row: RegisterRow, _ columns: [String]) -> Bool {
    for column in columns where row.values[column] == nil {
      report(.registerGap(row.range, column))
      return false
    }
    return true
  }

  private func holder(_ row: RegisterRow) {
    guard case .post(let post)? = row.values["post"], let person = person(row.values) else {
      return
    }
    var holder = TypedHolder(
      person: person, post: post, from: day(row.values["from"]), until: day(row.values["until"]))
    holder.upTo = row.values["up_to"]
    holder.range = row.range
    holder.scope = set.holderColumns.map {
      row.cells[$0.name] ?? TypedTable.Cell(tests: [], negated: false)
    }
    set.holders.append(holder)
  }

  private func delegation(_ row: RegisterRow) -> TypedDelegation? {
    let (cells, range) = (row.values, row.range)
    guard case .post(let post)? = cells["post"], let person = person(cells) else { return nil }
    var found = TypedDelegation(
      post: post, person: person, from: day(cells["from"]), until: day(cells["until"]),
      upTo: cells["up_to"], decision: nil, range: range)
    guard case .text(let name)? = cells["decision"] else { return found }
    var names: [String] = []
    for (policy, tree) in trees.enumerated() {
      for (index, decision) in tree.decisions.enumerated() where decision.kind == .approval {
        let full = "\(tree.header.name.text).\(decision.name.text)"
        if name == full { found.decision = Reference(policy: policy, index: index) }
        names.append(full)
      }
    }
    if found.decision != nil { return found }
    report(.unknownDelegated(name, range, nearest: nearest(name, names), all: names))
    return nil
  }

  private func person(_ cells: [String: Constant]) -> String? {
    switch cells["person"] {
    case .person(let name)?, .text(let name)?: name
    default: nil
    }
  }

  private func day(_ constant: Constant?) -> Day? {
    if case .date(let day)? = constant { day } else { nil }
  }

  /// Two delegations of one post never hold on the same day for the same decision.
  private func checkOverlap(
    _ new: TypedDelegation, _ range: SourceRange, _ ranges: [SourceRange]
  ) {
    for (old, first) in zip(set.delegations, ranges) where old.post == new.post {
      let sameDecision =
        old.decision == nil || new.decision == nil || old.decision == new.decision
      let begins = max(old.from ?? .first, new.from ?? .first)
      let ends = min(old.until ?? .last, new.until ?? .last)
      guard sameDecision, begins <= ends else { continue }
      return report(
        .delegationsOverlap(range, set.types.posts[new.post].name, begins.text, first: first))
    }
  }
}

/// A row of a register or a hierarchy.
struct RegisterRow {
  /// The constant of each column that has one.
  var values: [String: Constant] = [:]
  /// The tests of each column of a scope that has some.
  var cells: [String: TypedTable.Cell] = [:]
  let range: SourceRange

  init(range: SourceRange) { self.range = range }
}

extension RegisterTree.Kind {
  /// The types of `columns`.
  fileprivate var types: [ValueType?] {
    switch self {
    case .holders: [.person, .post, .date, .date]
    case .delegations: [.post, .person, .date, .date, .money, .text]
    }
  }
}
