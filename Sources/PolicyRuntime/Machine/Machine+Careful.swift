/// The interpreter of the careful code: every value may be unknown (with what is needed), absent or an error.

extension Machine {
  /// Runs a stretch of careful code: the whole of it, or the code of one hole of a text.
  public static func runCareful(
    _ program: Program, _ frame: inout Frame, body: Span<UInt8>, _ code: Range<Int>
  ) {
    var pc = code.lowerBound
    while pc < code.upperBound {
      let i = program.careful[pc]
      pc += 1
      switch i.operation {
      case .loop:
        let list = frame.slots[Int(program.loops[Int(i.a)].list)]
        if i.d > 0 { frame.slots[Int(i.d)] = Slot(index: frame.top) }
        if list.isSpecial || list.count == 0 {
          pc = Int(i.e)
        } else {
          load(program, &frame, loop: Int(i.a), item: 0)
        }
      case .next:
        let loop = program.loops[Int(i.a)]
        let item = frame.slots[Int(loop.counter)].index + 1
        if i.d > 0 { frame.top = frame.slots[Int(i.d)].index }
        if item < frame.slots[Int(loop.list)].count {
          load(program, &frame, loop: Int(i.a), item: item)
          pc = Int(i.e)
        }
      case .listFault:
        let list = frame.slots[Int(i.b)]
        if list.isSpecial { set(&frame, i, settled(list, i)) }
      case .include: include(&frame, i)
      case .finish: finish(&frame, i)
      case .record: record(program, &frame, body, i)
      case .applies: frame.applies[Int(i.a)] = settled(frame.slots[Int(i.b)], i)
      case .conclude: conclude(program, &frame, Int(i.a), body: body)
      case .lookup: lookup(program, &frame, i)
      case .decisionIs: set(&frame, i, decisionIs(program, &frame, i))
      case .decisionValue: decisionValue(program, &frame, i)
      case .select: select(program, &frame, body, i)
      case .copyBlock, .merge, .listBegin, .listAdd, .choose, .chosen, .allocate, .decisionRecord:
        list(program, &frame, body, i)
      case .business: business(program, &frame, i)
      case .convert: convert(program, &frame, i)
      case .extract: extract(program, &frame, body, i)
      case .and, .or, .not, .present, .blank, .member, .equalText, .textTest, .matches:
        set(&frame, i, truth(program, &frame, body, i))
      default: arithmetic(&frame, i)
      }
    }
  }

  /// Writes a result that has no currency.
  @inline(__always)
  static func set(_ frame: inout Frame, _ i: CarefulInstruction, _ value: Slot) {
    frame.slots[Int(i.d)] = value
  }

  /// An absent value that is used is an error.
  @inline(__always)
  static func settled(_ slot: Slot, _ i: CarefulInstruction) -> Slot {
    slot.isAbsent ? Slot.error(Trap(.absentValue, site: Int(i.site))) : slot
  }

  /// What stands in the way of using two values: the first error, else what is unknown; nil when nothing does.
  static func fault(
    _ a: Slot, _ b: Slot, _ frame: inout Frame, _ i: CarefulInstruction
  ) -> Slot? {
    guard a.isSpecial || b.isSpecial else { return nil }
    let a = settled(a, i)
    let b = settled(b, i)
    if a.isError { return a }
    if b.isError { return b }
    if a.isUnknown && b.isUnknown { return Slot.unknown(frame.union(a.need, b.need)) }
    return a.isUnknown ? a : b
  }

  // MARK: Truth

  private static func truth(
    _ program: Program, _ frame: inout Frame, _ body: Span<UInt8>, _ i: CarefulInstruction
  ) -> Slot {
    let a = frame.slots[Int(i.a)]
    switch i.operation {
    case .and: return connective(&frame, i, a, frame.slots[Int(i.b)], winner: false)
    case .or: return connective(&frame, i, a, frame.slots[Int(i.b)], winner: true)
    case .present: return a.isSpecial && !a.isAbsent ? a : Slot(!a.isAbsent)
    case .blank:
      if a.isAbsent { return Slot(true) }
      return a.isSpecial ? a : Slot(Texts.isBlank(a, program.texts.span, frame.texts.span, body))
    case .equalText, .textTest:
      let b = frame.slots[Int(i.b)]
      if let fault = fault(a, b, &frame, i) { return fault }
      if i.operation == .equalText {
        return Slot(Texts.equal(a, b, program.texts.span, frame.texts.span, body))
      }
      return Slot(Texts.test(Int(i.c), a, b, program.texts.span, frame.texts.span, body))
    default: break
    }
    let operand = settled(a, i)
    if operand.isSpecial { return operand }
    switch i.operation {
    case .not: return Slot(operand.isFalse)
    case .member:
      return Slot((program.bitSets[Int(i.b)] >> UInt64(operand.index & 63)) & 1 == 1)
    default:
      return Slot(
        Texts.matches(
          operand, program.patterns[Int(i.b)], program.texts.span, frame.texts.span, body))
    }
  }

  /// `and` (false wins) or `or` (true wins); then errors, then unknown.
  private static func connective(
    _ frame: inout Frame, _ i: CarefulInstruction, _ a: Slot, _ b: Slot, winner: Bool
  ) -> Slot {
    let win = Slot(winner)
    if a == win || b == win { return win }
    return fault(a, b, &frame, i) ?? Slot(!winner)
  }

  private static func select(
    _ program: borrowing Program, _ frame: inout Frame, _ body: Span<UInt8>, _ i: CarefulInstruction
  ) {
    let condition = settled(frame.slots[Int(i.a)], i)
    let (then, otherwise) = (Int(i.b), Int(i.e))
    if !condition.isSpecial {
      let from = condition.isTrue ? then : otherwise
      set(&frame, i, chosen(frame.slots[from], i))
      if !frame.currencies.isEmpty { frame.currencies[Int(i.d)] = frame.currencies[from] }
    } else if condition.isError {
      set(&frame, i, condition)
    } else {
      let (a, b) = (chosen(frame.slots[then], i), chosen(frame.slots[otherwise], i))
      let same =
        !a.isSpecial && !b.isSpecial && i.c != 2
        && (a == b
          || (i.c == 1 && Texts.equal(a, b, program.texts.span, frame.texts.span, body)))
      if same, let both = common(currency(frame, then), currency(frame, otherwise)) {
        set(&frame, i, a)
        if !frame.currencies.isEmpty { frame.currencies[Int(i.d)] = both }
      } else if a.isError || b.isError {
        set(&frame, i, a.isError ? a : b)
      } else if a.isAbsent && b.isAbsent {
        set(&frame, i, .absent)
      } else {
        var need = condition.need
        if a.isUnknown { need = frame.union(need, a.need) }
        if b.isUnknown { need = frame.union(need, b.need) }
        set(&frame, i, Slot.unknown(need))
      }
    }
  }

  /// A branch of a choice: one between optional fields may be absent, which is not yet to use it.
  private static func chosen(_ slot: Slot, _ i: CarefulInstruction) -> Slot {
    i.mask == 1 ? slot : settled(slot, i)
  }

  // MARK: Amounts and currencies

  /// The currency of a slot: 0 fits every currency.
  @inline(__always)
  static func currency(_ frame: borrowing Frame, _ slot: Int) -> UInt16 {
    frame.currencies.isEmpty ? 1 : frame.currencies[slot]
  }

  @inline(__always)
  private static func copy(_ frame: inout Frame, from: Int, _ i: CarefulInstruction) {
    frame.slots[Int(i.d)] = settled(frame.slots[from], i)
    if !frame.currencies.isEmpty { frame.currencies[Int(i.d)] = frame.currencies[from] }
  }

  /// The currency of two amounts together; nil when they differ.
  @inline(__always)
  static func common(_ a: UInt16, _ b: UInt16) -> UInt16? {
    a == b || b == 0 ? a : (a == 0 ? b : nil)
  }

  private static func arithmetic(_ frame: inout Frame, _ i: CarefulInstruction) {
    let (at, bt) = (Int(i.a), Int(i.b))
    let a = frame.slots[at]
    switch i.operation {
    case .move: copy(&frame, from: at, i)
    case .negate, .round, .datePart:
      let operand = settled(a, i)
      if operand.isSpecial { return set(&frame, i, operand) }
      set(&frame, i, unary(i, operand))
      if !frame.currencies.isEmpty { frame.currencies[Int(i.d)] = frame.currencies[at] }
    default:
      let b = frame.slots[bt]
      if let fault = fault(a, b, &frame, i) { return set(&frame, i, fault) }
      var result: UInt16 = 1
      if !frame.currencies.isEmpty {
        switch i.c {
        case 1:
          guard let both = common(frame.currencies[at], frame.currencies[bt]) else {
            return set(&frame, i, Slot.error(Trap(.twoCurrencies, site: Int(i.site))))
          }
          let amount = i.operation == .add || i.operation == .subtract
          result = amount ? both : 1
        case 2: result = frame.currencies[at]
        case 3: result = frame.currencies[bt]
        default: break
        }
        frame.currencies[Int(i.d)] = result
      }
      set(&frame, i, binary(i, a, b))
    }
  }

  private static func unary(_ i: CarefulInstruction, _ a: Slot) -> Slot {
    switch i.operation {
    case .negate: return Slot(bits: -a.bits)
    case .round:
      let direction = Decimal.Rounding(rawValue: UInt8(truncatingIfNeeded: i.c)) ?? .halfEven
      return decimal(a.decimal.rounded(places: Int(i.b), direction), i)
    default: return DateFunction.part(Int(i.c), of: a)
    }
  }

  private static func binary(_ i: CarefulInstruction, _ a: Slot, _ b: Slot) -> Slot {
    switch i.operation {
    case .compare:
      let result: UInt8 = a.bits < b.bits ? 1 : (a.bits == b.bits ? 2 : 4)
      return Slot(result & i.mask != 0)
    case .add: return decimal(a.decimal.adding(b.decimal), i)
    case .subtract: return decimal(a.decimal.subtracting(b.decimal), i)
    case .multiply: return decimal(a.decimal.multiplied(by: b.decimal), i)
    case .divide:
      if b.bits == 0 { return Slot.error(Trap(.divisionByZero, site: Int(i.site))) }
      return decimal(a.decimal.divided(by: b.decimal), i)
    case .daysBetween: return Slot(Decimal(b.index - a.index))
    case .addDays, .addMonths:
      return shifted(a, by: b, months: i.operation == .addMonths, negated: i.c == 1)
        ?? Slot.error(Trap(.dateOutOfRange, site: Int(i.site)))
    case .dateFunction:
      let function = DateFunction(rawValue: UInt8(truncatingIfNeeded: i.c))
      return function?.value(a, b) ?? Slot.error(Trap(.dateOutOfRange, site: Int(i.site)))
    default: return Slot.error(Trap(.overflow, site: Int(i.site)))
    }
  }

  @inline(__always)
  private static func decimal(_ value: Decimal?, _ i: CarefulInstruction) -> Slot {
    value.map { Slot($0) } ?? Slot.error(Trap(.overflow, site: Int(i.site)))
  }

  // MARK: Lists

  /// Adds one item to an aggregate: an error stays, then what is unknown, then the value.
  private static func include(_ frame: inout Frame, _ i: CarefulInstruction) {
    let condition = i.a < 0 ? Slot(true) : settled(frame.slots[Int(i.a)], i)
    if condition.isFalse { return }
    let held = frame.slots[Int(i.d)]
    if held.isError { return }
    let value = i.b < 0 ? Slot(Decimal(1)) : settled(frame.slots[Int(i.b)], i)
    if condition.isError { return set(&frame, i, condition) }
    if value.isError { return set(&frame, i, value) }
    var lacking = held.isUnknown ? held.need : -1
    for slot in [condition, value] where slot.isUnknown {
      lacking = lacking < 0 ? slot.need : frame.union(lacking, slot.need)
    }
    if lacking >= 0 { return set(&frame, i, Slot.unknown(lacking)) }
    let counter = Int(i.e)
    let first = frame.slots[counter].index == 0
    frame.slots[counter] = Slot(index: frame.slots[counter].index + 1)
    if !frame.currencies.isEmpty && i.b >= 0 && i.mask == 1 {
      let held = first && i.c > 1 ? 0 : frame.currencies[Int(i.d)]
      guard let both = common(held, frame.currencies[Int(i.b)]) else {
        return set(&frame, i, Slot.error(Trap(.twoCurrencies, site: Int(i.site))))
      }
      frame.currencies[Int(i.d)] = both
    }
    switch i.c {
    case 0, 1: set(&frame, i, decimal(held.decimal.adding(value.decimal), i))
    case 2: if first || value.bits < held.bits { set(&frame, i, value) }
    default: if first || value.bits > held.bits { set(&frame, i, value) }
    }
  }

  private static func finish(_ frame: inout Frame, _ i: CarefulInstruction) {
    guard !frame.slots[Int(i.d)].isSpecial, frame.slots[Int(i.a)].index == 0 else { return }
    if i.e >= 0 {
      copy(&frame, from: Int(i.e), i)
    } else {
      set(&frame, i, Slot.error(Trap(.emptyList, site: Int(i.site))))
    }
  }

  // MARK: Decisions

  private static func decisionIs(
    _ program: borrowing Program, _ frame: inout Frame, _ i: CarefulInstruction
  ) -> Slot {
    let verdict = frame.verdicts[Int(i.a)]
    let asked = Outcomes(rawValue: program.bitSets[Int(i.b)])
    // Nothing is approved without a history, whatever else is the matter.
    if asked == .approved && !frame.history.given { return Slot(false) }
    if let error = verdict.error { return Slot.error(error) }
    if verdict.possible.isSubset(of: asked) { return Slot(true) }
    if verdict.possible.isDisjoint(with: asked) { return Slot(false) }
    guard !frame.history.given, asked == .open || asked == .refused else {
      return Slot.unknown(max(0, Int(verdict.need)))
    }
    return Slot.unknown(frame.needingHistory(beside: Int(verdict.need)))
  }

  private static func decisionValue(
    _ program: borrowing Program, _ frame: inout Frame, _ i: CarefulInstruction
  ) {
    let verdict = frame.verdicts[Int(i.a)]
    let plan = program.plans[Int(i.a)]
    if let error = verdict.error { return set(&frame, i, Slot.error(error)) }
    if verdict.possible == .notApplicable {
      return set(&frame, i, Slot.error(Trap(.notApplicableValue, site: Int(i.site))))
    }
    if verdict.need >= 0 { return set(&frame, i, Slot.unknown(Int(verdict.need))) }
    if plan.kind == .grade {
      set(&frame, i, Slot(index: verdict.possible.firstMember))
    } else {
      copy(&frame, from: plan.valueSlot, i)
    }
  }

  private static func record(
    _ program: borrowing Program, _ frame: inout Frame, _ body: Span<UInt8>,
    _ i: CarefulInstruction
  ) {
    let verdict = settled(frame.slots[Int(i.b)], i)
    if verdict.isFalse { return }
    let item = i.c == 0xFFFF ? -1 : frame.slots[Int(program.loops[Int(i.c)].counter)].index
    var entry = Entry(clause: i.a, item: Int32(truncatingIfNeeded: item))
    if verdict.isUnknown {
      entry.state = .unknown
      entry.payload = UInt32(verdict.need)
    } else if verdict.isError {
      entry.state = .error
      entry.payload = verdict.trap.packed
    }
    let clause = program.clauses[Int(i.a)]
    if clause.clearPost >= 0 && !frame.clearances.isEmpty {
      entry.clearing = Int32(frame.clearings.count)
      let amount = clause.clearAmount
      frame.clearings.append(
        Clearing(
          post: settled(frame.slots[clause.clearPost], i),
          upTo: i.d < 0 ? Slot(true) : settled(frame.slots[Int(i.d)], i),
          amount: amount < 0 ? Slot.absent : frame.slots[amount],
          currency: amount < 0 ? 1 : currency(frame, amount),
          days: i.e < 0 ? Slot.absent : settled(frame.slots[Int(i.e)], i)))
      noteChanges(program, &frame, body, entry)
    }
    frame.found.entries.append(entry)
  }
}
