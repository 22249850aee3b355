/// `writ ask`: decisions through the daemon's socket, one or many.
import CommandTable
import PolicyClient
import PolicyEngine
import PolicySource

enum Ask {
  static let spec = CommandSpec(
    name: "ask",
    summary: "Asks the daemon for a decision and prints the answer.",
    positionals: [
      Positional(
        name: "DECISION",
        help: "such as full_payment.may_ship; with `--jsonl` each line may name its own",
        fallback: "")
    ],
    options: [
      RequestInput.input,
      Option(
        name: "--jsonl", value: nil,
        help: "the file holds one request per line; the answers come line by line, in order"),
      RequestInput.bare,
      ClientOptions.socket,
      Option(
        name: "--as-of", value: "DATE",
        help: "the day that counts, instead of the request's own (default: the daemon's today)"),
      RequestInput.explain,
      RequestInput.format,
      ClientOptions.timeout,
      Option(
        name: "--request-id", value: "ID",
        help: "what the answer and the daemon's log call the request (default: made up)"),
      Option(
        name: "--any-answer", value: nil,
        help: "exit code 0 for every answer, also for a no; without it only for a yes"),
    ],
    examples: [
      (
        "writ ask full_payment.may_ship --input request.json && ship",
        "exit code 0 only when the answer permits it; 1 for a no, a refusal, or no answer at all"
      ),
      (
        "writ ask full_payment.may_ship --input request.json --format text",
        "the answer for people, as `writ eval` prints it"
      ),
      (
        "writ ask --jsonl --any-answer --input - < requests.jsonl > answers.jsonl",
        "many over one connection; each line names its `decision`"
      ),
    ])

  static func run(
    _ arguments: Arguments, _ console: Console
  ) throws(UsageError) -> ExitCode {
    let path = try RequestInput.path(arguments)
    _ = try RequestInput.day(arguments)
    let decision = arguments.word("DECISION")
    if decision.isEmpty, !arguments.has("--jsonl") {
      throw UsageError(
        "\(spec.positionals[0].name) is missing",
        help: "name it: `writ ask POLICY.DECISION --input FILE`")
    }
    let id = arguments.value("--request-id") ?? madeUpID()
    // Room for the number of a line behind it.
    guard ClientRequest.isID(id), id.utf8.count <= 100 else {
      throw UsageError(
        "`\(id)` is not an id for a request",
        help: "at most 100 letters, digits and signs of ASCII, without blanks")
    }
    var desk = AskDesk(
      socket: try ClientOptions.socketPath(arguments),
      timeout: try ClientOptions.timeout(arguments),
      output: AskOutput(console, asText: arguments.value("--format") == "text"))
    if arguments.has("--jsonl") {
      guard let stream = ByteStream(path) else {
        throw RequestInput.unreadable(path)
      }
      let lines = RequestLines(arguments, decision: decision, id: id, console)
      guard desk.ask(stream, lines) else {
        throw RequestInput.unreadable(path)
      }
    } else {
      let body = RequestInput.envelope(try RequestInput.read(arguments, console), arguments)
      let language = console.language.rawValue
      desk.ask(ClientRequest(decision: decision, body: body, id: id, language: language))
    }
    return desk.output.exitCode(anyAnswer: arguments.has("--any-answer"))
  }

  private static func madeUpID() -> String {
    "ask-" + String(UInt64.random(in: .min ... .max), radix: 36)
  }
}

/// The lines of a file as requests.
struct RequestLines {
  private let arguments: Arguments
  private let decision: String
  private let id: String
  private let console: Console
  private var number = 0

  init(_ arguments: Arguments, decision: String, id: String, _ console: Console) {
    self.arguments = arguments
    self.decision = decision
    self.id = id
    self.console = console
  }

  /// The request of the next line, a refusal of it, or nil of one that is blank.
  mutating func question(_ line: [UInt8]) -> Question? {
    number += 1
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
    let id = "\(self.id)-\(number)"
    let body = RequestInput.envelope(line, arguments)
    let language = console.language.rawValue
    if !decision.isEmpty {
      return .asked(ClientRequest(decision: decision, body: body, id: id, language: language))
    }
    guard case .object(let members)? = JSONTree(parsing: body),
      case .string(let named)? = members.first(where: { $0.name == "decision" })?.value,
      !named.isEmpty
    else {
      return .refused(
        CheckedAnswer(
          refusing: id, code: "no_decision",
          "line \(number) is no JSON object with a `decision`", in: console.catalog))
    }
    let rest = JSONTree.object(members.filter { $0.name != "decision" }).bytes
    return .asked(ClientRequest(decision: named, body: rest, id: id, language: language))
  }
}
