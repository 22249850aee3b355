/// What a trace says beyond the clauses: values that are computed on the way, and the rows of tables.

/// A value that a decision computes once, for the trace: nothing of it is looked at otherwise.
public struct Computation: Sendable {
  /// What it is.
  public enum What: String, Sendable {
    case appliesWhen = "applies_when"
    case requestedBy = "requested_by"
    case warnFrom = "warn_from"
    case define, value, used, asked, points
  }

  /// What it is.
  public var what: What
  /// The name of a definition.
  public var name = ""
  /// The place.
  public var site: Int
  /// Where its result is.
  public var slot: Int
  /// How the result is read.
  public var form: SlotForm
  /// The careful code that computes it.
  public var code: Range<Int>
  /// What it reads.
  public var reads = TraceReads()
  /// Whether the result is made of what is marked `secret`.
  public var isSecret = false

  /// Makes a computation.
  public init(_ what: What, site: Int, slot: Int, form: SlotForm, code: Range<Int>) {
    self.what = what
    self.site = site
    self.slot = slot
    self.form = form
    self.code = code
  }
}

/// What an expression reads, as far as a trace shows it.
public struct TraceReads: Sendable {
  /// The facts, parameters, definitions and figures.
  public var facts: [FactPlan] = []
  /// The decisions whose answers it asks for, as indices of `Program.plans`.
  public var decisions: [Int] = []

  /// Nothing read.
  public init() {}

  /// How many there are.
  public var count: Int { facts.count + decisions.count }

  /// Adds what is not there yet.
  public mutating func add(_ others: TraceReads) {
    for fact in others.facts where !facts.contains(where: { $0.path == fact.path }) {
      facts.append(fact)
    }
    for decision in others.decisions where !decisions.contains(decision) {
      decisions.append(decision)
    }
  }
}

/// What a trace says about a clause beyond what reasons say.
public struct ClauseTrace: Sendable {
  /// The careful code of its condition, for one item where it has `for each`.
  public var code: Range<Int> = 0..<0
  /// The place of its condition; -1 when it has none.
  public var condition = -1
  /// The place of what a `require` asks for; -1 of other clauses.
  public var requirement = -1
  /// The slot of the condition of a `require`; -1 when it always counts.
  public var when = -1
  /// What it reads.
  public var reads = TraceReads()

  /// Nothing known.
  public init() {}
}

/// The names of a table and the lines of its rows.
public struct TableNote: Sendable {
  /// The name.
  public var name: String
  /// The file that the rows stand in.
  public var file: String
  /// The line of each row.
  public var lines: [Int32]
  /// The columns, with how their values are read.
  public var columns: [(name: String, form: SlotForm)]

  /// Makes a note.
  public init(name: String, file: String, lines: [Int32], columns: [(name: String, form: SlotForm)])
  {
    self.name = name
    self.file = file
    self.lines = lines
    self.columns = columns
  }
}

/// What a run keeps for a trace, and for nothing else.
public struct TraceNotes: Sendable {
  /// The entries of the last plan before some were taken out, when it may not apply.
  var removed: [Entry] = []
  /// How far each approval has come that has a history.
  var states: [(plan: Int, state: HistoryState)] = []

  /// Nothing kept.
  public init() {}
}
