/// What an evaluator keeps between requests shows in no answer.
import Foundation
import PolicyEngine
import PolicyRuntime
import TestSupport
import Testing

@Suite struct EvaluatorTests {
  private func decide(_ evaluator: Evaluator, _ decision: String, asOf day: String) -> String {
    let body = #"{"input":{"claim":"6000 CNY","signed":false},"asOf":"\#(day)"}"#
    var out: [UInt8] = []
    _ = evaluator.decide(
      decision: Array(decision.utf8).span, body: Array(body.utf8).span,
      requestID: Array("r".utf8).span, today: Day(number: 0), into: &out)
    return String(decoding: out, as: UTF8.self)
  }

  @Test func everyAnswerHasTheDayOfItsRequest() throws {
    let folder = Golden.corpus.appendingPathComponent("sets/versions-hole").path
    let set = try #require(PolicySet.load(folder: folder).set)
    let evaluator = Evaluator(set)
    for day in ["2026-05-01", "2026-06-30", "2026-05-01", "2027-01-01", "2027-01-02"] {
      let answer = decide(evaluator, "payment.may_pay", asOf: day)
      #expect(answer.contains(#""asOf":"\#(day)","policies":"\#(set.digest)","requestId":"r""#))
    }
  }

  @Test func noTwoAnswersHaveTheSameNumber() throws {
    let folder = Golden.corpus.appendingPathComponent("sets/versions-hole").path
    let set = try #require(PolicySet.load(folder: folder).set)
    let evaluator = Evaluator(set)
    var numbers: Set<Substring> = []
    for turn in 0..<40 {
      let day = turn % 2 == 0 ? "2026-05-01" : "2027-01-01"
      let answer = decide(evaluator, "payment.may_pay", asOf: day)
      let number = try #require(answer.firstMatch(of: /"decisionId":"([0-9a-f]{32})"/))
      numbers.insert(number.1)
    }
    #expect(numbers.count == 40)
  }
}
