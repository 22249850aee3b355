/// `writ check`: reads a set and says what is wrong with it.
import PolicyEngine
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
        name: "--format", value: "text|json", help: "text for people (default), or JSON lines",
        choices: ["text", "json"])
    ],
    examples: [
      ("writ check policies", "exit code 1 when a policy has an error")
    ])

  static func run(_ arguments: Arguments, _ console: Console) -> ExitCode {
    let result = PolicySet.load(folder: arguments.word("SET"))
    let found = result.diagnostics.sorted
    if arguments.value("--format") == "json" {
      console.write(DiagnosticJSON(files: result.files, in: console.catalog).render(found))
    } else {
      console.write(Findings.text(result, console))
      if let set = result.set { console.write(console.say(summary(of: set, files: result.fileCount)) + "\n") }
    }
    return result.set == nil ? .findings : .fine
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
