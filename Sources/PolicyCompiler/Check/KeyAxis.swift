/// A key of a table as a line of whole numbers: its cells are spans of the line, and a stretch has words.
///
/// Numbers are counted in the units they are held in, so that nothing lies between a number and the next;
/// members, posts and truth values by their place; texts by the order in which the cells name them, with one
/// place more for all others.
internal import PolicyRuntime
internal import PolicySource

/// The line of one key.
struct KeyAxis {
  /// The name of the key.
  let name: String
  private let type: ValueType
  /// From the least value to the greatest.
  let line: Stretch
  /// The spans of the cell of each row.
  private(set) var spans: [[Stretch]] = []
  /// The currency that an amount is shown with.
  private var currency: String?
  private var texts: [Constant] = []
  private var textPlaces: [[UInt8]: Int] = [:]

  /// - Parameters:
  ///   - key: the key of the table.
  ///   - cells: its cell in each row.
  ///   - types: the types of the set.
  ///   - currency: that of the policy's bare amounts.
  init(
    _ key: (name: String, type: ValueType), _ cells: [TypedTable.Cell], _ types: TypeTable,
    currency: String?
  ) {
    name = key.name
    type = key.type
    self.currency = currency
    switch key.type {
    case .bool: line = Stretch(low: 0, high: 1)
    case .enumeration(let id):
      line = Stretch(low: 0, high: Int128(max(0, types[id].members.count - 1)))
    case .post: line = Stretch(low: 0, high: Int128(max(0, types.posts.count - 1)))
    case .date: line = Stretch(low: Int128(Day.first.number), high: Int128(Day.last.number))
    case .month:
      line = Stretch(low: Int128(Month.first.number), high: Int128(Month.last.number))
    case .time: line = Stretch(low: 0, high: 24 * 60 - 1)
    case .text, .person:
      for cell in cells {
        for test in cell.tests {
          guard case .equals(let constant) = test, let bytes = Self.bytes(constant),
            textPlaces[bytes] == nil
          else { continue }
          textPlaces[bytes] = texts.count
          texts.append(constant)
        }
      }
      line = Stretch(low: 0, high: Int128(texts.count))
    case .number, .money, .percent, .record, .list, .optional:
      line = Stretch(low: 1 - Decimal.bound, high: Decimal.bound - 1)
    }
    for cell in cells {
      for test in cell.tests {
        if case .equals(.money(_, let found?)) = test { self.currency = found }
      }
    }
    spans = cells.map(spans(of:))
  }

  /// Whether the values can be counted on fingers: flags and members.
  var isFinite: Bool {
    switch type {
    case .bool, .enumeration: true
    default: false
    }
  }

  /// Whether its values are days, months or minutes, which are told from one to another.
  private var isStepped: Bool {
    switch type {
    case .date, .month, .time: true
    default: false
    }
  }

  private static func bytes(_ constant: Constant) -> [UInt8]? {
    switch constant {
    case .text(let text), .person(let text): Array(text.utf8)
    default: nil
    }
  }

  // MARK: Cells

  /// The stretches of the line for which a cell holds, apart from each other.
  private func spans(of cell: TypedTable.Cell) -> [Stretch] {
    if cell.tests.isEmpty { return cell.negated ? [] : [line] }
    let held = cell.tests.compactMap { span(of: $0).intersection(line) }.sorted { $0.low < $1.low }
    var joined: [Stretch] = []
    for span in held {
      if let last = joined.last, span.low <= last.high + 1 {
        joined[joined.count - 1].high = max(last.high, span.high)
      } else {
        joined.append(span)
      }
    }
    guard cell.negated else { return joined }
    var gaps: [Stretch] = []
    var from = line.low
    for span in joined {
      if span.low > from { gaps.append(Stretch(low: from, high: span.low - 1)) }
      from = span.high + 1
    }
    if from <= line.high { gaps.append(Stretch(low: from, high: line.high)) }
    return gaps
  }

  private func span(of test: TypedTable.Test) -> Stretch {
    switch test {
    case .equals(let value): Stretch(low: place(value), high: place(value))
    case .less(let value): Stretch(low: line.low, high: place(value) - 1)
    case .lessOrEqual(let value): Stretch(low: line.low, high: place(value))
    case .greater(let value): Stretch(low: place(value) + 1, high: line.high)
    case .greaterOrEqual(let value): Stretch(low: place(value), high: line.high)
    case .range(let low, let high, let inclusive):
      Stretch(low: place(low), high: inclusive ? place(high) : place(high) - 1)
    }
  }

  private func place(_ constant: Constant) -> Int128 {
    switch constant {
    case .number(let value), .money(let value, _), .percent(let value): value.units
    case .date(let day): Int128(day.number)
    case .month(let month): Int128(month.number)
    case .time(let time): Int128(time.minutes)
    case .member(_, let index), .post(let index): Int128(index)
    case .bool(let value): value ? 1 : 0
    case .text, .person: Int128(Self.bytes(constant).flatMap { textPlaces[$0] } ?? texts.count)
    }
  }

  // MARK: Words

  /// A stretch in words: `> 5,000.00 CNY`, `A`, `"x"`, `any other`.
  func words(_ span: Stretch, _ types: TypeTable) -> Phrase {
    if span.low == span.high { return words(at: span.low, types) }
    switch type {
    case .number, .money, .percent, .date, .month, .time: break
    case .text, .person:
      return span.high == line.high && span.low == 0 ? "any value" : words(at: span.high, types)
    default: return words(at: span.low, types)
    }
    switch (span.low == line.low, span.high == line.high) {
    case (true, true): return "any value"
    case (true, false):
      return isRound(span.high + 1)
        ? "< \(words(at: span.high + 1, types))" : "<= \(words(at: span.high, types))"
    case (false, true):
      return isRound(span.low - 1)
        ? "> \(words(at: span.low - 1, types))" : ">= \(words(at: span.low, types))"
    case (false, false):
      if isStepped { return "\(words(at: span.low, types)) to \(words(at: span.high, types))" }
      let (low, high) = (isRound(span.low - 1), isRound(span.high + 1))
      let above: Phrase =
        low ? "> \(words(at: span.low - 1, types))" : ">= \(words(at: span.low, types))"
      let below: Phrase =
        high ? "< \(words(at: span.high + 1, types))" : "<= \(words(at: span.high, types))"
      return "\(above), \(below)"
    }
  }

  /// One value of a stretch, as a request could carry it: one with few digits.
  func example(_ span: Stretch, _ types: TypeTable) -> Phrase {
    switch type {
    case .number, .money, .percent: words(at: Self.roundest(span), types)
    case .date, .month, .time: words(at: span.low == line.low ? span.high : span.low, types)
    case .text, .person: words(at: span.high, types)
    default: words(at: span.low, types)
    }
  }

  /// Whether a number is written with fewer digits than its neighbour: the bound that was meant.
  private func isRound(_ value: Int128) -> Bool {
    switch type {
    case .number, .money, .percent: value % 10 == 0
    default: false
    }
  }

  /// The number of a stretch that ends in the most zeros, near its least magnitude.
  private static func roundest(_ span: Stretch) -> Int128 {
    if span.low <= 0, span.high >= 0 { return 0 }
    if span.high < 0 { return -roundest(Stretch(low: -span.high, high: -span.low)) }
    let high = min(span.high, span.low * 2 + Decimal.one)
    var step: Int128 = 1
    while step < Decimal.bound / 10, (span.low + step * 10 - 1) / (step * 10) * step * 10 <= high {
      step *= 10
    }
    return (span.low + step - 1) / step * step
  }

  private func words(at value: Int128, _ types: TypeTable) -> Phrase {
    switch type {
    case .bool: .verbatim(value == 0 ? "false" : "true")
    case .enumeration(let id):
      Int(value) < types[id].members.count
        ? .verbatim(types[id].members[Int(value)].name) : "any value"
    case .post:
      Int(value) < types.posts.count ? .verbatim(types.posts[Int(value)].name) : "any value"
    case .date: .verbatim(Day(number: Int(clamping: value)).text)
    case .month: .verbatim(Month(number: Int(clamping: value)).text)
    case .time: .verbatim(TimeOfDay(minutes: Int(clamping: value)).text)
    case .text, .person:
      if Int(value) < texts.count, case .text(let text) = texts[Int(value)] {
        "\"\(text)\""
      } else if Int(value) < texts.count, case .person(let text) = texts[Int(value)] {
        "\"\(text)\""
      } else {
        "any other"
      }
    case .percent: .verbatim(Decimal(units: value * 100).text() + "%")
    case .money:
      .verbatim(Self.grouped(value, places: 2) + (currency.map { " " + $0 } ?? ""))
    case .number, .record, .list, .optional: .verbatim(Self.grouped(value, places: 0))
    }
  }

  /// `12,000.00`.
  private static func grouped(_ units: Int128, places: Int) -> String {
    let text = Decimal(units: units.magnitude < UInt128(Int128.max) ? Swift.abs(units) : units)
      .text(minimum: places)
    let parts = text.split(separator: ".", maxSplits: 1)
    let whole = parts.first ?? ""
    var result = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return (units < 0 ? "-" : "") + result + (parts.count > 1 ? "." + parts[1] : "")
  }
}
