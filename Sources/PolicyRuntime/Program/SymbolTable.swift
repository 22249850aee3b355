/// A hash table from short byte strings to numbers: identifiers of enumerations, literals, field names.
///
/// Open addressing over one array of trivial entries, so that a look-up touches no reference count. The first
/// sixteen bytes of a name are two words, hashed and compared as such; few names are longer.
public struct SymbolTable: Sendable {
  private var tables = SymbolTables()

  /// Makes the table of some names.
  ///
  /// The number of a name is its position; the first of equal names counts.
  public init(_ names: some Collection<String>) { tables.add(names) }

  /// The number of the name in `text[start..<end]`, or -1.
  @inline(__always)
  public func find(_ text: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    tables.find(0, text, start, end)
  }
}

/// Symbol tables side by side in one memory: a table among others is no reference to count.
public struct SymbolTables: Sendable {
  struct Entry: Sendable {
    /// The name, in two words, the first byte lowest, filled with zeros.
    var head: UInt64 = 0
    var tail: UInt64 = 0
    var offset: Int32 = 0
    var length: Int32 = -1
    var value: Int32 = 0
  }

  /// Where the entries of each table begin; how many there are, less one.
  private var heads: [(first: Int, mask: Int)] = []
  private var entries: [Entry] = []
  private var bytes: [UInt8] = []

  /// No tables.
  public init() {}

  /// Adds the table of some names behind those before.
  ///
  /// The number of a name is its position; the first of equal names counts.
  public mutating func add(_ names: some Collection<String>) {
    var size = 4
    while size < names.count * 2 { size *= 2 }
    let (first, mask) = (entries.count, size - 1)
    entries.append(contentsOf: repeatElement(Entry(), count: size))
    heads.append((first, mask))
    for (value, name) in names.enumerated() {
      let utf8 = Array(name.utf8)
      if find(heads.count - 1, utf8.span, 0, utf8.count) >= 0 { continue }
      let (head, tail) = Self.words(utf8.span, 0, utf8.count)
      var slot = Self.hash(head, tail, utf8.span, 0, utf8.count) & mask
      while entries[first + slot].length >= 0 { slot = (slot + 1) & mask }
      entries[first + slot] = Entry(
        head: head, tail: tail, offset: Int32(bytes.count), length: Int32(utf8.count),
        value: Int32(value))
      bytes.append(contentsOf: utf8)
    }
  }

  /// The number of the name in `text[start..<end]` in a table, or -1.
  @inline(__always)
  public func find(
    _ table: Int, _ text: borrowing Span<UInt8>, _ start: Int, _ end: Int
  ) -> Int {
    let (first, mask) = heads[table]
    let (head, tail) = Self.words(text, start, end)
    var slot = Self.hash(head, tail, text, start, end) & mask
    let length = end - start
    while true {
      let entry = entries[first &+ slot]
      if entry.length < 0 { return -1 }
      if entry.head == head && entry.tail == tail && entry.length == length
        && (length <= 16 || equalRest(entry, text, start, length))
      {
        return Int(entry.value)
      }
      slot = (slot &+ 1) & mask
    }
  }

  /// The first sixteen bytes of a name.
  @inline(__always)
  private static func words(
    _ text: borrowing Span<UInt8>, _ start: Int, _ end: Int
  ) -> (head: UInt64, tail: UInt64) {
    let length = end - start
    // In the midst of a text two whole words are read, and what lies behind the name is masked away.
    guard start >= 0 && start <= text.count &- 16 && length > 0 else {
      return shortWords(text, start, end)
    }
    let head = JSONScanner.word(text, start)
    if length <= 8 { return (head & (~0 &>> UInt64(64 &- 8 &* length)), 0) }
    let tail = JSONScanner.word(text, start &+ 8)
    return (head, length >= 16 ? tail : tail & (~0 &>> UInt64(128 &- 8 &* length)))
  }

  /// The same near the end of a text.
  @inline(never)
  private static func shortWords(
    _ text: borrowing Span<UInt8>, _ start: Int, _ end: Int
  ) -> (head: UInt64, tail: UInt64) {
    var (head, tail): (UInt64, UInt64) = (0, 0)
    let length = end - start
    if start >= 0 && end >= 8 && end <= text.count && length > 0 {
      // The last word ends with the name; what lies before it is shifted away.
      let last = JSONScanner.word(text, end &- 8)
      if length <= 8 { return (last &>> UInt64(64 &- 8 &* length), 0) }
      let head = JSONScanner.word(text, start)
      if length <= 16 { return (head, last &>> UInt64(128 &- 8 &* length)) }
      return (head, JSONScanner.word(text, start &+ 8))
    }
    for index in start..<min(end, start + 16) {
      if index < start + 8 {
        head |= UInt64(text[index]) << UInt64(8 * (index - start))
      } else {
        tail |= UInt64(text[index]) << UInt64(8 * (index - start) - 64)
      }
    }
    return (head, tail)
  }

  @inline(never)
  private func equalRest(
    _ entry: Entry, _ text: borrowing Span<UInt8>, _ start: Int, _ length: Int
  ) -> Bool {
    let offset = Int(entry.offset)
    for index in 16..<length where bytes[offset + index] != text[start + index] { return false }
    return true
  }

  @inline(__always)
  private static func hash(
    _ head: UInt64, _ tail: UInt64, _ text: borrowing Span<UInt8>, _ start: Int, _ end: Int
  ) -> Int {
    var hash = (head ^ 0xCBF2_9CE4_8422_2325) &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ (hash >> 32) ^ tail) &* 0xD6E8_FEB8_6659_FD93
    if end - start > 16 { hash = hashRest(hash, text, start + 16, end) }
    hash ^= hash >> 32
    return Int(truncatingIfNeeded: (hash ^ (hash >> 29)) & 0x7FFF_FFFF)
  }

  @inline(never)
  private static func hashRest(
    _ hash: UInt64, _ text: borrowing Span<UInt8>, _ start: Int, _ end: Int
  ) -> UInt64 {
    var hash = hash
    for index in start..<end { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    return hash
  }
}
