/// Reading the records of a piece, with what its chain says by itself; the pieces are put together by `LogChain`.
public import PolicySource

/// A record of a piece: where its parts stand in the line.
public struct LogLine: Sendable {
  /// Its number.
  public let number: UInt64
  /// When it was written.
  public let time: LogTime
  /// Whether it is the record of a decision.
  public let isDecision: Bool
  /// What stands between its kind and `prev`, with its comma in front.
  public let members: Range<Int>
}

/// A line of a log that is not what was written.
public struct LogDamage: Hashable, Sendable {
  /// The name of the file.
  public internal(set) var file: String
  /// The line in it, from 1.
  public internal(set) var line: Int
  /// What is wrong, in words.
  public let message: Phrase
}

/// What is known of a piece when its records were read.
public struct LogPieceChain: Sendable {
  /// How many lines it has, and how many of them are records.
  public fileprivate(set) var lines = 0
  /// How many records.
  public fileprivate(set) var records = 0
  /// The first record, and the hash that it says comes before it.
  fileprivate(set) var first: (number: UInt64, previous: SHA256Digest)?
  /// The last record; nil when what stands behind it was damaged.
  fileprivate(set) var last: LogHead?
  /// The number of the last line that was damaged, when no record stands before the first.
  fileprivate(set) var beginsDamaged = false
  /// Lines that are not what was written, with their numbers in the piece.
  fileprivate(set) var damages: [LogDamage] = []
  /// How many more there are.
  fileprivate(set) var unlisted = 0
  /// Whether an unfinished line hangs behind the piece, and how long it is.
  fileprivate(set) var torn: Int?

  /// How many damages of a piece are told.
  fileprivate static let most = 20

  fileprivate mutating func report(_ message: Phrase) {
    if damages.count < Self.most {
      damages.append(LogDamage(file: "", line: lines, message: message))
    } else {
      unlisted += 1
    }
  }
}

extension LogPiece {
  private static let decision = Array("decision".utf8)

  /// Reads the records of the piece, in their order.
  ///
  /// - Parameters:
  ///   - buffer: what `LogPieces.next` has filled.
  ///   - verifies: whether every hash is computed and the chain followed.
  ///   - body: is given the line and its record; a record that is not what was written is not given.
  public func read(
    _ buffer: [UInt8], verifies: Bool, _ body: (Span<UInt8>, LogLine) -> Void
  ) -> LogPieceChain {
    var chain = LogPieceChain()
    let bytes = buffer.span.extracting(0..<length)
    var start = 0
    while start < length {
      let found = bytes.firstIndex(of: 0x0A, from: start)
      chain.lines += 1
      guard let end = found else {
        chain.torn = length - start
        break
      }
      let line = bytes.extracting(start..<end)
      start = end + 1
      guard let frame = try? RecordFrame(line, checksHash: verifies) else {
        chain.report(LogMessages.notARecord())
        chain.takeDamage()
        continue
      }
      chain.records += 1
      if verifies, !chain.follows(frame) { continue }
      body(
        line,
        LogLine(
          number: frame.number, time: frame.time,
          isDecision: frame.kind.count == Self.decision.count
            && line.has(Self.decision, at: frame.kind.lowerBound),
          members: frame.members))
    }
    return chain
  }
}

extension LogPieceChain {
  /// A line that is no record: what comes next cannot be held against it.
  fileprivate mutating func takeDamage() {
    if first == nil { beginsDamaged = true }
    last = nil
  }

  /// Takes a record into the chain; false when it is not what was written.
  fileprivate mutating func follows(_ frame: RecordFrame) -> Bool {
    let before = last
    last = LogHead(number: frame.number, hash: frame.hash)
    if first == nil { first = (frame.number, frame.previous) }
    guard frame.isIntact else {
      report(LogMessages.wrongHash(frame.number))
      return false
    }
    if let before, frame.number != before.number + 1 || frame.previous != before.hash {
      // What lacks or was put in is not this record.
      report(LogMessages.wrongChain(frame.number))
    }
    return true
  }
}

/// Puts the chains of the pieces together, in their order.
public struct LogChain: Sendable {
  /// How many records there are.
  public private(set) var records = 0
  /// How many lines are not what was written.
  public private(set) var damaged = 0
  /// The first of them.
  public private(set) var damages: [LogDamage] = []
  /// The number of the first record; what was before it is not known when that is not 1.
  public private(set) var first: UInt64?
  /// The last record.
  public private(set) var head: LogAnchor?
  /// Bytes of a record on its way, behind the last record of a log that is being written.
  public private(set) var unfinished = 0
  private let files: [String]
  private let isLive: Bool
  private let verifies: Bool
  private var last: LogHead?
  private var file = -1
  private var lines = 0

  /// How many damages are told.
  private static let most = 1_000

  /// Nothing was read yet.
  ///
  /// - Parameters:
  ///   - files: the names of the files.
  ///   - isLive: whether a process writes the log.
  ///   - verifies: what `LogPiece.read` was given.
  public init(files: [String], isLive: Bool, verifies: Bool) {
    self.files = files
    self.isLive = isLive
    self.verifies = verifies
  }

  /// Whether the log is what was written, as far as it was looked at.
  public var isWhole: Bool { damaged == 0 }

  /// Takes the next piece.
  public mutating func take(_ piece: LogPiece, _ chain: LogPieceChain) {
    if piece.file != file { (file, lines) = (piece.file, 0) }
    if verifies { link(chain) }
    records += chain.records
    for damage in chain.damages { report(damage.message, line: lines + damage.line) }
    damaged += chain.unlisted
    lines += chain.lines
    guard let torn = chain.torn else { return }
    if isLive, piece.file == files.count - 1 {
      unfinished = torn
    } else {
      report(VerifyMessages.torn(Int64(torn)), line: lines)
      last = nil
    }
  }

  private mutating func link(_ chain: LogPieceChain) {
    guard let start = chain.first else {
      if chain.lines > 0 { last = nil }
      return
    }
    if first == nil {
      first = start.number
      if start.number == 1, start.previous != .zero {
        report(LogMessages.wrongChain(1), line: lines + 1)
      }
    } else if let last, !chain.beginsDamaged,
      start.number != last.number + 1 || start.previous != last.hash
    {
      report(LogMessages.wrongChain(start.number), line: lines + 1)
    }
    last = chain.last
    if let last { head = LogAnchor(number: last.number, hash: last.hash) }
  }

  private mutating func report(_ message: Phrase, line: Int) {
    damaged += 1
    guard damages.count < Self.most else { return }
    damages.append(LogDamage(file: files[file], line: line, message: message))
  }
}
