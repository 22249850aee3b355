/// Reads the members of the log's own records, which have few forms and stand in a fixed order.

struct MemberCursor {
  private let bytes: [UInt8]
  private var at = 0

  /// Begins at the comma in front of the first member.
  init(_ members: Span<UInt8>) {
    var bytes: [UInt8] = []
    bytes.append(bytesOf: members)
    self.bytes = bytes
  }

  private mutating func take(_ word: String) -> Bool {
    let word = Array(word.utf8)
    guard bytes.span.has(word, at: at) else { return false }
    at += word.count
    return true
  }

  /// The next member, if it has this name and a text without escapes.
  mutating func text(_ name: String) -> String? {
    let start = at
    guard take(",\"\(name)\":\""), let end = bytes.span.firstIndex(of: 0x22, from: at) else {
      at = start
      return nil
    }
    defer { at = end + 1 }
    return String(decoding: bytes[at..<end], as: UTF8.self)
  }

  /// The next member, if it has this name and a text or null.
  mutating func textOrNull(_ name: String) -> String?? {
    if take(",\"\(name)\":null") { return .some(nil) }
    return text(name).map { .some($0) }
  }

  /// The next member, if it has this name and a number.
  mutating func number(_ name: String) -> UInt64? {
    let start = at
    guard take(",\"\(name)\":") else { return nil }
    var end = at
    while end < bytes.count, (0x30...0x39).contains(bytes[end]) { end += 1 }
    guard let number = bytes.span.number(at..<end) else {
      at = start
      return nil
    }
    at = end
    return number
  }
}
