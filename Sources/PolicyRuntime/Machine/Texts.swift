/// Texts as slots: comparing bytes wherever they are, in the request, in the frame or in the program.

/// Tests of texts, by exact bytes.
enum Texts {
  /// One byte of a text.
  @inline(__always)
  static func byte(
    _ slot: Slot, _ index: Int, _ program: Span<UInt8>, _ frame: Span<UInt8>, _ body: Span<UInt8>
  ) -> UInt8 {
    let at = slot.textRange.lowerBound + index
    switch slot.home {
    case .body: return body[at]
    case .frame: return frame[at]
    case .program: return program[at]
    }
  }

  /// Whether two texts are the same bytes.
  static func equal(
    _ a: Slot, _ b: Slot, _ program: Span<UInt8>, _ frame: Span<UInt8>, _ body: Span<UInt8>
  ) -> Bool {
    if a.literal != 0 && b.literal != 0 { return a.literal == b.literal }
    guard a.textRange.count == b.textRange.count else { return false }
    return has(a, b, at: 0, program, frame, body)
  }

  /// Whether `b` stands in `a` at an index; the caller checks the lengths.
  private static func has(
    _ a: Slot, _ b: Slot, at start: Int, _ program: Span<UInt8>, _ frame: Span<UInt8>,
    _ body: Span<UInt8>
  ) -> Bool {
    let first = a.textRange.lowerBound + start
    let range = first..<first + b.textRange.count
    switch a.home {
    case .body: return same(body.extracting(range), b, program, frame, body)
    case .frame: return same(frame.extracting(range), b, program, frame, body)
    case .program: return same(program.extracting(range), b, program, frame, body)
    }
  }

  private static func same(
    _ a: Span<UInt8>, _ b: Slot, _ program: Span<UInt8>, _ frame: Span<UInt8>,
    _ body: Span<UInt8>
  ) -> Bool {
    switch b.home {
    case .body: return same(a, body.extracting(b.textRange))
    case .frame: return same(a, frame.extracting(b.textRange))
    case .program: return same(a, program.extracting(b.textRange))
    }
  }

  /// Whether bytes are the same: many are compared at a time, which the processor does in few steps.
  private static func same(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    let count = a.count
    guard b.count == count else { return false }
    var at = 0
    while at < count {
      let end = min(count, at + 64)
      var marks: UInt8 = 0
      for index in at..<end { marks |= a[index] ^ b[index] }
      if marks != 0 { return false }
      at = end
    }
    return true
  }

  /// Text test 0 `starts with`, 1 `ends with`, 2 `contains`.
  static func test(
    _ kind: Int, _ a: Slot, _ b: Slot, _ program: Span<UInt8>, _ frame: Span<UInt8>,
    _ body: Span<UInt8>
  ) -> Bool {
    let room = a.textRange.count - b.textRange.count
    guard room >= 0 else { return false }
    switch kind {
    case 0: return has(a, b, at: 0, program, frame, body)
    case 1: return has(a, b, at: room, program, frame, body)
    default:
      guard !b.textRange.isEmpty else { return true }
      let first = byte(b, 0, program, frame, body)
      for start in 0...room
      where byte(a, start, program, frame, body) == first
        && has(a, b, at: start, program, frame, body)
      {
        return true
      }
      return false
    }
  }

  /// Whether a text matches a pattern as a whole.
  static func matches(
    _ a: Slot, _ pattern: TextPattern, _ program: Span<UInt8>, _ frame: Span<UInt8>,
    _ body: Span<UInt8>
  ) -> Bool {
    switch a.home {
    case .body: return pattern.matches(body.extracting(a.textRange))
    case .frame: return pattern.matches(frame.extracting(a.textRange))
    case .program: return pattern.matches(program.extracting(a.textRange))
    }
  }

  /// Part 0, the day, or 1, the serial, of a text that matches a pattern; nil when it does not.
  static func part(
    _ index: Int, _ a: Slot, _ pattern: TextPattern, _ program: Span<UInt8>,
    _ frame: Span<UInt8>, _ body: Span<UInt8>
  ) -> Slot? {
    let reading =
      switch a.home {
      case .body: pattern.read(body.extracting(a.textRange))
      case .frame: pattern.read(frame.extracting(a.textRange))
      case .program: pattern.read(program.extracting(a.textRange))
      }
    return index == 0
      ? reading?.date.map { Slot(index: $0.number) } : reading?.serial.map { Slot(Decimal($0)) }
  }

  /// Whether a text has nothing but white space (ASCII blanks and the ideographic space U+3000).
  static func isBlank(
    _ a: Slot, _ program: Span<UInt8>, _ frame: Span<UInt8>, _ body: Span<UInt8>
  ) -> Bool {
    var index = 0
    let count = a.textRange.count
    while index < count {
      switch byte(a, index, program, frame, body) {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      case 0xE3
      where index + 2 < count && byte(a, index + 1, program, frame, body) == 0x80
        && byte(a, index + 2, program, frame, body) == 0x80:
        index += 3
      default: return false
      }
    }
    return true
  }
}
