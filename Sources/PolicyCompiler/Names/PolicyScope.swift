/// What a name means within one policy: its own declarations and those of the policies it uses.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

/// What a name may stand for in an expression.
enum Entity: Hashable {
  case input(Reference)
  case parameter(Reference)
  case table(Reference)
  case calendar(Reference)
  case rates(Reference)
  case hierarchy(Reference)
  case define(Reference)
  case decision(Reference)
  case post(Int)
  /// Nothing refers to a guarantee.
  case guarantee

  /// The word for messages.
  var word: Phrase {
    switch self {
    case .input: "input"
    case .parameter: "parameter"
    case .table: "table"
    case .calendar: "calendar"
    case .rates: "table of rates"
    case .hierarchy: "hierarchy"
    case .define: "definition"
    case .decision: "decision"
    case .post: "post"
    case .guarantee: "guarantee"
    }
  }
}

/// The names of one policy.
struct PolicyScope {
  /// An entity and where it is declared.
  struct Entry {
    var entity: Entity
    var range: SourceRange
  }

  /// A type and where it is declared.
  struct TypeEntry {
    var type: ValueType
    var range: SourceRange
  }

  /// Declared here.
  var ownValues: [String: Entry] = [:]
  /// Types declared here.
  var ownTypes: [String: TypeEntry] = [:]
  /// The policies named by `use`, by index.
  var uses: [Int] = []
}

/// The built-in types by name.
let builtinTypes: [String: ValueType] = [
  "Bool": .bool, "Number": .number, "Money": .money, "Percent": .percent, "Text": .text,
  "Date": .date, "Month": .month, "Time": .time, "Post": .post, "Person": .person,
]

/// What looking up a name gave.
enum Lookup<Found> {
  case found(Found)
  /// Several used policies declare it.
  case ambiguous([Int])
  case unknown
}

extension SetChecker {
  /// What a bare name means in a policy.
  func lookUp(_ name: String, in policy: Int) -> Lookup<Entity> {
    if let own = scopes[policy].ownValues[name] { return .found(own.entity) }
    return lookUpUsed(policy) { scopes[$0].ownValues[name]?.entity }
  }

  /// What a type's name means in a policy.
  func lookUpType(_ name: String, in policy: Int) -> Lookup<ValueType> {
    if let builtin = builtinTypes[name] { return .found(builtin) }
    if let own = scopes[policy].ownTypes[name] { return .found(own.type) }
    return lookUpUsed(policy) { scopes[$0].ownTypes[name]?.type }
  }

  private func lookUpUsed<Found>(_ policy: Int, _ find: (Int) -> Found?) -> Lookup<Found> {
    var first: Found?
    var places: [Int] = []
    for used in scopes[policy].uses {
      guard let found = find(used) else { continue }
      if first == nil { first = found }
      places.append(used)
    }
    guard let first else { return .unknown }
    return places.count == 1 ? .found(first) : .ambiguous(places)
  }

  /// All names that an expression of a policy may use.
  func visibleNames(in policy: Int) -> [String] {
    ([policy] + scopes[policy].uses).flatMap { index in
      scopes[index].ownValues.filter { $0.value.entity != .guarantee }.keys.sorted()
    }
  }

  /// All type names that a policy may use.
  func visibleTypes(in policy: Int) -> [String] {
    builtinTypes.keys.sorted()
      + ([policy] + scopes[policy].uses).flatMap { scopes[$0].ownTypes.keys.sorted() }
  }

  /// Another policy of the set that declares a name which is not visible here.
  func otherPolicy(declaring name: String, besides policy: Int) -> String? {
    scopes.indices.first { $0 != policy && scopes[$0].ownValues[name] != nil }
      .map { set.policies[$0].name }
  }

  /// Another policy of the set that declares a type which is not visible here.
  func otherPolicy(declaringType name: String, besides policy: Int) -> String? {
    scopes.indices.first { $0 != policy && scopes[$0].ownTypes[name] != nil }
      .map { set.policies[$0].name }
  }
}
