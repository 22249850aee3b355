/// Files with expected output: where they are, how they are compared and rewritten.
public import Foundation

/// The corpus of the tests and comparison with expected files.
///
/// `GOLDEN=update swift test` rewrites the expected files and fails, so that nobody forgets to read the
/// difference.
public enum Golden {
  /// The folder `Tests/Corpus`.
  public static let corpus = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Corpus")

  /// What is wrong with an expected file, as a sentence with both texts.
  public struct Mismatch: Error, CustomStringConvertible {
    /// The sentence.
    public let description: String
  }

  /// The files of a folder below the corpus with one of the endings, sorted by name.
  public static func files(_ folder: String, endings: String...) -> [URL] {
    let place = corpus.appendingPathComponent(folder)
    let all = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
    return all.sorted().map { place.appendingPathComponent($0) }
      .filter { endings.contains($0.pathExtension) }
  }

  /// The bytes of a file.
  public static func bytes(_ file: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: file)) }

  /// Compares text with the expected file; throws what differs.
  public static func check(_ text: String, against file: URL) throws {
    let expected = try? String(contentsOf: file, encoding: .utf8)
    if expected == text { return }
    if ProcessInfo.processInfo.environment["GOLDEN"] == "update" {
      try text.write(to: file, atomically: true, encoding: .utf8)
      throw Mismatch(description: "rewrote \(file.lastPathComponent): read the difference")
    }
    guard let expected else {
      throw Mismatch(
        description: "\(file.lastPathComponent) is missing; GOLDEN=update writes it:\n\(text)")
    }
    throw Mismatch(
      description: """
        \(file.lastPathComponent) differs (GOLDEN=update rewrites it)
        \(firstDifference(expected, text))
        --- got all of
        \(text)
        """)
  }

  private static func firstDifference(_ expected: String, _ got: String) -> String {
    let left = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let right = got.split(separator: "\n", omittingEmptySubsequences: false)
    for index in 0..<max(left.count, right.count) {
      let (a, b) = (index < left.count ? left[index] : "", index < right.count ? right[index] : "")
      if a != b { return "line \(index + 1)\nexpected: \(a)\ngot:      \(b)" }
    }
    return "only the last line break differs"
  }
}
