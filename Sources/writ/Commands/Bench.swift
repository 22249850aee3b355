/// `writ bench`: load for the daemon at a given rate, and how long its answers take.
import CommandTable
import Foundation
import PolicyClient
import PolicyEngine
import PolicySource

enum Bench {
  static let spec = CommandSpec(
    name: "bench",
    summary: "Puts load on the daemon and says how long the answers take.",
    positionals: [
      Positional(
        name: "REQUESTS",
        help:
          "files such as full_payment.may_ship.allow.json, or `.jsonl` with a `decision` per line",
        fallback: nil, takesMany: true)
    ],
    options: [
      ClientOptions.socket,
      Option(
        name: "--rate", value: "N",
        help: "requests per second, each due at its moment, whether or not answers have come"),
      Option(
        name: "--closed", value: nil,
        help: "instead of a rate: the next request as soon as an answer has come"),
      Option(name: "--seconds", value: "S", help: "how long requests are sent (default: 10)"),
      Option(name: "--connections", value: "C", help: "over how many connections (default: 1)"),
      Option(
        name: "--pipeline", value: "P",
        help: "how many requests may be out on one connection (default: 1)"),
      Option(
        name: "--decision", value: "DECISION",
        help: "what all requests ask, instead of what their names or lines say"),
      ClientOptions.timeout,
      Option(
        name: "--format", value: .choice(["json", "text"]),
        help: "text for people (default), or one document"),
    ],
    examples: [
      (
        "writ bench --rate 2000 --connections 8 samples/shipment/full_payment.may_ship.*.json",
        "an open loop: a time runs from the moment a request was due"
      ),
      (
        "writ bench --closed --seconds 5 --pipeline 16 requests.jsonl",
        "as fast as it goes; exit code 1 when a request was not answered with 200"
      ),
    ])

  static func run(
    _ arguments: Arguments, _ console: Console
  ) throws(UsageError) -> ExitCode {
    var plan = LoadPlan(
      socket: try ClientOptions.socketPath(arguments),
      requests: try LoadFiles.requests(arguments, console), pace: try pace(arguments),
      seconds: try ClientOptions.number(arguments, "--seconds", in: 1...86_400) ?? 10)
    plan.connections = try ClientOptions.number(arguments, "--connections", in: 1...10_000) ?? 1
    plan.pipeline = try ClientOptions.number(arguments, "--pipeline", in: 1...1_000) ?? 1
    plan.timeoutMilliseconds = try ClientOptions.timeout(arguments)
    let report: LoadReport
    do throws(Doubt) {
      try askEachOnce(plan, console)
      report = try measure(plan, console)
    } catch {
      console.complain(error.message, help: error.help)
      return .findings
    }
    let isJSON = arguments.value("--format") == "json"
    console.write(
      isJSON
        ? LoadText.document(of: report, plan).text + "\n"
        : LoadText.text(of: report, plan, in: console.catalog))
    return report.isClean ? .fine : .findings
  }

  private static func pace(_ arguments: Arguments) throws(UsageError) -> LoadPace {
    let rate = try ClientOptions.number(arguments, "--rate", in: 1...10_000_000)
    switch (rate, arguments.has("--closed")) {
    case (let rate?, false): return .rate(rate)
    case (nil, true): return .closed
    case (nil, false):
      throw UsageError("`--rate` is missing", help: "`--rate 1000`, or `--closed`")
    case (_, true):
      throw UsageError("`--rate` and `--closed` exclude each other", help: "leave one of them out")
    }
  }

  /// A request that is refused is found before the load, and said in full.
  private static func askEachOnce(_ plan: LoadPlan, _ console: Console) throws(Doubt) {
    var connection: ClientConnection?
    for request in plan.requests.prefix(1_000) {
      let answer: ClientAnswer
      do throws(ClientProblem) {
        let deadline = Deadline(milliseconds: plan.timeoutMilliseconds)
        let open: ClientConnection
        if let connection {
          open = connection
        } else {
          open = try ClientConnection(to: plan.socket, until: deadline)
        }
        open.put(request)
        answer = try open.answer(until: deadline)
        connection = open.isOver ? nil : open
      } catch {
        throw Doubt(error)
      }
      let checked = try CheckedAnswer(answer, to: request)
      if checked.isAnswered { continue }
      console.complain(
        AnswerText.text(of: checked.tree, answered: false, in: console.catalog))
      throw Doubt("the request to `\(request.decision)` is refused", help: "mend it first")
    }
  }

  private static func measure(_ plan: LoadPlan, _ console: Console) throws(Doubt) -> LoadReport {
    let isTold = isatty(STDERR_FILENO) == 1
    do throws(ClientProblem) {
      var generator = try LoadGenerator(plan)
      let report = generator.run { progress in
        guard isTold else { return }
        let seconds = progress.nanoseconds / 1_000_000_000
        console.complain(
          "\r\(seconds) / \(plan.seconds) s, \(LoadText.grouped(progress.answered)) ")
      }
      if isTold { console.complain("\r\u{1B}[K") }
      return report
    } catch {
      throw Doubt(error)
    }
  }
}
