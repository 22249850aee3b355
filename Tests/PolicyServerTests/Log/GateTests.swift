/// Answers leave only once their records are durable: a journal that tests hold, fail and let go.
import Foundation
import PolicySource
import Synchronization
import Testing

@testable import DecisionLog
@testable import PolicyServer

extension LogBatch {
  /// The members of each record.
  var records: [String] {
    var start = 0
    return ends.map { end in
      defer { start = end }
      return String(decoding: bytes[start..<end], as: UTF8.self)
    }
  }
}

/// A journal that does what a test tells it.
final class TestJournal: DecisionRecorder, Sendable {
  struct State {
    var records: [String] = []
    var commits = 0
    var failure: LogProblem?
  }

  let state = Mutex(State())
  /// One signal for each commit that has begun.
  let begun = DispatchSemaphore(value: 0)
  /// Each commit takes one; nil lets all through.
  let leave: DispatchSemaphore?

  init(holds: Bool = false) { leave = holds ? DispatchSemaphore(value: 0) : nil }

  func commit(_ batch: LogBatch) throws(LogProblem) {
    let records = batch.records
    begun.signal()
    leave?.wait()
    let failure = state.withLock { (state) in
      state.commits += 1
      if state.failure == nil { state.records += records }
      return state.failure
    }
    if let failure { throw failure }
  }

  func flush() throws(LogProblem) {}

  static func problem(_ words: String) -> LogProblem {
    LogProblem(kind: .unwritable, message: "\(words)", help: "look at the disk")
  }

  var records: [String] { state.withLock { $0.records } }

  func fail(_ problem: LogProblem?) { state.withLock { $0.failure = problem } }
}

@Suite struct GateTests {
  private let health = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"

  @Test func answerLeavesOnlyAfterItsRecord() throws {
    let journal = TestJournal(holds: true)
    let server = try TestServer(journal: journal)
    let client = try server.client()
    try client.send(decide("{}"))
    #expect(journal.begun.wait(timeout: .now() + 60) == .success)
    #expect(try !client.hasSomething(within: 100))
    journal.leave?.signal()
    #expect(try client.read(1).map(\.status) == [200])
    journal.leave?.signal()
  }

  @Test func whatCameInTheMeantimeIsWrittenTogether() throws {
    let journal = TestJournal(holds: true)
    let server = try TestServer(journal: journal)
    let clients = try (0..<20).map { _ in try server.client() }
    try clients[0].send(decide("{0}"))
    #expect(journal.begun.wait(timeout: .now() + 60) == .success)
    for (number, client) in clients.enumerated().dropFirst() {
      try client.send(decide("{\(number)}"))
    }
    // The loop answers its own health while the disk is busy, and so shows that it has read all others.
    let other = try server.client()
    try other.send(health)
    #expect(try other.read(1).map(\.status) == [200])
    for _ in 0..<22 { journal.leave?.signal() }
    for (number, client) in clients.enumerated() {
      #expect(try client.read(1).first?.body.hasSuffix(" {\(number)}") == true)
    }
    #expect(journal.records.count == 20)
    #expect(journal.state.withLock { $0.commits } < 20)
  }

  @Test func answersKeepTheirOrder() throws {
    let journal = TestJournal()
    let server = try TestServer(journal: journal)
    let client = try server.client()
    let one = decide("{}", fields: "X-Request-ID: one\r\n")
    let two = decide("{}", fields: "X-Request-ID: two\r\n")
    try client.send(one + health + two + health)
    let answers = try client.read(4)
    #expect(answers.map(\.status) == [200, 200, 200, 200])
    #expect(answers[0].fields["x-request-id"] == "one")
    #expect(answers[2].fields["x-request-id"] == "two")
    #expect(answers[1].body == "{\"status\":\"ok\"}")
  }

  @Test func withoutRecordThereIsNoAnswer() throws {
    let journal = TestJournal()
    journal.fail(TestJournal.problem("No space left on device"))
    let server = try TestServer(journal: journal)
    let client = try server.client()
    try client.send(decide("{}", fields: "X-Request-ID: one\r\n") + health + decide("{}"))
    let answers = try client.read(3)
    #expect(answers.map(\.status) == [503, 200, 503])
    #expect(answers[0].fields["x-request-id"] == "one")
    #expect(answers[0].body.contains("\"code\":\"log_not_writable\""))
    #expect(answers[0].body.contains("No space left on device"))
    #expect(answers[0].body.contains("\"requestId\":\"one\""))
    journal.fail(nil)
    try client.send(decide("{}"))
    #expect(try client.read(4).last?.status == 200)
    let gap = try #require(journal.records.first)
    #expect(gap.hasPrefix("\"gap\",\"refused\":2,\"because\":\""))
    #expect(gap.contains("No space left on device"))
  }

  @Test func logThatIsWritableAgainIsFoundWithoutARequest() throws {
    let journal = TestJournal()
    journal.fail(TestJournal.problem("Input/output error"))
    let server = try TestServer(journal: journal)
    let client = try server.client()
    try client.send(decide("{}"))
    #expect(try client.read(1).map(\.status) == [503])
    journal.fail(nil)
    while journal.records.isEmpty { _ = journal.begun.wait(timeout: .now() + 60) }
    #expect(journal.records.count == 1)
  }

  @Test func stuckDiskIsARefusal() throws {
    let journal = TestJournal(holds: true)
    var limits = Limits()
    limits.logMilliseconds = 1000
    let server = try TestServer(limits, journal: journal)
    let client = try server.client()
    try client.send(decide("{}"))
    #expect(try client.read(1).map(\.status) == [503])
    journal.leave?.signal()
    journal.leave?.signal()
    #expect(journal.begun.wait(timeout: .now() + 60) == .success)
    try client.send(decide("{}"))
    #expect(try client.read(2).last?.status == 200)
    journal.leave?.signal()
  }

  @Test func fullQueueIsARefusal() throws {
    let journal = TestJournal(holds: true)
    var limits = Limits()
    limits.logQueueBytes = 1000
    let server = try TestServer(limits, journal: journal)
    let first = try server.client()
    try first.send(decide("{}"))
    #expect(journal.begun.wait(timeout: .now() + 60) == .success)
    let second = try server.client()
    try second.send(decide(String(repeating: "2", count: 2000)))
    let other = try server.client()
    try other.send(health)
    #expect(try other.read(1).map(\.status) == [200])
    try other.send(decide("{}"))
    let refused = try other.read(2).last
    #expect(refused?.status == 503)
    #expect(refused?.body.contains("log_full") == true)
    for _ in 0..<5 { journal.leave?.signal() }
    #expect(try first.read(1).map(\.status) == [200])
    #expect(try second.read(1).map(\.status) == [200])
  }

  @Test func stopWaitsForRecords() throws {
    let journal = TestJournal(holds: true)
    let server = try TestServer(journal: journal)
    let client = try server.client()
    try client.send(decide("{}"))
    #expect(journal.begun.wait(timeout: .now() + 60) == .success)
    server.beginStop()
    journal.leave?.signal()
    #expect(try client.readToEnd().map(\.status) == [200])
    journal.leave?.signal()
    #expect(server.stop())
    #expect(journal.records.last?.hasPrefix("\"stop\"") == true)
  }

  @Test func clientThatLeavesIsForgotten() throws {
    let journal = TestJournal(holds: true)
    let server = try TestServer(journal: journal)
    do {
      let client = try server.client()
      try client.send(decide("{}"))
      #expect(journal.begun.wait(timeout: .now() + 60) == .success)
    }
    let other = try server.client()
    try other.send(decide("{}"))
    for _ in 0..<3 { journal.leave?.signal() }
    #expect(try other.read(1).map(\.status) == [200])
  }
}
