/// `writ test`: runs the sample cases against a set.
import PolicyEngine
import PolicySource

enum Test {
  static let spec = CommandSpec(
    name: "test",
    summary: "Runs the sample cases against the policies.",
    positionals: [
      Positional(name: "SET", help: "the folder of the policies", fallback: "policies"),
      Positional(
        name: "SAMPLES", help: "the folder of the cases, or one file", fallback: "samples"),
    ],
    options: [
      Option(
        name: "--filter", value: "TEXT", help: "only cases whose policy.name contains the text"),
      Option(
        name: "--format", value: "text|json", help: "text for people (default), or one document",
        choices: ["text", "json"]),
    ],
    examples: [
      ("writ test policies samples", "exit code 1 when a case fails"),
      ("writ test --filter full_payment", "the cases of one policy"),
    ])

  static func run(_ arguments: Arguments, _ console: Console) -> ExitCode {
    let loaded = PolicySet.load(folder: arguments.word("SET"))
    guard let set = loaded.set else {
      console.complain(Findings.text(loaded, console))
      return .findings
    }
    let suite = CaseSuite(folder: arguments.word("SAMPLES"), for: set)
    if !suite.diagnostics.all.isEmpty {
      console.complain(Findings.text(suite.diagnostics, suite.files, console))
    }
    if suite.diagnostics.hasErrors { return .findings }
    let report = suite.run(filter: arguments.value("--filter"), in: console.catalog)
    if arguments.value("--format") == "json" {
      console.write(report.json(in: console.catalog).text + "\n")
    } else {
      console.write(report.text(in: console.catalog))
    }
    if report.results.isEmpty {
      console.complain("writ: " + console.say("no case was run") + "\n")
      return .findings
    }
    return report.failed == 0 ? .fine : .findings
  }
}
