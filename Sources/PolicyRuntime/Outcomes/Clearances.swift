/// What a clearance lifts: the right post, in time, not beyond its bound, and the case is still the one that was cleared.

extension Machine {
  /// Whether a clearance of the request lifts an entry; says why those that name its clause do not.
  static func lift(
    _ program: borrowing Program, _ frame: inout Frame, _ plan: Int, _ index: Int
  ) -> Bool {
    let entry = frame.found.entries[index]
    let clause = program.clauses[Int(entry.clause)]
    for number in 0..<frame.clearances.count {
      let clearance = frame.clearances[number]
      guard clearance.names(clause: Int(entry.clause)) else { continue }
      if let reason = refusal(clause, entry, clearance, frame) {
        frame.refused.append(RefusedClearance(clearance: number, reason: reason))
        continue
      }
      if clause.whileUnchanged, clearance.facts == nil {
        frame.refused.append(RefusedClearance(clearance: number, reason: .notRecorded))
        continue
      }
      let change = frame.changes.firstIndex {
        $0.clearance == number && $0.clearing == Int(entry.clearing)
      }
      if let change {
        frame.refused.append(
          RefusedClearance(clearance: number, reason: .caseChanged, change: change))
        continue
      }
      frame.found.entries[index].state = .lifted
      frame.found.entries[index].payload = UInt32(number)
      return true
    }
    return false
  }

  /// Why a clearance does not lift an entry; nil when it does.
  private static func refusal(
    _ clause: ClausePlan, _ entry: Entry, _ clearance: Clearance, _ frame: borrowing Frame
  ) -> RefusedClearance.Reason? {
    guard clause.clearPost >= 0, entry.clearing >= 0 else { return .notClearable }
    // Never all items at once: what is unknown of a whole list is not cleared.
    guard clearance.item == entry.item, clause.loop < 0 || entry.item >= 0 else {
      return .wrongItem
    }
    let clearing = frame.clearings[Int(entry.clearing)]
    guard !clearing.post.isSpecial else { return .notKnown }
    guard clearance.by >= 0, clearing.post.index == Int(clearance.by) else { return .wrongPost }
    guard clearance.on <= frame.today else { return .early }
    if clause.clearDays >= 0 {
      guard !clearing.days.isSpecial else { return .notKnown }
      let granted = Slot(index: clearance.on.number)
      let last = shifted(granted, by: clearing.days, months: false, negated: false)
      guard let last, frame.today <= last.day else { return .expired }
    }
    if clause.clearAmount >= 0 {
      guard !clearing.upTo.isSpecial, !clearing.amount.isSpecial else { return .notKnown }
      guard clearing.upTo.isTrue else { return .tooSmall }
    }
    if !clearance.amount.isAbsent {
      guard clause.clearAmount >= 0 else { return nil }
      guard common(clearing.currency, clearance.amountCurrency) != nil,
        clearing.amount.bits <= clearance.amount.bits
      else { return .tooSmall }
    }
    return nil
  }

  // MARK: The case that was cleared

  /// Notes for an entry which of its clearances were given for another case.
  ///
  /// Facts that the amount of `up to` reads may move within the bound. All others that a clearance names must
  /// be what they were; of a clause `while the case is unchanged` it must name all that are known.
  static func noteChanges(
    _ program: borrowing Program, _ frame: inout Frame, _ body: Span<UInt8>, _ entry: Entry
  ) {
    let clause = program.clauses[Int(entry.clause)]
    for number in 0..<frame.clearances.count {
      let clearance = frame.clearances[number]
      guard clearance.names(clause: Int(entry.clause)), clearance.item == entry.item,
        let recorded = clearance.facts
      else { continue }
      var change: (fact: Int, recorded: Int)?
      for index in recorded where change == nil {
        let fact = Int(frame.clearedFacts[index].fact)
        if fact < 0 {
          change = (-1, index)
        } else if !clause.facts[fact].mayMove,
          !isSame(clause.facts[fact], frame.clearedFacts[index], program, frame, body)
        {
          change = (fact, -1)
        }
      }
      if change == nil, clause.whileUnchanged {
        change = unnamed(clause.facts, recorded, frame).map { ($0, -1) }
      }
      guard let change else { continue }
      frame.changes.append(
        CaseChange(
          clearance: number, clearing: Int(entry.clearing), fact: change.fact,
          recorded: change.recorded))
    }
  }

  /// A fact that is known now and was not when the case was cleared.
  static func unnamed(
    _ facts: [FactPlan], _ recorded: Range<Int>, _ frame: borrowing Frame
  ) -> Int? {
    for (index, fact) in facts.enumerated() where !fact.mayMove {
      let now = frame.slots[fact.slot]
      if now.isUnknown || now.isError { continue }
      var named = false
      for at in recorded where Int(frame.clearedFacts[at].fact) == index { named = true }
      if !named { return index }
    }
    return nil
  }

  static func isSame(
    _ fact: FactPlan, _ then: ClearedFact, _ program: borrowing Program,
    _ frame: borrowing Frame, _ body: Span<UInt8>
  ) -> Bool {
    let now = frame.slots[fact.slot]
    if now.isSpecial || then.value.isSpecial { return now.isAbsent && then.value.isAbsent }
    switch fact.form {
    case .text: return Texts.equal(now, then.value, program.texts.span, frame.texts.span, body)
    case .money:
      return now.bits == then.value.bits
        && common(currency(frame, fact.slot), then.currency) != nil
    default: return now.bits == then.value.bits
    }
  }
}
