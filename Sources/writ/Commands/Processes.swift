/// `writ processes`: which process of a company's register is decided by which policy.
import CommandTable
import PolicyEngine
import PolicySource

enum Processes {
  static let spec = CommandSpec(
    name: "processes",
    summary: "Says which policy decides which process of a register.",
    positionals: [
      Positional(
        name: "REGISTER", help: "a CSV file: `process,title,area,evidence`", fallback: nil),
      Positional(name: "SET", help: "the folder of the policies", fallback: "policies"),
      Positional(
        name: "SAMPLES", help: "the folder of the cases, or one file", fallback: "samples"),
    ],
    options: [
      Option(
        name: "--format", value: .choice(["text", "markdown", "json"]),
        help: "what is not decided (default), a page, or one document")
    ],
    examples: [
      ("writ processes samples/processes.csv", "exit code 1 when a process is not decided"),
      (
        "writ processes samples/processes.csv --format markdown > coverage.md",
        "the page for people"
      ),
    ])

  static func run(_ arguments: Arguments, _ console: Console) -> ExitCode {
    let loaded = PolicySet.load(folder: arguments.word("SET"))
    guard let set = loaded.set else {
      console.complain(Findings.text(loaded, console))
      return .findings
    }
    let suite = CaseSuite(folder: arguments.word("SAMPLES"), for: set)
    let register = ProcessRegister(file: arguments.word("REGISTER"), adding: suite.files)
    var found = suite.diagnostics
    found.add(register.diagnostics)
    let coverage = ProcessCoverage(register, set, suite)
    if !found.hasErrors { found.add(coverage.diagnostics) }
    if !found.all.isEmpty { console.complain(Findings.text(found, register.files, console)) }
    if found.hasErrors { return .findings }
    switch arguments.value("--format") {
    case "markdown": console.write(coverage.markdown(in: console.catalog))
    case "json": console.write(coverage.json.text + "\n")
    default: console.write(coverage.text(in: console.catalog))
    }
    return coverage.decided == coverage.entries.count ? .fine : .findings
  }
}
