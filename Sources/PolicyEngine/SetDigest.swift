/// The digest that names a policy set: SHA-256 of its canonical listing.
///
/// The listing has one line per file (`.writ` and `.csv`), `<SHA-256 of the file>  <path relative to the folder>`, sorted by the
/// bytes of the path. Anybody can reproduce it from the folder of the set with:
///
/// ```
/// find -L . -name '.?*' -prune -o -type f \( -name '*.writ' -o -name '*.csv' \) -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum -- | sha256sum
/// ```
public import PolicySource

/// The digest of a set.
public enum SetDigest {
  /// The listing of some files.
  public static func listing(of files: [SourceFile]) -> String {
    var listing = ""
    for file in files.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
      listing += "\(SHA256.hex(of: file.stored ?? file.bytes))  \(file.name)\n"
    }
    return listing
  }

  /// `sha256:` and the digest of the listing.
  public static func digest(of files: [SourceFile]) -> String {
    "sha256:" + SHA256.hex(of: Array(listing(of: files).utf8))
  }
}
