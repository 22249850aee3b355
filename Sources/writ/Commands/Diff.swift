/// `writ diff`: what a change of policies changes, for all inputs.
import CommandTable
import PolicyAnalysis
import PolicyEngine
import PolicySource

enum Diff {
  static let spec = CommandSpec(
    name: "diff",
    summary: "Says what a change of policies changes, for all inputs.",
    positionals: [
      Positional(name: "OLD", help: "the folder of the policies before", fallback: "policies"),
      Positional(name: "NEW", help: "the folder of the policies after", fallback: "policies"),
    ],
    options: [
      Option(name: "--decision", value: "NAME", help: "only this decision, `policy.decision`"),
      Option(
        name: "--format", value: .choice(["text", "json", "html"]),
        help: "text for people (default), one document, or one page"),
    ],
    examples: [
      ("writ diff policies-before policies", "exit code 3 when an answer changes")
    ])

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitCode {
    guard let old = load(arguments.word("OLD"), console),
      let new = load(arguments.word("NEW"), console)
    else { return .findings }
    let diff = SemanticDiff(from: old, to: new, decision: arguments.value("--decision"))
    for one in diff.decisions {
      console.write("\(one.decision): \(one.verdict)\n")
      for change in one.changes {
        console.write("  " + console.say(change.change.words(in: .english)) + "\n")
        for region in change.regions {
          console.write("    where " + region.map { console.say($0) }.joined(separator: ", ") + "\n")
        }
        console.write("    whole \(change.isWhole) \(change.witness.request.text)\n")
      }
      for open in one.open {
        console.write("  open \(open.part) \(open.expressions) \(open.place)\n")
      }
    }
    return diff.changes ? .answersChange : .fine
  }

  private static func load(_ folder: String, _ console: Console) -> PolicySet? {
    let loaded = PolicySet.load(folder: folder)
    if loaded.set == nil { console.complain(Findings.text(loaded, console)) }
    return loaded.set
  }
}
