/// A loaded policy set: the immutable snapshot that decisions are made from.
public import PolicyCompiler
public import PolicyRuntime
public import PolicySource
import PolicySyntax

/// A set that was loaded whole, without an error.
public final class PolicySet: Sendable {
  /// `sha256:` and 64 hex digits: the digest of the canonical listing of the set's files.
  public let digest: String
  /// The checked policies.
  public let types: TypedSet
  /// The program of every decision, sorted by name.
  public let programs: [Program]
  /// The number of a program in `programs` by `policy.decision`.
  public let symbols: SymbolTable
  /// A request that this set answers; nil when it has no decision.
  public let exampleRequest: ExampleRequest?

  private let places: [String: (index: Int, reference: Reference)]
  private let listingBytes: [UInt8]

  init(
    digest: String, types: TypedSet, programs: [(Reference, Program)], samplesFolder: String?
  ) {
    let sorted = programs.sorted { $0.1.name.utf8.lexicographicallyPrecedes($1.1.name.utf8) }
    self.digest = digest
    self.types = types
    self.programs = sorted.map(\.1)
    symbols = SymbolTable(sorted.map(\.1.name))
    var places: [String: (index: Int, reference: Reference)] = [:]
    for (index, entry) in sorted.enumerated() { places[entry.1.name] = (index, entry.0) }
    self.places = places
    listingBytes = Listing(types: types, programs: sorted, digest: digest).tree.bytes
    exampleRequest = ExampleRequest.find(in: types, programs: sorted, samplesFolder: samplesFolder)
  }

  /// What a load gives: the set when there was no error, and every diagnostic.
  public struct LoadResult: Sendable {
    /// The set, nil when a diagnostic is an error.
    public let set: PolicySet?
    /// The files, for showing diagnostics.
    public let files: SourceFiles
    /// Errors and warnings.
    public let diagnostics: DiagnosticList
    /// How many `.writ` and `.csv` files were read.
    public let fileCount: Int
  }

  /// Loads every `.writ` and `.csv` file below a folder, as a whole or not at all.
  public static func load(folder path: String) -> LoadResult {
    let folder = SetFolder(path, suffix: ".writ")
    let samples = URLPath.parent(of: path) + "samples"
    return load(folder, samplesFolder: samples)
  }

  static func load(_ folder: SetFolder, samplesFolder: String?) -> LoadResult {
    var folder = folder
    var diagnostics = DiagnosticList()
    var trees: [PolicyTree] = []
    for id in folder.read {
      let (tree, found) = PolicyParser.parsePolicy(folder.files[id], id: id)
      trees.append(tree)
      diagnostics.add(found)
    }
    folder.decodeSheets(declared: Self.encodings(declaredBy: trees, in: folder.files))
    diagnostics.add(folder.diagnostics)
    if trees.isEmpty {
      return LoadResult(set: nil, files: folder.files, diagnostics: diagnostics, fileCount: 0)
    }
    let (types, found) = PolicyChecker.check(trees, files: folder.files)
    diagnostics.add(found)
    var programs: [(Reference, Program)] = []
    if !diagnostics.hasErrors {
      for (policy, typed) in types.policies.enumerated() {
        for index in typed.decisions.indices {
          let reference = Reference(policy: policy, index: index)
          let (program, found) = Lowering.lower(reference, in: types)
          programs.append((reference, program))
          diagnostics.add(found)
        }
      }
    }
    let files = (folder.read + folder.sheets).map { folder.files[$0] }
    let set =
      diagnostics.hasErrors
      ? nil
      : PolicySet(
        digest: SetDigest.digest(of: files), types: types, programs: programs,
        samplesFolder: samplesFolder)
    return LoadResult(
      set: set, files: folder.files, diagnostics: diagnostics, fileCount: files.count)
  }

  /// The encodings that policies declare for CSV files, by the path of the file.
  private static func encodings(
    declaredBy trees: [PolicyTree], in files: SourceFiles
  ) -> [String: Name] {
    var result: [String: Name] = [:]
    for tree in trees {
      let home = files[tree.range.file].name
      for clause in tree.sheetClauses {
        guard let encoding = clause.encoding, let path = clause.file.plain,
          let resolved = SheetClause.resolve(path, beside: home)
        else { continue }
        result[resolved] = encoding
      }
    }
    return result
  }

  /// The body of `GET /v1/policies`, a JSON document.
  public func listing() -> [UInt8] { listingBytes }

  /// How much there is of each thing in the set.
  public struct Size: Sendable {
    /// The policies.
    public let policies: Int
    /// The decisions.
    public let decisions: Int
    /// The clauses of all decisions.
    public let clauses: Int
    /// The decision tables.
    public let tables: Int
  }

  /// How much the set holds.
  public var size: Size {
    Size(
      policies: types.policies.count, decisions: programs.count,
      clauses: programs.reduce(0) { $0 + ($1.plans.last?.clauses.count ?? 0) },
      tables: types.policies.reduce(0) { $0 + $1.tables.count })
  }

  /// `policy.decision` names of the set, sorted.
  public var decisionNames: [String] { programs.map(\.name) }

  /// The program of a decision by `policy.decision`; nil when there is none.
  public func program(named name: String) -> Program? {
    places[name].map { programs[$0.index] }
  }

  /// The typed decision by `policy.decision`; nil when there is none.
  public func decision(named name: String) -> TypedDecision? {
    places[name].map { types.policies[$0.reference.policy].decisions[$0.reference.index] }
  }

  /// The decisions nearest to a name that is not known: by spelling, else those with the same last part.
  public func suggestions(for name: String) -> [String] {
    if let nearest = Suggestion.nearest(to: name, in: decisionNames) { return [nearest] }
    let last = name.split(separator: ".").last.map(String.init) ?? name
    return decisionNames.filter { $0 == last || $0.hasSuffix("." + last) }
  }
}
