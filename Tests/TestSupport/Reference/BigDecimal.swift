/// The reference's own exact numbers: schoolbook arithmetic on digits of base 10⁸.
///
/// A number is a count of 10⁻⁸. Because a digit of base 10⁸ is worth exactly eight decimal places,
/// the lowest digit is the fraction and all others are the whole part. Results of 10³⁰ and beyond are nil.
import PolicyRuntime

/// A signed decimal with eight places behind the point and thirty before it.
public struct BigDecimal: Hashable, Sendable, Comparable {
  /// Whether it is below zero; zero is never negative.
  let negative: Bool
  /// Digits of base 10⁸, the fraction first, without leading zeros at the end.
  let digits: [Int]

  static let base = 100_000_000
  static let zero = BigDecimal(negative: false, digits: [])
  static let one = BigDecimal(1)

  private init(negative: Bool, digits: [Int]) {
    var trimmed = digits
    while trimmed.last == 0 { trimmed.removeLast() }
    self.digits = trimmed
    self.negative = negative && !trimmed.isEmpty
  }

  /// A whole number.
  public init(_ whole: Int) {
    var rest = whole.magnitude
    var digits = [0]
    while rest > 0 {
      digits.append(Int(rest % UInt(Self.base)))
      rest /= UInt(Self.base)
    }
    self.init(negative: whole < 0, digits: digits)
  }

  /// Takes over a parsed literal.
  init(literal: Decimal) {
    var rest = literal.units.magnitude
    var digits: [Int] = []
    while rest > 0 {
      digits.append(Int(rest % UInt128(Self.base)))
      rest /= UInt128(Self.base)
    }
    self.init(negative: literal.units < 0, digits: digits)
  }

  /// Reads `-12000.50`; nil when it is no number or has more digits than can be held.
  public init?(text: String) {
    var letters = Array(text.utf8)
    let negative = letters.first == UInt8(ascii: "-")
    if negative { letters.removeFirst() }
    let halves = letters.split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    let whole = Array(halves[0])
    var fraction = halves.count == 2 ? Array(halves[1]) : []
    let isDigit = { (letter: UInt8) in (0x30...0x39).contains(letter) }
    guard !whole.isEmpty, whole.allSatisfy(isDigit), fraction.allSatisfy(isDigit),
      halves.count == 1 || !fraction.isEmpty, whole.count == 1 || whole[0] != 0x30
    else { return nil }
    while fraction.last == 0x30 { fraction.removeLast() }
    guard fraction.count <= 8, whole.count <= 30 else { return nil }
    while fraction.count < 8 { fraction.append(0x30) }
    var reversed = Array((whole + fraction).reversed())
    while reversed.count % 8 != 0 { reversed.append(0x30) }
    var digits: [Int] = []
    for start in stride(from: 0, to: reversed.count, by: 8) {
      digits.append(reversed[start..<start + 8].reversed().reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }
    self.init(negative: negative, digits: digits)
  }

  /// The whole number, or nil when there is a fraction or it is too large for a count.
  var whole: Int? {
    guard digits.first ?? 0 == 0, digits.count <= 3 else { return nil }
    let magnitude = digits.dropFirst().reversed().reduce(0) { $0 * Self.base + $1 }
    return negative ? -magnitude : magnitude
  }

  /// `-12000.5`: no superfluous zeros.
  public var text: String {
    func eight(_ digit: Int) -> String {
      String(repeating: "0", count: 8 - String(digit).count) + String(digit)
    }
    var whole = digits.dropFirst().reversed().map(eight).joined()
    while whole.first == "0" { whole.removeFirst() }
    if whole.isEmpty { whole = "0" }
    var fraction = eight(digits.first ?? 0)
    while fraction.last == "0" { fraction.removeLast() }
    return (negative ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
  }
}

// MARK: Arithmetic with signs

extension BigDecimal {
  /// The number itself, or nil at 10³⁰ and beyond.
  private var withinRange: BigDecimal? {
    // 10³⁸ units: four full digits hold 32 decimal places, the fifth may use six more.
    digits.count < 5 || (digits.count == 5 && digits[4] < 1_000_000) ? self : nil
  }

  var negated: BigDecimal { BigDecimal(negative: !negative, digits: digits) }

  /// The order of the numbers.
  public static func < (a: BigDecimal, b: BigDecimal) -> Bool {
    if a.negative != b.negative { return a.negative }
    let order = compare(a.digits, b.digits)
    return a.negative ? order > 0 : order < 0
  }

  func plus(_ other: BigDecimal) -> BigDecimal? {
    if negative == other.negative {
      return BigDecimal(negative: negative, digits: Self.add(digits, other.digits)).withinRange
    }
    if Self.compare(digits, other.digits) >= 0 {
      return BigDecimal(negative: negative, digits: Self.subtract(digits, other.digits))
    }
    return BigDecimal(negative: other.negative, digits: Self.subtract(other.digits, digits))
  }

  func minus(_ other: BigDecimal) -> BigDecimal? { plus(other.negated) }

  /// Rounded half-even at the eighth place.
  func times(_ other: BigDecimal) -> BigDecimal? {
    let product = Self.multiply(digits, other.digits)
    // The product counts units of 10⁻¹⁶: its lowest digit is what is rounded away.
    let (quotient, rest) = (Array(product.dropFirst()), Array(product.prefix(1)))
    let rounded = Self.roundHalfEven(quotient, rest: rest, of: [0, 1])
    return BigDecimal(negative: negative != other.negative, digits: rounded).withinRange
  }

  /// Rounded half-even at the eighth place; the divisor is not zero.
  func divided(by other: BigDecimal) -> BigDecimal? {
    let (quotient, rest) = Self.divide([0] + digits, other.digits)
    let rounded = Self.roundHalfEven(quotient, rest: rest, of: other.digits)
    return BigDecimal(negative: negative != other.negative, digits: rounded).withinRange
  }

  /// Rounded to so many places.
  func rounded(places: Int, _ rounding: Decimal.Rounding) -> BigDecimal? {
    var step = 1
    for _ in places..<8 { step *= 10 }
    let rest = (digits.first ?? 0) % step
    let down = Self.subtract(digits, [rest])
    let up = Self.add(down, step == Self.base ? [0, 1] : [step])
    let result: [Int]
    switch rounding {
    case .down: result = down
    case .up: result = rest == 0 ? down : up
    case .halfEven:
      // Whether the last kept place is odd: the place's digit stands at `step` in the number.
      let odd = step == Self.base ? Self.digit(down, 1) % 2 == 1 : (down.first ?? 0) / step % 2 == 1
      result = 2 * rest > step || (2 * rest == step && odd) ? up : down
    }
    return BigDecimal(negative: negative, digits: result).withinRange
  }
}

// MARK: Schoolbook arithmetic on magnitudes

extension BigDecimal {
  private static func digit(_ a: [Int], _ index: Int) -> Int { index < a.count ? a[index] : 0 }

  private static func trimmed(_ a: [Int]) -> [Int] {
    var result = a
    while result.last == 0 { result.removeLast() }
    return result
  }

  /// Negative, zero or positive as a is less than, equal to or greater than b.
  private static func compare(_ a: [Int], _ b: [Int]) -> Int {
    for index in (0..<max(a.count, b.count)).reversed() {
      let difference = digit(a, index) - digit(b, index)
      if difference != 0 { return difference }
    }
    return 0
  }

  private static func add(_ a: [Int], _ b: [Int]) -> [Int] {
    var result: [Int] = []
    var carry = 0
    for index in 0..<max(a.count, b.count) + 1 {
      let sum = digit(a, index) + digit(b, index) + carry
      result.append(sum % base)
      carry = sum / base
    }
    return trimmed(result)
  }

  /// a - b where a is not less than b.
  private static func subtract(_ a: [Int], _ b: [Int]) -> [Int] {
    var result: [Int] = []
    var borrow = 0
    for index in 0..<a.count {
      let difference = a[index] - digit(b, index) - borrow
      result.append(difference < 0 ? difference + base : difference)
      borrow = difference < 0 ? 1 : 0
    }
    return trimmed(result)
  }

  private static func multiply(_ a: [Int], _ b: [Int]) -> [Int] {
    var result = [Int](repeating: 0, count: a.count + b.count + 1)
    for (i, x) in a.enumerated() {
      var carry = 0
      for j in 0...b.count {
        let sum = result[i + j] + x * digit(b, j) + carry
        result[i + j] = sum % base
        carry = sum / base
      }
    }
    return trimmed(result)
  }

  /// Long division: bring down one digit after the other, and search the digit of the quotient.
  private static func divide(_ a: [Int], _ b: [Int]) -> (quotient: [Int], rest: [Int]) {
    var quotient: [Int] = []
    var rest: [Int] = []
    for next in a.reversed() {
      rest = trimmed([next] + rest)
      var low = 0
      var high = base
      while high - low > 1 {
        let middle = (low + high) / 2
        if compare(multiply(b, [middle]), rest) <= 0 { low = middle } else { high = middle }
      }
      rest = subtract(rest, multiply(b, [low]))
      quotient.insert(low, at: 0)
    }
    return (trimmed(quotient), rest)
  }

  private static func roundHalfEven(_ quotient: [Int], rest: [Int], of divisor: [Int]) -> [Int] {
    let order = compare(add(rest, rest), divisor)
    let odd = digit(quotient, 0) % 2 == 1
    return order > 0 || (order == 0 && odd) ? add(quotient, [1]) : quotient
  }
}
