/// Figures of answers as people read them, and how they compare.
internal import PolicyRuntime

/// Amounts, numbers and places of items in the texts of answers.
public enum FigureText {
  /// `500000.00 CNY` as `500,000.00 CNY`; nil for what is no amount.
  public static func grouped(_ word: String) -> String? {
    let parts = word.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count == 3,
      parts[0].utf8.allSatisfy({ $0 == 0x2D || $0 == 0x2E || (0x30...0x39).contains($0) })
    else { return nil }
    let whole = parts[0].prefix { $0 != "." }
    let digits = whole.drop { $0 == "-" }
    var text = String(whole.prefix { $0 == "-" })
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return text + parts[0].dropFirst(whole.count) + " " + parts[1]
  }

  /// A text of an answer as people read it.
  static func readable(_ word: String) -> String { grouped(word) ?? word }

  /// The amount of a text and its currency, empty for a bare number; nil when it is none.
  static func amount(_ text: String) -> (value: Decimal, currency: Substring)? {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count <= 2, let value = try? Decimal(text: parts[0].utf8) else { return nil }
    return (value, parts.count == 2 ? parts[1] : "")
  }

  /// Which way a figure went.
  static func movement(from old: String?, to new: String?) -> AnswerChange.Movement {
    guard let old else { return .appears }
    guard let new else { return .vanishes }
    guard let one = amount(old), let other = amount(new), one.currency == other.currency else {
      return .changes
    }
    return one.value < other.value ? .rises : .falls
  }

  /// Whether two texts say the same figure: `5.0` and `5`.
  static func isSame(_ old: String?, _ new: String?) -> Bool {
    if old == new { return true }
    guard let old, let new, let one = amount(old), let other = amount(new) else { return false }
    return one.value == other.value && one.currency == other.currency
  }

  /// `order.lines[2].stock` as `order.lines[].stock`.
  static func withoutItems(_ path: String) -> String {
    guard path.utf8.contains(UInt8(ascii: "[")) else { return path }
    return path.replacing(/\[\d+\]/, with: "[]")
  }
}
