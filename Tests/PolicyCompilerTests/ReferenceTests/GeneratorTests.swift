/// The generator's programs are well-typed, and its requests meet every outcome.
import Foundation
import PolicyCompiler
import TestSupport
import Testing

struct GeneratorTests {
  /// `GENERATED=20000 swift test` runs more programs; `COUNTERS=1` prints what occurred.
  private static func setting(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name]
  }

  @Test func everyProgramChecksAndEveryRequestHasAnAnswer() {
    let programs = Self.setting("GENERATED").flatMap { Int($0) } ?? 2_000
    var generator = ProgramGenerator(seed: 0x5752_4954)
    var counters = Counters()
    var failures = 0
    let clock = ContinuousClock()
    for number in 1...programs where failures < 3 {
      let start = clock.now
      let program = generator.next()
      let written = clock.now
      counters.add(program.constructs)
      let checked = CheckedPolicies(program.files)
      let typed = clock.now
      guard let set = checked.set else {
        failures += 1
        Issue.record("program \(number):\n\(checked.errors)\n\(program.source)")
        continue
      }
      counters.add("programs")
      // Answers take most of the time; a tenth of the programs shows that every outcome occurs.
      if number % 10 == 0 { count(program, ReferenceEvaluator(set), into: &counters) }
      counters.add("microseconds: generating", Self.microseconds(written - start))
      counters.add("microseconds: checking", Self.microseconds(typed - written))
      counters.add("microseconds: answering", Self.microseconds(clock.now - typed))
    }
    if Self.setting("COUNTERS") != nil { print(counters.text) }
    guard failures == 0, programs >= 2_000 else { return }
    for outcome in [
      "allow", "hold", "deny", "chain", "invalid", "valid", "within", "exceeded", "grade", "value",
      "needs", "not_applicable",
    ] {
      #expect(counters.counts["outcome: \(outcome)", default: 0] > 50, "\(outcome) hardly occurs")
    }
    for trap in [
      "overflow", "division_by_zero", "two_currencies", "parameter_missing", "no_row",
      "empty_list", "not_applicable_value", "date_out_of_range",
      "outside_calendar", "rate_missing", "unknown_currency",
    ] {
      #expect(counters.counts["trap: \(trap)", default: 0] > 0, "\(trap) never occurs")
    }
    #expect(counters.counts["outcome: refused"] == nil, "a generated request is malformed")
  }

  private static func microseconds(_ time: Duration) -> Int {
    Int(time.components.attoseconds / 1_000_000_000_000) + Int(time.components.seconds) * 1_000_000
  }

  private func count(
    _ program: GeneratedProgram, _ evaluator: ReferenceEvaluator, into counters: inout Counters
  ) {
    for name in program.decisions {
      guard let decision = evaluator.decision(named: name) else {
        Issue.record("\(name) is missing in \(program.source)")
        continue
      }
      for request in program.requests {
        let answer = evaluator.answer(decision, request)
        counters.add("answers")
        counters.add("outcome: \(answer.outcome)")
        if let trap = answer.trap { counters.add("trap: \(trap)") }
        if !answer.cleared.isEmpty { counters.add("answer: cleared") }
        if !answer.needs.isEmpty { counters.add("answer: needs") }
        if answer.reasons.contains(where: \.isUnknown) { counters.add("answer: unknown reason") }
        if answer.reasons.contains(where: { $0.item != nil }) { counters.add("answer: item") }
        if answer.limit?.isWarning ?? false { counters.add("answer: warning") }
        if !answer.duties.isEmpty { counters.add("answer: duties") }
        if !answer.copies.isEmpty { counters.add("answer: copies") }
      }
    }
  }
}
