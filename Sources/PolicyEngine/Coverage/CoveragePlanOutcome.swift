/// What became of the clauses of a decision once it was concluded.
import PolicyCompiler
import PolicyRuntime

/// The verdicts of one decision in one run.
struct CoveragePlanOutcome {
  private let plan: Int
  private let range: Range<Int>
  /// Whether a class has been given.
  private var isGraded = false
  /// Whether one may have been given.
  private var isOpen = false
  /// The caps of a limit that hold.
  private var caps: [Int] = []

  init(_ plan: Int, _ frame: borrowing Frame, _ program: Program) {
    self.plan = plan
    range = frame.found.ranges[plan]
  }

  /// Whether no class was given, so that `otherwise` is.
  var isOtherwise: Bool { !isGraded && !isOpen }

  /// The side of a clause, asked for in the order of the code; nil when it says nothing.
  mutating func side(
    of number: Int, _ verdict: Slot, _ frame: borrowing Frame, _ program: Program
  ) -> CoverageSides? {
    let clause = program.clauses[number]
    switch clause.role {
    case .band:
      if isGraded { return nil }
      isGraded = verdict.isTrue
      if isOpen && isGraded { return nil }
      isOpen = isOpen || verdict.isSpecial
    case .gradeCap where clause.form == "sign":
      isGraded = isGraded || verdict.isTrue
      isOpen = isOpen || verdict.isSpecial
    case .cap where verdict.isTrue: caps.append(number)
    default: break
    }
    if verdict.isSpecial { return nil }
    guard verdict.isTrue else { return .no }
    switch clause.role {
    case .step: return entries(of: number, frame).contains { $0.state == .lifted } ? .no : .yes
    case .duty, .copy: return isListed(number, frame, program) ? .yes : nil
    default: return .yes
    }
  }

  private func entries(of number: Int, _ frame: borrowing Frame) -> [Entry] {
    var found: [Entry] = []
    for index in range where Int(frame.found.entries[index].clause) == number {
      found.append(frame.found.entries[index])
    }
    return found
  }

  /// Whether a duty or copy became part of the answer.
  private func isListed(_ number: Int, _ frame: borrowing Frame, _ program: Program) -> Bool {
    guard plan == program.plans.count - 1, frame.answer.error == nil else { return false }
    if program.clauses[number].role == .copy { return true }
    for entry in entries(of: number, frame) where frame.isListed(duty: entry, program) {
      return true
    }
    return false
  }

  /// Whether clearances of a clause have lifted it, or have not.
  func clearances(of number: Int, _ frame: borrowing Frame) -> CoverageSides {
    var sides: CoverageSides = []
    let isNamed = frame.clearances.contains { $0.names(clause: number) }
    for entry in entries(of: number, frame) {
      if entry.state == .lifted { sides.insert(.yes) }
      if entry.state == .holds, isNamed { sides.insert(.no) }
    }
    return sides
  }

  /// Whether a value has its figure.
  func hasFigure(_ frame: borrowing Frame) -> Bool {
    let verdict = frame.found.verdicts[plan]
    return verdict.error == nil && verdict.possible == .value && verdict.need < 0
  }

  /// On which side of the limit, and of its warning, a limit that is decided lies; what is used, the limit and the
  /// share of it from which it warns.
  func limit(
    _ frame: borrowing Frame, _ program: Program
  ) -> (limit: CoverageSides, warning: CoverageSides, total: Int128, bounds: [Int128])? {
    let verdict = frame.found.verdicts[plan]
    guard verdict.error == nil, verdict.possible == .within || verdict.possible == .exceeded
    else { return nil }
    var amounts: [Slot] = []
    for cap in caps {
      let amount = frame.slots[program.clauses[cap].value]
      if !amount.isSpecial { amounts.append(amount) }
    }
    let (used, asked) = (
      frame.slots[program.plans[plan].valueSlot], frame.slots[program.plans[plan].askedSlot]
    )
    guard let least = amounts.map(\.bits).min(), !used.isSpecial, !asked.isSpecial,
      let total = used.decimal.adding(asked.decimal)
    else { return nil }
    let side = CoverageSides.side(of: total.units, against: least)
    let share = program.plans[plan].warnSlot
    guard share >= 0, side != .above, !frame.slots[share].isSpecial,
      let bound = Decimal(units: least).multiplied(by: frame.slots[share].decimal)
    else { return (side, [], total.units, [least]) }
    return (side, .side(of: total.units, against: bound.units), total.units, [least, bound.units])
  }
}
