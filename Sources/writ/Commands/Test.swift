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
        name: "--format", value: .choice(["text", "json"]),
        help: "text for people (default), or one document"),
      Option(
        name: "--coverage", value: nil,
        help: "also what no case shows: of clauses, conditions, thresholds and rows of tables"),
      Option(name: "--policy", value: "NAME", help: "the coverage of this policy alone"),
      Option(
        name: "--coverage-at-least", value: "N%",
        help: "exit code 1 when less than this share is covered"),
    ],
    examples: [
      ("writ test policies samples", "exit code 1 when a case fails"),
      ("writ test --filter full_payment", "the cases of one policy"),
      (
        "writ test --coverage --policy full_payment",
        "each place of a policy at which a case is missing, and which"
      ),
      ("writ test --coverage-at-least 98%", "exit code 1 when more than 2% are missing"),
    ])

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitCode {
    let wanted = try Coverage(arguments)
    let loaded = PolicySet.load(folder: arguments.word("SET"))
    guard let set = loaded.set else {
      console.complain(Findings.text(loaded, console))
      return .findings
    }
    try wanted?.check(set)
    let suite = CaseSuite(folder: arguments.word("SAMPLES"), for: set)
    if !suite.diagnostics.all.isEmpty {
      console.complain(Findings.text(suite.diagnostics, suite.files, console))
    }
    if suite.diagnostics.hasErrors { return .findings }
    let filter = arguments.value("--filter")
    let report = suite.run(filter: filter, in: console.catalog)
    let coverage = wanted?.report(suite, filter)
    if arguments.value("--format") == "json" {
      var members = report.json(in: console.catalog).members
      if let coverage { members.append(.init("coverage", coverage.json(in: console.catalog))) }
      console.write(JSONTree.object(members).text + "\n")
    } else {
      console.write(report.text(in: console.catalog))
      if let coverage { console.write("\n" + coverage.text(in: console.catalog)) }
    }
    if report.results.isEmpty {
      console.complain("writ: " + console.say("no case was run") + "\n")
      return .findings
    }
    let isEnough = coverage.map { wanted?.isEnough($0, console) ?? true } ?? true
    return report.failed == 0 && isEnough ? .fine : .findings
  }

  /// What is asked about coverage.
  private struct Coverage {
    let policy: String?
    let least: (words: String, share: Decimal)?

    /// Nil when nothing is asked.
    init?(_ arguments: Arguments) throws(UsageError) {
      policy = arguments.value("--policy")
      let option = "--coverage-at-least"
      if let words = arguments.value(option) {
        guard let share = Self.share(words) else {
          throw UsageError("`\(option)` does not know `\(words)`", help: "such as `95%`")
        }
        least = (words, share)
      } else {
        least = nil
      }
      if policy == nil, least == nil, !arguments.has("--coverage") { return nil }
    }

    /// `95%` as a fraction; nil for anything but a percentage from 0 to 100.
    private static func share(_ words: String) -> Decimal? {
      guard words.hasSuffix("%"), let number = try? Decimal(text: Array(words.utf8.dropLast())),
        number >= .zero, number <= Decimal(100)
      else { return nil }
      return number.divided(by: Decimal(100))
    }

    func check(_ set: PolicySet) throws(UsageError) {
      let names = set.policyNames
      guard let policy, !names.contains(policy) else { return }
      throw UsageError(
        "there is no policy `\(policy)`",
        help: Suggestion.nearest(to: policy, in: names).map { "did you mean `\($0)`?" })
    }

    func report(_ suite: CaseSuite, _ filter: String?) -> CoverageReport {
      let report = suite.coverage(filter: filter)
      return policy.map { report.of(policy: $0) } ?? report
    }

    func isEnough(_ report: CoverageReport, _ console: Console) -> Bool {
      guard let least, !report.total.total.reaches(least.share) else { return true }
      let words = report.words(tooLittleFor: least.words)
      console.complain("writ: " + console.say(words) + "\n")
      return false
    }
  }
}
