/// What a trace says beyond the clauses: values that are computed on the way, and the rows of tables.

/// A value that a decision computes once, for the trace: nothing of it is looked at otherwise.
public struct Computation: Sendable {
  /// What it is.
  public enum What: String, Sendable {
    case appliesWhen = "applies_when"
    case define, value
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
  /// The facts, parameters and definitions that it reads.
  public var reads: [FactPlan] = []

  /// Makes a computation.
  public init(_ what: What, site: Int, slot: Int, form: SlotForm, code: Range<Int>) {
    self.what = what
    self.site = site
    self.slot = slot
    self.form = form
    self.code = code
  }
}

/// What a trace says about a clause beyond what reasons say.
public struct ClauseTrace: Sendable {
  /// The careful code of its condition, for one item where it has `for each`.
  public var code: Range<Int> = 0..<0
  /// The place of its condition; -1 when it has none.
  public var condition = -1
  /// The facts, parameters and definitions that it reads.
  public var reads: [FactPlan] = []

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
