/// A compiled decision: its inputs, its two codes, and what is said about its clauses.
public import PolicySource

/// One decision with everything it needs, ready to run; immutable and shared by all threads.
public struct Program: Sendable {
  /// `policy.decision`.
  public var name = ""
  /// The label for people.
  public var label = ""
  /// The first day on which every policy that it needs is in force; nil means always.
  public var effectiveFrom: Day?
  /// The last such day.
  public var effectiveUntil: Day?
  /// When each policy that it needs is in force, its own first.
  public var requirements: [Requirement] = []

  // MARK: Slots

  /// The inputs.
  public var schema = Schema()
  /// The frame before a request is read: constants, then inputs as unknown or absent, then work slots.
  public var blank: [Slot] = []
  /// The currency of each slot of `blank` (index of `Schema.currencies`), when currencies are tracked.
  public var blankCurrencies: [UInt16] = []
  /// The inputs among `blank`, copied anew for each request.
  public var inputSlots: Range<Int> = 0..<0
  /// The slot of `today`.
  public var todaySlot = 0
  /// The slot of the day `as of`, by which dated tables are looked up.
  public var asOfSlot = 0
  /// Parameters that change with `as of`.
  public var datedParameters: [DatedParameter] = []
  /// Whether an amount in another currency than the main one stands in the program.
  public var tracksCurrencies = false
  /// The bytes of text constants.
  public var texts: [UInt8] = []
  /// For each need that is a field: its schema node.
  ///
  /// Needs behind them are made while a request is read or run.
  public var needNodes: [Int32] = []

  // MARK: Code

  /// The straight code, run when every fact it reads is known.
  public var straight: [Instruction] = []
  /// The careful code: that of the decision, then that of the holes of texts.
  public var careful: [CarefulInstruction] = []
  /// Where the careful code of the decision ends; what follows runs only when a text is written.
  public var carefulEnd = 0
  /// The sets of members, posts or verdicts that `member` and `decisionIs` test.
  public var bitSets: [UInt64] = []
  /// Text patterns.
  public var patterns: [TextPattern] = []
  /// The business calendars.
  public var calendars: [BusinessCalendar] = []
  /// The rates of currencies.
  public var rates: [RateTable] = []
  /// The tables.
  public internal(set) var tables: [ProgramTable] = []
  /// What the straight code needs of each table, without a reference to count.
  var tableHeads: [TableHead] = []
  /// The segments of all tables of one key: where they begin.
  var tableBounds: [Int128] = []
  /// The row of each of them.
  var tableSegments: [Int32] = []
  /// The values of all tables.
  var tableValues: [Slot] = []
  /// The loops.
  public var loops: [Loop] = []
  /// The indices over clauses that compare one slot with constants.
  public var indices: [ClauseIndex] = []
  /// The places that traps and reasons name.
  public var sites: [Site] = []

  // MARK: Meaning

  /// The decisions in order of evaluation; the last is the one asked, the others are used by it.
  public var plans: [Plan] = []
  /// What each clause is; `fire` and `record` name them by index.
  public var clauses: [ClausePlan] = []
  /// Who holds which post; empty when the set does not say.
  public var holders: [PostHolder] = []
  /// Who stands in for whom.
  public var delegations: [Delegation] = []
  /// Texts with holes.
  public var templates: [Template] = []
  /// The labels of enumerations and posts, for answers.
  public var types = TypeTable()

  /// An empty program; lowering fills it.
  public init() {}

  /// A place in a file, rendered: `shipment/reseller.writ:31`.
  public struct Site: Sendable {
    /// The range.
    public var range: SourceRange
    /// `file:line`.
    public var place: String
    /// The words underlined, shortened to one line.
    public var text: String
    /// Makes a site.
    public init(range: SourceRange, place: String, text: String) {
      self.range = range
      self.place = place
      self.text = text
    }
  }

  /// A policy and the days on which it is in force.
  public struct Requirement: Sendable {
    /// The name.
    public let policy: String
    /// The first day; nil means always.
    public let from: Day?
    /// The last day.
    public let until: Day?
    /// Makes a requirement.
    public init(policy: String, from: Day?, until: Day?) {
      self.policy = policy
      self.from = from
      self.until = until
    }

    /// Whether the policy is in force on a day.
    public func holds(on day: Day) -> Bool {
      (from.map { $0 <= day } ?? true) && (until.map { day <= $0 } ?? true)
    }
  }

  /// A parameter whose value depends on `as of`.
  public struct DatedParameter: Sendable {
    /// Its slot.
    public var slot: Int
    /// Days rising; `Day.first` for "always".
    public var values: [(from: Day, value: Slot)]
    /// The currency of each value.
    public var currencies: [UInt16]
    /// Its declaration, for the trap `parameter_missing`.
    public var site: Int
    /// Makes a dated parameter.
    public init(
      slot: Int, values: [(from: Day, value: Slot)], currencies: [UInt16], site: Int
    ) {
      self.slot = slot
      self.currencies = currencies
      self.values = values
      self.site = site
    }
  }

  /// A loop over a list: the item is copied to a block of slots that the body reads.
  public struct Loop: Sendable {
    /// The slot of the list.
    public var list: Int32
    /// The first slot of the block.
    public var block: Int32
    /// The slots of an item.
    public var stride: Int32
    /// The slot that counts the items done.
    public var counter: Int32
    /// Makes a loop.
    public init(list: Int, block: Int, stride: Int, counter: Int) {
      self.list = Int32(list)
      self.block = Int32(block)
      self.stride = Int32(stride)
      self.counter = Int32(counter)
    }
  }

  /// Clauses that fire only when one slot equals a constant, by that constant.
  public struct ClauseIndex: Sendable {
    /// Hash table of `(key, first, count)`; count 0 is free.
    public var buckets: [(key: Int128, first: Int32, count: Int32)]
    /// The starts of the clauses' code, bucket by bucket.
    public var entries: [Int32]
    /// Whether the slot is a text: then its literal number is the key.
    public var isText: Bool
    /// Makes an index.
    public init(
      buckets: [(key: Int128, first: Int32, count: Int32)], entries: [Int32], isText: Bool
    ) {
      self.buckets = buckets
      self.entries = entries
      self.isText = isText
    }
  }
}

/// A decision table in the program: rows of tests on key slots, and constants.
public struct ProgramTable: Sendable {
  /// A test of a key: `low <= key <= high` in bits (less when `negated` is true: the key must fail it).
  public struct Test: Sendable {
    /// The least value.
    public var low: Int128
    /// The greatest value.
    public var high: Int128
    /// The currency of the least value; 0 fits every currency.
    public var lowCurrency: UInt16
    /// The currency of the greatest value.
    public var highCurrency: UInt16
    /// Makes a test.
    public init(
      low: Int128, high: Int128, lowCurrency: UInt16 = 0, highCurrency: UInt16 = 0
    ) {
      self.low = low
      self.high = high
      self.lowCurrency = lowCurrency
      self.highCurrency = highCurrency
    }
  }

  /// A cell: one of the tests holds; none of them when negated.
  ///
  /// An empty cell that is not negated is "any".
  public struct Cell: Sendable {
    /// The range in `tests`.
    public var first: Int32
    /// How many tests.
    public var count: Int32
    /// `not`.
    public var negated: Bool
    /// Makes a cell.
    public init(first: Int32, count: Int32, negated: Bool) {
      self.first = first
      self.count = count
      self.negated = negated
    }
  }

  /// What a table that collects makes of the rows that match.
  public enum Collecting: UInt8, Sendable {
    /// It does not collect: one row gives the value.
    case nothing
    case sum, least, greatest, count
    /// The values, in the order of the rows.
    case list
  }

  /// How many keys.
  public var keyCount: Int
  /// How many rows.
  public var rowCount: Int
  /// Row by row, key by key.
  public var cells: [Cell]
  /// The tests of all cells.
  public var tests: [Test]
  /// Column by column: `values[column * rowCount + row]`.
  public var values: [Slot]
  /// The currency of each value; used only when currencies are tracked.
  public var currencies: [UInt16]
  /// The first row counts; else several rows are a trap.
  public var firstHit: Bool
  /// What becomes of all rows that match.
  public var collects = Collecting.nothing
  /// Which keys are texts (compared by literal number).
  public var textKeys: [Bool]
  /// For a table of one key: where the segments of the key begin, rising.
  ///
  /// The first is the least of all. Empty for tables of several keys, which have `index`.
  public var bounds: [Int128]
  /// The row of each segment; -1 no row, -2 several rows of a `unique` table.
  public var segments: [Int32]

  /// For a table of several keys, or one that collects: how the rows that may match are found.
  public var index = Index()

  /// Makes a table.
  public init(keyCount: Int, rowCount: Int, firstHit: Bool) {
    self.keyCount = keyCount
    self.rowCount = rowCount
    self.firstHit = firstHit
    cells = []
    tests = []
    values = []
    currencies = []
    textKeys = []
    bounds = []
    segments = []
  }
}

/// How to read a slot as a value for people and for the wire.
public enum SlotForm: Hashable, Sendable {
  case bool, number, money, percent, text, date, month, time, post
  /// An enumeration by its index in `TypeTable.enumerations`.
  case member(Int)
  /// Anything that is shown as the count of its items.
  case list
}

/// A text with holes.
public struct Template: Sendable {
  /// A piece.
  public enum Part: Sendable {
    /// These bytes.
    case letters([UInt8])
    /// The value of a slot, after the careful code `code` (may be empty) has run.
    case hole(slot: Int, form: SlotForm, code: Range<Int>)
  }
  /// The pieces in order.
  public var parts: [Part]
  /// Makes a template.
  public init(_ parts: [Part]) { self.parts = parts }
}

/// A fact that a clause reads: a field for the `facts` of a reason.
public struct FactPlan: Sendable {
  /// The path: `order.paid`; relative to the item for a loop's variable: `line.stock`.
  public var path: String
  /// Where it is.
  public var slot: Int
  /// How to read it.
  public var form: SlotForm
  /// The node of the schema.
  public var node: Int
  /// Whether the amount that `up to` compares reads it: then it may move within the bound.
  public var mayMove = false
  /// Makes a fact.
  public init(path: String, slot: Int, form: SlotForm, node: Int) {
    self.path = path
    self.slot = slot
    self.form = form
    self.node = node
  }
}

/// Everything that can hold or not: deny, hold, require, step, cap, band, duty, copy.
public struct ClausePlan: Sendable {
  /// What the clause is to its decision.
  public enum Role: UInt8, Sendable {
    case deny, hold, problem, step, cap, band, gradeCap, duty, copy, points
  }

  /// What it is.
  public var role: Role
  /// The plan it belongs to.
  public var plan: Int
  /// Its position among the clauses of its role, from 0.
  public var position: Int
  /// The code, step or point name; empty for a copy, cap or band.
  public var code = ""
  /// The label of a step or of points.
  public var label = ""
  /// The words; -1 none.
  public var template = -1
  /// `because`; -1 none.
  public var because = -1
  /// The place.
  public var site = 0
  /// The document of `source`; empty when none is written.
  public var document = ""
  /// The place in the document.
  public var documentClause = ""
  /// The loop of `for each`; -1 none.
  public var loop = -1
  /// The facts it reads.
  public var facts: [FactPlan] = []
  /// Who may clear it: a slot of a post; -1 nobody.
  public var clearPost = -1
  /// The slot of `for N days`; -1 for good (or not clearable).
  public var clearDays = -1
  /// A template of the post and the days, as a reason shows them; -1 not clearable.
  public var clearable = -1
  /// The slot of the amount compared by `up to`, whose verdict is recorded; -1 none.
  public var clearAmount = -1
  /// Whether a clearance counts only while the facts are those for which it was given.
  public var whileUnchanged = false
  /// The post of a step or duty (a slot); -1 none.
  public var by = -1
  /// The day of a duty (a slot); -1 none.
  public var due = -1
  /// A duty's trigger as a bit set of outcomes in which it is listed.
  public var outcomes: UInt64 = 0
  /// The word of that trigger.
  public var trigger = ""
  /// The posts or persons of a copy.
  public var to: [(slot: Int, form: SlotForm)] = []
  /// The slot of a cap's amount or of points; -1 none.
  public var value = -1
  /// The member of a band or grade cap.
  public var member = 0
  /// A step's act.
  public var act = ""
  /// A step's criteria.
  public var criteria: [String] = []
  /// Where a refusal goes: a step's name, `requester` or `ends`.
  public var onRefusal = ""
  /// The post through which it goes (a slot); -1 none.
  public var through = -1
  /// The clause of the step to which a refusal goes; -1 the requester, or nowhere.
  public var refusalStep = -1
  /// The index of the `together` of a step in `Plan.groups`; -1 none.
  public var group = -1
  /// The slot of the days within which a step is to be given; -1 none.
  public var withinDays = -1
  /// The calendar that counts them, when they are business days; -1 none.
  public var calendar = -1
  /// The slot of the post to which the turn goes when they have passed; -1 none.
  public var escalate = -1
  /// Whether a delegate of the post may give a step.
  public var isDelegable = false
  /// The slot of the amount that a delegation must cover, which only the careful code fills; -1 none.
  public var delegateAmount = -1
  /// How strong the act of a step is.
  public var strength = 0
  /// `start`, `at_most`, `nil` of a cap; `copy`, `notify`, `file` of a copy; `sign` of a grade's cap.
  public var form = ""

  /// Makes a clause.
  public init(role: Role, plan: Int, position: Int, site: Int) {
    self.role = role
    self.plan = plan
    self.position = position
    self.site = site
  }
}

/// A decision within a program.
public struct Plan: Sendable {
  /// The six kinds.
  public enum Kind: String, Sendable { case release, approval, limit, grade, check, value }

  /// The kind.
  public var kind: Kind
  /// `policy.decision`.
  public var name: String
  /// The decision's own name, by which clearances call it.
  public var shortName: String
  /// The clauses of the plan in `Program.clauses`, in evaluation order.
  public var clauses: Range<Int> = 0..<0
  /// Whether the straight code may find clauses out of order, so that entries must be sorted.
  public var sorts = false
  /// Value: the figure; limit: what is used; -1 none.
  public var valueSlot = -1
  /// Limit: what is asked.
  public var askedSlot = -1
  /// Limit: the share from which it warns.
  public var warnSlot = -1
  /// Value: the node of a figure that is a record or list; -1 for a single value.
  public var valueNode = -1
  /// How the figure (or the limit's amounts) is read.
  public var valueForm = SlotForm.number
  /// Grade: the total of the points; -1 when there are none.
  public var totalSlot = -1
  /// Grade: the member when no band holds.
  public var otherwise = 0
  /// Grade: the index in `TypeTable.enumerations`.
  public var enumeration = 0
  /// Approval: who asked, a slot that only the careful code fills; -1 nobody is named.
  public var requester = -1
  /// Approval: the posts that may intervene, slots that only the careful code fills.
  public var interveners: [Int] = []
  /// Approval: how many of the steps of each `together` must be given; -1 all.
  public var groups: [Int] = []
  /// Approval: whether the requester may act on the own request.
  public var ownRequest = false
  /// Approval: whether one person gives one step only.
  public var distinct = false
  /// Approval: whether a post that stands several times acts once, with its strongest act.
  public var skipsRepeats = false
  /// The place.
  public var site = 0

  /// Makes a plan.
  public init(kind: Kind, name: String, shortName: String) {
    self.kind = kind
    self.name = name
    self.shortName = shortName
  }
}
