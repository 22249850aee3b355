/// The types of the language, and the records and enumerations that a set declares.

/// The number of an enumeration within a set.
public struct EnumerationID: Hashable, Sendable {
  /// The index in `TypeTable.enumerations`.
  public let index: Int
  /// Makes the id of an index.
  public init(_ index: Int) { self.index = index }
}

/// The number of a record type within a set.
public struct RecordID: Hashable, Sendable {
  /// The index in `TypeTable.records`.
  public let index: Int
  /// Makes the id of an index.
  public init(_ index: Int) { self.index = index }
}

/// A type of the language.
public indirect enum ValueType: Hashable, Sendable {
  case bool, number, money, percent, text, date, month, time, post, person
  case enumeration(EnumerationID)
  case record(RecordID)
  case list(ValueType)
  case optional(ValueType)

  /// The type behind `?`, or itself.
  public var unwrapped: ValueType {
    if case .optional(let inner) = self { inner } else { self }
  }

  /// Whether it carries `?`.
  public var isOptional: Bool {
    if case .optional = self { true } else { false }
  }
}

/// An enumeration: members in order, by index.
public struct Enumeration: Sendable {
  /// How members compare.
  public enum Order: Sendable { case unordered, rising, bestFirst }

  /// A member.
  public struct Member: Sendable {
    /// The identifier, as on the wire.
    public let name: String
    /// The label for people; the name when none is written.
    public let label: String
    /// Makes a member.
    public init(name: String, label: String) {
      self.name = name
      self.label = label
    }
  }

  /// The identifier of the type.
  public let name: String
  /// The label for people.
  public let label: String
  /// How members compare.
  public let order: Order
  /// The members in order.
  public let members: [Member]

  /// Makes an enumeration.
  public init(name: String, label: String, order: Order, members: [Member]) {
    self.name = name
    self.label = label
    self.order = order
    self.members = members
  }
}

/// What a value must satisfy when it is read.
public enum Constraint: Sendable, Hashable {
  /// At least; exclusive when not inclusive. In units for numbers, day numbers for dates.
  case lower(Int128, inclusive: Bool)
  /// At most.
  case upper(Int128, inclusive: Bool)
  /// A text pattern.
  case pattern(TextPattern)
  /// At most so many items of a list.
  case items(Int)
}

/// A record type: fields in order, by index.
public struct RecordType: Sendable {
  /// A field.
  public struct Field: Sendable {
    /// The identifier, as on the wire.
    public let name: String
    /// The label for people.
    public let label: String
    /// The type.
    public let type: ValueType
    /// What a value must satisfy.
    public let constraints: [Constraint]
    /// Whether it is marked `secret`.
    public let isSecret: Bool

    /// Makes a field.
    public init(
      name: String, label: String, type: ValueType, constraints: [Constraint],
      isSecret: Bool = false
    ) {
      self.isSecret = isSecret
      self.name = name
      self.label = label
      self.type = type
      self.constraints = constraints
    }
  }

  /// The identifier of the type.
  public let name: String
  /// The label for people.
  public let label: String
  /// The fields in order.
  public let fields: [Field]

  /// Makes a record type.
  public init(name: String, label: String, fields: [Field]) {
    self.name = name
    self.label = label
    self.fields = fields
  }
}

/// The records, enumerations and posts of a set.
public struct TypeTable: Sendable {
  /// The enumerations by id.
  public var enumerations: [Enumeration] = []
  /// The record types by id.
  public var records: [RecordType] = []
  /// The posts by index; a `post` value is an index here.
  public var posts: [Enumeration.Member] = []

  /// An empty table.
  public init() {}

  /// An enumeration by id.
  public subscript(id: EnumerationID) -> Enumeration { enumerations[id.index] }
  /// A record type by id.
  public subscript(id: RecordID) -> RecordType { records[id.index] }

  /// The type as a policy writes it: `Money`, `List of Line`, `Text?`.
  public func name(of type: ValueType) -> String {
    switch type {
    case .bool: "Bool"
    case .number: "Number"
    case .money: "Money"
    case .percent: "Percent"
    case .text: "Text"
    case .date: "Date"
    case .month: "Month"
    case .time: "Time"
    case .post: "Post"
    case .person: "Person"
    case .enumeration(let id): self[id].name
    case .record(let id): self[id].name
    case .list(let item): "List of \(name(of: item))"
    case .optional(let inner): "\(name(of: inner))?"
    }
  }
}

/// A literal value of a policy.
public enum Constant: Hashable, Sendable {
  case bool(Bool)
  case number(Decimal)
  /// The currency is nil for a literal `0`, which fits every currency.
  case money(Decimal, currency: String?)
  case percent(Decimal)
  case text(String)
  case date(Day)
  case month(Month)
  case time(TimeOfDay)
  /// An index into `TypeTable.posts`.
  case post(Int)
  case person(String)
  /// An index into the members.
  case member(EnumerationID, Int)
}
