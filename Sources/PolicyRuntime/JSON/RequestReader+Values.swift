/// The scalar values of a request: each form from JSON text to a slot, with its constraints.

extension RequestReader {
  /// Reads the value of a node and puts it into its slot.
  mutating func value(
    _ body: Span<UInt8>, _ program: Program, _ frame: inout Frame, _ index: Int, _ base: Int
  ) throws(JSONFault) {
    let start = scanner.at
    let first = scanner.byte(body)
    let place = Int(program.schema.nodes[index].slot)
    var currency: UInt16 = 0
    let slot: Slot
    if let scalar = try scalar(
      body, program, &frame, index, first, interned: program.schema.nodes[index].interned,
      &currency)
    {
      slot = scalar
      if currency != 0, place >= 0, currency != 1 || !frame.currencies.isEmpty {
        frame.trackCurrencies(program)
        frame.currencies[base + place] = currency
      }
    } else {
      switch program.schema.nodes[index].form {
      case .record where first == 0x7B:
        try record(body, program, &frame, index, base)
        slot = Slot(true)
      case .list where first == 0x5B: slot = try list(body, program, &frame, index)
      default:
        guard first == 0x6E else { throw mistype(body, node: index, depth: level + 2) }
        return try null(body, program, &frame, index, base)
      }
    }
    if program.schema.nodes[index].constraintCount > 0
      && !(program.schema.nodes[index].isNatural && slot.bits >= 0)
    {
      try check(body, program, frame, index, slot, start)
    }
    if place >= 0 { frame.slots[base &+ place] = slot }
  }

  /// Reads a value that is no record and no list; nil, with nothing read, when another form begins here.
  ///
  /// It is part of the reader of inputs as if written there; `currency` is set by amounts alone.
  @inline(__always)
  mutating func scalar(
    _ body: Span<UInt8>, _ program: Program, _ frame: inout Frame, _ index: Int, _ first: UInt8,
    interned: Bool, _ currency: inout UInt16
  ) throws(JSONFault) -> Slot? {
    switch program.schema.nodes[index].form {
    case .number where Self.startsNumber(first): return Slot(try number(body, index))
    case .number where first == 0x22: return Slot(try numberText(body, index))
    case .money where first == 0x22 || Self.startsNumber(first):
      let (amount, found) = try money(body, program, &frame, index)
      currency = UInt16(truncatingIfNeeded: found)
      return Slot(amount)
    case .text where first == 0x22, .person where first == 0x22:
      return try text(body, program, &frame, interned: interned)
    case .bool where first == 0x74:
      try scanner.literal(body, "true")
      return Slot(true)
    case .bool where first == 0x66:
      try scanner.literal(body, "false")
      return Slot(false)
    case .member where first == 0x22: return try member(body, program, index)
    case .date where first == 0x22: return Slot(index: try date(body, node: index).number)
    case .month where first == 0x22, .time where first == 0x22:
      return try clock(body, program, index)
    case .percent where first == 0x22: return Slot(try percent(body, index))
    case .post where first == 0x22: return try post(body, program, index)
    default: return nil
    }
  }

  @inline(__always)
  static func startsNumber(_ byte: UInt8) -> Bool {
    byte &- 0x30 <= 9 || byte == 0x2D
  }

  private mutating func null(
    _ body: Span<UInt8>, _ program: Program, _ frame: inout Frame, _ index: Int, _ base: Int
  ) throws(JSONFault) {
    let start = scanner.at
    try scanner.literal(body, "null")
    guard program.schema.nodes[index].optional else {
      throw JSONFault(code: .nullNotAllowed, offset: start, node: index)
    }
    setAbsent(program, &frame, index, base)
  }

  /// A JSON number, exactly.
  @inline(__always)
  mutating func number(_ body: Span<UInt8>, _ index: Int) throws(JSONFault) -> Decimal {
    let start = scanner.at
    do throws(Decimal.Refusal) {
      return try Decimal.scan(body, &scanner.at)
    } catch {
      throw refusal(error, start, scanner.at, index)
    }
  }

  private func refusal(
    _ refusal: Decimal.Refusal, _ start: Int, _ end: Int, _ index: Int
  ) -> JSONFault {
    switch refusal {
    case .malformed: .grammar(.number, at: end)
    case .tooManyDigits:
      JSONFault(code: .numberTooLarge, offset: start, end: end, node: index)
    case .tooManyPlaces:
      JSONFault(code: .tooManyPlaces, offset: start, end: end, node: index)
    }
  }

  /// A decimal at the start of a string that was scanned; `at` moves behind it.
  private func decimal(
    _ body: Span<UInt8>, _ piece: JSONScanner.Piece, _ at: inout Int,
    _ code: RequestProblem.Code, _ index: Int
  ) throws(JSONFault) -> Decimal {
    at = piece.start
    do throws(Decimal.Refusal) {
      return try Decimal.scan(body, &at)
    } catch .malformed {
      throw JSONFault(code: code, offset: piece.start - 1, end: piece.end + 1, node: index)
    } catch {
      throw refusal(error, piece.start - 1, piece.end + 1, index)
    }
  }

  mutating func numberText(
    _ body: Span<UInt8>, _ index: Int
  ) throws(JSONFault) -> Decimal {
    let piece = try scanner.string(body)
    var at = 0
    let value = try decimal(body, piece, &at, .badNumber, index)
    guard at == piece.end else {
      throw JSONFault(
        code: .badNumber, offset: piece.start - 1, end: piece.end + 1, node: index)
    }
    return value
  }

  /// `"6%"` is 0.06, exactly.
  mutating func percent(_ body: Span<UInt8>, _ index: Int) throws(JSONFault) -> Decimal {
    let piece = try scanner.string(body)
    var at = 0
    let value = try decimal(body, piece, &at, .badPercent, index)
    guard at == piece.end - 1, body[at] == 0x25 else {
      throw JSONFault(
        code: .badPercent, offset: piece.start - 1, end: piece.end + 1, node: index)
    }
    guard value.units % 100 == 0 else {
      throw JSONFault(
        code: .tooManyPlaces, offset: piece.start - 1, end: piece.end + 1, node: index)
    }
    return Decimal(units: value.units / 100)
  }

  /// An amount and the number of its currency; `index` -1 is an amount outside the inputs.
  mutating func money(
    _ body: Span<UInt8>, _ program: Program, _ frame: inout Frame, _ index: Int
  ) throws(JSONFault) -> (amount: Decimal, currency: Int) {
    let bare = index >= 0 ? Int(program.schema.nodes[index].detail) : 1
    let start = scanner.at
    guard body[start] == 0x22 else {
      let amount = try number(body, index)
      guard bare > 0 else {
        throw JSONFault(code: .currencyMissing, offset: start, end: scanner.at, node: index)
      }
      return (amount, bare)
    }
    let piece = try scanner.string(body)
    var at = 0
    let amount = try decimal(body, piece, &at, .badMoney, index)
    if at == piece.end {
      guard bare > 0 else {
        throw JSONFault(code: .currencyMissing, offset: start, end: scanner.at, node: index)
      }
      return (amount, bare)
    }
    guard at + 4 == piece.end, body[at] == 0x20, Self.isCapital(body[at + 1]),
      Self.isCapital(body[at + 2]), Self.isCapital(body[at + 3])
    else {
      throw JSONFault(code: .badMoney, offset: start, end: scanner.at, node: index)
    }
    return (amount, currency(body, program, &frame, at + 1))
  }

  @inline(__always)
  private static func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }

  /// The number of the currency whose three letters are at an offset; new ones are kept in the frame.
  private func currency(
    _ body: Span<UInt8>, _ program: Program, _ frame: inout Frame, _ at: Int
  ) -> Int {
    let known = program.schema.currencies
    for index in 1..<max(1, known.count) where Self.spells(known[index], body, at) {
      return index
    }
    for (index, name) in frame.foreignCurrencies.enumerated() where Self.spells(name, body, at) {
      return max(known.count, 1) + index
    }
    let letters = [body[at], body[at + 1], body[at + 2]]
    frame.foreignCurrencies.append(String(decoding: letters, as: UTF8.self))
    return max(known.count, 1) + frame.foreignCurrencies.count - 1
  }

  private static func spells(_ name: String, _ body: Span<UInt8>, _ at: Int) -> Bool {
    var index = at
    for byte in name.utf8 {
      guard index < at + 3, byte == body[index] else { return false }
      index += 1
    }
    return index == at + 3
  }

  /// A day as `"2026-11-21"`.
  mutating func date(
    _ body: Span<UInt8>, node: Int = -1, detail: EnvelopeForm = .date
  ) throws(JSONFault) -> Day {
    guard scanner.byte(body) == 0x22 else {
      throw mistype(body, node: node, detail: detail, depth: level + 2)
    }
    let piece = try scanner.string(body)
    guard let day = Day(body, piece.start, piece.end) else {
      throw JSONFault(
        code: .badDate, offset: piece.start - 1, end: piece.end + 1, node: node,
        detail: detail.rawValue)
    }
    return day
  }

  /// A month as `"2026-04"` or a time as `"09:00"`.
  mutating func clock(
    _ body: Span<UInt8>, _ program: Program, _ index: Int
  ) throws(JSONFault) -> Slot {
    let piece = try scanner.string(body)
    var bytes: [UInt8] = []
    for at in piece.start..<min(piece.end, piece.start + 8) { bytes.append(body[at]) }
    let isMonth = program.schema.nodes[index].form == .month
    let value =
      isMonth ? Month(text: bytes)?.number : TimeOfDay(text: bytes)?.minutes
    if let value { return Slot(index: value) }
    throw JSONFault(
      code: isMonth ? .badMonth : .badTime, offset: piece.start - 1, end: piece.end + 1,
      node: index)
  }

  mutating func member(
    _ body: Span<UInt8>, _ program: Program, _ index: Int
  ) throws(JSONFault) -> Slot {
    let piece = try scanner.string(body)
    let detail = Int(program.schema.nodes[index].detail)
    let found = program.schema.members.find(detail, body, piece.start, piece.end)
    if found >= 0 { return Slot(index: found) }
    if let word = Self.word(body, piece),
      let member = program.schema.enumerations[detail].members.firstIndex(where: {
        $0.name == word
      })
    {
      return Slot(index: member)
    }
    throw JSONFault(
      code: .unknownMember, offset: piece.start - 1, end: piece.end + 1, node: index)
  }

  mutating func post(
    _ body: Span<UInt8>, _ program: Program, _ index: Int
  ) throws(JSONFault) -> Slot {
    let piece = try scanner.string(body)
    let found = Self.post(body, program, piece)
    if found >= 0 { return Slot(index: found) }
    throw JSONFault(
      code: .unknownPost, offset: piece.start - 1, end: piece.end + 1, node: index)
  }

  /// The index of the post that a string names; -1 none.
  static func post(_ body: Span<UInt8>, _ program: Program, _ piece: JSONScanner.Piece) -> Int {
    let found = program.schema.posts.find(body, piece.start, piece.end)
    if found >= 0 { return found }
    guard let word = word(body, piece) else { return -1 }
    return program.types.posts.firstIndex { $0.name == word } ?? -1
  }

  /// A text where it lies; one with escapes is written out into the frame.
  mutating func text(
    _ body: Span<UInt8>, _ program: Program, _ frame: inout Frame, interned: Bool
  ) throws(JSONFault) -> Slot {
    let start = scanner.at
    let piece = try scanner.string(body)
    guard piece.end &- piece.start <= RequestLimits.textBytes else {
      throw JSONFault(code: .textTooLong, offset: start)
    }
    if piece.escaped { return Self.keep(body, piece, program, &frame, interned: interned) }
    let literal =
      interned ? program.schema.literals.find(body, piece.start, piece.end) + 1 : 0
    return Slot(
      text: piece.start, length: piece.end - piece.start, home: .body, literal: literal)
  }

  /// A text with escapes, written out into the frame.
  static func keep(
    _ body: Span<UInt8>, _ piece: JSONScanner.Piece, _ program: Program, _ frame: inout Frame,
    interned: Bool
  ) -> Slot {
    let start = frame.texts.count
    JSONScanner.unescape(body, piece, into: &frame.texts)
    let end = frame.texts.count
    let literal = interned ? program.schema.literals.find(frame.texts.span, start, end) + 1 : 0
    return Slot(text: start, length: end - start, home: .frame, literal: literal)
  }

  /// Checks what a value must satisfy.
  private func check(
    _ body: Span<UInt8>, _ program: Program, _ frame: borrowing Frame, _ index: Int, _ slot: Slot,
    _ start: Int
  ) throws(JSONFault) {
    let node = program.schema.nodes[index]
    let first = Int(node.constraints)
    for place in first..<first + Int(node.constraintCount) {
      let holds: Bool
      switch program.schema.constraints[place] {
      case .lower(let bound, let inclusive):
        holds = inclusive ? slot.bits >= bound : slot.bits > bound
      case .upper(let bound, let inclusive):
        holds = inclusive ? slot.bits <= bound : slot.bits < bound
      case .pattern(let pattern):
        let range = slot.textRange
        holds =
          slot.home == .body
          ? pattern.matches(body.extracting(range))
          : pattern.matches(frame.texts.span.extracting(range))
      case .items: holds = true  // counted while the list was read
      }
      if holds { continue }
      var code = RequestProblem.Code.outOfRange
      if case .pattern = program.schema.constraints[place] { code = .patternMismatch }
      throw JSONFault(code: code, offset: start, end: scanner.at, node: index, detail: place)
    }
  }
}

extension Day {
  /// Reads `2026-11-21` in a text; nil for anything else.
  init?(_ text: borrowing Span<UInt8>, _ start: Int, _ end: Int) {
    guard end - start == 10, text[start + 4] == 0x2D, text[start + 7] == 0x2D else { return nil }
    var number = 0
    for index in start..<end where index != start + 4 && index != start + 7 {
      let digit = text[index] &- 0x30
      guard digit <= 9 else { return nil }
      number = number * 10 + Int(digit)
    }
    self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }
}
