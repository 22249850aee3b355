/// Short ways to write JSON Schema.

/// Pieces of schemas.
enum Shape {
  /// A member of an object, which must be there unless it says otherwise.
  struct Property {
    let name: String
    let schema: JSONTree
    var isOptional = false
  }

  static func must(_ name: String, _ schema: JSONTree) -> Property {
    Property(name: name, schema: schema)
  }

  static func may(_ name: String, _ schema: JSONTree) -> Property {
    Property(name: name, schema: schema, isOptional: true)
  }

  /// An object; others than these members may occur unless it is closed.
  static func object(_ properties: [Property], closed: Bool = false) -> JSONTree {
    var members: [JSONTree.Member] = [
      .init("type", .string("object")),
      .init("properties", .object(properties.map { .init($0.name, $0.schema) })),
    ]
    let required = properties.filter { !$0.isOptional }.map { JSONTree.string($0.name) }
    if !required.isEmpty { members.append(.init("required", .array(required))) }
    if closed { members.append(.init("additionalProperties", .bool(false))) }
    return .object(members)
  }

  static func list(of item: JSONTree) -> JSONTree {
    .object([.init("type", .string("array")), .init("items", item)])
  }

  static func list(of item: JSONTree, atMost bound: Int) -> JSONTree {
    .object(list(of: item).members + [.init("maxItems", .number("\(bound)"))])
  }

  static func choice(_ words: [String]) -> JSONTree {
    .object([
      .init("type", .string("string")), .init("enum", .array(words.map { .string($0) })),
    ])
  }

  static func matching(_ pattern: String) -> JSONTree {
    .object([.init("type", .string("string")), .init("pattern", .string(pattern))])
  }

  static func reference(_ name: String) -> JSONTree {
    .object([.init("$ref", .string("#/components/schemas/" + name))])
  }

  static func any(of schemas: [JSONTree]) -> JSONTree {
    .object([.init("anyOf", .array(schemas))])
  }

  /// A schema with a sentence about it.
  static func noted(_ schema: JSONTree, _ description: String) -> JSONTree {
    .object(schema.members + [.init("description", .string(description))])
  }

  static let text = JSONTree.object([.init("type", .string("string"))])
  static let flag = JSONTree.object([.init("type", .string("boolean"))])
  static let count = JSONTree.object([
    .init("type", .string("integer")), .init("minimum", .number("0")),
  ])
  static let anything = JSONTree.object([])
  static let map = JSONTree.object([.init("type", .string("object"))])
  static let texts = list(of: text)
  static let maps = list(of: map)
  static let date = JSONTree.object([
    .init("type", .string("string")), .init("format", .string("date")),
    .init("pattern", .string("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")),
  ])
  /// An amount or number of an answer; null while it is not known.
  static let figure = JSONTree.object([
    .init("type", .array([.string("string"), .string("null")]))
  ])
}
