/// Tables of the program: cells become ranges of bits; one key gets an index of segments, several a tree of them.
import PolicyRuntime

extension ProgramBuilder {
  /// The number of a table; it is lowered at its first use.
  func number(of reference: Reference) -> Int {
    if let known = tableNumbers[reference] { return known }
    var lowered = lower(set.policies[reference.policy].tables[reference.index])
    if lowered.keyCount == 1, lowered.collects == .nothing {
      index(&lowered)
    } else {
      index(branching: &lowered)
    }
    let number = program.add(lowered)
    program.tableNotes.append(
      note(of: set.policies[reference.policy].tables[reference.index]))
    tableNumbers[reference] = number
    return number
  }

  /// A table without an index.
  func lower(_ table: TypedTable) -> ProgramTable {
    var lowered = ProgramTable(
      keyCount: table.keys.count, rowCount: table.rows.count, firstHit: table.hit == .first)
    lowered.collects = Self.collecting(table.hit)
    lowered.textKeys = table.keys.map { isText($0.type) }
    for row in table.rows {
      for cell in row.cells {
        lowered.cells.append(
          ProgramTable.Cell(
            first: Int32(lowered.tests.count), count: Int32(cell.tests.count),
            negated: cell.negated))
        lowered.tests.append(contentsOf: cell.tests.map(bounds))
      }
    }
    for column in table.columns.indices {
      for row in table.rows {
        let (value, currency) = encode(row.values[column])
        lowered.values.append(value)
        lowered.currencies.append(currency)
        if currency > 1 { program.tracksCurrencies = true }
      }
    }
    return lowered
  }

  private static func collecting(_ hit: TypedTable.Hit) -> ProgramTable.Collecting {
    switch hit {
    case .unique, .first: .nothing
    case .sum: .sum
    case .min: .least
    case .max: .greatest
    case .count: .count
    case .list: .list
    }
  }

  /// A test as a range of bits (inclusive), with the currencies of its ends.
  private func bounds(of test: TypedTable.Test) -> ProgramTable.Test {
    func end(_ constant: Constant) -> (bits: Int128, currency: UInt16) {
      let (slot, currency) = encode(constant)
      switch constant {
      case .money:
        if currency > 1 { program.tracksCurrencies = true }
        return (slot.bits, currency)
      case .text, .person: return (Int128(slot.literal), 0)
      default: return (slot.bits, 0)
      }
    }
    let (least, greatest) = (-Decimal.bound, Decimal.bound)
    switch test {
    case .equals(let value):
      let at = end(value)
      return ProgramTable.Test(
        low: at.bits, high: at.bits, lowCurrency: at.currency, highCurrency: at.currency)
    case .less(let value):
      let at = end(value)
      return ProgramTable.Test(low: least, high: at.bits - 1, highCurrency: at.currency)
    case .lessOrEqual(let value):
      let at = end(value)
      return ProgramTable.Test(low: least, high: at.bits, highCurrency: at.currency)
    case .greater(let value):
      let at = end(value)
      return ProgramTable.Test(low: at.bits + 1, high: greatest, lowCurrency: at.currency)
    case .greaterOrEqual(let value):
      let at = end(value)
      return ProgramTable.Test(low: at.bits, high: greatest, lowCurrency: at.currency)
    case .range(let low, let high, let inclusive):
      let (from, to) = (end(low), end(high))
      return ProgramTable.Test(
        low: from.bits, high: inclusive ? to.bits : to.bits - 1, lowCurrency: from.currency,
        highCurrency: to.currency)
    }
  }

  /// Cuts the range of the one key where any test begins or ends; each segment has one row.
  ///
  /// A sweep over the ends: rows open and close, and the lowest open row (of a `first` table) or the only
  /// one (of a `unique` table) belongs to the segment. Negated cells count as the ranges between their tests.
  private func index(_ table: inout ProgramTable) {
    var events: [(at: Int128, row: Int, opens: Bool)] = []
    let least = -Decimal.bound
    for row in 0..<table.rowCount {
      for range in ranges(of: table.cells[row], table.tests) {
        events.append((range.low, row, true))
        if range.high < Decimal.bound { events.append((range.high + 1, row, false)) }
      }
    }
    events.sort { $0.at < $1.at }
    var open: [Int: Int] = [:]
    var lowest = RowHeap()
    table.bounds = [least]
    table.segments = [-1]
    var index = 0
    while index < events.count {
      let at = events[index].at
      while index < events.count && events[index].at == at {
        let event = events[index]
        open[event.row, default: 0] += event.opens ? 1 : -1
        if event.opens { lowest.insert(event.row) }
        if open[event.row] == 0 { open[event.row] = nil }
        index += 1
      }
      while let row = lowest.first, open[row] == nil { lowest.removeFirst() }
      let row = open.isEmpty ? -1 : (open.count > 1 && !table.firstHit ? -2 : lowest.first ?? -1)
      if at == table.bounds[table.bounds.count - 1] {
        table.segments[table.segments.count - 1] = Int32(row)
      } else {
        table.bounds.append(at)
        table.segments.append(Int32(row))
      }
    }
  }

  /// The ranges for which a cell holds, apart from each other.
  func ranges(
    of cell: ProgramTable.Cell, _ tests: [ProgramTable.Test]
  ) -> [ProgramTable.Test] {
    let own = tests[Int(cell.first)..<Int(cell.first + cell.count)].filter { $0.low <= $0.high }
      .sorted { $0.low < $1.low }
    var joined: [ProgramTable.Test] = []
    for test in own {
      if let last = joined.last, test.low <= last.high {
        joined[joined.count - 1].high = max(last.high, test.high)
      } else {
        joined.append(test)
      }
    }
    let (least, greatest) = (-Decimal.bound, Decimal.bound)
    if cell.count == 0 && !cell.negated { return [ProgramTable.Test(low: least, high: greatest)] }
    guard cell.negated else { return joined }
    var gaps: [ProgramTable.Test] = []
    var from = least
    for test in joined {
      if test.low > from { gaps.append(ProgramTable.Test(low: from, high: test.low - 1)) }
      from = test.high + 1
    }
    if from <= greatest { gaps.append(ProgramTable.Test(low: from, high: greatest)) }
    return gaps
  }
}

/// The rows that were opened, lowest first: a binary heap.
private struct RowHeap {
  private var rows: [Int] = []

  var first: Int? { rows.first }

  mutating func insert(_ row: Int) {
    rows.append(row)
    var child = rows.count - 1
    while child > 0, rows[(child - 1) / 2] > rows[child] {
      rows.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeFirst() {
    rows.swapAt(0, rows.count - 1)
    rows.removeLast()
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < rows.count && rows[child] < rows[least] {
        least = child
      }
      if least == parent { return }
      rows.swapAt(parent, least)
      parent = least
    }
  }
}
