/// Blanks between Chinese characters and Latin words, which are set when a template is filled.

/// The rule of blanks.
public enum Spacing {
  /// Whether a blank belongs between two pieces of a text.
  public static func isNeeded(
    between first: some StringProtocol, and second: some StringProtocol
  ) -> Bool {
    guard let left = first.unicodeScalars.last, let right = second.unicodeScalars.first else {
      return false
    }
    return isHan(left) && isLatin(right) || isLatin(left) && isHan(right)
  }

  /// Whether a text begins with a full-width mark, which needs no blank before it.
  static func opensWithWideMark(_ text: String) -> Bool {
    text.unicodeScalars.first.map { "，（：；、".unicodeScalars.contains($0) } ?? false
  }

  private static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    (0x3400...0x9FFF).contains(scalar.value) || (0x20000...0x3FFFD).contains(scalar.value)
  }

  private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "`" || scalar.value < 0x80 && scalar.properties.isAlphabetic
      || ("0"..."9").contains(scalar)
  }
}
