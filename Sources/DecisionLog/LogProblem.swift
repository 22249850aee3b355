/// Why the decision log cannot be opened, read or written.
public import PolicySource

/// A failure of the log, in words; `help` says what to do.
public struct LogProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in kinds that a program may tell apart.
  public enum Kind: String, Sendable {
    /// The folder or a file of it cannot be used.
    case unusable
    /// Another process writes this log.
    case locked
    /// A record is not what was written: somebody must look.
    case damaged
    /// The disk is full, or a quota is used up.
    case full
    /// A record cannot be written or brought to the disk.
    case unwritable
    /// Somebody else changed or removed the file that is being written.
    case changed
    /// What was to be written is no record.
    case malformed
  }

  /// The kind of failure.
  public let kind: Kind
  /// What is wrong.
  public let message: Phrase
  /// What to do about it.
  public let help: Phrase

  /// What is wrong, in English.
  public var description: String { message.description }
}
