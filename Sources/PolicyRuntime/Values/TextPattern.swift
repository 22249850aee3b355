/// Text patterns: letters that stand for themselves, and `{digits 4}`, `{letters 2}`, `{date}`.
///
/// Every piece has a fixed length, so that matching is one pass over the text: no regular expressions.

/// A pattern that a text matches as a whole.
public struct TextPattern: Hashable, Sendable {
  /// A piece of fixed length.
  public enum Piece: Hashable, Sendable {
    /// These bytes (UTF-8).
    case literal([UInt8])
    /// So many ASCII digits.
    case digits(Int)
    /// So many ASCII letters.
    case letters(Int)
    /// A day as `20261121`.
    case date
  }

  /// The pieces in order.
  public let pieces: [Piece]
  /// The pattern as written, for messages.
  public let text: String

  /// Why a pattern cannot be read.
  public enum Fault: Error, Sendable { case unclosedBrace, unknownPiece(String), badCount(String) }

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
  }

  private static func piece(_ words: String) throws(Fault) -> Piece {
    let parts = words.split(separator: " ")
    switch parts.first {
    case "date" where parts.count == 1: return .date
    case "digits" where parts.count == 2, "letters" where parts.count == 2:
      guard let count = Int(parts[1]), (1...100).contains(count) else { throw .badCount(words) }
      return parts[0] == "digits" ? .digits(count) : .letters(count)
    default: throw .unknownPiece(words)
    }
  }

  /// Whether a whole text matches.
  public func matches(_ text: Span<UInt8>) -> Bool {
    var index = 0
    for piece in pieces {
      switch piece {
      case .literal(let bytes):
        guard index + bytes.count <= text.count else { return false }
        for byte in bytes {
          if text[index] != byte { return false }
          index += 1
        }
      case .digits(let count):
        guard Self.run(text, &index, count, where: { (0x30...0x39).contains($0) }) else {
          return false
        }
      case .letters(let count):
        guard Self.run(text, &index, count, where: { (0x41...0x5A).contains($0 & 0xDF) }) else {
          return false
        }
      case .date:
        let start = index
        guard Self.run(text, &index, 8, where: { (0x30...0x39).contains($0) }) else { return false }
        func number(_ from: Int, _ count: Int) -> Int {
          (from..<from + count).reduce(0) { $0 * 10 + Int(text[start + $1] - 0x30) }
        }
        if Day(year: number(0, 4), month: number(4, 2), day: number(6, 2)) == nil { return false }
      }
    }
    return index == text.count
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
