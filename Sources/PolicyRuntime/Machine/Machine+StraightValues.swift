/// What the straight code does less often: kept out of its loop, so that the registers serve the common operations.

extension Machine {
  /// Whether a comparison holds for an item of a list; the items are compared where they lie.
  @inline(never)
  static func scan(
    _ loop: Program.Loop, _ test: Instruction, inItem: UInt8, _ slots: Span<Slot>
  ) -> Bool {
    let list = slots[Int(loop.list)]
    let (stride, offset) = (Int(loop.stride), list.first &- Int(loop.block))
    let aStep = inItem & 1 != 0 ? stride : 0
    let bStep = inItem & 2 != 0 ? stride : 0
    var a = test.a &+ (inItem & 1 != 0 ? offset : 0)
    var b = test.b &+ (inItem & 2 != 0 ? offset : 0)
    @inline(__always) func any(_ holds: (Int128, Int128) -> Bool) -> Bool {
      for _ in 0..<list.count {
        if holds(slots[a].bits, slots[b].bits) { return true }
        a &+= aStep
        b &+= bStep
      }
      return false
    }
    switch test.operation {
    case .ifLess: return any { $0 < $1 }
    case .ifNotLess: return any { $0 >= $1 }
    case .ifEqual: return any { $0 == $1 }
    default: return any { $0 != $1 }
    }
  }

  /// Operations on values alone; nil gives up.
  @inline(never)
  static func compute(_ i: Instruction, _ slots: Span<Slot>) -> Slot? {
    if i.operation == .sum { return sum(i, slots) }
    let a = slots[i.a]
    switch i.operation {
    case .multiply: return a.decimal.multiplied(by: slots[i.b].decimal).map { Slot($0) }
    case .divide:
      let b = slots[i.b].decimal
      return b.units == 0 ? nil : a.decimal.divided(by: b).map { Slot($0) }
    case .negate: return Slot(bits: -a.bits)
    case .round:
      let direction = Decimal.Rounding(rawValue: UInt8(truncatingIfNeeded: i.c)) ?? .halfEven
      return a.decimal.rounded(places: i.b, direction).map { Slot($0) }
    case .addDays: return shifted(a, by: slots[i.b], months: false, negated: i.c == 1)
    case .addMonths: return shifted(a, by: slots[i.b], months: true, negated: i.c == 1)
    case .daysBetween: return Slot(Decimal(slots[i.b].index - a.index))
    case .datePart: return DateFunction.part(i.c, of: a)
    case .dateFunction:
      return DateFunction(rawValue: UInt8(truncatingIfNeeded: i.c))?.value(a, slots[i.b])
    default: return nil
    }
  }

  private static func sum(_ i: Instruction, _ slots: Span<Slot>) -> Slot? {
    var sum: Int128 = 0
    for slot in i.a..<i.a + i.b {
      sum &+= slots[slot].bits
      guard Decimal.holds(sum) else { return nil }
    }
    return Slot(bits: sum)
  }

  /// Operations that look into tables, calendars, patterns and verdicts; nil gives up.
  @inline(never)
  static func seek(
    _ i: Instruction, _ program: borrowing Program, _ found: borrowing Findings,
    _ slots: Span<Slot>, _ texts: Span<UInt8>, _ body: Span<UInt8>
  ) -> Slot? {
    switch i.operation {
    case .collect: return program.tables[i.a].collected(for: slots, at: i.b, column: i.c)
    case .lookup:
      let row = row(of: program.tableHeads[i.a], i.a, program, slots, at: i.b)
      return row == -2 ? nil : Slot(index: row)
    case .column:
      return program.value(program.tableHeads[i.a], row: slots[i.b].index, column: i.c)
    case .business:
      let code = UInt8(truncatingIfNeeded: i.c & 3)
      let function = BusinessFunction(rawValue: code) ?? .isBusinessDay
      return program.calendars[i.c >> 2].value(function, slots[i.a], slots[i.b])
    case .extract:
      let pattern = program.patterns[i.b]
      return Texts.part(i.c, slots[i.a], pattern, program.texts.span, texts, body)
    case .decisionIs:
      let possible = found.verdicts[i.a].possible.rawValue
      let common = possible & program.bitSets[i.b]
      return common != 0 && common != possible ? nil : Slot(common == possible)
    case .decisionValue:
      let verdict = found.verdicts[i.a]
      if verdict.possible == .notApplicable { return nil }
      let member = verdict.possible.firstMember
      return member >= 0 ? Slot(index: member) : slots[program.plans[i.a].valueSlot]
    default: return nil
    }
  }

  /// A date moved by a whole number of days or months; nil when it is no date any more.
  static func shifted(_ date: Slot, by amount: Slot, months: Bool, negated: Bool) -> Slot? {
    let (whole, rest) = amount.bits.quotientAndRemainder(dividingBy: Decimal.one)
    guard rest == 0, let count = Int(exactly: negated ? -whole : whole) else { return nil }
    let day = months ? date.day.adding(months: count) : date.day.adding(days: count)
    return day.map { Slot(index: $0.number) }
  }

  /// Whether a test of a text holds.
  @inline(never)
  static func textTest(
    _ i: Instruction, _ program: borrowing Program, _ slots: Span<Slot>,
    _ texts: Span<UInt8>, _ body: Span<UInt8>
  ) -> Bool {
    let a = slots[i.a]
    let constants = program.texts.span
    switch i.operation {
    case .ifEqualText:
      return Texts.equal(a, slots[i.b], constants, texts, body)
    case .ifTextTest:
      return Texts.test(i.c, a, slots[i.b], constants, texts, body)
    case .ifMatches:
      return Texts.matches(a, program.patterns[i.b], constants, texts, body)
    default: return a.isSpecial || Texts.isBlank(a, constants, texts, body)
    }
  }
}
