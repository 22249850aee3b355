/// Looking for a byte at the speed of the C library.
internal import Glibc

extension Span<UInt8> {
  /// The index of the first such byte at or after `start` (`memchr`).
  func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    guard start < count else { return nil }
    return unsafe withUnsafeBytes { (all) -> Int? in
      guard let base = all.baseAddress,
        let found = unsafe memchr(base + start, Int32(byte), all.count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }
}

extension Span<UInt8> {
  /// Whether a range holds exactly this text, letters of either case being equal (`strncasecmp`).
  func matches(_ text: StaticString, in range: Range<Int>) -> Bool {
    guard range.count == text.utf8CodeUnitCount, range.lowerBound >= 0, range.upperBound <= count
    else { return false }
    return unsafe withUnsafeBufferPointer { (all) -> Bool in
      guard let base = all.baseAddress else { return range.isEmpty }
      let place = unsafe UnsafeRawPointer(base + range.lowerBound)
        .assumingMemoryBound(to: CChar.self)
      let words = unsafe UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
      return unsafe strncasecmp(place, words, range.count) == 0
    }
  }

  /// Whether these bytes begin with a text (`memcmp`).
  func hasPrefix(_ text: StaticString) -> Bool {
    guard count >= text.utf8CodeUnitCount else { return false }
    return unsafe withUnsafeBytes { (all) -> Bool in
      guard let base = all.baseAddress else { return text.utf8CodeUnitCount == 0 }
      return unsafe memcmp(base, text.utf8Start, text.utf8CodeUnitCount) == 0
    }
  }

  /// Whether these bytes are a text.
  func equals(_ text: StaticString) -> Bool {
    count == text.utf8CodeUnitCount && hasPrefix(text)
  }
}

extension [UInt8] {
  /// Appends the bytes of a span (`memcpy`).
  mutating func append(bytesOf span: Span<UInt8>) {
    unsafe span.withUnsafeBufferPointer { (bytes) in unsafe append(contentsOf: bytes) }
  }
}
