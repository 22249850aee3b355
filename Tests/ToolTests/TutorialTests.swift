/// The tutorial, followed to the letter: its files are written, its commands run, and what they print compared.
import Foundation
import TestSupport
import Testing

@Suite struct TutorialTests {
  static let pages = ["Tutorial", "Tutorial-zh"]

  /// A block between fences: what stands behind the first fence, and the lines.
  struct Block: Equatable {
    var info: String
    var lines: [String]
  }

  private static func page(_ name: String) -> URL {
    Golden.corpus.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/PolicyEngine/PolicyEngine.docc/\(name).md")
  }

  @Test(arguments: pages) func tutorialHolds(name: String) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tutorial-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = try String(contentsOf: Self.page(name), encoding: .utf8)
    var result = ""
    var block: Block?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line == "```", let done = block {
        for line in try Self.play(done, in: folder) { result += line + "\n" }
        result += line + "\n"
        block = nil
      } else if block != nil {
        block?.lines.append(line)
      } else {
        if line.hasPrefix("```") { block = Block(info: String(line.dropFirst(3)), lines: []) }
        result += line + "\n"
      }
    }
    result.removeLast()
    try Golden.check(result, against: Self.page(name))
  }

  /// Writes the file of a block, or runs its commands; gives the lines as they must stand.
  private static func play(_ block: Block, in folder: URL) throws -> [String] {
    let words = block.info.split(separator: " ").map(String.init)
    if words.count == 2 {
      let file = folder.appendingPathComponent(words[1])
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try (block.lines.joined(separator: "\n") + "\n").write(
        to: file, atomically: true, encoding: .utf8)
      return block.lines
    }
    guard words == ["console"] else { return block.lines }
    var lines: [String] = []
    for command in block.lines where command.hasPrefix("$ ") {
      lines.append(command)
      let printed = try BuiltTool.run(String(command.dropFirst(2)), in: folder)
        .replacing("[exit 0]\n", with: "")
        .replacing(/sha256:[0-9a-f]+/, with: "sha256:…")
      lines += printed.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .map(String.init)
    }
    return lines
  }

  /// Both pages show the same files and commands.
  @Test func pagesShowTheSame() throws {
    func blocks(_ name: String) throws -> [String] {
      let text = try String(contentsOf: Self.page(name), encoding: .utf8)
      return text.components(separatedBy: "\n```").enumerated()
        .filter { !$0.offset.isMultiple(of: 2) }.map(\.element)
    }
    let pages = try Self.pages.map(blocks)
    #expect(pages[0].count > 10)
    #expect(pages[0] == pages[1])
  }
}
