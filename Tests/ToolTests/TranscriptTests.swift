/// The tool as people use it: transcripts of commands, what they print and their exit codes.
import Foundation
import TestSupport
import Testing

/// The built tool as a child process.
enum BuiltTool {
  /// The folder that the tests and the tool were built into.
  static var folder: URL {
    let arguments = ProcessInfo.processInfo.arguments
    let bundle = arguments.first { $0.hasSuffix(".xctest") } ?? arguments[0]
    return URL(fileURLWithPath: bundle).deletingLastPathComponent()
  }

  /// Runs a line, and says how it ended; what is random in answers becomes `…`.
  static func run(_ line: String, in folder: URL = Golden.corpus) throws -> String {
    let (printed, code) = try CommandLines.run(line, in: folder, finding: Self.folder)
    let text =
      printed
      .replacing(/"decisionId":"[0-9a-f]+"/, with: "\"decisionId\":\"…\"")
    let ending = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
    return text + ending + "[exit \(code)]\n"
  }
}

@Suite struct TranscriptTests {
  static let transcripts = Golden.files("cli", endings: "transcript")

  @Test(arguments: transcripts) func transcriptHolds(file: URL) throws {
    let lines = try String(contentsOf: file, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    var text = ""
    for line in lines where line.hasPrefix("$ ") || line.hasPrefix("# ") {
      if !text.isEmpty { text += "\n" }
      text += line + "\n"
      if line.hasPrefix("$ ") { text += try BuiltTool.run(String(line.dropFirst(2))) }
    }
    try Golden.check(text, against: file)
  }

  /// What the README prints is what the tool prints; behind a change that it shows, on policies with that change.
  @Test func readmeShowsWhatTheToolPrints() throws {
    let root = Golden.corpus.deletingLastPathComponent().deletingLastPathComponent()
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("writ-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["policies", "samples"] {
      try FileManager.default.copyItem(
        at: root.appendingPathComponent(name), to: folder.appendingPathComponent(name))
    }
    var shown = 0
    for fence in try Pages.fences(of: "README.md") {
      if fence.language == "diff" { try Self.apply(fence, in: folder) }
      guard
        let block = fence.body.wholeMatch(
          of: /\$ swift run (writ [^\n]+)\n(.*)/.dotMatchesNewlines())
      else { continue }
      shown += 1
      let printed = try BuiltTool.run(String(block.1), in: folder)
        .replacing(/sha256:[0-9a-f]+/, with: "sha256:…")
      #expect(printed == block.2 + "[exit 0]\n")
    }
    #expect(shown == 3)
  }

  /// Makes the change that a block shows: lines that begin with `+` or `-` between others that stay.
  private static func apply(_ change: Fence, in folder: URL) throws {
    let file = folder.appendingPathComponent(try #require(change.words.last))
    let lines = change.body.split(separator: "\n")
    func side(without mark: Character) -> String {
      lines.filter { $0.first != mark }.map { $0.dropFirst() + "\n" }.joined()
    }
    let text = try String(contentsOf: file, encoding: .utf8)
    let before = side(without: "+")
    #expect(text.ranges(of: before).count == 1, "README.md:\(change.line)")
    try text.replacing(before, with: side(without: "-")).write(
      to: file, atomically: true, encoding: .utf8)
  }

  /// `samples/processes.md` is what the tool says of the policies and cases as they are.
  @Test func thePageOfProcessesIsUpToDate() throws {
    let root = Golden.corpus.deletingLastPathComponent().deletingLastPathComponent()
    let printed = try BuiltTool.run(
      "writ processes samples/processes.csv --format markdown", in: root)
    let ending = "[exit 0]\n"
    #expect(printed.hasSuffix(ending), "a process is not decided")
    try Golden.check(
      String(printed.dropLast(ending.count)),
      against: root.appendingPathComponent("samples/processes.md"))
  }

  @Test func thereAreTranscripts() { #expect(Self.transcripts.count >= 4) }
}
