/// The interpreter of the straight code: one loop over 16-byte instructions.

extension Machine {
  /// Runs from an instruction until the answer is found (`decided`), it gives up (`gaveUp`), or a decision
  /// must be combined that has no short way (`conclude` with c = 0): then the index of that instruction.
  @inline(__always)
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
      case .ifAll:
        if all(i, slots) { pc = go(i) }
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
        let found = scan(program.loops[i.a], test, inItem: i.mask, slots.span)
        pc = found ? test.target : i.target
      case .tableValue:
        let head = program.tableHeads[i.a]
        let row = row(of: head, i.a, program, slots.span, at: i.b)
        guard row >= 0 else { return gaveUp }
        slots[i.target] = program.value(head, row: row, column: i.c)
      case .fire:
        found.fire(i.a, i.mask, &tally)
      case .fireItem:
        found.fire(i.a, item: slots[Int(program.loops[i.b].counter)].index, i.mask, &tally)
      case .fireIfLess:
        pc = i.target
        if slots[i.a].bits < slots[i.b].bits { found.fire(i.c, i.mask, &tally) }
      case .fireIfNotLess:
        pc = i.target
        if slots[i.a].bits >= slots[i.b].bits { found.fire(i.c, i.mask, &tally) }
      case .fireIfEqual:
        pc = i.target
        if slots[i.a].bits == slots[i.b].bits { found.fire(i.c, i.mask, &tally) }
      case .fireIfNotEqual:
        pc = i.target
        if slots[i.a].bits != slots[i.b].bits { found.fire(i.c, i.mask, &tally) }
      case .fireUnlessMember:
        pc = i.target
        let bits = program.bitSets[i.b] >> UInt64(slots[i.a].index & 63)
        if bits & 1 == 0 { found.fire(i.c, i.mask, &tally) }
      case .fireUnlessTrue:
        pc = i.target
        if !slots[i.a].isTrue { found.fire(i.c, i.mask, &tally) }
      case .fireUnlessFalse:
        pc = i.target
        if !slots[i.a].isFalse { found.fire(i.c, i.mask, &tally) }
      case .fireOnLess:
        if slots[i.a].bits < slots[i.b].bits {
          pc = i.target
          found.fire(i.c, i.mask, &tally)
        }
      case .fireOnNotLess:
        if slots[i.a].bits >= slots[i.b].bits {
          pc = i.target
          found.fire(i.c, i.mask, &tally)
        }
      case .fireOnEqual:
        if slots[i.a].bits == slots[i.b].bits {
          pc = i.target
          found.fire(i.c, i.mask, &tally)
        }
      case .fireOnNotEqual:
        if slots[i.a].bits != slots[i.b].bits {
          pc = i.target
          found.fire(i.c, i.mask, &tally)
        }
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
      case .ifEqualText, .ifTextTest, .ifMatches, .ifBlank:
        if textTest(i, program, slots.span, texts.span, body) == (i.mask == 1) { pc = go(i) }
      case .keep:
        let held = slots[i.target]
        let value = slots[i.a]
        if held.isSpecial || (i.mask == 1 ? value.bits < held.bits : value.bits > held.bits) {
          slots[i.target] = value
        }
      case .sum, .multiply, .divide, .negate, .round, .addDays, .addMonths, .daysBetween,
        .datePart, .dateFunction:
        guard let value = compute(i, slots.span) else { return gaveUp }
        slots[i.target] = value
      case .collect, .lookup, .column, .business, .extract, .decisionIs, .decisionValue:
        guard let value = seek(i, program, found, slots.span, texts.span, body) else {
          return gaveUp
        }
        slots[i.target] = value
      }
    }
  }

  /// Whether all slots of a run are as an instruction wants them.
  @inline(__always)
  private static func all(_ i: Instruction, _ slots: borrowing MutableSpan<Slot>) -> Bool {
    let wanted = Int128(i.mask)
    for slot in i.a..<i.a &+ i.b where slots[slot].bits != wanted { return false }
    return true
  }

  /// The row of a table for the keys from a slot on; -1 none, -2 several.
  @inline(__always)
  static func row(
    of head: TableHead, _ table: Int, _ program: borrowing Program,
    _ slots: Span<Slot>, at first: Int
  ) -> Int {
    head.boundCount > 0
      ? program.segment(head, of: slots[first])
      : program.tables[table].row(for: slots, at: first)
  }

  @inline(__always)
  private static func step(_ loop: Program.Loop, to item: Int, _ slots: inout MutableSpan<Slot>) {
    let stride = Int(loop.stride)
    let from = slots[Int(loop.list)].first + item * stride
    let block = Int(loop.block)
    for offset in 0..<stride { slots[block + offset] = slots[from + offset] }
    slots[Int(loop.counter)] = Slot(index: item)
  }
}
