/// Verifies a log: every hash, the chain, the files and their names, and anchors that were kept elsewhere.
///
/// A log is read once, line by line. Lines that go on from the one before make a piece; a whole log is one
/// piece. What is wrong is found from the pieces (`ChainPieces`).
public import PolicySource

/// Something that is wrong with a log.
public struct LogFinding: Hashable, Sendable {
  /// What kind of thing.
  public enum Kind: String, Sendable {
    case anchor, beginning, changed, checkpoint, file, inserted, order, removed, start, torn,
      version
    case notARecord = "not-a-record"
  }

  /// The kind.
  public let kind: Kind
  /// The name of the file.
  public let file: String
  /// The line in it, from 1.
  public let line: Int
  /// What is wrong, in words.
  public let message: Phrase
}

/// What verifying found.
public struct LogVerification: Sendable {
  /// What is wrong, in the order of the files and lines.
  public internal(set) var findings: [LogFinding] = []
  /// How many findings more there are, which are not listed.
  public internal(set) var unlisted = 0
  /// How many records there are.
  public internal(set) var records: UInt64 = 0
  /// How many files.
  public internal(set) var files = 0
  /// The first and the last time of a record.
  public internal(set) var first: LogTime?
  /// The last time of a record.
  public internal(set) var last: LogTime?
  /// The number and the hash of the last record.
  public internal(set) var head: LogAnchor?
  /// Bytes behind the last whole record of a log that is being written: a record on its way.
  public internal(set) var unfinished: Int64 = 0

  /// Whether nothing is wrong.
  public var isWhole: Bool { findings.isEmpty }

  /// Verifies the log of a folder.
  ///
  /// `anchors` are records that must be in it, or just before it.
  public static func run(
    _ log: LogReading, anchors: [LogAnchor] = []
  ) throws(LogProblem) -> LogVerification {
    let isLive = log.isBeingWritten()
    var walk = VerificationWalk(log.calls, anchors)
    for name in try LogFolder.segments(log.calls) { try walk.read(name) }
    return walk.finish(isLive: isLive)
  }
}
