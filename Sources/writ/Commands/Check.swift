/// `writ check`: reads a set and says what is wrong with it.
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
      console.write(DiagnosticJSON(files: result.files).render(found))
    } else {
      console.write(Findings.text(result, console))
      if let set = result.set { console.write(summary(of: set, files: result.fileCount)) }
    }
    return result.set == nil ? .findings : .fine
  }

  /// What was checked, in one line.
  private static func summary(of set: PolicySet, files: Int) -> String {
    let size = set.size
    return "checked " + Count.of(files, "file") + ": "
      + Count.of(size.policies, "policy", "policies")
      + ", " + Count.of(size.decisions, "decision") + ", " + Count.of(size.clauses, "clause") + ", "
      + Count.of(size.tables, "table") + "\n" + versions(of: set)
  }

  /// A line for each policy that has several versions.
  private static func versions(of set: PolicySet) -> String {
    set.versions.map { policy, ranges in
      let days = ranges.map { range in
        [range.from.map { "from \($0.text)" }, range.until.map { "until \($0.text)" }]
          .compactMap(\.self).joined(separator: " ")
      }
      return "versions of \(policy): \(days.joined(separator: "; "))\n"
    }.joined()
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
    var text = DiagnosticText(files: files, colour: console.color).render(list.sorted)
    if list.dropped > 0 { text += "… and \(list.dropped) more\n" }
    return text
  }
}

/// A number with its noun.
enum Count {
  /// `1 case`, `2 cases`.
  static func of(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
  }
}
