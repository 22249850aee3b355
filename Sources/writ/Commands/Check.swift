/// `writ check`: reads a set, says what is wrong with it, and proves or refutes what it promises.
import CommandTable
import Foundation
import PolicyAnalysis
import PolicyEngine
import PolicyRuntime
import PolicySource

enum Check {
  static let spec = CommandSpec(
    name: "check",
    summary: "Reads every policy below a folder and says what is wrong.",
    positionals: [
      Positional(name: "SET", help: "the folder of the policies", fallback: "policies")
    ],
    options: [
      Option(
        name: "--format", value: .choice(["text", "json", "sarif"]),
        help: "text for people (default), JSON lines, or SARIF 2.1.0"),
      Option(
        name: "--policy", value: "NAME", help: "looks for mistakes in this policy alone"),
      Option(
        name: "--quick", value: nil,
        help: "leaves out the analysis: clauses that never speak, and the guarantees"),
      Option(
        name: "--uncovered", value: nil,
        help: "also the requests that no release of a policy decides"),
      Option(
        name: "--cost", value: nil,
        help: "also the worst case of every decision, in steps, and what takes them"),
    ],
    examples: [
      (
        "writ check policies",
        "exit code 1 when a policy has an error, or a guarantee does not hold"
      ),
      ("writ check --quick policies", "without proofs, in a moment"),
      ("writ check --cost policies", "the most costly decision first"),
      ("writ check --format sarif policies > check.sarif", "the findings for a build server"),
    ])

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitCode {
    try together(arguments)
    let result = PolicySet.load(folder: arguments.word("SET"))
    var diagnostics = result.diagnostics
    var analysis: AnalysisText?
    if let set = result.set { try UnknownName.check(policy: arguments.value("--policy"), in: set) }
    if let set = result.set, !arguments.has("--quick") {
      let found = SetFindings(
        set, policy: arguments.value("--policy"), in: console.catalog, progress: progress(console))
      if isatty(STDERR_FILENO) == 1 { console.complain("\r\u{1B}[K") }
      diagnostics.add(found.diagnostics)
      let uncovered =
        arguments.has("--uncovered")
        ? UncoveredRequests.all(of: set, policy: arguments.value("--policy")) : []
      analysis = AnalysisText(
        found: found, uncovered: uncovered, files: result.files, console: console)
    }
    switch arguments.value("--format") {
    case "json": writeJSON(diagnostics, result, analysis, arguments, console)
    case "sarif":
      let writer = DiagnosticSARIF(
        files: result.files, folder: arguments.word("SET"), in: console.catalog)
      console.write(writer.render(diagnostics.sorted, analysis?.remarks ?? []).text + "\n")
    default: writeText(diagnostics, result, analysis, arguments, console)
    }
    return result.set == nil || diagnostics.hasErrors ? .findings : .fine
  }

  /// Options that would say nothing together are refused.
  private static func together(_ arguments: Arguments) throws(UsageError) {
    if arguments.has("--quick"), arguments.has("--uncovered") {
      throw UsageError(
        "`--quick` leaves out what `--uncovered` asks for", help: "give one of the two")
    }
    if arguments.has("--cost"), arguments.value("--format") == "sarif" {
      throw UsageError("SARIF has no place for `--cost`", help: "`--format json --cost`")
    }
  }

  /// On a terminal it says how far it has come.
  private static func progress(_ console: Console) -> @Sendable (Int, Int) -> Void {
    guard isatty(STDERR_FILENO) == 1 else { return { _, _ in } }
    return { done, all in
      try? FileHandle.standardError.write(contentsOf: Data("\r\(done) / \(all) ".utf8))
    }
  }

  private static func writeText(
    _ diagnostics: DiagnosticList, _ result: PolicySet.LoadResult, _ analysis: AnalysisText?,
    _ arguments: Arguments, _ console: Console
  ) {
    console.write(Findings.text(diagnostics, result.files, console))
    guard let set = result.set else { return }
    if arguments.has("--cost") {
      console.write(CostText.lines(of: set).map { console.say($0) + "\n" }.joined())
    }
    if let analysis { console.write(analysis.text) }
    let lines = [summary(of: set, files: result.fileCount)] + versions(of: set)
    console.write(lines.map { console.say($0) + "\n" }.joined())
  }

  private static func writeJSON(
    _ diagnostics: DiagnosticList, _ result: PolicySet.LoadResult, _ analysis: AnalysisText?,
    _ arguments: Arguments, _ console: Console
  ) {
    console.write(
      DiagnosticJSON(files: result.files, in: console.catalog).render(diagnostics.sorted))
    if let analysis { console.write(analysis.json) }
    if arguments.has("--cost"), let set = result.set {
      for tree in set.costs.map(\.tree) { console.write(tree.text + "\n") }
    }
  }

  /// What was checked, in one line.
  private static func summary(of set: PolicySet, files: Int) -> Phrase {
    let size = set.size
    let policies: Phrase = size.policies == 1 ? "1 policy" : "\(size.policies) policies"
    let decisions = SourceMessages.count(size.decisions, "decision")
    let clauses = SourceMessages.count(size.clauses, "clause")
    let tables = SourceMessages.count(size.tables, "table")
    let read = SourceMessages.count(files, "file")
    return "checked \(read): \(policies), \(decisions), \(clauses), \(tables)"
  }

  /// A line for each policy that has several versions.
  private static func versions(of set: PolicySet) -> [Phrase] {
    set.versions.map { policy, ranges in
      let days = ranges.map { range -> Phrase in
        switch (range.from, range.until) {
        case (let from?, let until?): "from \(from.text) until \(until.text)"
        case (let from?, nil): "from \(from.text)"
        case (nil, let until?): "until \(until.text)"
        case (nil, nil): "always"
        }
      }
      return "versions of \(policy): \(SourceMessages.list(days, last: .semicolon))"
    }
  }
}

/// The findings of a load, for people.
enum Findings {
  /// The diagnostics, and how many more there were.
  static func text(_ result: PolicySet.LoadResult, _ console: Console) -> String {
    text(result.diagnostics, result.files, console)
  }

  /// The diagnostics, and how many more there were.
  static func text(_ list: DiagnosticList, _ files: SourceFiles, _ console: Console) -> String {
    var text = DiagnosticText(files: files, colour: console.color, in: console.catalog)
      .render(list.sorted)
    if list.dropped > 0 { text += console.say("… and \(list.dropped) more") + "\n" }
    return text
  }
}
