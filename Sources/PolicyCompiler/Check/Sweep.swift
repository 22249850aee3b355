/// Sweeps along a line on which rows lie: which rows lie over which stretch of it.
///
/// The ends of the rows' spans cut the line into segments; the same rows lie over every point of a segment.
/// `1..5` of row 0 and `3..9` of row 1 give `1..2: 0`, `3..5: 0, 1` and `6..9: 1`. Both the check of tables and
/// the index by which they are looked up are made of such segments.

/// Values from the least to the greatest, both included.
struct Stretch: Hashable {
  var low: Int128
  var high: Int128

  /// What lies in both; nil when nothing does.
  func intersection(_ other: Stretch) -> Stretch? {
    let (from, to) = (max(low, other.low), min(high, other.high))
    return from <= to ? Stretch(low: from, high: to) : nil
  }
}

/// The ends of the spans of some rows on one line, sorted.
struct Sweep {
  /// A stretch of the line and the rows over it, rising.
  struct Segment {
    var span: Stretch
    var rows: [Int]
  }

  /// The least segments that a line of these rows would make: how many rows they hold together, and the most.
  struct Measure {
    var total = 0
    var most = 0
  }

  private var events: [(at: Int128, opens: Bool, row: Int)] = []
  private let line: Stretch

  /// - Parameters:
  ///   - rows: the rows.
  ///   - line: the whole line.
  ///   - spans: the spans of a row, apart from each other and within the line.
  init(_ rows: [Int], on line: Stretch, spans: (Int) -> [Stretch]) {
    self.line = line
    for row in rows {
      for span in spans(row) {
        events.append((span.low, true, row))
        if span.high < line.high { events.append((span.high + 1, false, row)) }
      }
    }
    // A row closes before it opens again at the same place.
    events.sort { ($0.at, $0.opens ? 1 : 0, $0.row) < ($1.at, $1.opens ? 1 : 0, $1.row) }
  }

  /// How large the segments are, without making them.
  var measure: Measure {
    var result = Measure()
    var open = 0
    var index = 0
    while index < events.count {
      let at = events[index].at
      while index < events.count, events[index].at == at {
        open += events[index].opens ? 1 : -1
        index += 1
      }
      result.total += open
      result.most = max(result.most, open)
    }
    return result
  }

  /// Calls a function with every segment from the least; a segment without rows too.
  func visit(_ body: (Segment) -> Void) {
    var open: [Int] = []
    var from = line.low
    var index = 0
    while index < events.count {
      let at = events[index].at
      if at > from {
        body(Segment(span: Stretch(low: from, high: at - 1), rows: open))
        from = at
      }
      while index < events.count, events[index].at == at {
        let event = events[index]
        let place = Self.place(of: event.row, in: open)
        if event.opens { open.insert(event.row, at: place) } else { open.remove(at: place) }
        index += 1
      }
    }
    body(Segment(span: Stretch(low: from, high: line.high), rows: open))
  }

  /// Where a row stands, or would stand, in a rising list.
  private static func place(of row: Int, in rows: [Int]) -> Int {
    if let last = rows.last, last < row { return rows.count }
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle] < row { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
