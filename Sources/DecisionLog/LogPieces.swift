/// Reading a log piece by piece, so that several threads can look at it: a piece is some whole lines of one file.

/// Some lines of one file, as they stand in a buffer of whoever reads.
public struct LogPiece: Sendable {
  /// Its place among the pieces, from 0.
  public let index: Int
  /// The place of its file among the files, from 0.
  public let file: Int
  /// How many bytes of the buffer belong to it.
  public let length: Int
  /// Whether the file ends behind it without a line break: the last line is not whole.
  public let isTorn: Bool
}

/// The files of a log, read from the first to the last; one thread at a time may ask for the next piece.
public struct LogPieces {
  /// A file, and the folder that it is opened in.
  private struct Source {
    let name: String
    let calls: LinuxCalls
  }

  /// How many bytes a piece has at least, but for the last of a file.
  public static let usualLength = 1 << 20

  /// The names of the files, in the order of reading.
  public let files: [String]
  /// How many bytes they had when this began.
  public let totalBytes: Int64
  /// The files that were left out because all their records are older than was asked for.
  public private(set) var skipped = 0
  private let sources: [Source]
  private let length: Int
  private var open: OpenFile?
  private var current = 0
  private var offset: Int64 = 0
  private var pieces = 0
  /// The beginning of a line of which the end was not read yet.
  private var carried: [UInt8] = []

  /// The files of a log's folder; those whose records are all older than a moment are left out.
  public init(
    _ log: LogReading, since: LogTime? = nil, length: Int = Self.usualLength
  ) throws(LogProblem) {
    var names = try LogFolder.segments(log.calls)
    var skipped = 0
    while let since, names.count > 1, names[1].day < since.day {
      names.removeFirst()
      skipped += 1
    }
    try self.init(names.map { Source(name: $0.description, calls: log.calls) }, length)
    self.skipped = skipped
  }

  /// Files of a log by their paths, in the order of their names, or as they are given when they have other names.
  public init(files paths: [String], length: Int = Self.usualLength) throws(LogProblem) {
    var named: [(name: SegmentName, source: Source)] = []
    var sources: [Source] = []
    for path in paths {
      let cut = path.lastIndex(of: "/")
      let folder = cut.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
      let name = cut.map { String(path[path.index(after: $0)...]) } ?? path
      do throws(CallFailure) {
        sources.append(Source(name: name, calls: try LinuxCalls(folder: folder)))
      } catch {
        throw LogMessages.cannotRead(path, error)
      }
      if let segment = SegmentName(name) { named.append((segment, sources[sources.count - 1])) }
    }
    if named.count == sources.count {
      sources = named.sorted { $0.name < $1.name }.map(\.source)
    }
    try self.init(sources, length)
  }

  private init(_ sources: [Source], _ length: Int) throws(LogProblem) {
    self.sources = sources
    self.length = length
    files = sources.map(\.name)
    var total: Int64 = 0
    for source in sources {
      total += try OpenFile(reading: source.name, source.calls).size()
    }
    totalBytes = total
  }

  /// Fills the buffer with the next lines; nil where the files end.
  public mutating func next(into buffer: inout [UInt8]) throws(LogProblem) -> LogPiece? {
    while current < sources.count {
      let file = try openFile()
      var end = carried.count
      let room = max(length, 2 * end)
      if buffer.count < room {
        buffer.append(contentsOf: repeatElement(0, count: room - buffer.count))
      }
      for index in carried.indices { buffer[index] = carried[index] }
      carried.removeAll(keepingCapacity: true)
      var isAtEnd = false
      while end < buffer.count, !isAtEnd {
        let count = try file.read(at: offset, into: &buffer, from: end)
        offset += Int64(count)
        end += count
        isAtEnd = count == 0
      }
      if isAtEnd {
        open = nil
        current += 1
        if end == 0 { continue }
        return piece(end, of: current - 1, isTorn: buffer[end - 1] != 0x0A)
      }
      let whole = Self.wholeLines(buffer, end)
      if whole == 0, end >= LineReader.longestLine { return piece(end, of: current, isTorn: true) }
      carried.append(contentsOf: buffer[whole..<end])
      if whole > 0 { return piece(whole, of: current, isTorn: false) }
    }
    return nil
  }

  private mutating func openFile() throws(LogProblem) -> OpenFile {
    if let open { return open }
    let file = try OpenFile(reading: sources[current].name, sources[current].calls)
    (open, offset) = (file, 0)
    return file
  }

  /// Where the last line that is whole ends.
  private static func wholeLines(_ buffer: [UInt8], _ end: Int) -> Int {
    var place = end
    while place > 0, buffer[place - 1] != 0x0A { place -= 1 }
    return place
  }

  private mutating func piece(_ length: Int, of file: Int, isTorn: Bool) -> LogPiece {
    pieces += 1
    return LogPiece(index: pieces - 1, file: file, length: length, isTorn: isTorn)
  }
}
