/// The reference's own matching of text patterns: cut off piece after piece from the front.
import PolicyRuntime

/// A pattern whose pieces are compared one after the other.
struct ReferencePattern {
  /// What a text tells that fits the pattern.
  struct Reading {
    var date: ReferenceDate?
    var serial: BigDecimal?
  }

  let pieces: [TextPattern.Piece]

  init(_ pattern: TextPattern) { pieces = pattern.pieces }

  /// Whether the whole text consists of the pieces.
  func matches(_ text: String) -> Bool { read(text) != nil }

  /// What the text tells; nil when it does not fit.
  func read(_ text: String) -> Reading? {
    var rest = Array(text.utf8)
    var told: [String: String] = [:]
    for piece in pieces {
      guard let length = length(of: piece, before: rest), rest.count >= length else { return nil }
      let letters = String(decoding: rest.prefix(length), as: UTF8.self)
      guard fits(Array(rest.prefix(length)), piece) else { return nil }
      switch piece {
      case .date:
        told["year"] = String(letters.prefix(4))
        told["month"] = String(letters.dropFirst(4).prefix(2))
        told["day"] = String(letters.suffix(2))
      case .year: told["year"] = letters
      case .shortYear: told["year"] = "20" + letters
      case .month: told["month"] = letters
      case .day: told["day"] = letters
      case .serial: told["serial"] = letters
      case .literal, .digits, .letters, .oneOf: break
      }
      rest.removeFirst(length)
    }
    guard rest.isEmpty else { return nil }
    return reading(told)
  }

  /// A day of which only a part is told is judged as if it were in a long month of a leap year.
  private func reading(_ told: [String: String]) -> Reading? {
    let text = "\(told["year"] ?? "2024")-\(told["month"] ?? "01")-\(told["day"] ?? "01")"
    let isWhole = told["year"] != nil && told["month"] != nil && told["day"] != nil
    var parts = [text]
    if !isWhole {
      parts = [
        "\(told["year"] ?? "2024")-01-01", "2024-\(told["month"] ?? "01")-01",
        "2024-01-\(told["day"] ?? "01")",
      ]
    }
    guard parts.allSatisfy({ ReferenceDate(text: $0) != nil }) else { return nil }
    return Reading(
      date: isWhole ? ReferenceDate(text: text) : nil,
      serial: told["serial"].flatMap { Int($0) }.map { BigDecimal($0) })
  }

  private func length(of piece: TextPattern.Piece, before rest: [UInt8]) -> Int? {
    switch piece {
    case .literal(let bytes): bytes.count
    case .digits(let count), .letters(let count), .serial(let count): count
    case .date: 8
    case .year: 4
    case .shortYear, .month, .day: 2
    case .oneOf(let list): list.first { rest.starts(with: $0) }?.count
    }
  }

  private func fits(_ bytes: [UInt8], _ piece: TextPattern.Piece) -> Bool {
    switch piece {
    case .literal(let expected): return bytes == expected
    case .oneOf: return true
    case .letters:
      return bytes.allSatisfy {
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8.contains($0)
      }
    default: return bytes.allSatisfy { "0123456789".utf8.contains($0) }
    }
  }
}
