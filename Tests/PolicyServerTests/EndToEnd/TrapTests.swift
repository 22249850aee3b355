/// Errors of answers, over the socket: a 422 with the place in the policy, and never anything permitted.
import Foundation
import PolicyEngine
import TestSupport
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct TrapTests {
  /// A decision of `policies/traps.writ`, facts that make it fail, and facts that it answers.
  struct Failing {
    let decision: String
    let code: String
    let bad: String
    let good: String
    let clause: String
  }

  static let all: [Failing] = {
    let square = "\"n\":100000000000000000000"
    return [
      Failing(
        decision: "too_large", code: "overflow", bad: square, good: "\"n\":2", clause: "n * n"),
      Failing(
        decision: "by_zero", code: "division_by_zero", bad: "\"n\":0", good: "\"n\":1",
        clause: "1 / n"),
      Failing(
        decision: "currencies", code: "two_currencies", bad: "\"x\":\"1 CNY\",\"y\":\"2 EUR\"",
        good: "\"x\":\"1 CNY\",\"y\":\"2 CNY\"", clause: "x > y"),
      Failing(
        decision: "no_parameter", code: "parameter_missing", bad: "\"n\":2", good: "",
        clause: "late"),
      Failing(
        decision: "no_row", code: "no_row", bad: "\"n\":2", good: "\"n\":1", clause: "rates[n].rate"
      ),
      Failing(
        decision: "nothing_least", code: "empty_list", bad: "\"items\":[]",
        good: "\"items\":[{\"amount\":5}]", clause: "min(i.amount for i in items)"),
      Failing(
        decision: "far_date", code: "date_out_of_range", bad: "\"day\":\"9999-12-31\"",
        good: "\"day\":\"2026-11-21\"", clause: "day + 30 days"),
      Failing(
        decision: "no_fee", code: "not_applicable_value", bad: "\"n\":0", good: "\"n\":1",
        clause: "fee"),
      Failing(
        decision: "in_duty", code: "division_by_zero", bad: "\"n\":0", good: "\"n\":1",
        clause: "1 / n"),
      Failing(
        decision: "in_step", code: "division_by_zero", bad: "\"n\":0", good: "\"n\":1",
        clause: "1 / n"),
      Failing(
        decision: "in_limit", code: "division_by_zero", bad: "\"n\":0,\"x\":\"900 CNY\"",
        good: "\"n\":1,\"x\":\"900 CNY\"", clause: "1 / n"),
      Failing(
        decision: "in_check", code: "division_by_zero", bad: "\"n\":0", good: "\"n\":1",
        clause: "1 / n"),
      Failing(
        decision: "in_value", code: "division_by_zero", bad: "\"n\":0", good: "\"n\":1",
        clause: "1 / n"),
    ]
  }()

  @Test func everyErrorIsA422WithItsPlace() throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    let file = BuiltDaemon.corpus.appending(path: "traps.writ")
    let lines = try String(contentsOf: file, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    for failing in Self.all {
      let answer = try daemon.ask("traps.\(failing.decision)", Self.body(failing.bad))
      #expect(answer.status == 422, "\(failing.decision): \(answer.body)")
      #expect(answer.fields["content-type"] == "application/problem+json")
      #expect(answer.tree["code"]?.word == failing.code, "\(failing.decision): \(answer.body)")
      #expect(!answer.isPermitted && answer.tree["outcome"] == nil)
      let place = answer.tree["at"]?.word?.split(separator: ":") ?? []
      let line = place.last.flatMap { Int($0) } ?? 0
      #expect(place.first == "traps.writ" && lines.indices.contains(line - 1), "\(answer.body)")
      if lines.indices.contains(line - 1) {
        #expect(lines[line - 1].contains(failing.clause), "\(failing.decision): \(answer.body)")
      }
    }
  }

  @Test func withHarmlessFactsTheyAnswer() throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    for failing in Self.all where failing.decision != "no_parameter" {
      let answer = try daemon.ask("traps.\(failing.decision)", Self.body(failing.good))
      #expect(answer.status == 200, "\(failing.decision): \(answer.body)")
      #expect(answer.tree["outcome"]?.word != "needs", "\(failing.decision): \(answer.body)")
    }
    let later = try daemon.ask(
      "traps.no_parameter", "{\"input\":{\"n\":2},\"asOf\":\"2030-01-01\"}")
    #expect(later.isPermitted)
  }

  private static func body(_ facts: String) -> String {
    "{\"input\":{\(facts)},\"asOf\":\"2026-11-21\"}"
  }
}
