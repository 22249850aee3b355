/// What is said of a table's rows: those that overlap, those that are never reached, and keys without a row.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

/// A look-up without `else`: where it stands, and the values that its keys can have.
struct BareLookup {
  let range: SourceRange
  let keys: [TypedExpression]
}

extension SetChecker {
  /// Reports overlaps and rows that never match, holes in time, and look-ups that may find no row.
  func checkTableCoverage() {
    for policy in set.policies.indices {
      for (index, table) in set.policies[policy].tables.enumerated() {
        let reference = Reference(policy: policy, index: index)
        let alwaysGives = [.sum, .count, .list].contains(table.hit)
        if !facts[policy].tables[index].sound || alwaysGives { continue }
        let axes = table.keys.indices.map { key in
          KeyAxis(
            table.keys[key], table.rows.map { $0.cells[key] }, set.types,
            currency: set.policies[policy].currency)
        }
        let coverage = CoverageWalk(table, axes).run()
        reportRows(table, axes, coverage)
        reportGaps(table, axes, coverage, bareLookups[reference] ?? [], in: policy)
      }
    }
  }

  private func reportRows(_ table: TypedTable, _ axes: [KeyAxis], _ coverage: Coverage) {
    for overlap in coverage.overlaps.sorted(by: { $0.row < $1.row }) {
      report(
        .overlappingRows(
          table.rows[overlap.row].range, first: table.rows[overlap.earlier].range,
          example: words(overlap.place, axes, asExample: true)))
    }
    guard table.hit == .first, coverage.exhausted else { return }
    for (row, typed) in table.rows.enumerated() where !coverage.reached.contains(row) {
      report(.unreachableRow(typed.range, table.name))
    }
  }

  private func reportGaps(
    _ table: TypedTable, _ axes: [KeyAxis], _ coverage: Coverage, _ lookups: [BareLookup],
    in policy: Int
  ) {
    var gaps = coverage.gaps
    if table.isDated, let time = axes.last {
      let holes = gaps.filter { gap in
        gap.last.map { $0.low > time.line.low && $0.high < time.line.high } ?? false
      }
      for hole in holes {
        guard let span = hole.last else { continue }
        let rest = words(Array(hole.dropLast()), Array(axes.dropLast()), asExample: false)
        report(
          .holeInTime(
            Name(table.name, table.range), days: time.words(span, set.types), key: rest))
      }
      if holes.count == gaps.count, coverage.exhausted { return }
      gaps.removeAll { gap in holes.contains { $0 == gap } }
    }
    if gaps.isEmpty && coverage.exhausted || lookups.isEmpty { return }
    if axes.allSatisfy(\.isFinite), !gaps.isEmpty {
      report(.missingRows(Name(table.name, table.range), gaps.flatMap { members($0, axes) }))
      return
    }
    for lookup in lookups {
      let doors = doors(of: lookup.keys, axes, table, in: policy)
      let seen = CoverageWalk(table, axes).run(within: doors)
      guard let gap = seen.gaps.first else {
        if !seen.exhausted { report(.tableNotComplete(lookup.range, table.name, nil, table.range)) }
        continue
      }
      let region = words(gap, axes, asExample: false)
      let example = words(gap, axes, asExample: true)
      report(
        .tableNotComplete(
          lookup.range, table.name, (region, region == example ? nil : example), table.range))
    }
  }

  // MARK: Doors

  /// The values that the keys of a look-up can have: what the door of a field or input lets in.
  private func doors(
    of keys: [TypedExpression], _ axes: [KeyAxis], _ table: TypedTable, in policy: Int
  ) -> [Stretch] {
    zip(keys, axes).map { key, axis in
      var door = axis.line
      if case .asOf = key.kind {
        let inForce = set.policies[policy]
        if let from = inForce.effectiveFrom { door.low = max(door.low, Int128(from.number)) }
        if let until = inForce.effectiveUntil { door.high = min(door.high, Int128(until.number)) }
      }
      for constraint in constraints(of: key) {
        switch constraint {
        case .lower(let bound, let inclusive):
          door.low = max(door.low, inclusive ? bound : bound + 1)
        case .upper(let bound, let inclusive):
          door.high = min(door.high, inclusive ? bound : bound - 1)
        case .pattern, .items: break
        }
      }
      return door.low <= door.high ? door : axis.line
    }
  }

  /// What is known of the value of a key before any request comes.
  private func constraints(of key: TypedExpression) -> [Constraint] {
    switch key.kind {
    case .input(let reference):
      guard set.policies[reference.policy].inputs.indices.contains(reference.index) else {
        return []
      }
      return set.policies[reference.policy].inputs[reference.index].field.constraints
    case .field(let record, let index):
      guard case .record(let id) = record.type.unwrapped else { return [] }
      return set.types.records[id.index].fields[index].constraints
    case .call(let reference, let arguments) where arguments.isEmpty:
      guard set.policies[reference.policy].defines.indices.contains(reference.index) else {
        return []
      }
      return constraints(of: set.policies[reference.policy].defines[reference.index].body)
    case .aggregate(.count, _, _, _, _, _): return [.lower(0, inclusive: true)]
    default: return []
    }
  }

  // MARK: Words

  /// `grade B, amount > 5,000.00 CNY`, or with one value of each stretch.
  private func words(_ place: [Stretch], _ axes: [KeyAxis], asExample: Bool) -> Phrase {
    if axes.count == 1, axes[0].isFinite { return axes[0].words(place[0], set.types) }
    let shown = zip(place, axes).filter { span, axis in
      asExample || axes.count == 1 || span != axis.line
    }
    if shown.isEmpty { return "any key" }
    let parts = shown.map { span, axis -> Phrase in
      let words = asExample ? axis.example(span, set.types) : axis.words(span, set.types)
      return axis.name == "as of" ? "as of \(words)" : "\(axis.name) \(words)"
    }
    return SourceMessages.list(parts, last: .comma)
  }

  /// A gap of members one by one.
  private func members(_ place: [Stretch], _ axes: [KeyAxis]) -> [Phrase] {
    var result: [[Stretch]] = [[]]
    for (span, axis) in zip(place, axes) {
      let values = span == axis.line && axes.count > 1 ? [span] : Self.values(span)
      result = result.flatMap { prefix in values.map { prefix + [$0] } }
      if result.count > 64 { break }
    }
    return result.filter { $0.count == axes.count }.map { words($0, axes, asExample: false) }
  }

  private static func values(_ span: Stretch) -> [Stretch] {
    (0...min(63, Int(clamping: span.high - span.low))).map {
      Stretch(low: span.low + Int128($0), high: span.low + Int128($0))
    }
  }
}
