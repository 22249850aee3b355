/// What a spreadsheet program leaves of a cell that it could not show or took for something else.
import PolicySource

/// Recognises damaged cells, so that none of them becomes a number or a text by accident.
enum CellDamage {
  private static let errors: Set<String> = [
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
  ]
  private static let months: Set<String> = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// What is wrong with a cell; nil when nothing is.
  static func diagnostic(_ text: String, _ form: CellForm, at range: SourceRange) -> Diagnostic? {
    guard let first = text.utf8.first else { return nil }
    if first == UInt8(ascii: "#") {
      let isRuler = text.utf8.count > 1 && text.utf8.allSatisfy { $0 == first }
      return isRuler || errors.contains(text.uppercased())
        ? SheetMessages.damagedCell(text, at: range) : nil
    }
    // A cell of letters alone, or a word, has none of the forms below.
    let isPlainWord = text.utf8.count < 4 || !text.utf8.contains { (0x30...0x39).contains($0) }
    if isPlainWord { return nil }
    if isScientific(text, form) { return SheetMessages.digitsReplaced(text, at: range) }
    if form == .text, lacksDigits(text) { return SheetMessages.digitsReplaced(text, at: range) }
    if isDayWithoutYear(text) { return SheetMessages.dateWithoutYear(text, at: range) }
    if form == .date, (4...6).contains(text.utf8.count), text.utf8.allSatisfy(isDigit) {
      return SheetMessages.serialDay(text, at: range)
    }
    return nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// `1.2E+15`; in a column of texts only with the sign that such programs write.
  private static func isScientific(_ text: String, _ form: CellForm) -> Bool {
    var rest = Array(text.utf8)[...]
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    guard let e = rest.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) else { return false }
    let mantissa = rest[rest.startIndex..<e]
    var exponent = rest[(e + 1)...]
    let isSigned = exponent.first == UInt8(ascii: "+") || exponent.first == UInt8(ascii: "-")
    if isSigned { exponent.removeFirst() }
    if !isSigned && form == .text { return false }
    return !exponent.isEmpty && exponent.allSatisfy(isDigit) && mantissa.contains(where: isDigit)
      && mantissa.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
  }

  /// Sixteen digits and more, of which all behind the fifteenth are zero: that many are kept.
  private static func lacksDigits(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count > 15 && bytes.allSatisfy(isDigit)
      && bytes[15...].allSatisfy { $0 == UInt8(ascii: "0") }
  }

  /// `1月2日`, `Jan-26`, `2-Jan`.
  private static func isDayWithoutYear(_ text: String) -> Bool {
    if text.hasSuffix("日"), let month = text.firstIndex(of: "月") {
      let (first, second) = (text[..<month], text[text.index(after: month)...].dropLast())
      return [first, second].allSatisfy {
        (1...2).contains($0.utf8.count) && $0.utf8.allSatisfy(isDigit)
      }
    }
    let parts = text.lowercased().split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return false }
    func isShortNumber(_ part: Substring) -> Bool {
      (1...2).contains(part.utf8.count) && part.utf8.allSatisfy(isDigit)
    }
    return months.contains(String(parts[0])) && isShortNumber(parts[1])
      || isShortNumber(parts[0]) && months.contains(String(parts[1]))
  }
}
