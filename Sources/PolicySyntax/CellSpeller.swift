/// Puts a cell as a spreadsheet program spells it into the spelling of the language, or says why it cannot.

/// The respelling of one cell that is no text.
struct CellSpeller {
  /// How it went.
  enum Outcome: Equatable {
    case fine, bad, dayOrMonth
    /// `(100)`: an expression to us, an amount below zero to an accountant.
    case inParentheses
    /// A comma may group digits or part a list; the number if it groups.
    case ambiguous(String)
  }

  private let form: CellForm
  private let isKey: Bool
  private var bytes: [UInt8]
  private var index = 0
  private var out: [UInt8] = []
  /// A `¥` was read whose number has not ended.
  private var hasMark = false

  private static let yen: [UInt8] = [0xC2, 0xA5]

  init(_ text: String, _ form: CellForm, isKey: Bool) {
    self.form = form
    self.isKey = isKey
    bytes = Array(text.utf8)
    if bytes.contains(where: { $0 >= 0x80 }) {
      bytes = Array(Self.narrowed(text, isDate: form == .date).utf8)
    }
  }

  /// The cell in the spelling of the language.
  var result: String { String(decoding: out, as: UTF8.self) }

  /// Respells the cell.
  mutating func spell() -> Outcome {
    switch form {
    case .text, .word:
      out = bytes
      return .fine
    case .bool:
      out = bytes
      let word = result
      if word == "TRUE" || word == "True" { out = Array("true".utf8) }
      if word == "FALSE" || word == "False" { out = Array("false".utf8) }
      return .fine
    case .date: return spellDates()
    case .number, .money, .percent: return spellNumbers()
    }
  }

  // MARK: Characters

  /// Full-width letters, digits and marks as narrow ones, all blanks as the common one.
  private static func narrowed(_ text: String, isDate: Bool) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{FF01}"..."\u{FF5E}":
        result.append(Unicode.Scalar(UInt8(scalar.value - 0xFF01 + 0x21)))
      case "\u{FFE5}", "\u{A5}": result.append("\u{A5}")
      case "、": result.append(contentsOf: ", ".unicodeScalars)
      case "。": result.append(".")
      case "−", "–", "—": result.append("-")
      case "≤", "≦": result.append(contentsOf: "<=".unicodeScalars)
      case "≥", "≧": result.append(contentsOf: ">=".unicodeScalars)
      case "“", "”": result.append("\"")
      case "年" where isDate, "月" where isDate: result.append("/")
      case "日" where isDate: break
      case let blank where SheetReader.isBlank(blank): result.append(" ")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private func byte(_ at: Int) -> UInt8 { at < bytes.count ? bytes[at] : 0 }
  private func isDigit(_ at: Int) -> Bool { (0x30...0x39).contains(byte(at)) }

  /// The digits from an offset on.
  private func digits(_ at: Int) -> ArraySlice<UInt8> {
    var end = at
    while isDigit(end) { end += 1 }
    return bytes[at..<max(at, end)]
  }

  // MARK: Numbers

  private mutating func spellNumbers() -> Outcome {
    while index < bytes.count {
      if byte(index) == Self.yen[0], byte(index + 1) == Self.yen[1] {
        guard case .money = form, !hasMark else { return .bad }
        hasMark = true
        index += 2
      } else if isDigit(index) {
        let outcome = spellNumber()
        if outcome != .fine { return outcome }
      } else if byte(index) == UInt8(ascii: ","), !isKey {
        return .bad
      } else if byte(index) == UInt8(ascii: "(") {
        return .inParentheses
      } else {
        out.append(byte(index))
        index += 1
      }
    }
    return hasMark ? .bad : .fine
  }

  /// A number with its groups of digits, and the currency of a `¥` before it.
  private mutating func spellNumber() -> Outcome {
    let isBound = out.last.map { $0 == 0x3C || $0 == 0x3D || $0 == 0x3E || $0 == 0x2E } ?? false
    let afterBlank = out.last { $0 != 0x20 }
    let isTested = isBound || afterBlank.map { (0x3C...0x3E).contains($0) } ?? false
    let start = index
    var number = Array(digits(index))
    index += number.count
    var groups = 0
    if number.count <= 3 {
      while byte(index) == UInt8(ascii: ","), digits(index + 1).count == 3 {
        number += digits(index + 1)
        index += 4
        groups += 1
      }
    }
    // Groups of another length: `12,34` is a list in a key, and nothing in a value.
    if byte(index) == UInt8(ascii: ","), isDigit(index + 1) {
      guard isKey else { return .bad }
      if groups > 0 {
        number = Array(digits(start))
        index = start + number.count
        groups = 0
      }
    }
    var evidence = hasMark || isTested
    if byte(index) == UInt8(ascii: "."), isDigit(index + 1) {
      let places = digits(index + 1)
      number += [UInt8(ascii: ".")] + places
      index += 1 + places.count
      evidence = true
    }
    out += number
    let next = byte(index)
    evidence = evidence || next == UInt8(ascii: ".") || next == UInt8(ascii: "%")
    let hasCurrency = followsCurrency()
    if groups > 0, isKey, !evidence, !hasCurrency {
      return .ambiguous(String(decoding: number, as: UTF8.self))
    }
    if hasMark, case .money(let mark) = form {
      hasMark = false
      if !hasCurrency { out += Array(" \(mark)".utf8) }
    }
    return .fine
  }

  /// Whether three capital letters come next.
  private func followsCurrency() -> Bool {
    var at = index
    while byte(at) == 0x20 { at += 1 }
    return (0..<3).allSatisfy { (0x41...0x5A).contains(byte(at + $0)) }
  }

  // MARK: Days

  private mutating func spellDates() -> Outcome {
    while index < bytes.count {
      guard isDigit(index) else {
        out.append(byte(index))
        index += 1
        continue
      }
      let first = digits(index)
      var at = index + first.count
      let mark = byte(at)
      guard [0x2F, 0x2D, 0x2E].contains(mark), isDigit(at + 1) else { return .bad }
      let second = digits(at + 1)
      at += 1 + second.count
      guard byte(at) == mark, isDigit(at + 1) else { return .bad }
      let third = digits(at + 1)
      at += 1 + third.count
      guard first.count == 4 else { return first.count <= 2 ? .dayOrMonth : .bad }
      guard second.count <= 2, third.count <= 2 else { return .bad }
      out += first + Self.padded(second) + Self.padded(third)
      index = at
      skipMidnight()
    }
    return .fine
  }

  private static func padded(_ digits: ArraySlice<UInt8>) -> [UInt8] {
    [0x2D] + (digits.count == 1 ? [0x30] : []) + digits
  }

  /// ` 0:00` or ` 00:00:00` behind a day, which says nothing.
  private mutating func skipMidnight() {
    guard byte(index) == 0x20, isDigit(index + 1) else { return }
    var at = index + 1
    while byte(at) == 0x30 || byte(at) == 0x3A { at += 1 }
    if at == bytes.count || byte(at) == 0x20 { index = at }
  }
}
