/// What is secret stands in no answer, no trace, no problem and no logged request.
import Foundation
import PolicyEngine
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@Suite struct SecretAnswerTests {
  static let set = PolicySet.load(
    folder: Golden.corpus.appendingPathComponent("sets/secrets").path
  ).set

  /// Every secret value holds one of these.
  static let tokens = ["geheim", "8675309"]

  private static let applicant = """
    {"name": "Li", "id_number": "geheim867530912345", "telephone": "geheim 1", "salary": "86753.09 CNY",
     "bank": "icbc", "adviser": "geheim wang",
     "cards": [{"number": "geheim 2", "kind": "debit"}, {"number": "geheim 3", "kind": "credit"}]}
    """

  private static func ask(
    _ decision: String, _ body: String, status expected: Int = 200, masks: Bool = true
  ) throws -> (answer: JSONTree, logged: String) {
    let evaluator = Evaluator(try #require(set))
    let day = try #require(Day(text: Array("2026-11-21".utf8)))
    var out: [UInt8] = []
    let name = Array(decision.utf8)
    let bytes = Array(body.utf8)
    let status = evaluator.decide(
      decision: name.span, body: bytes.span, requestID: Array("r".utf8).span, today: day, into: &out
    )
    let text = String(decoding: out, as: UTF8.self)
    #expect(status == expected, "\(text)")
    var logged: [UInt8] = []
    let isMasked = evaluator.mask(
      decision: name.span, body: bytes.span, today: day, key: HMAC(key: [1, 2, 3]), into: &logged)
    #expect(isMasked == masks)
    let words = String(decoding: logged, as: UTF8.self)
    for token in tokens + ["86753.09"] {
      #expect(!text.contains(token), "\(text)")
      #expect(!words.contains(token), "\(words)")
    }
    return (try #require(JSONTree(parsing: out)), words)
  }

  @Test(arguments: ["none", "reasons", "trace"]) func answersShowNoSecret(explain: String) throws {
    let (answer, logged) = try Self.ask(
      "people.hire", #"{"input": {"applicant": \#(Self.applicant)}, "explain": "\#(explain)"}"#)
    let codes = answer["reasons"]?.items.compactMap { $0["code"]?.word }
    #expect(codes == ["too_much", "known", "card", "card", "rank"])
    guard explain != "none" else { return }
    let reasons = try #require(answer["reasons"]?.items)
    let hidden = JSONTree.string("***")
    #expect(reasons[0]["facts"]?["applicant.salary"] == hidden)
    #expect(reasons[0]["facts"]?["applicant.bank"] == hidden)
    #expect(reasons[1]["facts"]?["applicant.id_number"] == hidden)
    #expect(reasons[2]["facts"]?["card.number"] == hidden)
    #expect(logged.contains(#""name": "Li", "id_number": {"masked":"hmac-sha256:"#))
    guard explain == "trace" else { return }
    let computed = try #require(answer["trace"]?.items.first?["computed"]?.items)
    #expect(computed.contains { $0["name"]?.word == "yearly" && $0["value"] == hidden })
    #expect(computed.contains { $0["name"]?.word == "number" && $0["value"] == hidden })
  }

  /// What is missing is named; what is absent is not hidden.
  @Test func pathsStay() throws {
    let (answer, _) = try Self.ask(
      "people.hire", #"{"input":{"applicant":{"name":"Li","telephone":null}}}"#)
    let needs = answer["needs"]?.items.compactMap(\.word) ?? []
    #expect(needs.contains("applicant.salary") && needs.contains("applicant.bank"))
  }

  @Test(arguments: [
    (#""id_number": "geheim""#, "pattern_mismatch"),
    (#""salary": "86753098675309 CNY""#, "out_of_range"),
    (#""salary": "geheim""#, "bad_money"),
    (#""salary": 8675309.123456789"#, "too_many_places"),
    (#""bank": "geheim icb""#, "unknown_member"),
    (#""telephone": 8675309"#, "wrong_type"),
    (#""cards": [{"number": ["geheim"]}]"#, "wrong_type"),
  ])
  func problemsShowNoSecret(member: String, code: String) throws {
    let (problem, _) = try Self.ask(
      "people.hire", #"{"input":{"applicant":{\#(member)}}}"#, status: 400)
    #expect(problem["code"]?.word == code)
    #expect(problem["pointer"]?.word?.hasPrefix("/input/applicant/") == true)
    #expect(problem["nearest"] == nil)
  }

  /// A clearance that says `***` of a fact does not say what it was.
  @Test(arguments: [("***", "deny"), ("86753.09 CNY", "allow")])
  func recordedSecretIsCompared(salary: String, outcome: String) throws {
    let facts = #"{"applicant.salary":"\#(salary)","applicant.bank":"icbc"}"#
    let (answer, logged) = try Self.ask(
      "people.hire",
      """
      {"input":{"applicant":{"name":"Li","id_number":"aaaaaa123456789012","telephone":null,
        "salary":"86753.09 CNY","bank":"icbc","adviser":"wang","cards":[]}},
       "clearances":[{"decision":"hire","code":"too_much","by":"manager","on":"2026-11-21","facts":\(facts)}]}
      """)
    let codes = answer["reasons"]?.items.compactMap { $0["code"]?.word } ?? []
    #expect(codes.contains("too_much") == (outcome == "deny"))
    if outcome == "deny" {
      let refused = try #require(answer["refusedClearances"]?.items.first)
      #expect(refused["reason"]?.word == "case_changed")
      #expect(refused["fact"]?.word == "applicant.salary")
    }
    #expect(logged.contains(#""applicant.salary":{"masked":"#))
    #expect(logged.contains(#""applicant.bank":{"masked":"#))
  }

  @Test func approvalShowsNoSecret() throws {
    let body = """
      {"input":{"applicant":\(Self.applicant)},"explain":"trace","history":[
        {"decision":"contract","step":"manager","person":"li","post":"manager","result":"passes","on":"2026-11-21",
         "facts":{"applicant.salary":"86753.09 CNY","applicant.adviser":"geheim wang"}}]}
      """
    let (answer, logged) = try Self.ask("people.contract", body)
    #expect(answer["status"]?.word == "approved")
    #expect(answer["facts"]?["applicant.salary"] == .string("***"))
    #expect(answer["facts"]?["applicant.adviser"] == .string("***"))
    #expect(logged.contains(#""facts":{"applicant.salary":{"masked":"#))
  }

  /// Facts of another decision, of which this one knows nothing.
  @Test func requestOfAnotherPolicyIsMasked() throws {
    let (_, logged) = try Self.ask(
      "desk.enter",
      """
      {"input": {"visits": 2},
       "clearances": [{"decision": "people.hire", "code": "known", "by": "porter", "on": "2026-11-21",
         "facts": {"applicant.id_number": "geheim", "visits": 2, "applicant.gone": 8675309}}]}
      """)
    #expect(logged.contains(#""visits": 2, "applicant.gone": {"masked":"#))
    let (_, plain) = try Self.ask("desk.enter", "{\"input\":\n{\"visits\":2}}")
    #expect(plain == "{\"input\":{\"visits\":2}}")
  }

  @Test func requestThatNobodyReadIsNotLogged() throws {
    let early = #"{"asOf":"2020-01-01","input":{"applicant":"geheim"}}"#
    _ = try Self.ask("people.nobody", early, status: 404, masks: false)
  }
}
