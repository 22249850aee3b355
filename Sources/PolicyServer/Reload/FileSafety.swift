/// Whether others than their owner may change the files that decide: as ssh and sudo look at theirs.
///
/// A set is safe when nobody but root and the user of the daemon may write any file of it, any folder in
/// which one lies, or any folder on the way there (or else the file could be put away and another put in
/// its place). Group permissions are safe for root's group, and for the private group of the owner,
/// which is what files have where the umask is 002. A folder on the way may be open to all if its sticky
/// bit keeps others from renaming what is not theirs, as in /tmp.

/// The look at the files of a load.
struct FileSafety {
  /// How many files are named; the rest is counted.
  static let shown = 10

  private var seen: Set<String> = []
  private var found: [LoadProblem] = []
  private var count = 0
  private var privateGroups: [[UInt32]: Bool] = [:]

  /// What others may change of a folder of policies and of further files.
  static func problems(tree: String, files: [String]) -> [LoadProblem] {
    var safety = FileSafety()
    let folders = FolderTree(tree)
    for path in folders.folders { safety.look(at: path) }
    for path in folders.files { safety.look(at: path) }
    for path in [tree] + folders.links + files { safety.lookAround(path) }
    if safety.count > Self.shown {
      safety.found.append(
        LoadProblem(
          place: tree,
          "\(safety.count - Self.shown) more files or folders may be changed by others",
          help: "mend the first ones, then look again with `writd --check`"))
    }
    return safety.found
  }

  /// The file itself where links lead, and the folders on the way from the root.
  private mutating func lookAround(_ path: String) {
    for place in [path] + FilePath.bends(of: path).map({ $0.folder + "/" + $0.name }) {
      guard let resolved = FilePath.resolved(place) else { continue }
      look(at: resolved)
      for folder in FilePath.ancestors(of: resolved) { look(at: folder, isOnTheWay: true) }
    }
  }

  private mutating func look(at path: String, isOnTheWay: Bool = false) {
    let resolved = FilePath.resolved(path) ?? path
    guard seen.insert(resolved).inserted else { return }
    // What cannot be looked at cannot be read either; the load says so.
    guard let status = try? FileStatus(resolved, followsLinks: true) else { return }
    let isSticky = status.permissions & 0o1000 != 0
    var change: String?
    if status.permissions & 0o002 != 0, !(isOnTheWay && isSticky) {
      report(path, status, "everybody may write it", "chmod o-w")
      change = "o-w"
    }
    if status.permissions & 0o020 != 0, !(isOnTheWay && isSticky), change == nil,
      status.group != 0, !isPrivate(status)
    {
      report(path, status, "its group may write it", "chmod g-w")
    }
    if status.owner != 0, status.owner != Accounts.own {
      report(
        path, status,
        "it belongs to user \(status.owner), who is neither root nor the daemon's user",
        "chown root")
    }
  }

  private mutating func isPrivate(_ status: FileStatus) -> Bool {
    let key = [status.group, status.owner]
    if let known = privateGroups[key] { return known }
    let result = Accounts.isPrivate(status.group, of: status.owner)
    privateGroups[key] = result
    return result
  }

  private mutating func report(
    _ path: String, _ status: FileStatus, _ reason: String, _ command: String
  ) {
    count += 1
    guard found.count < Self.shown else { return }
    let mode = String(status.permissions, radix: 8)
    found.append(
      LoadProblem(
        place: path,
        "the \(status.kind == .folder ? "folder" : "file") is not safe: \(reason) (mode \(mode))",
        help: "`\(command) \(path)`, or take it as it is with `--allow-unsafe-policies`"))
  }
}
