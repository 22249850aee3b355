/// Walks over the lines of a log: what is wrong with each by itself, and what the chain of all says.
internal import PolicySource

struct VerificationWalk {
  private let calls: any LogCalls
  private var anchors: [UInt64: SHA256Digest]
  private var result = LogVerification()
  private var pieces = ChainPieces()
  private var names: [SegmentName] = []
  /// What the `start` record of each file says, by the file's place in the order.
  private var starts: [Int: StartRecord] = [:]
  private var found: [(place: LogPlace, kind: LogFinding.Kind, message: Phrase)] = []
  /// Bytes behind the last whole record of the last file.
  private var tail: (bytes: Int64, place: LogPlace)?

  /// How many findings are listed.
  private static let most = 1_000

  init(_ calls: any LogCalls, _ anchors: [LogAnchor]) {
    self.calls = calls
    self.anchors = Dictionary(anchors.map { ($0.number, $0.hash) }) { first, _ in first }
  }

  private mutating func report(_ kind: LogFinding.Kind, at place: LogPlace, _ message: Phrase) {
    if found.count < Self.most {
      found.append((place, kind, message))
    } else {
      result.unlisted += 1
    }
  }

  /// Reads a file.
  mutating func read(_ name: SegmentName) throws(LogProblem) {
    reportTail()
    let file = names.count
    names.append(name)
    result.files += 1
    var reader = try LineReader(name.description, calls)
    while let line = try reader.next() {
      let place = LogPlace(file: file, line: line.number)
      if line.isTerminated {
        take(reader.buffer.span.extracting(line.range), at: place)
      } else {
        tail = (Int64(line.range.count) + (tail?.bytes ?? 0), tail?.place ?? place)
      }
    }
  }

  /// What hangs behind a file that is not the last is no record on its way.
  private mutating func reportTail() {
    guard let tail else { return }
    report(.notARecord, at: tail.place, VerifyMessages.notARecord())
    pieces.takeDamaged(hash: nil, at: tail.place)
    self.tail = nil
  }

  /// Takes a line that a line break ends.
  private mutating func take(_ text: Span<UInt8>, at place: LogPlace) {
    let frame: RecordFrame
    do throws(RecordFrame.Damage) {
      frame = try RecordFrame(text)
    } catch {
      if case .version(let version) = error {
        report(.version, at: place, VerifyMessages.version(version))
      } else {
        report(.notARecord, at: place, VerifyMessages.notARecord())
      }
      pieces.takeDamaged(hash: nil, at: place)
      return
    }
    result.records += 1
    result.first = result.first ?? frame.time
    result.last = frame.time
    guard frame.isIntact else {
      report(.changed, at: place, VerifyMessages.changed(frame.number))
      pieces.takeDamaged(hash: frame.hash, at: place)
      return
    }
    pieces.take(number: frame.number, previous: frame.previous, hash: frame.hash, at: place)
    if let anchor = anchors.removeValue(forKey: frame.number), anchor != frame.hash {
      report(.anchor, at: place, VerifyMessages.otherThanAnchor(frame.number))
    }
    checkStart(frame, text, at: place)
    if let isTrue = CheckpointRecord.isTrue(frame, text), !isTrue {
      report(.checkpoint, at: place, VerifyMessages.checkpoint(frame.number))
    }
  }

  /// The first record of a file, and no other, is its `start`, and says what the file's name says.
  private mutating func checkStart(_ frame: RecordFrame, _ text: Span<UInt8>, at place: LogPlace) {
    let start = StartRecord(frame, text)
    guard place.line == 1 else {
      if start != nil { report(.start, at: place, VerifyMessages.startInside()) }
      return
    }
    let name = names[place.file]
    guard let start else {
      report(.start, at: place, VerifyMessages.noStart())
      return
    }
    starts[place.file] = start
    if start.file != name.description {
      report(.file, at: place, VerifyMessages.otherName(start.file))
    } else if frame.number != name.first || start.previousHash != frame.previous {
      report(.start, at: place, VerifyMessages.wrongStart())
    }
  }

  /// What the pieces say, the anchors that were not met, and the tail.
  mutating func finish(isLive: Bool) -> LogVerification {
    let (chain, strays) = pieces.ordered()
    let inPlace = Self.inPlace(chain.map(\.piece))
    for (index, (piece, gap)) in chain.enumerated() {
      if index == 0 { checkBeginning(piece) }
      report(gap, before: piece, after: index > 0 ? chain[index - 1].piece : nil)
      if !inPlace.contains(index) {
        report(.order, at: piece.place, VerifyMessages.wrongPlace(piece.first, piece.last.number))
      }
    }
    for stray in strays {
      report(.inserted, at: stray.place, VerifyMessages.inserted(stray.first, stray.last.number))
    }
    if pieces.hasMore, let last = chain.last {
      report(.order, at: last.piece.end, VerifyMessages.more(ChainPieces.most))
    }
    checkFiles(Set(chain.filter { $0.gap != .none }.map(\.piece.place)))
    if let last = chain.last?.piece {
      result.head = LogAnchor(number: last.last.number, hash: last.last.hash)
      checkAnchors(last)
    }
    if let tail {
      if isLive {
        result.unfinished = tail.bytes
      } else {
        report(.torn, at: tail.place, VerifyMessages.torn(tail.bytes))
      }
    }
    let order = found.sorted { $0.place < $1.place }
    result.findings = order.map { finding in
      LogFinding(
        kind: finding.kind, file: names[finding.place.file].description,
        line: finding.place.line, message: finding.message)
    }
    return result
  }

  /// Which pieces of the chain stand in its order: those that make the most records together.
  private static func inPlace(_ chain: [ChainPiece]) -> Set<Int> {
    var best: [(records: UInt64, before: Int?)] = []
    for (index, piece) in chain.enumerated() {
      let before = (0..<index).filter { chain[$0].place < piece.place }
        .max { best[$0].records < best[$1].records }
      best.append((piece.length + (before.map { best[$0].records } ?? 0), before))
    }
    var result: Set<Int> = []
    var at = best.indices.max { best[$0].records < best[$1].records }
    while let index = at {
      result.insert(index)
      at = best[index].before
    }
    return result
  }

  private mutating func report(_ gap: Gap, before piece: ChainPiece, after: ChainPiece?) {
    switch gap {
    case .none: break
    case .broken:
      report(.changed, at: piece.place, VerifyMessages.broken(piece.first))
    case .missing(let first):
      let last = piece.first - 1
      if piece.place.line == 1, let file = starts[piece.place.file]?.previousFile,
        !names.contains(where: { $0.description == file })
      {
        report(.removed, at: piece.place, VerifyMessages.missingFile(file, first, last))
      } else {
        report(.removed, at: piece.place, VerifyMessages.missing(first, last))
      }
    }
  }

  /// The first record is number 1, or an anchor vouches for what was before it.
  private mutating func checkBeginning(_ piece: ChainPiece) {
    if piece.first == 1 {
      if piece.previous != .zero { report(.changed, at: piece.place, VerifyMessages.broken(1)) }
      return
    }
    if let anchor = anchors.removeValue(forKey: piece.first - 1) {
      if anchor == piece.previous { return }
      report(.anchor, at: piece.place, VerifyMessages.otherThanAnchor(piece.first - 1))
    } else {
      report(.beginning, at: piece.place, VerifyMessages.beginning(piece.first))
    }
  }

  /// Each file names the one before it; where records lack, that was said already.
  private mutating func checkFiles(_ gaps: Set<LogPlace>) {
    for (index, name) in names.enumerated() where index > 0 {
      let place = LogPlace(file: index, line: 1)
      guard let start = starts[index], start.file == name.description, !gaps.contains(place),
        start.previousFile != names[index - 1].description
      else { continue }
      report(.start, at: place, VerifyMessages.otherFileBefore(start.previousFile))
    }
  }

  private mutating func checkAnchors(_ last: ChainPiece) {
    for number in anchors.keys.sorted() {
      let message =
        number > last.last.number
        ? VerifyMessages.cutOff(number, last.last.number) : VerifyMessages.anchorMissing(number)
      report(.anchor, at: last.end, message)
    }
  }
}

/// The members of a checkpoint.
enum CheckpointRecord {
  private static let kind = Array("checkpoint".utf8)

  /// Whether a checkpoint says what is so; nil for another record.
  static func isTrue(_ frame: RecordFrame, _ line: Span<UInt8>) -> Bool? {
    guard frame.kind.count == kind.count, line.has(kind, at: frame.kind.lowerBound) else {
      return nil
    }
    var members = MemberCursor(line.extracting(frame.members))
    guard let records = members.number("records"), let first = members.number("first"),
      let last = members.number("last"), let hex = members.text("chain")
    else { return false }
    return last + 1 == frame.number && first <= last && records == last - first + 1
      && SHA256Digest(hex: hex) == frame.previous
  }
}
