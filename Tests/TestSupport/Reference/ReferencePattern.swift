/// The reference's own matching of text patterns: cut off piece after piece from the front.
import PolicyRuntime

/// A pattern whose pieces are compared one after the other.
struct ReferencePattern {
  let pieces: [TextPattern.Piece]

  init(_ pattern: TextPattern) { pieces = pattern.pieces }

  /// Whether the whole text consists of the pieces.
  func matches(_ text: String) -> Bool {
    var rest = Array(text.utf8)
    for piece in pieces {
      let length: Int
      switch piece {
      case .literal(let bytes): length = bytes.count
      case .digits(let count), .letters(let count): length = count
      case .date: length = 8
      }
      guard rest.count >= length, fits(Array(rest.prefix(length)), piece) else { return false }
      rest.removeFirst(length)
    }
    return rest.isEmpty
  }

  private func fits(_ bytes: [UInt8], _ piece: TextPattern.Piece) -> Bool {
    let letters = String(decoding: bytes, as: UTF8.self)
    switch piece {
    case .literal(let expected): return bytes == expected
    case .digits: return letters.utf8.allSatisfy { "0123456789".utf8.contains($0) }
    case .letters:
      return letters.utf8.allSatisfy {
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8.contains($0)
      }
    case .date:
      let characters = Array(letters)
      guard characters.count == 8 else { return false }
      return ReferenceDate(
        text:
          "\(String(characters[0..<4]))-\(String(characters[4..<6]))-\(String(characters[6...]))")
        != nil
    }
  }
}
