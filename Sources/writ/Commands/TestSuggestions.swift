/// Writing the cases that are missing into files, one for each policy.
import CommandTable
import Foundation
import PolicyEngine
import PolicySource

enum TestSuggestions {
  /// Writes the files and names them; a file that is there already stays as it is.
  static func write(
    _ suite: CaseSuite, _ mutants: MutationReport?, _ wanted: TestWishes, to folder: String,
    _ console: Console
  ) throws(UsageError) {
    let found = suite.suggestions(
      policy: wanted.policy, filter: wanted.filter, mutants: mutants, in: console.catalog)
    let paths = found.files.map { "\(folder)/\($0.policy).cases" }
    for path in paths where FileManager.default.fileExists(atPath: path) {
      throw UsageError("`\(path)` is there already", help: "name another folder")
    }
    do {
      if !found.files.isEmpty {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
      }
      for (file, path) in zip(found.files, paths) {
        try Data(file.text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
      }
    } catch {
      throw UsageError("`\(folder)` cannot be written")
    }
    for (file, path) in zip(found.files, paths) {
      console.complain("\(path): \(console.say(SourceMessages.count(file.count, "case")))\n")
    }
    console.complain("writ: " + console.say(found.words) + "\n")
  }
}
