/// The machine: runs a program over a frame. It does no I/O, takes no lock and reads no clock.
///
/// With every fact known the straight code decides; whatever is out of the ordinary (an unknown fact,
/// a clearance, a second currency, an overflow) makes the careful code decide instead, from the start.

/// Runs programs.
public enum Machine {
  /// Decides: leaves the answer in `frame.found.answer`, its clauses in `frame.found.entries`.
  public static func run(
    _ program: borrowing Program, _ frame: inout Frame, body: Span<UInt8>
  ) {
    decide(program, &frame, facts: Span(), body: body)
  }

  /// Decides on facts that lie in the frame, or that are still to be put there.
  @inline(__always)
  static func decide(
    _ program: borrowing Program, _ frame: inout Frame, facts: Span<Slot>, body: Span<UInt8>
  ) {
    if frame.asOfFilled != frame.asOf || frame.todayFilled != frame.today {
      fillDays(program, &frame)
    }
    if !frame.incomplete && straight(program, &frame, facts, body: body) { return }
    decideCarefully(program, &frame, body: body)
  }

  @inline(never)
  private static func decideCarefully(
    _ program: borrowing Program, _ frame: inout Frame, body: Span<UInt8>
  ) {
    beginCareful(program, &frame)
    runCareful(program, &frame, body: body, 0..<program.carefulEnd)
  }

  /// Makes everything ready for the careful code.
  static func beginCareful(_ program: borrowing Program, _ frame: inout Frame) {
    if frame.asOfFilled != frame.asOf || frame.todayFilled != frame.today {
      fillDays(program, &frame)
    }
    frame.incomplete = true
    frame.holdsFactsAlone = false
    begin(&frame)
    frame.found.isTouched = true
    if program.tracksCurrencies { frame.trackCurrencies(program) }
    if !frame.currencies.isEmpty { markParameters(program, &frame) }
  }

  /// Decides with the careful code alone; the answer is the same as that of `run`.
  public static func runCarefully(
    _ program: borrowing Program, _ frame: inout Frame, body: Span<UInt8>
  ) {
    frame.incomplete = true
    run(program, &frame, body: body)
  }

  /// Decides with the careful code, and keeps what a trace tells.
  public static func trace(
    _ program: borrowing Program, _ frame: inout Frame, body: Span<UInt8>
  ) {
    frame.traces = true
    frame.notes = TraceNotes()
    runCarefully(program, &frame, body: body)
    frame.traces = false
  }

  /// Puts the days and the dated parameters in their slots, which no request changes.
  private static func fillDays(_ program: borrowing Program, _ frame: inout Frame) {
    frame.slots[program.todaySlot] = Slot(index: frame.today.number)
    frame.slots[program.asOfSlot] = Slot(index: frame.asOf.number)
    for parameter in program.datedParameters {
      var value = Slot.error(Trap(.parameterMissing, site: parameter.site))
      for dated in parameter.values where dated.from <= frame.asOf { value = dated.value }
      frame.slots[parameter.slot] = value
    }
    frame.asOfFilled = frame.asOf
    frame.todayFilled = frame.today
  }

  /// Gives the slots of dated parameters the currency of the value in force.
  private static func markParameters(_ program: borrowing Program, _ frame: inout Frame) {
    for parameter in program.datedParameters {
      for (dated, currency) in zip(parameter.values, parameter.currencies)
      where dated.from <= frame.asOf {
        frame.currencies[parameter.slot] = currency
      }
    }
  }

  /// Forgets what an earlier run found.
  @inline(__always)
  private static func begin(_ frame: inout Frame) {
    frame.found.entries.removeAll()
    if frame.found.isTouched { forget(&frame) }
  }

  @inline(never)
  private static func forget(_ frame: inout Frame) {
    frame.found.forget()
    frame.clearings.removeAll(keepingCapacity: true)
    frame.refused.removeAll(keepingCapacity: true)
    frame.changes.removeAll(keepingCapacity: true)
  }

  /// Runs the straight code; false when it gave up.
  @inline(__always)
  private static func straight(
    _ program: borrowing Program, _ frame: inout Frame, _ facts: Span<Slot>, body: Span<UInt8>
  ) -> Bool {
    begin(&frame)
    let stopped = interpret(
      program, &frame.slots, &frame.found, facts: facts, texts: &frame.texts, body: body, from: 0)
    return stopped == decided || stopped >= 0 && resume(program, &frame, stopped, body: body)
  }

  /// Goes on from an instruction that combines a decision which has no short way.
  @inline(never)
  private static func resume(
    _ program: borrowing Program, _ frame: inout Frame, _ first: Int, body: Span<UInt8>
  ) -> Bool {
    var stopped = first
    while stopped >= 0 {
      let plan = program.straight[stopped].a
      frame.found.isTouched = true
      conclude(program, &frame, plan, body: body)
      if frame.verdicts[plan].error != nil { return false }
      if plan == program.plans.count - 1 { return true }
      stopped = interpret(
        program, &frame.slots, &frame.found, facts: Span(), texts: &frame.texts, body: body,
        from: stopped + 1)
    }
    return stopped == decided
  }

  /// What `interpret` gives instead of an instruction when the answer is found, and when it gave up.
  static let decided = -2
  /// See `decided`.
  static let gaveUp = -1

  /// Copies an item of a list into the block of slots that the body of a loop reads.
  public static func load(
    _ program: borrowing Program, _ frame: inout Frame, loop: Int, item: Int
  ) {
    let plan = program.loops[loop]
    let list = frame.slots[Int(plan.list)]
    let stride = Int(plan.stride)
    let from = list.first + item * stride
    for offset in 0..<stride { frame.slots[Int(plan.block) + offset] = frame.slots[from + offset] }
    frame.slots[Int(plan.counter)] = Slot(index: item)
    guard !frame.currencies.isEmpty else { return }
    for offset in 0..<stride {
      frame.currencies[Int(plan.block) + offset] = frame.currencies[from + offset]
    }
  }

  /// Makes everything that the body of a loop reads as unknown as the list is.
  static func forgetItem(_ program: borrowing Program, _ frame: inout Frame, loop: Int) {
    let plan = program.loops[loop]
    let list = frame.slots[Int(plan.list)]
    let gone = list.isSpecial ? list : Slot.absent
    for offset in 0..<Int(plan.stride) { frame.slots[Int(plan.block) + offset] = gone }
  }
}
