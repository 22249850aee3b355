/// The two sides of a comparison: folders, or the same folder at a revision of its git repository.
import CommandTable
import Foundation
import PolicyEngine
import PolicySource

/// A word of the command line, and what it was found to be.
struct DiffSide {
  /// As it was written.
  let word: String
  /// The revision and the folder that is read at it; nil for a folder as it is.
  private let revision: (repository: GitRepository, commit: String, folder: String)?

  /// Finds out what a word names.
  ///
  /// - Parameters:
  ///   - word: a folder, or a revision of the repository that holds another folder.
  ///   - folder: that folder.
  init(_ word: String, beside folder: String) throws(UsageError) {
    self.word = word
    if FileKind.isFolder(word) {
      revision = nil
      return
    }
    let repository = try GitRepository(around: folder, for: word)
    guard let commit = repository.commit(word) else {
      if FileManager.default.fileExists(atPath: word) {
        throw UsageError("`\(word)` is no folder", help: "policies are compared folder by folder")
      }
      throw UsageError(
        "`\(word)` is neither a folder nor a revision",
        help: "`git log --oneline` and `git branch --all` show which there are")
    }
    revision = (repository, commit, folder)
  }

  /// Loads the set.
  ///
  /// The tree of a revision is laid out in a folder that is gone when this returns.
  func load(_ console: Console) throws(UsageError) -> PolicySet? {
    guard let (repository, commit, folder) = revision else { return load(word, as: word, console) }
    let place: ScratchFolder
    do {
      place = try ScratchFolder("writ-diff")
    } catch {
      throw OutputMessages.unwritable(
        FileManager.default.temporaryDirectory.path, Output.Failure(error))
    }
    defer { place.remove() }
    let tree = place.url.appending(path: "tree")
    guard repository.layOut(commit, in: tree, index: place.url.appending(path: "index")) else {
      throw UsageError(
        "`\(word)` has no folder `\(folder)`",
        help: "the folder is looked for where it lies in the repository now")
    }
    return load(tree.path, as: "\(word):\(folder)", console)
  }

  /// Loads a folder; what is wrong is said of the name that people know it by.
  private func load(_ folder: String, as name: String, _ console: Console) -> PolicySet? {
    let loaded = PolicySet.load(folder: folder)
    if loaded.set == nil {
      console.complain(Findings.text(loaded, console).replacing(folder, with: name))
      console.complain("the policies of `\(word)` cannot be compared", help: nil)
    }
    return loaded.set
  }
}

/// A git repository, and the place of a folder in it.
struct GitRepository {
  /// The folder with its objects.
  private let store: String
  /// Where the folder lies, with `/` at its end; empty at the top.
  private let prefix: String

  /// The repository that holds a folder; the folder itself may be missing now.
  init(around folder: String, for word: String) throws(UsageError) {
    var (base, rest) = (URL(filePath: folder).standardizedFileURL, "")
    while !FileKind.isFolder(base.path), base.path != "/" {
      rest = base.lastPathComponent + "/" + rest
      base.deleteLastPathComponent()
    }
    let question = ["-C", base.path, "rev-parse", "--absolute-git-dir", "--show-prefix"]
    let found = Self.git(question)
    guard let found else {
      throw UsageError("`\(word)` is no folder", help: "for a revision, git must be installed")
    }
    let lines = found.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard found.isFine, let store = lines.first, lines.count > 1 else {
      if Self.git(question, complains: true)?.text.contains("safe.directory") == true {
        throw UsageError(
          "git does not trust the repository that holds `\(folder)`: it belongs to another user",
          help: "`git config --global --add safe.directory FOLDER` trusts it")
      }
      throw UsageError(
        "`\(word)` is no folder", help: "it is no revision either: `\(folder)` is in no repository")
    }
    self.store = String(store)
    prefix = lines[1] + rest
  }

  /// The name of the commit that a word names; nil when there is none.
  func commit(_ word: String) -> String? {
    let found = git([
      "rev-parse", "--verify", "--quiet", "--end-of-options", word + "^{commit}",
    ])
    guard let found, found.isFine else { return nil }
    return found.text.split(separator: "\n").first.map(String.init)
  }

  /// Writes the folder as it is at a commit; false when the commit has no such folder.
  func layOut(_ commit: String, in tree: URL, index: URL) -> Bool {
    try? FileManager.default.createDirectory(at: tree, withIntermediateDirectories: true)
    let path = prefix.isEmpty ? commit : "\(commit):\(prefix.dropLast())"
    // An index of its own: that of the repository stays as it is.
    let environment = ["GIT_INDEX_FILE": index.path]
    for words in [["read-tree", path], ["checkout-index", "--all", "--force"]] {
      let options = ["-C", tree.path, "--work-tree=\(tree.path)"]
      guard let done = git(options + words, environment), done.isFine else { return false }
    }
    return true
  }

  private func git(
    _ words: [String], _ environment: [String: String] = [:]
  ) -> (text: String, isFine: Bool)? {
    Self.git(["--git-dir=\(store)"] + words, environment)
  }

  /// Runs git; nil when there is no git.
  ///
  /// - Parameters:
  ///   - words: the command line.
  ///   - added: what the environment has besides.
  ///   - complains: whether the text holds what git says is wrong, too.
  private static func git(
    _ words: [String], _ added: [String: String] = [:], complains: Bool = false
  ) -> (text: String, isFine: Bool)? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git"] + words
    // Where a hook calls, these speak of the repository of the hook.
    let ours: Set<String> = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"]
    process.environment = ProcessInfo.processInfo.environment.filter { !ours.contains($0.key) }
      .merging(["LC_ALL": "C"]) { $1 }.merging(added) { $1 }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = complains ? output as Any : FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    // What `env` says of a program that is not there.
    if process.terminationStatus == 127 { return nil }
    return (String(decoding: bytes, as: UTF8.self), process.terminationStatus == 0)
  }
}
