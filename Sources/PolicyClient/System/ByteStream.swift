/// Reading a file or standard input as it comes, without waiting for more than there is.
internal import Glibc

/// An open file.
public struct ByteStream: ~Copyable {
  private let number: Int32
  private let isOwn: Bool

  /// Opens a file, or takes standard input for `-` (`open`); nil when it cannot be opened.
  public init?(_ path: String) {
    isOwn = path != "-"
    number = isOwn ? unsafe open(path, O_RDONLY | O_CLOEXEC) : 0
    if number < 0 { return nil }
  }

  deinit { if isOwn { _ = close(number) } }

  /// What reading gave.
  public enum Reading {
    case bytes
    case end
    case failed
  }

  /// Appends what there is, at most 64 KiB; waits only while there is nothing (`read`).
  public func read(into bytes: inout [UInt8]) -> Reading {
    let number = self.number
    let start = bytes.count
    bytes += [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe bytes.withUnsafeMutableBytes { (all) -> Int in
        let room = unsafe UnsafeMutableRawBufferPointer(rebasing: all[start...])
        return unsafe Glibc.read(number, room.baseAddress, room.count)
      }
      if count < 0, errno == EINTR { continue }
      bytes.removeLast(bytes.count - start - max(0, count))
      return count > 0 ? .bytes : count == 0 ? .end : .failed
    }
  }
}
