/// `writ check`: reads a set and says what is wrong with it.
import CommandTable
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
        name: "--format", value: .choice(["text", "json"]),
        help: "text for people (default), or JSON lines"),
      Option(
        name: "--cost", value: nil,
        help: "also the worst case of every decision, in steps, and what takes them"),
    ],
    examples: [
      ("writ check policies", "exit code 1 when a policy has an error"),
      ("writ check --cost policies", "the most costly decision first"),
    ])

  static func run(_ arguments: Arguments, _ console: Console) -> ExitCode {
    let result = PolicySet.load(folder: arguments.word("SET"))
    let found = result.diagnostics.sorted
    if arguments.value("--format") == "json" {
      console.write(DiagnosticJSON(files: result.files, in: console.catalog).render(found))
      if arguments.has("--cost"), let set = result.set {
        for tree in set.costs.map(\.tree) { console.write(tree.text + "\n") }
      }
    } else {
      console.write(Findings.text(result, console))
      if let set = result.set {
        let found = SetFindings(set)
        console.write(Findings.text(found.diagnostics, result.files, console))
        for one in found.guarantees { console.write("\(one.policy).\(one.name) \(one.verdict)\n") }
        for one in found.notAnalysed { console.write("not analysed \(one.decision) \(one.clause) \(one.expressions)\n") }
        console.write("clauses \(found.clauses)\n")
        var lines = arguments.has("--cost") ? CostText.lines(of: set) : []
        lines += [summary(of: set, files: result.fileCount)] + versions(of: set)
        console.write(lines.map { console.say($0) + "\n" }.joined())
      }
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
