/// `writ report`: a set of policies as one page for people who never open a policy file.
import CommandTable
import PolicyAnalysis
import Foundation
import PolicyEngine
import PolicyReport
import PolicySource

enum Report {
  static let spec = CommandSpec(
    name: "report",
    summary: "Writes the policies as one page for people: rules in words, pictures, coverage.",
    positionals: [
      Positional(name: "SET", help: "the folder of the policies", fallback: "policies"),
      Positional(
        name: "SAMPLES", help: "the folder of the cases, or one file", fallback: "samples"),
    ],
    options: [
      Option(name: "--policy", value: "NAME", help: "this policy alone"),
      Option(
        name: "--baseline", value: .folder("OLDSET"),
        help: "also what is written otherwise than in this folder of policies"),
      Option(
        name: "--quick", value: nil,
        help: "leaves out what the analysis says: matrices, guarantees, changes of answers"),
      Option(
        name: "--output", value: .file("FILE"),
        help: "write the page to a file instead of standard output"),
    ],
    examples: [
      ("writ report --output policies.html", "one file, without scripts, to be read or printed"),
      (
        "writ report --policy full_payment --lang zh --output full_payment.html",
        "one policy, in Chinese"
      ),
      ("writ report --baseline ../last-year/policies --output changes.html", "with what changed"),
    ])

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitCode {
    let file = try OutputFile(arguments.value("--output") ?? "-")
    guard let set = loaded(arguments.word("SET"), console) else { return .findings }
    var report = PolicyReport(set)
    try UnknownName.check(policy: arguments.value("--policy"), in: set)
    report.only = arguments.value("--policy")
    let samples = arguments.word("SAMPLES")
    // Without cases the page says nothing of them; those that are named must be there.
    if samples == "samples", !FileManager.default.fileExists(atPath: samples) {
      console.complain("writ: \(console.say(noSamples(samples)))\n")
    }
    if samples != "samples" || FileManager.default.fileExists(atPath: samples) {
      let suite = CaseSuite(folder: samples, for: set)
      if !suite.diagnostics.all.isEmpty {
        console.complain(Findings.text(suite.diagnostics, suite.files, console))
      }
      if suite.diagnostics.hasErrors { return .findings }
      report.cases = PolicyReport.Cases(suite)
    }
    if let folder = arguments.value("--baseline") {
      guard let old = loaded(folder, console) else { return .findings }
      report.baseline = (old, folder)
    }
    if !arguments.has("--quick") {
      let asked = ReportAnalysis(set, report.only, report.baseline, console.catalog)
      report.analysis = DeepStack.run { asked.models }
      report.tables = [
        AnalysisMessages.chinese, DiffMessages.chinese, ChangeMessages.chinese,
        MatrixMessages.chinese,
      ]
    }
    try file.write(report.html(in: console.language), console)
    return .fine
  }

  private static func noSamples(_ folder: String) -> Phrase {
    "there is no folder `\(folder)`: the page says nothing of sample cases"
  }

  private static func loaded(_ folder: String, _ console: Console) -> PolicySet? {
    let loaded = PolicySet.load(folder: folder)
    if loaded.set == nil { console.complain(Findings.text(loaded, console)) }
    return loaded.set
  }
}
