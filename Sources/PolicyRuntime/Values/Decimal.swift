/// Exact decimals: the numbers, amounts and percentages of every policy, and how they round.
///
/// A decimal is a count of 10⁻⁸: fixed point in 128 bits, 30 digits before the point and 8 behind it.
/// Adding, subtracting and comparing are exact or `nil` (overflow); multiplying and dividing round
/// half-even at the 8th place, and nothing else rounds. Binary floating point never occurs.

/// A fixed-point decimal with 8 places behind the point.
public struct Decimal: Hashable, Sendable, Comparable {
  /// The value times 10⁸.
  public var units: Int128

  /// Places behind the point.
  public static let places = 8
  /// Units in 1.
  public static let one: Int128 = 100_000_000
  /// All magnitudes stay below this: 10³⁰ in units.
  public static let bound: Int128 = 100_000_000_000_000_000_000_000_000_000_000_000_000

  /// The decimal of a count of 10⁻⁸; the caller keeps it within `bound`.
  @inline(__always) public init(units: Int128) { self.units = units }

  /// A whole number.
  public init(_ value: Int) { units = Int128(value) * Self.one }

  /// Zero.
  public static let zero = Decimal(units: 0)

  /// Whether one comes before the other.
  @inline(__always) public static func < (a: Decimal, b: Decimal) -> Bool { a.units < b.units }

  /// Whether a raw result lies within the range of decimals.
  @inline(__always) static func holds(_ units: Int128) -> Bool {
    units < bound && units > -bound
  }

  /// The exact sum, or nil when it cannot be held.
  @inline(__always) public func adding(_ other: Decimal) -> Decimal? {
    let sum = units &+ other.units
    return Self.holds(sum) ? Decimal(units: sum) : nil
  }

  /// The exact difference, or nil when it cannot be held.
  @inline(__always) public func subtracting(_ other: Decimal) -> Decimal? {
    let difference = units &- other.units
    return Self.holds(difference) ? Decimal(units: difference) : nil
  }

  /// The product, rounded half-even at the 8th place, or nil when it cannot be held.
  public func multiplied(by other: Decimal) -> Decimal? {
    if let a = Int64(exactly: units), let b = Int64(exactly: other.units) {
      let (small, overflow) = a.multipliedReportingOverflow(by: b)
      if !overflow { return Decimal(units: Int128(Self.rescaled(small))) }
      return Decimal(units: Self.divideHalfEven(Int128(a) * Int128(b), by: Self.one))
    }
    let wide = units.magnitude.multipliedFullWidth(by: other.units.magnitude)
    return Self.quotient(wide, by: UInt128(Self.one), negative: (units < 0) != (other.units < 0))
  }

  /// The quotient, rounded half-even at the 8th place; nil when it cannot be held.
  ///
  /// The divisor is not zero: division by zero is the caller's own error.
  public func divided(by other: Decimal) -> Decimal? {
    if let scaled = Int64(exactly: units) {
      return Decimal(
        units: Self.divideHalfEven(Int128(scaled) * Self.one, by: other.units))
    }
    let wide = units.magnitude.multipliedFullWidth(by: UInt128(Self.one))
    return Self.quotient(
      wide, by: other.units.magnitude, negative: (units < 0) != (other.units < 0))
  }

  /// The directions of `round`, `round up` (away from zero) and `round down` (toward zero).
  public enum Rounding: UInt8, Sendable { case halfEven, up, down }

  /// Rounded to a number of places from 0 to 8; nil when it cannot be held.
  public func rounded(places: Int, _ rounding: Rounding) -> Decimal? {
    var step: Int128 = 1
    for _ in 0..<max(0, Self.places - places) { step *= 10 }
    let rest = units % step
    if rest == 0 { return self }
    let down = units - rest
    let away = down + (units < 0 ? -step : step)
    let result: Int128
    switch rounding {
    case .down: result = down
    case .up: result = away
    case .halfEven:
      let twice = rest.magnitude * 2
      if twice == UInt128(step) {
        result = (down / step) % 2 == 0 ? down : away
      } else {
        result = twice > UInt128(step) ? away : down
      }
    }
    return Self.holds(result) ? Decimal(units: result) : nil
  }

  /// A product in units of 10⁻¹⁶ brought back to 10⁻⁸, half-even, in one machine word.
  @inline(__always) private static func rescaled(_ product: Int64) -> Int64 {
    let (quotient, rest) = product.quotientAndRemainder(dividingBy: 100_000_000)
    let size = rest.magnitude
    if size < 50_000_000 || (size == 50_000_000 && quotient & 1 == 0) { return quotient }
    return product < 0 ? quotient - 1 : quotient + 1
  }

  /// `a / b` rounded half-even.
  private static func divideHalfEven(_ a: Int128, by b: Int128) -> Int128 {
    let (quotient, rest) = a.quotientAndRemainder(dividingBy: b)
    let twice = rest.magnitude * 2
    if twice < b.magnitude || (twice == b.magnitude && quotient % 2 == 0) { return quotient }
    return quotient + ((a < 0) != (b < 0) ? -1 : 1)
  }

  /// A 256-bit magnitude divided by a 128-bit one, half-even, with a sign; nil past the bound.
  private static func quotient(
    _ wide: (high: UInt128, low: UInt128), by divisor: UInt128, negative: Bool
  ) -> Decimal? {
    guard wide.high < divisor else { return nil }
    var (quotient, rest) = divisor.dividingFullWidth(wide)
    guard quotient < UInt128(bound) else { return nil }
    let missing = divisor - rest
    if rest > missing || (rest == missing && quotient % 2 == 1) { quotient += 1 }
    guard quotient < UInt128(bound) else { return nil }
    return Decimal(units: negative ? -Int128(quotient) : Int128(quotient))
  }
}
