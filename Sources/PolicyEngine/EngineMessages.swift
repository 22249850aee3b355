/// The wording of everything that loading a folder can find wrong, one function per mistake, sorted.
import PolicyRuntime
import PolicySource

/// The mistakes of loading.
public enum EngineMessages {
  static func badRecordedCase(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-recorded-case", .error,
      "a line is one JSON object with `decision`, `input` and what to `expect` of the answer",
      at: range,
      help: "such as {\"decision\": \"p.d\", \"input\": {…}, \"expect\": {\"outcome\": \"allow\"}}")
  }

  static func detectedEncoding(_ path: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "detected-encoding", .warning, "`\(path)` is not UTF-8; it was read as GBK", at: range,
      help: "write `encoding gbk` behind its name in the policy, or save it as UTF-8")
  }

  static func doubleFolder(_ path: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "linked-folder", .error, "the symbolic link `\(path)` leads to a folder", at: range,
      help: "put the folder itself into the set; links to folders are not followed")
  }

  static func emptyFolder(_ folder: String, suffix: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "empty-folder", .error, "the folder `\(folder)` holds no `\(suffix)` file", at: range,
      help: "name the folder that holds the files, or one above it")
  }

  static func emptyProcess(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "empty-process", .error, "the number of the process is empty", at: range,
      help: "every row of a register has a number")
  }

  static func fileTooLarge(_ path: String, limit: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "file-too-large", .error, "the file `\(path)` is larger than \(limit / 1_048_576) MiB",
      at: range,
      help: "split it into several files")
  }

  static func linkLeavesFolder(_ path: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "link-outside", .error, "the symbolic link `\(path)` leads out of the folder", at: range,
      help: "copy the file into the folder, so that the whole set lies in one place")
  }

  static func missingFolder(_ folder: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "missing-folder", .error, "there is no folder `\(folder)`", at: range,
      help: "name the folder that holds the files")
  }

  static func notAFolder(_ path: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "not-a-folder", .error, "`\(path)` is not a folder", at: range,
      help: "name the folder that holds the files")
  }

  static func onlyWithVersions(of days: [Day]) -> Diagnostic.Note {
    let shown = days.prefix(3).map { day -> Phrase in
      day == .first ? "the first day" : .verbatim(day.text)
    }
    return Diagnostic.Note(
      "so it is with the versions in force on \(SourceMessages.list(shown, last: .comma))")
  }

  static func registerColumn(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-register", .error, "the register has no column `\(name)`", at: range,
      help: "its first row is `process,title,area,evidence`; the last two may be left out")
  }

  static func registerHeading(
    _ name: String, nearest: String?, all: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "bad-register", .error, "a register has no column `\(name)`, or has it already", at: range,
      help: nearest.map { "did you mean `\($0)`?" }
        ?? "its columns are \(SourceMessages.names(all, last: .and))")
  }

  static func repeatedProcess(
    _ id: String, at range: SourceRange, first: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "bad-register", .error, "the process `\(id)` stands in the register twice", at: range,
      notes: [.init("first here", at: first)])
  }

  static func strangeName(_ path: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "strange-file-name", .error, "a file name holds a line break or a backslash: `\(path)`",
      at: range,
      help: "rename the file")
  }

  static func tooManyFiles(_ folder: String, limit: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "too-many-files", .error, "the folder `\(folder)` holds more than \(limit) files", at: range,
      help: "name a folder further in")
  }

  static func unknownBytes(_ path: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "invalid-utf8", .error, "`\(path)` is text neither in UTF-8 nor in GBK", at: range,
      help: "save it again as CSV in UTF-8")
  }

  static func unknownRecordedDecision(
    _ name: String, nearest: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "unknown-decision", .error, "there is no decision `\(name)`", at: range,
      help: nearest.first.map { "did you mean `\($0)`?" })
  }

  static func unknownEvidence(
    _ word: String, nearest: String?, all: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "bad-register", .error, "`\(word)` is no degree of evidence", at: range,
      help: nearest.map { "did you mean `\($0)`?" }
        ?? "one of \(SourceMessages.names(all, last: .or)); empty when it is not known")
  }

  static func unknownProcess(
    _ id: String, nearest: String?, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "unknown-process", .error, "the register has no process `\(id)`", at: range,
      help: nearest.map { "did you mean `\($0)`?" } ?? "add it to the register")
  }

  static func unreadable(_ path: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "unreadable", .error, "`\(path)` cannot be read", at: range,
      help: "look at its permissions")
  }

  static func wideEncoding(_ path: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "wrong-encoding", .error, "`\(path)` is text in UTF-16", at: range,
      help: "save it as CSV in UTF-8, not as Unicode text")
  }

  static func wrongEncoding(
    _ path: String, _ declared: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "wrong-encoding", .error, "`\(path)` is text in UTF-8, not in \(declared)", at: range,
      help: "leave out `encoding \(declared)`")
  }
}
