/// What a run finds: the clauses that hold, what each decision comes to, and the answer.

/// The findings of one run, reused from run to run.
public struct Findings: ~Copyable, Sendable {
  /// The clauses that hold, are unknown or failed, in order.
  public var entries = EntryList()
  /// For each plan the range of its entries; the straight code leaves that of the last plan to the answer.
  public var ranges: [Range<Int>]
  /// For each plan its verdict; the straight code leaves that of the last plan to the answer.
  public var verdicts: [Verdict]
  /// For each plan whether it applies: true, unknown or an error.
  public var applies: [Slot]
  /// Whether a run left more behind than entries and verdicts, which the next one must forget.
  var isTouched = false
  /// The answer of the decision asked.
  public var answer = Answer()

  init(plans: Int) {
    ranges = Array(repeating: 0..<0, count: plans)
    verdicts = Array(repeating: Verdict(), count: plans)
    applies = Array(repeating: Slot(true), count: plans)
  }

  /// Forgets what an earlier run left behind besides entries and verdicts.
  mutating func forget() {
    for plan in applies.indices { applies[plan] = Slot(true) }
    answer = Answer()
    isTouched = false
  }

  /// A plan does not apply.
  @inline(never)
  mutating func setInapplicable(_ plan: Int) {
    applies[plan] = Slot(false)
    isTouched = true
  }
}

extension Frame {
  /// For each plan the range of its entries.
  var ranges: [Range<Int>] {
    @inline(__always) _read { yield found.ranges }
    @inline(__always) _modify { yield &found.ranges }
  }
  /// For each plan its verdict.
  var verdicts: [Verdict] {
    @inline(__always) _read { yield found.verdicts }
    @inline(__always) _modify { yield &found.verdicts }
  }
  /// For each plan whether it applies.
  var applies: [Slot] {
    @inline(__always) _read { yield found.applies }
    @inline(__always) _modify {
      found.isTouched = true
      yield &found.applies
    }
  }
  /// The answer of the decision asked.
  public var answer: Answer {
    @inline(__always) _read { yield found.answer }
    @inline(__always) _modify { yield &found.answer }
  }
}

/// The answer of the decision asked: indices into the program and the frame, no text yet.
public struct Answer: ~Copyable, Sendable {
  /// The outcome.
  public var outcome: Outcomes = []
  /// The outcome, with the state of a chain in the place of `chain`: what duties follow.
  public var status: Outcomes = []
  /// The error, when the answer is one.
  public var error: Trap?
  /// The range of its entries in `Frame.entries`: reasons (deny, hold, problems), steps, duties, copies.
  public var entries: Range<Int> = 0..<0
  /// The need of everything that is missing; -1 when nothing is.
  public var need = -1
  /// Limit: the clause that binds; -1 none.
  public var binding = -1
  /// Limit: the least cap, and what is left of it.
  public var limit = Slot.absent
  /// Limit: the least cap less what is used.
  public var headroom = Slot.absent
  /// Limit: the currency of what is left.
  public var currency: UInt16 = 1
  /// Limit: whether the warning share is reached.
  public var warns = false
  /// Grade: the clause of the band that decided; -1 is `otherwise`.
  public var band = -1
  /// Grade: the class.
  public var member = -1

  /// No answer yet.
  public init() {}

  /// Whether callers may go ahead: `allow`, `within`, `valid`; a chain only once it is approved.
  public var permitted: Bool {
    error == nil
      && (outcome == .allow || outcome == .within || outcome == .valid || status == .approved)
  }
}
