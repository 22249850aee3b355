/// The first look at the bytes of a file: are they text, and is nothing hidden in them?
import PolicySource

/// Reads and checks UTF-8.
enum UTF8Reader {
  /// The scalar at an offset of valid UTF-8, and its length.
  static func scalar(in bytes: [UInt8], at offset: Int) -> (Unicode.Scalar, Int) {
    checkedScalar(in: bytes, at: offset) ?? (Unicode.Scalar(0xFFFD as UInt16) ?? " ", 1)
  }

  /// The scalar at an offset and its length; nil when the bytes are not UTF-8.
  static func checkedScalar(in bytes: [UInt8], at offset: Int) -> (Unicode.Scalar, Int)? {
    let lead = bytes[offset]
    let length =
      lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0
    guard length > 0, offset + length <= bytes.count else { return nil }
    if length == 1 { return (Unicode.Scalar(lead), 1) }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for next in 1..<length {
      guard bytes[offset + next] & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(bytes[offset + next] & 0x3F)
    }
    let shortest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard value >= shortest, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }

  /// Checks a whole file; gives bytes of the same length where every refused one is a blank (or `_`
  /// inside a name, so that the name stays one).
  static func clean(_ bytes: [UInt8], _ file: FileID, _ found: inout DiagnosticList) -> [UInt8] {
    var result = bytes
    var index = 0
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      index = 3
      for offset in 0..<3 { result[offset] = 0x20 }
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= 0x20, byte < 0x7F {
        index += 1
        continue
      }
      if byte == 0x0A || byte == 0x09
        || byte == 0x0D && index + 1 < bytes.count
          && bytes[index + 1] == 0x0A
      {
        index += 1
        continue
      }
      guard let (scalar, length) = checkedScalar(in: bytes, at: index) else {
        let start = index
        repeat {
          result[index] = 0x20
          index += 1
        } while index < bytes.count && checkedScalar(in: bytes, at: index) == nil
        let place = SourceRange(file: file, lower: start, upper: index)
        found.add(SyntaxMessages.invalidUTF8(at: place))
        continue
      }
      if isHidden(scalar) {
        let place = SourceRange(file: file, lower: index, upper: index + length)
        found.add(SyntaxMessages.hiddenCharacter(scalar, at: place))
        let inName =
          index > 0 && Lexer.isNameByte(result[index - 1]) && index + length < bytes.count
          && Lexer.isNameByte(bytes[index + length])
        for offset in 0..<length { result[index + offset] = inName ? UInt8(ascii: "_") : 0x20 }
      }
      index += length
    }
    return result
  }

  /// Controls, direction marks and characters without width: what a reader cannot see.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E,
      0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      return true
    default: return false
    }
  }
}
