/// How the reloads went: what `GET /v1/policies` and the metrics say of them.
import PolicyEngine
import PolicyRuntime

/// The last load that ended, and how many there were.
public struct ReloadState: Sendable {
  /// How a load ends.
  public enum Outcome: String, Sendable { case loaded, refused }

  /// How many diagnostics are listed.
  static let mostDiagnostics = 50

  /// How the last one ended.
  public internal(set) var last = Outcome.loaded
  /// When, in seconds since 1970-01-01 UTC.
  public internal(set) var at: Int64
  /// What it read; of a refused set too, if its files could be read.
  public internal(set) var digest: String?
  /// What was wrong with it, warnings too, as `writ check` shows it.
  public internal(set) var diagnostics: [String] = []
  /// How many sets have been put into use after the one of the start.
  public internal(set) var loadedCount = 0
  /// How many were refused.
  public internal(set) var refusedCount = 0
  /// How long the last load took, in milliseconds; 0 for that of the start.
  public internal(set) var milliseconds: Int64 = 0
  /// Whether one is being loaded.
  public internal(set) var isLoading = false
  /// Whether the folder is watched.
  public internal(set) var isWatching = false

  /// The state after the start.
  init(digest: String?, at: Int64) {
    self.digest = digest
    self.at = at
    document = []
    document = tree.bytes
  }

  /// As a JSON object.
  private(set) var document: [UInt8]

  mutating func end(
    _ outcome: Outcome, at moment: Int64, took: Int64, digest: String?, diagnostics: [String]
  ) {
    last = outcome
    at = moment
    milliseconds = took
    self.digest = digest
    self.diagnostics = Array(diagnostics.prefix(Self.mostDiagnostics))
    if outcome == .loaded { loadedCount += 1 } else { refusedCount += 1 }
    document = tree.bytes
  }

  private var tree: JSONTree {
    .object([
      .init("last", .string(last.rawValue)), .init("at", .string(Self.text(of: at))),
      .init("digest", digest.map { .string($0) } ?? .null),
      .init("diagnostics", .array(diagnostics.map { .string($0) })),
      .init("loaded", .number(String(loadedCount))),
      .init("refused", .number(String(refusedCount))),
    ])
  }

  /// A moment as RFC 3339 writes it, such as `2026-11-21T09:30:00Z`.
  static func text(of seconds: Int64) -> String {
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let clock = seconds % 86_400
    return Day(number: Int(seconds / 86_400)).text
      + "T\(two(clock / 3600)):\(two(clock / 60 % 60)):\(two(clock % 60))Z"
  }
}
