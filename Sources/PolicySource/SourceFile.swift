/// The text of one file and where its lines begin: what turns an offset into "line 12, column 5".

/// The number of a file within one loaded set; `SourceFiles` maps it to the text.
public struct FileID: Hashable, Sendable {
  /// The index in `SourceFiles`.
  public let index: Int32

  /// Makes the id of the file at an index.
  public init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }
}

/// A line and a column, both counted from 1; columns count Unicode scalars.
public struct SourcePosition: Hashable, Sendable {
  /// The line, from 1.
  public let line: Int
  /// The column in Unicode scalars, from 1.
  public let column: Int
}

/// One file of a policy set: its name relative to the set's folder and its bytes.
public struct SourceFile: Sendable {
  /// The path relative to the folder of the set, as shown to people.
  public let name: String
  /// The bytes as read; not necessarily valid UTF-8.
  public let bytes: [UInt8]
  /// The bytes on disk, when the file was in another encoding than UTF-8; the digest of a set is of these.
  public let stored: [UInt8]?
  /// The offset of the first byte of each line.
  public let lineStarts: [Int]

  /// Takes a file's name and bytes and finds its lines.
  public init(name: String, bytes: [UInt8], stored: [UInt8]? = nil) {
    self.name = name
    self.bytes = bytes
    self.stored = stored
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == 0x0A { starts.append(index + 1) }
    lineStarts = starts
  }

  /// The index in `lineStarts` of the line that holds a byte offset.
  private func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The line and column of a byte offset; an offset past the end counts as the end.
  public func position(of offset: Int) -> SourcePosition {
    let offset = min(max(offset, 0), bytes.count)
    let line = lineIndex(of: offset)
    var column = 1
    for byte in bytes[lineStarts[line]..<offset] where byte & 0xC0 != 0x80 { column += 1 }
    return SourcePosition(line: line + 1, column: column)
  }

  /// The text of a line (from 1) without its line break.
  public func text(ofLine line: Int) -> String {
    guard line >= 1, line <= lineStarts.count else { return "" }
    let start = lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] - 1 : bytes.count
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }

  /// The text of a range of bytes.
  public func text(in range: SourceRange) -> String {
    let lower = min(Int(range.lower), bytes.count)
    return String(
      decoding: bytes[lower..<max(lower, min(Int(range.upper), bytes.count))], as: UTF8.self)
  }
}

/// The files of one load, by `FileID`.
public struct SourceFiles: Sendable {
  /// The files in the order of their ids.
  public private(set) var all: [SourceFile] = []

  /// An empty table.
  public init() {}

  /// Adds a file and gives its id.
  public mutating func add(_ file: SourceFile) -> FileID {
    all.append(file)
    return FileID(all.count - 1)
  }

  /// Puts another text in the place of a file: the same file in UTF-8.
  public mutating func replace(_ id: FileID, with file: SourceFile) {
    all[Int(id.index)] = file
  }

  /// The files whose names have an ending, by name.
  public func ids(endingIn suffix: String) -> [String: FileID] {
    var result: [String: FileID] = [:]
    for (index, file) in all.enumerated() where file.name.hasSuffix(suffix) {
      result[file.name] = FileID(index)
    }
    return result
  }

  /// The file of an id given by `add`.
  public subscript(id: FileID) -> SourceFile { all[Int(id.index)] }

  /// `file:line` of the start of a range, as shown in answers.
  public func place(of range: SourceRange) -> String {
    let file = self[range.file]
    return "\(file.name):\(file.position(of: Int(range.lower)).line)"
  }
}
