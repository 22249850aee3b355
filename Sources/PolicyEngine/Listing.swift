/// What is loaded, as JSON: the body of `GET /v1/policies`.
import PolicyCompiler
import PolicyRuntime
import PolicySource

/// The listing of a set.
struct Listing {
  let types: TypedSet
  let programs: [(Reference, Program)]
  let digest: String
  private let epochs: [LoadedEpoch]

  /// Lists a set; each version of a policy is an entry of its own.
  init(epochs: [LoadedEpoch], digest: String) {
    self.epochs = epochs
    self.digest = digest
    types = epochs[0].types
    programs = epochs[0].programs
  }

  private init(_ epoch: LoadedEpoch) {
    epochs = []
    digest = ""
    types = epoch.types
    programs = epoch.programs
  }

  /// The whole document.
  var tree: JSONTree {
    .object([
      .init("policies", .array(entries(ofPolicy: nil))), .init("digest", .string(digest)),
    ])
  }

  /// The versions of a policy from the earliest, with the schemas of their inputs; of all policies without.
  func entries(ofPolicy name: String?) -> [JSONTree] {
    var seen: Set<FileID> = []
    var entries: [(name: String, from: Day, tree: JSONTree)] = []
    for epoch in epochs {
      let listing = Listing(epoch)
      for (index, policy) in epoch.types.policies.enumerated()
      where !epoch.asleep.contains(policy.range.file)
        && (name == nil || name == policy.name) && seen.insert(policy.range.file).inserted
      {
        let tree = listing.policy(index, withSchemas: name != nil)
        entries.append((policy.name, policy.effectiveFrom ?? .first, tree))
      }
    }
    entries.sort { a, b in
      a.name == b.name ? a.from < b.from : a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
    }
    return entries.map(\.tree)
  }

  private func policy(_ index: Int, withSchemas: Bool) -> JSONTree {
    let policy = types.policies[index]
    var members: [JSONTree.Member] = [
      .init("name", .string(policy.name)), .init("label", .string(policy.label)),
      .init("owner", .string(policy.owner)),
      .init("effective", range(policy.effectiveFrom, policy.effectiveUntil)),
    ]
    if let currency = policy.currency { members.append(.init("currency", .string(currency))) }
    members.append(.init("file", .string(types.files[policy.range.file].name)))
    members.append(.init("sources", .array(policy.sources.map(source))))
    if !policy.processes.isEmpty {
      members.append(.init("processes", .array(policy.processes.map { process($0, in: policy) })))
    }
    members.append(
      .init(
        "decisions",
        .array(
          policy.decisions.indices.map {
            decision(Reference(policy: index, index: $0), withSchema: withSchemas)
          })))
    members.append(.init("parameters", .array(policy.parameters.map(parameter))))
    return .object(members)
  }

  private func range(_ from: Day?, _ until: Day?) -> JSONTree {
    .object([
      .init("from", from.map { .string($0.text) } ?? .null),
      .init("until", until.map { .string($0.text) } ?? .null),
    ])
  }

  private func source(_ note: SourceNote) -> JSONTree {
    .object([
      .init("document", .string(note.document)), .init("clause", .string(note.clause)),
    ])
  }

  private func process(_ process: TypedProcess, in policy: TypedPolicy) -> JSONTree {
    .object([
      .init("id", .string(process.id)), .init("title", .string(process.title)),
      .init(
        "decisions",
        .array(process.decisions.map { .string("\(policy.name).\(policy.decisions[$0].name)") })),
    ])
  }

  private func decision(_ reference: Reference, withSchema: Bool) -> JSONTree {
    let policy = types.policies[reference.policy]
    let decision = policy.decisions[reference.index]
    let program = programs.first { $0.0 == reference }?.1
    var members: [JSONTree.Member] = [
      .init("name", .string("\(policy.name).\(decision.name)")),
      .init("kind", .string(decision.body.word)),
      .init("label", .string(decision.label)),
      .init("inputs", .array(inputs(of: program, in: reference.policy))),
    ]
    if withSchema, let schema = schema(of: reference) { members.append(.init("schema", schema)) }
    return .object(members)
  }

  /// The facts that a request for the decision may carry, with the words the policy uses for their types.
  private func inputs(of program: Program?, in policy: Int) -> [JSONTree] {
    guard let schema = program?.schema, let root = schema.nodes.first else { return [] }
    return (0..<Int(root.childCount)).map { offset in
      let node = Int(root.firstChild) + offset
      let name = schema.names[node]
      var members: [JSONTree.Member] = [.init("name", .string(name))]
      if let field = InputFields.field(name, in: types, from: policy) {
        members.append(.init("label", .string(field.label)))
        members.append(.init("type", .string(types.types.name(of: field.type))))
      }
      members.append(.init("used", .bool(schema.nodes[node].used)))
      if schema.nodes[node].isSecret { members.append(.init("secret", .bool(true))) }
      return .object(members)
    }
  }

  private func parameter(_ parameter: TypedParameter) -> JSONTree {
    .object([
      .init("name", .string(parameter.name)), .init("label", .string(parameter.label)),
      .init("type", .string(types.types.name(of: parameter.type))),
      .init("illustrative", .bool(parameter.illustrative)),
      .init(
        "values",
        .array(
          parameter.values.map { value in
            .object([
              .init("from", value.from.map { .string($0.text) } ?? .null),
              .init("value", WireValue.tree(of: value.constant, in: types.types)),
            ])
          })),
    ])
  }
}

/// Finding the declaration of an input by its name.
enum InputFields {
  /// The input of the policy, or else of another policy of the set (through `use`).
  static func field(_ name: String, in types: TypedSet, from policy: Int) -> RecordType.Field? {
    let own = types.policies[policy].inputs.first { $0.field.name == name }
    if let own { return own.field }
    for other in types.policies {
      if let found = other.inputs.first(where: { $0.field.name == name }) { return found.field }
    }
    return nil
  }
}

/// Constants as they stand on the wire.
enum WireValue {
  /// `"12000.00 CNY"`, `"6%"`, `"2026-11-21"`, an identifier, a decimal string, a bool.
  static func tree(of constant: Constant, in types: TypeTable) -> JSONTree {
    switch constant {
    case .bool(let value): .bool(value)
    case .number(let value): .string(value.text())
    case .money(let value, let currency):
      .string(currency.map { "\(value.text(minimum: 2)) \($0)" } ?? value.text())
    case .percent(let value): .string(percent(value))
    case .text(let text), .person(let text): .string(text)
    case .date(let day): .string(day.text)
    case .month(let month): .string(month.text)
    case .time(let time): .string(time.text)
    case .post(let index): .string(types.posts[index].name)
    case .member(let id, let index): .string(types[id].members[index].name)
    }
  }

  /// `6%` for 0.06; a share too great to be written with `%` is given as a plain decimal.
  static func percent(_ share: Decimal) -> String {
    guard let hundredfold = share.multiplied(by: Decimal(100)) else { return share.text() }
    return hundredfold.text() + "%"
  }
}
