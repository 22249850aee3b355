/// Cuts the bytes of a file into tokens; what cannot be read gets a diagnostic and is stepped over.
import PolicySource

/// The lexer of one stretch of a file: the whole file, or a hole of a text.
struct Lexer {
  let bytes: [UInt8]
  let file: FileID
  let end: Int
  let known = WordTable.shared
  var index: Int
  var tokens: [Token] = []
  /// Where comments stand, for the formatter.
  var comments: [Range<Int>] = []
  var diagnostics = DiagnosticList()
  var startsLine = true
  var mixedNames: Set<String> = []

  /// Prepares to read the bytes of a range; they are valid UTF-8 without hidden characters.
  init(_ bytes: [UInt8], file: FileID, in range: Range<Int>) {
    self.bytes = bytes
    self.file = file
    index = range.lowerBound
    end = range.upperBound
  }

  /// The byte at an offset, zero past the end.
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 { offset < end ? bytes[offset] : 0 }

  /// A range of the file.
  func range(_ lower: Int, _ upper: Int) -> SourceRange {
    SourceRange(file: file, lower: lower, upper: upper)
  }

  /// The text of a stretch.
  func text(_ lower: Int, _ upper: Int) -> String {
    String(decoding: bytes[lower..<upper], as: UTF8.self)
  }

  /// Reads everything; the last token is `end`.
  mutating func run() {
    tokens.reserveCapacity((end - index) / 5 + 8)
    while index < end {
      let byte = bytes[index]
      switch byte {
      case 0x0A:
        startsLine = true
        index += 1
      case 0x20, 0x09, 0x0D: index += 1
      case UInt8(ascii: "#"): skipComment()
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "_"):
        readName()
      case UInt8(ascii: "0")...UInt8(ascii: "9"): readNumber()
      case UInt8(ascii: "\""): readText(opening: 1)
      case 0x80...: readWide()
      default: readPunctuation(byte, length: 1)
      }
    }
    startsLine = true
    add(.end, to: end)
  }

  /// Adds the token from the index to an end.
  @inline(__always)
  mutating func add(_ kind: TokenKind, _ word: Word = .other, marked: Bool = false, to upper: Int) {
    tokens.append(
      Token(
        kind: kind, word: word, startsLine: startsLine, isMarked: marked,
        lower: Int32(truncatingIfNeeded: index), upper: Int32(truncatingIfNeeded: upper)))
    startsLine = false
    index = upper
  }

  /// Steps over the rest of the line.
  mutating func skipComment() {
    let start = index
    while index < end, bytes[index] != 0x0A { index += 1 }
    comments.append(start..<index)
  }

  /// A name that begins with an ASCII letter; one of other letters goes on in `readWideName`.
  private mutating func readName() {
    var at = index
    var key: (UInt64, UInt64) = (0, 0)
    while at < end {
      let byte = bytes[at]
      if byte >= 0x80 { return readWideName(from: at) }
      guard Self.isNameByte(byte) else { break }
      WordTable.push(byte, on: &key)
      at += 1
    }
    add(.name, at - index <= WordTable.longest ? known.word(key) : .other, to: at)
  }

  @inline(__always)
  static func isNameByte(_ byte: UInt8) -> Bool {
    let folded = byte | 0x20
    return folded >= UInt8(ascii: "a") && folded <= UInt8(ascii: "z")
      || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte == UInt8(ascii: "_")
  }

  /// One or two ASCII marks, or a full-width one that stands for `byte` and takes `length` bytes.
  mutating func readPunctuation(_ byte: UInt8, length: Int) {
    let next = self.byte(index + length)
    func after(_ more: Int) -> Int { index + length + more }
    switch byte {
    case UInt8(ascii: "("): add(.leftParenthesis, to: after(0))
    case UInt8(ascii: ")"): add(.rightParenthesis, to: after(0))
    case UInt8(ascii: "{"): add(.leftBrace, to: after(0))
    case UInt8(ascii: "}"): add(.rightBrace, to: after(0))
    case UInt8(ascii: "["): add(.leftBracket, to: after(0))
    case UInt8(ascii: "]"): add(.rightBracket, to: after(0))
    case UInt8(ascii: ","): add(.comma, to: after(0))
    case UInt8(ascii: "+"): add(.plus, to: after(0))
    case UInt8(ascii: "*"): add(.star, to: after(0))
    case UInt8(ascii: "%"): add(.percentSign, to: after(0))
    case UInt8(ascii: "?"): add(.question, to: after(0))
    case UInt8(ascii: "|"):
      if next == byte { wrong("or", .name, .or, to: after(1)) } else { add(.bar, to: after(0)) }
    case UInt8(ascii: "&"):
      wrong("and", .name, .and, to: after(next == byte ? 1 : 0))
    case UInt8(ascii: "-"):
      if next == UInt8(ascii: ">") { add(.arrow, to: after(1)) } else { add(.minus, to: after(0)) }
    case UInt8(ascii: "/"):
      if next == byte { readSlashComment() } else { add(.slash, to: after(0)) }
    case UInt8(ascii: ":"):
      if next == UInt8(ascii: "=") {
        wrong("=", .equal, to: after(1))
      } else {
        add(.colon, to: after(0))
      }
    default: readComparison(byte, next, length)
    }
  }

  private mutating func readComparison(_ byte: UInt8, _ next: UInt8, _ length: Int) {
    let one = index + length
    let equalFollows = next == UInt8(ascii: "=")
    switch byte {
    case UInt8(ascii: "<"):
      if equalFollows {
        add(.lessOrEqual, to: one + 1)
      } else if next == UInt8(ascii: ">") {
        wrong("!=", .notEqual, to: one + 1)
      } else {
        add(.less, to: one)
      }
    case UInt8(ascii: ">"):
      if equalFollows { add(.greaterOrEqual, to: one + 1) } else { add(.greater, to: one) }
    case UInt8(ascii: "="):
      if equalFollows {
        wrong("=", .equal, to: byte3(one + 1, is: UInt8(ascii: "=")) ? one + 2 : one + 1)
      } else if next == UInt8(ascii: ">") {
        wrong(">=", .greaterOrEqual, to: one + 1)
      } else if next == UInt8(ascii: "<") {
        wrong("<=", .lessOrEqual, to: one + 1)
      } else {
        add(.equal, to: one)
      }
    case UInt8(ascii: "!"):
      if equalFollows { add(.notEqual, to: one + 1) } else { wrong("not", .name, .not, to: one) }
    case UInt8(ascii: "."):
      if next != byte {
        add(.dot, to: one)
      } else if self.byte(one + 1) == UInt8(ascii: "<") {
        add(.rangeBelow, to: one + 2)
      } else {
        add(.range, to: one + 1)
      }
    case UInt8(ascii: ";"):
      diagnostics.add(
        SyntaxMessages.unexpectedCharacter(
          ";", at: range(index, one), help: "leave it out: a line break ends a line"))
      index = one
    default:
      let help: Phrase? = byte == UInt8(ascii: "'") ? "texts stand between `\"` marks" : nil
      diagnostics.add(
        SyntaxMessages.unexpectedCharacter(text(index, one), at: range(index, one), help: help))
      add(.bad, to: one)
    }
  }

  private func byte3(_ offset: Int, is byte: UInt8) -> Bool { self.byte(offset) == byte }

  /// An operator of another language: says what it is here and goes on as if that were written.
  mutating func wrong(_ right: String, _ kind: TokenKind, _ word: Word = .other, to upper: Int) {
    diagnostics.add(
      SyntaxMessages.wrongOperator(text(index, upper), right: right, at: range(index, upper)))
    add(kind, word, to: upper)
  }

  private mutating func readSlashComment() {
    diagnostics.add(SyntaxMessages.wrongOperator("//", right: "#", at: range(index, index + 2)))
    skipComment()
  }
}
