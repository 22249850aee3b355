/// Writing the cases that are missing into files, one for each policy.
import CommandTable
import Foundation
import PolicyEngine
import PolicySource

enum TestSuggestions {
  /// Looks before the work whether the cases of some policies may be written there.
  static func check(_ folder: String, for policies: [String]) throws(UsageError) {
    if FileManager.default.fileExists(atPath: folder) {
      guard FileKind.isFolder(folder) else { throw OutputMessages.notAFolder(folder, folder) }
      try leaveAlone(policies.map { path(of: $0, in: folder) })
    }
  }

  /// A file that is there already stays as it is.
  private static func leaveAlone(_ paths: [String]) throws(UsageError) {
    for path in paths where FileManager.default.fileExists(atPath: path) {
      throw UsageError("`\(path)` is there already", help: "name another folder")
    }
  }

  private static func path(of policy: String, in folder: String) -> String {
    "\(folder)/\(policy).cases"
  }

  /// Writes the files and names them: all of them, or none.
  static func write(
    _ suite: CaseSuite, _ mutants: MutationReport?, _ wanted: TestWishes, to folder: String,
    _ console: Console
  ) throws(UsageError) {
    let found = suite.suggestions(
      policy: wanted.policy, filter: wanted.filter, mutants: mutants, in: console.catalog)
    let paths = found.files.map { path(of: $0.policy, in: folder) }
    try leaveAlone(paths)
    // Names that nobody reads, until all of them are written.
    let drafts = paths.map { $0 + ".\(UUID().uuidString)" }
    defer { for draft in drafts { try? FileManager.default.removeItem(atPath: draft) } }
    do {
      if !found.files.isEmpty {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
      }
      for (file, draft) in zip(found.files, drafts) {
        try Data(file.text.utf8).write(to: URL(filePath: draft), options: .withoutOverwriting)
      }
      for (draft, path) in zip(drafts, paths) {
        try FileManager.default.moveItem(atPath: draft, toPath: path)
      }
    } catch {
      throw OutputMessages.unwritable(folder, Output.Failure(error))
    }
    for (file, path) in zip(found.files, paths) {
      console.complain("\(path): \(console.say(SourceMessages.count(file.count, "case")))\n")
    }
    console.complain("writ: " + console.say(found.words) + "\n")
  }
}
