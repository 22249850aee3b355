/// Copying and searching bytes at the speed of the C library.
internal import Glibc

extension Span<UInt8> {
  /// The index of the first such byte at or after `start` (`memchr`).
  func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    guard start < count else { return nil }
    return unsafe withUnsafeBytes { (all) -> Int? in
      guard let base = all.baseAddress,
        let found = unsafe memchr(base + start, Int32(byte), all.count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }
}

extension [UInt8] {
  /// Appends the bytes of a span (`memcpy`).
  mutating func append(bytesOf span: Span<UInt8>) {
    unsafe span.withUnsafeBufferPointer { (bytes) in unsafe append(contentsOf: bytes) }
  }
}
