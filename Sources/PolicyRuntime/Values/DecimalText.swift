/// Decimals from text and to text: the number grammar of JSON, read exactly or refused.

extension Decimal {
  /// Why a text is not a decimal that can be held.
  public enum Refusal: Error, Sendable {
    /// Not the number grammar of JSON.
    case malformed
    /// More than 30 digits before the point.
    case tooManyDigits
    /// Digits that count behind the 8th place.
    case tooManyPlaces
  }

  /// Reads `-12000.50`; the JSON number grammar with exponents is accepted, `_` is not.
  public init(text: some Collection<UInt8>) throws(Refusal) {
    let bytes = Array(text)
    var at = 0
    let value = try Self.scan(bytes.span, &at)
    guard at == bytes.count else { throw .malformed }
    self = value
  }

  /// Reads the longest number at `at` and moves behind it; when it is malformed, `at` is the place.
  @inline(__always)
  static func scan(_ text: borrowing Span<UInt8>, _ at: inout Int) throws(Refusal) -> Decimal {
    let start = at
    var index = start
    let negative = index < text.count && text[index] == 0x2D
    if negative { index += 1 }
    let whole = index
    var mantissa: UInt64 = 0
    while index < text.count {
      let digit = text[index] &- 0x30
      if digit > 9 { break }
      mantissa = mantissa &* 10 &+ UInt64(digit)
      index &+= 1
    }
    var digits = index - whole
    if digits > 1 && text[whole] == 0x30 {
      at = whole + 1
      throw .malformed
    }
    var places = 0
    if digits > 0 && index < text.count && text[index] == 0x2E {
      index += 1
      let point = index
      while index < text.count {
        let digit = text[index] &- 0x30
        if digit > 9 { break }
        mantissa = mantissa &* 10 &+ UInt64(digit)
        index &+= 1
      }
      places = index - point
      digits = places == 0 ? 0 : digits + places
    }
    let exponent = index < text.count && text[index] | 0x20 == 0x65
    if digits == 0 || digits > 18 || places > 8 || exponent {
      var scanner = DecimalScanner(at: start)
      defer { at = scanner.at }
      return try scanner.read(text)
    }
    at = index
    let scaled = mantissa.multipliedFullWidth(by: Self.scale(places))
    let units = Int128(scaled.high) &<< 64 | Int128(scaled.low)
    return Decimal(units: negative ? -units : units)
  }

  /// Units in the last of so many places, from 0 to 8.
  @inline(__always)
  private static func scale(_ places: Int) -> UInt64 {
    switch places {
    case 0: 100_000_000
    case 1: 10_000_000
    case 2: 1_000_000
    case 3: 100_000
    case 4: 10_000
    case 5: 1000
    case 6: 100
    case 7: 10
    default: 1
    }
  }

  /// Canonical text: no exponent, no `+`, no superfluous zeros, at least `minimum` places.
  public func text(minimum: Int = 0) -> String {
    var bytes: [UInt8] = []
    write(to: &bytes, minimum: minimum)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the canonical text; for people with a comma between thousands.
  public func write<Sink: ByteSink & ~Copyable>(
    to out: inout Sink, minimum: Int = 0, grouped: Bool = false
  ) {
    if units < 0 { out.append(0x2D) }
    let magnitude = units.magnitude
    var fraction: UInt64
    if let small = UInt64(exactly: magnitude) {
      Self.write(small / 100_000_000, to: &out, grouped: grouped)
      fraction = small % 100_000_000
    } else {
      let (whole, rest) = magnitude.quotientAndRemainder(dividingBy: 100_000_000)
      Self.writeWide(whole, to: &out, grouped: grouped)
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

  /// Appends a fraction as a percentage: 0.06 is `6%`.
  public func writePercent<Sink: ByteSink & ~Copyable>(to out: inout Sink) {
    if units < 0 { out.append(0x2D) }
    let (whole, rest) = units.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    if let small = UInt64(exactly: whole) {
      Self.write(small, to: &out)
    } else {
      Self.writeWide(whole, to: &out)
    }
    var fraction = UInt64(rest)
    var weight: UInt64 = 100_000
    if fraction > 0 { out.append(0x2E) }
    while fraction > 0 {
      out.append(0x30 + UInt8(truncatingIfNeeded: fraction / weight))
      fraction %= weight
      weight /= 10
    }
    out.append(0x25)
  }

  /// Appends a whole number in decimal digits; grouped, with a comma between thousands.
  @inline(__always) static func write<Sink: ByteSink & ~Copyable>(
    _ value: UInt64, to out: inout Sink, grouped: Bool = false
  ) {
    if value < 10 {
      out.append(0x30 + UInt8(truncatingIfNeeded: value))
      return
    }
    // Filled from its end: dividing by ten, which is known here, is a multiplication.
    var digits = InlineArray<20, UInt8>(repeating: 0)
    var rest = value
    var first = 20
    while rest > 0 {
      first -= 1
      digits[first] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    for index in first..<20 {
      if grouped && index > first && (20 - index) % 3 == 0 { out.append(0x2C) }
      out.append(digits[index])
    }
  }

  /// The same for numbers of more digits.
  private static func writeWide<Sink: ByteSink & ~Copyable>(
    _ value: UInt128, to out: inout Sink, grouped: Bool = false
  ) {
    let digits = value.description.utf8
    for (index, digit) in digits.enumerated() {
      if grouped && index > 0 && (digits.count - index) % 3 == 0 { out.append(0x2C) }
      out.append(digit)
    }
  }
}

/// Reads a decimal of any length: sign, digits, fraction, exponent, as RFC 8259 writes numbers.
///
/// Zeros are counted and not multiplied in until a digit follows, so that their number does not matter.
private struct DecimalScanner {
  var at: Int
  private var digits: UInt128 = 0
  private var count = 0
  private var zeros = 0
  private var power = 0

  init(at: Int) { self.at = at }

  mutating func read(_ text: borrowing Span<UInt8>) throws(Decimal.Refusal) -> Decimal {
    let negative = take(0x2D, text)
    let start = at
    guard try run(text, fraction: false) > 0 else { throw .malformed }
    if at - start > 1 && text[start] == 0x30 {
      at = start + 1
      throw .malformed
    }
    if take(0x2E, text), try run(text, fraction: true) == 0 { throw .malformed }
    if take(0x65, text) || take(0x45, text) { try exponent(text) }
    return try value(negative: negative)
  }

  private mutating func take(_ byte: UInt8, _ text: borrowing Span<UInt8>) -> Bool {
    guard at < text.count, text[at] == byte else { return false }
    at += 1
    return true
  }

  private mutating func run(
    _ text: borrowing Span<UInt8>, fraction: Bool
  ) throws(Decimal.Refusal) -> Int {
    let start = at
    while at < text.count, (0x30...0x39).contains(text[at]) {
      if fraction { power -= 1 }
      add(text[at] - 0x30)
      at += 1
    }
    return at - start
  }

  private mutating func add(_ digit: UInt8) {
    if digit == 0 {
      if count > 0 { zeros += 1 }
      return
    }
    count += zeros + 1
    if count <= 38 {
      for _ in 0..<zeros { digits *= 10 }
      digits = digits * 10 + UInt128(digit)
    }
    zeros = 0
  }

  private mutating func exponent(_ text: borrowing Span<UInt8>) throws(Decimal.Refusal) {
    let negative = take(0x2D, text)
    if !negative { _ = take(0x2B, text) }
    let start = at
    var size = 0
    while at < text.count, (0x30...0x39).contains(text[at]) {
      if size < 1_000_000_000_000 { size = size * 10 + Int(text[at] - 0x30) }
      at += 1
    }
    guard at > start else { throw .malformed }
    power += negative ? -size : size
  }

  private func value(negative: Bool) throws(Decimal.Refusal) -> Decimal {
    if count == 0 { return .zero }
    let lowest = power + zeros
    guard count + lowest <= 30 else { throw .tooManyDigits }
    guard lowest >= -Decimal.places else { throw .tooManyPlaces }
    var units = digits
    for _ in 0..<(lowest + Decimal.places) { units *= 10 }
    return Decimal(units: negative ? -Int128(units) : Int128(units))
  }
}
