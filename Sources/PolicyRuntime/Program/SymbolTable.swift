/// A hash table from short byte strings to numbers: identifiers of enumerations, literals, field names.
///
/// Open addressing over one array of trivial entries, so that a look-up touches no reference count.
public struct SymbolTable: Sendable {
  struct Entry: Sendable {
    var offset: Int32 = 0
    var length: Int32 = -1
    var value: Int32 = 0
  }

  private var entries: [Entry]
  private var bytes: [UInt8] = []
  private var mask: Int

  /// Makes the table of some names.
  ///
  /// The number of a name is its position; the first of equal names counts.
  public init(_ names: some Collection<String>) {
    var size = 4
    while size < names.count * 2 { size *= 2 }
    entries = Array(repeating: Entry(), count: size)
    mask = size - 1
    for (value, name) in names.enumerated() {
      let utf8 = Array(name.utf8)
      if find(utf8.span, 0, utf8.count) >= 0 { continue }
      var slot = Self.hash(utf8.span, 0, utf8.count) & mask
      while entries[slot].length >= 0 { slot = (slot + 1) & mask }
      entries[slot] = Entry(
        offset: Int32(bytes.count), length: Int32(utf8.count), value: Int32(value))
      bytes.append(contentsOf: utf8)
    }
  }

  /// The number of the name in `text[start..<end]`, or -1.
  @inline(__always)
  public func find(_ text: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var slot = Self.hash(text, start, end) & mask
    let length = end - start
    while true {
      let entry = entries[slot]
      if entry.length < 0 { return -1 }
      if entry.length == length && equal(entry, text, start, length) { return Int(entry.value) }
      slot = (slot + 1) & mask
    }
  }

  @inline(__always)
  private func equal(
    _ entry: Entry, _ text: borrowing Span<UInt8>, _ start: Int, _ length: Int
  ) -> Bool {
    let offset = Int(entry.offset)
    for index in 0..<length where bytes[offset + index] != text[start + index] { return false }
    return true
  }

  @inline(__always)
  private static func hash(_ text: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in start..<end { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: (hash ^ (hash >> 29)) & 0x7FFF_FFFF)
  }
}
