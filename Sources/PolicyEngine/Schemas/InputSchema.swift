/// The inputs of a decision as JSON Schema (2020-12): what the reader of requests accepts, said by the same nodes.
import PolicyCompiler
import PolicyRuntime

/// Makes schemas of the inputs of one program.
struct InputSchema {
  let program: Program
  let types: TypedSet
  /// The policy of the decision.
  let policy: Int

  /// The object of all inputs.
  func inputs(_ definitions: inout SchemaDefinitions) -> JSONTree {
    guard let root = program.schema.nodes.first else { return Self.object([]) }
    var properties: [JSONTree.Member] = []
    for offset in 0..<Int(root.childCount) {
      let node = Int(root.firstChild) + offset
      let name = program.schema.names[node]
      guard let field = InputFields.field(name, in: types, from: policy) else { continue }
      properties.append(.init(name, value(node, field.type, field.label, &definitions)))
    }
    return Self.object(properties)
  }

  /// The schema of a node, with the type and label that the policy gives it.
  private func value(
    _ node: Int, _ type: ValueType, _ label: String, _ definitions: inout SchemaDefinitions
  ) -> JSONTree {
    var members = base(node, type.unwrapped, &definitions).members
    if program.schema.nodes[node].optional {
      members = [
        .init(
          "anyOf", .array([.object(members), .object([.init("type", .string("null"))])]))
      ]
    }
    if !label.isEmpty { members.insert(.init("title", .string(label)), at: 0) }
    return .object(members)
  }

  private func base(
    _ node: Int, _ type: ValueType, _ definitions: inout SchemaDefinitions
  ) -> JSONTree {
    switch type {
    case .record(let id):
      return definitions.reference(
        .record(id, currency: currency(below: node)), named: types.types[id].name
      ) { definitions in
        record(node, types.types[id], &definitions)
      }
    case .enumeration(let id):
      let enumeration = types.types[id]
      return definitions.reference(.enumeration(id), named: enumeration.name) { _ in
        Self.choice(enumeration.members, label: enumeration.label)
      }
    case .post:
      return definitions.reference(.posts, named: "Post") { _ in
        Self.choice(types.types.posts, label: "")
      }
    case .list(let item):
      let inside = value(Int(program.schema.nodes[node].firstChild), item, "", &definitions)
      return .object([
        .init("type", .string("array")), .init("items", inside),
        .init("maxItems", .number("\(program.schema.nodes[node].itemLimit)")),
      ])
    default: return .object(scalar(program.schema.nodes[node]))
    }
  }

  private func record(
    _ node: Int, _ type: RecordType, _ definitions: inout SchemaDefinitions
  ) -> JSONTree {
    let first = Int(program.schema.nodes[node].firstChild)
    let properties = type.fields.enumerated().map { offset, field in
      JSONTree.Member(field.name, value(first + offset, field.type, field.label, &definitions))
    }
    var members = Self.object(properties).members
    if !type.label.isEmpty { members.insert(.init("title", .string(type.label)), at: 0) }
    return .object(members)
  }

  /// The currency that a bare amount somewhere below a node has; empty when none may be bare.
  private func currency(below node: Int) -> String {
    let schema = program.schema
    var open = [node]
    while let index = open.popLast() {
      let node = schema.nodes[index]
      if node.form == .money { return schema.currencies[Int(node.detail)] }
      if node.form == .record || node.form == .list {
        open += (0..<Int(node.childCount)).map { Int(node.firstChild) + $0 }
      }
    }
    return ""
  }

  private static func object(_ properties: [JSONTree.Member]) -> JSONTree {
    .object([
      .init("type", .string("object")), .init("properties", .object(properties)),
      .init("additionalProperties", .bool(false)),
    ])
  }

  private static func choice(_ members: [Enumeration.Member], label: String) -> JSONTree {
    var result: [JSONTree.Member] = []
    if !label.isEmpty { result.append(.init("title", .string(label))) }
    result.append(.init("type", .string("string")))
    result.append(.init("enum", .array(members.map { .string($0.name) })))
    let labels = members.filter { $0.label != $0.name }
    if !labels.isEmpty {
      result.append(
        .init("x-labels", .object(labels.map { .init($0.name, .string($0.label)) })))
    }
    return .object(result)
  }

  // MARK: - Values

  private func scalar(_ node: SchemaNode) -> [JSONTree.Member] {
    let first = Int(node.constraints)
    let constraints = program.schema.constraints[first..<first + Int(node.constraintCount)]
    switch node.form {
    case .bool: return Self.typed("boolean")
    case .number:
      return Self.amount(constraints, pattern: "^" + Self.decimal(constraints) + "$")
    case .money:
      let pattern = Self.decimal(constraints)
      if node.detail > 0 {
        return Self.amount(constraints, pattern: "^" + pattern + "( [A-Z]{3})?$")
      }
      return Self.text("^" + pattern + " [A-Z]{3}$")
    case .percent: return Self.text("^" + Self.decimal(constraints) + "%$")
    case .date: return Self.text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", format: "date")
    case .month: return Self.text("^[0-9]{4}-(0[1-9]|1[0-2])$")
    case .time: return Self.text("^([01][0-9]|2[0-3]):[0-5][0-9]$")
    default:
      var members = Self.typed("string")
      members.append(.init("maxLength", .number("\(RequestLimits.textBytes)")))
      for case .pattern(let pattern) in constraints {
        members.append(.init("pattern", .string(pattern.regularExpression)))
      }
      return members
    }
  }

  private static func typed(_ type: String) -> [JSONTree.Member] {
    [.init("type", .string(type))]
  }

  private static func text(_ pattern: String, format: String? = nil) -> [JSONTree.Member] {
    var members = typed("string")
    if let format { members.append(.init("format", .string(format))) }
    members.append(.init("pattern", .string(pattern)))
    return members
  }

  /// A number, or the same as a text; the bounds are those of the number.
  private static func amount(
    _ constraints: ArraySlice<Constraint>, pattern: String
  ) -> [JSONTree.Member] {
    var members: [JSONTree.Member] = [
      .init("type", .array([.string("number"), .string("string")])),
      .init("pattern", .string(pattern)),
    ]
    for constraint in constraints {
      switch constraint {
      case .lower(let bound, let inclusive):
        members.append(
          .init(
            inclusive ? "minimum" : "exclusiveMinimum", .number(Decimal(units: bound).text())))
      case .upper(let bound, let inclusive):
        members.append(
          .init(
            inclusive ? "maximum" : "exclusiveMaximum", .number(Decimal(units: bound).text())))
      case .pattern, .items: break
      }
    }
    return members
  }

  /// A decimal as a text; without a minus sign where nothing below zero is taken.
  private static func decimal(_ constraints: ArraySlice<Constraint>) -> String {
    let isNatural = constraints.contains {
      if case .lower(let bound, _) = $0 { bound >= 0 } else { false }
    }
    return (isNatural ? "" : "-?") + "(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?"
  }
}

extension TextPattern {
  /// The pattern as a regular expression of ECMA-262; what days there are is left to the reader.
  var regularExpression: String {
    let inside = pieces.map { piece in
      switch piece {
      case .literal(let bytes): Self.quoted(bytes)
      case .digits(let count), .serial(let count): "[0-9]{\(count)}"
      case .letters(let count): "[A-Za-z]{\(count)}"
      case .date: "[0-9]{8}"
      case .year: "[0-9]{4}"
      case .shortYear, .month, .day: "[0-9]{2}"
      case .oneOf(let list): "(" + list.map(Self.quoted).joined(separator: "|") + ")"
      }
    }
    return "^" + inside.joined() + "$"
  }

  private static func quoted(_ bytes: [UInt8]) -> String {
    var result = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\\", "^", "$", ".", "|", "?", "*", "+", "(", ")", "[", "]", "{", "}", "/":
        result += "\\"
      default: break
      }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
