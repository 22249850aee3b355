/// The Swift files of the package as the tests of manners read them.
import Foundation

/// One Swift file.
struct SwiftFile: CustomStringConvertible {
  /// The path below the package: `Sources/PolicySource/Diagnostic.swift`.
  let path: String
  /// The whole text.
  let text: String
  /// The lines without their breaks.
  let lines: [Substring]

  init(path: String) {
    self.path = path
    text = SourceTree.text(path)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// Whether one of the words occurs at all, before anything looks closer.
  func mentions(_ words: String...) -> Bool { words.contains { text.contains($0) } }

  var description: String { path }

  /// The folder below `Sources` or `Tests`.
  var module: String { String(path.split(separator: "/")[1]) }

  /// The lines that hold code, with their numbers from 1; whole-line comments are left out.
  var code: [(number: Int, text: Substring)] {
    lines.enumerated().map { ($0.offset + 1, $0.element) }
      .filter { !$0.1.drop { $0 == " " }.hasPrefix("//") }
  }
}

/// The files of the package.
enum SourceTree {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let sources = files(below: "Sources")
  static let tests = files(below: "Tests")

  static func files(below folder: String) -> [SwiftFile] {
    paths(below: folder).filter { $0.hasSuffix(".swift") }.map(SwiftFile.init)
  }

  static func paths(below folder: String) -> [String] {
    let base = root.appendingPathComponent(folder).path
    let found = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
    return found.sorted().map { folder + "/" + $0 }
  }

  static func text(_ path: String) -> String {
    (try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)) ?? ""
  }
}
