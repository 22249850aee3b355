/// What is found in the newest file of a log when it is opened: how far its chain goes, and what hangs behind it.
internal import PolicySource

struct SegmentEnd {
  /// The number and hash of the last whole record; nil when there is none.
  private(set) var head: LogHead?
  /// What the first record says of the file before.
  private(set) var start: StartRecord?
  /// Where the last whole record ends.
  private(set) var bytes: Int64 = 0
  /// How many bytes hang behind it that were not written whole.
  private(set) var torn: Int64 = 0

  /// Reads a file to its end.
  ///
  /// What is whole and wrong is thrown: only bytes that cannot have been acknowledged count as
  /// torn.
  init(of name: SegmentName, _ calls: any LogCalls) throws(LogProblem) {
    var reader = try LineReader(name.description, calls)
    while let line = try reader.next() {
      if line.isTerminated,
        try take(reader.buffer.span.extracting(line.range), line.number, of: name)
      {
        bytes = line.offset + Int64(line.range.count) + 1
        continue
      }
      if line.isTerminated || line.range.count >= LineReader.longestLine {
        try Self.expectNoRecord(behind: line, of: name, &reader)
      }
      torn = try OpenFile(reading: name.description, calls).size() - line.offset
      return
    }
  }

  /// Takes the next line as a record; false when a crash may have left it: it has bytes that were
  /// never written, which are zero.
  private mutating func take(
    _ text: Span<UInt8>, _ line: Int, of name: SegmentName
  ) throws(LogProblem) -> Bool {
    let frame: RecordFrame
    do throws(RecordFrame.Damage) {
      frame = try RecordFrame(text)
    } catch {
      if case .version(let version) = error {
        throw LogMessages.unknownVersion(name, line: line, version)
      }
      if text.firstIndex(of: 0) != nil { return false }
      throw LogMessages.damaged(name, line: line, LogMessages.notARecord())
    }
    guard frame.isIntact else {
      throw LogMessages.damaged(name, line: line, LogMessages.wrongHash(frame.number))
    }
    if let head {
      guard frame.number == head.number + 1, frame.previous == head.hash else {
        throw LogMessages.damaged(name, line: line, LogMessages.wrongChain(frame.number))
      }
    } else {
      guard let start = StartRecord(frame, text) else {
        throw LogMessages.damaged(name, line: line, LogMessages.wrongStart())
      }
      guard frame.number == name.first else {
        throw LogMessages.damaged(name, line: line, LogMessages.wrongName(frame.number))
      }
      self.start = start
    }
    head = LogHead(number: frame.number, hash: frame.hash)
    return true
  }

  /// Behind bytes that a crash left, no whole record may stand: it may have been acknowledged.
  private static func expectNoRecord(
    behind line: LineReader.Line, of name: SegmentName, _ reader: inout LineReader
  ) throws(LogProblem) {
    while let next = try reader.next() {
      let text = reader.buffer.span.extracting(next.range)
      if let frame = try? RecordFrame(text), frame.isIntact {
        throw LogMessages.damaged(name, line: line.number, LogMessages.notARecord())
      }
    }
  }
}

/// The members of a `start` record: its own file, and where the chain comes from.
struct StartRecord: Hashable {
  /// The name of the file that it begins.
  let file: String
  /// The name of the file before; nil for the first of a log.
  let previousFile: String?
  /// The last hash of the file before, zeros for the first.
  let previousHash: SHA256Digest

  private static let kind = Array("start".utf8)

  /// Appends the members, from the value of `kind` on.
  static func append(
    file: SegmentName, writer: String, previous: SegmentName?, _ hash: SHA256Digest,
    to out: inout [UInt8]
  ) {
    out.append(contentsOf: "\"start\",\"file\":\"\(file)\",\"previousFile\":".utf8)
    out.append(contentsOf: (previous.map { "\"\($0)\"" } ?? "null").utf8)
    out.append(contentsOf: ",\"previousHash\":\"\(hash)\",\"writer\":".utf8)
    out.append(json: writer)
  }

  /// Reads the record of a line; nil when it is another record.
  init?(_ frame: RecordFrame, _ line: Span<UInt8>) {
    guard frame.kind.count == Self.kind.count,
      line.has(Self.kind, at: frame.kind.lowerBound)
    else { return nil }
    var members = MemberCursor(line.extracting(frame.members))
    guard let file = members.text("file"), let previous = members.textOrNull("previousFile"),
      let hex = members.text("previousHash"), let hash = SHA256Digest(hex: hex)
    else { return nil }
    self.file = file
    previousFile = previous
    previousHash = hash
  }
}
