/// What of an answer is compared, as bytes: the answer without places, texts and what every answer has of its own.
///
/// Answers with the same essence say the same. Others may, too: `AnswerChange` tells.
internal import PolicySource

enum AnswerEssence {
  /// Members that are left out wherever they stand, but not in a value that the policy defines.
  private static let words = [
    "at", "because", "byLabel", "decisionId", "facts", "label", "policies", "requestId", "source",
    "text", "trace",
  ].map { Array($0.utf8) }

  /// The same by length.
  private static let left: [[[UInt8]]] = (0...(words.map(\.count).max() ?? 0)).map { length in
    words.filter { $0.count == length }
  }
  private static let value = Array("value".utf8)

  /// Appends the essence of an answer.
  static func append(_ answer: Span<UInt8>, to out: inout [UInt8]) {
    let count = answer.count
    var at = 0
    var kept = 0
    var depth = 0
    while at < count {
      switch answer[at] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "\""):
        guard let text = JSONText.string(answer, at: at, before: count) else {
          at = count
          continue
        }
        let start = at
        at = text.upperBound
        guard at + 1 < count, answer[at + 1] == UInt8(ascii: ":") else { break }
        let isValue = depth == 1 && answer.spells(value, text)
        guard isValue || isLeft(answer, text) else { break }
        let end = JSONText.endOfValue(answer, at: at + 2, before: count) ?? count
        if !isValue {
          out.append(answer, kept..<start)
          kept = end
        }
        at = end
        continue
      default: break
      }
      at += 1
    }
    out.append(answer, kept..<count)
  }

  private static func isLeft(_ answer: Span<UInt8>, _ name: Range<Int>) -> Bool {
    guard name.count < left.count else { return false }
    return left[name.count].contains { answer.spells($0, name) }
  }
}

extension Span<UInt8> {
  /// Whether a range has these bytes.
  func spells(_ word: [UInt8], _ range: Range<Int>) -> Bool {
    guard range.count == word.count, range.upperBound <= count else { return false }
    for index in word.indices where self[range.lowerBound + index] != word[index] { return false }
    return true
  }
}

extension [UInt8] {
  /// Appends a range of a span.
  mutating func append(_ span: Span<UInt8>, _ range: Range<Int>) {
    for index in range { append(span[index]) }
  }
}
