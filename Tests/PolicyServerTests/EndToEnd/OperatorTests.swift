/// The real daemon under an operator's hands: told to stop twice, and run in other time zones.
import Foundation
import PolicyEngine
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct OperatorTests {
  /// Asks for more than the socket holds and takes none of it, so that there is something to drain.
  private func clientThatNeverReads(_ daemon: BuiltDaemon) throws -> TestClient {
    let client = try daemon.client()
    let request = "GET /v1/policies HTTP/1.1\r\nHost: x\r\n\r\n"
    try client.send(String(repeating: request, count: 100))
    return client
  }

  private func waitUntilItDrains(_ daemon: BuiltDaemon) throws {
    while try FileAtPath(daemon.socket).kind == .socket { sched_yield() }
  }

  /// Policies with a listing that does not fit into the buffers of a socket a hundred times.
  private static let policies = Products.root.appending(path: "policies")

  @Test func theSecondSignalEndsTheDrain() throws {
    let daemon = try BuiltDaemon(Self.policies, ["--drain-timeout", "3600"])
    let client = try clientThatNeverReads(daemon)
    daemon.signal()
    try waitUntilItDrains(daemon)
    #expect(daemon.isRunning)
    daemon.signal()
    #expect(daemon.exitCode() == 0)
    withExtendedLifetime(client) {}
  }

  @Test func theDrainEndsAtItsLimit() throws {
    let daemon = try BuiltDaemon(Self.policies, ["--drain-timeout", "1"])
    let client = try clientThatNeverReads(daemon)
    let before = SystemClock.milliseconds
    daemon.signal()
    #expect(daemon.exitCode() == 0)
    #expect(SystemClock.milliseconds - before >= 1000, "it did not wait for the client")
    withExtendedLifetime(client) {}
  }

  private static let hasZones = FileManager.default.fileExists(
    atPath: "/usr/share/zoneinfo/Pacific/Kiritimati")

  /// Between these two places lie 25 hours, so their dates differ at every moment.
  @Test(
    .enabled(if: hasZones, "there is no time zone database in /usr/share/zoneinfo"),
    arguments: ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
  func todayIsThatOfTheTimeZone(zone: String) throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus, ["--timezone", zone])
    #expect(daemon.printed.contains(zone))
    let good = try String(
      contentsOf: BuiltDaemon.corpus.deletingLastPathComponent().appending(path: "good.json"),
      encoding: .utf8)
    let withoutDay = good.replacing(", \"asOf\": \"2026-11-21\"", with: "")
    #expect(withoutDay != good)
    let before = Self.today(in: zone)
    let answer = try daemon.ask("orders.may_ship", withoutDay)
    let days = [before, Self.today(in: zone)]
    let day = try #require(answer.tree["asOf"]?.word)
    #expect(days.contains(day), "\(day) is not one of \(days)")
  }

  /// The date as another implementation of the time zone database tells it.
  private static func today(in zone: String) -> String {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: zone)
    format.dateFormat = "yyyy-MM-dd"
    return format.string(from: Date())
  }
}
