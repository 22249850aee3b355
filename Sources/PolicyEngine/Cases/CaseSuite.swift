/// The sample cases of a folder: read, checked against a set, and run through the engine as a client's requests.
import PolicyRuntime
import PolicyCompiler
public import PolicySource
import PolicySyntax

/// All cases below a folder; runs only when none of the files has an error.
public struct CaseSuite: Sendable {
  /// The files of the set and of the cases, for places.
  public let files: SourceFiles
  /// Errors and warnings of the cases files.
  public let diagnostics: DiagnosticList
  /// The cases in order of files and lines.
  public let cases: [SampleCase]

  private let set: PolicySet

  /// Reads all `.cases` files below a folder, or the one file named, and checks them against a set.
  public init(folder path: String, for set: PolicySet) {
    self.set = set
    let folder = SetFolder(path, suffix: ".cases", adding: set.types.files, singleFile: true)
    var diagnostics = folder.diagnostics
    var cases: [SampleCase] = []
    for id in folder.read {
      let (tree, parsed) = PolicyParser.parseCases(folder.files[id], id: id)
      diagnostics.add(parsed)
      let known = Dictionary(tree.cases.map { ($0.name.text, $0) }) { first, _ in first }
      cases += tree.cases.map { SampleCase($0, of: tree.policy.text, among: known) }
    }
    files = folder.files
    self.diagnostics = diagnostics
    self.cases = cases
  }

  /// Runs the cases whose `policy.name` contains a text; all of them without one.
  public func run(filter: String? = nil) -> CaseReport {
    let evaluator = Evaluator(set)
    var report = CaseReport()
    for sample in cases {
      let name = "\(sample.policy).\(sample.tree.name.text)"
      if let filter, !name.contains(filter) { continue }
      report.results.append(run(sample, evaluator))
    }
    return report
  }

  private func run(_ sample: SampleCase, _ evaluator: Evaluator) -> CaseReport.Result {
    var failures: [CaseReport.Failure] = []
    if let fault = sample.fault {
      failures.append(
        failure(sample.tree.range, "case \(sample.tree.name.text)", "facts", fault))
    } else if sample.tree.expectations.isEmpty {
      failures.append(
        failure(
          sample.tree.range, "case \(sample.tree.name.text)", "expectations", "it expects nothing"))
    }
    for expectation in sample.tree.expectations where sample.fault == nil {
      let differences = differences(of: sample, expectation, evaluator)
      if differences.isEmpty { continue }
      failures.append(
        CaseReport.Failure(
          expectation: oneLine(expectation.range), place: files.place(of: expectation.range),
          differences: differences))
    }
    return CaseReport.Result(
      policy: sample.policy, name: sample.tree.name.text,
      label: sample.tree.label?.plain ?? "", place: files.place(of: sample.tree.range),
      failures: failures)
  }

  private func differences(
    of sample: SampleCase, _ expectation: ExpectationTree, _ evaluator: Evaluator
  ) -> [CaseDifference] {
    let name = "\(expectation.policy?.text ?? sample.policy).\(expectation.decision.text)"
    guard let program = set.program(named: name), let decision = set.decision(named: name) else {
      return [CaseDifference("decision", expected: name, got: "no such decision")]
    }
    let body = CaseRequest.body(of: sample, for: program, in: set)
    var out: [UInt8] = []
    let day = sample.asOf.flatMap { Day(text: Array($0.utf8)) } ?? Day(number: 0)
    let status = evaluator.decide(
      decision: Array(name.utf8).span, body: body.span, requestID: Array("case".utf8).span,
      today: day, into: &out)
    let answer = CaseAnswer(status: status, body: out)
    return CaseComparison(expectation: expectation, answer: answer, decision: decision).differences
  }

  private func failure(
    _ range: SourceRange, _ line: String, _ part: String, _ got: String
  ) -> CaseReport.Failure {
    CaseReport.Failure(
      expectation: line, place: files.place(of: range),
      differences: [CaseDifference(part, expected: "a case that can be run", got: got)])
  }

  /// The words of a range with runs of blanks and line breaks as one blank.
  private func oneLine(_ range: SourceRange) -> String {
    files[range.file].text(in: range).split { $0.isWhitespace }.joined(separator: " ")
  }
}
