/// Comparing an answer with what a case expects: each part that differs becomes one line, expected against got.
import PolicyCompiler
import PolicyRuntime
import PolicySyntax

/// A part of an answer that is not as expected.
public struct CaseDifference: Sendable, Equatable {
  /// `outcome`, `reasons`, `needs`, `duties`, `copies`, `steps`, `limit`, `grade`, `value`, `error`.
  public let part: String
  /// As the case says it.
  public let expected: String
  /// As the answer says it.
  public let got: String
  /// What explains it: reasons that were not expected, with their places in the policy.
  public let remarks: [String]

  init(_ part: String, expected: String, got: String, remarks: [String] = []) {
    self.part = part
    self.expected = expected
    self.got = got
    self.remarks = remarks
  }
}

/// One expectation against one answer.
struct CaseComparison {
  let expectation: ExpectationTree
  let answer: CaseAnswer
  let decision: TypedDecision

  /// What differs; empty when the answer is as expected.
  var differences: [CaseDifference] {
    if let trap = expectation.error {
      guard answer.error?.code != trap.text else { return [] }
      return [CaseDifference("error", expected: trap.text, got: gotOutcome, remarks: reasonRemarks)]
    }
    if let error = answer.error {
      return [
        CaseDifference(
          "outcome", expected: expectedOutcome, got: "error \(error.code)",
          remarks: [located(error.detail, error.place)])
      ]
    }
    var found: [CaseDifference] = []
    if let line = outcomeDifference { found.append(line) }
    if let line = figureDifference { found.append(line) }
    if let line = stepDifference { found.append(line) }
    found += setDifferences
    return found
  }

  /// The outcomes that have a word of their own; any other word is a class or a figure.
  private static let words: Set<String> = [
    "allow", "hold", "deny", "chain", "invalid", "valid", "within", "exceeded", "needs",
    "not_applicable",
  ]

  private var outcomeWord: String? {
    expectation.outcome.map(\.text).flatMap { Self.words.contains($0) ? $0 : nil }
  }

  private var expectedOutcome: String {
    if let outcomeWord { return outcomeWord }
    if expectation.chain != nil { return "chain" }
    return decision.body.kindName
  }

  private var gotOutcome: String {
    answer.error.map { "error \($0.code)" } ?? answer.outcome
  }

  private var outcomeDifference: CaseDifference? {
    let needsAlone =
      expectation.outcome == nil && expectation.chain == nil && expectation.value == nil
    let expected = needsAlone ? "needs" : expectedOutcome
    guard answer.outcome != expected else { return nil }
    let remarks = answer.needs.map { "needs `\($0)`" } + reasonRemarks
    return CaseDifference("outcome", expected: expected, got: answer.outcome, remarks: remarks)
  }

  /// The limit, class or figure.
  private var figureDifference: CaseDifference? {
    var expected: String?
    if let value = expectation.value { expected = CaseValue.tree(of: value).word }
    if let word = expectation.outcome?.text, !Self.words.contains(word) { expected = word }
    guard let expected else { return nil }
    let got = answer.figure ?? "nothing"
    guard !Self.same(expected, got) else { return nil }
    return CaseDifference(
      part, expected: expected, got: got, remarks: answer.needs.map { "needs `\($0)`" })
  }

  private var part: String {
    switch decision.body {
    case .limit: "limit"
    case .grade: "grade"
    default: "value"
    }
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
    guard let chain = expectation.chain else { return nil }
    let expected = chain.map(\.text)
    let got = answer.steps.map(\.code)
    guard expected != got else { return nil }
    let extra = answer.steps.filter { !expected.contains($0.code) }
    return CaseDifference(
      "steps", expected: "[" + expected.joined(separator: ", ") + "]",
      got: "[" + got.joined(separator: ", ") + "]",
      remarks: extra.map { located("extra `\($0.code)`", $0.place) })
  }

  /// Codes, needs, duties and copies: equal as bags, order does not count.
  private var setDifferences: [CaseDifference] {
    var found: [CaseDifference] = []
    let codes = expectation.codes.map { codes in
      codes.map { code in code.name.text + (code.item.map { "[\($0)]" } ?? "") }
    }
    let lines: [(part: String, expected: [String]?, got: [String])] = [
      ("reasons", codes, answer.reasons.map(\.code)),
      ("needs", expectation.needs.map { $0.map(\.text) }, answer.needs),
      ("duties", expectation.duties.map { $0.map(\.text) }, answer.duties),
      ("copies", expectation.copies.map { $0.map(\.text) }, answer.copies),
    ]
    for (part, expected, got) in lines {
      guard let expected, expected.sorted() != got.sorted() else { continue }
      let missing = expected.filter { !got.contains($0) }.map { "missing `\($0)`" }
      let extra = got.filter { !expected.contains($0) }.map { code in
        let reason = answer.reasons.first { part == "reasons" && $0.code == code }
        return located(
          "extra `\(code)`" + (reason.map { ": " + $0.text } ?? ""), reason?.place ?? "")
      }
      found.append(
        CaseDifference(part, expected: bag(expected), got: bag(got), remarks: missing + extra))
    }
    return found
  }

  private func bag(_ words: [String]) -> String {
    words.isEmpty ? "{ }" : "{ " + words.joined(separator: ", ") + " }"
  }

  private var reasonRemarks: [String] {
    answer.reasons.map { located("`\($0.code)`: \($0.text)", $0.place) }
  }

  private func located(_ remark: String, _ place: String) -> String {
    place.isEmpty ? remark : "\(remark) (\(place))"
  }
}
