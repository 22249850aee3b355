/// Business days, rates and parts of patterned texts in the careful code.

extension Machine {
  /// A function of a business calendar: `c` is four times the calendar plus the function.
  static func business(
    _ program: borrowing Program, _ frame: inout Frame, _ i: CarefulInstruction
  ) {
    let (a, b) = (frame.slots[Int(i.a)], frame.slots[Int(i.b)])
    if let fault = fault(a, b, &frame, i) { return set(&frame, i, fault) }
    let function = BusinessFunction(rawValue: UInt8(i.c & 3)) ?? .isBusinessDay
    let moves = function == .add || function == .subtract
    if moves, DateFunction.whole(b) == nil {
      return set(&frame, i, Slot.error(Trap(.dateOutOfRange, site: Int(i.site))))
    }
    let value = program.calendars[Int(i.c >> 2)].value(function, a, b)
    set(&frame, i, value ?? Slot.error(Trap(.outsideCalendar, site: Int(i.site))))
  }

  /// An amount in the currency of a table of rates; 0 fits every currency as it is.
  static func convert(
    _ program: Program, _ frame: inout Frame, _ i: CarefulInstruction
  ) {
    let amount = frame.slots[Int(i.a)]
    let day = i.b < 0 ? Slot(index: frame.asOf.number) : frame.slots[Int(i.b)]
    if let fault = fault(amount, day, &frame, i) { return set(&frame, i, fault) }
    let own = currency(frame, Int(i.a))
    let wanted = UInt16(truncatingIfNeeded: i.e)
    guard own != wanted, own != 0 else {
      set(&frame, i, amount)
      if !frame.currencies.isEmpty { frame.currencies[Int(i.d)] = own }
      return
    }
    let name = frame.currencyName(Int(own), program)
    let result: Slot
    switch program.rates[Int(i.c)].rate(of: name, on: day.day) {
    case .rate(let rate):
      result =
        amount.decimal.multiplied(by: rate).map { Slot($0) }
        ?? Slot.error(Trap(.overflow, site: Int(i.site)))
    case .unknownCurrency: result = Slot.error(Trap(.unknownCurrency, site: Int(i.site)))
    case .missing: result = Slot.error(Trap(.rateMissing, site: Int(i.site)))
    }
    set(&frame, i, result)
    if !frame.currencies.isEmpty { frame.currencies[Int(i.d)] = wanted }
  }

  /// The date or serial of a text that matches a pattern.
  static func extract(
    _ program: Program, _ frame: inout Frame, _ body: Span<UInt8>, _ i: CarefulInstruction
  ) {
    let text = frame.slots[Int(i.a)]
    if let fault = fault(text, text, &frame, i) { return set(&frame, i, fault) }
    let value = Texts.part(
      Int(i.c), text, program.patterns[Int(i.b)], program.texts.span, frame.texts.span, body)
    set(&frame, i, value ?? Slot.error(Trap(.dateOutOfRange, site: Int(i.site))))
  }
}
