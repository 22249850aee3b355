/// Prepared input: the facts of a request as values, to be decided later, or more than once.

extension Frame {
  /// The values that were read of a request: its inputs, then the items of lists.
  ///
  /// Nil when it carries more than plain known facts: unknown ones, clearances, texts with escapes, or amounts in a
  /// second currency.
  public func facts(_ program: borrowing Program) -> [Slot]? {
    guard isPlain else { return nil }
    return Array(slots[program.inputSlots] + slots[program.blank.count..<top])
  }

  /// Makes room for facts in place of those of the last request.
  @inline(__always)
  mutating func makeRoom(_ facts: Span<Slot>, _ program: borrowing Program) {
    top = program.blank.count &+ facts.count &- program.inputSlots.count
    if !holdsFactsAlone || slots.count < top { prepareRoom(program) }
  }

  @inline(never)
  private mutating func prepareRoom(_ program: borrowing Program) {
    let wanted = top
    if !holdsFactsAlone { reset(program) }
    holdsFactsAlone = true
    top = wanted
    while slots.count < top { slots.append(Slot.absent) }
  }

  /// Whether nothing but slots makes up its facts, and all are known.
  private var isPlain: Bool {
    !incomplete && texts.isEmpty && clearances.isEmpty && currencies.isEmpty
  }
}

extension Machine {
  /// Decides on prepared facts; texts among them stay in the body that they were read from.
  public static func run(
    _ program: borrowing Program, _ frame: inout Frame, facts: Span<Slot>, asOf: Day, today: Day,
    body: Span<UInt8>
  ) {
    frame.makeRoom(facts, program)
    frame.asOf = asOf
    frame.today = today
    decide(program, &frame, facts: facts, body: body)
  }

  /// Puts facts where the program reads them: the inputs first, the items behind all slots of the program.
  @inline(__always)
  static func load(
    _ facts: Span<Slot>, _ program: borrowing Program, _ slots: inout MutableSpan<Slot>
  ) {
    let inputs = program.inputSlots.count
    copy(facts.extracting(..<inputs), to: 0, of: &slots)
    guard facts.count > inputs else { return }
    copy(facts.extracting(inputs...), to: program.blank.count, of: &slots)
  }

  /// Copies slots to a place; the bounds are looked at once.
  @inline(__always)
  private static func copy(_ from: Span<Slot>, to place: Int, of slots: inout MutableSpan<Slot>) {
    let count = from.count
    var room = slots._mutatingExtracting(place..<place + count)
    precondition(room.count == count)
    for index in 0..<count { room[index] = from[index] }
  }
}
