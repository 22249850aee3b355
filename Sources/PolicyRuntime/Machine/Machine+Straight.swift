/// The interpreter of the straight code: one loop over 16-byte instructions.

extension Machine {
  /// Runs from an instruction until the answer is found (`decided`), it gives up (`gaveUp`), or a decision
  /// must be combined that has no short way (`conclude` with c = 0): then the index of that instruction.
  static func interpret(
    _ program: borrowing Program, _ storage: inout [Slot], _ found: inout Findings,
    facts: Span<Slot>, texts: inout [UInt8], body: Span<UInt8>, from start: Int
  ) -> Int {
    let code = program.straight.span
    var slots = storage.mutableSpan
    if facts.count > 0 { load(facts, program, &slots) }
    var pc = start
    var tally = Tally(start: found.entries.count)
    var dispatchAt = 0
    var dispatchEnd = 0
    var dispatchTarget = 0
    // A jump that is checked stays a branch, which the processor foretells; a bare assignment becomes a
    // conditional move, and every instruction then waits for the values that the one before compares.
    @inline(__always) func go(_ i: Instruction) -> Int {
      precondition(i.target < code.count)
      return i.target
    }
    while true {
      let i = code[pc]
      pc += 1
      switch i.operation {
      case .jump: pc = i.target
      case .ifLess: if slots[i.a].bits < slots[i.b].bits { pc = go(i) }
      case .ifNotLess: if slots[i.a].bits >= slots[i.b].bits { pc = go(i) }
      case .ifEqual: if slots[i.a].bits == slots[i.b].bits { pc = go(i) }
      case .ifNotEqual: if slots[i.a].bits != slots[i.b].bits { pc = go(i) }
      case .ifTrue: if slots[i.a].isTrue { pc = go(i) }
      case .ifFalse: if slots[i.a].isFalse { pc = go(i) }
      case .ifPresent:
        if (slots[i.a].isSpecial ? 0 : 1) == i.mask { pc = go(i) }
      case .ifMember:
        let bit = (program.bitSets[i.b] >> UInt64(slots[i.a].index & 63)) & 1
        if UInt8(bit) == i.mask { pc = go(i) }
      case .demand: if slots[i.a].isSpecial { return gaveUp }
      case .move: slots[i.target] = slots[i.a]
      case .setBool: slots[i.target] = Slot(i.a == 1)
      case .add:
        let sum = slots[i.a].bits &+ slots[i.b].bits
        guard Decimal.holds(sum) else { return gaveUp }
        slots[i.target] = Slot(bits: sum)
      case .subtract:
        let difference = slots[i.a].bits &- slots[i.b].bits
        guard Decimal.holds(difference) else { return gaveUp }
        slots[i.target] = Slot(bits: difference)
      case .sum:
        var sum: Int128 = 0
        for slot in i.a..<i.a + i.b {
          sum &+= slots[slot].bits
          guard Decimal.holds(sum) else { return gaveUp }
        }
        slots[i.target] = Slot(bits: sum)
      case .loop:
        let loop = program.loops[i.a]
        guard slots[Int(loop.list)].count > 0 else {
          pc = i.target
          continue
        }
        step(loop, to: 0, &slots)
      case .next:
        let loop = program.loops[i.a]
        let item = slots[Int(loop.counter)].index + 1
        if item < slots[Int(loop.list)].count {
          step(loop, to: item, &slots)
          pc = i.target
        }
      case .scan:
        let test = code[pc]
        let found = scan(program.loops[i.a], test, slots)
        pc = found ? test.target : i.target
      case .tableValue:
        let head = program.tableHeads[i.a]
        let row = row(of: head, i.a, program, slots, at: i.b)
        guard row >= 0 else { return gaveUp }
        slots[i.target] =
          program.tableValues[Int(head.firstValue) + i.c * Int(head.rowCount) + row]
      case .collect:
        let value = program.tables[i.a].collected(for: slots.span, at: i.b, column: i.c)
        guard let value else { return gaveUp }
        slots[i.target] = value
      case .lookup:
        let row = row(of: program.tableHeads[i.a], i.a, program, slots, at: i.b)
        if row == -2 { return gaveUp }
        slots[i.target] = Slot(index: row)
      case .column:
        let head = program.tableHeads[i.a]
        let row = slots[i.b].index
        slots[i.target] =
          program.tableValues[Int(head.firstValue) + i.c * Int(head.rowCount) + row]
      case .fire:
        let item = i.b == Instruction.none ? -1 : slots[Int(program.loops[i.b].counter)].index
        found.entries.append(
          Entry(clause: Int32(truncatingIfNeeded: i.a), item: Int32(truncatingIfNeeded: item)))
        tally.effects |= i.mask
      case .fireBand:
        found.entries.append(Entry(clause: Int32(truncatingIfNeeded: i.a), item: -1))
        tally.bandClause = Int32(truncatingIfNeeded: i.a)
        tally.member = i.c
        pc = i.target
      case .fireCap:
        found.entries.append(Entry(clause: Int32(truncatingIfNeeded: i.a), item: -1))
        tally.cap = max(tally.cap, i.c)
      case .inapplicable:
        found.setInapplicable(i.a)
        pc = i.target
      case .conclude:
        guard i.c != 0 else { return pc - 1 }
        if i.c == Plan.Short.value.rawValue && slots[i.b].isSpecial { return gaveUp }
        found.conclude(i, tally)
        if i.mask == 1 { return decided }
        tally = Tally(start: found.entries.count)
      case .stop: return decided
      case .dispatch:
        (dispatchAt, dispatchEnd) = program.indices[i.a].find(slots[i.b])
        dispatchTarget = i.target
        if dispatchAt < dispatchEnd {
          pc = Int(program.indices[i.a].entries[dispatchAt])
          dispatchAt += 1
        } else {
          pc = dispatchTarget
        }
      case .dispatched:
        if dispatchAt < dispatchEnd {
          pc = Int(program.indices[i.a].entries[dispatchAt])
          dispatchAt += 1
        } else {
          pc = dispatchTarget
        }
      case .decisionIs:
        let possible = found.verdicts[i.a].possible.rawValue
        let common = possible & program.bitSets[i.b]
        if common != 0 && common != possible { return gaveUp }
        slots[i.target] = Slot(common == possible)
      case .decisionValue:
        let verdict = found.verdicts[i.a]
        if verdict.possible == .notApplicable { return gaveUp }
        let member = verdict.possible.firstMember
        slots[i.target] =
          member >= 0 ? Slot(index: member) : slots[program.plans[i.a].valueSlot]
      case .business:
        let code = UInt8(truncatingIfNeeded: i.c & 3)
        let function = BusinessFunction(rawValue: code) ?? .isBusinessDay
        let calendar = program.calendars[i.c >> 2]
        guard let value = calendar.value(function, slots[i.a], slots[i.b]) else {
          return gaveUp
        }
        slots[i.target] = value
      case .extract:
        guard
          let value = Texts.part(
            i.c, slots[i.a], program.patterns[i.b], program.texts.span, texts.span,
            body)
        else { return gaveUp }
        slots[i.target] = value
      case .ifEqualText, .ifTextTest, .ifMatches, .ifBlank:
        if textTest(i, program, slots, texts.span, body) == (i.mask == 1) { pc = go(i) }
      case .keep:
        let held = slots[i.target]
        let value = slots[i.a]
        if held.isSpecial || (i.mask == 1 ? value.bits < held.bits : value.bits > held.bits) {
          slots[i.target] = value
        }
      default:
        guard let value = compute(i, slots) else { return gaveUp }
        slots[i.target] = value
      }
    }
  }

  /// The row of a table for the keys from a slot on; -1 none, -2 several.
  @inline(__always)
  private static func row(
    of head: TableHead, _ table: Int, _ program: borrowing Program,
    _ slots: borrowing MutableSpan<Slot>, at first: Int
  ) -> Int {
    head.boundCount > 0
      ? program.segment(head, of: slots[first])
      : program.tables[table].row(for: slots.span, at: first)
  }

  /// How two values compare: less 1, equal 2, greater 4; without a branch, as nothing foretells it.
  @inline(__always)
  private static func order(_ a: Int128, _ b: Int128) -> UInt8 {
    let less: UInt8 = a < b ? 1 : 0
    let greater: UInt8 = b < a ? 4 : 0
    return less | greater | (less | greater == 0 ? 2 : 0)
  }

  /// Whether a comparison holds for an item of a list; the items are compared where they lie.
  @inline(__always)
  private static func scan(
    _ loop: Program.Loop, _ test: Instruction, _ slots: borrowing MutableSpan<Slot>
  ) -> Bool {
    let list = slots[Int(loop.list)]
    let block = Int(loop.block)..<Int(loop.block) + Int(loop.stride)
    var (a, b) = (test.a, test.b)
    let (aStep, bStep) = (block.contains(a) ? block.count : 0, block.contains(b) ? block.count : 0)
    if aStep > 0 { a += list.first - block.lowerBound }
    if bStep > 0 { b += list.first - block.lowerBound }
    for _ in 0..<list.count {
      if order(slots[a].bits, slots[b].bits) & test.mask != 0 { return true }
      a += aStep
      b += bStep
    }
    return false
  }

  @inline(__always)
  private static func step(_ loop: Program.Loop, to item: Int, _ slots: inout MutableSpan<Slot>) {
    let stride = Int(loop.stride)
    let from = slots[Int(loop.list)].first + item * stride
    let block = Int(loop.block)
    for offset in 0..<stride { slots[block + offset] = slots[from + offset] }
    slots[Int(loop.counter)] = Slot(index: item)
  }

  /// The rarer operations on values; nil gives up.
  private static func compute(_ i: Instruction, _ slots: borrowing MutableSpan<Slot>) -> Slot? {
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

  /// A date moved by a whole number of days or months; nil when it is no date any more.
  static func shifted(_ date: Slot, by amount: Slot, months: Bool, negated: Bool) -> Slot? {
    let (whole, rest) = amount.bits.quotientAndRemainder(dividingBy: Decimal.one)
    guard rest == 0, let count = Int(exactly: negated ? -whole : whole) else { return nil }
    let day = months ? date.day.adding(months: count) : date.day.adding(days: count)
    return day.map { Slot(index: $0.number) }
  }

  private static func textTest(
    _ i: Instruction, _ program: borrowing Program, _ slots: borrowing MutableSpan<Slot>,
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

extension ProgramTable {
  /// The row of the segment that holds a key.
  func segment(of key: Int128) -> Int {
    var low = 0
    var high = bounds.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if bounds[middle] <= key { low = middle } else { high = middle }
    }
    return Int(segments[low])
  }

  /// Whether a cell holds for the bits of a key.
  @inline(__always)
  func cell(_ row: Int, _ key: Int, _ bits: Int128) -> Bool {
    let cell = cells[row * keyCount + key]
    if cell.count == 0 && !cell.negated { return true }
    for index in Int(cell.first)..<Int(cell.first + cell.count) {
      let test = tests[index]
      if test.low <= bits && bits <= test.high { return !cell.negated }
    }
    return cell.negated
  }

  /// The constant of a column.
  @inline(__always)
  func value(row: Int, column: Int) -> Slot { values[column * rowCount + row] }
}

extension Program.ClauseIndex {
  /// The range of `entries` that a slot selects.
  @inline(__always)
  func find(_ slot: Slot) -> (Int, Int) {
    let key = isText ? Int128(slot.literal) : slot.bits
    let mask = buckets.count - 1
    var at = Self.hash(key) & mask
    while buckets[at].count > 0 {
      if buckets[at].key == key {
        return (Int(buckets[at].first), Int(buckets[at].first + buckets[at].count))
      }
      at = (at + 1) & mask
    }
    return (0, 0)
  }

  /// The place of a key in the table.
  @inline(__always)
  public static func hash(_ key: Int128) -> Int {
    let low = UInt64(truncatingIfNeeded: key) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: (low ^ (low >> 29)) & 0x7FFF_FFFF)
  }
}
