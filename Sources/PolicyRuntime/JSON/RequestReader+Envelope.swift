/// Clearances and lists of unknown facts: the parts of the envelope beside the inputs.

extension RequestReader {
  static let clearanceNames = ["decision", "code", "item", "by", "person", "on", "amount", "facts"]
  private static let clearanceTable = SymbolTable(clearanceNames)

  /// Reads the clearances of a request.
  mutating func clearances(
    _ body: Span<UInt8>, _ program: Program, _ frame: inout Frame
  ) throws(JSONFault) {
    guard scanner.byte(body) == 0x5B else { throw mistype(body, detail: .list, depth: 1) }
    let start = scanner.at
    guard scanner.opens(body, empty: 0x5D) else { return }
    repeat {
      guard scanner.byte(body) == 0x7B else { throw mistype(body, detail: .clearance, depth: 2) }
      guard frame.clearances.count < RequestLimits.clearances else {
        throw JSONFault(code: .listTooLong, offset: start, detail: RequestLimits.clearances)
      }
      frame.clearances.append(try clearance(body, program, &frame))
      frame.incomplete = true
    } while try !scanner.ends(body, with: 0x5D)
  }

  private mutating func clearance(
    _ body: Span<UInt8>, _ program: Program, _ frame: inout Frame
  ) throws(JSONFault) -> Clearance {
    let start = scanner.at
    var clearance = Clearance(
      clause: -1, item: -1, by: -1, person: .absent, on: Day(number: 0), amount: .absent,
      amountCurrency: 1)
    var decision = JSONScanner.Piece(start: 0, end: 0, escaped: false)
    var code = decision
    var seen: UInt16 = 0
    var factsAt = -1
    if scanner.opens(body, empty: 0x7D) {
      repeat {
        switch try member(of: .clearance, Self.clearanceTable, body, &seen) {
        case 7:
          // They are read once the clause is known.
          factsAt = scanner.at
          guard scanner.byte(body) == 0x7B else {
            throw mistype(body, detail: .facts, depth: 3)
          }
          try scanner.skip(body, depth: 3)
        case 0: decision = try plain(body)
        case 1: code = try plain(body)
        case 2: clearance.item = try item(body)
        case 3:
          let piece = try plain(body)
          clearance.by = Int32(Self.post(body, program, piece))
        case 4: clearance.person = try word(body, program, &frame)
        case 5: clearance.on = try date(body)
        default:
          let first = scanner.byte(body)
          guard first == 0x22 || first == 0x2D || (0x30...0x39).contains(first) else {
            throw mistype(body, detail: .clearance, depth: 3)
          }
          let (amount, currency) = try money(body, program, &frame, -1)
          clearance.amount = Slot(amount)
          clearance.amountCurrency = UInt16(truncatingIfNeeded: currency)
        }
      } while try !scanner.ends(body, with: 0x7D)
    }
    // decision, code, by and on must be there.
    guard seen & 0b10_1011 == 0b10_1011 else {
      throw JSONFault(
        code: .badClearance, offset: start, detail: EnvelopeForm.clearance.rawValue)
    }
    clearance.clause = try Self.clause(body, program, decision, code)
    if factsAt >= 0 {
      let end = scanner.at
      scanner.at = factsAt
      let facts = clearance.clause < 0 ? [] : program.clauses[Int(clearance.clause)].facts
      clearance.facts = try clearedFacts(body, program, &frame, facts)
      scanner.at = end
    }
    return clearance
  }

  /// The clause that a clearance names; -1 when its decision is not one of this program.
  private static func clause(
    _ body: Span<UInt8>, _ program: Program, _ decision: JSONScanner.Piece,
    _ code: JSONScanner.Piece
  ) throws(JSONFault) -> Int32 {
    let name = string(body, decision)
    let own = program.plans.count - 1
    guard
      let plan = program.plans.indices.first(where: { program.plans[$0].name == name })
        ?? (program.plans[own].shortName == name ? own : nil)
        ?? program.plans.indices.first(where: { program.plans[$0].shortName == name })
    else { return -1 }
    let word = string(body, code)
    for index in program.plans[plan].clauses where program.clauses[index].code == word {
      let role = program.clauses[index].role
      if role == .deny || role == .hold { return Int32(truncatingIfNeeded: index) }
    }
    throw JSONFault(
      code: .badClearance, offset: code.start - 1, end: code.end + 1,
      detail: EnvelopeForm.code.rawValue)
  }

  /// What a checked string says.
  static func string(_ body: Span<UInt8>, _ piece: JSONScanner.Piece) -> String {
    var bytes: [UInt8] = []
    JSONScanner.unescape(body, piece, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The number of the member that begins here, which must be known and not have been seen.
  mutating func member(
    of form: EnvelopeForm, _ table: SymbolTable, _ body: Span<UInt8>, _ seen: inout UInt16
  ) throws(JSONFault) -> Int {
    guard scanner.byte(body) == 0x22 else { throw .grammar(.name, at: scanner.at) }
    let piece = try scanner.string(body)
    let member = table.find(body, piece.start, piece.end)
    let fault = JSONFault(
      code: member < 0 ? .unknownField : .duplicateName, offset: piece.start - 1,
      end: piece.end + 1, detail: form.rawValue)
    guard member >= 0, seen & (1 << UInt16(member)) == 0 else { throw fault }
    seen |= 1 << UInt16(member)
    try scanner.colon(body)
    return member
  }

  mutating func plain(_ body: Span<UInt8>) throws(JSONFault) -> JSONScanner.Piece {
    guard scanner.byte(body) == 0x22 else { throw mistype(body, detail: .text, depth: 3) }
    return try scanner.string(body)
  }

  mutating func word(
    _ body: Span<UInt8>, _ program: Program, _ frame: inout Frame
  ) throws(JSONFault) -> Slot {
    let piece = try plain(body)
    if piece.escaped { return Self.keep(body, piece, program, &frame, interned: false) }
    return Slot(text: piece.start, length: piece.end - piece.start, home: .body, literal: 0)
  }

  /// The number of an item, from 1 on the wire.
  private mutating func item(_ body: Span<UInt8>) throws(JSONFault) -> Int32 {
    let start = scanner.at
    var at = start
    guard (0x31...0x39).contains(scanner.byte(body)), let value = try? Decimal.scan(body, &at),
      value.units % Decimal.one == 0, value < Decimal(1_000_000_000)
    else {
      var ahead = scanner
      try ahead.skip(body, depth: 3)
      throw JSONFault(
        code: .badClearance, offset: start, end: ahead.at, detail: EnvelopeForm.item.rawValue)
    }
    scanner.at = at
    return Int32(truncatingIfNeeded: value.units / Decimal.one) - 1
  }
}

// MARK: Unknown facts

extension RequestReader {
  /// Reads the paths of `unknown` and makes what they name unknown.
  mutating func unknowns(
    _ body: Span<UInt8>, _ program: Program, _ frame: inout Frame
  ) throws(JSONFault) {
    guard scanner.opens(body, empty: 0x5D) else { return }
    repeat {
      guard scanner.byte(body) == 0x22 else { throw mistype(body, detail: .path, depth: 2) }
      let piece = try scanner.string(body)
      guard makeUnknown(Self.string(body, piece), program, &frame) else {
        throw JSONFault(code: .unknownPath, offset: piece.start - 1, end: piece.end + 1)
      }
      frame.incomplete = true
    } while try !scanner.ends(body, with: 0x5D)
  }

  /// Makes the fact at a path such as `order.lines[2].stock` unknown; false when there is no such fact.
  private mutating func makeUnknown(
    _ path: String, _ program: Program, _ frame: inout Frame
  ) -> Bool {
    level = 0
    defer { level = 0 }
    let schema = program.schema
    var node = 0
    var base = 0
    var reached = true
    for part in path.split(separator: ".", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      guard schema.nodes[node].form == .record, let name = pieces.first else { return false }
      let first = Int(schema.nodes[node].firstChild)
      let children = first..<first + Int(schema.nodes[node].childCount)
      guard let child = children.first(where: { schema.names[$0] == name }) else { return false }
      node = child
      for piece in pieces.dropFirst() {
        guard piece.last == "]", let number = Int(piece.dropLast()), number > 0,
          schema.nodes[node].form == .list, level < scopes.count
        else { return false }
        let place = base + Int(schema.nodes[node].slot)
        scopes[level] = Scope(list: Int32(node), item: Int32(number - 1), need: -1)
        level += 1
        let list =
          reached && schema.nodes[node].slot >= 0 ? frame.slots[place] : Slot.absent
        if list.isSpecial {
          reached = false
        } else {
          guard number <= list.count else { return false }
          base = list.first + (number - 1) * Int(schema.nodes[node].stride)
        }
        node = Int(schema.nodes[node].firstChild)
      }
    }
    // An item of a list that is itself not known needs nothing more.
    if reached { setUnknown(program, &frame, node, base) }
    return true
  }

  /// Makes a field unknown, and of a record every field: those of a record that may be absent for the reason
  /// that the record is unknown, those of any other each for itself.
  mutating func setUnknown(
    _ program: Program, _ frame: inout Frame, _ index: Int, _ base: Int, because known: Int = -1
  ) {
    let node = program.schema.nodes[index]
    var reason = known
    if node.slot >= 0 {
      if reason < 0 { reason = need(program, &frame, index) }
      frame.slots[base + Int(node.slot)] = Slot.unknown(reason)
    }
    guard node.form == .record else { return }
    let first = Int(node.firstChild)
    for child in first..<first + Int(node.childCount) {
      setUnknown(program, &frame, child, base, because: node.optional ? reason : known)
    }
  }
}
