/// One thing wrong with a policy or a sample case: where, what, and what to do about it.

/// The stable name of a kind of diagnostic, such as `unknown-name`: a slug that documents and tests use.
public struct DiagnosticCode:
  Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible
{
  /// The slug.
  public let slug: String

  /// Makes a code from its slug.
  public init(stringLiteral value: String) { slug = value }

  /// The slug.
  public var description: String { slug }
}

/// A message with the place it speaks of.
///
/// Message grammar: lower case, no full stop, the user's words in backticks, no newline; `help` says what to do.
public struct Diagnostic: Sendable {
  /// How bad it is: a set with an error does not load.
  public enum Severity: String, Sendable { case error, warning }

  /// A second place or remark that belongs to the diagnostic.
  public struct Note: Sendable {
    /// The remark.
    public let message: Phrase
    /// The place, if it has one.
    public let range: SourceRange?
    /// Lines to copy, such as a case; nil when there are none.
    public let text: String?

    /// Makes a note.
    public init(_ message: Phrase, at range: SourceRange? = nil, text: String? = nil) {
      self.message = message
      self.range = range
      self.text = text
    }
  }

  /// The stable code.
  public let code: DiagnosticCode
  /// Error or warning.
  public let severity: Severity
  /// One sentence.
  public let message: Phrase
  /// What is underlined.
  public let range: SourceRange
  /// Further places.
  public let notes: [Note]
  /// What to do, often the nearest known name.
  public let help: Phrase?

  /// Makes a diagnostic.
  public init(
    _ code: DiagnosticCode, _ severity: Severity = .error, _ message: Phrase, at range: SourceRange,
    notes: [Note] = [], help: Phrase? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.range = range
    self.notes = notes
    self.help = help
  }
}

/// The diagnostics of one run, capped so that a broken file cannot flood the screen.
public struct DiagnosticList: Sendable {
  /// How many are kept; the rest is only counted.
  public static let limit = 200

  /// The diagnostics in the order of their finding.
  public private(set) var all: [Diagnostic] = []
  /// How many were dropped past the limit.
  public private(set) var dropped = 0

  /// An empty list.
  public init() {}

  /// Adds one; the same code at the same place is kept once.
  public mutating func add(_ diagnostic: Diagnostic) {
    if all.last.map({ $0.range == diagnostic.range && $0.code == diagnostic.code }) ?? false {
      return
    }
    if all.count < Self.limit { all.append(diagnostic) } else { dropped += 1 }
    if diagnostic.severity == .error { hasErrors = true }
  }

  /// Counts one that is not kept.
  public mutating func countDropped() { dropped += 1 }

  /// Adds all of another list.
  public mutating func add(_ other: DiagnosticList) {
    for diagnostic in other.all { add(diagnostic) }
    dropped += other.dropped
  }

  /// Whether an error is among them (also among the dropped).
  public private(set) var hasErrors = false

  /// Sorted by file and place, for showing.
  public var sorted: [Diagnostic] {
    all.sorted {
      ($0.range.file.index, $0.range.lower, $0.range.upper)
        < ($1.range.file.index, $1.range.lower, $1.range.upper)
    }
  }
}
