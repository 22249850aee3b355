/// The real daemon and its real log: under strace, with failing calls, killed at random moments, on a full disk.
import Foundation
import PolicyEngine
import TestSupport
import Testing

@testable import PolicyServer

/// A folder with a log, and what stands in it.
struct LogFolder {
  let folder = Folder()
  private let disk: SmallDisk?

  init(on disk: SmallDisk? = nil) { self.disk = disk }

  var path: String { (disk?.folder.path ?? folder.path) + "/log" }

  /// The newest file.
  var newest: String? { files.last }

  /// Its files, the oldest first.
  var files: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(".jsonl") }.sorted().map { path + "/" + $0 }
  }

  /// All records.
  var records: [JSONTree] {
    files.flatMap { (file) -> [JSONTree] in
      let bytes = FileManager.default.contents(atPath: file) ?? Data()
      return bytes.split(separator: 0x0A).map { JSONTree(parsing: Array($0)) ?? .null }
    }
  }

  /// The request ids of the decisions that are recorded.
  var recorded: Set<String> {
    Set(records.filter { $0["kind"] == .string("decision") }.compactMap { $0["requestId"]?.word })
  }

  /// What `writ log verify` prints, and its exit code.
  func verify() throws -> (code: Int32, text: String) {
    try Program.run(Products.folder.appending(path: "writ").path, ["log", "verify", path])
  }
}

@Suite struct DurabilityTests {
  private static let good = Golden.corpus.appending(path: "daemon/good.json")

  private func request(_ id: String) throws -> [UInt8] {
    let body = try Golden.bytes(Self.good)
    let head =
      "POST /v1/decide/orders.may_ship HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
      + "X-Request-ID: \(id)\r\nContent-Length: \(body.count)\r\n\r\n"
    return Array(head.utf8) + body
  }

  @Test(.enabled(if: Program.isThere("strace"), "strace is not installed"))
  func answerIsWrittenAfterTheDisk() throws {
    let log = LogFolder()
    let trace = log.folder.path + "/trace"
    let daemon = try BuiltDaemon(
      BuiltDaemon.corpus, ["--log", log.path],
      under: ["strace", "-D", "-f", "-q", "-e", "trace=fdatasync,sendto", "-o", trace])
    let client = try daemon.client()
    for number in 1...20 {
      try client.send(request("r\(number)"))
      #expect(try client.read(number).last?.isPermitted == true)
    }
    daemon.signal()
    #expect(daemon.exitCode() == 0)
    var synced = 0
    var answers = 0
    for line in try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n") {
      if line.contains("fdatasync"), line.hasSuffix("= 0") { synced += 1 }
      if line.contains("sendto("), line.contains("HTTP/1.1 200") {
        #expect(synced > 0, "an answer left before its record was on disk: \(line)")
        (synced, answers) = (0, answers + 1)
      }
    }
    #expect(answers == 20)
  }

  @Test(
    .enabled(if: Program.isThere("strace"), "strace is not installed"),
    arguments: [("fdatasync", "EIO"), ("write", "ENOSPC"), ("fdatasync", "ENOSPC"), ("write", "EIO")])
  func failingCallIsARefusal(call: String, error: String) throws {
    let log = LogFolder()
    let daemon = try BuiltDaemon(BuiltDaemon.corpus, ["--log", log.path])
    let client = try daemon.client()
    try client.send(request("before"))
    #expect(try client.read(1).map(\.status) == [200])
    let file = try #require(log.newest)
    // The second call on the log's file and the two after it fail.
    let tracer = try Tracer(
      daemon.number,
      ["-P", file, "-e", "trace=\(call)", "-e", "inject=\(call):error=\(error):when=2..4"])
    var statuses: [Int] = []
    for number in 1...12 {
      try client.send(request("r\(number)"))
      statuses.append(try client.read(number + 1).last?.status ?? 0)
    }
    tracer.stop()
    #expect(statuses.first == 200 && statuses.last == 200)
    #expect(statuses.contains(503))
    let answers = try client.read(13).dropFirst()
    let acknowledged = answers.filter { $0.status == 200 }.compactMap { $0.fields["x-request-id"] }
    #expect(log.recorded.isSuperset(of: acknowledged))
    #expect(log.records.contains { $0["kind"] == .string("gap") })
    daemon.signal()
    #expect(daemon.exitCode() == 0)
    let verified = try log.verify()
    #expect(verified.code == 0, "\(verified.text)")
  }

  @Test func killedAtAnyMomentNothingAcknowledgedIsLost() throws {
    let log = LogFolder()
    let socket = Folder()
    let rounds = ProcessInfo.processInfo.environment["WRIT_KILLS"].flatMap { Int($0) } ?? 20
    var random = SystemRandomNumberGenerator()
    var acknowledged: Set<String> = []
    for round in 1...rounds {
      let daemon = try BuiltDaemon(BuiltDaemon.corpus, ["--log", log.path], at: socket)
      let clients = try (0..<4).map { _ in try daemon.client() }
      let last = Int.random(in: 1...60, using: &random)
      for turn in 1...last {
        for (number, client) in clients.enumerated() {
          try client.send(request("k\(round)-\(number)-\(turn)"))
        }
        if turn == last { break }
        for client in clients { _ = try client.read(turn) }
      }
      // The answers of the last turn are on their way when the daemon dies.
      for _ in 0..<Int.random(in: 0...3, using: &random) { _ = try clients[0].read(last) }
      daemon.kill()
      for client in clients {
        for answer in try client.readToEnd() where answer.status == 200 {
          if let id = answer.fields["x-request-id"] { acknowledged.insert(id) }
        }
      }
    }
    let daemon = try BuiltDaemon(BuiltDaemon.corpus, ["--log", log.path], at: socket)
    #expect(try daemon.answersTheNext())
    daemon.signal()
    #expect(daemon.exitCode() == 0)
    let lost = acknowledged.subtracting(log.recorded)
    #expect(lost.isEmpty, "\(lost.count) of \(acknowledged.count) are lost")
    let verified = try log.verify()
    #expect(verified.code == 0, "\(verified.text)")
  }

  @Test(.enabled(if: SmallDisk.isAllowed, "mounting a small disk needs root"))
  func fullDiskIsARefusalAndRecovers() throws {
    let disk = try SmallDisk(kilobytes: 512)
    let log = LogFolder(on: disk)
    let daemon = try BuiltDaemon(BuiltDaemon.corpus, ["--log", log.path])
    let client = try daemon.client()
    var count = 0
    var acknowledged: [String] = []
    func ask() throws -> Answer? {
      count += 1
      try client.send(request("r\(count)"))
      let answer = try client.read(count).last
      if answer?.status == 200 { acknowledged.append("r\(count)") }
      return answer
    }
    var refusal: Answer?
    while refusal == nil, count < 2000 {
      let answer = try ask()
      if answer?.status != 200 { refusal = answer }
    }
    #expect(refusal?.status == 503)
    #expect(refusal?.body.contains("No space left on device") == true)
    #expect(refusal?.isPermitted == false)
    for _ in 1...5 { #expect(try ask()?.status == 503) }
    try disk.grow(kilobytes: 2048)
    #expect(try ask()?.status == 200)
    #expect(log.recorded == Set(acknowledged))
    daemon.signal()
    #expect(daemon.exitCode() == 0)
    let verified = try log.verify()
    #expect(verified.code == 0, "\(verified.text)")
  }
}
