/// What a path names.
import Foundation

enum FileKind {
  /// Whether a path names a folder, or a link to one; false also where there is nothing.
  static func isFolder(_ path: String) -> Bool {
    (try? URL(filePath: path).resolvingSymlinksInPath().resourceValues(forKeys: [.isDirectoryKey]))?
      .isDirectory == true
  }
}
