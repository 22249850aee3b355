/// Reads a file of the log line by line, in memory that the longest line bounds.

struct LineReader {
  /// A line: where it stands in the reader's buffer and in the file.
  struct Line {
    /// Its bytes in `buffer`, without the break.
    let range: Range<Int>
    /// Where it begins in the file.
    let offset: Int64
    /// Its number, from 1.
    let number: Int
    /// Whether a line break ends it; the last line of a file may lack one.
    let isTerminated: Bool
  }

  /// What no line of a log is longer than.
  static let longestLine = 64 << 20
  private static let firstRoom = 256 << 10

  /// The bytes that the line at hand stands in.
  private(set) var buffer = [UInt8](repeating: 0, count: firstRoom)
  private let file: OpenFile
  private var start = 0
  private var end = 0
  private var fileOffset: Int64
  private var lines = 0

  init(_ name: String, _ calls: any LogCalls, from offset: Int64 = 0) throws(LogProblem) {
    file = try OpenFile(reading: name, calls)
    fileOffset = offset
  }

  /// Where the bytes that were not handed out begin in the file.
  private var offset: Int64 { fileOffset - Int64(end - start) }

  /// The next line; nil at the end of the file.
  ///
  /// A line that is too long ends where the room ends.
  mutating func next() throws(LogProblem) -> Line? {
    var searched = start
    while true {
      if let found = buffer.span.extracting(0..<end).firstIndex(of: 0x0A, from: searched) {
        return take(to: found, isTerminated: true)
      }
      searched = end
      if start > 0, end == buffer.count {
        buffer.replaceSubrange(0..<end - start, with: buffer[start..<end])
        searched -= start
        end -= start
        start = 0
      }
      if end == buffer.count {
        if buffer.count >= Self.longestLine { return take(to: end, isTerminated: false) }
        buffer.append(contentsOf: repeatElement(0, count: buffer.count))
      }
      let count = try file.read(at: fileOffset, into: &buffer, from: end)
      if count == 0 { return start == end ? nil : take(to: end, isTerminated: false) }
      end += count
      fileOffset += Int64(count)
    }
  }

  private mutating func take(to place: Int, isTerminated: Bool) -> Line {
    lines += 1
    let line = Line(
      range: start..<place, offset: offset, number: lines, isTerminated: isTerminated)
    start = isTerminated ? place + 1 : place
    return line
  }
}
