/// What the language computes of days and months: parts, and functions of two values.
///
/// Both codes call these functions, so that they can only give up or agree.

/// A function of a day or month and another value; the number is the operand `c` of the instruction.
public enum DateFunction: UInt8, Sendable {
  /// A month so many months later.
  case addToMonth
  /// A month so many months before.
  case subtractFromMonth
  /// The number of months from one month to another.
  case monthsBetween
  /// `day 25 of m`: the number first, then the month.
  case dayOfMonth
}

extension DateFunction {
  /// The value; nil when it lies outside the calendar or a number is no whole one.
  func value(_ a: Slot, _ b: Slot) -> Slot? {
    switch self {
    case .addToMonth, .subtractFromMonth:
      guard let count = Self.whole(b) else { return nil }
      let month = Month(number: a.index)
      return month.adding(months: self == .addToMonth ? count : -count).map {
        Slot(index: $0.number)
      }
    case .monthsBetween: return Slot(Decimal(b.index - a.index))
    case .dayOfMonth:
      guard let day = Self.whole(a) else { return nil }
      return Month(number: b.index).day(day).map { Slot(index: $0.number) }
    }
  }

  /// The whole number of a slot, or nil for a fraction or one beyond all calendars.
  static func whole(_ slot: Slot) -> Int? {
    let (whole, rest) = slot.bits.quotientAndRemainder(dividingBy: Decimal.one)
    guard rest == 0, whole.magnitude < 1 << 40 else { return nil }
    return Int(truncatingIfNeeded: whole)
  }
}

extension DateFunction {
  /// What is added to the number of a part when it is taken of a month and not of a day.
  public static let ofMonth = 16

  /// A part of a day or month, in the order of `TypedExpression.DatePart`.
  static func part(_ index: Int, of slot: Slot) -> Slot {
    if index >= ofMonth { return part(index - ofMonth, of: Month(number: slot.index)) }
    let day = slot.day
    switch index {
    case 0: return Slot(Decimal(day.parts.day))
    case 3: return Slot(Decimal(day.weekday))
    case 4: return Slot(index: day.endOfMonth.number)
    case 5: return Slot(index: Month(of: day).number)
    case 8:
      let month = Month(of: day)
      return Slot(index: Month(number: month.number + 2 - (month.month - 1) % 3).lastDay.number)
    default: return part(index, of: Month(of: day))
    }
  }

  private static func part(_ index: Int, of month: Month) -> Slot {
    switch index {
    case 1: Slot(Decimal(month.month))
    case 2: Slot(Decimal(month.year))
    case 6: Slot(Decimal((month.month + 2) / 3))
    case 7: Slot(Decimal((month.month + 5) / 6))
    case 9: Slot(index: month.firstDay.number)
    default: Slot(index: month.lastDay.number)
    }
  }
}
