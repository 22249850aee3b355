/// `writ matrix`: who signs in which part of the inputs.
import CommandTable
import PolicyAnalysis
import PolicyEngine
import PolicyReport
import PolicySource

enum MatrixCommand {
  static let spec = CommandSpec(
    name: "matrix",
    summary: "Shows who acts in which part of the inputs, for an approval or a limit.",
    positionals: [
      Positional(
        name: "DECISION",
        help: "such as reimbursement.reimbursement; without it, those that have a matrix",
        fallback: "")
    ],
    options: [
      Option(
        name: "--set", value: .folder("FOLDER"), default: "policies",
        help: "the folder of the policies"),
      Option(
        name: "--format", value: .choice(["text", "csv", "html"]),
        help: "an aligned table (default), a file for spreadsheets, or one page"),
      Option(
        name: "--bom", value: nil, help: "CSV with a byte order mark, as Excel needs it"),
    ],
    examples: [
      ("writ matrix", "the decisions that have one"),
      ("writ matrix reimbursement.reimbursement", "who signs which claims"),
      (
        "writ matrix reimbursement.reimbursement --format csv --bom --lang zh > matrix.csv",
        "for Excel"
      ),
    ])

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitCode {
    let format = arguments.value("--format") ?? "text"
    if arguments.has("--bom"), format != "csv" {
      throw MatrixMessages.markWithoutSheet()
    }
    let name = arguments.word("DECISION")
    if name.isEmpty, format != "text" {
      throw MatrixMessages.formatOfNothing(format)
    }
    let loaded = PolicySet.load(folder: arguments.value("--set") ?? "policies")
    guard let set = loaded.set else {
      console.complain(Findings.text(loaded, console))
      return .findings
    }
    if name.isEmpty {
      let lines = list(of: set, console)
      if lines.isEmpty { console.complain("writ: \(console.say(MatrixMessages.nothing))\n") }
      console.write(lines)
      return .fine
    }
    guard let matrix = DeepStack.run({ Matrix(set, decision: name) }) else {
      throw none(name, set)
    }
    let table = MatrixTable(matrix: matrix, catalog: console.catalog)
    switch format {
    case "csv": console.write(table.csv(mark: arguments.has("--bom")))
    case "html": console.write(table.html)
    default: console.write(table.text)
    }
    return .fine
  }

  /// The decisions that have a matrix, with their labels.
  private static func list(of set: PolicySet, _ console: Console) -> String {
    let found = Matrix.decisions(of: set)
    let width = found.map { DisplayWidth.of($0.name) }.max() ?? 0
    return found.map { name, label in
      let padding = String(repeating: " ", count: width - DisplayWidth.of(name))
      return "\(name)\(padding)  \(BilingualLabel.half(of: label, in: console.language))\n"
    }.joined()
  }

  private static func none(_ name: String, _ set: PolicySet) -> UsageError {
    let names = Matrix.decisions(of: set).map(\.name)
    let isThere = set.decisionNames.contains(name)
    let last = name.split(separator: ".").last.map(String.init) ?? name
    let near =
      Suggestion.nearest(to: name, in: names).map { [$0] }
      ?? names.filter { $0.hasSuffix("." + last) || $0.hasPrefix(name + ".") }
    let help: Phrase =
      near.isEmpty ? MatrixMessages.list : "did you mean \(SourceMessages.names(near, last: .or))?"
    return UsageError(
      isThere ? MatrixMessages.none(name) : MatrixMessages.unknown(name), help: help)
  }
}
