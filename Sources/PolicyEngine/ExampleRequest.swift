/// A request that a set answers, for people who try it: a sample file beside the policies, or one made from the types.
import FoundationEssentials
import PolicyCompiler
import PolicyRuntime
import PolicySource

/// A request to show.
public struct ExampleRequest: Sendable {
  /// `policy.decision`.
  public let decision: String
  /// The JSON envelope, on one line.
  public let body: String

  /// The first release decision by name, or else the first decision, with a request for it.
  static func find(
    in types: TypedSet, programs: [(Reference, Program)], samplesFolder: String?
  ) -> ExampleRequest? {
    let chosen =
      programs.first {
        if case .release = types.policies[$0.0.policy].decisions[$0.0.index].body {
          true
        } else {
          false
        }
      } ?? programs.first
    guard let (reference, program) = chosen else { return nil }
    let policy = types.policies[reference.policy]
    if let samplesFolder,
      let body = sample(
        of: program.name, beside: types.files[policy.range.file].name, in: samplesFolder)
    {
      return ExampleRequest(decision: program.name, body: body)
    }
    let maker = ExampleMaker(types: types.types, currency: policy.currency)
    var members: [JSONTree.Member] = []
    if let root = program.schema.nodes.first {
      for offset in 0..<Int(root.childCount) {
        let name = program.schema.names[Int(root.firstChild) + offset]
        guard let field = InputFields.field(name, in: types, from: reference.policy) else {
          continue
        }
        members.append(.init(name, maker.value(of: field)))
      }
    }
    let envelope = JSONTree.object([.init("input", .object(members))])
    return ExampleRequest(decision: program.name, body: envelope.text)
  }

  /// `samples/<area>/<policy>.<decision>.*.json`, the first by name.
  private static func sample(
    of decision: String, beside file: String, in folder: String
  ) -> String? {
    let area = URLPath.parent(of: file)
    let manager = FileManager.default
    let names = (try? manager.contentsOfDirectory(atPath: "\(folder)/\(area)")) ?? []
    let first = names.sorted().first { $0.hasPrefix(decision + ".") && $0.hasSuffix(".json") }
    return first.flatMap { manager.contents(atPath: "\(folder)/\(area)\($0)") }
      .flatMap { JSONTree(parsing: Array($0))?.text }
  }
}

/// Cutting paths.
enum URLPath {
  /// The path before the last name, with its `/`; empty when there is none.
  static func parent(of path: String) -> String {
    var bytes = Array(path.utf8)
    while bytes.count > 1, bytes.last == 0x2F { bytes.removeLast() }
    guard let slash = bytes.lastIndex(of: 0x2F) else { return "" }
    return String(decoding: bytes[...slash], as: UTF8.self)
  }
}
