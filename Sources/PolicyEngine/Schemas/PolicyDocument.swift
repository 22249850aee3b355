/// One policy as JSON: the body of `GET /v1/policies/{policy}`.
import PolicyCompiler
import PolicyRuntime

extension PolicySet {
  /// All versions of a policy with its decisions and the schemas of their inputs; nil when there is no such
  /// policy.
  public func document(ofPolicy name: String) -> [UInt8]? {
    let versions = Listing(epochs: epochs, digest: digest).entries(ofPolicy: name)
    guard !versions.isEmpty else { return nil }
    return JSONTree.object([
      .init("name", .string(name)), .init("digest", .string(digest)),
      .init("versions", .array(versions)),
    ]).bytes
  }

  /// The names of the inputs that the versions of a decision take, by its number in `decisionNames`.
  public func inputs(of number: Int) -> [String] {
    guard timetable.names.indices.contains(number) else { return [] }
    let name = timetable.names[number]
    var seen: Set<String> = []
    var inputs: [String] = []
    for program in programs where program.name == name {
      guard let root = program.schema.nodes.first else { continue }
      for node in Int(root.firstChild)..<Int(root.firstChild + root.childCount)
      where seen.insert(program.schema.names[node]).inserted {
        inputs.append(program.schema.names[node])
      }
    }
    return inputs
  }
}

extension Listing {
  /// The schema of a decision's inputs as a document of its own; nil when it has no program.
  func schema(of reference: Reference) -> JSONTree? {
    guard let program = programs.first(where: { $0.0 == reference })?.1 else { return nil }
    var definitions = SchemaDefinitions(place: "#/$defs/")
    let maker = InputSchema(program: program, types: types, policy: reference.policy)
    let inputs = maker.inputs(&definitions)
    return .object(
      [
        .init("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
        .init("$id", .string("urn:writ:inputs:" + SchemaDefinitions.plain(program.name))),
      ] + inputs.members + [.init("$defs", .object(definitions.entries))])
  }
}
