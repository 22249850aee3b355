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
    let missing = divisor - rest
    if rest > missing || (rest == missing && quotient % 2 == 1) { quotient += 1 }
    guard quotient < UInt128(bound) else { return nil }
    return Decimal(units: negative ? -Int128(quotient) : Int128(quotient))
  }
}

extension Decimal {
  /// Why a text is not a decimal that can be held.
  public enum Refusal: Error, Sendable { case malformed, tooManyDigits }

  /// Reads `-12000.50`; the JSON number grammar with exponents is accepted, `_` is not.
  public init(text: some Collection<UInt8>) throws(Refusal) {
    var reader = DecimalScanner()
    for byte in text { try reader.take(byte) }
    self = try reader.finish()
  }

  /// Canonical text: no exponent, no `+`, no superfluous zeros, at least `minimum` places.
  public func text(minimum: Int = 0) -> String {
    var bytes: [UInt8] = []
    write(to: &bytes, minimum: minimum)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the canonical text.
  public func write(to out: inout [UInt8], minimum: Int = 0) {
    if units < 0 { out.append(0x2D) }
    let magnitude = units.magnitude
    var fraction: UInt64
    if let small = UInt64(exactly: magnitude) {
      Self.write(small / 100_000_000, to: &out)
      fraction = small % 100_000_000
    } else {
      let (whole, rest) = magnitude.quotientAndRemainder(dividingBy: 100_000_000)
      out.append(contentsOf: whole.description.utf8)
      fraction = UInt64(rest)
    }
    if fraction == 0 && minimum == 0 { return }
    out.append(0x2E)
    var written = 0
    var weight: UInt64 = 10_000_000
    while written < Self.places, fraction > 0 || written < minimum {
      out.append(0x30 + UInt8(truncatingIfNeeded: fraction / weight))
      fraction %= weight
      weight = max(1, weight / 10)
      written += 1
    }
  }

  /// Appends a whole number in decimal digits.
  @inline(__always) static func write(_ value: UInt64, to out: inout [UInt8]) {
    if value < 10 {
      out.append(0x30 + UInt8(truncatingIfNeeded: value))
      return
    }
    var divisor: UInt64 = 10
    while value / divisor >= 10 { divisor *= 10 }
    var rest = value
    while divisor > 0 {
      out.append(0x30 + UInt8(truncatingIfNeeded: rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }
}

/// Reads a decimal byte by byte: sign, digits, fraction, exponent, as RFC 8259 writes numbers.
struct DecimalScanner {
  private enum State { case start, sign, zero, whole, point, fraction, e, eSign, exponent }
  private var state = State.start
  private var negative = false
  private var digits: UInt128 = 0
  private var significant = 0
  private var fractionDigits = 0
  private var exponent = 0
  private var exponentNegative = false

  mutating func take(_ byte: UInt8) throws(Decimal.Refusal) {
    switch (state, byte) {
    case (.start, 0x2D):
      negative = true
      state = .sign
    case (.start, 0x30), (.sign, 0x30): state = .zero
    case (.start, 0x31...0x39), (.sign, 0x31...0x39), (.whole, 0x30...0x39):
      state = .whole
      try add(byte)
    case (.zero, 0x2E), (.whole, 0x2E): state = .point
    case (.point, 0x30...0x39), (.fraction, 0x30...0x39):
      state = .fraction
      fractionDigits += 1
      try add(byte)
    case (.zero, 0x65), (.zero, 0x45), (.whole, 0x65), (.whole, 0x45), (.fraction, 0x65),
      (.fraction, 0x45):
      state = .e
    case (.e, 0x2B): state = .eSign
    case (.e, 0x2D):
      exponentNegative = true
      state = .eSign
    case (.e, 0x30...0x39), (.eSign, 0x30...0x39), (.exponent, 0x30...0x39):
      state = .exponent
      if exponent < 100_000 { exponent = exponent * 10 + Int(byte - 0x30) }
    default: throw .malformed
    }
  }

  private mutating func add(_ byte: UInt8) throws(Decimal.Refusal) {
    if significant == 0 && byte == 0x30 { return }
    significant += 1
    guard significant <= 38 else {
      // Zeros behind the last place that counts add nothing; more digits cannot be held.
      guard byte == 0x30, state == .fraction else { throw .tooManyDigits }
      fractionDigits -= 1
      return
    }
    digits = digits * 10 + UInt128(byte - 0x30)
  }

  consuming func finish() throws(Decimal.Refusal) -> Decimal {
    switch state {
    case .zero, .whole, .fraction, .exponent: break
    default: throw .malformed
    }
    if digits == 0 { return .zero }
    var shift = Decimal.places - fractionDigits + (exponentNegative ? -exponent : exponent)
    while shift < 0 {
      guard digits % 10 == 0 else { throw .tooManyDigits }
      digits /= 10
      shift += 1
    }
    while shift > 0 {
      let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
      guard !overflow else { throw .tooManyDigits }
      digits = product
      shift -= 1
    }
    guard digits < UInt128(Decimal.bound) else { throw .tooManyDigits }
    return Decimal(units: negative ? -Int128(digits) : Int128(digits))
  }
}
