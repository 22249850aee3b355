/// The facts for which a clearance or an act was given: by path, as the answer wrote them down.

extension RequestReader {
  /// Reads `{"order.paid": "9000.00 CNY", …}`; the range in `Frame.clearedFacts`.
  mutating func clearedFacts(
    _ body: Span<UInt8>, _ program: Program, _ frame: inout Frame, _ facts: [FactPlan]
  ) throws(JSONFault) -> Range<Int> {
    let first = frame.clearedFacts.count
    guard scanner.opens(body, empty: 0x7D) else { return first..<first }
    repeat {
      guard scanner.byte(body) == 0x22 else { throw .grammar(.name, at: scanner.at) }
      let piece = try scanner.string(body)
      let name = Self.string(body, piece)
      for other in frame.clearedFacts[first...]
      where other.path.home == .body && Self.isEqual(body, other.path.textRange, piece) {
        throw JSONFault(code: .duplicateName, offset: piece.start - 1, end: piece.end + 1)
      }
      let fact = facts.firstIndex { $0.path == name } ?? -1
      let path = Slot(
        text: piece.start, length: piece.end - piece.start, home: .body, literal: 0)
      try scanner.colon(body)
      var read = ClearedFact(fact: Int32(fact), path: path, value: .absent, currency: 1)
      if fact >= 0 && facts[fact].isSecret && isHidden(body) {
        // What an answer has hidden is not known to be the same.
        read.value = Slot.unknown(0)
        try scanner.skip(body, depth: 4)
      } else if fact >= 0 {
        (read.value, read.currency) = try recorded(body, program, &frame, facts[fact].node)
      } else {
        try scanner.skip(body, depth: 4)
      }
      frame.clearedFacts.append(read)
    } while try !scanner.ends(body, with: 0x7D)
    return first..<frame.clearedFacts.count
  }

  /// Whether the text `***` stands here, as answers write it in place of a secret.
  private func isHidden(_ body: Span<UInt8>) -> Bool {
    // `"***"`, the first byte lowest.
    JSONScanner.word(body, scanner.at) & 0xFF_FFFF_FFFF == 0x22_2A2A_2A22
  }

  private static func isEqual(
    _ body: Span<UInt8>, _ range: Range<Int>, _ piece: JSONScanner.Piece
  ) -> Bool {
    guard range.count == piece.end - piece.start else { return false }
    for offset in 0..<range.count
    where body[range.lowerBound + offset] != body[piece.start + offset] {
      return false
    }
    return true
  }

  /// A value in the form of a node; null is absent.
  private mutating func recorded(
    _ body: Span<UInt8>, _ program: Program, _ frame: inout Frame, _ index: Int
  ) throws(JSONFault) -> (Slot, UInt16) {
    let first = scanner.byte(body)
    var currency: UInt16 = 1
    let read = try scalar(body, program, &frame, index, first, interned: false, &currency)
    if let read { return (read, currency) }
    guard first == 0x6E else { throw mistype(body, node: index, depth: 4) }
    try scanner.literal(body, "null")
    return (.absent, currency)
  }
}
