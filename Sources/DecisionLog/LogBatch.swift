public struct LogBatch: Sendable {
  public private(set) var bytes: [UInt8] = []
  public private(set) var ends: [Int] = []
  public init() {}
  public var isEmpty: Bool { ends.isEmpty }
  public var count: Int { ends.count }
  public mutating func append(record: [UInt8]) { bytes += record; ends.append(bytes.count) }
  public mutating func append(record: String) { append(record: Array(record.utf8)) }
  public mutating func append(_ other: borrowing LogBatch) {
    let start = bytes.count
    bytes += other.bytes
    for end in other.ends { ends.append(end + start) }
  }
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}
public struct LogProblem: Error, Sendable, CustomStringConvertible {
  public let description: String
  public static func cannotWrite(_ path: String, _ reason: String) -> LogProblem { .init(description: "cannot write `\(path)`: \(reason)") }
}
public final class LogWriter {
  public init() {}
  public func commit(_ batch: borrowing LogBatch) throws(LogProblem) {}
}
