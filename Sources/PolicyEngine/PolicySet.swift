/// A loaded policy set: the immutable snapshot that decisions are made from.
public import PolicyCompiler
public import PolicyRuntime
public import PolicySource
import PolicySyntax

/// A set that was loaded whole, without an error.
public final class PolicySet: Sendable {
  /// `sha256:` and 64 hex digits: the digest of the canonical listing of the set's files.
  public let digest: String
  /// The checked policies; of a policy with several versions the last one.
  public let types: TypedSet
  /// The newest program of every decision, sorted by name; then those of earlier versions.
  public var programs: [Program] { timetable.programs }
  /// The number of a decision by `policy.decision`: that of its newest program in `programs`.
  public let symbols: SymbolTable
  /// A request that this set answers; nil when it has no decision.
  public let exampleRequest: ExampleRequest?

  /// The facts that may be logged as they stand; nil when nothing in the set is secret.
  let secretFacts: SecretFacts?
  let timetable: ProgramTimetable
  /// The set as it is from time to time; one epoch when no policy has several versions.
  let epochs: [LoadedEpoch]
  private let listingBytes: [UInt8]

  init(digest: String, epochs: [LoadedEpoch], samplesFolder: String?) {
    self.digest = digest
    self.epochs = epochs
    let shown = epochs.last { !$0.programs.isEmpty } ?? epochs[epochs.count - 1]
    types = shown.types
    timetable = ProgramTimetable(epochs)
    symbols = SymbolTable(timetable.names)
    secretFacts = SecretFacts(timetable.programs)
    listingBytes = Listing(epochs: epochs, digest: digest).tree.bytes
    let sorted = shown.programs.sorted { $0.1.name.utf8.lexicographicallyPrecedes($1.1.name.utf8) }
    exampleRequest = ExampleRequest.find(
      in: shown.types, programs: sorted, samplesFolder: samplesFolder)
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
    /// The digest that the files have, also when they do not load; nil when there are none.
    public let digest: String?
  }

  /// Loads every `.writ` and `.csv` file below a folder, as a whole or not at all.
  public static func load(folder path: String) -> LoadResult {
    DeepStack.run {
      let folder = SetFolder(path, suffix: ".writ")
      let samples = URLPath.parent(of: path) + "samples"
      return load(folder, samplesFolder: samples)
    }
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
      return LoadResult(
        set: nil, files: folder.files, diagnostics: diagnostics, fileCount: 0, digest: nil)
    }
    let versions = SetVersions(trees, files: folder.files)
    diagnostics.add(versions.diagnostics)
    let files = (folder.read + folder.sheets).map { folder.files[$0] }
    let digest = SetDigest.digest(of: files)
    let set =
      diagnostics.hasErrors
      ? nil
      : PolicySet(digest: digest, epochs: versions.epochs, samplesFolder: samplesFolder)
    return LoadResult(
      set: set, files: folder.files, diagnostics: diagnostics, fileCount: files.count,
      digest: digest)
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

  /// How much the set holds, every version counted.
  public var size: Size {
    var seen: Set<FileID> = []
    var tables = 0
    for epoch in epochs {
      for policy in epoch.types.policies where seen.insert(policy.range.file).inserted {
        tables += policy.tables.count
      }
    }
    let newest = programs.prefix(timetable.names.count)
    return Size(
      policies: seen.count, decisions: newest.count,
      clauses: newest.reduce(0) { $0 + ($1.plans.last?.clauses.count ?? 0) }, tables: tables)
  }

  /// The policies of which the set holds several versions, with the days of each.
  public var versions: [(policy: String, ranges: [Program.Requirement])] {
    let names = Set(types.policies.map(\.name)).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    return names.map { ($0, versions(of: $0)) }.filter { $0.1.count > 1 }
  }

  /// The days on which the versions of a policy are in force, from the earliest.
  func versions(of name: String) -> [Program.Requirement] {
    var seen: Set<FileID> = []
    var ranges: [Program.Requirement] = []
    for epoch in epochs {
      for policy in epoch.types.policies
      where policy.name == name && seen.insert(policy.range.file).inserted {
        ranges.append(
          Program.Requirement(
            policy: name, from: policy.effectiveFrom, until: policy.effectiveUntil))
      }
    }
    return ranges
  }

  /// The names of the policies, sorted.
  public var policyNames: [String] { types.policies.map(\.name) }

  /// `policy.decision` names of the set, sorted.
  public var decisionNames: [String] { timetable.names }

  /// The newest program of a decision by `policy.decision`; nil when there is none.
  public func program(named name: String) -> Program? {
    timetable.names.firstIndex(of: name).map { programs[$0] }
  }

  /// The program of a decision on a day; nil when no version is in force, or there is no such decision.
  public func program(named name: String, on day: Day) -> Program? {
    guard let place = timetable.names.firstIndex(of: name) else { return nil }
    let number = timetable.number(place, on: day)
    return number < 0 ? nil : programs[number]
  }

  /// The decisions nearest to a name that is not known: by spelling, else those with the same last part,
  /// or those of the policy that it names.
  public func suggestions(for name: String) -> [String] {
    if let nearest = Suggestion.nearest(to: name, in: decisionNames) { return [nearest] }
    let last = name.split(separator: ".").last.map(String.init) ?? name
    let alike = decisionNames.filter { $0 == last || $0.hasSuffix("." + last) }
    return alike.isEmpty ? decisionNames.filter { $0.hasPrefix(name + ".") } : alike
  }
}
