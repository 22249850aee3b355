/// The key of the hashes that stand in place of secrets in the log.
public import PolicySource

/// A key in a file.
public enum MaskKey {
  /// The fewest bytes of a key: as many as a hash has.
  static let least = 32

  /// Reads a key; all bytes of the file count.
  public static func read(_ path: String) throws(StartProblem) -> HMAC {
    let bytes: [UInt8]
    do throws(Errno) { bytes = try FileBytes.read(path, atMost: 4096) } catch {
      throw .cannotReadKey(path, error)
    }
    guard bytes.count >= least else { throw .keyTooShort(path, bytes.count) }
    return HMAC(key: bytes)
  }
}

extension StartProblem {
  private static func keyHelp(_ path: String) -> String {
    "make it with `head -c 32 /dev/urandom > \(path)`, readable by the daemon alone"
  }

  static func cannotReadKey(_ path: String, _ reason: Errno) -> StartProblem {
    StartProblem(
      description: "the key file `\(path)` cannot be read: \(reason)", help: keyHelp(path))
  }

  static func keyTooShort(_ path: String, _ count: Int) -> StartProblem {
    StartProblem(
      description: "the key in `\(path)` has \(count) bytes, and \(MaskKey.least) are the least",
      help: keyHelp(path))
  }
}
