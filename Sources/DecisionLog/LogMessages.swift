/// What can go wrong with the decision log, in words.
internal import PolicySource

/// One function per failure.
enum LogMessages {
  static func cannotCut(_ file: SegmentName, _ reason: CallFailure) -> LogProblem {
    LogProblem(
      kind: .unwritable,
      message:
        "a record that was not written whole cannot be cut from `\(file)`: \(reason.words)",
      help: "check the disk and the permissions; the log goes on by itself when the file can be cut"
    )
  }

  static func cannotLock(_ folder: String, _ reason: CallFailure) -> LogProblem {
    LogProblem(
      kind: .unusable, message: "cannot lock the log `\(folder)`: \(reason.words)",
      help: "the log needs a file system that knows `flock`")
  }

  static func cannotMakeFile(_ file: SegmentName, _ reason: CallFailure) -> LogProblem {
    LogProblem(
      kind: reason.kind, message: "cannot begin the file `\(file)` of the log: \(reason.words)",
      help: reason.help)
  }

  static func cannotOpen(_ folder: String, _ reason: CallFailure) -> LogProblem {
    LogProblem(
      kind: .unusable, message: "cannot use the folder `\(folder)` for the log: \(reason.words)",
      help: "make the folder above it first, and see to it that this user may write there")
  }

  static func cannotRead(_ file: String, _ reason: CallFailure) -> LogProblem {
    LogProblem(
      kind: .unusable, message: "cannot read `\(file)`: \(reason.words)",
      help: reason == .noSuchFile || reason == .notAFolder || reason == .isAFolder
        ? "name the folder that `writd --log` names, or files of it"
        : "check the disk and the permissions")
  }

  static func cannotRemove(_ file: SegmentName, _ reason: CallFailure) -> LogProblem {
    LogProblem(
      kind: .unwritable,
      message: "cannot remove the file `\(file)`, which was begun in vain: \(reason.words)",
      help: "check the disk and the permissions; the log goes on by itself when it can be removed")
  }

  static func cannotSync(_ file: SegmentName, _ reason: CallFailure) -> LogProblem {
    LogProblem(
      kind: reason.kind, message: "cannot bring `\(file)` to the disk: \(reason.words)",
      help: reason.help)
  }

  static func cannotWrite(_ file: SegmentName, _ reason: CallFailure) -> LogProblem {
    LogProblem(
      kind: reason.kind, message: "cannot write `\(file)`: \(reason.words)", help: reason.help)
  }

  static func changedOutside(_ file: SegmentName) -> LogProblem {
    LogProblem(
      kind: .changed, message: "`\(file)` was changed while the log is being written",
      help: "nobody but the daemon may write the log; stop it, and see `writ log verify`")
  }

  static func damaged(_ file: SegmentName, line: Int, _ what: Phrase) -> LogProblem {
    LogProblem(
      kind: .damaged,
      message: "the log is damaged or was tampered with: `\(file)`:\(line): \(what)",
      help:
        "see `writ log verify`; keep the whole folder as it is for those who look into it, and begin a new log in another folder"
    )
  }

  static func lineBreak() -> LogProblem {
    LogProblem(
      kind: .malformed, message: "a record with a line break cannot be written",
      help: "please report this")
  }

  static func locked(_ folder: String) -> LogProblem {
    LogProblem(
      kind: .locked, message: "another process writes the log `\(folder)`",
      help: "stop it first, or give this one a folder of its own")
  }

  static func noLog(_ folder: String) -> LogProblem {
    LogProblem(
      kind: .unusable, message: "there is no log in `\(folder)`",
      help: "name the folder that `writd --log` names")
  }

  static func notEmpty(_ folder: String) -> LogProblem {
    LogProblem(
      kind: .unusable, message: "there is a log in `\(folder)` already",
      help: "name a new folder for each backup")
  }

  static func openToOthers(_ folder: String) -> LogProblem {
    LogProblem(
      kind: .unusable, message: "everybody may write into the folder `\(folder)` of the log",
      help: "let only the daemon write there: `chmod 700`")
  }

  static func removedOutside(_ file: SegmentName) -> LogProblem {
    LogProblem(
      kind: .changed, message: "`\(file)` was removed or replaced while the log is being written",
      help: "put the file back, and the log goes on")
  }

  static func unknownVersion(_ file: SegmentName, line: Int, _ version: UInt64) -> LogProblem {
    LogProblem(
      kind: .unusable,
      message: "`\(file)`:\(line): the record has version \(version), and this program knows 1",
      help: "use a newer version of this program")
  }

  // What is wrong with a record.

  static func notARecord() -> Phrase { "this is not a record" }

  static func wrongChain(_ number: UInt64) -> Phrase {
    "record \(number) does not go on from the record before it"
  }

  static func wrongHash(_ number: UInt64) -> Phrase {
    "record \(number) is not what was written: its hash differs"
  }

  static func wrongLink(_ previous: String) -> Phrase {
    "this file does not go on from the end of `\(previous)`"
  }

  static func wrongName(_ number: UInt64) -> Phrase {
    "the first record has number \(number), which is not that of the file's name"
  }

  static func wrongStart() -> Phrase { "the file does not begin with its `start` record" }
}

extension CallFailure {
  /// The kind of failure that this is when writing.
  fileprivate var kind: LogProblem.Kind { isFull ? .full : .unwritable }

  fileprivate var help: Phrase {
    isFull
      ? "make room on the disk; the log goes on by itself"
      : "check the disk and the permissions; the log goes on by itself when the file can be written"
  }
}
