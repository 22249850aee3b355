/// The tree of a policy file: header, declarations, decisions, as written.
public import PolicySource

/// One `.writ` file.
public struct PolicyTree: Sendable {
  /// The header; a file without one has a diagnostic and an empty name.
  public var header: HeaderTree
  /// The policies named by `use`.
  public var uses: [Name]
  /// Posts, types, inputs, parameters, tables and definitions in source order.
  public var declarations: [DeclarationTree]
  /// The decisions in source order.
  public var decisions: [DecisionTree]
  /// The whole file.
  public var range: SourceRange

  /// Makes the tree of a file.
  public init(
    header: HeaderTree, uses: [Name], declarations: [DeclarationTree], decisions: [DecisionTree],
    range: SourceRange
  ) {
    self.header = header
    self.uses = uses
    self.declarations = declarations
    self.decisions = decisions
    self.range = range
  }
}

/// `policy name "label"` and its lines.
public struct HeaderTree: Sendable {
  /// The name, empty when the header is missing.
  public var name: Name
  /// The title for people.
  public var label: TextTree?
  /// `owner "…"`.
  public var owner: TextTree?
  /// `effective DATE`: a `date` expression.
  public var effectiveFrom: ExpressionTree?
  /// `effective DATE until DATE`, inclusive.
  public var effectiveUntil: ExpressionTree?
  /// `currency CNY`.
  public var currency: Name?
  /// `source "document" "clause"` lines.
  public var sources: [SourceNoteTree]
  /// `process "id" "title" in decision, …` lines.
  public var processes: [ProcessTree] = []

  /// Makes a header.
  public init(name: Name) {
    self.name = name
    sources = []
  }
}

/// `process "id" ["title"] [in decision, …]`: a process of the company's register that the policy decides.
public struct ProcessTree: Sendable {
  /// The number of the process in the register.
  public var id: TextTree
  /// Its title for people.
  public var title: TextTree?
  /// The decisions that decide it; empty means all of the policy.
  public var decisions: [Name]
}

/// `source "document" "clause"` on the header, `source ["document"] "clause"` on a clause.
public struct SourceNoteTree: Sendable {
  /// The document; nil on a clause means the header's first.
  public var document: TextTree?
  /// The place in the document.
  public var clause: TextTree?

  /// Makes a source note.
  public init(document: TextTree?, clause: TextTree?) {
    self.document = document
    self.clause = clause
  }
}

/// What may be declared before the decisions.
public enum DeclarationTree: Sendable {
  /// `posts { gm "总经理" … }`.
  case posts([MemberTree])
  /// `type T { … }`.
  case record(RecordTree)
  /// `type T = one of { … }`.
  case enumeration(EnumerationTree)
  /// `input order Order`.
  case input(InputTree)
  /// `param name Type = value`.
  case parameter(ParameterTree)
  /// `table name (…) -> (…) { … }`.
  case table(TableTree)
  /// `calendar name { … }`.
  case calendar(CalendarTree)
  /// `rates name { … }`.
  case rates(RatesTree)
  /// `define name(x Type) = expr`.
  case define(DefineTree)
  /// `holders { … }`, `delegations { … }`.
  case register(RegisterTree)
  /// `hierarchy name { … }`.
  case hierarchy(HierarchyTree)
  /// `guarantee name PROPERTY`.
  case guarantee(GuaranteeTree)
}

/// `hierarchy name ["label"] { post | superior | up_to … }`: who stands above whom, and what each may decide.
public struct HierarchyTree: Sendable {
  /// The columns, as the header row names them.
  public static let columns = ["post", "superior", "up_to"]

  /// The rows, as a table whose columns are all keys; its name and label are those of the hierarchy.
  public var table: TableTree

  /// Makes a hierarchy.
  public init(table: TableTree) { self.table = table }
}

/// `holders { … }`, `delegations { … }`: who holds which post, who stands in for whom.
public struct RegisterTree: Sendable {
  /// The two registers.
  public enum Kind: String, Sendable {
    case holders, delegations

    /// The columns of the register, as its header row names them.
    public var columns: [String] {
      switch self {
      case .holders: ["person", "post", "from", "until"]
      case .delegations: ["post", "person", "from", "until", "up_to", "decision"]
      }
    }
  }

  /// Which.
  public var kind: Kind
  /// The columns beyond those of every register: what a post is held for, and `up_to` how much.
  public var scope: [FieldTree]
  /// The rows, as a table whose columns are all keys.
  public var table: TableTree

  /// Makes a register.
  public init(kind: Kind, scope: [FieldTree], table: TableTree) {
    self.kind = kind
    self.scope = scope
    self.table = table
  }
}

/// A post or a member of an enumeration with its label.
public struct MemberTree: Sendable {
  /// The identifier.
  public var name: Name
  /// The label for people.
  public var label: TextTree?

  /// Makes a member.
  public init(name: Name, label: TextTree?) {
    self.name = name
    self.label = label
  }
}

/// A type as written.
public struct TypeTree: Sendable {
  /// The forms of a type.
  public indirect enum Kind: Sendable {
    /// `Money`, `Order`, …
    case named(Name)
    /// `List of T`.
    case list(TypeTree)
    /// `T?`.
    case optional(TypeTree)
  }

  /// What it is.
  public var kind: Kind
  /// Where it stands.
  public var range: SourceRange

  /// Makes a type.
  public init(_ kind: Kind, _ range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

/// What a field's value must satisfy, checked when it is read.
public enum ConstraintTree: Sendable {
  /// `>= 0`, `> 0`, `< 100`, `<= 100`.
  case compare(ExpressionTree.BinaryOperator, ExpressionTree)
  /// `in 0..100`, `in 0..<100`.
  case range(ExpressionTree, ExpressionTree, inclusive: Bool)
  /// `matching "SC{date}{digits 4}"`: the pattern with its braces, unparsed.
  case pattern(String, SourceRange)
  /// `up to 500`: how many items a list may have.
  case items(ExpressionTree)
}

/// `name Type [constraint …] [secret] ["label"]`: a field of a record, or an input.
public struct FieldTree: Sendable {
  /// The identifier.
  public var name: Name
  /// The type.
  public var type: TypeTree
  /// Ranges and patterns; all must hold.
  public var constraints: [ConstraintTree]
  /// Where `secret` is written: the value is masked wherever it is logged.
  public var secret: SourceRange?
  /// The label for people.
  public var label: TextTree?

  /// Makes a field.
  public init(name: Name, type: TypeTree, constraints: [ConstraintTree], label: TextTree?) {
    self.name = name
    self.type = type
    self.constraints = constraints
    self.label = label
  }
}

/// `type T ["label"] { fields }`.
public struct RecordTree: Sendable {
  /// The identifier.
  public var name: Name
  /// The label for people.
  public var label: TextTree?
  /// The fields in order.
  public var fields: [FieldTree]

  /// Makes a record type.
  public init(name: Name, label: TextTree?, fields: [FieldTree]) {
    self.name = name
    self.label = label
    self.fields = fields
  }
}

/// `type T ["label"] = [rising | best first] one of { … }`.
public struct EnumerationTree: Sendable {
  /// How the members compare.
  public enum Order: String, Sendable {
    /// They do not.
    case unordered
    /// The first is the lowest: `>=` and friends.
    case rising
    /// The first is the best: `better than`.
    case bestFirst = "best first"
  }

  /// The identifier.
  public var name: Name
  /// The label for people.
  public var label: TextTree?
  /// Whether members compare.
  public var order: Order
  /// The members in order.
  public var members: [MemberTree]

  /// Makes an enumeration.
  public init(name: Name, label: TextTree?, order: Order, members: [MemberTree]) {
    self.name = name
    self.label = label
    self.order = order
    self.members = members
  }
}

/// `input name Type [constraint] [secret] ["label"]`.
public typealias InputTree = FieldTree

/// `param name Type ["label"] = value [illustrative]`, or dated values in braces.
public struct ParameterTree: Sendable {
  /// A value and the day from which it counts; nil means always.
  public struct Value: Sendable {
    /// The first day; a `date` expression.
    public var from: ExpressionTree?
    /// The value, a literal.
    public var value: ExpressionTree

    /// Makes a dated value.
    public init(from: ExpressionTree?, value: ExpressionTree) {
      self.from = from
      self.value = value
    }
  }

  /// The identifier.
  public var name: Name
  /// The type.
  public var type: TypeTree
  /// The label for people.
  public var label: TextTree?
  /// The values; empty when none was written (the checker says so).
  public var values: [Value]
  /// Whether the source leaves the value open and this one is an example.
  public var illustrative: Bool

  /// Makes a parameter.
  public init(
    name: Name, type: TypeTree, label: TextTree?, values: [Value], illustrative: Bool
  ) {
    self.name = name
    self.type = type
    self.label = label
    self.values = values
    self.illustrative = illustrative
  }
}

/// `define name[(x Type, …)] ["label"] [of TYPE] = expr`.
public struct DefineTree: Sendable {
  /// The identifier.
  public var name: Name
  /// The arguments; empty for a named value.
  public var arguments: [FieldTree]
  /// The label for people.
  public var label: TextTree?
  /// `of TYPE`: what a record or list that is written out is.
  public var type: TypeTree?
  /// The body.
  public var body: ExpressionTree

  /// Makes a definition.
  public init(
    name: Name, arguments: [FieldTree], label: TextTree?, type: TypeTree?, body: ExpressionTree
  ) {
    self.name = name
    self.arguments = arguments
    self.label = label
    self.type = type
    self.body = body
  }
}

/// `table name (keys) -> (columns) [unique | first] [illustrative] { rows }`.
public struct TableTree: Sendable {
  /// How rows are chosen.
  public enum HitPolicy: String, Sendable {
    /// At most one row matches.
    case unique
    /// The first row that matches.
    case first
    /// Every row that matches: their values in order.
    case collect
    /// Every row that matches: their values added up, the least, the greatest, or how many there are.
    case sum = "collect sum", min = "collect min", max = "collect max", count = "collect count"
  }

  /// A cell of a key column.
  public enum Cell: Sendable {
    /// `-`: any value.
    case any(SourceRange)
    /// Any of the tests, or none of them when negated.
    case tests([UnaryTest], negated: Bool, SourceRange)
  }

  /// One test of a key cell.
  public enum UnaryTest: Sendable {
    /// A literal or member.
    case equals(ExpressionTree)
    /// `< 5_000`, `>= 85`.
    case compare(ExpressionTree.BinaryOperator, ExpressionTree)
    /// `5_000..20_000`, `5_000..<20_000`.
    case range(ExpressionTree, ExpressionTree, inclusive: Bool)
  }

  /// A row: as many cells and values as the header names, in its order.
  public struct Row: Sendable {
    /// The key cells, in the order of the declared keys; of a dated table, the period is the last.
    public var cells: [Cell]
    /// The values, in the order of the declared columns.
    public var values: [ExpressionTree]
    /// The line.
    public var range: SourceRange

    /// Makes a row.
    public init(cells: [Cell], values: [ExpressionTree], range: SourceRange) {
      self.cells = cells
      self.values = values
      self.range = range
    }
  }

  /// The identifier.
  public var name: Name
  /// The label for people.
  public var label: TextTree?
  /// The keys.
  public var keys: [FieldTree]
  /// The columns.
  public var columns: [FieldTree]
  /// How rows are chosen.
  public var hitPolicy: HitPolicy
  /// Whether each row counts only from a day until a day: then its period is one more key cell.
  public var isDated = false
  /// Whether the source leaves the values open.
  public var illustrative: Bool
  /// The rows; a row with the wrong number of cells has a diagnostic and is left out.
  public var rows: [Row]
  /// `from "file.csv"`: the rows stand in that file, and `rows` is empty.
  public var sheet: SheetClause?
  /// From `table` to the closing brace.
  public var range: SourceRange

  /// Makes a table.
  public init(
    name: Name, label: TextTree?, keys: [FieldTree], columns: [FieldTree], hitPolicy: HitPolicy,
    illustrative: Bool, rows: [Row], range: SourceRange
  ) {
    self.name = name
    self.label = label
    self.keys = keys
    self.columns = columns
    self.hitPolicy = hitPolicy
    self.illustrative = illustrative
    self.rows = rows
    self.range = range
  }
}
