/// Decimals: text both ways, rounding, the bounds, and arithmetic against a schoolbook big integer.
import PolicyRuntime
import Testing

struct DecimalTests {
  private func decimal(_ text: String) throws -> Decimal { try Decimal(text: Array(text.utf8)) }

  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("0.00", "0"), ("12000.50", "12000.5"), ("-1.00000001", "-1.00000001"),
    ("1e3", "1000"), ("1E+3", "1000"), ("150e-2", "1.5"), ("0.000000010", "0.00000001"),
    ("999999999999999999999999999999.99999999", "999999999999999999999999999999.99999999"),
    ("123456789012345678", "123456789012345678"), ("0e999999999999", "0"),
    ("1000000000000000000000000000000000000000e-39", "1"),
    ("0.00000000000000000000000000000000000000001e41", "1"),
  ])
  func readsAndWrites(_ text: String, _ canonical: String) throws {
    #expect(try decimal(text).text() == canonical)
    #expect(try decimal(canonical) == decimal(text))
  }

  @Test(arguments: [
    "", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "0x1", "NaN", "Infinity", "1_000", " 1",
    "1 ",
    "1.e2", "--1", "00",
  ])
  func refusesOtherGrammars(_ text: String) {
    #expect(throws: Decimal.Refusal.malformed) { try decimal(text) }
  }

  @Test func refusesWhatCannotBeHeld() {
    for text in ["1e30", "1000000000000000000000000000000", "9e999999999999999999"] {
      #expect(throws: Decimal.Refusal.tooManyDigits) { try decimal(text) }
    }
    #expect(throws: Decimal.Refusal.tooManyDigits) {
      try decimal(String(repeating: "9", count: 400))
    }
    for text in ["0.000000001", "1e-9", "1.123456789", "5e-999999999999"] {
      #expect(throws: Decimal.Refusal.tooManyPlaces) { try decimal(text) }
    }
  }

  @Test func roundsInEachDirection() throws {
    let rows = [
      ("2.5", 0, "2", "3", "2"), ("3.5", 0, "4", "4", "3"), ("-2.5", 0, "-2", "-3", "-2"),
      ("1.005", 2, "1", "1.01", "1"), ("1.015", 2, "1.02", "1.02", "1.01"),
      ("0.00000001", 2, "0", "0.01", "0"), ("7", 3, "7", "7", "7"),
    ]
    for (text, places, even, up, down) in rows {
      let value = try decimal(text)
      #expect(value.rounded(places: places, .halfEven)?.text() == even)
      #expect(value.rounded(places: places, .up)?.text() == up)
      #expect(value.rounded(places: places, .down)?.text() == down)
    }
  }

  @Test func overflowsAtTheBounds() throws {
    let most = Decimal(units: Decimal.bound - 1)
    let least = Decimal(units: 1 - Decimal.bound)
    let unit = Decimal(units: 1)
    #expect(most.adding(unit) == nil)
    #expect(least.subtracting(unit) == nil)
    #expect(most.adding(least) == .zero)
    #expect(most.multiplied(by: most) == nil)
    #expect(most.multiplied(by: Decimal(1)) == most)
    #expect(most.divided(by: unit) == nil)
    #expect(most.divided(by: most) == Decimal(1))
    #expect(most.rounded(places: 0, .up) == nil)
  }

  @Test func multipliesAndDividesLikeSchool() {
    var random = Seeded(state: 20_261_121)
    for _ in 0..<20_000 {
      let a = random.decimal()
      let b = random.decimal()
      #expect(a.multiplied(by: b) == School.product(a, b), "\(a.text()) × \(b.text())")
      if b != .zero {
        #expect(a.divided(by: b) == School.quotient(a, b), "\(a.text()) / \(b.text())")
      }
    }
  }

  @Test(arguments: [
    ("0.06", "6%"), ("-0.005", "-0.5%"), ("1", "100%"), ("0", "0%"), ("0.00000001", "0.000001%"),
    ("999999999999999999999999999999", "99999999999999999999999999999900%"),
  ])
  func writesPercentages(_ text: String, _ percentage: String) throws {
    var bytes: [UInt8] = []
    try decimal(text).writePercent(to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == percentage)
  }
}

/// A small generator with a seed, so that a failure can be repeated.
private struct Seeded {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  /// Sizes from one digit to the bound, and often a round number.
  mutating func decimal() -> Decimal {
    let wide = Int128(next()) << 63 | Int128(next() >> 1)
    var units = wide % Decimal.bound
    for _ in 0..<next() % 39 { units /= 10 }
    if next() % 4 == 0 { units = units / Decimal.one * Decimal.one }
    if next() % 4 == 0 { units = units / 50_000_000 * 50_000_000 }
    return Decimal(units: next() % 2 == 0 ? units : -units)
  }
}

/// Long multiplication and division on base-10 digits, least first: slow and plain.
private enum School {
  static func digits(_ value: UInt128) -> [Int] {
    Array(value.description.utf8.reversed().map { Int($0) - 48 })
  }

  static func product(_ a: Decimal, _ b: Decimal) -> Decimal? {
    let (x, y) = (digits(a.units.magnitude), digits(b.units.magnitude))
    var sum = [Int](repeating: 0, count: x.count + y.count + 1)
    for i in x.indices { for j in y.indices { sum[i + j] += x[i] * y[j] } }
    return divide(carried(sum), by: 100_000_000, negative: (a.units < 0) != (b.units < 0))
  }

  static func quotient(_ a: Decimal, _ b: Decimal) -> Decimal? {
    let scaled = [Int](repeating: 0, count: 8) + digits(a.units.magnitude)
    return divide(scaled, by: b.units.magnitude, negative: (a.units < 0) != (b.units < 0))
  }

  private static func carried(_ sums: [Int]) -> [Int] {
    var sums = sums
    for index in sums.indices.dropLast() {
      sums[index + 1] += sums[index] / 10
      sums[index] %= 10
    }
    return sums
  }

  /// Digit by digit from the left, then half-even; nil past the bound.
  private static func divide(_ digits: [Int], by divisor: UInt128, negative: Bool) -> Decimal? {
    var rest: UInt128 = 0
    var result: UInt128 = 0
    var large = false
    for digit in digits.reversed() {
      // Ten times the rest may pass 128 bits: subtract as often as it goes, step by step.
      var part = 0
      var next: UInt128 = UInt128(digit)
      for _ in 0..<10 {
        next += rest
        while next >= divisor {
          next -= divisor
          part += 1
        }
      }
      rest = next
      if result >= UInt128(Decimal.bound) / 10 { large = true }
      if !large { result = result * 10 + UInt128(part) }
    }
    let twice = rest * 2
    if twice > divisor || (twice == divisor && result % 2 == 1) { result += 1 }
    guard !large, result < UInt128(Decimal.bound) else { return nil }
    return Decimal(units: negative ? -Int128(result) : Int128(result))
  }
}
