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
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "exec 2>&1\n" + line]
    shell.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = Self.folder.path + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
    environment["LC_ALL"] = "C"
    shell.environment = environment
    let pipe = Pipe()
    shell.standardOutput = pipe
    try shell.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    shell.waitUntilExit()
    let text = String(decoding: output, as: UTF8.self)
      .replacing(/"decisionId":"[0-9a-f]+"/, with: "\"decisionId\":\"…\"")
    let ending = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
    return text + ending + "[exit \(shell.terminationStatus)]\n"
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

  @Test func readmeShowsWhatTheToolPrints() throws {
    let root = Golden.corpus.deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    let block = /```\n\$ swift run (writ [^\n]+)\n(.*?)```/.dotMatchesNewlines()
    let blocks = readme.matches(of: block)
    #expect(!blocks.isEmpty)
    for block in blocks {
      let printed = try BuiltTool.run(String(block.1), in: root)
        .replacing(/sha256:[0-9a-f]+/, with: "sha256:…")
      #expect(printed == block.2 + "[exit 0]\n")
    }
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
