/// Moving over values that are read later or not at all, with every check of the grammar.

extension JSONScanner {
  /// Why a text is not JSON; nil when it is.
  ///
  /// Asked when a request is refused: a text that is not JSON is called so, whatever else is wrong with it before.
  static func fault(of text: borrowing Span<UInt8>) -> JSONFault? {
    var scanner = JSONScanner()
    scanner.blank(text)
    if scanner.at == text.count { return .grammar(.empty, at: 0) }
    if scanner.byte(text) == 0xEF { return .grammar(.byteOrderMark, at: 0) }
    do throws(JSONFault) {
      try scanner.skip(text, depth: 0)
    } catch {
      return error
    }
    scanner.blank(text)
    return scanner.at == text.count ? nil : .grammar(.trailing, at: scanner.at)
  }

  /// Moves behind any value; `depth` is how deep it lies.
  mutating func skip(_ text: borrowing Span<UInt8>, depth: Int) throws(JSONFault) {
    switch byte(text) {
    case 0x7B: try skipObject(text, depth: depth + 1)
    case 0x5B: try skipArray(text, depth: depth + 1)
    case 0x22: _ = try string(text)
    case 0x74: try literal(text, "true")
    case 0x66: try literal(text, "false")
    case 0x6E: try literal(text, "null")
    case 0x2D, 0x30...0x39: try skipNumber(text)
    default: throw .grammar(.value, at: at)
    }
  }

  /// How many items the array here has; the place stays.
  func count(_ text: borrowing Span<UInt8>, depth: Int) throws(JSONFault) -> Int {
    var ahead = self
    var count = 0
    guard ahead.opens(text, empty: 0x5D) else { return 0 }
    repeat {
      try ahead.skip(text, depth: depth + 1)
      count += 1
    } while try !ahead.ends(text, with: 0x5D)
    return count
  }

  private mutating func skipArray(_ text: borrowing Span<UInt8>, depth: Int) throws(JSONFault) {
    guard depth <= Self.depthLimit else { throw JSONFault(code: .tooDeep, offset: at) }
    guard opens(text, empty: 0x5D) else { return }
    repeat { try skip(text, depth: depth) } while try !ends(text, with: 0x5D)
  }

  private mutating func skipObject(_ text: borrowing Span<UInt8>, depth: Int) throws(JSONFault) {
    guard depth <= Self.depthLimit else { throw JSONFault(code: .tooDeep, offset: at) }
    guard opens(text, empty: 0x7D) else { return }
    var names: [Piece] = []
    var many: Set<[UInt8]> = []
    repeat {
      guard byte(text) == 0x22 else { throw .grammar(.name, at: at) }
      let name = try string(text)
      // A few names are compared with each other; of many, each is looked up.
      var isNew = true
      if names.count < 16 {
        for other in names where Self.equal(text, name, other) { isNew = false }
        names.append(name)
      } else {
        if many.isEmpty { for other in names { many.insert(Self.bytes(text, other)) } }
        isNew = many.insert(Self.bytes(text, name)).inserted
      }
      guard isNew else {
        throw JSONFault(code: .duplicateName, offset: name.start - 1, end: name.end + 1)
      }
      try colon(text)
      try skip(text, depth: depth)
    } while try !ends(text, with: 0x7D)
  }

  /// Checks the grammar of a number; its size does not matter here.
  private mutating func skipNumber(_ text: borrowing Span<UInt8>) throws(JSONFault) {
    do throws(Decimal.Refusal) {
      _ = try Decimal.scan(text, &at)
    } catch .malformed {
      throw .grammar(.number, at: at)
    } catch {
      return
    }
  }

  /// A name as it is meant, its escapes read.
  private static func bytes(_ text: borrowing Span<UInt8>, _ piece: Piece) -> [UInt8] {
    var bytes: [UInt8] = []
    unescape(text, piece, into: &bytes)
    return bytes
  }

  /// Whether two names say the same.
  private static func equal(_ text: borrowing Span<UInt8>, _ a: Piece, _ b: Piece) -> Bool {
    if a.escaped || b.escaped {
      var left: [UInt8] = []
      var right: [UInt8] = []
      unescape(text, a, into: &left)
      unescape(text, b, into: &right)
      return left == right
    }
    guard a.end - a.start == b.end - b.start else { return false }
    for index in 0..<a.end - a.start where text[a.start + index] != text[b.start + index] {
      return false
    }
    return true
  }
}
