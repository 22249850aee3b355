/// Looking up a table when keys may be unknown: the value counts if every row within reach agrees.

extension Machine {
  /// `[d] = column c of the row of table a for the keys from [b], else [e]`.
  static func lookup(_ program: borrowing Program, _ frame: inout Frame, _ i: CarefulInstruction) {
    let table = program.tables[Int(i.a)]
    var unknown: Slot?
    for key in 0..<table.keyCount {
      let at = Int(i.b) + key
      let slot = frame.slots[at]
      if slot.isAbsent { return fail(&frame, i, .absentValue) }
      if slot.isError {
        frame.slots[Int(i.d)] = slot
        return
      }
      if slot.isUnknown {
        unknown = unknown.map { Slot.unknown(frame.union($0.need, slot.need)) } ?? slot
      } else if !frame.currencies.isEmpty && table.keyCurrencies[key] != 0
        && common(frame.currencies[at], table.keyCurrencies[key]) == nil
      {
        return fail(&frame, i, .twoCurrencies)
      }
    }
    if let unknown { return reach(table, &frame, i, unknown) }
    let row = table.row(for: frame.slots.span, at: Int(i.b))
    if row == -2 { return fail(&frame, i, .severalRows) }
    if row >= 0 { return give(table, &frame, i, row) }
    if i.e < 0 { return fail(&frame, i, .noRow) }
    let fallback = frame.slots[Int(i.e)]
    if fallback.isAbsent { return fail(&frame, i, .absentValue) }
    frame.slots[Int(i.d)] = fallback
    if !frame.currencies.isEmpty { frame.currencies[Int(i.d)] = frame.currencies[Int(i.e)] }
  }

  private static func fail(_ frame: inout Frame, _ i: CarefulInstruction, _ kind: Trap.Kind) {
    frame.slots[Int(i.d)] = Slot.error(Trap(kind, site: Int(i.site)))
  }

  private static func give(
    _ table: borrowing ProgramTable, _ frame: inout Frame, _ i: CarefulInstruction, _ row: Int
  ) {
    frame.slots[Int(i.d)] = table.value(row: row, column: Int(i.c))
    if !frame.currencies.isEmpty {
      frame.currencies[Int(i.d)] = table.currencies[Int(i.c) * table.rowCount + row]
    }
  }

  /// With unknown keys: the rows that could match, and whether their values agree.
  private static func reach(
    _ table: borrowing ProgramTable, _ frame: inout Frame, _ i: CarefulInstruction, _ unknown: Slot
  ) {
    var first = -1
    var agree = true
    for row in 0..<table.rowCount {
      var possible = true
      var sure = true
      for key in 0..<table.keyCount where possible {
        let slot = frame.slots[Int(i.b) + key]
        if slot.isUnknown {
          let cell = table.cells[row * table.keyCount + key]
          if cell.count > 0 || cell.negated { sure = false }
        } else {
          possible = table.cell(row, key, table.textKeys[key] ? Int128(slot.literal) : slot.bits)
        }
      }
      guard possible else { continue }
      if first < 0 {
        first = row
      } else if table.value(row: row, column: Int(i.c))
        != table.value(row: first, column: Int(i.c))
      {
        agree = false
      }
      if sure && table.firstHit { break }
    }
    if first >= 0 && agree {
      give(table, &frame, i, first)
    } else {
      frame.slots[Int(i.d)] = unknown
    }
  }
}
