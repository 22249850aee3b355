/// The list of clauses that a run found: the first few lie in place, so that most runs touch no other memory.

/// A list of entries that is filled and emptied once per decision; emptying it costs nothing.
///
/// It is no value to copy: whoever looks at an entry would else take all of them along.
public struct EntryList: ~Copyable, Sendable {
  /// How many entries lie in place.
  private static let near = 16

  private var first = InlineArray<16, Entry>(repeating: Entry(clause: 0, item: -1))
  private var rest: [Entry] = []
  /// How many entries it has.
  public private(set) var count = 0

  /// An empty list.
  public init() {}

  /// An entry.
  @inline(__always) public subscript(index: Int) -> Entry {
    get {
      precondition(index < count)
      // Read through a span: an element of the array itself would be read from a copy of all of them.
      return index < Self.near ? first.span[index] : rest[index - Self.near]
    }
    set {
      precondition(index < count)
      if index < Self.near { first[index] = newValue } else { rest[index - Self.near] = newValue }
    }
  }

  /// Adds an entry.
  @inline(__always) public mutating func append(_ entry: Entry) {
    if count >= 0 && count < Self.near { first[count] = entry } else { appendToRest(entry) }
    count &+= 1
  }

  @inline(never)
  private mutating func appendToRest(_ entry: Entry) {
    if count - Self.near < rest.count {
      rest[count - Self.near] = entry
    } else {
      rest.append(entry)
    }
  }

  /// Removes the last entries.
  public mutating func removeLast(_ number: Int) {
    precondition(number <= count)
    count -= number
  }

  /// Removes everything.
  @inline(__always) public mutating func removeAll() { count = 0 }

  /// Sorts a part of it.
  mutating func sort(_ range: Range<Int>, by areInOrder: (Entry, Entry) -> Bool) {
    let sorted = range.map { self[$0] }.sorted(by: areInOrder)
    for (offset, entry) in sorted.enumerated() { self[range.lowerBound + offset] = entry }
  }
}
