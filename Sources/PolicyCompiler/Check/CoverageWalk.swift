/// Which keys of a table no row matches, and which rows match the same key: exact, with a key for each.
///
/// Every key is a line (`KeyAxis`). The walk cuts one line at the ends of the rows' cells, goes into every
/// segment with the rows that lie over it, and cuts the next line there; the line that parts the rows best goes
/// first. Where two rows are left when every line is cut, they overlap; where none is left, there is a gap. Rows
/// that take any value of all lines not yet cut settle a place at once. Typical tables, whose rows are
/// parted by the values they name, take time in proportion to their rows; a bound on the work stops at
/// tables made to be slow, and what was not visited counts as not proven.
internal import PolicyRuntime

/// What is known of a table's rows.
struct Coverage {
  /// A key, stretch by stretch.
  typealias Place = [Stretch]

  /// Two rows that match one key.
  struct Overlap {
    let row: Int
    let earlier: Int
    let place: Place
  }

  /// Whether everything was visited.
  var exhausted = true
  /// Keys that no row matches; a few of them.
  var gaps: [Place] = []
  /// Rows that match what an earlier one matches, each once.
  var overlaps: [Overlap] = []
  /// Rows that are the first to match some key.
  var reached: Set<Int> = []
}

/// Walks the lines of one table.
final class CoverageWalk {
  /// Rows visited after which the walk gives up.
  static let budget = 4_000_000
  /// How many gaps are kept.
  static let mostGaps = 8

  private let hit: TypedTable.Hit
  private let axes: [KeyAxis]
  private let rowCount: Int
  /// The line that is cut last: the day of a dated table, so that a hole in time is told as one.
  private let last: Int?
  private var result = Coverage()
  private var work = 0
  private var overlapped: Set<Int> = []
  private var wantsGaps = true

  init(_ table: TypedTable, _ axes: [KeyAxis]) {
    hit = table.hit
    self.axes = axes
    rowCount = table.rows.count
    last = table.isDated ? axes.count - 1 : nil
  }

  /// Walks within doors: the values that a key can have at all.
  func run(within doors: [Stretch]? = nil) -> Coverage {
    let path = doors ?? axes.map(\.line)
    var rows = Array(0..<rowCount)
    if doors != nil {
      rows = rows.filter { row in
        axes.indices.allSatisfy { key in
          axes[key].spans[row].contains { $0.intersection(path[key]) != nil }
        }
      }
    }
    walk(rows, Array(axes.indices), path)
    return result
  }

  private func isAny(_ row: Int, _ keys: [Int], _ path: [Stretch]) -> Bool {
    keys.allSatisfy { key in
      axes[key].spans[row].contains { $0.low <= path[key].low && path[key].high <= $0.high }
    }
  }

  /// - Parameters:
  ///   - rows: the rows that match the lines cut so far, rising.
  ///   - keys: the lines that are not cut yet.
  ///   - path: the stretch of each line.
  private func walk(_ rows: [Int], _ keys: [Int], _ path: [Stretch]) {
    guard result.exhausted else { return }
    if rows.isEmpty {
      if wantsGaps, result.gaps.count < Self.mostGaps { result.gaps.append(path) }
      return
    }
    guard let full = rows.firstIndex(where: { isAny($0, keys, path) }) else {
      return cut(rows, keys, path)
    }
    // One row takes all that is left: there is no gap here.
    switch hit {
    case .first:
      if full == 0 {
        result.reached.insert(rows[0])
      } else {
        cut(Array(rows[...full]), keys, path)
      }
    case .unique:
      if rows.count > 1 { overlaps(of: rows, full: rows[full], keys, path) }
    case .sum, .min, .max, .count, .list: break
    }
  }

  /// Every other row overlaps with one that takes everything here.
  private func overlaps(of rows: [Int], full: Int, _ keys: [Int], _ path: [Stretch]) {
    for row in rows where row != full {
      var place = path
      for key in keys {
        place[key] =
          axes[key].spans[row].lazy.compactMap { $0.intersection(path[key]) }.first ?? path[key]
      }
      note(max(row, full), min(row, full), place)
    }
    let others = rows.filter { $0 != full && !overlapped.contains($0) }
    guard others.count > 1, !keys.isEmpty else { return }
    let before = wantsGaps
    wantsGaps = false
    walk(others, keys, path)
    wantsGaps = before
  }

  private func note(_ row: Int, _ earlier: Int, _ place: [Stretch]) {
    guard hit == .unique, overlapped.insert(row).inserted else { return }
    result.overlaps.append(Coverage.Overlap(row: row, earlier: earlier, place: place))
  }

  /// Cuts the best line, and walks its segments.
  private func cut(_ rows: [Int], _ keys: [Int], _ path: [Stretch]) {
    if rows.count == 1, !wantsGaps, hit != .first { return }
    guard let (key, sweep) = best(rows, keys, path) else { return }
    let rest = keys.filter { $0 != key }
    var seen: Set<[Int]> = []
    sweep.visit { segment in
      guard result.exhausted else { return }
      work += segment.rows.count + 1
      if work > Self.budget {
        result.exhausted = false
        return
      }
      // The same rows over another stretch say the same again, but for a missing member, which is named.
      if !segment.rows.isEmpty, !seen.insert(segment.rows).inserted { return }
      var inner = path
      inner[key] = segment.span
      walk(segment.rows, rest, inner)
    }
  }

  /// The line whose segments hold the fewest rows together.
  private func best(_ rows: [Int], _ keys: [Int], _ path: [Stretch]) -> (Int, Sweep)? {
    var found: (key: Int, sweep: Sweep, total: Int)?
    for key in keys where key != last || keys.count == 1 {
      let axis = axes[key]
      let door = path[key]
      let sweep = Sweep(rows, on: door) { row in
        axis.spans[row].compactMap { $0.intersection(door) }
      }
      let total = sweep.measure.total
      work += rows.count
      if total < found?.total ?? .max { found = (key, sweep, total) }
    }
    return found.map { ($0.key, $0.sweep) }
  }
}
