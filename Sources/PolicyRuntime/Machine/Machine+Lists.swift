/// Records and lists that the careful code makes: blocks that are copied, items that are kept or looked for.

extension Machine {
  /// The slots that lists made on the way may take, of 16 bytes each; more is the error `too_many_items`.
  static let itemSlots = 1 << 21

  static func list(
    _ program: borrowing Program, _ frame: inout Frame, _ body: Span<UInt8>,
    _ i: CarefulInstruction
  ) {
    switch i.operation {
    case .copyBlock: copyBlock(&frame, from: Int(i.a), to: Int(i.d), count: Int(i.b))
    case .merge: merge(program, &frame, body, i)
    case .listBegin: listBegin(program, &frame, i)
    case .listAdd: listAdd(&frame, i)
    case .choose: choose(program, &frame, i)
    case .chosen: chosen(program, &frame, i)
    case .allocate: allocate(program, &frame, i)
    case .decisionRecord: decisionRecord(program, &frame, i)
    default: break
    }
  }

  private static func copyBlock(_ frame: inout Frame, from: Int, to: Int, count: Int) {
    for offset in 0..<count { frame.slots[to + offset] = frame.slots[from + offset] }
    guard !frame.currencies.isEmpty else { return }
    for offset in 0..<count { frame.currencies[to + offset] = frame.currencies[from + offset] }
  }

  private static func fill(_ frame: inout Frame, at start: Int, count: Int, _ value: Slot) {
    for offset in 0..<count { frame.slots[start + offset] = value }
  }

  /// One slot of a choice between two records: absent stays absent.
  private static func merge(
    _ program: borrowing Program, _ frame: inout Frame, _ body: Span<UInt8>,
    _ i: CarefulInstruction
  ) {
    let condition = settled(frame.slots[Int(i.a)], i)
    let (yes, no, to) = (Int(i.b), Int(i.e), Int(i.d))
    if !condition.isSpecial {
      return copyBlock(&frame, from: condition.isTrue ? yes : no, to: to, count: 1)
    }
    let (a, b) = (frame.slots[yes], frame.slots[no])
    if condition.isError {
      frame.slots[to] = condition
    } else if a.isError || b.isError {
      frame.slots[to] = a.isError ? a : b
    } else if i.c != 2, a == b && !a.isUnknown || texts(program, frame, body, i, a, b),
      let both = common(currency(frame, yes), currency(frame, no))
    {
      frame.slots[to] = a
      if !frame.currencies.isEmpty { frame.currencies[to] = both }
    } else {
      var need = condition.need
      if a.isUnknown { need = frame.union(need, a.need) }
      if b.isUnknown { need = frame.union(need, b.need) }
      frame.slots[to] = Slot.unknown(need)
    }
  }

  /// Whether two slots are equal texts.
  private static func texts(
    _ program: borrowing Program, _ frame: borrowing Frame, _ body: Span<UInt8>,
    _ i: CarefulInstruction, _ a: Slot, _ b: Slot
  ) -> Bool {
    i.c == 1 && !a.isSpecial && !b.isSpecial
      && Texts.equal(a, b, program.texts.span, frame.texts.span, body)
  }

  // MARK: Lists

  /// Makes room for items; nil when the lists of the decision become too large.
  static func room(
    _ program: borrowing Program, _ frame: inout Frame, items: Int, stride: Int
  ) -> Int? {
    let free = itemSlots - (frame.top - program.blank.count)
    guard items <= itemSlots, stride <= itemSlots, items * stride <= free else { return nil }
    return frame.reserve(items * stride)
  }

  private static func listBegin(
    _ program: borrowing Program, _ frame: inout Frame, _ i: CarefulInstruction
  ) {
    var items = Int(i.e)
    if i.a >= 0 {
      let source = settled(frame.slots[Int(i.a)], i)
      if source.isSpecial {
        frame.slots[Int(i.d)] = source
        return
      }
      items = source.count
    }
    guard let first = room(program, &frame, items: items, stride: Int(i.b)) else {
      frame.slots[Int(i.d)] = Slot.error(Trap(.tooManyItems, site: Int(i.site)))
      return
    }
    frame.slots[Int(i.d)] = Slot(listAt: first, count: 0)
  }

  /// Adds an item whose condition holds; the first error stays, then what is unknown.
  private static func listAdd(_ frame: inout Frame, _ i: CarefulInstruction) {
    let held = frame.slots[Int(i.d)]
    let condition = i.a < 0 ? Slot(true) : settled(frame.slots[Int(i.a)], i)
    if condition.isFalse || held.isError { return }
    if condition.isSpecial {
      frame.slots[Int(i.d)] = joined(held, condition, &frame)
    } else if !held.isSpecial {
      copyBlock(
        &frame, from: Int(i.b), to: held.first + held.count * Int(i.e), count: Int(i.e))
      frame.slots[Int(i.d)] = Slot(listAt: held.first, count: held.count + 1)
    }
  }

  /// An error, or what both lack.
  private static func joined(_ held: Slot, _ found: Slot, _ frame: inout Frame) -> Slot {
    if held.isError { return held }
    if found.isError || !held.isUnknown { return found }
    return Slot.unknown(frame.union(held.need, found.need))
  }

  // MARK: The one item

  private static func choose(
    _ program: borrowing Program, _ frame: inout Frame, _ i: CarefulInstruction
  ) {
    let state = Int(i.b)
    let condition = settled(frame.slots[Int(i.a)], i)
    if condition.isFalse || frame.slots[state].isError { return }
    if condition.isSpecial {
      frame.slots[state] = joined(frame.slots[state], condition, &frame)
      return
    }
    frame.slots[state + 1] = Slot(index: frame.slots[state + 1].index + 1)
    if frame.slots[state + 1].index > 1 {
      frame.slots[state] = Slot.error(Trap(.severalMatches, site: Int(i.site)))
      return
    }
    let loop = program.loops[Int(i.e)]
    copyBlock(&frame, from: Int(loop.block), to: Int(i.d), count: Int(loop.stride))
  }

  private static func chosen(
    _ program: borrowing Program, _ frame: inout Frame, _ i: CarefulInstruction
  ) {
    let stride = Int(program.loops[Int(i.c)].stride)
    let list = settled(frame.slots[Int(i.a)], i)
    let state = frame.slots[Int(i.b)]
    if list.isSpecial || state.isSpecial {
      fill(&frame, at: Int(i.d), count: stride, list.isSpecial ? list : state)
    } else if frame.slots[Int(i.b) + 1].index == 0 {
      if i.e >= 0 {
        copyBlock(&frame, from: Int(i.e), to: Int(i.d), count: stride)
      } else {
        let error = Slot.error(Trap(.noMatch, site: Int(i.site)))
        fill(&frame, at: Int(i.d), count: stride, error)
      }
    }
  }

  private static func decisionRecord(
    _ program: borrowing Program, _ frame: inout Frame, _ i: CarefulInstruction
  ) {
    let verdict = frame.verdicts[Int(i.a)]
    var fault: Slot?
    if let error = verdict.error {
      fault = Slot.error(error)
    } else if verdict.possible == .notApplicable {
      fault = Slot.error(Trap(.notApplicableValue, site: Int(i.site)))
    } else if verdict.need >= 0 {
      fault = Slot.unknown(Int(verdict.need))
    }
    if let fault {
      fill(&frame, at: Int(i.d), count: Int(i.b), fault)
    } else {
      let from = program.plans[Int(i.a)].valueSlot
      copyBlock(&frame, from: from, to: Int(i.d), count: Int(i.b))
    }
  }

  // MARK: Handing out

  private static func allocate(
    _ program: borrowing Program, _ frame: inout Frame, _ i: CarefulInstruction
  ) {
    let result = Int(i.d)
    let amount = settled(frame.slots[Int(i.a)], i)
    let list = frame.slots[Int(i.b)]
    var fault = amount.isSpecial ? amount : Slot.absent
    if list.isSpecial { fault = joined(fault, list, &frame) }
    let stride = Int(i.e)
    if !list.isSpecial {
      for item in 0..<list.count {
        let at = list.first + item * (stride + 1)
        for slot in [at + Int(i.c), at + stride] {
          let value = settled(frame.slots[slot], i)
          if value.isSpecial { fault = joined(fault, value, &frame) }
        }
      }
    }
    if fault.isAbsent { fault = handOut(program, &frame, i, list, amount) ?? fault }
    if !fault.isAbsent { fill(&frame, at: result, count: 2, fault) }
  }

  /// Hands out an amount over items that are all known; gives the error, if there is one.
  private static func handOut(
    _ program: borrowing Program, _ frame: inout Frame, _ i: CarefulInstruction, _ list: Slot,
    _ amount: Slot
  ) -> Slot? {
    let stride = Int(i.e)
    let site = Int(i.site)
    var of = currency(frame, Int(i.a))
    var keys: UInt16 = 0
    var order: [(key: Int128, item: Int)] = []
    if amount.bits < 0 { return Slot.error(Trap(.negativeAmount, site: site)) }
    for item in 0..<list.count {
      let at = list.first + item * (stride + 1)
      let both = common(of, currency(frame, at + Int(i.c)))
      let key = common(keys, currency(frame, at + stride))
      if i.mask & 1 != 0 && both == nil || i.mask & 2 != 0 && key == nil {
        return Slot.error(Trap(.twoCurrencies, site: site))
      }
      if frame.slots[at + Int(i.c)].bits < 0 {
        return Slot.error(Trap(.negativeAmount, site: site))
      }
      of = both ?? of
      keys = key ?? keys
      order.append((frame.slots[at + stride].bits, item))
    }
    guard let first = room(program, &frame, items: list.count, stride: stride) else {
      return Slot.error(Trap(.tooManyItems, site: site))
    }
    var rest = amount.bits
    order.sort { ($0.key, $0.item) < ($1.key, $1.item) }
    for (number, next) in order.enumerated() {
      let to = first + number * stride
      copyBlock(&frame, from: list.first + next.item * (stride + 1), to: to, count: stride)
      let part = min(rest, frame.slots[to + Int(i.c)].bits)
      frame.slots[to + Int(i.c)] = Slot(bits: part)
      if !frame.currencies.isEmpty { frame.currencies[to + Int(i.c)] = of }
      rest -= part
    }
    frame.slots[Int(i.d)] = Slot(listAt: first, count: list.count)
    frame.slots[Int(i.d) + 1] = Slot(bits: rest)
    if !frame.currencies.isEmpty { frame.currencies[Int(i.d) + 1] = of }
    return nil
  }
}
