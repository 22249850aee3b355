/// Traces: every clause with its verdict, and an answer that is the same with and without one.
import Foundation
import PolicyEngine
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@Suite struct TraceTests {
  static let set = PolicySet.load(
    folder: Golden.corpus.appendingPathComponent("sets/traced").path
  ).set

  /// The answer to a request, without its decision id.
  private func answer(
    _ set: PolicySet, _ decision: String, _ input: JSONTree, _ explain: String
  ) throws -> (status: Int, tree: JSONTree) {
    let members: [JSONTree.Member] = input.members.filter { $0.name != "explain" }
    let body = JSONTree.object(members + [.init("explain", .string(explain))]).bytes
    var out: [UInt8] = []
    let status = Evaluator(set).decide(
      decision: Array(decision.utf8).span, body: body.span, requestID: Array("t".utf8).span,
      today: Day(number: 20_000), into: &out)
    let tree = try #require(JSONTree(parsing: out))
    let kept = tree.members.filter { $0.name != "decisionId" && $0.name != "requestId" }
    return (status, .object(kept))
  }

  /// Every request of the folder: its answer without the trace is the answer that does not ask for one, and
  /// the trace tells of every clause of the program.
  @Test(arguments: Golden.files("explain", endings: "json"))
  func traceTellsOfEveryClause(file: URL) throws {
    let set = try #require(Self.set)
    let request = try #require(JSONTree(parsing: try Golden.bytes(file)))
    let name = try #require(request["decision"]?.word)
    let input = JSONTree.object(request.members.filter { $0.name != "decision" })
    let plain = try answer(set, name, input, "reasons")
    let traced = try answer(set, name, input, "trace")
    let rest = traced.tree.members.filter { $0.name != "trace" }
    #expect(JSONTree.object(rest).bytes == plain.tree.bytes)
    #expect(traced.status == plain.status)
    let trace = try #require(traced.tree["trace"]).items
    let program = try #require(set.program(named: name))
    #expect(trace.count == program.plans.count)
    for (decision, plan) in zip(trace, program.plans.reversed()) {
      let clauses = decision["clauses"]?.items ?? []
      #expect(clauses.count >= plan.clauses.count)
    }
    let lines =
      (trace.flatMap { decision -> [String] in
        var head = decision
        if case .object(let members) = decision {
          head = .object(members.filter { $0.name != "clauses" && $0.name != "computed" })
        }
        return [head.text] + (decision["computed"]?.items ?? []).map { "  " + $0.text }
          + (decision["clauses"]?.items ?? []).map { "  " + $0.text }
      }).joined(separator: "\n")
    try Golden.check(
      lines + "\n", against: file.deletingPathExtension().appendingPathExtension("trace"))
  }
}
