/// What came of running sample cases: for people as text, for programs as JSON.
public import PolicySource

/// The results of a run.
public struct CaseReport: Sendable {
  /// What an expectation came to, when it was not met.
  public struct Failure: Sendable {
    /// The expectation as written, on one line.
    public let expectation: Phrase
    /// `cases/x.cases:12`.
    public let place: String
    /// What differs.
    public let differences: [CaseDifference]
  }

  /// What a case came to.
  public struct Result: Sendable {
    /// The policy and the case's own name.
    public let policy: String
    /// The name.
    public let name: String
    /// The sentence for people; may be empty.
    public let label: String
    /// Where the case stands.
    public let place: String
    /// The expectations that were not met; empty when the case passed.
    public let failures: [Failure]
  }

  /// The results in the order of files and cases.
  public internal(set) var results: [Result] = []

  /// How many cases failed.
  public var failed: Int { results.count { !$0.failures.isEmpty } }

  /// The report for people in English.
  public var text: String { text(in: .english) }

  /// The report for programs in English.
  public var json: JSONTree { json(in: .english) }

  /// Failing cases with expected against got, and a summary line.
  public func text(in catalog: Catalog) -> String {
    func say(_ phrase: Phrase) -> String { phrase.text(in: catalog) }
    var text = ""
    for result in results where !result.failures.isEmpty {
      text += say("FAIL \(result.policy) · \(result.name)")
      text += (result.label.isEmpty ? "" : " “\(result.label)”") + "\n"
      for failure in result.failures {
        text += "  \(failure.place): \(say(failure.expectation))\n"
        for difference in failure.differences {
          text += "    " + say(CaseMessages.difference(difference)) + "\n"
          for remark in difference.remarks { text += "      \(say(remark))\n" }
        }
      }
    }
    return text + say(CaseMessages.summary(results.count, failed: failed)) + "\n"
  }

  /// The whole report as one JSON document.
  public func json(in catalog: Catalog) -> JSONTree {
    .object([
      .init("cases", .array(results.map { tree($0, catalog) })),
      .init("passed", .number(String(results.count - failed))),
      .init("failed", .number(String(failed))),
    ])
  }

  private func tree(_ result: Result, _ catalog: Catalog) -> JSONTree {
    .object([
      .init("policy", .string(result.policy)), .init("case", .string(result.name)),
      .init("label", .string(result.label)), .init("at", .string(result.place)),
      .init("passed", .bool(result.failures.isEmpty)),
      .init("failures", .array(result.failures.map { tree($0, catalog) })),
    ])
  }

  private func tree(_ failure: Failure, _ catalog: Catalog) -> JSONTree {
    let differences = failure.differences.map { difference in
      JSONTree.object([
        .init("part", .string(difference.part)),
        .init("expected", .string(difference.expected.text(in: catalog))),
        .init("got", .string(difference.got.text(in: catalog))),
        .init("remarks", .array(difference.remarks.map { .string($0.text(in: catalog)) })),
      ])
    }
    return .object([
      .init("expect", .string(failure.expectation.text(in: catalog))),
      .init("at", .string(failure.place)),
      .init("differences", .array(differences)),
    ])
  }
}
