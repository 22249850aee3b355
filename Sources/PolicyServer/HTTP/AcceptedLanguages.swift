/// Which language a client asks for: the field `Accept-Language` (RFC 9110 section 12.5.4).
import PolicySource

/// What the languages that are spoken here weigh with the client, in thousandths.
///
/// A language is chosen by the header and not by the envelope: the body of a request says what is asked,
/// stays the same for everybody who asks it, and can be kept and asked again.
struct AcceptedLanguages {
  private var chinese = -1
  private var english = -1
  /// Whether Chinese was named first.
  private var prefersChinese = false

  /// The language that weighs more, of equals the one named first; English when none is named.
  var best: Language {
    guard chinese > 0 else { return .english }
    return chinese > english || chinese == english && prefersChinese ? .chinese : .english
  }

  /// Reads the value of a field: `zh-CN, zh;q=0.9, en;q=0.8`.
  mutating func read(_ bytes: Span<UInt8>, _ value: Range<Int>) {
    var start = value.lowerBound
    while start < value.upperBound {
      let comma = min(
        bytes.firstIndex(of: 0x2C, from: start) ?? value.upperBound, value.upperBound)
      readRange(bytes, bytes.trimmed(start..<comma))
      start = comma + 1
    }
  }

  /// One language with its weight.
  private mutating func readRange(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    guard range.count >= 2 else { return }
    let first = ByteClass.lowercased(bytes[range.lowerBound])
    let second = ByteClass.lowercased(bytes[range.lowerBound + 1])
    if range.count > 2 {
      // `zha` is another language than `zh`.
      let third = bytes[range.lowerBound + 2]
      guard third == 0x2D || third == 0x3B || third == 0x20 || third == 0x09 else { return }
    }
    if first == 0x7A, second == 0x68 {
      if english < 0 { prefersChinese = true }
      chinese = max(chinese, Self.weight(bytes, range))
    } else if first == 0x65, second == 0x6E {
      english = max(english, Self.weight(bytes, range))
    }
  }

  /// The weight behind `;q=`, from 0 to 1000; one that cannot be read counts as none.
  private static func weight(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    guard let semicolon = bytes.firstIndex(of: 0x3B, from: range.lowerBound),
      semicolon < range.upperBound
    else { return 1000 }
    let parameter = bytes.trimmed((semicolon + 1)..<range.upperBound)
    guard parameter.count >= 3, ByteClass.lowercased(bytes[parameter.lowerBound]) == 0x71,
      bytes[parameter.lowerBound + 1] == 0x3D
    else { return 0 }
    var weight = 0
    var places = 0
    var isFraction = false
    for index in (parameter.lowerBound + 2)..<parameter.upperBound {
      let digit = bytes[index] &- 0x30
      if bytes[index] == 0x2E, !isFraction {
        isFraction = true
      } else if digit <= 9, places < 3, isFraction || index == parameter.lowerBound + 2 {
        weight = weight * 10 + Int(digit)
        if isFraction { places += 1 }
      } else {
        return 0
      }
    }
    for _ in places..<3 { weight *= 10 }
    return min(weight, 1000)
  }
}
