/// A program with inputs of every form and nothing else, laid out by hand for tests of the reader.
import PolicyRuntime

/// Lays fields out as a program's schema.
struct SampleSchema {
  /// A field and what lies in it.
  indirect enum Form {
    case scalar(SchemaNode.Form, detail: Int = 0, constraints: [Constraint] = [])
    case record([Field])
    case list(Form)
  }

  struct Field {
    var name: String
    var optional: Bool
    var form: Form

    init(_ name: String, _ form: Form, optional: Bool = false) {
      self.name = name
      self.form = form
      self.optional = optional
    }
  }

  var program = Program()

  init(_ fields: [Field]) {
    program.schema.currencies = ["", "CNY"]
    let grades = ["a", "b", "c", "级别"]
    _ = program.schema.add(
      Enumeration(
        name: "Grade", label: "", order: .bestFirst,
        members: grades.map { .init(name: $0, label: $0) }))
    program.types.posts = ["finance", "sales"].map { .init(name: $0, label: $0) }
    program.schema.posts = SymbolTable(["finance", "sales"])
    program.schema.literals = SymbolTable(["on_account", "预付"])
    add(SchemaNode(form: .record), name: "", parent: -1)
    var cursor: Int?
    fill(0, fields, &cursor)
    program.inputSlots = 0..<program.blank.count
    program.blankCurrencies = Array(repeating: 1, count: program.blank.count)
    program.plans = [Plan(kind: .release, name: "p.d", shortName: "d")]
  }

  /// Orders with lines, and a value of every form.
  static let order = SampleSchema([
    Field(
      "order",
      .record([
        Field("id", .scalar(.text)),
        Field(
          "amount", .scalar(.money, detail: 1, constraints: [.lower(0, inclusive: true)])),
        Field("paid", .scalar(.money)),
        Field("terms", .scalar(.text)),
        Field("blocked", .scalar(.bool)),
        Field("grade", .scalar(.member, detail: 0)),
        Field("share", .scalar(.percent)),
        Field("by", .scalar(.post)),
        Field("who", .scalar(.person)),
        Field("due", .scalar(.date), optional: true),
        Field(
          "lines",
          .list(
            .record([
              Field("sku", .scalar(.text)), Field("qty", .scalar(.number)),
              Field("note", .scalar(.text), optional: true),
              Field("lots", .list(.record([Field("size", .scalar(.number))]))),
            ]))),
      ])),
    Field("tags", .list(.scalar(.text)), optional: true),
    Field(
      "ship",
      .record([Field("city", .scalar(.text)), Field("zip", .scalar(.number))]), optional: true),
  ]).program

  private mutating func add(_ node: SchemaNode, name: String, parent: Int) {
    var node = node
    node.used = true
    node.parent = Int32(parent)
    program.schema.add(node, name: name)
  }

  private mutating func fill(_ parent: Int, _ fields: [Field], _ cursor: inout Int?) {
    let first = program.schema.nodes.count
    program.schema.nodes[parent].firstChild = Int32(first)
    program.schema.nodes[parent].childCount = Int32(fields.count)
    for field in fields {
      var node = SchemaNode(form: .record)
      node.optional = field.optional
      node.inItem = cursor != nil
      switch field.form {
      case .record: break
      case .list: node = Self.copy(node, .list)
      case .scalar(let form, let detail, let constraints):
        node = Self.copy(node, form)
        node.detail = Int32(detail)
        node.interned = form == .text
        node.constraints = Int32(program.schema.constraints.count)
        node.constraintCount = Int32(constraints.count)
        program.schema.constraints += constraints
      }
      if node.form != .record || node.optional { node.slot = slot(&cursor) }
      add(node, name: field.name, parent: parent)
    }
    for (offset, field) in fields.enumerated() {
      let index = first + offset
      switch field.form {
      case .record(let inner): fill(index, inner, &cursor)
      case .list(let item):
        var inner: Int? = 0
        fill(index, [Field("", item)], &inner)
        program.schema.nodes[index].stride = Int32(inner ?? 1)
      case .scalar: break
      }
      blank(index)
    }
  }

  private static func copy(_ node: SchemaNode, _ form: SchemaNode.Form) -> SchemaNode {
    var copy = SchemaNode(form: form)
    copy.optional = node.optional
    copy.inItem = node.inItem
    return copy
  }

  private mutating func slot(_ cursor: inout Int?) -> Int32 {
    if let next = cursor {
      cursor = next + 1
      return Int32(next)
    }
    program.blank.append(.absent)
    return Int32(program.blank.count - 1)
  }

  private mutating func blank(_ index: Int) {
    let node = program.schema.nodes[index]
    guard !node.inItem, node.slot >= 0, !node.optional else { return }
    program.blank[Int(node.slot)] = .unknown(program.needNodes.count)
    program.needNodes.append(Int32(index))
  }
}
