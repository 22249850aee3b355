/// Records and lists of a request: names, duplicates, what was left out, and where items go.

extension RequestReader {
  /// Reads the record whose brace is here; `base` is the first slot of its item, 0 outside lists.
  mutating func record(
    _ body: Span<UInt8>, _ program: Program, _ frame: inout Frame, _ index: Int, _ base: Int
  ) throws(JSONFault) {
    let node = program.schema.nodes[index]
    let first = Int(node.firstChild)
    let count = Int(node.childCount)
    if count > 64 { return try wideRecord(body, program, &frame, index, base) }
    var seen: UInt64 = 0
    var next = 0
    if scanner.opens(body, empty: 0x7D) {
      repeat {
        guard scanner.byte(body) == 0x22 else { throw .grammar(.name, at: scanner.at) }
        let start = scanner.at
        let child =
          if next < count && foresees(body, program, first + next) {
            next
          } else {
            try field(body, program, index)
          }
        let bit = 1 as UInt64 &<< UInt64(child)
        guard seen & bit == 0 else {
          throw JSONFault(code: .duplicateName, offset: start, end: scanner.at)
        }
        seen |= bit
        next = child + 1
        try scanner.colon(body)
        try value(body, program, &frame, first + child, base)
      } while try !scanner.ends(body, with: 0x7D)
    }
    var missing = ~seen
    if count < 64 { missing &= (1 as UInt64 &<< UInt64(count)) - 1 }
    while missing != 0 {
      leaveOut(program, &frame, first + missing.trailingZeroBitCount, base)
      missing &= missing - 1
    }
  }

  /// A record of more than 64 fields: the same with an array of marks.
  private mutating func wideRecord(
    _ body: Span<UInt8>, _ program: Program, _ frame: inout Frame, _ index: Int, _ base: Int
  ) throws(JSONFault) {
    let node = program.schema.nodes[index]
    let first = Int(node.firstChild)
    var seen = [Bool](repeating: false, count: Int(node.childCount))
    if scanner.opens(body, empty: 0x7D) {
      repeat {
        guard scanner.byte(body) == 0x22 else { throw .grammar(.name, at: scanner.at) }
        let start = scanner.at
        let child = try field(body, program, index)
        guard !seen[child] else {
          throw JSONFault(code: .duplicateName, offset: start, end: scanner.at)
        }
        seen[child] = true
        try scanner.colon(body)
        try value(body, program, &frame, first + child, base)
      } while try !scanner.ends(body, with: 0x7D)
    }
    for child in seen.indices where !seen[child] { leaveOut(program, &frame, first + child, base) }
  }

  /// Whether the name here is the key of a node; then moves behind it.
  @inline(__always)
  private mutating func foresees(
    _ body: Span<UInt8>, _ program: Program, _ index: Int
  ) -> Bool {
    let start = scanner.at &+ 1
    let length = Int(program.schema.nodes[index].keyLength)
    if length <= 15 && start <= body.count &- 16 {
      let node = program.schema.nodes[index]
      // The key with its closing quote, as one or two words.
      let all = ~(0 as UInt64)
      if length <= 7 {
        let mask = all &>> UInt64(56 &- 8 &* length)
        guard JSONScanner.word(body, start) & mask == node.keyHead else { return false }
      } else {
        let mask = all &>> UInt64(120 &- 8 &* length)
        guard JSONScanner.word(body, start) == node.keyHead,
          JSONScanner.word(body, start &+ 8) & mask == node.keyTail
        else { return false }
      }
      scanner.at = start &+ length &+ 1
      return true
    }
    return isKey(body, program, index)
  }

  /// The same for long keys, and near the end of a text.
  @inline(never)
  private mutating func isKey(_ body: Span<UInt8>, _ program: Program, _ index: Int) -> Bool {
    let start = scanner.at + 1
    let length = Int(program.schema.nodes[index].keyLength)
    guard start + length < body.count, body[start + length] == 0x22 else { return false }
    let words = length >= 16 && start <= body.count - 16
    if words {
      // Its first bytes as two words, what is left one by one.
      guard JSONScanner.word(body, start) == program.schema.nodes[index].keyHead,
        JSONScanner.word(body, start &+ 8) == program.schema.nodes[index].keyTail
      else { return false }
    }
    let key = Int(program.schema.nodes[index].key)
    let keys = program.schema.keys.span
    for offset in (words ? 16 : 0)..<length where body[start + offset] != keys[key + offset] {
      return false
    }
    scanner.at = start + length + 1
    return true
  }

  /// Reads a name and finds the field of a record that it means.
  @inline(never)
  private mutating func field(
    _ body: Span<UInt8>, _ program: Program, _ index: Int
  ) throws(JSONFault) -> Int {
    let start = scanner.at
    let piece = try scanner.string(body)
    let schema = program.schema
    let node = schema.nodes[index]
    let first = Int(node.firstChild)
    if let table = schema.fieldTables[index] {
      let found = table.find(body, piece.start, piece.end)
      if found >= 0 { return found }
    } else {
      scanner.at = start
      for child in 0..<Int(node.childCount) where foresees(body, program, first + child) {
        return child
      }
      scanner.at = piece.end + 1
    }
    let word = Self.word(body, piece)
    if let word,
      let child = (0..<Int(node.childCount)).first(where: {
        schema.names[first + $0] == word
      })
    {
      return child
    }
    throw JSONFault(code: .unknownField, offset: start, end: piece.end + 1, node: index)
  }

  /// A name that is not plain ASCII, to be compared by canonical equivalence; nil for plain ones.
  static func word(_ body: Span<UInt8>, _ piece: JSONScanner.Piece) -> String? {
    var plain = !piece.escaped
    for index in piece.start..<piece.end where body[index] >= 0x80 { plain = false }
    if plain { return nil }
    return string(body, piece)
  }

  /// Reads the list whose bracket is here; its items lie behind everything read so far.
  mutating func list(
    _ body: Span<UInt8>, _ program: Program, _ frame: inout Frame, _ index: Int
  ) throws(JSONFault) -> Slot {
    let node = program.schema.nodes[index]
    let item = Int(node.firstChild)
    let stride = Int(node.stride)
    let start = scanner.at
    guard level < scopes.count else { throw JSONFault(code: .tooDeep, offset: scanner.at) }
    var first = frame.top
    // Lists within the items would lie between them: then the items are counted and placed first.
    let nested = stride > 0 && Self.holdsList(program, item)
    if nested {
      let known = try scanner.count(body, depth: level * 2)
      try countItem(program, index, known - 1, start)
      items -= 1
      first = frame.reserve(known * stride)
    }
    scopes[level] = Scope(list: Int32(index), item: 0, need: -1)
    level += 1
    var count = 0
    if scanner.opens(body, empty: 0x5D) {
      repeat {
        try countItem(program, index, count, start)
        if stride > 0 && !nested { _ = frame.reserve(stride) }
        scopes[level - 1].item = Int32(count)
        try value(body, program, &frame, item, first + count * stride)
        count += 1
      } while try !scanner.ends(body, with: 0x5D)
    }
    level -= 1
    return Slot(listAt: first, count: count)
  }

  /// Whether a list lies in the item of a list.
  private static func holdsList(_ program: Program, _ index: Int) -> Bool {
    let node = program.schema.nodes[index]
    if node.form == .list { return true }
    guard node.form == .record else { return false }
    let first = Int(node.firstChild)
    for child in first..<first + Int(node.childCount) where holdsList(program, child) {
      return true
    }
    return false
  }
}

// MARK: What was left out

extension RequestReader {
  /// A field that the request does not give: absent when it may be, else unknown.
  mutating func leaveOut(
    _ program: Program, _ frame: inout Frame, _ index: Int, _ base: Int
  ) {
    let node = program.schema.nodes[index]
    if node.optional { return setAbsent(program, &frame, index, base) }
    if node.form == .record { return loseFields(program, &frame, index, base) }
    if node.used { frame.incomplete = true }
    guard node.inItem, node.slot >= 0 else { return }
    frame.slots[base + Int(node.slot)] = Slot.unknown(need(program, &frame, index))
  }

  /// A record that must be there was left out: nothing in it is known, not even whether a `T?` is there.
  private mutating func loseFields(
    _ program: Program, _ frame: inout Frame, _ index: Int, _ base: Int
  ) {
    let node = program.schema.nodes[index]
    if node.used { frame.incomplete = true }
    let first = Int(node.firstChild)
    for child in first..<first + Int(node.childCount) {
      setUnknown(program, &frame, child, base)
    }
  }

  /// All fields of a record that was left out.
  mutating func leaveOutChildren(
    _ program: Program, _ frame: inout Frame, _ index: Int, _ base: Int
  ) {
    let node = program.schema.nodes[index]
    let first = Int(node.firstChild)
    for child in first..<first + Int(node.childCount) { leaveOut(program, &frame, child, base) }
  }

  /// Makes a field absent, and with a record everything in it.
  mutating func setAbsent(
    _ program: Program, _ frame: inout Frame, _ index: Int, _ base: Int
  ) {
    let node = program.schema.nodes[index]
    if node.slot >= 0 { frame.slots[base + Int(node.slot)] = Slot.absent }
    guard node.form == .record else { return }
    let first = Int(node.firstChild)
    for child in first..<first + Int(node.childCount) { setAbsent(program, &frame, child, base) }
  }

  /// The need of a field at this place: one of the program's own outside lists, else a new one.
  mutating func need(_ program: Program, _ frame: inout Frame, _ index: Int) -> Int {
    if level == 0 {
      if let known = program.needNodes.firstIndex(of: Int32(index)) { return known }
      frame.needs.append(Need(node: Int32(index), left: -1, right: -1))
    } else {
      let prefix = prefixNeed(program, &frame, level - 1)
      frame.needs.append(
        Need(node: Int32(index), left: Int32(prefix), right: scopes[level - 1].item))
    }
    return frame.needs.count - 1
  }

  /// The need that stands for the list at a level; made when an item first lacks something.
  private mutating func prefixNeed(
    _ program: Program, _ frame: inout Frame, _ at: Int
  ) -> Int {
    if scopes[at].need >= 0 { return Int(scopes[at].need) }
    let outer = at == 0 ? -1 : prefixNeed(program, &frame, at - 1)
    frame.needs.append(
      Need(
        node: scopes[at].list, left: Int32(outer), right: at == 0 ? -1 : scopes[at - 1].item))
    scopes[at].need = Int32(frame.needs.count - 1)
    return frame.needs.count - 1
  }
}
