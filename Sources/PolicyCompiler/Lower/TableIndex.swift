/// The index of a table with several keys: lines cut one after the other, down to a few rows to look at.
///
/// A node cuts the line of one key into segments (`Sweep`); under a segment lies another node, or the rows that
/// may match there. Rows that take any value of a key lie under all its segments, so the index stops cutting
/// where that would repeat too many of them.
import PolicyRuntime

extension ProgramBuilder {
  /// Gives a table its index; a small one is looked through row by row.
  func index(branching table: inout ProgramTable) {
    guard table.rowCount > TableIndexBuilder.fewRows else { return }
    let spans = (0..<table.keyCount).map { key in
      (0..<table.rowCount).map { row in
        ranges(of: table.cells[row * table.keyCount + key], table.tests).map {
          Stretch(low: $0.low, high: $0.high)
        }
      }
    }
    var builder = TableIndexBuilder(spans: spans, rowCount: table.rowCount)
    table.index = builder.build()
  }
}

/// Builds the index of one table.
struct TableIndexBuilder {
  /// Rows that are looked at one by one.
  static let fewRows = 4

  private let spans: [[[Stretch]]]
  private let rowCount: Int
  /// How many candidates the whole index may hold.
  private let room: Int
  private var index = ProgramTable.Index()

  init(spans: [[[Stretch]]], rowCount: Int) {
    self.spans = spans
    self.rowCount = rowCount
    room = rowCount * 16 + 1024
  }

  /// The index.
  mutating func build() -> ProgramTable.Index {
    let line = Stretch(low: -Decimal.bound, high: Decimal.bound)
    _ = place(Array(0..<rowCount), Array(spans.indices), line)
    return index
  }

  /// The node or leaf of some rows: a node from 0 up, a leaf below.
  private mutating func place(_ rows: [Int], _ keys: [Int], _ line: Stretch) -> Int32 {
    guard rows.count > Self.fewRows, index.candidates.count < room,
      let (key, sweep) = best(rows, keys, line)
    else { return leaf(rows) }
    let node = index.nodes.count
    index.nodes.append(.init(key: Int32(key), first: 0, count: 0))
    var segments: [Sweep.Segment] = []
    sweep.visit { segments.append($0) }
    let rest = keys.filter { $0 != key }
    let children = segments.map { place($0.rows, rest, line) }
    index.nodes[node].first = Int32(index.bounds.count)
    index.nodes[node].count = Int32(segments.count)
    index.bounds.append(contentsOf: segments.map(\.span.low))
    index.children.append(contentsOf: children)
    return Int32(node)
  }

  private mutating func leaf(_ rows: [Int]) -> Int32 {
    index.leaves.append(.init(first: Int32(index.candidates.count), count: Int32(rows.count)))
    index.candidates.append(contentsOf: rows.map { Int32($0) })
    return ~Int32(index.leaves.count - 1)
  }

  /// The line whose fullest segment has the fewest rows; nil when none parts the rows well.
  private func best(_ rows: [Int], _ keys: [Int], _ line: Stretch) -> (Int, Sweep)? {
    var found: (key: Int, sweep: Sweep, measure: Sweep.Measure)?
    for key in keys {
      let axis = spans[key]
      let sweep = Sweep(rows, on: line) { axis[$0] }
      let measure = sweep.measure
      guard measure.most * 4 <= rows.count * 3, measure.total <= rows.count * 8 + 64 else {
        continue
      }
      if let best = found?.measure, (best.most, best.total) <= (measure.most, measure.total) {
        continue
      }
      found = (key, sweep, measure)
    }
    return found.map { ($0.key, $0.sweep) }
  }
}
