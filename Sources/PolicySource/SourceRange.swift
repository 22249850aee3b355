/// A stretch of bytes of one file: what a diagnostic underlines.
public struct SourceRange: Hashable, Sendable {
  /// The file.
  public var file: FileID
  /// The offset of the first byte.
  public var lower: Int32
  /// The offset behind the last byte.
  public var upper: Int32

  /// Makes the range `lower..<upper` of a file, in bytes.
  public init(file: FileID, lower: Int, upper: Int) {
    self.file = file
    self.lower = Int32(truncatingIfNeeded: lower)
    self.upper = Int32(truncatingIfNeeded: max(lower, upper))
  }

  /// The smallest range that holds both; the file is the receiver's.
  public func union(_ other: SourceRange) -> SourceRange {
    SourceRange(
      file: file, lower: Int(min(lower, other.lower)), upper: Int(max(upper, other.upper)))
  }
}
