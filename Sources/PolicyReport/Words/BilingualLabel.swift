/// Labels of two languages in one, `amount claimed (报销金额)`: the half that a reader wants.
public import PolicySource

/// Takes such labels apart.
public enum BilingualLabel {
  /// The half of a label in a language; a label that is not clearly of both stays whole.
  ///
  /// Of two languages is a label whose words are Latin and that ends with one group in parentheses that has
  /// Chinese characters; other groups beside it, such as `(inferred)`, belong to both halves.
  public static func half(of label: String, in language: Language) -> String {
    split(label).map { language == .chinese ? $0.chinese : $0.english } ?? label
  }

  /// The other half; nil when the label is not of two languages.
  static func other(of label: String, in language: Language) -> String? {
    split(label).map { language == .chinese ? $0.english : $0.chinese }
  }

  /// What marks of the company's policies are called in Chinese.
  private static let marks = ["inferred": "推断", "illustrative": "示例"]

  private static func split(_ label: String) -> (english: String, chinese: String)? {
    guard label.hasSuffix(")") || label.hasSuffix("）"), label.contains(where: isHan) else {
      return nil
    }
    var core = Substring(label)
    var groups: [Substring] = []
    while let group = lastGroup(of: core) {
      groups.insert(core[group].dropFirst().dropLast(), at: 0)
      core = core[..<group.lowerBound]
      while core.last == " " { core.removeLast() }
    }
    let chinese = groups.filter { $0.contains(where: isHan) }
    guard chinese.count == 1, let half = chinese.first, !core.isEmpty, !core.contains(where: isHan)
    else { return nil }
    let others = groups.filter { !$0.contains(where: isHan) }
    let english = ([String(core)] + others.map { "(\($0))" }).joined(separator: " ")
    let notes = others.map { note in
      // `inferred: …` says more in English; the Chinese half has its own words for that.
      marks.first { note == $0.key || note.hasPrefix($0.key + ":") }?.value ?? String(note)
    }.filter { !half.contains($0) }
    return (english, ([String(half)] + notes.map { "（\($0)）" }).joined())
  }

  /// The group in parentheses that a text ends with.
  private static func lastGroup(of text: Substring) -> Range<Substring.Index>? {
    guard let last = text.last, last == ")" || last == "）" else { return nil }
    var depth = 0
    var at = text.endIndex
    while at > text.startIndex {
      at = text.index(before: at)
      switch text[at] {
      case ")", "）": depth += 1
      case "(", "（": depth -= 1
      default: break
      }
      if depth == 0 { return at..<text.endIndex }
    }
    return nil
  }

  static func isHan(_ character: Character) -> Bool {
    character.unicodeScalars.contains {
      (0x3400...0x9FFF).contains($0.value) || (0x20000...0x3FFFD).contains($0.value)
    }
  }
}
