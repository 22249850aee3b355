/// The corpus of expressions: the reference gives what each line expects.
import Foundation
import PolicyCompiler
import PolicyRuntime
import TestSupport
import Testing

struct ExpressionCorpusTests {
  @Test func theReferenceGivesWhatEveryLineExpects() throws {
    let cases = try ExpressionCase.all()
    #expect(cases.count >= 150)
    for line in cases {
      let checked = CheckedPolicies([(name: "expressions.writ", text: try line.policy())])
      guard let set = checked.set else {
        Issue.record("line \(line.number): \(line.expression)\n\(checked.errors)")
        continue
      }
      let evaluator = ReferenceEvaluator(set)
      let decision = try #require(evaluator.decision(named: "expressions.it"))
      let answer = evaluator.answer(decision, try line.request())
      #expect(
        line.agrees(with: answer),
        "line \(line.number): \(line.expression) should be \(line.expected)\n\(answer.text)")
    }
  }
}
