/// Finding the rows of a table that may match some keys, and the one that does.

extension ProgramTable {
  /// Cuts the keys one after the other down to a few rows; empty for a small table.
  public struct Index: Sendable {
    /// The segments of one key: their bounds and what lies under them, side by side in `bounds` and `children`.
    public struct Node: Sendable {
      /// The key.
      public var key: Int32
      /// The first segment.
      public var first: Int32
      /// How many.
      public var count: Int32
      /// Makes a node.
      public init(key: Int32, first: Int32, count: Int32) {
        self.key = key
        self.first = first
        self.count = count
      }
    }

    /// Rows to look at: a range of `candidates`.
    public struct Leaf: Sendable {
      /// The first.
      public var first: Int32
      /// How many.
      public var count: Int32
      /// Makes a leaf.
      public init(first: Int32, count: Int32) {
        self.first = first
        self.count = count
      }
    }

    /// The nodes; the first is the root.
    public var nodes: [Node] = []
    /// Where each segment begins; rising within a node, the first the least of all.
    public var bounds: [Int128] = []
    /// Under each segment a node, or `~leaf`.
    public var children: [Int32] = []
    /// The leaves.
    public var leaves: [Leaf] = []
    /// The rows of the leaves, rising within each.
    public var candidates: [Int32] = []

    /// An index that cuts nothing.
    public init() {}
  }

  /// The bits by which a key is compared.
  @inline(__always)
  func bits(_ slot: Slot, _ key: Int) -> Int128 {
    textKeys[key] ? Int128(slot.literal) : slot.bits
  }

  /// The leaf that holds the keys; nil when the table has no index.
  @inline(__always)
  func leaf(for slots: borrowing Span<Slot>, at first: Int) -> Index.Leaf? {
    guard !index.nodes.isEmpty else { return nil }
    var at = 0
    while true {
      let node = index.nodes[at]
      let wanted = bits(slots[first + Int(node.key)], Int(node.key))
      var low = Int(node.first)
      var high = low + Int(node.count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if index.bounds[middle] <= wanted { low = middle } else { high = middle }
      }
      let child = Int(index.children[low])
      if child < 0 { return index.leaves[~child] }
      at = child
    }
  }

  /// The row whose cells all hold; -1 when none does, -2 when several of a `unique` table do.
  func row(for slots: borrowing Span<Slot>, at first: Int) -> Int {
    if !bounds.isEmpty {
      let key = slots[first]
      return segment(of: textKeys[0] ? Int128(key.literal) : key.bits)
    }
    let leaf = leaf(for: slots, at: first)
    var found = -1
    for position in 0..<(leaf.map { Int($0.count) } ?? rowCount) {
      let row = leaf.map { Int(index.candidates[Int($0.first) + position]) } ?? position
      guard holds(row, slots, at: first) else { continue }
      if firstHit { return row }
      if found >= 0 { return -2 }
      found = row
    }
    return found
  }

  /// Calls a function with every row whose cells all hold; it says whether to go on.
  func visitRows(
    for slots: borrowing Span<Slot>, at first: Int, _ body: (Int) -> Bool
  ) {
    let leaf = leaf(for: slots, at: first)
    for position in 0..<(leaf.map { Int($0.count) } ?? rowCount) {
      let row = leaf.map { Int(index.candidates[Int($0.first) + position]) } ?? position
      if holds(row, slots, at: first), !body(row) { return }
    }
  }

  /// Whether every cell of a row holds for the keys.
  @inline(__always)
  func holds(_ row: Int, _ slots: borrowing Span<Slot>, at first: Int) -> Bool {
    for key in 0..<keyCount where !cell(row, key, bits(slots[first + key], key)) { return false }
    return true
  }
}
