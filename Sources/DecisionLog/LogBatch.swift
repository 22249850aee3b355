/// Records that are made durable together, as bytes: one buffer, and where each record ends.

/// The members of some records, each from the value of `kind` on: `"decision","requestId":"…",…`, without
/// the braces around and without `v`, `n`, `at`, `prev` and `hash`, which the writer adds.
public struct LogBatch: Sendable {
  /// The members of all records, one behind the other, without line breaks.
  public var bytes: [UInt8] = []
  /// Where the members of each record end in `bytes`.
  public private(set) var ends: [Int] = []

  /// Makes an empty batch.
  public init() {}

  /// How many records there are.
  public var count: Int { ends.count }

  /// Whether there is none.
  public var isEmpty: Bool { ends.isEmpty }

  /// Ends the record whose members were appended to `bytes` last.
  public mutating func endRecord() { ends.append(bytes.count) }

  /// Takes back the bytes that were appended behind the last whole record.
  public mutating func dropUnfinished() { bytes.removeSubrange((ends.last ?? 0)...) }

  /// Empties the batch and keeps its room.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// Appends a whole record, given its members.
  public mutating func append(_ members: Span<UInt8>) {
    for index in members.indices { bytes.append(members[index]) }
    endRecord()
  }

  /// Appends a whole record, given its members.
  public mutating func append(_ members: String) {
    bytes.append(contentsOf: members.utf8)
    endRecord()
  }

  /// Appends all records of another batch.
  public mutating func append(_ other: LogBatch) {
    let start = bytes.count
    bytes.append(contentsOf: other.bytes)
    for end in other.ends { ends.append(start + end) }
  }

  /// Appends the record that says how many requests were refused while the log could not be written.
  public mutating func appendGap(refused: Int, because reason: String) {
    bytes.append(contentsOf: "\"gap\",\"refused\":".utf8)
    bytes.append(decimal: UInt64(max(0, refused)))
    bytes.append(contentsOf: ",\"because\":".utf8)
    bytes.append(json: reason)
    endRecord()
  }

  /// Appends the record that says that the daemon stopped in order.
  public mutating func appendStop(because reason: String) {
    bytes.append(contentsOf: "\"stop\",\"because\":".utf8)
    bytes.append(json: reason)
    endRecord()
  }
}
