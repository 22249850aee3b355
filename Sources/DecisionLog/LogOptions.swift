/// How the decision log is kept: when it counts as written, and when a new file begins.

/// When a record counts as written, so that its answer may leave.
public enum LogSync: Hashable, Sendable {
  /// When it is on the disk (`fdatasync` after every batch). Nothing that was acknowledged is ever lost.
  case always
  /// When it is with the system; it goes to the disk at most this many milliseconds later, if `flush` is
  /// called that often. Weaker: a power failure or a crash of the system loses the acknowledged records
  /// of that time. The end of the process alone loses nothing.
  case interval(milliseconds: Int64)
  /// When it is with the system, which writes it to the disk when it likes. Weakest: a power failure or a
  /// crash of the system loses what was acknowledged in the last half minute or more. The end of the
  /// process alone loses nothing.
  case none
}

/// The choices of a log.
public struct LogOptions: Hashable, Sendable {
  /// When a record counts as written.
  public var sync = LogSync.always
  /// How large a file may become before the next one begins.
  public var fileBytes: Int64 = 256 << 20
  /// What writes the log, for the first record of each file.
  public var writer = "writd"

  /// The usual choices.
  public init() {}

  /// After how many records of a file a checkpoint stands.
  static let checkpointEvery: UInt64 = 1000
}
