/// `writ matrix`: who signs in which part of the inputs.
import CommandTable
import PolicyAnalysis
import PolicyEngine
import PolicySource

enum MatrixCommand {
  static let spec = CommandSpec(
    name: "matrix",
    summary: "Shows the authority matrix of an approval or a limit.",
    positionals: [
      Positional(name: "DECISION", help: "such as reimbursement.reimbursement", fallback: nil)
    ],
    options: [
      Option(name: "--set", value: "FOLDER", help: "the folder of the policies (default: policies)")
    ],
    examples: [("writ matrix reimbursement.reimbursement", "who signs which claims")])

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitCode {
    let loaded = PolicySet.load(folder: arguments.value("--set") ?? "policies")
    guard let set = loaded.set, let matrix = Matrix(set, decision: arguments.word("DECISION"))
    else { return .findings }
    for row in matrix.rows {
      for region in row.regions { console.write(region.map { console.say($0) }.joined(separator: ", ") + "\n") }
      for (column, cell) in zip(matrix.columns, row.cells) where cell != nil {
        console.write("    \(column.label): \(cell ?? "")\n")
      }
    }
    console.write("whole \(matrix.isWhole) \(matrix.open)\n")
    return .fine
  }
}
