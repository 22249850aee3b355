/// The tables of a program side by side in flat arrays, as the straight code looks them up.

/// Where a table stands in the flat arrays of its program.
struct TableHead: Sendable {
  /// How many rows.
  var rowCount: Int32
  /// The first of its segments; for tables of one key.
  var firstBound: Int32
  /// How many segments; 0 for tables of several keys, which have an index.
  var boundCount: Int32
  /// The first of its values, column by column.
  var firstValue: Int32
  /// Whether the one key is a text.
  var isText: Bool
}

extension Program {
  /// Adds a table and gives its number.
  public mutating func add(_ table: ProgramTable) -> Int {
    tableHeads.append(
      TableHead(
        rowCount: Int32(table.rowCount), firstBound: Int32(tableBounds.count),
        boundCount: Int32(table.bounds.count), firstValue: Int32(tableValues.count),
        isText: table.textKeys.first ?? false))
    tableBounds.append(contentsOf: table.bounds)
    tableSegments.append(contentsOf: table.segments)
    tableValues.append(contentsOf: table.values)
    tables.append(table)
    return tables.count - 1
  }

  /// The row of the segment that holds a key; -1 none, -2 several.
  @inline(__always)
  func segment(_ head: TableHead, of slot: Slot) -> Int {
    let key = head.isText ? Int128(slot.literal) : slot.bits
    let first = Int(head.firstBound)
    let bounds = tableBounds.span.extracting(first..<first &+ Int(head.boundCount))
    if bounds.count <= 8 {
      // Few segments are counted without a branch, as nothing foretells where a key falls. (An addition that
      // is not checked becomes a branch.)
      var segment = first
      for index in 1..<max(1, bounds.count) { segment += bounds[index] <= key ? 1 : 0 }
      return Int(tableSegments[segment])
    }
    var low = 0
    var high = bounds.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if bounds[middle] <= key { low = middle } else { high = middle }
    }
    return Int(tableSegments[first &+ low])
  }

  /// The value of a table in a row; columns lie one behind the other.
  @inline(__always)
  func value(_ head: TableHead, row: Int, column: Int) -> Slot {
    tableValues[Int(head.firstValue) &+ column &* Int(head.rowCount) &+ row]
  }
}
