/// Tables that collect: the sum, the least, the greatest or the number of all rows that match.

extension Machine {
  /// `[d]` = what the table makes of column c of all rows that match the keys from [b].
  ///
  /// With an unknown key, a row that may match leaves the result open unless it could not change it: a zero
  /// of a sum, a value no better than one that surely counts.
  static func collect(
    _ program: borrowing Program, _ frame: inout Frame, _ i: CarefulInstruction,
    _ unknown: Slot?
  ) {
    let table = program.tables[Int(i.a)]
    var sure: [Int] = []
    var perhaps: [Int] = []
    for row in 0..<table.rowCount {
      switch match(table, row, frame, at: Int(i.b)) {
      case .no: continue
      case .sure: sure.append(row)
      case .perhaps: perhaps.append(row)
      case .error: return fail(&frame, i, .twoCurrencies)
      }
    }
    if table.collects == .list {
      if !perhaps.isEmpty {
        frame.slots[Int(i.d)] = unknown ?? Slot(false)
      } else {
        list(program, &frame, i, sure)
      }
      return
    }
    if table.collects == .count {
      frame.slots[Int(i.d)] = perhaps.isEmpty ? Slot(Decimal(sure.count)) : unknown ?? Slot(false)
      return
    }
    var amount: TotalledAmount?
    if table.collects == .sum { amount = TotalledAmount(value: Decimal(units: 0), currency: 0) }
    for row in sure {
      let next = table.amount(row, Int(i.c), tracked: !frame.currencies.isEmpty)
      guard let before = amount else {
        amount = next
        continue
      }
      guard let both = common(before.currency, next.currency) else {
        return fail(&frame, i, .twoCurrencies)
      }
      guard let joined = table.join(before.value, next.value) else {
        return fail(&frame, i, .overflow)
      }
      amount = TotalledAmount(value: joined, currency: both)
    }
    for row in perhaps {
      let next = table.amount(row, Int(i.c), tracked: !frame.currencies.isEmpty)
      guard let before = amount, let both = common(before.currency, next.currency),
        table.join(before.value, next.value) == before.value
      else {
        frame.slots[Int(i.d)] = unknown ?? Slot(false)
        return
      }
      amount = TotalledAmount(value: before.value, currency: both)
    }
    guard let amount else {
      if let unknown, !perhaps.isEmpty {
        frame.slots[Int(i.d)] = unknown
      } else {
        fallBack(&frame, i)
      }
      return
    }
    frame.slots[Int(i.d)] = Slot(amount.value)
    if !frame.currencies.isEmpty { frame.currencies[Int(i.d)] = amount.currency }
  }
}

extension Machine {
  /// The values of some rows as a list behind the items of the request.
  private static func list(
    _ program: borrowing Program, _ frame: inout Frame, _ i: CarefulInstruction, _ rows: [Int]
  ) {
    guard let first = room(program, &frame, items: rows.count, stride: 1) else {
      return fail(&frame, i, .tooManyItems)
    }
    let table = program.tables[Int(i.a)]
    for (offset, row) in rows.enumerated() {
      frame.slots[first + offset] = table.value(row: row, column: Int(i.c))
      if !frame.currencies.isEmpty {
        frame.currencies[first + offset] = table.currencies[Int(i.c) * table.rowCount + row]
      }
    }
    frame.slots[Int(i.d)] = Slot(listAt: first, count: rows.count)
  }
}

/// A value of a column with its currency.
struct TotalledAmount {
  var value: Decimal
  var currency: UInt16
}

extension ProgramTable {
  /// The value of a row, as a table that collects joins it.
  func amount(_ row: Int, _ column: Int, tracked: Bool) -> TotalledAmount {
    TotalledAmount(
      value: value(row: row, column: column).decimal,
      currency: tracked ? currencies[column * rowCount + row] : 0)
  }

  /// Two values as one; nil when their sum overflows.
  func join(_ a: Decimal, _ b: Decimal) -> Decimal? {
    switch collects {
    case .sum: a.adding(b)
    case .least: b < a ? b : a
    case .greatest: a < b ? b : a
    case .nothing, .count, .list: a
    }
  }

  /// What the straight code collects, of known keys and one currency; nil gives up.
  func collected(for slots: borrowing Span<Slot>, at first: Int, column: Int) -> Slot? {
    var count = 0
    var result: Decimal? = collects == .sum ? Decimal(units: 0) : nil
    var overflows = false
    visitRows(for: slots, at: first) { row in
      count += 1
      if collects == .count { return true }
      let next = value(row: row, column: column).decimal
      if let before = result {
        guard let joined = join(before, next) else {
          overflows = true
          return false
        }
        result = joined
      } else {
        result = next
      }
      return true
    }
    if overflows { return nil }
    return collects == .count ? Slot(Decimal(count)) : result.map { Slot($0) }
  }
}
