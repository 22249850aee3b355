/// The schema of a program's inputs: where every field of a request goes, as a flat array of trivial nodes.
///
/// Records are flattened: a field of a record has a slot of its own. A list has one slot (first item and
/// count); its items lie behind the static slots of the frame, `stride` slots each, and the nodes below a
/// list count their slots from the start of the item.

/// One field of the inputs.
public struct SchemaNode: Sendable {
  /// What stands there.
  public enum Form: UInt8, Sendable {
    case bool, number, money, percent, text, date, month, time, post, person, member, record, list
  }

  /// What stands there.
  public var form: Form
  /// `T?`: left out or null is absent; else left out is unknown and null is refused.
  public var optional = false
  /// Whether a text is compared with literals, so that the reader looks its number up.
  public var interned = false
  /// Whether the decision reads it; other fields are checked and dropped.
  public var used = false
  /// Whether it lies below a list: slots count from the start of the item.
  public var inItem = false
  /// Whether it, or a record or list around it, is marked `secret`.
  public var isSecret = false
  /// Whether it is secret, or anything below it.
  public var holdsSecret = false
  /// Its slot; of a record: the slot of its presence (optional records only, else -1).
  public var slot: Int32 = -1
  /// The children of a record; of a list the one node of its item.
  public var firstChild: Int32 = 0
  /// How many children.
  public var childCount: Int32 = 0
  /// The slots of one item of a list.
  public var stride: Int32 = 0
  /// The index in `Schema.enumerations`; of an amount, the currency that a bare one has (0: must be named);
  /// of a list, how many items it may have (0: `RequestLimits.listItems`).
  public var detail: Int32 = 0
  /// The range in `Schema.constraints`.
  public var constraints: Int32 = 0
  /// How many constraints.
  public var constraintCount: Int32 = 0
  /// Whether `>= 0` is its only constraint, the most common of all.
  public var isNatural = false
  /// The node it lies in; -1 for an input.
  public var parent: Int32 = -1
  /// The key: a range of `Schema.keys`.
  public var key: Int32 = 0
  /// The length of the key in bytes.
  public var keyLength: Int32 = 0
  /// The first eight bytes of the key and its closing quote, the first byte lowest, filled with zeros.
  public var keyHead: UInt64 = 0
  /// The next eight bytes of them.
  public var keyTail: UInt64 = 0

  /// Makes a node of a form.
  public init(form: Form) { self.form = form }
}

/// The inputs of a program.
public struct Schema: Sendable {
  /// The nodes: the children of a record stand side by side, node 0 is the record of all inputs.
  public var nodes: [SchemaNode] = []
  /// For each node the bit mask of its required and used children; -1 means "more than 64, look closer".
  public var required: [UInt64] = []
  /// The names of the nodes.
  public var names: [String] = []
  /// The bytes of all keys.
  public var keys: [UInt8] = []
  /// The constraints of all nodes.
  public var constraints: [Constraint] = []
  /// The enumerations that occur.
  public private(set) var enumerations: [Enumeration] = []
  /// For each of them the numbers of its members.
  public private(set) var members = SymbolTables()
  /// The posts of the set.
  public var posts = SymbolTable([])
  /// Field tables of records with more than eight fields, by node.
  public var fieldTables: [Int: SymbolTable] = [:]
  /// The literals that texts are compared with.
  public var literals = SymbolTable([])
  /// The currencies; number 0 is "any" and 1 the main one.
  public var currencies: [String] = []

  /// An empty schema.
  public init() {}

  /// Adds an enumeration and gives its number.
  public mutating func add(_ enumeration: Enumeration) -> Int {
    enumerations.append(enumeration)
    members.add(enumeration.members.map(\.name))
    return enumerations.count - 1
  }

  /// Adds a node with its key.
  public mutating func add(_ node: SchemaNode, name: String) {
    var node = node
    node.key = Int32(keys.count)
    keys.append(contentsOf: name.utf8)
    node.keyLength = Int32(keys.count) - node.key
    node.keyHead = 0
    node.keyTail = 0
    for (index, byte) in (Array(name.utf8) + [0x22]).prefix(16).enumerated() {
      if index < 8 {
        node.keyHead |= UInt64(byte) << UInt64(8 * index)
      } else {
        node.keyTail |= UInt64(byte) << UInt64(8 * index - 64)
      }
    }
    nodes.append(node)
    names.append(name)
  }

  /// Whether anything in it is marked `secret`.
  public var holdsSecrets: Bool { nodes.first?.holdsSecret ?? false }

  /// The path of a node as shown to people, without items: `order.lines.stock`.
  public func path(of node: Int) -> String {
    var parts: [String] = []
    var at = node
    while at > 0 {
      if !names[at].isEmpty { parts.append(names[at]) }
      at = Int(nodes[at].parent)
    }
    return parts.reversed().joined(separator: ".")
  }
}
