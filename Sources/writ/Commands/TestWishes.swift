/// What `writ test` is asked for besides running the cases, and the document that it writes.
import CommandTable
import PolicyAnalysis
import Glibc
import PolicyEngine
import PolicyRuntime
import PolicySource

/// The options of `writ test` about coverage, mutants and missing cases.
struct TestWishes {
  /// A share that must be reached.
  private struct Least {
    let words: String
    let share: Decimal

    /// Nil when the option is not given.
    init?(_ arguments: Arguments, _ option: String) throws(UsageError) {
      guard let words = arguments.value(option) else { return nil }
      guard words.hasSuffix("%"), let number = try? Decimal(text: Array(words.utf8.dropLast())),
        number >= .zero, number <= Decimal(100), let share = number.divided(by: Decimal(100))
      else {
        throw UsageError(
          "`\(option)` does not know `\(words)`", help: "a share from 0% to 100%, such as `95%`")
      }
      self.words = words
      self.share = share
    }
  }

  let filter: String?
  let policy: String?
  /// The folder for the cases that are missing.
  let suggestions: String?
  private let coverage: Bool
  private let mutates: Bool
  private let leastCoverage: Least?
  private let leastMutants: Least?

  init(_ arguments: Arguments) throws(UsageError) {
    filter = arguments.value("--filter")
    policy = arguments.value("--policy")
    suggestions = arguments.value("--suggest")
    leastCoverage = try Least(arguments, "--coverage-at-least")
    leastMutants = try Least(arguments, "--mutants-at-least")
    mutates = arguments.has("--mutate") || leastMutants != nil
    coverage =
      arguments.has("--coverage") || leastCoverage != nil
      || policy != nil && !mutates && suggestions == nil
  }

  /// A policy that is named must be there, and what is to be written must have its place.
  func check(_ set: PolicySet) throws(UsageError) {
    try UnknownName.check(policy: policy, in: set)
    if let suggestions {
      try TestSuggestions.check(suggestions, for: policy.map { [$0] } ?? set.policyNames)
    }
  }

  /// What the cases show, when that is asked for.
  func coverage(_ suite: CaseSuite) -> CoverageReport? {
    guard coverage else { return nil }
    let report = suite.coverage(filter: filter)
    return policy.map { report.of(policy: $0) } ?? report
  }

  /// What the cases notice, when that is asked for; on a terminal it says how far it has come.
  func mutants(_ suite: CaseSuite, _ console: Console) -> MutationReport? {
    guard mutates else { return nil }
    var run = MutationRun()
    run.isEquivalent = { SameAnswers.areProved($0, in: $1.types) }
    run.policy = policy
    run.filter = filter
    let isTold = isatty(STDERR_FILENO) == 1
    if isTold {
      run.progress = { done, all in console.complain("\r\(done) / \(all) ") }
    }
    defer { if isTold { console.complain("\r\u{1B}[K") } }
    return suite.mutation(run)
  }

  /// Whether the shares that were asked for are reached; says which is not.
  func areMet(by page: TestPage, _ console: Console) -> Bool {
    var areMet = true
    if let least = leastCoverage, let report = page.coverage,
      !report.total.total.reaches(least.share)
    {
      console.complain("writ: \(console.say(report.words(tooLittleFor: least.words)))\n")
      areMet = false
    }
    if let least = leastMutants, let report = page.mutants, !report.total.reaches(least.share) {
      console.complain("writ: \(console.say(report.words(tooFewFor: least.words)))\n")
      areMet = false
    }
    return areMet
  }
}

/// Everything that `writ test` has found out, as one document.
struct TestPage {
  let cases: CaseReport
  let coverage: CoverageReport?
  let mutants: MutationReport?

  /// The document in a format, in the language of the console.
  func text(as format: String, _ console: Console) -> String {
    let catalog = console.catalog
    switch format {
    case "json":
      var members = cases.json(in: catalog).members
      if let coverage { members.append(.init("coverage", coverage.json(in: catalog))) }
      if let mutants { members.append(.init("mutation", mutants.json(in: catalog))) }
      return JSONTree.object(members).text + "\n"
    case "junit": return cases.junit(in: catalog)
    case "tap": return cases.tap(in: catalog)
    case "html":
      return cases.html(
        coverage: coverage, mutants: mutants, in: catalog, language: console.language)
    default:
      var text = cases.text(in: catalog)
      if let coverage { text += "\n" + coverage.text(in: catalog) }
      if let mutants { text += "\n" + mutants.text(in: catalog) }
      return text
    }
  }
}
