/// The typed tree: what the checker makes of a set, with every name resolved and every type known.
///
/// The reference evaluator gives it meaning; lowering turns it into programs. References between
/// declarations are indices into arrays of `TypedSet` and its policies, so the tree is a plain value.
public import PolicyRuntime
public import PolicySource

/// A whole checked set; complete only when the checker found no error.
public struct TypedSet: Sendable {
  /// The files, for places.
  public var files: SourceFiles
  /// Records, enumerations, posts.
  public var types = TypeTable()
  /// The policies, sorted by name.
  public var policies: [TypedPolicy] = []
  /// Who holds which post; empty when no policy says so.
  public var holders: [TypedHolder] = []
  /// What the posts of `holders` may be held for: the columns of all registers by name.
  public var holderColumns: [(name: String, type: ValueType)] = []
  /// Who stands in for whom.
  public var delegations: [TypedDelegation] = []

  /// An empty set over files.
  public init(files: SourceFiles) { self.files = files }
}

/// The place of a declaration within a set: the policy and the index in that policy's array.
public struct Reference: Hashable, Sendable {
  /// The index in `TypedSet.policies`.
  public let policy: Int
  /// The index in the policy's `inputs`, `parameters`, `tables`, `calendars`, `rates`, `defines` or
  /// `decisions`.
  public let index: Int

  /// Makes a reference.
  public init(policy: Int, index: Int) {
    self.policy = policy
    self.index = index
  }
}

/// One policy.
public struct TypedPolicy: Sendable {
  /// The identifier.
  public var name: String
  /// The title for people.
  public var label: String
  /// Who answers for it.
  public var owner: String
  /// The first day in force; nil means always.
  public var effectiveFrom: Day?
  /// The last day in force.
  public var effectiveUntil: Day?
  /// The currency of bare amounts.
  public var currency: String?
  /// The source documents.
  public var sources: [SourceNote]
  /// The processes of the company's register that it decides.
  public var processes: [TypedProcess] = []
  /// The facts that a request supplies; those of used policies stand in their own policy.
  public var inputs: [TypedInput] = []
  /// The parameters.
  public var parameters: [TypedParameter] = []
  /// The decision tables.
  public var tables: [TypedTable] = []
  /// The business calendars.
  public var calendars: [TypedCalendar] = []
  /// The rates of currencies.
  public var rates: [TypedRates] = []
  /// Who stands above whom.
  public var hierarchies: [TypedHierarchy] = []
  /// The definitions.
  public var defines: [TypedDefine] = []
  /// The decisions in source order.
  public var decisions: [TypedDecision] = []
  /// What it promises for every request, in source order.
  public var guarantees: [TypedGuarantee] = []
  /// The header.
  public var range: SourceRange

  /// Makes a policy; the checker fills the rest.
  public init(
    name: String, label: String, owner: String, currency: String?, sources: [SourceNote],
    range: SourceRange
  ) {
    self.name = name
    self.label = label
    self.owner = owner
    self.currency = currency
    self.sources = sources
    self.range = range
  }
}

/// A process of the company's register and the decisions of the policy that decide it.
public struct TypedProcess: Hashable, Sendable {
  /// Its number in the register, such as `S1-25`.
  public let id: String
  /// Its title; may be empty.
  public let title: String
  /// Indexes of decisions of the policy.
  public let decisions: [Int]
  /// Its number in the header.
  public let range: SourceRange
}

/// A document and a place in it.
public struct SourceNote: Hashable, Sendable {
  /// The document.
  public let document: String
  /// The place in it; may be empty.
  public let clause: String

  /// Makes a note.
  public init(document: String, clause: String) {
    self.document = document
    self.clause = clause
  }
}

/// A fact that a request supplies: reuses `RecordType.Field` for name, label, type and constraints.
public struct TypedInput: Sendable {
  /// Name, label, type, constraints.
  public var field: RecordType.Field
  /// Where it is declared.
  public var range: SourceRange

  /// Makes an input.
  public init(field: RecordType.Field, range: SourceRange) {
    self.field = field
    self.range = range
  }
}

/// A number that finance sets.
public struct TypedParameter: Sendable {
  /// A value from a day on; nil means always.
  public struct Value: Sendable {
    /// The first day.
    public let from: Day?
    /// The value.
    public let constant: Constant
    /// Makes a value.
    public init(from: Day?, constant: Constant) {
      self.from = from
      self.constant = constant
    }
  }

  /// The identifier.
  public var name: String
  /// The label for people.
  public var label: String
  /// The type.
  public var type: ValueType
  /// At least one value, days rising; the last whose day is not after `as of` counts,
  /// none gives the trap `parameter_missing`.
  public var values: [Value]
  /// Whether the source leaves the value open.
  public var illustrative: Bool
  /// Where it is declared.
  public var range: SourceRange

  /// Makes a parameter.
  public init(
    name: String, label: String, type: ValueType, values: [Value], illustrative: Bool,
    range: SourceRange
  ) {
    self.name = name
    self.label = label
    self.type = type
    self.values = values
    self.illustrative = illustrative
    self.range = range
  }
}

/// A decision table.
public struct TypedTable: Sendable {
  /// A key cell: the key must pass one of the tests (none of them when negated); empty and not negated is "any".
  public struct Cell: Sendable {
    /// The tests.
    public var tests: [Test]
    /// `not A, B`.
    public var negated: Bool
    /// Makes a cell.
    public init(tests: [Test], negated: Bool) {
      self.tests = tests
      self.negated = negated
    }
  }

  /// One test of a key, against constants of the key's type.
  public enum Test: Sendable {
    case equals(Constant)
    case less(Constant), lessOrEqual(Constant), greater(Constant), greaterOrEqual(Constant)
    case range(Constant, Constant, inclusive: Bool)
  }

  /// A row.
  public struct Row: Sendable {
    /// One cell per key.
    public var cells: [Cell]
    /// One constant per column.
    public var values: [Constant]
    /// The line.
    public var range: SourceRange
    /// Makes a row.
    public init(cells: [Cell], values: [Constant], range: SourceRange) {
      self.cells = cells
      self.values = values
      self.range = range
    }
  }

  /// What becomes of the rows that match a key.
  public enum Hit: UInt8, Sendable {
    /// At most one may match (trap `several_rows`).
    case unique
    /// The first counts.
    case first
    /// All count, and a column is their sum (0 for none), their least or greatest value, or their number.
    case sum, min, max, count
    /// All count, and a column is the list of their values, in the order of the rows.
    case list
  }

  /// The identifier.
  public var name: String
  /// The label for people.
  public var label: String
  /// The keys.
  public var keys: [(name: String, type: ValueType)]
  /// The columns.
  public var columns: [(name: String, type: ValueType)]
  /// What people call the keys that are written, in their order; the name where nothing else is said.
  public var keyLabels: [String] = []
  /// What people call the columns.
  public var columnLabels: [String] = []
  /// What becomes of the rows that match.
  public var hit: Hit
  /// Whether the last key is the day `as of`, which a look-up adds by itself.
  public var isDated: Bool
  /// Whether the source leaves the values open.
  public var illustrative: Bool
  /// The rows in order.
  public var rows: [Row]
  /// Where it is declared.
  public var range: SourceRange

  /// Makes a table.
  public init(
    name: String, label: String, keys: [(name: String, type: ValueType)],
    columns: [(name: String, type: ValueType)], hit: Hit, isDated: Bool = false,
    illustrative: Bool, rows: [Row], range: SourceRange
  ) {
    self.name = name
    self.label = label
    self.keys = keys
    self.columns = columns
    self.hit = hit
    self.isDated = isDated
    self.illustrative = illustrative
    self.rows = rows
    self.range = range
  }
}

/// A named condition or formula.
public struct TypedDefine: Sendable {
  /// The identifier.
  public var name: String
  /// The label for people.
  public var label: String
  /// The variables bound to the arguments; empty for a named value.
  public var arguments: [Variable]
  /// The body.
  public var body: TypedExpression
  /// Where it is declared.
  public var range: SourceRange

  /// Makes a definition.
  public init(
    name: String, label: String, arguments: [Variable], body: TypedExpression, range: SourceRange
  ) {
    self.name = name
    self.label = label
    self.arguments = arguments
    self.body = body
    self.range = range
  }
}

/// A name bound by `for each`, `any … in`, `sum(… for x in …)` or an argument of a definition.
public struct Variable: Hashable, Sendable {
  /// Unique within the set.
  public let id: Int
  /// As written.
  public let name: String
  /// The type of the value.
  public let type: ValueType

  /// Makes a variable.
  public init(id: Int, name: String, type: ValueType) {
    self.id = id
    self.name = name
    self.type = type
  }
}
