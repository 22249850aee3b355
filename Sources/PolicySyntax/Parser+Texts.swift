/// Texts: their letters, escapes and holes.
import PolicySource

extension Parser {
  /// A text that must be there, as `what`; an empty one where it is not.
  mutating func parseText(_ what: Phrase, holes: Bool = true) -> TextTree {
    guard kind == .text else {
      report(SyntaxMessages.missingText(what, found: foundInGap, at: gap))
      return TextTree([], here)
    }
    return parseText(holes: holes)
  }

  /// A label, if there is one; labels have no holes.
  mutating func parseLabelIfPresent() -> TextTree? {
    kind == .text ? parseText(holes: false) : nil
  }

  /// The bytes between the quotes of a text token.
  private func inside(_ token: Token) -> Range<Int> {
    var lower = Int(token.lower)
    var upper = Int(token.upper)
    // `"`, or a mark of other scripts in its place, of which `«` takes two bytes.
    lower += bytes[lower] == UInt8(ascii: "\"") ? 1 : bytes[lower] < 0xE0 ? 2 : 3
    if upper > lower {
      if bytes[upper - 1] == UInt8(ascii: "\"") {
        upper -= 1
      } else if upper - lower >= 3, bytes[upper - 3] == 0xE2, bytes[upper - 2] == 0x80,
        bytes[upper - 1] == 0x9D
      {
        upper -= 3
      }
    }
    return lower..<max(lower, upper)
  }

  /// The letters of the text at the cursor as they stand, braces and all.
  mutating func takeRawText() -> String {
    let token = raw
    advance()
    return String(decoding: bytes[inside(token)], as: UTF8.self)
  }

  /// The text at the cursor.
  mutating func parseText(holes: Bool) -> TextTree {
    let token = raw
    advance()
    let place = range(of: token)
    let stretch = inside(token)
    guard token.isMarked else {
      return TextTree([.letters(String(decoding: bytes[stretch], as: UTF8.self))], place)
    }
    var parts: [TextTree.Part] = []
    var letters: [UInt8] = []
    var index = stretch.lowerBound
    while index < stretch.upperBound {
      let byte = bytes[index]
      let next = index + 1 < stretch.upperBound ? bytes[index + 1] : 0
      switch byte {
      case UInt8(ascii: "\\"):
        letters.append(resolveEscape(next, at: index))
        index += next == 0 ? 1 : 2
      case UInt8(ascii: "{") where next == byte, UInt8(ascii: "}") where next == byte:
        letters.append(byte)
        index += 2
      case UInt8(ascii: "{"):
        let end = bytes[index..<stretch.upperBound].firstIndex(of: UInt8(ascii: "}"))
        if !letters.isEmpty { parts.append(.letters(String(decoding: letters, as: UTF8.self))) }
        letters = []
        let hole = SourceRange(file: file, lower: index, upper: (end ?? index) + 1)
        guard let end else {
          diagnostics.add(SyntaxMessages.badHole("is not closed", at: hole))
          index = stretch.upperBound
          break
        }
        if holes {
          parts.append(.hole(parseHole(index + 1..<end, hole)))
        } else {
          diagnostics.add(SyntaxMessages.holeNotAllowed(at: hole))
        }
        index = end + 1
      case UInt8(ascii: "}"):
        let brace = SourceRange(file: file, lower: index, upper: index + 1)
        diagnostics.add(SyntaxMessages.strayBrace(at: brace))
        index += 1
      default:
        letters.append(byte)
        index += 1
      }
    }
    if !letters.isEmpty || parts.isEmpty {
      parts.append(.letters(String(decoding: letters, as: UTF8.self)))
    }
    return TextTree(parts, place)
  }

  private mutating func resolveEscape(_ byte: UInt8, at index: Int) -> UInt8 {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return byte
    case UInt8(ascii: "n"): return 0x0A
    default:
      let place = SourceRange(file: file, lower: index, upper: index + (byte < 0x80 ? 2 : 1))
      diagnostics.add(SyntaxMessages.badEscape(at: place))
      return byte == 0 ? UInt8(ascii: "\\") : byte
    }
  }

  /// The expression of a hole: a small parse of its own, so that its mistakes stay in it.
  private mutating func parseHole(_ stretch: Range<Int>, _ hole: SourceRange) -> ExpressionTree {
    var lexer = Lexer(bytes, file: file, in: stretch)
    swap(&lexer.tokens, &holeTokens)
    lexer.tokens.removeAll(keepingCapacity: true)
    lexer.startsLine = false
    lexer.run()
    diagnostics.add(lexer.diagnostics)
    guard lexer.tokens.count > 1 else {
      diagnostics.add(SyntaxMessages.badHole("is empty", at: hole))
      return ExpressionTree(.missing, hole)
    }
    let outer = (tokens, position, recovering, lineEnds, lineStart, elseIsTaken, unitIsTaken)
    (tokens, position, recovering, lineEnds, lineStart, elseIsTaken, unitIsTaken) =
      (lexer.tokens, 0, false, false, 0, false, false)
    let result = parseExpression()
    if kind != .end { fail(SyntaxMessages.unexpectedInHole(found, at: here)) }
    swap(&tokens, &holeTokens)
    (tokens, position, recovering, lineEnds, lineStart, elseIsTaken, unitIsTaken) = outer
    return result
  }
}
