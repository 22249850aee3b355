/// Replacing what a path names in one step, which Foundation does only for files.
import Glibc

enum Rename {
  /// Lets the second path name what the first one names (`rename`); whoever looks sees the old or the new.
  static func replace(_ path: String, with other: String) -> Bool {
    unsafe rename(other, path) == 0
  }
}
