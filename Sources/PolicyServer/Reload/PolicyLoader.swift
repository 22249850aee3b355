/// Loading all that decides: the policy set and the list of who may ask, as a whole or not at all.
public import PolicyEngine
import PolicySource

/// What is loaded at the start and at each reload.
public struct PolicyLoader: Sendable {
  /// The folder of the policies.
  public let folder: String
  /// The file that says who may ask.
  public var allowFile: String?
  /// Whether files are taken that others may change.
  public var takesUnsafeFiles = false

  /// Loads a folder.
  public init(folder: String) { self.folder = folder }

  /// What was loaded, or why it was not.
  public struct Result: Sendable {
    /// The set; nil when anything is wrong.
    public internal(set) var set: PolicySet?
    /// Who may ask; nil when everybody may.
    public internal(set) var allowed: AllowList?
    /// The digest of the files, also when they do not load.
    public internal(set) var digest: String?
    /// What is wrong, each for a line or two of a journal; warnings too.
    public internal(set) var lines: [String] = []
    /// The same as `writ check` shows it, with the place in the file.
    public internal(set) var diagnostics: [String] = []
  }

  /// Everything that is read.
  var files: [String] { allowFile.map { [$0] } ?? [] }

  /// Begins to watch all that is read; before it is read, so that no change is missed.
  public func watch() throws(Errno) -> FolderWatch { try FolderWatch(tree: folder, files: files) }

  /// Loads.
  public func load() -> Result {
    var result = Result()
    if !takesUnsafeFiles {
      result.add(FileSafety.problems(tree: folder, files: files))
      if !result.lines.isEmpty { return result }
    }
    let loaded = PolicySet.load(folder: folder)
    result.digest = loaded.digest
    let text = DiagnosticText(files: loaded.files, colour: false)
    for diagnostic in loaded.diagnostics.sorted {
      let place = loaded.files.place(of: diagnostic.range)
      let line = "\(place): \(diagnostic.severity.rawValue)[\(diagnostic.code)]: "
      let help = diagnostic.help.map { "\n  help: \($0)" } ?? ""
      result.lines.append(line + "\(diagnostic.message)\(help)")
      result.diagnostics.append(text.render(diagnostic))
    }
    guard let set = loaded.set else { return result }
    if let allowFile {
      let read = AllowFile(allowFile, decisions: set.decisionNames)
      result.add(read.problems)
      guard read.problems.isEmpty else { return result }
      result.allowed = read.list
      result.noteForgotten(read.list, set.decisionNames, allowFile)
    }
    result.set = set
    return result
  }
}

extension PolicyLoader.Result {
  mutating func add(_ problems: [LoadProblem]) {
    lines += problems.map(\.text)
    diagnostics += problems.map(\.text)
  }

  /// Decisions for which nobody may ask are most likely forgotten.
  mutating func noteForgotten(_ list: AllowList, _ names: [String], _ path: String) {
    let forgotten = names.enumerated().filter { !list.isAllowedToAnybody($0.offset) }
      .map { "`\($0.element)`" }
    guard !forgotten.isEmpty else { return }
    let more = forgotten.count > 5 ? " and \(forgotten.count - 5) more" : ""
    lines.append(
      "\(path): nobody may ask for \(forgotten.prefix(5).joined(separator: ", "))\(more)")
  }
}
