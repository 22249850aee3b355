/// Changes below a folder, as the system tells them: inotify.
internal import CSystem
internal import Glibc

/// Watches the folders of a tree, and the places where the way to it may be bent.
///
/// inotify watches a folder, not what is below it, and follows links when it is told to watch. So every
/// folder of the tree is watched, and of the path that leads there every folder that holds its last part
/// or a symbolic link; of those only what happens to that name counts. A tree that has changed is
/// watched anew, by another `FolderWatch`.
public final class FolderWatch: Sendable {
  let descriptor: Int32
  /// By the number that the system gave: which names count there, nil for those of policies.
  private let names: [Int32: Set<String>?]

  /// Watches everything that a load reads: a tree of folders, and single files.
  ///
  /// - Parameters:
  ///   - tree: the folder of the policies.
  ///   - files: other files that are read with them.
  init(tree: String, files: [String]) throws(Errno) {
    let descriptor = csystem_watch()
    guard descriptor >= 0 else { throw Errno.last }
    self.descriptor = descriptor
    var names: [Int32: Set<String>?] = [:]
    func watch(_ folder: String, _ name: String?) throws(Errno) {
      let number = unsafe csystem_watch_folder(descriptor, folder)
      guard number >= 0 else {
        // What is not there, or may not be read, does not load either.
        let reason = Errno.last
        if reason.isAboutThePath { return }
        throw reason
      }
      switch (names[number], name) {
      case (.some(.none), _): break
      case (.some(.some(let known)), .some(let name)): names[number] = known.union([name])
      case (_, let name): names[number] = .some(name.map { [$0] })
      }
    }
    do throws(Errno) {
      for path in [tree] + files {
        for bend in FilePath.bends(of: path) { try watch(bend.folder, bend.name) }
      }
      // A folder may be made while its neighbours are added, so the tree is walked until nothing is new.
      var seen: Set<String> = []
      var found = FolderTree(tree)
      for _ in 0..<4 {
        let new = (found.folders + found.links).filter { seen.insert($0).inserted }
        if new.isEmpty { break }
        let links = Set(found.links)
        for path in new {
          if links.contains(path) {
            for bend in FilePath.bends(of: path) { try watch(bend.folder, bend.name) }
          } else {
            try watch(path, nil)
          }
        }
        found = FolderTree(tree)
      }
    } catch {
      _ = Glibc.close(descriptor)
      throw error
    }
    self.names = names
  }

  deinit { _ = Glibc.close(descriptor) }

  /// Takes what happened; whether any of it may change what a load reads (`read`).
  func takeChanges() -> Bool {
    var room = [UInt8](repeating: 0, count: 1 << 14)
    var matters = false
    while true {
      let count = unsafe room.withUnsafeMutableBytes { (room) -> Int in
        unsafe Glibc.read(descriptor, room.baseAddress, room.count)
      }
      if count <= 0 {
        if count < 0, Errno.last == .interrupted { continue }
        return matters
      }
      if !matters { matters = matter(room[0..<count]) }
    }
  }

  /// Looks at reports, each of 16 bytes (watch, mask, cookie, length) and a name filled up with zeros.
  private func matter(_ reports: ArraySlice<UInt8>) -> Bool {
    var rest = reports
    while rest.count >= 16 {
      let start = rest.startIndex
      let watch = Int32(bitPattern: Self.number(rest, start))
      let kind = csystem_change_kind(Self.number(rest, start + 4))
      let length = Int(Self.number(rest, start + 12))
      let name = rest.dropFirst(16).prefix(length).prefix { $0 != 0 }
      if kind & Int32(CSYSTEM_CHANGE_LOST.rawValue) != 0 { return true }
      if counts(
        String(decoding: name, as: UTF8.self), in: watch,
        isFolder: kind & Int32(CSYSTEM_CHANGE_FOLDER.rawValue) != 0)
      {
        return true
      }
      rest = rest.dropFirst(16 + length)
    }
    return false
  }

  private func counts(_ name: String, in watch: Int32, isFolder: Bool) -> Bool {
    guard let known = names[watch] else { return false }
    if let known { return known.contains(name) }
    return isFolder || name.isEmpty || FolderTree.mayBeRead(name)
  }

  private static func number(_ bytes: ArraySlice<UInt8>, _ at: Int) -> UInt32 {
    (0..<4).reduce(0) { value, index in value | UInt32(bytes[at + index]) << UInt32(index * 8) }
  }
}
