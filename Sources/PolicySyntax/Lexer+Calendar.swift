/// Months and times of day: two tokens that begin like a number.
import PolicySource

extension Lexer {
  /// The end of a month `2026-04` at the index: four digits, a dash and two digits, without a blank.
  func monthEnd() -> Int? {
    for offset in [0, 1, 2, 3, 5, 6] where !Self.isDigit(byte(index + offset)) { return nil }
    guard byte(index + 4) == UInt8(ascii: "-"), !Self.isNameByte(byte(index + 7)),
      !(byte(index + 7) == UInt8(ascii: ".") && Self.isDigit(byte(index + 8)))
    else { return nil }
    return index + 7
  }

  /// The end of a time `09:00` at the index; one of another form gets a diagnostic.
  mutating func timeEnd() -> Int? {
    var at = index
    while Self.isDigit(byte(at)) { at += 1 }
    let hours = at - index
    guard hours <= 2, byte(at) == UInt8(ascii: ":"), Self.isDigit(byte(at + 1)),
      Self.isDigit(byte(at + 2))
    else { return nil }
    at += 3
    let minutesEnd = at
    while Self.isNameByte(byte(at)) || byte(at) == UInt8(ascii: ":") { at += 1 }
    if hours != 2 || at != minutesEnd {
      diagnostics.add(SyntaxMessages.badTime(text(index, at), at: range(index, at)))
    }
    return at
  }
}
