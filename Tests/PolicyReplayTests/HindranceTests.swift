/// What cannot be replayed is counted with its reason, and a damaged log is never taken for a whole one.
import DecisionLog
import PolicyEngine
import PolicyRuntime
import PolicySource
import Testing

@testable import PolicyReplay

@Suite struct HindranceTests {
  private static func reasons(_ report: ReplayReport) -> [ReplayObstacle: Int] {
    var result: [ReplayObstacle: Int] = [:]
    for (hindrance, count) in report.hindrances { result[hindrance.obstacle] = count.count }
    return result
  }

  @Test func everyReasonIsTold() throws {
    let secret = ReplayTests.orders().replacing(
      "input order Order", with: "input order Order\n\ninput name Text? secret")
    let log = try RecordedLog(try Policies.load(secret))
    let plain = ReplayTests.body(6_000, 5_500)
    try log.decide("orders.may_ship", plain)
    try log.decide("orders.may_ship", plain.dropLast(2) + #","name":"Li"}}"#)
    try log.decide("orders.may_ship", #"{"input":{"order":{"amont":1}}}"#)
    try log.decide("orders.never", plain)
    try log.decide("orders.twice", plain)
    try log.record(#""decision","requestId":"r-9","decision":"orders.twice","status":200"#)
    let renamed = ReplayTests.orders().replacing("paid ", with: "paidup ")
      .replacing("order.paid ", with: "order.paidup ")
      .replacing("order.paid}", with: "order.paidup}").replacing(
        "value twice", with: "value double")
    let report = try Replay.run(log.log, by: try Policies.load(renamed), ReplayOptions())
    #expect(report.tally.decisions == 6 && report.tally.notReplayed == 6)
    #expect(
      Self.reasons(report) == [
        .unreadable(code: "unknown_field", pointer: "/input/order/paid"): 1, .masked: 1,
        .refused(400): 1, .refused(404): 1, .decisionGone: 1, .damaged: 1,
      ])
    #expect(report.chain.isWhole)
  }

  @Test func whatWasNotRecordedIsNotReplayed() throws {
    let set = try Policies.load(ReplayTests.orders())
    let log = try RecordedLog(set)
    try log.record(
      #""decision","requestId":"r","decision":"orders.twice","status":422,"bytes":2,"sha256":"0","answer":{"code":"no_version_in_force"}"#
    )
    let report = try Replay.run(log.log, by: set, ReplayOptions())
    #expect(Self.reasons(report) == [.notRecorded: 1])
  }

  /// A problem that the policies found is an answer like others.
  @Test func aVersionThatComesIntoForceChangesTheAnswer() throws {
    let late = ReplayTests.orders().replacing("effective 2024", with: "effective 2027")
    let log = try RecordedLog(try Policies.load(late))
    try log.decide("orders.twice", ReplayTests.body(1))
    var options = ReplayOptions()
    options.day = { _ in Day(text: Array("2026-11-22".utf8)) ?? .first }
    let report = try Replay.run(log.log, by: try Policies.load(ReplayTests.orders()), options)
    #expect(
      ReplayTests.words(report) == ["orders.twice: error no_version_in_force becomes value": 1])
    #expect(report.tally.derivedDays == 1)
  }

  struct Damage: Sendable {
    let change: @Sendable (String) -> String
    /// How many decisions are still replayed when the hashes are checked.
    let replayed: Int
  }

  static let damages = [
    Damage(
      change: {
        $0.replacing(#""requestId":"r-5","peer":null"#, with: #""requestId":"r-5","peer":true"#)
      }, replayed: 119),
    Damage(change: { line(7, of: $0) { _ in nil } }, replayed: 119),
    Damage(change: { line(7, of: $0) { _ in "nonsense" } }, replayed: 119),
    Damage(change: { String($0.dropLast(40)) }, replayed: 119),
  ]

  private static func line(_ number: Int, of text: String, _ change: (String) -> String?) -> String
  {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if let changed = change(lines[number]) {
      lines[number] = changed
    } else {
      lines.remove(at: number)
    }
    return lines.joined(separator: "\n")
  }

  @Test(arguments: damages.indices) func damageIsFound(_ index: Int) throws {
    let set = try Policies.load(ReplayTests.orders())
    let log = try ReplayTests.log(set)
    log.close()
    try log.tamper(Self.damages[index].change)
    for length in [1, 2_000, 1 << 20] {
      var options = ReplayOptions()
      (options.pieceLength, options.threads) = (length, 2)
      let report = try Replay.run(log.log, by: set, options)
      #expect(report.chain.damaged == 1, "\(report.chain.damages)")
      #expect(report.tally.same == Self.damages[index].replayed)
    }
  }

  @Test func aFileThatIsGoneIsAProblem() throws {
    let set = try Policies.load(ReplayTests.orders())
    #expect(throws: LogProblem.self) {
      try Replay.run(ReplayLog(["/nowhere/at-all"]), by: set, ReplayOptions())
    }
  }

  @Test func requestsArePricedByKeys() throws {
    let set = try Policies.load(ReplayTests.orders())
    let log = try ReplayTests.log(set)
    var options = ReplayOptions()
    (options.decision, options.sum) = ("orders.sign", ["order.amount"])
    (options.threads, options.pieceLength) = (2, 4_000)
    let (prices, report) = try ReplayPricing.run(log.log, by: set, options) {
      { _, body, _ in
        var bytes: [UInt8] = []
        for index in body.indices { bytes.append(body[index]) }
        let text = JSONTree(parsing: bytes)?["input"]?["order"]?["amount"]?.word ?? ""
        return text.utf8.count > 11 ? "large" : text.hasPrefix("0") ? nil : "small"
      }
    }
    #expect(report.chain.isWhole && report.tally.decisions == 40)
    #expect(prices["large"] == nil)
    let small = try #require(prices["small"])
    #expect(small.count == 39)
    #expect(small.money.amounts.map(\.text) == ["156000.00 CNY"])
  }
}
