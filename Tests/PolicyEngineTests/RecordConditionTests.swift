/// Conditions over records of the decision log: what matches, what is not known, what is refused.
import PolicyEngine
import Testing

@Suite struct RecordConditionTests {
  static let record = """
    {"requestId":"r-1","micros":21,"request":{"input":{"order":{"amount":"12000.00 CNY","paid":9000,"kind":"retail",\
    "on":"2026-11-20","share":"6%","urgent":true,"note":null,"number":"SC20261122DD0001",\
    "lines":[{"stock":3},{"stock":0}],"name":{"masked":"hmac-sha256:00"}}}},\
    "answer":{"outcome":"deny","permitted":false,"copies":["finance"]}}
    """

  static func matches(_ text: String) throws -> Bool {
    var condition = try RecordCondition(text)
    return condition.matches(try #require(JSONTree(parsing: Array(record.utf8))))
  }

  @Test(arguments: [
    "order.amount = 12_000 CNY", "order.amount > 11_999.99999999 CNY", "order.paid < order.amount",
    "order.paid >= 9_000 CNY", "order.amount - order.paid = 3_000 CNY", "order.kind is retail",
    "order.kind in [retail, trial]", "order.kind not in [trial]", "order.on < 2026-11-21",
    "order.on in 2026-11-01..2026-11-20", "order.share = 6%", "order.share < 0.07",
    "order.urgent", "order.urgent is true", "not (answer.permitted)", "order.note is absent",
    "order.nothing is absent", "order.kind is present", "order.lines[2].stock = 0",
    "answer.outcome is deny and record.micros < 22", "order.number starts with \"SC2026\"",
    "order.nothing > 1 or order.paid = 9_000", "order.amount in 1 CNY..<12_000.01 CNY",
    "request.input.order.kind != \"trial\"", "order.nothing > 1 implies order.urgent",
    "\"finance\" in answer.copies", "-1 < 0",
  ]) func holds(text: String) throws { #expect(try Self.matches(text)) }

  @Test(arguments: [
    "order.amount = 12_000 USD", "not (order.amount = 12_000 USD)", "order.nothing > 1",
    "not (order.nothing > 1)", "order.nothing is retail", "order.kind > \"a\"",
    "order.lines[3].stock = 0", "order.lines[0].stock = 0", "order.amount < 12_000 CNY",
    "order.amount in 1 CNY..<12_000 CNY", "order = 1", "order.kind", "order.note is present",
    "order.on < \"tomorrow\"", "order.name is \"Li\"", "not (order.name is \"Li\")",
  ]) func doesNotHold(text: String) throws { #expect(try !Self.matches(text)) }

  @Test(arguments: [
    "", "order.amount >", "count(order.lines) > 1", "order.amount * 2 > 1",
    "any l in order.lines where l.stock > 0", "order.kind is better than B", "\"{order.kind}\" = 1",
    "1 + 2",
  ]) func otherFormsAreRefused(text: String) {
    #expect(throws: RecordCondition.Refusal.self) { try RecordCondition(text) }
  }

  @Test func secretsAreTold() throws {
    var condition = try RecordCondition("order.name is \"Li\" or order.urgent")
    #expect(condition.matches(try #require(JSONTree(parsing: Array(Self.record.utf8)))))
    #expect(condition.masked == ["order.name"])
  }
}
