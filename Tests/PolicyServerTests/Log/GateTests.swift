/// Answers leave only once their records are durable: a recorder that tests hold, fail and let go.
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

/// A recorder that does what a test tells it.
final class TestRecorder: DecisionRecorder, Sendable {
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
    let recorder = TestRecorder(holds: true)
    let server = try TestServer(recorder: recorder)
    let client = try server.client()
    try client.send(decide("{}"))
    #expect(recorder.begun.wait(timeout: .now() + 60) == .success)
    #expect(try !client.hasSomething(within: 100))
    recorder.leave?.signal()
    #expect(try client.read(1).map(\.status) == [200])
    recorder.leave?.signal()
  }

  @Test func whatCameInTheMeantimeIsWrittenTogether() throws {
    let recorder = TestRecorder(holds: true)
    let server = try TestServer(recorder: recorder)
    let clients = try (0..<20).map { _ in try server.client() }
    try clients[0].send(decide("{0}"))
    #expect(recorder.begun.wait(timeout: .now() + 60) == .success)
    for (number, client) in clients.enumerated().dropFirst() {
      try client.send(decide("{\(number)}"))
    }
    // The loop answers its own health while the disk is busy, and so shows that it has read all others.
    let other = try server.client()
    try other.send(health)
    #expect(try other.read(1).map(\.status) == [200])
    for _ in 0..<22 { recorder.leave?.signal() }
    for (number, client) in clients.enumerated() {
      #expect(try client.read(1).first?.body.hasSuffix(" {\(number)}") == true)
    }
    #expect(recorder.records.count == 20)
    #expect(recorder.state.withLock { $0.commits } < 20)
  }

  @Test func answersKeepTheirOrder() throws {
    let recorder = TestRecorder()
    let server = try TestServer(recorder: recorder)
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
    let recorder = TestRecorder()
    recorder.fail(TestRecorder.problem("No space left on device"))
    let server = try TestServer(recorder: recorder)
    let client = try server.client()
    try client.send(decide("{}", fields: "X-Request-ID: one\r\n") + health + decide("{}"))
    let answers = try client.read(3)
    #expect(answers.map(\.status) == [503, 200, 503])
    #expect(answers[0].fields["x-request-id"] == "one")
    #expect(answers[0].body.contains("\"code\":\"log_not_writable\""))
    #expect(answers[0].body.contains("No space left on device"))
    #expect(answers[0].body.contains("\"requestId\":\"one\""))
    recorder.fail(nil)
    try client.send(decide("{}"))
    #expect(try client.read(4).last?.status == 200)
    let gap = try #require(recorder.records.first)
    #expect(gap.hasPrefix("\"gap\",\"refused\":2,\"because\":\""))
    #expect(gap.contains("No space left on device"))
  }

  @Test func logThatIsWritableAgainIsFoundWithoutARequest() throws {
    let recorder = TestRecorder()
    recorder.fail(TestRecorder.problem("Input/output error"))
    let server = try TestServer(recorder: recorder)
    let client = try server.client()
    try client.send(decide("{}"))
    #expect(try client.read(1).map(\.status) == [503])
    recorder.fail(nil)
    while recorder.records.isEmpty { _ = recorder.begun.wait(timeout: .now() + 60) }
    #expect(recorder.records.count == 1)
  }

  @Test func stuckDiskIsARefusal() throws {
    let recorder = TestRecorder(holds: true)
    var limits = Limits()
    limits.logMilliseconds = 1000
    let server = try TestServer(limits, recorder: recorder)
    let client = try server.client()
    try client.send(decide("{}"))
    #expect(try client.read(1).map(\.status) == [503])
    recorder.leave?.signal()
    recorder.leave?.signal()
    #expect(recorder.begun.wait(timeout: .now() + 60) == .success)
    try client.send(decide("{}"))
    #expect(try client.read(2).last?.status == 200)
    recorder.leave?.signal()
  }

  @Test func fullQueueIsARefusal() throws {
    let recorder = TestRecorder(holds: true)
    var limits = Limits()
    limits.logQueueBytes = 1000
    let server = try TestServer(limits, recorder: recorder)
    let first = try server.client()
    try first.send(decide("{}"))
    #expect(recorder.begun.wait(timeout: .now() + 60) == .success)
    let second = try server.client()
    try second.send(decide(String(repeating: "2", count: 2000)))
    let other = try server.client()
    try other.send(health)
    #expect(try other.read(1).map(\.status) == [200])
    try other.send(decide("{}"))
    let refused = try other.read(2).last
    #expect(refused?.status == 503)
    #expect(refused?.body.contains("log_full") == true)
    for _ in 0..<5 { recorder.leave?.signal() }
    #expect(try first.read(1).map(\.status) == [200])
    #expect(try second.read(1).map(\.status) == [200])
  }

  @Test func stopWaitsForRecords() throws {
    let recorder = TestRecorder(holds: true)
    let server = try TestServer(recorder: recorder)
    let client = try server.client()
    try client.send(decide("{}"))
    #expect(recorder.begun.wait(timeout: .now() + 60) == .success)
    server.beginStop()
    recorder.leave?.signal()
    #expect(try client.readToEnd().map(\.status) == [200])
    recorder.leave?.signal()
    #expect(server.stop())
    #expect(recorder.records.last?.hasPrefix("\"stop\"") == true)
  }

  @Test func clientThatLeavesIsForgotten() throws {
    let recorder = TestRecorder(holds: true)
    let server = try TestServer(recorder: recorder)
    do {
      let client = try server.client()
      try client.send(decide("{}"))
      #expect(recorder.begun.wait(timeout: .now() + 60) == .success)
    }
    let other = try server.client()
    try other.send(decide("{}"))
    for _ in 0..<3 { recorder.leave?.signal() }
    #expect(try other.read(1).map(\.status) == [200])
  }
}
