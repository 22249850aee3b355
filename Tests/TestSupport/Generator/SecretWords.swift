/// Generated programs with some of their inputs and fields marked `secret`.
public import PolicyCompiler
public import PolicySource
import PolicySyntax

/// A generated program as it is and with secrets: otherwise the two are the same.
public struct SecretProgram: Sendable {
  /// The program as it was generated.
  public let plain: TypedSet
  /// The program with secrets.
  public let secret: TypedSet
  /// The text of the program with secrets.
  public let source: String
  /// The names of the inputs and fields that are marked; no two of a generated program have one name.
  public let names: Set<String>

  /// Marks as many as chance says and texts and answers allow; nil when that leaves none.
  public init?(_ program: GeneratedProgram, _ random: inout SplitMix64) {
    // Of two versions the later one.
    let files = program.files.filter { $0.name != "base.1.writ" }
    let places = files.map { $0.name.hasSuffix(".writ") ? Self.places($0.text) : [] }
    let all = Set(places.joined().map(\.name)).sorted()
    guard let plain = CheckedPolicies(files).set else { return nil }
    let share = random.pick([15, 40, 80])
    var names = Set(all.filter { _ in random.chance(share) })
    while !names.isEmpty {
      let marked = zip(files, places).map { file, places in
        (name: file.name, text: Self.mark(file.text, places.filter { names.contains($0.name) }))
      }
      let checked = CheckedPolicies(marked)
      if let set = checked.set {
        self.plain = plain
        secret = set
        source = marked.map { "# \($0.name)\n\($0.text)" }.joined(separator: "\n")
        self.names = names
        return
      }
      // What a text or an answer gives out cannot be secret.
      let shown = names.filter { checked.errors.contains("`\($0)`, which is `secret`") }
      if shown.isEmpty { return nil }
      names.subtract(shown)
    }
    return nil
  }

  /// The inputs and fields of a policy, and where the word would stand.
  private static func places(_ text: String) -> [(name: String, offset: Int)] {
    let bytes = Array(text.utf8)
    var files = SourceFiles()
    let file = SourceFile(name: "marked.writ", bytes: bytes)
    let (tree, _) = PolicyParser.parsePolicy(file, id: files.add(file))
    var fields: [FieldTree] = []
    for declaration in tree.declarations {
      switch declaration {
      case .record(let record): fields += record.fields
      case .input(let input): fields.append(input)
      default: break
      }
    }
    return fields.map { field in
      if let label = field.label { return (field.name.text, Int(label.range.lower)) }
      let type = Int(field.type.range.upper)
      return (field.name.text, bytes[type...].firstIndex(of: 0x0A) ?? bytes.count)
    }
  }

  private static func mark(_ text: String, _ places: [(name: String, offset: Int)]) -> String {
    var bytes = Array(text.utf8)
    for place in places.sorted(by: { $0.offset > $1.offset }) {
      bytes.insert(contentsOf: " secret ".utf8, at: place.offset)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
