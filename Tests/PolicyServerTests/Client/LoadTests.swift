/// The load generator against a server: everything due is counted, and a stall shows in every request that it held up.
import Foundation
import PolicyClient
import PolicyEngine
import TestSupport
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct LoadTests {
  private func plan(
    _ server: TestServer, _ bodies: [String], _ pace: LoadPace, seconds: Int = 1
  ) -> LoadPlan {
    let requests = bodies.enumerated().map { number, body in
      ClientRequest(decision: "shop.may_ship", body: Array(body.utf8), id: "load-\(number)")
    }
    return LoadPlan(
      socket: server.folder.socket, requests: requests, pace: pace, seconds: seconds)
  }

  private static let yes = #"{"permitted":true}"#
  private static let no = #"{"permitted":false}"#

  @Test func everyRequestThatIsDueIsAnsweredOnce() throws {
    let server = try TestServer()
    var plan = plan(server, [Self.yes, Self.no, "{}"], .rate(600))
    plan.connections = 3
    plan.pipeline = 2
    var generator = try LoadGenerator(plan)
    let report = generator.run { _ in }
    #expect(report.due == 600 && report.answered == 600 && report.isClean)
    #expect(report.permitted == 200 && report.notPermitted == 200 && report.unflagged == 200)
    #expect(report.lost + report.refused + report.unanswered + report.garbled == 0)
    #expect(report.statuses.map(\.status) == [200])
    #expect(report.delay.count == 600)
  }

  /// The server stands still for 0.3 s; 500 requests a second are due, so about 150 of 500 wait.
  ///
  /// A loop that waits for an answer before it asks again would see one slow answer.
  @Test func aStallShowsInAllThatWereDueMeanwhile() throws {
    let server = try TestServer()
    let bodies = ["stall"] + [String](repeating: Self.yes, count: 499)
    var generator = try LoadGenerator(plan(server, bodies, .rate(500)))
    let report = generator.run { _ in }
    #expect(report.answered == 500)
    #expect(report.latency.percentile(perMille: 900) > 100_000_000)
    #expect(report.latency.percentile(perMille: 800) > 50_000_000)
    #expect(report.latency.largest >= 300_000_000)
  }

  @Test func aClosedLoopAsksAgainAsSoonAsItIsAnswered() throws {
    let server = try TestServer()
    var plan = plan(server, [Self.yes], .closed)
    plan.connections = 2
    plan.pipeline = 16
    var generator = try LoadGenerator(plan)
    let report = generator.run { _ in }
    #expect(report.due > 32 && report.answered == report.due && report.isClean)
    #expect(report.permitted == report.answered)
    #expect(report.tenthsPerSecond > 0)
  }

  /// What was due is answered, lost, or found no daemon; nothing is forgotten.
  @Test func aDaemonThatGoesIsCounted() throws {
    let server = try TestServer()
    var plan = plan(server, [Self.yes], .rate(1000))
    plan.connections = 4
    plan.timeoutMilliseconds = 500
    var generator = try LoadGenerator(plan)
    let report = generator.run { _ in server.stop() }
    #expect(report.due == 1000 && !report.isClean)
    #expect(report.refused > 0)
    let failed = report.lost + report.refused + report.unanswered + report.garbled
    #expect(report.answered + failed == report.due)
  }

  @Test func whatIsNoAnswerIsCounted() throws {
    let fake = try FakeDaemon([.sends("SSH-2.0-OpenSSH_9.2\r\n")])
    let request = ClientRequest(decision: "a.b", body: [], id: "x")
    var plan = LoadPlan(socket: fake.socket, requests: [request], pace: .rate(5), seconds: 1)
    plan.timeoutMilliseconds = 2_000
    var generator = try LoadGenerator(plan)
    let report = generator.run { _ in }
    #expect(report.garbled == 5 && report.answered == 0)
  }

  @Test func nobodyThereIsSaidAtOnce() {
    let request = ClientRequest(decision: "a.b", body: [], id: "x")
    let plan = LoadPlan(socket: "/nowhere/s", requests: [request], pace: .closed, seconds: 1)
    #expect(throws: ClientProblem.noSocket("/nowhere/s")) { _ = try LoadGenerator(plan) }
  }

  /// The built tool against the built daemon.
  @Test func theToolReportsWhatItMeasured() throws {
    let daemon = try BuiltDaemon(Products.root.appending(path: "policies"))
    let requests = "samples/shipment/full_payment.may_ship.*.json"
    let line = "writ bench --socket \(daemon.socket) --seconds 1 --connections 4"
    let open = try Shell.run("\(line) --rate 150 --format json \(requests)")
    let report = try #require(JSONTree(parsing: Array(open.text.utf8)), "\(open.text)")
    #expect(open.code == 0)
    for (name, count) in [
      ("due", "150"), ("answered", "150"), ("permitted", "100"), ("notPermitted", "50"),
      ("lost", "0"), ("unanswered", "0"),
    ] { #expect(report[name]?.word == count, "\(name): \(open.text)") }
    #expect(report["statuses"] == .object([.init("200", .number("150"))]))
    let figures = ["p50", "p90", "p99", "p99.9", "max"].compactMap {
      report["latency"]?[$0]?.word.flatMap { Int($0) }
    }
    #expect(figures.count == 5 && figures == figures.sorted() && figures[0] > 0)
    let closed = try Shell.run("\(line) --closed --pipeline 4 \(requests)")
    #expect(closed.code == 0, "\(closed.text)")
    #expect(
      closed.text.hasPrefix("3 requests in turn over 4 connections, 1 s as fast as it goes\n"))
    #expect(!closed.text.contains("\r"), "progress is for terminals")
  }

  @Test func aRequestThatIsRefusedIsSaidBeforeTheLoad() throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    let line = "writ bench --socket \(daemon.socket) --rate 10 --decision orders.may_ship"
    let refused = try Shell.run("\(line) Tests/Corpus/daemon/misspelt-field.json")
    #expect(refused.code == 1)
    #expect(refused.text.hasPrefix("error unknown_field: "), "\(refused.text)")
    #expect(refused.text.contains("writ: the request to `orders.may_ship` is refused\n"))
  }
}
