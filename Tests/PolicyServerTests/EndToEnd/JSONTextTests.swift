/// Any text as the body of a request: what is JSON is told from what is not, as RFC 8259 asks.
import Foundation
import PolicyEngine
import TestSupport
import Testing

@testable import PolicyServer

@Suite struct JSONTextTests {
  /// What the daemon says of a text; nil when the connection broke.
  private enum Verdict: String { case accepted, refused }

  /// The codes that say that a text is not JSON; any other refusal is about what the text says.
  private static let notJSON: Set<String> = [
    "malformed_json", "invalid_utf8", "duplicate_name", "too_deep",
  ]

  private func verdict(of text: [UInt8], by daemon: BuiltDaemon) throws -> Verdict {
    let answer = try daemon.ask("orders.may_ship", text)
    // An object without members is a request that says nothing.
    #expect((answer.status == 400 || answer.status == 200) && !answer.isPermitted)
    return Self.notJSON.contains(answer.tree["code"]?.word ?? "") ? .refused : .accepted
  }

  private static func files(_ folder: String) -> [URL] {
    let found = try? FileManager.default.contentsOfDirectory(
      at: URL(filePath: folder), includingPropertiesForKeys: nil)
    return (found ?? []).filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
  }

  @Test(arguments: ["accepted", "refused"])
  func textsOfTheCorpus(expected: String) throws {
    let files = Self.files(Golden.corpus.appending(path: "json-texts/\(expected)").path)
    #expect(files.count > 50)
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    for file in files {
      let text = try Golden.bytes(file)
      #expect(
        try verdict(of: text, by: daemon).rawValue == expected, "\(file.lastPathComponent)")
      #expect(
        StrictJSON.accepts(text) == (expected == "accepted"), "\(file.lastPathComponent)")
    }
    #expect(try daemon.answersTheNext())
  }

  /// The parsing cases of the public JSONTestSuite, where a copy of them is at hand: `y_` is accepted, `n_` refused,
  /// of `i_` either is right, and ours is printed.
  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["WRIT_JSON_SUITE"] != nil,
      "WRIT_JSON_SUITE does not name a folder with the parsing cases of JSONTestSuite"))
  func textsOfThePublicSuite() throws {
    let folder = ProcessInfo.processInfo.environment["WRIT_JSON_SUITE"] ?? ""
    let files = Self.files(folder)
    #expect(files.count == 318)
    // A name that stands twice is grammar; that it is refused is a promise of ours.
    let stricter: Set<String> = [
      "y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json",
    ]
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    for file in files {
      let name = file.lastPathComponent
      let got = try verdict(of: try Golden.bytes(file), by: daemon)
      if name.hasPrefix("i_") {
        print("\(got.rawValue)  \(name)")
      } else {
        let isRight = name.hasPrefix("y_") && !stricter.contains(name)
        #expect(got == (isRight ? .accepted : .refused), "\(name)")
      }
    }
    #expect(try daemon.answersTheNext())
  }
}
