/// Exact fractions of whole numbers; what cannot be held is nil, and never rounded.

/// A fraction in lowest terms, its denominator positive.
struct Fraction: Hashable {
  let numerator: Int128
  let denominator: Int128

  static let zero = Fraction(0)
  static let one = Fraction(1)

  init(_ value: Int128) {
    numerator = value
    denominator = 1
  }

  /// The quotient of two whole numbers; nil for a denominator of zero.
  init?(_ numerator: Int128, over denominator: Int128) {
    guard denominator != 0 else { return nil }
    let shared = Self.gcd(numerator, denominator)
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.numerator = numerator / shared * sign
    self.denominator = denominator / shared * sign
  }

  /// The greatest common divisor, at least 1.
  static func gcd(_ a: Int128, _ b: Int128) -> Int128 {
    var (x, y) = (abs(a), abs(b))
    while y != 0 { (x, y) = (y, x % y) }
    return max(x, 1)
  }

  /// The least common multiple; nil when it cannot be held.
  static func lcm(_ a: Int128, _ b: Int128) -> Int128? { product(a / gcd(a, b), b) }

  /// The product of two whole numbers; nil when it cannot be held with room to spare.
  static func product(_ a: Int128, _ b: Int128) -> Int128? {
    let (result, overflows) = a.multipliedReportingOverflow(by: b)
    return overflows || abs(result) > Stretches.infinity ? nil : result
  }

  /// The sum of two whole numbers; nil when it cannot be held with room to spare.
  static func sum(_ a: Int128, _ b: Int128) -> Int128? {
    let (result, overflows) = a.addingReportingOverflow(b)
    return overflows || abs(result) > Stretches.infinity ? nil : result
  }

  /// The quotient of two whole numbers, the second not zero, as the next whole number below or above.
  static func quotient(
    _ a: Int128, _ b: Int128, rounding: FloatingPointRoundingRule
  ) -> Int128 {
    if b == 1 { return a }
    if b == -1 { return -a }
    let (quotient, rest) = a.quotientAndRemainder(dividingBy: b)
    if rest == 0 { return quotient }
    let isNegative = (rest < 0) != (b < 0)
    if rounding == .down { return isNegative ? quotient - 1 : quotient }
    return isNegative ? quotient : quotient + 1
  }

  func adding(_ other: Fraction) -> Fraction? {
    guard let left = Self.product(numerator, other.denominator),
      let right = Self.product(other.numerator, denominator), let sum = Self.sum(left, right),
      let below = Self.product(denominator, other.denominator)
    else { return nil }
    return Fraction(sum, over: below)
  }

  func multiplied(by other: Fraction) -> Fraction? {
    let (a, b) = (Self.gcd(numerator, other.denominator), Self.gcd(other.numerator, denominator))
    guard let above = Self.product(numerator / a, other.numerator / b),
      let below = Self.product(denominator / b, other.denominator / a)
    else { return nil }
    return Fraction(above, over: below)
  }

  var negated: Fraction { Fraction(-numerator, denominator) }

  private init(_ numerator: Int128, _ denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// The greatest whole number that is not greater.
  var floor: Int128 {
    let quotient = numerator / denominator
    return numerator % denominator < 0 ? quotient - 1 : quotient
  }

  /// The least whole number that is not less.
  var ceiling: Int128 {
    let quotient = numerator / denominator
    return numerator % denominator > 0 ? quotient + 1 : quotient
  }
}
