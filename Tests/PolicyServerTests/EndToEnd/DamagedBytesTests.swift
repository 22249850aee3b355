/// Broken requests to the real daemon: each gets its documented answer, and the next request is answered.
import Foundation
import PolicyEngine
import TestSupport
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct DamagedBytesTests {
  static let bodies = Golden.files("daemon", endings: "json")
  static let requests = Golden.files("daemon", endings: "http")

  /// `misspelt-field.json` is posted to `orders.may_ship`; `misspelt-field.answer` is what comes.
  @Test func everyBodyGetsItsAnswer() throws {
    #expect(Self.bodies.count > 40)
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    for file in Self.bodies {
      let answer = try daemon.ask("orders.may_ship", Golden.bytes(file))
      check(answer.shown, file)
      let isGood = file.lastPathComponent == "good.json"
      #expect(answer.isPermitted == isGood, "\(file.lastPathComponent)")
      #expect(try daemon.answersTheNext(), "after \(file.lastPathComponent)")
    }
  }

  /// `half-a-body.http` goes over the wire as it stands, and then nothing more comes.
  @Test func everyRequestGetsItsAnswer() throws {
    #expect(Self.requests.count > 7)
    let daemon = try BuiltDaemon(BuiltDaemon.corpus, ["--request-timeout", "1"])
    let clients = try Self.requests.map { file in
      let client = try daemon.client()
      try client.send(Golden.bytes(file))
      return client
    }
    for (file, client) in zip(Self.requests, clients) {
      let answers = try client.read(1)
      #expect(answers.allSatisfy { !$0.isPermitted })
      check(answers.map(\.shown).joined(), file)
    }
    #expect(try daemon.answersTheNext())
  }

  /// 100 MB arrive, or as many of them as the daemon takes before it closes.
  @Test(arguments: ["Content-Length: 100000000", "Transfer-Encoding: chunked"])
  func aBodyOf100MegabytesIsRefused(framing: String) throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    let client = try daemon.client()
    try client.send(
      "POST /v1/decide/orders.may_ship HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        + "\(framing)\r\n\r\n")
    let blanks = [UInt8](repeating: 0x20, count: 0x10000)
    let piece =
      framing.hasSuffix("chunked")
      ? Array("10000\r\n".utf8) + blanks + Array("\r\n".utf8) : blanks
    for _ in 0..<(100_000_000 / blanks.count) where try !client.send(piece) { break }
    let answers = try client.readToEnd()
    #expect(answers.map(\.status) == [413])
    #expect(answers.first?.tree["code"]?.word == "body_too_large")
    #expect(try daemon.answersTheNext())
  }

  /// The connection is kept, so a damaged request does no harm to those behind it.
  @Test func theNextRequestOfTheConnectionIsAnswered() throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    let client = try daemon.client()
    let good = try String(
      contentsOf: Golden.corpus.appending(path: "daemon/good.json"), encoding: .utf8)
    var expected: [Int] = []
    for name in ["nested-brackets", "duplicate-name", "number-of-400-digits", "cut-off"] {
      let file = Golden.corpus.appending(path: "daemon/\(name).json")
      let damaged = try String(contentsOf: file, encoding: .utf8)
      try client.send(
        decide(damaged, decision: "orders.may_ship") + decide(good, decision: "orders.may_ship"))
      expected += [400, 200]
    }
    let answers = try client.read(expected.count)
    #expect(answers.map(\.status) == expected)
    #expect(answers.map(\.isPermitted) == expected.map { $0 == 200 })
  }

  private func check(_ text: String, _ file: URL) {
    let expected = file.deletingPathExtension().appendingPathExtension("answer")
    #expect(throws: Never.self) { try Golden.check(text, against: expected) }
  }
}
