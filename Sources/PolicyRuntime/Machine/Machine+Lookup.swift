/// Looking up a table when keys may be unknown: the value counts if every row within reach agrees.

extension Machine {
  /// `[d] = column c of the row of table a for the keys from [b], else [e]`.
  static func lookup(_ program: borrowing Program, _ frame: inout Frame, _ i: CarefulInstruction) {
    let table = program.tables[Int(i.a)]
    var unknown: Slot?
    for key in 0..<table.keyCount {
      let slot = frame.slots[Int(i.b) + key]
      if slot.isAbsent { return fail(&frame, i, .absentValue) }
      if slot.isError {
        frame.slots[Int(i.d)] = slot
        return
      }
      if slot.isUnknown {
        unknown = unknown.map { Slot.unknown(frame.union($0.need, slot.need)) } ?? slot
      }
    }
    if table.collects != .nothing { return collect(program, &frame, i, unknown) }
    if unknown != nil || !frame.currencies.isEmpty { return reach(table, &frame, i, unknown) }
    let row = table.row(for: frame.slots.span, at: Int(i.b))
    if row == -2 { return fail(&frame, i, .severalRows) }
    if row >= 0 { return give(table, &frame, i, row) }
    fallBack(&frame, i)
  }

  static func fallBack(_ frame: inout Frame, _ i: CarefulInstruction) {
    if i.e < 0 { return fail(&frame, i, .noRow) }
    let fallback = frame.slots[Int(i.e)]
    if fallback.isAbsent { return fail(&frame, i, .absentValue) }
    frame.slots[Int(i.d)] = fallback
    if !frame.currencies.isEmpty { frame.currencies[Int(i.d)] = frame.currencies[Int(i.e)] }
  }

  static func fail(_ frame: inout Frame, _ i: CarefulInstruction, _ kind: Trap.Kind) {
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

  /// Row by row, with unknown keys or several currencies: the rows within reach, and whether they agree.
  private static func reach(
    _ table: borrowing ProgramTable, _ frame: inout Frame, _ i: CarefulInstruction,
    _ unknown: Slot?
  ) {
    var first = -1
    var agree = true
    var several = false
    for row in 0..<table.rowCount {
      let match = match(table, row, frame, at: Int(i.b))
      if match == .error { return fail(&frame, i, .twoCurrencies) }
      if match == .no { continue }
      if first < 0 {
        first = row
      } else {
        several = true
        agree = agree && table.agree(row, first, column: Int(i.c))
        // No other row could change that, nor be an error in one currency.
        if unknown != nil, !agree, frame.currencies.isEmpty { break }
      }
      if match == .sure && table.firstHit { break }
    }
    if let unknown {
      if first >= 0 && agree { return give(table, &frame, i, first) }
      frame.slots[Int(i.d)] = unknown
    } else if several {
      fail(&frame, i, .severalRows)
    } else if first >= 0 {
      give(table, &frame, i, first)
    } else {
      fallBack(&frame, i)
    }
  }

  /// What is known of a row: a cell that fails settles it, then a comparison of two currencies is an error.
  enum RowMatch { case no, perhaps, sure, error }

  static func match(
    _ table: borrowing ProgramTable, _ row: Int, _ frame: borrowing Frame, at first: Int
  ) -> RowMatch {
    var result = RowMatch.sure
    for key in 0..<table.keyCount {
      let slot = frame.slots[first + key]
      let cell = table.cells[row * table.keyCount + key]
      if cell.count == 0 && !cell.negated { continue }
      if slot.isUnknown {
        if result == .sure { result = .perhaps }
        continue
      }
      let bits = table.textKeys[key] ? Int128(slot.literal) : slot.bits
      switch passes(table, cell, bits, currency(frame, first + key)) {
      case true?: if cell.negated { return .no }
      case false?: if !cell.negated { return .no }
      case nil: result = .error
      }
    }
    return result
  }

  /// Whether one of a cell's tests holds; nil when only amounts of another currency could tell.
  private static func passes(
    _ table: borrowing ProgramTable, _ cell: ProgramTable.Cell, _ bits: Int128, _ currency: UInt16
  ) -> Bool? {
    var result: Bool? = false
    for index in Int(cell.first)..<Int(cell.first + cell.count) {
      let test = table.tests[index]
      let low = common(test.lowCurrency, currency) == nil ? nil : test.low <= bits
      let high = common(test.highCurrency, currency) == nil ? nil : bits <= test.high
      if low == false || high == false { continue }
      if low == true && high == true { return true }
      result = nil
    }
    return result
  }
}

extension ProgramTable {
  /// Whether two rows have the same value, and the same currency, in a column.
  fileprivate func agree(_ a: Int, _ b: Int, column: Int) -> Bool {
    let (first, second) = (column * rowCount + a, column * rowCount + b)
    return values[first] == values[second] && currencies[first] == currencies[second]
  }
}

extension ProgramTable {
  /// The row of the segment that holds a key.
  func segment(of key: Int128) -> Int {
    var low = 0
    var high = bounds.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if bounds[middle] <= key { low = middle } else { high = middle }
    }
    return Int(segments[low])
  }

  /// Whether a cell holds for the bits of a key.
  @inline(__always)
  func cell(_ row: Int, _ key: Int, _ bits: Int128) -> Bool {
    let cell = cells[row * keyCount + key]
    if cell.count == 0 && !cell.negated { return true }
    for index in Int(cell.first)..<Int(cell.first + cell.count) {
      let test = tests[index]
      if test.low <= bits && bits <= test.high { return !cell.negated }
    }
    return cell.negated
  }

  /// The constant of a column.
  @inline(__always)
  func value(row: Int, column: Int) -> Slot { values[column * rowCount + row] }
}

extension Program.ClauseIndex {
  /// The range of `entries` that a slot selects.
  @inline(__always)
  func find(_ slot: Slot) -> (Int, Int) {
    let key = isText ? Int128(slot.literal) : slot.bits
    let mask = buckets.count - 1
    var at = Self.hash(key) & mask
    while buckets[at].count > 0 {
      if buckets[at].key == key {
        return (Int(buckets[at].first), Int(buckets[at].first + buckets[at].count))
      }
      at = (at + 1) & mask
    }
    return (0, 0)
  }

  /// The place of a key in the table.
  @inline(__always)
  public static func hash(_ key: Int128) -> Int {
    let low = UInt64(truncatingIfNeeded: key) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: (low ^ (low >> 29)) & 0x7FFF_FFFF)
  }
}
