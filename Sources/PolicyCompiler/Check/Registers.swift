/// Registers: who holds which post, and who stands in for whom; they hold for the whole set.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension SetChecker {
  /// Checks the registers of all policies.
  func checkRegisters() {
    var ranges: [SourceRange] = []
    for (policy, tree) in trees.enumerated() {
      for declaration in tree.declarations {
        guard case .register(let register) = declaration else { continue }
        for (cells, range) in rows(of: register, in: policy) {
          switch register.kind {
          case .holders: holder(cells, range)
          case .delegations:
            if let found = delegation(cells, range) {
              checkOverlap(found, range, ranges)
              set.delegations.append(found)
              ranges.append(range)
            }
          }
        }
      }
    }
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

  /// The rows of a register: for each column a constant, or nil for `-`.
  private func rows(
    of register: RegisterTree, in policy: Int
  ) -> [(cells: [String: Constant], range: SourceRange)] {
    let types: [String: ValueType] = [
      "post": .post, "person": .person, "from": .date, "until": .date, "up_to": .money,
      "decision": .text,
    ]
    var known = TableFacts()
    known.keys = register.kind.columns.map { types[$0] }
    let table = register.table
    let trees = table.sheet.map { sheetRows(table, $0, known, in: policy) } ?? table.rows
    return (trees ?? []).compactMap { tree in
      guard let row = row(tree, table, known, in: policy) else { return nil }
      var cells: [String: Constant] = [:]
      for (column, cell) in zip(register.kind.columns, row.cells) {
        if cell.tests.isEmpty && !cell.negated { continue }
        guard !cell.negated, cell.tests.count == 1, case .equals(let constant) = cell.tests[0]
        else {
          report(.registerCell(tree.range, column))
          return nil
        }
        cells[column] = constant
      }
      for column in ["post", "person"] where cells[column] == nil {
        report(.registerGap(tree.range, column))
        return nil
      }
      return (cells, tree.range)
    }
  }

  private func holder(_ cells: [String: Constant], _ range: SourceRange) {
    guard case .post(let post)? = cells["post"], let person = person(cells) else { return }
    set.holders.append(
      TypedHolder(
        person: person, post: post, from: day(cells["from"]), until: day(cells["until"])))
  }

  private func delegation(
    _ cells: [String: Constant], _ range: SourceRange
  ) -> TypedDelegation? {
    guard case .post(let post)? = cells["post"], let person = person(cells) else { return nil }
    var found = TypedDelegation(
      post: post, person: person, from: day(cells["from"]), until: day(cells["until"]),
      upTo: cells["up_to"], decision: nil)
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
