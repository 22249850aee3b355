/// What a generated policy declares: the names that its expressions may use, and what requests must supply.

/// The scalar types, enumerations by index.
enum GeneratedType: Hashable {
  case bool, number, money, percent, text, date, month, time, post, person
  case enumeration(Int)
}

/// A generated enumeration.
struct GeneratedEnumeration {
  var name: String
  /// Empty, `rising ` or `best first `.
  var order: String
  var members: [String]
}

/// A field of a record, or an input.
struct GeneratedField {
  indirect enum Content {
    case scalar(GeneratedType)
    case record(Int)
    case list(Int)
    case scalars(GeneratedType)
  }
  /// What a request's values must satisfy.
  enum Rule: Equatable {
    case none, notNegative, positive, percentage
    /// The index in `GeneratedPattern.all`.
    case pattern(Int)
  }

  var name: String
  var content: Content
  var isOptional = false
  var rule = Rule.none
}

struct GeneratedRecord {
  var name: String
  var fields: [GeneratedField]
}

struct GeneratedTable {
  var name: String
  var keys: [GeneratedType]
  var columns: [GeneratedType]
  /// Whether rows may be missing, so that a look-up should have an `else`.
  var hasGaps: Bool
  /// Whether the keys are only flags and members: then a missing row is an error without `else`.
  var isFinite: Bool
  /// Whether a look-up has a value without any row, so that it takes no `else`.
  var alwaysGives = false
  /// Whether a look-up gives the values of all rows.
  var isList = false
}

struct GeneratedDefine {
  enum Argument {
    case scalar(GeneratedType)
    case record(Int)
  }
  var name: String
  var arguments: [Argument]
  var result: GeneratedType
}

/// A definition that is a record of the request.
struct GeneratedName {
  var name: String
  var record: Int
  /// The records that it may be.
  var places: [String]
  /// What chooses between them.
  var condition: String
}

/// A decision that later ones may use.
struct GeneratedDecision {
  var name: String
  var kind: String
  /// The type of a value, the enumeration of a grade.
  var type: GeneratedType?
  /// Whether it often does not apply.
  var isFickle = false
}

/// A clause that a clearance may lift.
struct GeneratedClearing {
  var decision: String
  var code: String
  var isForEach: Bool
  var post: String
  /// The paths of the condition, of inputs and of the item.
  var facts: [GeneratedLeaf] = []
  /// The name of the item and the path of its list, when that is an input.
  var item: (name: String, list: String)?
}

/// A step of a generated approval: what an act of it must say.
struct GeneratedStep {
  var decision: String
  var name: String
  /// The post, or one that it may be.
  var post: String
  var act: String
  var criteria: Int
  /// The post that hands a refusal on.
  var through: String?
  var isDelegable = false
  var isConditional = false
  /// Whether a refusal ends the case.
  var ends = false

  var canRefuse: Bool { !["opines", "files", "claims", "signs"].contains(act) }
  /// Whether it holds only while the case is unchanged.
  var isUnchanged = false
  /// The inputs that its approval reads.
  var facts: [GeneratedLeaf] = []
}

/// The path of a scalar that an expression may read, with the `T?` that must be present for it.
struct GeneratedLeaf {
  var path: String
  var type: GeneratedType
  var guardedBy: String?
  /// The pattern of a text.
  var pattern: GeneratedPattern?
}

/// All declarations of a program.
struct GeneratedWorld {
  var currency: String?
  var posts: [String] = []
  var enumerations: [GeneratedEnumeration] = []
  var records: [GeneratedRecord] = []
  var inputs: [GeneratedField] = []
  var parameters: [(name: String, type: GeneratedType)] = []
  var tables: [GeneratedTable] = []
  var defines: [GeneratedDefine] = []
  var names: [GeneratedName] = []
  /// Definitions that are lists of records, and such of figures.
  var lists: [(path: String, record: Int)] = []
  var figureLists: [(path: String, type: GeneratedType)] = []
  /// Calendars and rates.
  var calendars: [String] = []
  var rates: [String] = []
  var decisions: [GeneratedDecision] = []
  var clearings: [GeneratedClearing] = []
  /// Values that are lists of records.
  var listValues: [(path: String, record: Int)] = []
  /// Values that are records.
  var recordValues: [(path: String, record: Int)] = []
  /// Who stands in for whom.
  var delegations: [(post: String, person: String)] = []
  var hasDelegations = false
  /// Whether posts are held for kinds and amounts.
  var hasScope = false
  /// The superior of each post, when there is a hierarchy.
  var superiors: [String: String] = [:]
  /// Whether walks start at persons, of whom each holds one post.
  var climbsFromPersons = false
  /// Steps of approvals, in order.
  var steps: [GeneratedStep] = []
  /// Who requests, by decision: the path of a person.
  var requesters: [String: String] = [:]
  /// The approvals in which one person acts but once.
  var distinct: Set<String> = []
  /// CSV files.
  var sheets: [(name: String, text: String)] = []
  /// Numbers and amounts that the program compares with: requests come close to them.
  var constants: [String] = ["0", "100"]
  /// Days that the program compares with.
  var days: [String] = ["2026-06-30"]
  /// Months and times of its tables.
  var months: [String] = []
  var times: [String] = []
}

/// The names that hold at a place.
struct GeneratedScope {
  var leaves: [GeneratedLeaf] = []
  /// Lists of records: path and record.
  var lists: [(path: String, record: Int)] = []
  /// Lists of scalars.
  var scalarLists: [(path: String, type: GeneratedType)] = []
  /// Whole records, as arguments of definitions.
  var records: [(path: String, record: Int)] = []

  init(_ world: GeneratedWorld) {
    for input in world.inputs { add(input, path: input.name, guardedBy: nil, world) }
    for named in world.names {
      records.append((named.name, named.record))
      for field in world.records[named.record].fields {
        add(field, path: "\(named.name).\(field.name)", guardedBy: nil, world)
      }
    }
    lists += world.lists
    scalarLists += world.figureLists
  }

  init() {}

  mutating func add(
    _ field: GeneratedField, path: String, guardedBy: String?, _ world: GeneratedWorld
  ) {
    // One guard per path: a `T?` inside of a `T?` is left alone.
    if field.isOptional && guardedBy != nil { return }
    let guardedBy = field.isOptional ? path : guardedBy
    switch field.content {
    case .scalar(let type):
      var leaf = GeneratedLeaf(path: path, type: type, guardedBy: guardedBy)
      if case .pattern(let index) = field.rule { leaf.pattern = GeneratedPattern.all[index] }
      leaves.append(leaf)
    case .record(let record):
      if guardedBy == nil { records.append((path, record)) }
      for inner in world.records[record].fields {
        add(inner, path: "\(path).\(inner.name)", guardedBy: guardedBy, world)
      }
    case .list(let record): if guardedBy == nil { lists.append((path, record)) }
    case .scalars(let type): if guardedBy == nil { scalarLists.append((path, type)) }
    }
  }

  /// The scope inside of a loop over a list of records.
  func item(_ name: String, _ record: Int, _ world: GeneratedWorld) -> GeneratedScope {
    var inner = self
    inner.records.append((name, record))
    for field in world.records[record].fields {
      inner.add(field, path: "\(name).\(field.name)", guardedBy: nil, world)
      // Items are more interesting than inputs here.
      inner.add(field, path: "\(name).\(field.name)", guardedBy: nil, world)
    }
    return inner
  }
}
