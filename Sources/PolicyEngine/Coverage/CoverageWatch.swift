/// Watching one decision while cases are run: what its code shows is looked at halt by halt.
import PolicyCompiler
import PolicyRuntime

/// The memory of a watched decision and what was seen in it.
final class CoverageWatch {
  let watched: WatchedProgram
  /// The sides of each item that were seen.
  private(set) var seen: [CoverageSides]

  /// What was compared, each side as it stands in a slot: where a threshold lies for the facts of the last run.
  private(set) var comparisons: [(left: Int128, right: Int128)] = []

  private var frame: Frame
  private let halts: [Bool]
  /// The first probe of each halt.
  private var probes: [Int: Range<Int>] = [:]
  /// What was seen in the plan that is running; it counts when the decision applies.
  private var pending: [(item: Int, sides: CoverageSides)] = []
  /// The verdicts of its clauses.
  private var records: [(clause: Int, verdict: Slot)] = []
  /// The bounds of clearances, until it is known whether their clause holds.
  private var bounds: [Int: (item: Int, sides: CoverageSides)] = [:]

  init(_ watched: WatchedProgram) {
    self.watched = watched
    seen = Array(repeating: [], count: watched.items.count)
    frame = Frame(watched.program)
    let program = watched.program
    var halts = Array(repeating: false, count: program.carefulEnd + 1)
    for (number, probe) in watched.probes.enumerated() {
      halts[probe.at] = true
      probes[probe.at] = (probes[probe.at]?.lowerBound ?? number)..<number + 1
    }
    for (place, instruction) in program.careful.prefix(program.carefulEnd).enumerated() {
      switch instruction.operation {
      case .record: halts[place] = true
      case .conclude: halts[place + 1] = true
      default: break
      }
    }
    self.halts = halts
  }

  /// Runs a request; one that is refused shows nothing.
  func run(_ body: [UInt8], on day: Day) {
    let program = watched.program
    guard (try? RequestReader.read(body.span, program, into: &frame, asOf: day)) != nil else {
      return
    }
    let asOf = frame.asOf
    guard program.effectiveFrom.map({ $0 <= asOf }) ?? true,
      program.effectiveUntil.map({ asOf <= $0 }) ?? true
    else { return }
    forget()
    comparisons.removeAll(keepingCapacity: true)
    Machine.walk(program, &frame, body: body.span, halts: halts) { place, frame in
      look(place, frame, program)
    }
  }

  /// Forgets what was seen before.
  func startAnew() {
    for item in seen.indices { seen[item] = [] }
  }

  private func forget() {
    pending.removeAll(keepingCapacity: true)
    records.removeAll(keepingCapacity: true)
    bounds.removeAll(keepingCapacity: true)
  }

  // MARK: Halts

  private func look(_ place: Int, _ frame: borrowing Frame, _ program: Program) {
    if place > 0, program.careful[place - 1].operation == .conclude {
      conclude(Int(program.careful[place - 1].a), frame, program)
      forget()
    }
    for number in probes[place] ?? 0..<0 { read(watched.probes[number], frame, program) }
    guard place < program.carefulEnd, program.careful[place].operation == .record else { return }
    record(program.careful[place], frame, program)
  }

  private func note(_ item: Int, _ sides: CoverageSides, _ isFree: Bool) {
    if isFree { seen[item].formUnion(sides) } else { pending.append((item, sides)) }
  }

  private func read(_ probe: CoverageProbe, _ frame: borrowing Frame, _ program: Program) {
    for condition in probe.guards {
      let slot = frame.slots[condition.slot]
      guard condition.isTrue ? slot.isTrue : slot.isFalse else { return }
    }
    switch probe.reading {
    case .truth(let item, let slot):
      let value = frame.slots[slot]
      guard !value.isSpecial else { return }
      note(item, value.isTrue ? .yes : .no, probe.isFree)
    case .comparison(let item, let left, let right, let result):
      guard let side = side(left, right, result, frame) else { return }
      note(item, side, probe.isFree)
    case .clearance(let clause, let item, let left, let right, let result):
      guard let side = side(left, right, result, frame),
        frame.clearances.contains(where: { $0.names(clause: clause) })
      else { return }
      bounds[clause] = (item, side)
    case .lookup(let lookup): read(lookup, probe.isFree, frame, program)
    case .compound(let compound): read(compound, probe.isFree, frame)
    }
  }

  private func read(
    _ compound: CoverageCompound, _ isFree: Bool, _ frame: borrowing Frame
  ) {
    let truths = compound.operands.map { operand -> CoverageSides in
      let value = frame.slots[operand.slot]
      if value.isSpecial { return value.isUnknown ? [] : .both }
      return value.isTrue ? .yes : .no
    }
    for number in compound.deciding(truths) where compound.operands[number].item >= 0 {
      note(
        compound.operands[number].item, truths[number] == .yes ? .yesDecides : .noDecides, isFree)
    }
  }

  private func side(
    _ left: Int, _ right: Int, _ result: Int, _ frame: borrowing Frame
  ) -> CoverageSides? {
    guard !frame.slots[result].isSpecial else { return nil }
    let (first, second) = (frame.slots[left].bits, frame.slots[right].bits)
    comparisons.append((first, second))
    return CoverageSides.side(of: first, against: second)
  }

  private func read(
    _ lookup: CoverageLookup, _ isFree: Bool, _ frame: borrowing Frame, _ program: Program
  ) {
    for bound in lookup.bounds {
      let key = frame.slots[bound.slot]
      guard !key.isSpecial else { continue }
      if !frame.currencies.isEmpty, bound.currency != 0,
        frame.currencies[bound.slot] != 0, frame.currencies[bound.slot] != bound.currency
      {
        continue
      }
      var fits = true
      for other in bound.others {
        let value = frame.slots[other.slot]
        if value.isSpecial || other.values.contains(value.bits) == other.isNegated { fits = false }
      }
      if fits { note(bound.item, .side(of: key.bits, against: bound.value), isFree) }
    }
    let count = program.tables[lookup.table].keyCount
    for slot in lookup.keys..<lookup.keys + count where frame.slots[slot].isSpecial { return }
    for row in Machine.rows(of: lookup.table, program, frame, keys: lookup.keys) {
      if lookup.rows[row] >= 0 { note(lookup.rows[row], .yes, isFree) }
    }
  }

  private func record(
    _ instruction: CarefulInstruction, _ frame: borrowing Frame, _ program: Program
  ) {
    let number = Int(instruction.a)
    // Behind a loop it is only recorded that the list is not known.
    if program.clauses[number].loop >= 0, instruction.c == 0xFFFF { return }
    let verdict = frame.slots[Int(instruction.b)]
    if verdict.isSpecial { return records.append((number, verdict)) }
    if verdict.isTrue, let bound = bounds[number] { pending.append(bound) }
    bounds[number] = nil
    let when = program.traces[number].when
    if verdict.isFalse, when >= 0, frame.slots[when].isFalse { return }
    records.append((number, verdict))
  }

  // MARK: What a decision comes to

  private func conclude(_ plan: Int, _ frame: borrowing Frame, _ program: Program) {
    let items = watched.plans[plan]
    let applies = frame.found.applies[plan]
    if applies.isSpecial { return }
    if items.applies >= 0 { seen[items.applies].formUnion(applies.isTrue ? .yes : .no) }
    guard applies.isTrue else { return }
    for (item, sides) in pending { seen[item].formUnion(sides) }
    var outcome = CoveragePlanOutcome(plan, frame, program)
    for (clause, verdict) in records {
      guard let side = outcome.side(of: clause, verdict, frame, program) else { continue }
      seen[watched.clauses[clause]].formUnion(side)
    }
    for clause in program.plans[plan].clauses {
      if program.clauses[clause].role == .points,
        !frame.slots[program.clauses[clause].value].isSpecial
      {
        seen[watched.clauses[clause]].formUnion(.yes)
      }
      if watched.clearances[clause] >= 0 {
        seen[watched.clearances[clause]].formUnion(outcome.clearances(of: clause, frame))
      }
    }
    if items.figure >= 0, outcome.hasFigure(frame) { seen[items.figure].formUnion(.yes) }
    if items.otherwise >= 0, outcome.isOtherwise { seen[items.otherwise].formUnion(.yes) }
    if items.limit >= 0, let found = outcome.limit(frame, program) {
      seen[items.limit].formUnion(found.limit)
      comparisons += found.bounds.map { (found.total, $0) }
      if items.warning >= 0 { seen[items.warning].formUnion(found.warning) }
    }
  }
}
