/// The file of `--output`: whether it can be written is known before the work, and it is there whole or not at all.
import CommandTable
import Foundation
import PolicySource

/// A file that is named on the command line to be written; `-` is standard output.
struct OutputFile {
  private let path: String

  /// Looks whether a file may be written there, before anything is worked out for it.
  init(_ path: String) throws(UsageError) {
    self.path = path
    if path == "-" { return }
    if FileKind.isFolder(path) { throw OutputMessages.isFolder(path) }
    try Self.check(above: path)
  }

  /// Writes the text: in one step, so that whoever looks finds the old file or the new.
  func write(_ text: String, _ console: Console) throws(UsageError) {
    if path == "-" { return console.write(text) }
    if FileManager.default.fileExists(atPath: path), !isFile {
      do throws(Output.Failure) {
        return try Output.write(Array(text.utf8), into: path)
      } catch {
        throw OutputMessages.unwritable(path, error)
      }
    }
    do {
      try Data(text.utf8).write(to: place, options: .atomic)
    } catch {
      throw OutputMessages.unwritable(path, Output.Failure(error))
    }
  }

  /// Where the file itself lies: a link stays, and what it leads to is written, also when that is not there yet.
  private var place: URL {
    var place = URL(filePath: path)
    for _ in 0..<Self.mostLinks {
      let next = try? FileManager.default.destinationOfSymbolicLink(atPath: place.path)
      guard let next else { break }
      place = URL(filePath: next, relativeTo: place.deletingLastPathComponent()).absoluteURL
    }
    return place
  }

  /// Links that lead to each other; the system gives up after as many.
  private static let mostLinks = 40

  /// Whether it is a file, not a device or a pipe, which must not be replaced by one.
  private var isFile: Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: place.path)
    return attributes?[.type] as? FileAttributeType == .typeRegular
  }

  /// The folder in which something is to be written must be there.
  static func check(above path: String) throws(UsageError) {
    let folder = URL(filePath: path).standardizedFileURL.deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: folder) else {
      throw OutputMessages.noFolder(path, folder)
    }
    guard FileKind.isFolder(folder) else { throw OutputMessages.notAFolder(path, folder) }
  }
}

extension Output.Failure {
  /// What Foundation says; 0 where it names no call.
  init(_ error: any Error) {
    switch (error as? CocoaError)?.code {
    case .fileWriteOutOfSpace: self.init(code: ENOSPC)
    case .fileWriteNoPermission: self.init(code: EACCES)
    case .fileWriteVolumeReadOnly: self.init(code: EROFS)
    default: self.init(code: 0)
    }
  }
}

/// The words about what cannot be written.
enum OutputMessages {
  static func isFolder(_ path: String) -> UsageError {
    UsageError("`\(path)` is a folder", help: "name a file in it")
  }

  static func noFolder(_ path: String, _ folder: String) -> UsageError {
    UsageError("`\(path)` cannot be written", help: "make the folder `\(folder)` first")
  }

  static func notAFolder(_ path: String, _ folder: String) -> UsageError {
    UsageError("`\(path)` cannot be written", help: "`\(folder)` is no folder")
  }

  static func unwritable(_ path: String, _ failure: Output.Failure) -> UsageError {
    UsageError("`\(path)` cannot be written", help: help(failure))
  }

  static let standardOutput: Phrase = "what was found cannot be written to standard output"

  /// What to do next.
  static func help(_ failure: Output.Failure) -> Phrase {
    switch failure.code {
    case ENOSPC, EDQUOT: "there is no room left: make room, and run it again"
    case EACCES, EPERM: "this user may not write there"
    case EROFS: "nothing can be written there: it is mounted read-only"
    case EBADF: "it is closed; `> /dev/null` throws away what nobody wants"
    default: "check the disk and the permissions"
    }
  }
}
