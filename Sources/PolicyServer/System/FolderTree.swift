/// What stands below a folder, and the way that leads to it.
internal import Glibc

/// Who owns a file and who may write it.
struct FileStatus: Equatable {
  enum Kind { case folder, file, link, other }
  let kind: Kind
  let owner: UInt32
  let group: UInt32
  /// The permissions, with those of set-uid, set-gid and the sticky bit.
  let permissions: UInt32

  /// Looks at a path (`stat`, or `lstat` when links are not followed).
  init(_ path: String, followsLinks: Bool) throws(Errno) {
    var status = stat()
    let failed = unsafe followsLinks ? stat(path, &status) : lstat(path, &status)
    if failed < 0 { throw Errno.last }
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFDIR: .folder
      case S_IFREG: .file
      case S_IFLNK: .link
      default: .other
      }
    owner = status.st_uid
    group = status.st_gid
    permissions = status.st_mode & 0o7777
  }
}

/// Paths taken apart.
enum FilePath {
  /// The path without links, dots and double slashes (`realpath`); nil when it leads nowhere.
  static func resolved(_ path: String) -> String? {
    guard let result = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(result) }
    return unsafe String(cString: result)
  }

  /// The path from the root on; links stay as they are (`getcwd`).
  static func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    guard let here = unsafe getcwd(nil, 0) else { return path }
    defer { unsafe free(here) }
    return unsafe String(cString: here) + "/" + path
  }

  /// The folders above a resolved path, from the nearest to the root.
  static func ancestors(of path: String) -> [String] {
    var result: [String] = []
    var rest = path[...]
    while let slash = rest.lastIndex(of: "/") {
      rest = rest[..<slash]
      result.append(rest.isEmpty ? "/" : String(rest))
    }
    return result
  }

  /// The places on the way to a path where another file may come to stand: where its last part is, and
  /// where a symbolic link is, also those that links lead to.
  static func bends(of path: String) -> [(folder: String, name: String)] {
    var found: [(folder: String, name: String)] = []
    var waiting = [absolute(path)]
    var links = 0
    while let next = waiting.popLast() {
      let parts = next.split(separator: "/").filter { $0 != "." }.map(String.init)
      var here = ""
      for (index, part) in parts.enumerated() {
        let place = here + "/" + part
        let isLink = (try? FileStatus(place, followsLinks: false))?.kind == .link
        if isLink || index == parts.count - 1 { found.append((here.isEmpty ? "/" : here, part)) }
        if isLink, links < 40, let target = linkTarget(place) {
          links += 1
          waiting.append(target.hasPrefix("/") ? target : here + "/" + target)
        }
        here = place
      }
    }
    return found
  }

  /// Where a symbolic link leads (`readlink`).
  private static func linkTarget(_ path: String) -> String? {
    var room = [UInt8](repeating: 0, count: 4096)
    let count = unsafe room.withUnsafeMutableBytes { (room) -> Int in
      guard let base = room.baseAddress else { return -1 }
      return unsafe readlink(path, base.assumingMemoryBound(to: CChar.self), room.count)
    }
    return count > 0 ? String(decoding: room[0..<count], as: UTF8.self) : nil
  }
}

/// The folders and files of a policy set, as its loader finds them; what is wrong with them is not asked.
struct FolderTree {
  /// The most folders and files that are looked at; a set may have fewer.
  static let most = 20_000
  /// As deep as the loader goes.
  static let deepest = 32

  /// The folder itself, and every folder below it.
  private(set) var folders: [String] = []
  /// Files of policies, and links that may lead to some.
  private(set) var files: [String] = []
  /// Those of `files` that are links.
  private(set) var links: [String] = []

  /// Walks over a folder; one that is not there is empty.
  init(_ root: String) {
    guard (try? FileStatus(root, followsLinks: true))?.kind == .folder else { return }
    walk(root, depth: 0)
  }

  private mutating func walk(_ folder: String, depth: Int) {
    folders.append(folder)
    guard depth < Self.deepest else { return }
    for name in Self.names(in: folder) where !name.hasPrefix(".") {
      guard folders.count + files.count < Self.most else { return }
      let path = folder + "/" + name
      guard let kind = (try? FileStatus(path, followsLinks: false))?.kind else { continue }
      if kind == .folder {
        walk(path, depth: depth + 1)
      } else if Self.mayBeRead(name) {
        files.append(path)
        if kind == .link { links.append(path) }
      }
    }
  }

  /// Whether a name in a folder of policies says that it is read, or that what is read comes from there.
  ///
  /// Mounted configuration is changed by renaming a link whose name begins with two dots.
  static func mayBeRead(_ name: String) -> Bool {
    if name.hasPrefix(".") { return name.hasPrefix("..") }
    return name.hasSuffix(".writ") || name.hasSuffix(".csv")
  }

  /// The names in a folder (`opendir`, `readdir`).
  static func names(in folder: String) -> [String] {
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(stream) }
    var result: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { (bytes) in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      result.append(name)
    }
    return result.sorted()
  }
}
