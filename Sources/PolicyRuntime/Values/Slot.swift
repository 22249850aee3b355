/// A slot: 16 bytes that hold any scalar value of a decision, or say that there is none.
///
/// ```
/// number, money, percent   units of 10⁻⁸                       date, month, time   day, month, minute
/// bool                     0 or 1                              member, post   index
/// text, person             literal id << 64 | where << 62 | offset << 32 | length
/// list                     first slot << 32 | count            special  high word = Int64.min
/// ```
/// The high word `Int64.min` lies outside the range of decimals, so one comparison tells a special slot:
/// absent, unknown (with the number of a need) or error (with a trap).
public struct Slot: Equatable, Sendable {
  /// The raw bits.
  public var bits: Int128

  /// Wraps raw bits.
  @inline(__always) public init(bits: Int128) { self.bits = bits }
  /// A bool.
  @inline(__always) public init(_ value: Bool) { bits = value ? 1 : 0 }
  /// A decimal.
  @inline(__always) public init(_ value: Decimal) { bits = value.units }
  /// A day, member or post.
  @inline(__always) public init(index: Int) { bits = Int128(index) }

  /// The high word of every special slot.
  static var mark: Int128 { @inline(__always) get { Int128(Int64.min) << 64 } }

  /// A `T?` that was left out.
  public static var absent: Slot { @inline(__always) get { Slot(bits: mark) } }
  /// A fact that is not known; `need` is an index of `Frame.needs`.
  @inline(__always) public static func unknown(_ need: Int) -> Slot {
    Slot(bits: mark | (1 << 32) | Int128(need))
  }
  /// An error.
  @inline(__always) public static func error(_ trap: Trap) -> Slot {
    Slot(bits: mark | (2 << 32) | Int128(trap.packed))
  }

  /// Whether it is absent, unknown or an error.
  @inline(__always) public var isSpecial: Bool {
    Int64(truncatingIfNeeded: bits >> 64) == Int64.min
  }
  /// Whether it is absent.
  @inline(__always) public var isAbsent: Bool { bits == Self.mark }
  /// Whether it is unknown.
  @inline(__always) public var isUnknown: Bool { isSpecial && (bits >> 32) & 3 == 1 }
  /// Whether it is an error.
  @inline(__always) public var isError: Bool { isSpecial && (bits >> 32) & 3 == 2 }

  /// The need of an unknown slot.
  @inline(__always) public var need: Int { Int(UInt32(truncatingIfNeeded: bits)) }
  /// The trap of an error slot.
  @inline(__always) public var trap: Trap { Trap(packed: UInt32(truncatingIfNeeded: bits)) }
  /// The decimal of a number, amount or percentage.
  @inline(__always) public var decimal: Decimal { Decimal(units: bits) }
  /// The day number, member or post.
  @inline(__always) public var index: Int { Int(truncatingIfNeeded: bits) }
  /// The day of a date.
  @inline(__always) public var day: Day { Day(number: index) }
  /// Whether a bool is true; a special slot is not.
  @inline(__always) public var isTrue: Bool { bits == 1 }
  /// Whether a bool is false.
  @inline(__always) public var isFalse: Bool { bits == 0 }

  /// A list: its first slot and how many items it has.
  @inline(__always) public init(listAt first: Int, count: Int) {
    bits = Int128(first) << 32 | Int128(count)
  }
  /// The slot of the first item of a list.
  @inline(__always) public var first: Int { Int(UInt32(truncatingIfNeeded: bits >> 32)) }
  /// How many items a list has.
  @inline(__always) public var count: Int { Int(UInt32(truncatingIfNeeded: bits)) }

  /// Where the bytes of a text are.
  public enum TextHome: UInt8, Sendable {
    /// In the body of the request.
    case body
    /// In `Frame.texts` (it had escapes).
    case frame
    /// In `Program.texts`.
    case program
  }

  /// A text; `literal` is 0 or 1 + the number of the equal literal of the program.
  @inline(__always) public init(text offset: Int, length: Int, home: TextHome, literal: Int) {
    let low = UInt64(home.rawValue) << 62 | UInt64(offset) << 32 | UInt64(length)
    bits = Int128(literal) << 64 | Int128(low)
  }
  /// 0, or 1 + the number of the equal literal of the program.
  @inline(__always) public var literal: Int { Int(truncatingIfNeeded: bits >> 64) }
  /// Where the bytes are.
  @inline(__always) public var home: TextHome {
    TextHome(rawValue: UInt8(truncatingIfNeeded: (bits >> 62) & 3)) ?? .body
  }
  /// The range of the bytes in their home.
  @inline(__always) public var textRange: Range<Int> {
    let offset = Int(truncatingIfNeeded: bits >> 32) & 0x3FFF_FFFF
    return offset..<offset + Int(UInt32(truncatingIfNeeded: bits))
  }
}

/// Why a decision could not be computed, and where.
public struct Trap: Hashable, Sendable {
  /// The kinds, named as cases and problem documents name them.
  public enum Kind: UInt8, Sendable, CaseIterable {
    case overflow
    case divisionByZero
    case twoCurrencies
    case parameterMissing
    case noRow
    case severalRows
    case emptyList
    case absentValue
    case notApplicableValue
    case dateOutOfRange
    case severalMatches
    case noMatch
    case negativeAmount
    case tooManyItems
    case outsideCalendar
    case rateMissing
    case unknownCurrency

    /// The name on the wire: `division_by_zero`.
    public var code: String {
      switch self {
      case .overflow: "overflow"
      case .divisionByZero: "division_by_zero"
      case .twoCurrencies: "two_currencies"
      case .parameterMissing: "parameter_missing"
      case .noRow: "no_row"
      case .severalRows: "several_rows"
      case .emptyList: "empty_list"
      case .absentValue: "absent_value"
      case .notApplicableValue: "not_applicable_value"
      case .dateOutOfRange: "date_out_of_range"
      case .severalMatches: "several_matches"
      case .noMatch: "no_match"
      case .negativeAmount: "negative_amount"
      case .tooManyItems: "too_many_items"
      case .outsideCalendar: "outside_calendar"
      case .rateMissing: "rate_missing"
      case .unknownCurrency: "unknown_currency"
      }
    }
  }

  /// What went wrong.
  public let kind: Kind
  /// The index of the place in `Program.sites`.
  public let site: Int

  /// Makes a trap.
  @inline(__always) public init(_ kind: Kind, site: Int) {
    self.kind = kind
    self.site = site
  }

  @inline(__always) var packed: UInt32 {
    UInt32(kind.rawValue) << 24 | UInt32(truncatingIfNeeded: site) & 0xFF_FFFF
  }
  @inline(__always) init(packed: UInt32) {
    kind = Kind(rawValue: UInt8(truncatingIfNeeded: packed >> 24)) ?? .overflow
    site = Int(packed & 0xFF_FFFF)
  }
}
