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
  /// What posts are held for, a row for each way.
  public var holderScopes = ProgramTable(keyCount: 0, rowCount: 0, firstHit: true)
  /// Who stands in for whom.
  public var delegations: [Delegation] = []
  /// For each clause what a trace says besides: apart, so that nothing else touches it.
  public var traces: [ClauseTrace] = []
  /// For each plan the values that a trace shows: `applies when`, definitions, the figure.
  public var computations: [[Computation]] = []
  /// For each table its names and lines, for traces.
  public var tableNotes: [TableNote] = []
  /// Texts with holes.
  public var templates: [Template] = []
  /// The worst case of the careful code.
  public var cost = ProgramCost()
  /// The labels of enumerations and posts, for answers.
  public var types = TypeTable()
  /// What answers say of all this, rendered.
  var pieces = AnswerPieces()

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
    /// The schema node of the list, for its name; 0 when it is made by the decision.
    public var node: Int32 = 0
    /// How many items the list may have.
    public var items = RequestLimits.listItems
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
