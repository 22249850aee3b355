/// The grammar of RFC 8259 over bytes: white space, strings, numbers, literals, and skipping with full checks.

/// A place in a JSON text; every method takes the text and moves the place.
struct JSONScanner {
  /// Nesting beyond this is refused.
  static let depthLimit = 64

  /// The next byte to read.
  var at = 0

  /// A string without its quotes.
  struct Piece {
    var start: Int
    var end: Int
    var escaped: Bool
  }

  /// The byte here; 0, which is never valid outside a string, at the end.
  @inline(__always)
  func byte(_ text: borrowing Span<UInt8>) -> UInt8 { at < text.count ? text[at] : 0 }

  /// Moves behind white space.
  @inline(__always)
  mutating func blank(_ text: borrowing Span<UInt8>) {
    var index = at
    while index < text.count {
      let byte = text[index]
      if byte > 0x20 { break }
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
      index &+= 1
    }
    at = index
  }

  /// Moves behind the colon after a name and the white space around it.
  @inline(__always)
  mutating func colon(_ text: borrowing Span<UInt8>) throws(JSONFault) {
    if at >= 0 && at < text.count &- 2 && text[at] == 0x3A && passes(text) { return }
    try spacedColon(text)
  }

  /// Moves behind the byte here and one space at most, if then neither white space nor the end follows: so
  /// most writers of JSON put colons and commas.
  @inline(__always)
  private mutating func passes(_ text: borrowing Span<UInt8>) -> Bool {
    let next = text[at &+ 1]
    if next > 0x20 {
      at &+= 1
      return true
    }
    guard next == 0x20 && text[at &+ 2] > 0x20 else { return false }
    at &+= 2
    return true
  }

  @inline(never)
  private mutating func spacedColon(_ text: borrowing Span<UInt8>) throws(JSONFault) {
    blank(text)
    guard byte(text) == 0x3A else { throw .grammar(.colon, at: at) }
    at += 1
    blank(text)
  }

  /// Moves behind a comma, or behind the closing bracket: then it is the end.
  @inline(__always)
  mutating func ends(_ text: borrowing Span<UInt8>, with close: UInt8) throws(JSONFault) -> Bool {
    if at >= 0 && at < text.count &- 2 {
      let here = text[at]
      if here == 0x2C && passes(text) { return false }
      if here == close {
        at &+= 1
        return true
      }
    }
    return try spacedEnds(text, with: close)
  }

  @inline(never)
  private mutating func spacedEnds(
    _ text: borrowing Span<UInt8>, with close: UInt8
  ) throws(JSONFault) -> Bool {
    blank(text)
    let found = byte(text)
    guard found == 0x2C || found == close else {
      throw .grammar(close == 0x7D ? .commaOrBrace : .commaOrBracket, at: at)
    }
    at += 1
    if found == close { return true }
    blank(text)
    return false
  }

  /// Moves behind an opening bracket; when the closing one follows, behind that too: then it is empty.
  @inline(__always)
  mutating func opens(_ text: borrowing Span<UInt8>, empty close: UInt8) -> Bool {
    at += 1
    blank(text)
    guard byte(text) == close else { return true }
    at += 1
    return false
  }

  /// Reads the string whose opening quote is here.
  @inline(__always)
  mutating func string(_ text: borrowing Span<UInt8>) throws(JSONFault) -> Piece {
    let start = at &+ 1
    var index = start
    while index >= 0 && index <= text.count &- 8 {
      let special = Self.special(Self.word(text, index))
      if special == 0 {
        index &+= 8
        continue
      }
      index &+= special.trailingZeroBitCount &>> 3
      guard index < text.count, text[index] == 0x22 else { break }
      at = index &+ 1
      return Piece(start: start, end: index, escaped: false)
    }
    at = index
    return try difficultString(text, from: start)
  }

  /// Eight bytes as a word, the first one lowest; 0 when they are not all there.
  @inline(__always)
  static func word(_ text: borrowing Span<UInt8>, _ at: Int) -> UInt64 {
    guard at >= 0, at <= text.count &- 8 else { return 0 }
    var word = UInt64(text[at])
    word |= UInt64(text[at &+ 1]) &<< 8
    word |= UInt64(text[at &+ 2]) &<< 16
    word |= UInt64(text[at &+ 3]) &<< 24
    word |= UInt64(text[at &+ 4]) &<< 32
    word |= UInt64(text[at &+ 5]) &<< 40
    word |= UInt64(text[at &+ 6]) &<< 48
    word |= UInt64(text[at &+ 7]) &<< 56
    return word
  }

  /// Marks the bytes of a word that a plain string cannot hold: quote, backslash, control, not ASCII.
  ///
  /// Only the lowest mark is exact (a borrow may reach the bytes above it), and only that one is used.
  @inline(__always)
  private static func special(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5C)
    let marks =
      ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
      | ((word &- ones &* 0x20) & ~word) | word
    return marks & (ones &* 0x80)
  }

  /// Goes on with a string from its first byte that is not plain ASCII.
  @inline(never)
  private mutating func difficultString(
    _ text: borrowing Span<UInt8>, from start: Int
  ) throws(JSONFault) -> Piece {
    var escaped = false
    while at < text.count {
      let byte = text[at]
      switch byte {
      case 0x22:
        at += 1
        return Piece(start: start, end: at - 1, escaped: escaped)
      case 0x5C:
        escaped = true
        try escape(text)
      case 0..<0x20: throw .grammar(.controlCharacter, at: at)
      case 0..<0x80: at += 1
      default: try scalar(text)
      }
    }
    throw .grammar(.openString, at: start - 1)
  }

  /// Checks one scalar of more than one byte (RFC 3629: no overlong forms, surrogates or beyond U+10FFFF).
  private mutating func scalar(_ text: borrowing Span<UInt8>) throws(JSONFault) {
    let lead = text[at]
    var low: UInt8 = 0x80
    var high: UInt8 = 0xBF
    var length = 2
    switch lead {
    case 0xC2...0xDF: break
    case 0xE0:
      length = 3
      low = 0xA0
    case 0xED:
      length = 3
      high = 0x9F
    case 0xE1...0xEF: length = 3
    case 0xF0:
      length = 4
      low = 0x90
    case 0xF1...0xF3: length = 4
    case 0xF4:
      length = 4
      high = 0x8F
    default: throw JSONFault(code: .invalidUTF8, offset: at)
    }
    guard at + length <= text.count, text[at + 1] >= low, text[at + 1] <= high else {
      throw JSONFault(code: .invalidUTF8, offset: at)
    }
    for index in 2..<max(2, length) where text[at + index] & 0xC0 != 0x80 {
      throw JSONFault(code: .invalidUTF8, offset: at)
    }
    at += length
  }

  /// Checks an escape; a `\u` surrogate must be a high one with its low one behind it.
  private mutating func escape(_ text: borrowing Span<UInt8>) throws(JSONFault) {
    let start = at
    at += 1
    switch byte(text) {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: at += 1
    case 0x75:
      let unit = try codeUnit(text, start)
      if unit & 0xF800 != 0xD800 { return }
      guard unit < 0xDC00, byte(text) == 0x5C, at + 1 < text.count, text[at + 1] == 0x75 else {
        throw .grammar(.surrogate, at: start)
      }
      at += 1
      guard try codeUnit(text, at - 1) & 0xFC00 == 0xDC00 else {
        throw .grammar(.surrogate, at: start)
      }
    default: throw .grammar(.escape, at: start)
    }
  }

  private mutating func codeUnit(
    _ text: borrowing Span<UInt8>, _ start: Int
  ) throws(JSONFault) -> UInt16 {
    at += 1
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Self.hexDigit(byte(text)) else { throw .grammar(.escape, at: start) }
      unit = unit << 4 | digit
      at += 1
    }
    return unit
  }

  private static func hexDigit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case 0x30...0x39: UInt16(byte - 0x30)
    case 0x41...0x46: UInt16(byte - 0x37)
    case 0x61...0x66: UInt16(byte - 0x57)
    default: nil
    }
  }

  /// Appends what a checked string with escapes says.
  static func unescape(
    _ text: borrowing Span<UInt8>, _ piece: Piece, into out: inout [UInt8]
  ) {
    var index = piece.start
    func unit(_ from: Int) -> UInt32 {
      (from..<from + 4).reduce(0) { $0 << 4 | UInt32(hexDigit(text[$1]) ?? 0) }
    }
    while index < piece.end {
      let byte = text[index]
      guard byte == 0x5C else {
        out.append(byte)
        index += 1
        continue
      }
      let kind = text[index + 1]
      index += 2
      switch kind {
      case 0x62: out.append(0x08)
      case 0x66: out.append(0x0C)
      case 0x6E: out.append(0x0A)
      case 0x72: out.append(0x0D)
      case 0x74: out.append(0x09)
      case 0x75:
        var code = unit(index)
        index += 4
        if code & 0xFC00 == 0xD800 {
          code = 0x10000 + (code & 0x3FF) << 10 + (unit(index + 2) & 0x3FF)
          index += 6
        }
        out.append(contentsOf: String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
      default: out.append(kind)
      }
    }
  }

  /// Moves behind `true`, `false` or `null`.
  @inline(__always)
  mutating func literal(
    _ text: borrowing Span<UInt8>, _ word: StaticString
  ) throws(JSONFault) {
    let start = at
    let length = word.utf8CodeUnitCount
    let matches =
      switch length {
      case 4 where text[start] == 0x74: Self.spells(text, start, 0x74, 0x72, 0x75, 0x65)
      case 4: Self.spells(text, start, 0x6E, 0x75, 0x6C, 0x6C)
      default: Self.spells(text, start + 1, 0x61, 0x6C, 0x73, 0x65)
      }
    guard matches else { throw .grammar(.literal, at: start) }
    at += length
    switch byte(text) {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: throw .grammar(.literal, at: start)
    default: return
    }
  }

  @inline(__always)
  private static func spells(
    _ text: borrowing Span<UInt8>, _ at: Int, _ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8
  ) -> Bool {
    at + 4 <= text.count && text[at] == a && text[at + 1] == b && text[at + 2] == c
      && text[at + 3] == d
  }
}
