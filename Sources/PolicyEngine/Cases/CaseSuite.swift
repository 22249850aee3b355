/// The sample cases of a folder: read, checked against a set, and run through the engine as a client's requests.
public import PolicyCompiler
import PolicyRuntime
public import PolicySource
import PolicySyntax

/// All cases below a folder; runs only when none of the files has an error.
public struct CaseSuite: Sendable {
  /// The files of the set and of the cases, for places.
  public let files: SourceFiles
  /// Errors and warnings of the cases files.
  public private(set) var diagnostics: DiagnosticList
  /// The cases in order of files and lines.
  public let cases: [(policy: String, sample: TypedCase)]

  /// The recorded requests, after the cases.
  private(set) var recorded: [RecordedCase] = []
  let set: PolicySet
  /// The epoch of each case.
  let homes: [Int]

  /// Reads all `.cases` files below a folder, or the one file named, and checks them against a set.
  public init(folder path: String, for set: PolicySet) {
    var folder = SetFolder(path, suffix: ".cases", adding: set.types.files, singleFile: true)
    folder.decodeSheets(declared: [:])
    self.init(folder.files, reading: folder.read, folder.diagnostics, for: set)
    for id in folder.records {
      recorded += RecordedCase.read(folder.files[id], id: id, for: set, &diagnostics)
    }
  }

  /// Reads files of cases that are known by their texts.
  init(_ files: SourceFiles, reading ids: [FileID], _ found: DiagnosticList, for set: PolicySet) {
    self.set = set
    self.files = files
    diagnostics = found
    var cases: [(policy: String, sample: TypedCase)] = []
    var homes: [Int] = []
    for id in ids {
      let (tree, parsed) = PolicyParser.parseCases(files[id], id: id)
      diagnostics.add(parsed)
      let checked = CaseEpochs(tree, set.epochs, files: files)
      diagnostics.add(checked.diagnostics)
      cases += checked.cases.map { (tree.policy.text, $0.sample) }
      homes += checked.cases.map(\.epoch)
    }
    self.cases = cases
    self.homes = homes
  }

  /// For each case the decisions of which it expects something, and those among them that answer more than
  /// `not_applicable`; as `policy.decision`.
  var expectedDecisions: [(all: Set<String>, answered: Set<String>)] {
    zip(cases, homes).map { entry, home in
      let types = set.epochs[home].types
      func name(_ expectation: TypedExpectation) -> String {
        let policy = types.policies[expectation.decision.policy]
        return "\(policy.name).\(policy.decisions[expectation.decision.index].name)"
      }
      let expectations = entry.sample.expectations
      return (
        Set(expectations.map(name)),
        Set(expectations.filter { $0.outcome != .answer("not_applicable") }.map(name))
      )
    }
  }

  /// Runs the cases whose `policy.name` contains a text; all of them without one.
  public func run(filter: String? = nil, in catalog: Catalog = .english) -> CaseReport {
    let evaluator = Evaluator(set)
    evaluator.language = catalog.language
    var report = CaseReport()
    for ((policy, sample), home) in zip(cases, homes) {
      if let filter, !"\(policy).\(sample.name)".contains(filter) { continue }
      var failures = sample.expectations.compactMap { expectation -> CaseReport.Failure? in
        let found = differences(of: sample, in: home, expectation, evaluator)
        if found.isEmpty { return nil }
        return CaseReport.Failure(
          expectation: words(expectation), place: files.place(of: expectation.range),
          differences: found)
      }
      if sample.expectations.isEmpty {
        failures.append(
          CaseReport.Failure(
            expectation: "case \(sample.name)", place: files.place(of: sample.range),
            differences: [
              CaseDifference("expectations", expected: "at least one `expect`", got: "none")
            ]))
      }
      report.results.append(
        CaseReport.Result(
          policy: policy, name: sample.name, label: sample.label,
          place: files.place(of: sample.range), failures: failures))
    }
    for recorded in recorded { record(recorded, filter, evaluator, &report) }
    return report
  }

  private func record(
    _ recorded: RecordedCase, _ filter: String?, _ evaluator: Evaluator,
    _ report: inout CaseReport
  ) {
    let policy = String(recorded.decision.prefix { $0 != "." })
    if let filter, !"\(policy).\(recorded.name)".contains(filter) { return }
    let found = recorded.differences(evaluator)
    let failures =
      found.isEmpty
      ? []
      : [
        CaseReport.Failure(
          expectation: .verbatim(recorded.decision), place: recorded.place, differences: found)
      ]
    report.results.append(
      CaseReport.Result(
        policy: policy, name: recorded.name, label: "", place: recorded.place, failures: failures))
  }

  private func differences(
    of sample: TypedCase, in home: Int, _ expectation: TypedExpectation, _ evaluator: Evaluator
  ) -> [CaseDifference] {
    let types = set.epochs[home].types
    let policy = types.policies[expectation.decision.policy]
    let decision = policy.decisions[expectation.decision.index]
    let name = "\(policy.name).\(decision.name)"
    let known = set.program(named: name, on: sample.asOf) ?? set.program(named: name)
    guard let program = known else {
      return [CaseDifference("decision", expected: .verbatim(name), got: "no such decision")]
    }
    let body = CaseRequest(sample: sample, program: program, types: types).body
    var out: [UInt8] = []
    let status = evaluator.decide(
      decision: Array(name.utf8).span, body: body.span, requestID: Array("case".utf8).span,
      today: sample.asOf, into: &out)
    return CaseComparison(
      expectation: expectation, answer: CaseAnswer(status: status, body: out),
      decision: decision, types: types.types
    ).differences
  }

  /// The expectation as written; of a row of a CSV file, its heading and its cell.
  private func words(_ expectation: TypedExpectation) -> Phrase {
    let words = oneLine(expectation.range)
    return expectation.heading.map { "column `\($0)`: \(words)" } ?? .verbatim(words)
  }

  /// The words of a range with runs of blanks and line breaks as one blank.
  private func oneLine(_ range: SourceRange) -> String {
    files[range.file].text(in: range).split { $0.isWhitespace }.joined(separator: " ")
  }
}
