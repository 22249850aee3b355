/// Looking for a text in bytes at the speed of the C library.
internal import CSystem

extension Span<UInt8> {
  /// The index behind the first place of a text within a range (`memmem`).
  func end(of text: StaticString, in range: Range<Int>) -> Int? {
    guard !range.isEmpty else { return nil }
    let found = unsafe withUnsafeBytes { (all) -> Int? in
      guard let base = all.baseAddress,
        let found = unsafe csystem_find(
          base + range.lowerBound, range.count, text.utf8Start, text.utf8CodeUnitCount)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
    return found.map { $0 + text.utf8CodeUnitCount }
  }
}
