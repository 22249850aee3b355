/// Finding one's way in JSON that a program of ours has written, without reading its values.

/// Where strings and values end in the bytes of a document that is known to be JSON without blanks.
public enum JSONText {
  /// What stands between the quotes that open at a place; nil when no quote stands there, or none closes it.
  public static func string(_ text: Span<UInt8>, at start: Int, before end: Int) -> Range<Int>? {
    guard start < end, text[start] == UInt8(ascii: "\"") else { return nil }
    var at = start + 1
    while at < end {
      let byte = text[at]
      if byte == UInt8(ascii: "\"") { return start + 1..<at }
      at += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  /// Where the value that begins at a place, or behind blanks there, ends; nil when it does not.
  public static func endOfValue(_ text: Span<UInt8>, at start: Int, before end: Int) -> Int? {
    var at = start
    while at < end, text[at] == UInt8(ascii: " ") || text[at] == UInt8(ascii: "\t") { at += 1 }
    guard at < end else { return nil }
    switch text[at] {
    case UInt8(ascii: "\""):
      return string(text, at: at, before: end).map { $0.upperBound + 1 }
    case UInt8(ascii: "{"), UInt8(ascii: "["): return endOfNested(text, at: at, before: end)
    default: break
    }
    let begin = at
    while at < end, text[at] != UInt8(ascii: ","), !isClosing(text[at]) { at += 1 }
    return at > begin ? at : nil
  }

  /// Where the object or list that opens at a place ends.
  private static func endOfNested(
    _ text: Span<UInt8>, at start: Int, before end: Int
  ) -> Int? {
    var at = start
    var depth = 0
    while at < end {
      let byte = text[at]
      at += 1
      if byte == UInt8(ascii: "\"") {
        while at < end, text[at] != UInt8(ascii: "\"") {
          at += text[at] == UInt8(ascii: "\\") ? 2 : 1
        }
        at += 1
      } else if byte | 0x20 == UInt8(ascii: "{") {
        depth += 1
      } else if isClosing(byte) {
        depth -= 1
        if depth == 0 { return at }
      }
    }
    return nil
  }

  /// Whether a byte is `}` or `]`: they differ in one bit, as `{` and `[` do.
  private static func isClosing(_ byte: UInt8) -> Bool { byte | 0x20 == UInt8(ascii: "}") }
}
