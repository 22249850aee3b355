/// The words for days and months: `days from a to b`, `month of d`, `day 25 of m`.
import PolicySource

extension Parser {
  /// The date at the cursor; one that the lexer has reported says nothing more.
  mutating func takeDay(_ token: Token) -> ExpressionTree {
    advance()
    let dash = UInt8(ascii: "-")
    let isWhole =
      token.upper - token.lower == 10 && bytes[Int(token.lower) + 4] == dash
      && bytes[Int(token.lower) + 7] == dash
    return ExpressionTree(isWhole ? .date(text(of: token)) : .missing, range(of: token))
  }

  /// The time at the cursor; one that the lexer has reported says nothing more.
  mutating func takeTime(_ token: Token) -> ExpressionTree {
    advance()
    let isWhole = token.upper - token.lower == 5 && bytes[Int(token.lower) + 2] == 0x3A
    return ExpressionTree(isWhole ? .time(text(of: token)) : .missing, range(of: token))
  }

  /// The form that begins with the word at the cursor, or nil when it is a name like any other.
  mutating func parseCalendarWords(_ token: Token, _ next: Token) -> ExpressionTree? {
    switch token.word {
    case .business where next.word == .days && (peek(2).word == .from || peek(2).word == .of):
      return parseBusinessDaysBetween()
    case .date where next.word == .of: return parsePatternPart(.date)
    case .serial where next.word == .of: return parsePatternPart(.serial)
    case .days where next.word == .from: return parseBetween { .daysBetween($0, $1) }
    case .months where next.word == .from: return parseBetween { .monthsBetween($0, $1) }
    case .day where next.word == .of: return parseDatePart(.day, words: 2)
    case .day where isNumberOfDay(next): return parseDayOfMonth()
    case .year where next.word == .of: return parseDatePart(.year, words: 2)
    case .weekday where next.word == .of: return parseDatePart(.weekday, words: 2)
    case .quarter where next.word == .of: return parseDatePart(.quarter, words: 2)
    case .half where next.word == .year && peek(2).word == .of:
      return parseDatePart(.halfYear, words: 3)
    case .first where next.word == .day && peek(2).word == .of:
      return parseDatePart(.firstDay, words: 3)
    case .last where next.word == .day && peek(2).word == .of:
      return parseDatePart(.lastDay, words: 3)
    case .month where next.word == .of: return parseDatePart(.monthOf, words: 2)
    case .month where next.word == .number && peek(2).word == .of:
      return parseDatePart(.month, words: 3)
    case .end where next.word == .of && peek(2).word == .month && peek(3).word == .of:
      return parseDatePart(.endOfMonth, words: 4)
    case .end where next.word == .of && peek(2).word == .quarter && peek(3).word == .of:
      return parseDatePart(.endOfQuarter, words: 4)
    default: return nil
    }
  }

  /// Whether the token behind `day` is the number or the name of a number in `day 25 of m`.
  private func isNumberOfDay(_ next: Token) -> Bool {
    guard !next.startsLine, peek(2).word == .of else { return false }
    return next.kind == .number || next.kind == .name && !next.word.isReserved
  }

  /// `days from a to b`, `months from a to b`.
  private mutating func parseBetween(
    _ make: (ExpressionTree, ExpressionTree) -> ExpressionTree.Kind
  ) -> ExpressionTree {
    let start = raw.lower
    let form = "\(text(of: raw)) from A to B"
    advance()
    advance()
    let from = parseBinary(Precedence.sum)
    expect(.to, in: form)
    let to = parseBinary(Precedence.sum)
    return ExpressionTree(make(from, to), range(from: start))
  }

  /// `day 25 of m`.
  private mutating func parseDayOfMonth() -> ExpressionTree {
    let start = raw.lower
    advance()
    let day = parsePrefix(Precedence.unary)
    advance()
    let month = parseBinary(Precedence.unary)
    return ExpressionTree(.dayOfMonth(day, month), range(from: start))
  }

  /// `date of t`, `serial of t`.
  private mutating func parsePatternPart(_ part: ExpressionTree.PatternPart) -> ExpressionTree {
    let start = raw.lower
    advance()
    advance()
    let text = parseBinary(Precedence.unary)
    return ExpressionTree(.patternPart(part, text), range(from: start))
  }

  /// `day of d` and the like, of so many words.
  private mutating func parseDatePart(
    _ part: ExpressionTree.DatePart, words: Int
  ) -> ExpressionTree {
    let start = raw.lower
    for _ in 0..<words { advance() }
    let date = parseBinary(Precedence.unary)
    return ExpressionTree(.datePart(part, date), range(from: start))
  }
}
