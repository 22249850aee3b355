/// Comparing an answer with what a case expects: each part that differs becomes one line, expected against got.
import PolicyCompiler
import PolicyRuntime
public import PolicySource

/// A part of an answer that is not as expected.
public struct CaseDifference: Sendable, Equatable {
  /// `outcome`, `reasons`, `needs`, `duties`, `copies`, `steps`, `limit`, `grade`, `value`, `error`.
  public let part: String
  /// As the case says it.
  public let expected: Phrase
  /// As the answer says it.
  public let got: Phrase
  /// What explains it: reasons that were not expected, with their places in the policy.
  public let remarks: [Phrase]

  init(_ part: String, expected: Phrase, got: Phrase, remarks: [Phrase] = []) {
    self.part = part
    self.expected = expected
    self.got = got
    self.remarks = remarks
  }
}

/// One expectation against one answer.
struct CaseComparison {
  let expectation: TypedExpectation
  let answer: CaseAnswer
  let decision: TypedDecision
  let types: TypeTable

  /// What differs; empty when the answer is as expected.
  var differences: [CaseDifference] {
    if case .error(let trap) = expectation.outcome {
      guard answer.error?.code != trap else { return [] }
      let got: Phrase = answer.error.map { "error \($0.code)" } ?? .verbatim(answer.outcome)
      return [
        CaseDifference("outcome", expected: "error \(trap)", got: got, remarks: reasonRemarks)
      ]
    }
    if let error = answer.error {
      return [
        CaseDifference(
          "outcome", expected: expectedOutcome.map { .verbatim($0) } ?? "an answer",
          got: "error \(error.code)",
          remarks: [located(error.detail, error.place)])
      ]
    }
    return [outcomeDifference, figureDifference, stepDifference, warningDifference].compactMap(
      \.self)
      + stateDifferences + setDifferences
  }

  /// The word of the outcome that is expected; nil when the case leaves it open.
  private var expectedOutcome: String? {
    switch expectation.outcome {
    case .answer(let word): word
    case .chain: "chain"
    case .grade: "grade"
    case .figure, .whole: "value"
    case .limit(_, let within): within.map { $0 ? "within" : "exceeded" }
    case .error: "error"
    }
  }

  private var outcomeDifference: CaseDifference? {
    guard let expected = expectedOutcome, answer.outcome != expected else { return nil }
    return CaseDifference(
      "outcome", expected: .verbatim(expected), got: .verbatim(answer.outcome),
      remarks: needRemarks + reasonRemarks)
  }

  /// The limit, class or figure.
  private var figureDifference: CaseDifference? {
    let part: String
    let expected: String?
    switch expectation.outcome {
    case .whole(let value):
      guard !agrees(value, answer.value ?? .null) else { return nil }
      let got: Phrase = answer.value.map { .verbatim(Self.words($0)) } ?? "nothing"
      return CaseDifference(
        "value", expected: .verbatim(words(value)), got: got, remarks: needRemarks)
    case .grade(let member):
      part = "grade"
      guard case .grade(let grade) = decision.body else { return nil }
      expected = types[grade.enumeration].members[member].name
    case .figure(let constant):
      part = "value"
      expected = WireValue.tree(of: constant, in: types).word
    case .limit(let constant, _):
      part = "limit"
      expected = WireValue.tree(of: constant, in: types).word
    default: return nil
    }
    if let expected, let got = answer.figure, Self.same(expected, got) { return nil }
    guard let expected else { return nil }
    let got: Phrase = answer.figure.map { .verbatim($0) } ?? "nothing"
    return CaseDifference(part, expected: .verbatim(expected), got: got, remarks: needRemarks)
  }

  /// Whether two figures are equal: amounts by number and currency, all else by letters.
  static func same(_ expected: String, _ got: String) -> Bool {
    if expected == got { return true }
    let (a, b) = (expected.split(separator: " "), got.split(separator: " "))
    guard let first = a.first, let second = b.first,
      let left = figure(first), let right = figure(second), left == right
    else { return false }
    return a.count < 2 || b.count < 2 || a[1] == b[1]
  }

  private static func figure(_ text: Substring) -> Decimal? {
    let share = text.hasSuffix("%")
    let digits = Array((share ? text.dropLast() : text).utf8)
    guard let decimal = try? Decimal(text: digits) else { return nil }
    return share ? decimal.divided(by: Decimal(100)) : decimal
  }

  private var stepDifference: CaseDifference? {
    guard case .chain(let tasks) = expectation.outcome else { return nil }
    let (expected, got) = (tasks.map(words), words(answer.tasks, like: tasks))
    guard expected != got else { return nil }
    let extra = answer.steps.filter { step in !tasks.contains { $0.name == step.code } }
    return CaseDifference(
      "steps", expected: .verbatim("[" + expected.joined(separator: ", ") + "]"),
      got: .verbatim("[" + got.joined(separator: ", ") + "]"),
      remarks: extra.map { located("extra `\($0.code)`", $0.place) })
  }

  /// `pay by finance due 2026-11-25`.
  private func words(_ task: TypedExpectation.Task) -> String {
    task.name + (task.by.map { " by \($0)" } ?? "") + (task.due.map { " due \($0.text)" } ?? "")
  }

  /// Steps or duties of the answer, each in as many words as the case has for it.
  private func words(
    _ tasks: [CaseAnswer.Task], like expected: [TypedExpectation.Task]
  ) -> [String] {
    tasks.map { task in
      let own = expected.filter { $0.name == task.name }
      let by = own.contains { $0.by != nil } ? " by \(task.by ?? "…")" : ""
      return task.name + by + (own.contains { $0.due != nil } ? " due \(task.due ?? "…")" : "")
    }
  }

  private var warningDifference: CaseDifference? {
    guard let warns = expectation.warns, warns != answer.warns else { return nil }
    let words: (Bool) -> Phrase = { $0 ? "with warning" : "without warning" }
    return CaseDifference("warning", expected: words(warns), got: words(answer.warns))
  }

  /// How far an approval has come.
  private var stateDifferences: [CaseDifference] {
    let state = expectation.state
    let remarks = answer.violations.map { violation -> Phrase in
      "`\(violation.code)`: \(Phrase(template: violation.text, parts: []))"
    }
    var found: [CaseDifference] = []
    func compare(_ part: String, _ expected: Phrase?, _ got: Phrase) {
      guard let expected, expected != got else { return }
      found.append(CaseDifference(part, expected: expected, got: got, remarks: remarks))
    }
    compare(
      "status", state.status.map { .verbatim($0) }, answer.status.map { .verbatim($0) } ?? "nothing"
    )
    compare("next", state.next.map(list), list(answer.next))
    compare(
      "returned to", state.returnedTo.map { .verbatim($0) },
      answer.returnedTo.map { .verbatim($0) } ?? "nobody")
    let violations = state.violations?.map { $0.code + ($0.item.map { "[\($0)]" } ?? "") }
    compare(
      "violations", violations.map { bag($0.sorted()) },
      bag(answer.violations.map(\.code).sorted()))
    return found
  }

  private func list(_ names: [String]) -> Phrase {
    .verbatim("[" + names.joined(separator: ", ") + "]")
  }

  /// Codes, needs, duties and copies: equal as bags, order does not count.
  private var setDifferences: [CaseDifference] {
    var found: [CaseDifference] = []
    let codes = expectation.codes.map { codes in
      codes.map { code in code.code + (code.item.map { "[\($0)]" } ?? "") }
    }
    let lines: [(part: String, expected: [String]?, got: [String])] = [
      ("reasons", codes, answer.reasons.map(\.code)),
      ("needs", expectation.needs, answer.needs),
      (
        "duties", expectation.duties?.map(words),
        words(answer.duties, like: expectation.duties ?? [])
      ),
      ("copies", expectation.copies, answer.copies),
      ("notices", expectation.notices, answer.notices),
      ("files", expectation.files, answer.files),
    ]
    for (part, expected, got) in lines {
      guard let expected, expected.sorted() != got.sorted() else { continue }
      let missing = expected.filter { !got.contains($0) }.map { code -> Phrase in
        "missing `\(code)`"
      }
      let extra = got.filter { !expected.contains($0) }.map { code -> Phrase in
        let reason = answer.reasons.first { part == "reasons" && $0.code == code }
        return located(
          reason.map { "extra `\(code)`: \($0.text)" } ?? "extra `\(code)`", reason?.place ?? "")
      }
      found.append(
        CaseDifference(part, expected: bag(expected), got: bag(got), remarks: missing + extra))
    }
    return found
  }

  private func bag(_ words: [String]) -> Phrase {
    .verbatim(words.isEmpty ? "{ }" : "{ " + words.joined(separator: ", ") + " }")
  }

  private var needRemarks: [Phrase] { answer.needs.map { "needs `\($0)`" } }

  private var reasonRemarks: [Phrase] {
    answer.reasons.map { located("`\($0.code)`: \($0.text)", $0.place) }
  }

  private func located(_ remark: Phrase, _ place: String) -> Phrase {
    place.isEmpty ? remark : "\(remark) (\(place))"
  }
}
