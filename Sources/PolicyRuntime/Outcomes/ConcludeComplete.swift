/// The short way to combine clauses when every fact is known: nothing is unknown, lifted or an error, so what
/// was counted while the clauses ran decides. It says exactly what `conclude` says of such a frame.

extension Plan {
  /// The kinds that have a short way; the others go through `conclude`.
  public enum Short: Int, Sendable {
    case release = 1
    case check
    case approval
    case grade
    case value
  }
}

/// What the straight code counts while the clauses of a plan run.
struct Tally {
  /// The first entry of the plan.
  let start: Int
  /// The effects of the clauses that held: deny 1, hold 2, problem 4.
  var effects: UInt8 = 0
  /// The clause of the first band that held; -1 none.
  var bandClause: Int32 = -1
  /// The member of that band.
  var member = 0
  /// The best member that the caps allow.
  var cap = 0

  init(start: Int) { self.start = start }
}

extension Findings {
  /// Notes a clause that holds, for an item or (-1) none.
  @inline(__always)
  mutating func fire(_ clause: Int, item: Int = -1, _ effect: UInt8, _ tally: inout Tally) {
    entries.append(
      Entry(clause: Int32(truncatingIfNeeded: clause), item: Int32(truncatingIfNeeded: item)))
    tally.effects |= effect
  }

  /// Combines the clauses of a plan as its `conclude` instruction says.
  @inline(__always)
  mutating func conclude(_ i: Instruction, _ tally: Tally) {
    let plan = i.a
    var outcome = outcome(i, tally)
    if isTouched && applies[plan].isFalse { outcome = .notApplicable }
    guard i.mask == 1 else { return settle(plan, tally.start, outcome) }
    // What else an answer may say was never said, or is forgotten before a run.
    let isGrade = i.c == Plan.Short.grade.rawValue && outcome != .notApplicable
    answer.entries = tally.start..<entries.count
    answer.status = isGrade ? .grade : outcome
    answer.outcome = isGrade ? .grade : outcome == .open ? .chain : outcome
    answer.member = isGrade ? outcome.firstMember : -1
    answer.band = isGrade ? Int(tally.bandClause) : -1
  }

  /// Notes the verdict of a plan that others use.
  @inline(never)
  private mutating func settle(_ plan: Int, _ start: Int, _ outcome: Outcomes) {
    ranges[plan] = start..<entries.count
    // Without a history nothing is approved, and whether anything was refused is not known.
    verdicts[plan] = Verdict(decided: outcome == .open ? [.open, .refused] : outcome)
  }

  @inline(__always)
  private func outcome(_ i: Instruction, _ tally: Tally) -> Outcomes {
    switch Plan.Short(rawValue: i.c) {
    case .release: tally.effects & 1 != 0 ? .deny : (tally.effects & 2 != 0 ? .hold : .allow)
    case .check: tally.effects & 4 != 0 ? .invalid : .valid
    case .approval: tally.effects & 4 != 0 ? .invalid : .open
    case .grade: .member(max(tally.bandClause < 0 ? i.b : tally.member, tally.cap))
    case .value, nil: .value
    }
  }
}
