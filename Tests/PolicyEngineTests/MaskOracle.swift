/// What a masked request must be, worked out from the types and the tree of the request; and its bodies, written
/// in as many ways as JSON allows.
import PolicyCompiler
import PolicyEngine
import PolicyRuntime
import PolicySource
import TestSupport

/// Writes the body of a request and says whether its mask is right.
struct MaskOracle {
  private let set: TypedSet
  private let names: Set<String>
  private let key: HMAC
  var random: SplitMix64
  private var expected = JSONTree.null
  private var tokens = 0

  init(_ program: SecretProgram, key: [UInt8], _ random: SplitMix64) {
    set = program.secret
    names = program.names
    self.key = HMAC(key: key)
    self.random = random
  }

  /// The body of a request whose secrets are unmistakable.
  mutating func body(of request: JSONTree) -> [UInt8] {
    var given: [JSONTree.Member] = []
    var masked: [JSONTree.Member] = []
    for member in request.members {
      var value = (member.value, member.value)
      switch member.name {
      case "input": value = inputs(member.value)
      case "clearances", "history": value = records(member.value)
      default: break
      }
      given.append(.init(member.name, value.0))
      masked.append(.init(member.name, value.1))
    }
    expected = .object(masked)
    var out: [UInt8] = []
    write(.object(given), to: &out)
    return out
  }

  /// What is wrong with the mask of the last body.
  func fault(_ text: [UInt8], _ masked: inout Int) -> String? {
    if text.contains(0x0A) || text.contains(0x0D) { return "it has more than one line" }
    let words = String(decoding: text, as: UTF8.self)
    if words.contains("geheim") || words.contains("8675309") { return "a secret shows" }
    guard let tree = JSONTree(parsing: text) else { return "it is not JSON" }
    masked += words.split(separator: "hmac-sha256:").count - 1
    return Self.agrees(tree, expected, isFacts: false)
      ? nil : "it should be\n" + expected.text + "\nand is\n" + tree.text
  }

  /// The same; but a fact that the set does not know may be masked although it is no secret.
  private static func agrees(_ a: JSONTree, _ b: JSONTree, isFacts: Bool) -> Bool {
    switch (a, b) {
    case (.object(let x), .object(let y)):
      return x.count == y.count
        && zip(x, y).allSatisfy { x, y in
          x.name == y.name
            && (agrees(x.value, y.value, isFacts: x.name == "facts")
              || isFacts && x.value["masked"] != nil)
        }
    case (.array(let x), .array(let y)):
      return x.count == y.count && zip(x, y).allSatisfy { agrees($0, $1, isFacts: false) }
    default: return a == b
    }
  }

  // MARK: What is given, and what is to be logged of it

  private mutating func inputs(_ tree: JSONTree) -> (JSONTree, JSONTree) {
    let fields = set.policies.flatMap { $0.inputs.map(\.field) }
    return members(tree, fields)
  }

  private mutating func members(
    _ tree: JSONTree, _ fields: [RecordType.Field]
  ) -> (JSONTree, JSONTree) {
    var given: [JSONTree.Member] = []
    var masked: [JSONTree.Member] = []
    for member in tree.members {
      guard let field = fields.first(where: { $0.name == member.name }) else { continue }
      let pair =
        field.isSecret ? secret(member.value) : value(member.value, field.type)
      given.append(.init(member.name, pair.0))
      masked.append(.init(member.name, pair.1))
    }
    return (.object(given), .object(masked))
  }

  private mutating func value(_ tree: JSONTree, _ type: ValueType) -> (JSONTree, JSONTree) {
    switch (type.unwrapped, tree) {
    case (.record(let id), .object): return members(tree, set.types[id].fields)
    case (.list(let item), .array(let items)):
      let pairs = items.map { value($0, item) }
      return (.array(pairs.map(\.0)), .array(pairs.map(\.1)))
    default: return (tree, tree)
    }
  }

  private mutating func records(_ tree: JSONTree) -> (JSONTree, JSONTree) {
    let pairs = tree.items.map { record in
      var given: [JSONTree.Member] = []
      var masked: [JSONTree.Member] = []
      for member in record.members {
        guard member.name == "facts" else {
          given.append(member)
          masked.append(member)
          continue
        }
        let facts = member.value.members.map { fact in
          let parts = fact.name.split(separator: ".").map(String.init)
          let isSecret = parts.contains(where: names.contains)
          return (fact.name, isSecret ? secret(fact.value) : (fact.value, fact.value))
        }
        given.append(.init("facts", .object(facts.map { .init($0.0, $0.1.0) })))
        masked.append(.init("facts", .object(facts.map { .init($0.0, $0.1.1) })))
      }
      return (JSONTree.object(given), JSONTree.object(masked))
    }
    return (.array(pairs.map(\.0)), .array(pairs.map(\.1)))
  }

  /// A value that is easily found, and its mask.
  private mutating func secret(_ tree: JSONTree) -> (JSONTree, JSONTree) {
    if tree == .null { return (tree, tree) }
    let value = token(tree)
    let text = if case .string(let words) = value { words } else { value.text }
    let code = key.code(of: Array(text.utf8).span)
    return (value, .object([.init("masked", .string("hmac-sha256:\(code)"))]))
  }

  private mutating func token(_ tree: JSONTree) -> JSONTree {
    tokens += 1
    switch tree {
    case .string: return .string("geheim \(tokens) \"温州\"\n")
    case .number: return .number("-8675309\(tokens).50")
    case .array(let items): return .array(items.map { token($0) })
    case .object(let members): return .object(members.map { .init($0.name, token($0.value)) })
    case .bool, .null: return tree
    }
  }

  // MARK: Writing

  private mutating func blank(_ out: inout [UInt8]) {
    switch UInt.random(in: 0..<12, using: &random) {
    case 0: out += " ".utf8
    case 1: out += "\n  ".utf8
    case 2: out += "\r\n\t".utf8
    default: break
    }
  }

  private mutating func write(_ tree: JSONTree, to out: inout [UInt8]) {
    blank(&out)
    switch tree {
    case .object(let members):
      out += "{".utf8
      for (index, member) in members.enumerated() {
        if index > 0 { out += ",".utf8 }
        blank(&out)
        out += JSONTree.string(member.name).bytes
        blank(&out)
        out += ":".utf8
        write(member.value, to: &out)
      }
      blank(&out)
      out += "}".utf8
    case .array(let items):
      out += "[".utf8
      for (index, item) in items.enumerated() {
        if index > 0 { out += ",".utf8 }
        write(item, to: &out)
      }
      blank(&out)
      out += "]".utf8
    default: out += tree.bytes
    }
    blank(&out)
  }
}
