/// Text patterns: letters that stand for themselves, and pieces in braces such as `{digits 4}` and `{date}`.
///
/// At every place of a text at most one way leads on, so that matching is one pass: no regular expressions.

/// A pattern that a text matches as a whole.
public struct TextPattern: Hashable, Sendable {
  /// A piece.
  public enum Piece: Hashable, Sendable {
    /// These bytes (UTF-8).
    case literal([UInt8])
    /// So many ASCII digits.
    case digits(Int)
    /// So many ASCII letters.
    case letters(Int)
    /// So many ASCII digits that count documents.
    case serial(Int)
    /// A day as `20261121`.
    case date
    /// A part of a day: four digits of the year, two of the year, of the month, of the day.
    case year, shortYear, month, day
    /// One of these bytes; none begins with another.
    case oneOf([[UInt8]])
  }

  /// The pieces in order.
  public let pieces: [Piece]
  /// The pattern as written, for messages.
  public let text: String

  /// Why a pattern cannot be read.
  public enum Fault: Error, Sendable {
    case unclosedBrace, unknownPiece(String), badCount(String)
    /// A piece that may occur once, or two that tell one day twice.
    case repeated(String)
    /// Two alternatives of which one begins with the other.
    case ambiguous(String, String)
  }

  /// Reads a pattern; `{{` and `}}` are braces.
  public init(_ text: String) throws(Fault) {
    self.text = text
    var pieces: [Piece] = []
    var literal: [UInt8] = []
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      guard byte == 0x7B || byte == 0x7D else {
        literal.append(byte)
        continue
      }
      if index < bytes.count, bytes[index] == byte {
        literal.append(byte)
        index += 1
        continue
      }
      guard byte == 0x7B, let end = bytes[index...].firstIndex(of: 0x7D) else {
        throw .unclosedBrace
      }
      if !literal.isEmpty { pieces.append(.literal(literal)) }
      literal = []
      pieces.append(try Self.piece(String(decoding: bytes[index..<end], as: UTF8.self)))
      index = end + 1
    }
    if !literal.isEmpty { pieces.append(.literal(literal)) }
    self.pieces = pieces
    try Self.checkRepeated(pieces)
  }

  private static func piece(_ words: String) throws(Fault) -> Piece {
    let parts = words.split(separator: " ")
    switch parts.first {
    case "date" where parts.count == 1: return .date
    case "yyyy" where parts.count == 1: return .year
    case "yy" where parts.count == 1: return .shortYear
    case "mm" where parts.count == 1: return .month
    case "dd" where parts.count == 1: return .day
    case "digits" where parts.count == 2, "letters" where parts.count == 2,
      "serial" where parts.count == 2:
      let most = parts[0] == "serial" ? 18 : 100
      guard let count = Int(parts[1]), (1...most).contains(count) else { throw .badCount(words) }
      return parts[0] == "digits"
        ? .digits(count) : parts[0] == "letters" ? .letters(count) : .serial(count)
    case "one" where parts.count > 2 && parts[1] == "of": return try alternatives(words)
    default: throw .unknownPiece(words)
    }
  }

  /// `one of ZB, XS`.
  private static func alternatives(_ words: String) throws(Fault) -> Piece {
    var list: [[UInt8]] = []
    for item in words.dropFirst("one of".count).split(
      separator: ",", omittingEmptySubsequences: false)
    {
      let bytes = Array(item.utf8.drop { $0 == 0x20 }.reversed().drop { $0 == 0x20 }.reversed())
      if bytes.isEmpty { throw .unknownPiece(words) }
      for other in list where other.starts(with: bytes) || bytes.starts(with: other) {
        throw .ambiguous(
          String(decoding: other, as: UTF8.self), String(decoding: bytes, as: UTF8.self))
      }
      list.append(bytes)
    }
    return .oneOf(list)
  }

  /// A pattern tells one day and one serial at most.
  private static func checkRepeated(_ pieces: [Piece]) throws(Fault) {
    var seen: Set<String> = []
    for piece in pieces {
      let told: [String]
      switch piece {
      case .date: told = ["yyyy", "mm", "dd"]
      case .year, .shortYear: told = ["yyyy"]
      case .month: told = ["mm"]
      case .day: told = ["dd"]
      case .serial: told = ["serial"]
      case .literal, .digits, .letters, .oneOf: told = []
      }
      for word in told where !seen.insert(word).inserted {
        throw .repeated(piece == .date ? "date" : word)
      }
    }
  }

  /// Whether a text that matches tells a day.
  public var hasDate: Bool {
    pieces.contains(.date)
      || pieces.contains(.month) && pieces.contains(.day)
        && (pieces.contains(.year) || pieces.contains(.shortYear))
  }

  /// Whether a text that matches tells a serial.
  public var hasSerial: Bool {
    pieces.contains { if case .serial = $0 { true } else { false } }
  }
}

extension TextPattern {
  /// What a text that matches tells.
  public struct Reading: Sendable {
    /// Its day, when the pattern has a whole one.
    public var date: Day?
    /// Its serial.
    public var serial: Int?
    fileprivate var year: Int?
    fileprivate var month: Int?
    fileprivate var day: Int?

    /// Whether what is told of a day lies in the calendar.
    fileprivate mutating func settle() -> Bool {
      if let year, let month, let day {
        date = Day(year: year, month: month, day: day)
        return date != nil
      }
      return (year ?? 1) > 0 && (1...12).contains(month ?? 1) && (1...31).contains(day ?? 1)
    }
  }

  /// Whether a whole text matches.
  public func matches(_ text: Span<UInt8>) -> Bool { read(text) != nil }

  /// Reads a text; nil when it does not match as a whole.
  public func read(_ text: Span<UInt8>) -> Reading? {
    var index = 0
    var reading = Reading()
    for piece in pieces {
      switch piece {
      case .literal(let bytes):
        guard Self.stands(bytes, in: text, at: index) else { return nil }
        index += bytes.count
      case .oneOf(let list):
        guard let found = list.first(where: { Self.stands($0, in: text, at: index) }) else {
          return nil
        }
        index += found.count
      case .digits(let count):
        guard Self.run(text, &index, count, where: { (0x30...0x39).contains($0) }) else {
          return nil
        }
      case .letters(let count):
        guard Self.run(text, &index, count, where: { (0x41...0x5A).contains($0 & 0xDF) }) else {
          return nil
        }
      default:
        guard Self.number(piece, text, &index, &reading) else { return nil }
      }
    }
    return index == text.count && reading.settle() ? reading : nil
  }

  /// Reads a piece of digits that mean something.
  private static func number(
    _ piece: Piece, _ text: Span<UInt8>, _ index: inout Int, _ reading: inout Reading
  ) -> Bool {
    let count =
      switch piece {
      case .date: 8
      case .year: 4
      case .serial(let count): count
      default: 2
      }
    let start = index
    guard run(text, &index, count, where: { (0x30...0x39).contains($0) }) else { return false }
    let number = (start..<index).reduce(0) { $0 * 10 + Int(text[$1] - 0x30) }
    switch piece {
    case .date:
      (reading.year, reading.month, reading.day) = (
        number / 10_000, number / 100 % 100, number % 100
      )
    case .year: reading.year = number
    case .shortYear: reading.year = 2000 + number
    case .month: reading.month = number
    case .day: reading.day = number
    default: reading.serial = number
    }
    return true
  }

  private static func stands(_ bytes: [UInt8], in text: Span<UInt8>, at start: Int) -> Bool {
    guard start + bytes.count <= text.count else { return false }
    for (offset, byte) in bytes.enumerated() where text[start + offset] != byte { return false }
    return true
  }

  private static func run(
    _ text: Span<UInt8>, _ index: inout Int, _ count: Int, where fits: (UInt8) -> Bool
  ) -> Bool {
    guard index + count <= text.count else { return false }
    for _ in 0..<count {
      if !fits(text[index]) { return false }
      index += 1
    }
    return true
  }
}
