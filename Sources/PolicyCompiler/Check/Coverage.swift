/// Coverage of tables: which keys no row matches, and which rows match the same key.
///
/// Every key is cut into elementary regions by the constants of its column: the members of an
/// enumeration, the points and the gaps between them for numbers, the named texts and "any other".
/// All keys of one region match the same cells. Walking the product of the regions column by column,
/// with the rows that still match, visits every kind of key once; a bound on the work keeps big
/// tables cheap, and what was not visited counts as not proven.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

/// What is known of a table's rows.
struct Coverage {
  /// Whether every region was visited.
  var exhausted = true
  /// Keys that no row matches, in words; a few of them.
  var gaps: [String] = []
  /// Pairs of rows that match one key, with the key in words; one for each later row.
  var overlaps: [(row: Int, earlier: Int, example: String)] = []
  /// Rows that are the first to match some key.
  var reached: Set<Int> = []
}

/// A region of one key: where its keys lie.
enum Region {
  case constant(Constant)
  /// Between two points of the axis, both excluded; nil is without end.
  case between(Int128?, Int128?)
  /// Any text, post or person that no cell names.
  case other
}

extension SetChecker {
  /// Reports overlaps and rows that never match, and look-ups that may find no row.
  func checkTableCoverage() {
    for policy in set.policies.indices {
      for (index, table) in set.policies[policy].tables.enumerated() {
        let reference = Reference(policy: policy, index: index)
        guard facts[policy].tables[index].sound else { continue }
        let walk = CoverageWalk(table, set.types)
        let coverage = walk.run()
        reportRows(table, coverage)
        reportGaps(table, coverage, walk.isFinite, bareLookups[reference] ?? [])
      }
    }
  }

  private func reportRows(_ table: TypedTable, _ coverage: Coverage) {
    if !table.firstHit {
      for overlap in coverage.overlaps.sorted(by: { $0.row < $1.row }) {
        report(
          .overlappingRows(
            table.rows[overlap.row].range, first: table.rows[overlap.earlier].range,
            example: overlap.example))
      }
    } else if coverage.exhausted {
      for (row, typed) in table.rows.enumerated() where !coverage.reached.contains(row) {
        report(.unreachableRow(typed.range, table.name))
      }
    }
  }

  private func reportGaps(
    _ table: TypedTable, _ coverage: Coverage, _ finite: Bool, _ lookups: [SourceRange]
  ) {
    if coverage.gaps.isEmpty && coverage.exhausted || lookups.isEmpty { return }
    if finite, !coverage.gaps.isEmpty {
      report(.missingRows(Name(table.name, table.range), coverage.gaps))
      return
    }
    for lookup in lookups {
      report(
        .tableNotComplete(lookup, table.name, gap: coverage.gaps.first, at: table.range))
    }
  }
}

/// Walks the regions of one table.
final class CoverageWalk {
  /// Row visits after which the walk gives up.
  static let budget = 400_000
  /// How many gaps are named.
  static let shownGaps = 8

  private let table: TypedTable
  private let types: TypeTable
  /// The regions of each key, and for each region the rows whose cell matches it.
  private var regions: [[Region]] = []
  private var result = Coverage()
  private var work = 0
  private var overlapped: Set<Int> = []

  init(_ table: TypedTable, _ types: TypeTable) {
    self.table = table
    self.types = types
    regions = table.keys.indices.map { column in
      Self.regions(of: table.keys[column].type, table.rows.map { $0.cells[column] }, types)
    }
  }

  /// Whether all keys are enumerations or Bools.
  var isFinite: Bool {
    table.keys.allSatisfy { key in
      switch key.type {
      case .bool, .enumeration: true
      default: false
      }
    }
  }

  func run() -> Coverage {
    walk(0, Array(table.rows.indices), [])
    return result
  }

  private func walk(_ column: Int, _ rows: [Int], _ path: [Region]) {
    if column == regions.count {
      leaf(rows, path)
      return
    }
    if rows.isEmpty {
      leaf(rows, path)
      return
    }
    for region in regions[column] {
      work += rows.count + 1
      if work > Self.budget {
        result.exhausted = false
        return
      }
      let matching = rows.filter { Self.matches(region, table.rows[$0].cells[column]) }
      walk(column + 1, matching, path + [region])
    }
  }

  private func leaf(_ rows: [Int], _ path: [Region]) {
    guard let first = rows.first else {
      if result.gaps.count < Self.shownGaps { result.gaps.append(words(path)) }
      return
    }
    result.reached.insert(first)
    if table.firstHit { return }
    for row in rows.dropFirst() where overlapped.insert(row).inserted {
      result.overlaps.append((row, first, "`\(words(path))`"))
    }
  }

  // MARK: Regions

  private static func regions(
    of type: ValueType, _ cells: [TypedTable.Cell], _ types: TypeTable
  ) -> [Region] {
    switch type {
    case .bool: return [.constant(.bool(true)), .constant(.bool(false))]
    case .enumeration(let id):
      return types[id].members.indices.map { .constant(.member(id, $0)) }
    case .number, .money, .percent, .date, .month, .time:
      let points = Set(cells.flatMap(\.tests).flatMap(bounds)).sorted()
      var regions: [Region] = [.between(nil, points.first)]
      for (index, point) in points.enumerated() {
        regions.append(.constant(constant(point, type)))
        let next = index + 1 < points.count ? points[index + 1] : nil
        // Days, months and minutes lie one apart: between neighbours there is nothing.
        if let next, isStepped(type), next == point + 1 { continue }
        regions.append(.between(point, next))
      }
      if type == .time {
        // Before 00:00 and after 23:59 there is no time.
        if points.first == 0 { regions.removeFirst() }
        if points.last == 1439 { regions.removeLast() }
      }
      return regions
    case .text, .post, .person:
      var seen: Set<Constant> = []
      var regions: [Region] = []
      for case .equals(let constant) in cells.flatMap(\.tests)
      where seen.insert(constant).inserted {
        regions.append(.constant(constant))
      }
      return regions + [.other]
    case .record, .list, .optional: return [.other]
    }
  }

  private static func isStepped(_ type: ValueType) -> Bool {
    type == .date || type == .month || type == .time
  }

  private static func bounds(_ test: TypedTable.Test) -> [Int128] {
    switch test {
    case .equals(let value), .less(let value), .lessOrEqual(let value), .greater(let value),
      .greaterOrEqual(let value):
      [axis(value)]
    case .range(let low, let high, _): [axis(low), axis(high)]
    }
  }

  private static func axis(_ constant: Constant) -> Int128 {
    switch constant {
    case .number(let value), .money(let value, _), .percent(let value): value.units
    case .date(let day): Int128(day.number)
    case .month(let month): Int128(month.number)
    case .time(let time): Int128(time.minutes)
    case .member(_, let index), .post(let index): Int128(index)
    case .bool(let value): value ? 1 : 0
    case .text, .person: 0
    }
  }

  private static func constant(_ point: Int128, _ type: ValueType) -> Constant {
    switch type {
    case .money: .money(Decimal(units: point), currency: nil)
    case .percent: .percent(Decimal(units: point))
    case .date: .date(Day(number: Int(clamping: point)))
    case .month: .month(Month(number: Int(clamping: point)))
    case .time: .time(TimeOfDay(minutes: Int(clamping: point)))
    default: .number(Decimal(units: point))
    }
  }

  // MARK: Matching

  private static func matches(_ region: Region, _ cell: TypedTable.Cell) -> Bool {
    if cell.tests.isEmpty { return !cell.negated }
    return cell.tests.contains { passes(region, $0) } != cell.negated
  }

  private static func passes(_ region: Region, _ test: TypedTable.Test) -> Bool {
    switch region {
    case .other: return false
    case .constant(let constant): return passes(constant, test)
    case .between(let low, let high):
      // A region holds none of its column's points, so any bound lies wholly to one side.
      switch test {
      case .equals: return false
      case .less(let value), .lessOrEqual(let value): return high.map { $0 <= axis(value) } ?? false
      case .greater(let value), .greaterOrEqual(let value):
        return low.map { $0 >= axis(value) } ?? false
      case .range(let from, let to, _):
        guard let low, let high else { return false }
        return low >= axis(from) && high <= axis(to)
      }
    }
  }

  private static func passes(_ constant: Constant, _ test: TypedTable.Test) -> Bool {
    let at = axis(constant)
    switch test {
    case .equals(let value):
      switch (constant, value) {
      case (.text, _), (.person, _): return constant == value
      default: return at == axis(value)
      }
    case .less(let value): return at < axis(value)
    case .lessOrEqual(let value): return at <= axis(value)
    case .greater(let value): return at > axis(value)
    case .greaterOrEqual(let value): return at >= axis(value)
    case .range(let low, let high, let inclusive):
      return at >= axis(low) && (inclusive ? at <= axis(high) : at < axis(high))
    }
  }

  // MARK: Words

  private func words(_ path: [Region]) -> String {
    let parts = zip(table.keys, path).map { key, region in
      table.keys.count == 1 && isFinite
        ? Self.words(region, key.type, types)
        : "\(key.name) \(Self.words(region, key.type, types))"
    }
    return parts.joined(separator: ", ")
  }

  private static func words(_ region: Region, _ type: ValueType, _ types: TypeTable) -> String {
    switch region {
    case .other: return "any other"
    case .constant(let constant): return words(constant, types)
    case .between(let low, let high):
      switch (low, high) {
      case (nil, nil): return "any value"
      case (nil, let high?): return "< \(words(Self.constant(high, type), types))"
      case (let low?, nil): return "> \(words(Self.constant(low, type), types))"
      case (let low?, let high?):
        return "between \(words(Self.constant(low, type), types)) and "
          + words(Self.constant(high, type), types)
      }
    }
  }

  private static func words(_ constant: Constant, _ types: TypeTable) -> String {
    switch constant {
    case .bool(let value): value ? "true" : "false"
    case .number(let value), .money(let value, _): value.text()
    case .percent(let value): Decimal(units: value.units * 100).text() + "%"
    case .text(let text), .person(let text): "\"\(text)\""
    case .date(let day): day.text
    case .month(let month): month.text
    case .time(let time): time.text
    case .post(let index): types.posts[index].name
    case .member(let id, let index): types[id].members[index].name
    }
  }
}
