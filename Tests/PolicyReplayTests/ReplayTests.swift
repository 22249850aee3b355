/// Recorded decisions decided anew: what changes, what stays, and what cannot be replayed.
import DecisionLog
import PolicyEngine
import PolicyRuntime
import PolicySource
import Testing

@testable import PolicyReplay

@Suite struct ReplayTests {
  static func orders(limit: String = "5_000", more: String = "") -> String {
    """
    policy orders "Orders"
      owner "Finance"
      effective 2024-01-01
      currency CNY

    posts {
      leader          "Leader (主管)"
      general_manager "General manager (总经理)"
    }

    type Order {
      amount Money >= 0
      paid   Money >= 0
    }

    input order Order

    param scope Money "scope" illustrative = \(limit) CNY

    release may_ship "May it ship?" {
      deny unpaid "{order.amount - order.paid} is to be paid"
        when order.paid + scope < order.amount
      \(more)
    }

    approval sign "Who signs?" {
      step leader "leader" by leader approves on refusal ends
      step manager "manager" by general_manager approves when order.amount > scope on refusal ends
    }

    value twice "Twice" of Money = order.amount * 2
    """
  }

  static func body(_ amount: Int, _ paid: Int = 0) -> String {
    #"{"input":{"order":{"amount":"\#(amount).00 CNY","paid":"\#(paid).00 CNY"}}}"#
  }

  /// Forty decisions of each kind, of 0 to 7,800.
  static func log(_ set: PolicySet) throws -> RecordedLog {
    let log = try RecordedLog(set)
    for index in 0..<40 {
      for name in ["orders.may_ship", "orders.sign", "orders.twice"] {
        try log.decide(name, body(index * 200, 100))
      }
    }
    return log
  }

  static func words(_ report: ReplayReport) -> [String: Int] {
    var result: [String: Int] = [:]
    for (kind, count) in report.kinds {
      result[
        kind.decision + ": " + kind.change.words(in: .english).text(in: .english)] = count.count
    }
    return result
  }

  @Test(arguments: [(1, 1 << 20), (1, 3_000), (3, 1), (4, 5_000)])
  func theSamePoliciesChangeNothing(threads: Int, length: Int) throws {
    let set = try Policies.load(Self.orders())
    var options = ReplayOptions()
    (options.threads, options.pieceLength) = (threads, length)
    let log = try Self.log(set)
    let report = try Replay.run(log.log, by: set, options)
    #expect(report.tally.decisions == 120)
    #expect(report.tally.same == 120)
    #expect(report.kinds.isEmpty && report.hindrances.isEmpty && report.listed.isEmpty)
    #expect(report.chain.isWhole && report.chain.first == 1)
    #expect(report.tally.replayed["orders.sign"] == 40)
  }

  @Test(arguments: [(1, 1 << 20), (3, 1), (4, 5_000)])
  func changesAreCountedAndAddedUp(threads: Int, length: Int) throws {
    let log = try Self.log(try Policies.load(Self.orders()))
    let new = try Policies.load("# More.\n" + Self.orders(limit: "6_000"))
    var options = ReplayOptions()
    (options.threads, options.pieceLength, options.limit) = (threads, length, 3)
    options.sum = ["order.amount"]
    let report = try Replay.run(log.log, by: new, options)
    // 5,200 to 6,000 may ship now: 5,200, 5,400, … 6,000; and the manager signs from 6,200 on.
    #expect(
      Self.words(report) == [
        "orders.may_ship: deny becomes allow: - unpaid": 5,
        "orders.sign: general manager no longer approves": 5,
      ])
    #expect(report.tally.same == 110)
    for (_, count) in report.kinds {
      #expect(count.money.amounts.map(\.text) == ["28000.00 CNY"])
      #expect(count.money.missing == 0)
    }
    #expect(report.kinds.map(\.count.first) == [80, 81])
    #expect(report.listed.map(\.number) == [80, 81, 83])
    #expect(report.listed.map { $0.amounts?.map(\.text) ?? [] }.first == ["5200.00 CNY"])
    #expect(report.listed.first?.requestID == "r-79")
  }

  /// Without `--sum` an amount counts when there is only one.
  @Test func theAmountIsNamedWhenItIsNotClear() throws {
    let log = try Self.log(try Policies.load(Self.orders()))
    let new = try Policies.load(Self.orders(limit: "6_000"))
    let report = try Replay.run(log.log, by: new, ReplayOptions())
    #expect(report.amounts["orders.may_ship"] == .several(["order.amount", "order.paid"]))
    #expect(report.kinds.allSatisfy { $0.count.money.missing == 5 })
  }

  @Test func figuresAreOfOneKind() throws {
    let log = try Self.log(try Policies.load(Self.orders()))
    let new = try Policies.load(
      Self.orders().replacing("order.amount * 2", with: "order.amount * 3"))
    let report = try Replay.run(log.log, by: new, ReplayOptions())
    #expect(Self.words(report) == ["orders.twice: value rises": 39])
    let words = try #require(report.listed.first).change.words(in: .chinese)
    #expect(words.text(in: .of(.chinese)) == "数值 400.00 CNY 变为 600.00 CNY")
  }

  @Test func anotherSetMayBeTheBaseline() throws {
    let old = try Policies.load(Self.orders())
    let new = try Policies.load(Self.orders(limit: "6_000"))
    let log = try Self.log(new)
    var options = ReplayOptions()
    options.baseline = .set(old)
    let report = try Replay.run(log.log, by: new, options)
    #expect(
      Self.words(report) == [
        "orders.may_ship: deny becomes allow: - unpaid": 5,
        "orders.sign: general manager no longer approves": 5,
      ])
    #expect(try Replay.run(log.log, by: new, ReplayOptions()).tally.changed == 0)
  }

  @Test func decisionsAndDaysMayBeChosen() throws {
    let set = try Policies.load(Self.orders())
    let log = try RecordedLog(set)
    for day in 20...24 {
      try log.decide("orders.sign", Self.body(1), at: "2099-11-\(day)T10:00:00.000000Z")
      try log.decide("orders.twice", Self.body(1), at: "2099-11-\(day)T10:00:00.000000Z")
    }
    var options = ReplayOptions()
    options.decision = "orders.sign"
    #expect(try Replay.run(log.log, by: set, options).tally.decisions == 5)
    options.decision = "orders"
    #expect(try Replay.run(log.log, by: set, options).tally.decisions == 10)
    options.decision = "order"
    #expect(try Replay.run(log.log, by: set, options).tally.decisions == 0)
    options.decision = nil
    options.since = LogTime(Array("2099-11-22T00:00:00.000000Z".utf8).span)
    options.until = LogTime(Array("2099-11-23T10:00:00.000000Z".utf8).span)
    let report = try Replay.run(log.log, by: set, options)
    #expect(report.tally.decisions == 4 && report.skippedFiles == 2)
    #expect(report.chain.isWhole && report.chain.first != 1)
  }

  /// The day that the record names counts, not that of its time; without one the day of the time.
  @Test func recordsAreReplayedAsOfTheirDay() throws {
    let text = """
      policy days "Days"
        owner "Finance"
        effective 2024-01-01
        currency CNY

      input count Number

      param rate Number "rate" illustrative {
        from 2026-01-01: 0
        from 2026-06-01: 2
      }

      value share "Share" of Number = count / rate
      """
    let set = try Policies.load(text)
    let log = try RecordedLog(set)
    let time = "2026-11-22T20:00:00.000000Z"
    let body = #"{"input":{"count":10}}"#
    try log.decide("days.share", body, today: "2026-07-01", at: time)
    // Divided by 0: the problem document does not say which day counted.
    try log.decide("days.share", body, today: "2026-03-01", at: time)
    var options = ReplayOptions()
    options.day = { _ in Day(text: "2026-03-01".utf8) ?? .first }
    let report = try Replay.run(log.log, by: set, options)
    #expect(report.tally.same == 2 && report.tally.derivedDays == 1)
    options.day = { _ in Day(text: "2026-07-01".utf8) ?? .first }
    let other = try Replay.run(log.log, by: set, options)
    #expect(Self.words(other) == ["days.share: error division_by_zero becomes value": 1])
    let changed = try Policies.load(
      text.replacing("from 2026-06-01: 2", with: "from 2026-06-01: 5"))
    let shares = try Replay.run(log.log, by: changed, ReplayOptions())
    #expect(shares.listed.map(\.day.text).first == "2026-07-01")
  }
}
