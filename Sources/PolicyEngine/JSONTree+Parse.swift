/// Reading a small JSON document into memory: answers that are shown to people or compared with sample cases.
///
/// Requests never come this way; they are read straight into slots.

extension JSONTree {
  /// Reads a document; nil when it is not JSON or nested deeper than 256 levels.
  public init?(parsing bytes: [UInt8]) {
    var reader = JSONTreeReader(bytes: bytes)
    guard let value = reader.value(depth: 0) else { return nil }
    reader.skipSpace()
    guard reader.at == bytes.count else { return nil }
    self = value
  }

  /// A member of an object by name.
  public subscript(name: String) -> JSONTree? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The items of an array; none for anything else.
  public var items: [JSONTree] {
    if case .array(let items) = self { items } else { [] }
  }

  /// The members of an object; none for anything else.
  public var members: [Member] {
    if case .object(let members) = self { members } else { [] }
  }

  /// The letters of a string, the text of a number or bool; nil for anything else.
  public var word: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .bool(let value): value ? "true" : "false"
    default: nil
    }
  }
}

private struct JSONTreeReader {
  let bytes: [UInt8]
  var at = 0

  var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    at += 1
    return true
  }

  mutating func value(depth: Int) -> JSONTree? {
    skipSpace()
    guard depth < 256, let byte = next else { return nil }
    switch byte {
    case UInt8(ascii: "{"): return object(depth)
    case UInt8(ascii: "["): return array(depth)
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "t"): return literal("true", .bool(true))
    case UInt8(ascii: "f"): return literal("false", .bool(false))
    case UInt8(ascii: "n"): return literal("null", .null)
    default: return number()
    }
  }

  private mutating func literal(_ word: String, _ value: JSONTree) -> JSONTree? {
    for byte in word.utf8 where !take(byte) { return nil }
    return value
  }

  private mutating func number() -> JSONTree? {
    let start = at
    while let byte = next, "+-.0123456789eE".utf8.contains(byte) { at += 1 }
    return at == start ? nil : .number(String(decoding: bytes[start..<at], as: UTF8.self))
  }

  private mutating func array(_ depth: Int) -> JSONTree? {
    at += 1
    var items: [JSONTree] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array(items) }
    repeat {
      guard let item = value(depth: depth + 1) else { return nil }
      items.append(item)
      skipSpace()
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "]")) ? .array(items) : nil
  }

  private mutating func object(_ depth: Int) -> JSONTree? {
    at += 1
    var members: [JSONTree.Member] = []
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipSpace()
      guard let name = string() else { return nil }
      skipSpace()
      guard take(UInt8(ascii: ":")), let value = value(depth: depth + 1) else { return nil }
      members.append(.init(name, value))
      skipSpace()
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "}")) ? .object(members) : nil
  }

  private mutating func string() -> String? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    var letters: [UInt8] = []
    while let byte = next {
      at += 1
      if byte == UInt8(ascii: "\"") { return String(validating: letters, as: UTF8.self) }
      if byte != UInt8(ascii: "\\") {
        letters.append(byte)
        continue
      }
      guard let scalar = escaped() else { return nil }
      letters += String(scalar).utf8
    }
    return nil
  }

  private mutating func escaped() -> Unicode.Scalar? {
    guard let byte = next else { return nil }
    at += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "u"):
      guard let first = unit() else { return nil }
      guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
      guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")), let second = unit(),
        (0xDC00..<0xE000).contains(second)
      else { return nil }
      return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    default: return nil
    }
  }

  private mutating func unit() -> UInt32? {
    guard at + 4 <= bytes.count else { return nil }
    let digits = String(decoding: bytes[at..<at + 4], as: UTF8.self)
    at += 4
    return UInt32(digits, radix: 16)
  }
}
