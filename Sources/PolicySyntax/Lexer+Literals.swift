/// The longer tokens: numbers, dates, texts, and names and marks beyond ASCII.
@_spi(_Unicode) import Swift
import PolicySource

extension Lexer {
  /// A number, a percentage or a date.
  mutating func readNumber() {
    if let upper = dateEnd() { return add(.date, to: upper) }
    if let upper = monthEnd() { return add(.month, to: upper) }
    if let upper = timeEnd() { return add(.time, to: upper) }
    var at = index
    var points = 0
    var wellFormed = true
    while at < end {
      let byte = bytes[at]
      if Self.isDigit(byte) {
        at += 1
      } else if byte == UInt8(ascii: "_") {
        if !Self.isDigit(self.byte(at + 1)) || !Self.isDigit(bytes[at - 1]) { wellFormed = false }
        at += 1
      } else if byte == UInt8(ascii: "."), self.byte(at + 1) != byte {
        let isName = Self.isNameByte(self.byte(at + 1)) && !Self.isDigit(self.byte(at + 1))
        if isName { break }
        points += 1
        if !Self.isDigit(self.byte(at + 1)) { wellFormed = false }
        at += 1
      } else {
        break
      }
    }
    if !wellFormed || points > 1 {
      diagnostics.add(SyntaxMessages.badNumber(text(index, at), at: range(index, at)))
    } else if Self.isNameByte(byte(at)) {
      return readNumberRunningIntoLetters(at)
    }
    if byte(at) == UInt8(ascii: "%") { add(.percent, to: at + 1) } else { add(.number, to: at) }
  }

  /// `12kg`: letters right behind the digits; a currency there is read as if a blank stood before it.
  private mutating func readNumberRunningIntoLetters(_ digitsEnd: Int) {
    var at = digitsEnd
    while Self.isNameByte(byte(at)) { at += 1 }
    diagnostics.add(SyntaxMessages.badNumber(text(index, at), at: range(index, at)))
    let isCurrency =
      at - digitsEnd == 3
      && bytes[digitsEnd..<at].allSatisfy { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }
    add(.number, to: digitsEnd)
    if !isCurrency { index = at }
  }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// The end of a date `2026-11-21` at the index; one of another form gets a diagnostic.
  private mutating func dateEnd() -> Int? {
    let dash = UInt8(ascii: "-")
    guard byte(index + 4) == dash, Self.isDigit(byte(index + 5)) else { return nil }
    for offset in 1..<4 where !Self.isDigit(byte(index + offset)) { return nil }
    var at = index + 5
    while Self.isDigit(byte(at)) { at += 1 }
    let month = at - index - 5
    guard byte(at) == dash, Self.isDigit(byte(at + 1)) else { return nil }
    let second = at + 1
    at = second
    while Self.isDigit(byte(at)) { at += 1 }
    if month != 2 || at - second != 2 || Self.isNameByte(byte(at)) {
      diagnostics.add(SyntaxMessages.badDate(text(index, at), at: range(index, at)))
    }
    return at
  }

  /// A text from its opening quote to the closing one, which stands on the same line.
  mutating func readText(opening: Int) {
    var at = index + opening
    var braces = false
    var openCurly = 0
    while at < end {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") { return add(.text, marked: braces, to: at + 1) }
      if byte == 0x0A { break }
      if byte == UInt8(ascii: "\\") {
        braces = true
        if self.byte(at + 1) != 0x0A { at += 1 }
      } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
        braces = true
      } else if byte == 0xE2, self.byte(at + 1) == 0x80 {
        // A pair of curly marks is part of the text; a closing one alone was meant to end it.
        if self.byte(at + 2) == 0x9C { openCurly += 1 }
        if self.byte(at + 2) == 0x9D {
          if openCurly == 0 { return endTextAtCurly(at, opening, braces) }
          openCurly -= 1
        }
      }
      at += 1
    }
    at = min(at, end)
    while at > index + opening, bytes[at - 1] == 0x0D || bytes[at - 1] == 0x20 { at -= 1 }
    diagnostics.add(SyntaxMessages.unterminatedText(at: range(index, at)))
    add(.text, marked: braces, to: at)
  }

  /// Ends a text at a curly mark; one that was opened with such a mark has its diagnostic already.
  private mutating func endTextAtCurly(_ at: Int, _ opening: Int, _ braces: Bool) {
    if opening == 1 {
      diagnostics.add(
        SyntaxMessages.fullWidthPunctuation("”", ascii: "\"", at: range(at, at + 3)))
    }
    add(.text, marked: braces, to: at + 3)
  }

  /// Whatever begins with a byte beyond ASCII.
  mutating func readWide() {
    let (scalar, length) = UTF8Reader.scalar(in: bytes, at: index)
    if scalar.properties.isXIDStart { return readWideName(from: index) }
    let place = range(index, index + length)
    if let (ascii, name) = Self.asciiOfWide(scalar) {
      if Self.isWideOperator(scalar) { return readWideOperator(scalar, length) }
      diagnostics.add(
        SyntaxMessages.fullWidthPunctuation(String(scalar), ascii: name, at: place))
      switch ascii {
      case UInt8(ascii: " "), UInt8(ascii: ";"): index += length
      case UInt8(ascii: "\""): readText(opening: length)
      case UInt8(ascii: "#"): skipComment()
      default: readPunctuation(ascii, length: length)
      }
      return
    }
    diagnostics.add(SyntaxMessages.unexpectedCharacter(String(scalar), at: place, help: nil))
    if scalar.properties.isWhitespace {
      index += length
    } else {
      add(.bad, to: index + length)
    }
  }

  private static func isWideOperator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "≤", "≥", "≠", "×", "÷", "≦", "≧": return true
    default: return false
    }
  }

  private mutating func readWideOperator(_ scalar: Unicode.Scalar, _ length: Int) {
    switch scalar {
    case "≤", "≦": wrong("<=", .lessOrEqual, to: index + length)
    case "≥", "≧": wrong(">=", .greaterOrEqual, to: index + length)
    case "≠": wrong("!=", .notEqual, to: index + length)
    case "×": wrong("*", .star, to: index + length)
    default: wrong("/", .slash, to: index + length)
    }
  }

  /// The ASCII mark that a wide one stands for, and how it is named in a help line.
  private static func asciiOfWide(_ scalar: Unicode.Scalar) -> (UInt8, String)? {
    if scalar.value >= 0xFF01, scalar.value <= 0xFF5E {
      let ascii = UInt8(scalar.value - 0xFF01 + 0x21)
      return isNameByte(ascii) ? nil : (ascii, String(Unicode.Scalar(ascii)))
    }
    let ascii: Unicode.Scalar
    switch scalar {
    case "“", "”", "„", "«", "»", "「", "」", "『", "』": ascii = "\""
    case "、", "，": ascii = ","
    case "。": ascii = "."
    case "【": ascii = "["
    case "】": ascii = "]"
    case "–", "—", "−": ascii = "-"
    case "\u{3000}": return (UInt8(ascii: " "), "blank")
    case "≤", "≥", "≠", "×", "÷", "≦", "≧": ascii = "<"
    default: return nil
    }
    return (UInt8(ascii: ascii), String(ascii))
  }

  /// A name with letters beyond ASCII; `at` is the first of them.
  mutating func readWideName(from start: Int) {
    if start > index, !UTF8Reader.scalar(in: bytes, at: start).0.properties.isXIDContinue {
      // A mark beyond ASCII stands right behind a plain name.
      var key: (UInt64, UInt64) = (0, 0)
      for byte in bytes[index..<start] { WordTable.push(byte, on: &key) }
      return add(.name, start - index <= WordTable.longest ? known.word(key) : .other, to: start)
    }
    var at = start
    var scripts: Set<Script> = []
    for offset in index..<start { scripts.insert(Script(Unicode.Scalar(bytes[offset]))) }
    while at < end {
      if bytes[at] < 0x80 {
        guard Self.isNameByte(bytes[at]) else { break }
        scripts.insert(Script(Unicode.Scalar(bytes[at])))
        at += 1
        continue
      }
      let (scalar, length) = UTF8Reader.scalar(in: bytes, at: at)
      guard scalar.properties.isXIDContinue else { break }
      scripts.insert(Script(scalar))
      at += length
    }
    scripts.remove(.other)
    if scripts.count > 1 {
      let name = text(index, at)
      if mixedNames.insert(name).inserted {
        diagnostics.add(SyntaxMessages.mixedScript(name, at: range(index, at)))
      }
    }
    add(.name, marked: true, to: at)
  }
}

/// The scripts whose letters look alike.
private enum Script: Hashable {
  case latin, greek, cyrillic, other

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF: self = .latin
    case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
    case 0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF, 0xA640...0xA69F: self = .cyrillic
    default: self = .other
    }
  }
}

/// An identifier in the form in which identifiers are compared.
enum Identifier {
  /// The NFC of a name.
  static func canonical(_ name: String) -> String {
    var result = String.UnicodeScalarView()
    result.append(contentsOf: name._nfc)
    return String(result)
  }
}
