/// A trace says what the answer says: on generated programs, request by request.
import Foundation
import PolicyCompiler
import PolicyEngine
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@Suite struct TraceAgreementTests {
  @Test func clausesOfTheTraceAreThoseOfTheAnswer() throws {
    let decisions = GeneratedDecisions(usual: 60)
    var compared = 0
    try decisions.visit { reference, set, generated in
      let (program, _) = Lowering.lower(reference, in: set)
      var frame = Frame(program)
      for request in generated.requests {
        let request = request.taken(by: program)
        guard let found = Self.disagreement(program, &frame, request, &compared) else { continue }
        let words =
          "SEED=\(decisions.seed) \(program.name): \(found)\n\(generated.source)\n\(request.json)"
        Issue.record(Comment(rawValue: words))
        return false
      }
      return true
    }
    #expect(compared > decisions.programs)
  }

  /// How the trace of a request differs from its answer; nil when it does not.
  private static func disagreement(
    _ program: Program, _ frame: inout Frame, _ request: ReferenceRequest, _ compared: inout Int
  ) -> String? {
    let body = Array(request.json.utf8)
    guard let plain = answer(program, &frame, body, request.asOf, .reasons) else { return nil }
    guard let traced = answer(program, &frame, body, request.asOf, .trace) else {
      return "no answer with a trace"
    }
    guard let tree = JSONTree(parsing: traced), let trace = tree["trace"]?.items else {
      return "the trace is not JSON: " + String(decoding: traced, as: UTF8.self)
    }
    compared += 1
    let rest = JSONTree.object(tree.members.filter { $0.name != "trace" })
    let untraced = JSONTree(parsing: plain)
    guard rest == untraced else { return "another answer with a trace:\n\(rest.text)" }
    guard trace.count == program.plans.count else { return "decisions are missing" }
    if tree["code"] != nil { return nil }
    return difference(tree, trace[0])
  }

  private static func answer(
    _ program: Program, _ frame: inout Frame, _ body: [UInt8], _ asOf: Day,
    _ explain: RequestOptions.Explain
  ) -> [UInt8]? {
    var options: RequestOptions
    do throws(RequestProblem) {
      options = try RequestReader.read(body.span, program, into: &frame, asOf: asOf)
    } catch {
      return nil
    }
    options.explain = explain
    if explain == .trace {
      Machine.trace(program, &frame, body: body.span)
    } else {
      Machine.run(program, &frame, body: body.span)
    }
    return WrittenAnswer.bytes(program, &frame, body, options)
  }

  // MARK: What must agree

  private static func difference(_ answer: JSONTree, _ trace: JSONTree) -> String? {
    let clauses = trace["clauses"]?.items ?? []
    guard answer["outcome"]?.word != "not_applicable" else {
      let live = clauses.filter { $0["verdict"]?.word != "not_applicable" }
      return live.isEmpty ? nil : "a clause of a decision that does not apply"
    }
    let mayApply = trace["possible"]?.items.contains(.string("not_applicable")) ?? false
    func names(_ found: [JSONTree], _ code: String) -> [String] {
      found.map { ($0[code]?.word ?? "") + ($0["item"]?.word.map { "[\($0)]" } ?? "") }
    }
    func fired(_ kinds: Set<String>, _ verdicts: Set<String>) -> [JSONTree] {
      clauses.filter {
        kinds.contains($0["clause"]?.word ?? "") && verdicts.contains($0["verdict"]?.word ?? "")
      }
    }
    var expected: [(String, [String], [String])] = []
    if let reasons = answer["reasons"]?.items, !mayApply {
      let open: Set = ["holds", "not_met", "unknown"]
      expected.append(
        (
          "reasons", names(reasons, "code"),
          names(fired(["deny", "hold", "require"], open), "code")
        ))
      let unknown = reasons.filter { $0["unknown"] == .bool(true) }
      let traced = fired(["deny", "hold", "require"], ["unknown"])
      expected.append(("unknown reasons", names(unknown, "code"), names(traced, "code")))
      let lifted = fired(["deny", "hold", "require"], ["lifted"])
      expected.append(
        ("cleared", names(answer["cleared"]?.items ?? [], "code"), names(lifted, "code")))
    }
    if let problems = answer["problems"]?.items, !mayApply {
      expected.append(
        ("problems", names(problems, "code"), names(fired(["require"], ["not_met"]), "code")))
    }
    if answer["outcome"]?.word == "chain" {
      let steps = names(answer["steps"]?.items ?? [], "step")
      expected.append(("steps", steps, names(fired(["step"], ["holds"]), "code")))
    }
    let listed = clauses.filter { $0["clause"]?.word == "duty" && $0["listed"] == .bool(true) }
    expected.append(("duties", names(answer["duties"]?.items ?? [], "code"), names(listed, "code")))
    for (what, said, told) in expected where said.sorted() != told.sorted() {
      return "\(what) of the answer \(said), of the trace \(told)\n\(answer.text)"
    }
    return needs(answer, clauses, mayApply)
  }

  /// What the reasons lack is what the answer needs; all of it, when nothing follows from the answer.
  private static func needs(
    _ answer: JSONTree, _ clauses: [JSONTree], _ mayApply: Bool
  ) -> String? {
    guard answer["reasons"] != nil || answer["problems"] != nil, !mayApply else { return nil }
    let kinds: Set = ["deny", "hold", "require"]
    let lacking = clauses.filter {
      kinds.contains($0["clause"]?.word ?? "") && $0["verdict"]?.word == "unknown"
    }
    let told = Set(lacking.flatMap { $0["needs"]?.items ?? [] }.compactMap(\.word))
    let said = Set((answer["needs"]?.items ?? []).compactMap(\.word))
    let others = clauses.contains { !kinds.contains($0["clause"]?.word ?? "") }
    let agree = others ? told.isSubset(of: said) : told == said
    return agree ? nil : "needs of the answer \(said), of the trace \(told)\n\(answer.text)"
  }
}
