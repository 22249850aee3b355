/// Many requests, connections that come and go, reports of mistakes: memory and open files stay what they are.
import Foundation
import TestSupport
import Testing

@testable import PolicyServer

/// What the system says of a process.
struct ProcessState {
  /// Resident memory in KiB.
  let memory: Int
  /// Open files.
  let files: Int

  init(_ process: Int32) throws {
    let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
    memory = try #require(Int(line.split(separator: " ").dropFirst().first ?? ""))
    files = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
  }
}

@Suite struct SoakTests {
  /// Rounds of 200 requests each; `WRIT_SOAK` asks for more than what fits every run.
  private static var rounds: Int {
    ProcessInfo.processInfo.environment["WRIT_SOAK"].flatMap { Int($0) } ?? 40
  }

  @Test func memoryAndFilesStayFlat() throws {
    let log = LogFolder()
    let daemon = try BuiltDaemon(BuiltDaemon.corpus, ["--log", log.path])
    let good = try String(
      contentsOf: Golden.corpus.appending(path: "daemon/good.json"), encoding: .utf8)
    let requests = [
      decide(good, decision: "orders.may_ship"),
      decide("{\"input\": {}}", decision: "orders.may_ship"),
      decide("{", decision: "orders.may_ship"), decide("{}", decision: "orders.may_shop"),
      "GET /v1/policies HTTP/1.1\r\nHost: x\r\n\r\n",
    ]
    func round() throws {
      for number in 0..<10 {
        let client = try daemon.client()
        let count = 20
        for turn in 0..<count { try client.send(requests[(turn + number) % requests.count]) }
        let answers = try client.read(count)
        #expect(answers.count == count)
        #expect(answers.allSatisfy { [200, 400, 404].contains($0.status) })
      }
    }
    for _ in 0..<Self.rounds / 4 { try round() }
    let before = try ProcessState(daemon.number)
    for _ in 0..<Self.rounds { try round() }
    let after = try ProcessState(daemon.number)
    #expect(after.memory - before.memory < 2048, "\(before) became \(after)")
    // The last connections may not have been closed yet.
    #expect(abs(after.files - before.files) <= 10, "\(before) became \(after)")
    print("soak: \(Self.rounds * 200) requests, \(before) before, \(after) after")
  }
}
