/// `writ test`: runs the sample cases against a set, and says what of the set they leave open.
import CommandTable
import PolicyEngine
import PolicyRuntime
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
        name: "--format", value: .choice(["text", "json", "junit", "tap", "html"]),
        help: "text for people (default), or one document: JSON, JUnit XML, TAP 14 or an HTML page"),
      Option(
        name: "--coverage", value: nil,
        help: "also what no case shows: of clauses, conditions, thresholds and rows of tables"),
      Option(
        name: "--policy", value: "NAME",
        help: "coverage, mutants and missing cases of this policy alone"),
      Option(
        name: "--coverage-at-least", value: "N%",
        help: "exit code 1 when less than this share is covered"),
      Option(
        name: "--mutate", value: nil,
        help: "also makes small mistakes in the policies, and lists those that no case notices"),
      Option(
        name: "--mutants-at-least", value: "N%",
        help: "exit code 1 when fewer of the mistakes are noticed"),
      Option(
        name: "--suggest", value: "FOLDER",
        help: "writes the cases that are missing into the folder, for a person to confirm"),
    ],
    examples: [
      ("writ test policies samples", "exit code 1 when a case fails"),
      ("writ test --filter full_payment", "the cases of one policy"),
      (
        "writ test --coverage --policy full_payment",
        "each place of a policy at which a case is missing, and which"
      ),
      ("writ test --coverage-at-least 98%", "exit code 1 when more than 2% are missing"),
      (
        "writ test --mutate --policy full_payment",
        "each small mistake in a policy that its cases would not notice"
      ),
      ("writ test --suggest drafts --policy full_payment", "writes drafts/full_payment.cases"),
      ("writ test --format junit > results.xml", "for the page of a build server"),
    ])

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitCode {
    let wanted = try TestWishes(arguments)
    let loaded = PolicySet.load(folder: arguments.word("SET"))
    guard let set = loaded.set else {
      console.complain(Findings.text(loaded, console))
      return .findings
    }
    try wanted.check(set)
    let suite = CaseSuite(folder: arguments.word("SAMPLES"), for: set)
    if !suite.diagnostics.all.isEmpty {
      console.complain(Findings.text(suite.diagnostics, suite.files, console))
    }
    if suite.diagnostics.hasErrors { return .findings }
    let report = suite.run(filter: wanted.filter, in: console.catalog)
    let page = TestPage(
      cases: report, coverage: wanted.coverage(suite), mutants: wanted.mutants(suite, console))
    console.write(page.text(as: arguments.value("--format") ?? "text", console))
    if report.results.isEmpty {
      console.complain("writ: " + console.say("no case was run") + "\n")
      return .findings
    }
    if let folder = wanted.suggestions {
      try TestSuggestions.write(suite, page.mutants, wanted, to: folder, console)
    }
    return report.failed == 0 && wanted.areMet(by: page, console) ? .fine : .findings
  }
}
