/// What keeps a set from being loaded beside its own diagnostics: unsafe files, the list of who may ask.

/// One thing that is wrong, in one sentence, and what to do about it.
public struct LoadProblem: Error, Hashable, Sendable {
  /// The file, with its line when it has one.
  public let place: String
  /// What is wrong.
  public let message: String
  /// What to do about it.
  public let help: String

  init(place: String, _ message: String, help: String) {
    self.place = place
    self.message = message
    self.help = help
  }

  /// As diagnostics of policies are printed: a line, and the help in the next.
  public var text: String { "\(place): error: \(message)\n  help: \(help)" }
}
