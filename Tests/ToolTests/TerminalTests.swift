/// The tool on a terminal, in a pipe, and with a reader that has gone away.
import Foundation
import TestSupport
import Testing

@Suite struct TerminalTests {
  private static let escape = "\u{1B}["
  private static let bad = "sets/one-bad-file"

  /// Runs a line on a terminal of its own, which `script` of the system makes; its line breaks are
  /// CR LF there, which is taken back.
  private static func onATerminal(_ line: String) throws -> String {
    try BuiltTool.run("env -u NO_COLOR script -qec '\(line)' /dev/null < /dev/null")
      .replacing("\r\n\n[exit", with: "\n[exit").replacing("\r\n", with: "\n")
  }

  private static let hasScript = FileManager.default.isExecutableFile(atPath: "/usr/bin/script")

  @Test(.enabled(if: hasScript, "there is no /usr/bin/script to make a terminal"))
  func colourStandsOnATerminalOnly() throws {
    let check = "writ check \(Self.bad)"
    #expect(try Self.onATerminal(check).contains(Self.escape))
    #expect(try !Self.onATerminal("NO_COLOR=1 \(check)").contains(Self.escape))
    let piped = try BuiltTool.run(check)
    #expect(!piped.contains(Self.escape) && piped.contains("error"))
  }

  @Test(.enabled(if: hasScript, "there is no /usr/bin/script to make a terminal"))
  func colourChangesNoWord() throws {
    let plain = try BuiltTool.run("writ check \(Self.bad)")
    let coloured = try Self.onATerminal("writ check \(Self.bad)")
      .replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(coloured == plain)
  }

  /// What is left to say has nobody to read it: no complaint, no crash.
  @Test(arguments: [["--help"], ["check", bad], ["fmt", "--diff", "format"]])
  func aReaderThatIsGoneEndsItQuietly(arguments: [String]) throws {
    let tool = Process()
    tool.executableURL = BuiltTool.folder.appending(path: "writ")
    tool.arguments = arguments
    tool.currentDirectoryURL = Golden.corpus
    let output = Pipe()
    let complaints = Pipe()
    tool.standardOutput = output
    tool.standardError = complaints
    try output.fileHandleForReading.close()
    try tool.run()
    let text = complaints.fileHandleForReading.readDataToEndOfFile()
    tool.waitUntilExit()
    #expect(String(decoding: text, as: UTF8.self) == "")
    if tool.terminationReason == .uncaughtSignal {
      #expect(tool.terminationStatus == SIGPIPE)
    } else {
      #expect([0, 1].contains(tool.terminationStatus))
    }
  }
}
