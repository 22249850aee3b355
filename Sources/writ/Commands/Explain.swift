/// `writ explain`: why an answer is what it is, how far it holds, and what would turn it.
import CommandTable
import Foundation
import PolicyAnalysis
import PolicyEngine
import PolicySource

enum Explain {
  static let spec = CommandSpec(
    name: "explain",
    summary: "Says why an answer is what it is, how far it holds, and what would turn it.",
    positionals: [
      Positional(name: "DECISION", help: "such as full_payment.may_ship", fallback: nil)
    ],
    options: [
      Option(name: "--set", value: "FOLDER", help: "the folder of the policies (default: policies)"),
      Option(name: "--input", value: "FILE", help: "the request"),
    ],
    examples: [("writ explain full_payment.may_ship --input request.json", "what would turn it")])

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitCode {
    let loaded = PolicySet.load(folder: arguments.value("--set") ?? "policies")
    guard let set = loaded.set, let path = arguments.value("--input"),
      let bytes = FileManager.default.contents(atPath: path),
      let request = JSONTree(parsing: Array(bytes)),
      let found = Explanation(set, decision: arguments.word("DECISION"), request: request)
    else { return .findings }
    console.write((found.answer["outcome"]?.word ?? found.answer.text) + "\n")
    for range in found.ranges {
      console.write("  \(range.fact) = \(range.value): ")
      console.write(range.isFree ? "anything\n" : range.holds.map { console.say($0) + "\n" } ?? "open\n")
    }
    console.write("until \(found.until ?? "-")\n")
    for turn in found.turns {
      console.write("  if \(console.say(turn.change)): \(console.say(turn.result.words(in: .english)))\n")
    }
    return .fine
  }
}
