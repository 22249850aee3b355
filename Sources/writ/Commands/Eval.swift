/// `writ eval`: one decision without a daemon.
import CommandTable
import PolicyEngine
import PolicyRuntime
import PolicySource

enum Eval {
  static let spec = CommandSpec(
    name: "eval",
    summary: "Decides one request and prints the answer.",
    positionals: [
      Positional(
        name: "DECISION", value: "DECISION", help: "such as full_payment.may_ship", fallback: nil)
    ],
    options: RequestInput.ofASet + [
      RequestInput.explain,
      RequestInput.format,
    ],
    examples: [
      (
        "writ eval full_payment.may_ship --input request.json --format text",
        "exit code 0 for an answer, 1 when the request is refused"
      ),
      (
        "echo '{\"amount\": 500}' | writ eval POLICY.DECISION --bare --input -",
        "the inputs from standard input"
      ),
    ])

  static func run(
    _ arguments: Arguments, _ console: Console
  ) throws(UsageError) -> ExitCode {
    let today = try day(arguments)
    let read = try RequestInput.read(arguments, console)
    let loaded = PolicySet.load(folder: arguments.value("--set") ?? "policies")
    guard let set = loaded.set else {
      console.complain(Findings.text(loaded, console))
      return .findings
    }
    let body = RequestInput.envelope(read, arguments)
    var out: [UInt8] = []
    let evaluator = Evaluator(set)
    evaluator.language = console.language
    let status = evaluator.decide(
      decision: Array(arguments.word("DECISION").utf8).span, body: body.span,
      requestID: Array("writ-eval".utf8).span, today: today, into: &out)
    if arguments.value("--format") == "text", let tree = JSONTree(parsing: out) {
      console.write(AnswerText.text(of: tree, answered: status == 200, in: console.catalog))
    } else {
      console.write(out + (out.last == 0x0A ? [] : [0x0A]))
    }
    return status == 200 ? .fine : .findings
  }

  /// The day of `--as-of`, or today where `--timezone` says.
  static func day(_ arguments: Arguments) throws(UsageError) -> Day {
    if let day = try RequestInput.day(arguments) { return day }
    let zone = arguments.value("--timezone") ?? "Asia/Shanghai"
    guard let parts = WallClock.day(in: zone),
      let day = Day(year: parts.year, month: parts.month, day: parts.day)
    else {
      throw UsageError("unknown time zone `\(zone)`", help: "such as `Asia/Shanghai` or `UTC`")
    }
    return day
  }
}
