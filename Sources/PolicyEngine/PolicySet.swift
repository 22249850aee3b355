/// A loaded policy set: the immutable snapshot that decisions are made from.
public import PolicySource

/// A set that was loaded whole, without an error.
public final class PolicySet: Sendable {
  /// `sha256:` and 64 hex digits: the digest of the canonical listing of the set's files.
  public let digest: String

  init(digest: String) { self.digest = digest }

  /// What a load gives: the set when there was no error, and every diagnostic.
  public struct LoadResult: Sendable {
    /// The set, nil when a diagnostic is an error.
    public let set: PolicySet?
    /// The files, for showing diagnostics.
    public let files: SourceFiles
    /// Errors and warnings.
    public let diagnostics: DiagnosticList
  }

  /// Loads every `.writ` file below a folder, as a whole or not at all.
  public static func load(folder: String) -> LoadResult {
    LoadResult(
      set: PolicySet(digest: "sha256:" + folder), files: SourceFiles(), diagnostics: DiagnosticList())
  }

  /// The body of `GET /v1/policies`, a JSON document.
  public func listing() -> [UInt8] { Array("{}".utf8) }

  /// `policy.decision` names of the set, sorted.
  public var decisionNames: [String] { [] }

  /// A request that a newcomer can try: a decision of the set and the JSON body for it.
  public var exampleRequest: (decision: String, body: String)? { nil }
}
