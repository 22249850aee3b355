/// The pieces that a text is cut into: what kind of piece, which known word, and where.

/// What a token is.
enum TokenKind: UInt8, Sendable {
  case name, number, percent, date, month, time, text
  case leftParenthesis, rightParenthesis, leftBrace, rightBrace, leftBracket, rightBracket
  case comma, colon, dot, range, rangeBelow, bar, question, arrow
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  case plus, minus, star, slash, percentSign
  /// Something unreadable; the lexer has given a diagnostic.
  case bad
  /// The line ended where a line break counts; made up by the parser.
  case lineEnd
  /// The end of the file.
  case end
}

/// One token: 12 bytes, its text stays in the file.
struct Token: Sendable {
  /// What it is.
  var kind: TokenKind
  /// The known word that a `name` spells, or `other`.
  var word: Word
  /// Whether it is the first of its line.
  var startsLine: Bool
  /// Whether a text holds braces or escapes, or a name letters beyond ASCII.
  var isMarked: Bool
  /// The offset of its first byte.
  var lower: Int32
  /// The offset behind its last byte.
  var upper: Int32
}

/// The words that mean something somewhere; only the reserved ones can never be names.
enum Word: String, Sendable, CaseIterable {
  case other = ""
  // Reserved everywhere.
  case and, or, not, `if`, then, `else`, `is`, `in`, when, `where`, `for`, each, any, all
  case `true`, `false`, unknown
  // The header and declarations.
  case policy, owner, effective, until, currency, source, process, use, posts, type, input, param,
    table
  case calendar, covers, weekend, holiday, workday, rates
  case define, rising, best, first, one, of, matching, secret, from, unique, illustrative, encoding
  case collect, dated
  case guarantee, requests, raising, never, removes, a, acts
  case list = "List"
  // Decisions and their clauses.
  case release, approval, limit, grade, check, value
  case applies, deny, hold, require, fields, requested, by, step, start, at, most, used, asked
  case warn, points, give, otherwise, no, better, than, gives, duty, copy, sign, due, notify, file
  case none = "nil"
  // Approvals.
  case together, need, distinct, approvers, skip, repeats, may, intervene, act, own, request
  case escalate, delegate, holders, delegations, hierarchy, climb, authority
  // Tails.
  case cleared, `while`, unchanged, up, to, days, because, on, refusal, through, ends, always
  case allow, approved, valid, within
  // Acts.
  case opines, files, claims, signs, reviews, rechecks, approves, clears
  case firstReviews = "first_reviews"
  // Expressions.
  case implies, present, absent, worse, starts, with, contains, matches
  case day, month, months, date, number, year, weekday, end, today, round, down, count, sum, min,
    max
  case quarter, half, last, business, rounded, places, serial
  case the, allocate, over, taking
  // Sample cases.
  case cases, `case`, like, `as`, given, clearance, person, amount, expect, chain, needs, duties
  case copies, notices, error, next, returned, violations, criteria, warning, without

  /// Whether it can never be a name.
  var isReserved: Bool {
    switch self {
    case .and, .or, .not, .if, .then, .else, .is, .in, .when, .where, .for, .each, .any, .all,
      .true, .false, .unknown:
      return true
    default: return false
    }
  }

  /// Whether an expression may go on with it.
  var isInfix: Bool {
    switch self {
    case .and, .or, .is, .in, .implies, .starts, .ends, .contains, .matches, .then, .else, .where:
      return true
    default: return false
    }
  }
}

/// Finds the known word that some bytes spell: an open hash table over the packed letters.
final class WordTable: Sendable {
  /// The table of all words.
  static let shared = WordTable()

  /// Words of up to this many bytes are known.
  static let longest = 16
  private static let size = 1024

  private let low: [UInt64]
  private let high: [UInt64]
  private let words: [Word]

  private init() {
    var low = [UInt64](repeating: 0, count: Self.size)
    var high = low
    var words = [Word](repeating: .other, count: Self.size)
    for word in Word.allCases where word != .other {
      var key: (UInt64, UInt64) = (0, 0)
      for byte in word.rawValue.utf8 { Self.push(byte, on: &key) }
      var slot = Self.slot(of: key)
      while words[slot] != .other { slot = (slot + 1) & (Self.size - 1) }
      low[slot] = key.0
      high[slot] = key.1
      words[slot] = word
    }
    self.low = low
    self.high = high
    self.words = words
  }

  /// Adds a letter to a packed word.
  @inline(__always)
  static func push(_ byte: UInt8, on key: inout (UInt64, UInt64)) {
    key.1 = key.1 << 8 | key.0 >> 56
    key.0 = key.0 << 8 | UInt64(byte)
  }

  @inline(__always)
  private static func slot(of key: (UInt64, UInt64)) -> Int {
    let mixed = (key.0 ^ key.1 &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: mixed >> 54)
  }

  /// The word of a packed key, or `other`.
  @inline(__always)
  func word(_ key: (UInt64, UInt64)) -> Word {
    var slot = Self.slot(of: key)
    while true {
      if low[slot] == key.0, high[slot] == key.1 { return words[slot] }
      if low[slot] == 0 { return .other }
      slot = (slot + 1) & (Self.size - 1)
    }
  }
}
