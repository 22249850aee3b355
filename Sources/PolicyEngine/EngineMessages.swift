/// The wording of everything that loading a folder can find wrong, one function per mistake, sorted.
import PolicySource

/// The mistakes of loading.
public enum EngineMessages {
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

  static func unreadable(_ path: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "unreadable", .error, "`\(path)` cannot be read", at: range,
      help: "look at its permissions")
  }
}
