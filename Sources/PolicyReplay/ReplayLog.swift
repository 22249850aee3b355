/// The log that is replayed: its folder, or some of its files.
internal import DecisionLog
internal import Foundation

/// A log by its folder or files.
public struct ReplayLog: Sendable {
  private let paths: [String]

  /// Names a folder, or files in the order of their records.
  public init(_ paths: [String]) { self.paths = paths }

  /// The pieces to read, and whether a process writes the log now.
  func open(since: LogTime?, length: Int) throws(LogProblem) -> (pieces: LogPieces, isLive: Bool) {
    guard paths.count == 1, let path = paths.first, Self.isFolder(path) else {
      return (try LogPieces(files: paths, length: length), false)
    }
    let log = try LogReading(folder: path)
    let isLive = log.isBeingWritten()
    return (try LogPieces(log, since: since, length: length), isLive)
  }

  /// What is no file is a folder: then it is said what is wrong with that.
  private static func isFolder(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.type] as? FileAttributeType != .typeRegular
  }
}
