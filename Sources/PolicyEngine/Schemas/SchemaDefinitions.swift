/// The named parts of a JSON Schema: each record and enumeration once, under a name of its own.
import PolicyRuntime

/// Collects definitions and hands out references to them.
struct SchemaDefinitions {
  /// What a definition is made from; bare amounts depend on a currency.
  enum Key: Hashable {
    case record(RecordID, currency: String)
    case enumeration(EnumerationID)
    case posts
  }

  /// What stands before a name in a reference: `#/$defs/`.
  let place: String
  /// What stands before every name: `full_payment.`.
  let prefix: String
  private var names: [Key: String] = [:]
  private var taken: Set<String> = []
  /// The definitions, each before those that it needs.
  private(set) var entries: [JSONTree.Member] = []

  init(place: String, prefix: String = "") {
    self.place = place
    self.prefix = prefix
  }

  /// A reference to a definition, which is made when it is first asked for.
  mutating func reference(
    _ key: Key, named name: String, _ make: (inout SchemaDefinitions) -> JSONTree
  ) -> JSONTree {
    if let known = names[key] { return .object([.init("$ref", .string(place + known))]) }
    let base = prefix + Self.plain(name)
    var own = base
    var count = 2
    while !taken.insert(own).inserted {
      own = "\(base)_\(count)"
      count += 1
    }
    names[key] = own
    let index = entries.count
    entries.append(.init(own, .null))
    entries[index].value = make(&self)
    return .object([.init("$ref", .string(place + own))])
  }

  /// A name as OpenAPI takes it: letters of other scripts are written by their numbers.
  static func plain(_ name: String) -> String {
    var result = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": result.unicodeScalars.append(scalar)
      default: result += "_u" + String(scalar.value, radix: 16, uppercase: true)
      }
    }
    return result
  }
}
