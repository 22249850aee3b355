/// The exit codes of the tool, in one table.
import PolicySource

/// What the tool says to the shell when it ends.
enum ExitCode: Int32 {
  /// Nothing was found wrong, every case passed, the decision was answered.
  case fine = 0
  /// A policy has errors, a case failed, a file is laid out otherwise, or the request was refused.
  case findings = 1
  /// The command line was not understood, or a file cannot be read or written.
  case usage = 2
  /// Another set gives other answers: of `diff` and `replay`.
  case changes = 3
  /// The tool itself is at fault.
  case `internal` = 70

  /// What the help says of them.
  static let table: [(code: Int, means: Phrase)] = [
    (0, "fine"), (1, "findings or failures"), (2, "usage"), (3, "answers change"),
    (70, "internal"),
  ]
}
