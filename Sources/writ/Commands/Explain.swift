/// `writ explain`: why an answer is what it is, how far it holds, and what would turn it.
import CommandTable
import PolicyAnalysis
import PolicyEngine
import PolicyRuntime
import PolicySource

enum Explain {
  static let spec = CommandSpec(
    name: "explain",
    summary: "Says why an answer is what it is, how far it holds, and what would turn it.",
    positionals: [
      Positional(name: "DECISION", help: "such as full_payment.may_ship", fallback: nil)
    ],
    options: RequestInput.ofASet + [
      Option(
        name: "--format", value: .choice(["text", "json"]),
        help: "text for people (default), or one document")
    ],
    examples: [
      (
        "writ explain full_payment.may_ship --input request.json",
        "says for which values the answer stays, and what would turn it"
      )
    ])

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitCode {
    let today = try Eval.day(arguments)
    let read = try RequestInput.read(arguments, console)
    let loaded = PolicySet.load(folder: arguments.value("--set") ?? "policies")
    guard let set = loaded.set else {
      console.complain(Findings.text(loaded, console))
      return .findings
    }
    let name = arguments.word("DECISION")
    let body = RequestInput.envelope(read, arguments)
    let answered = answer(set, name, body, today, console)
    let isText = arguments.value("--format") != "json"
    guard answered.isAnswered, let request = JSONTree(parsing: body),
      let found = DeepStack.run({
        Explanation(set, decision: name, request: dated(request, today))
      })
    else {
      console.write(
        isText
          ? AnswerText.text(of: answered.tree, answered: false, in: console.catalog)
          : answered.tree.text + "\n")
      return .findings
    }
    if isText {
      console.write(AnswerText.text(of: answered.tree, answered: true, in: console.catalog))
      let lines = ExplainText(found: found, language: console.language).lines
      console.write(lines.map { console.say($0) + "\n" }.joined())
    } else {
      let document = ExplainDocument(found: found, answer: answered.tree, catalog: console.catalog)
      console.write(document.tree.text + "\n")
    }
    return .fine
  }

  private static func answer(
    _ set: PolicySet, _ decision: String, _ body: [UInt8], _ today: Day, _ console: Console
  ) -> (tree: JSONTree, isAnswered: Bool) {
    var out: [UInt8] = []
    let evaluator = Evaluator(set)
    evaluator.language = console.language
    let status = evaluator.decide(
      decision: Array(decision.utf8).span, body: body.span,
      requestID: Array("writ-explain".utf8).span, today: today, into: &out)
    return (JSONTree(parsing: out) ?? .null, status == 200)
  }

  /// The request with the day on which it is decided.
  private static func dated(_ request: JSONTree, _ today: Day) -> JSONTree {
    if request["asOf"] != nil { return request }
    return .object(request.members + [.init("asOf", .string(today.text))])
  }
}
