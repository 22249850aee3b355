/// What a client makes of what came back: an answer, a refusal with its reason, or nothing to rely on.
import PolicyClient
import PolicyEngine
import PolicySource

/// Why what came is neither an answer nor a refusal.
struct Doubt: Error {
  let message: Phrase
  var help: Phrase?

  init(_ message: Phrase, help: Phrase? = nil) {
    self.message = message
    self.help = help
  }

  init(_ problem: ClientProblem) {
    message = problem.message
    help = problem.help
  }
}

/// A document of the daemon that was found to be what it should be.
struct CheckedAnswer {
  /// The document.
  let tree: JSONTree
  /// Its bytes, on one line.
  let line: [UInt8]
  /// Whether the decision was answered; else the document says why not.
  let isAnswered: Bool

  /// Whether the answer is a yes: `permitted` is true, or it is a grade or a value, which have no such flag.
  var isYes: Bool {
    isAnswered
      && (tree["permitted"] == .bool(true) || ["grade", "value"].contains(tree["outcome"]?.word))
  }

  /// Checks what came for a request.
  init(_ answer: ClientAnswer, to request: ClientRequest) throws(Doubt) {
    isAnswered = answer.status == 200
    if isAnswered || !answer.requestID.isEmpty, answer.requestID != request.id {
      throw Doubt(.otherRequest)
    }
    guard let tree = JSONTree(parsing: answer.body), case .object = tree else {
      throw isAnswered
        ? Doubt("the answer is not JSON", help: ClientProblem.notHTTP.help)
        : Doubt(
          "the daemon answered \(answer.status) without saying why",
          help: ClientProblem.notHTTP.help)
    }
    self.tree = tree
    line = answer.body.contains(0x0A) ? tree.bytes : answer.body
    if isAnswered {
      guard answer.contentType == "application/json", tree["outcome"]?.word != nil,
        tree["decision"]?.word == request.decision
      else { throw Doubt("what came is not the answer of `\(request.decision)`") }
      try Self.checkFlag(tree)
    } else if tree["code"]?.word == nil {
      throw Doubt("the daemon answered \(answer.status) without saying why")
    }
  }

  /// Sees to it that the flag says the same as the outcome; it stands there once, as true or false.
  private static func checkFlag(_ tree: JSONTree) throws(Doubt) {
    let outcome = tree["outcome"]?.word ?? ""
    let flags = tree.members.filter { $0.name == "permitted" }.map(\.value)
    let fits =
      switch outcome {
      case "grade", "value": flags.isEmpty
      case "needs", "not_applicable": flags.isEmpty || flags == [.bool(false)]
      case "allow", "within", "valid": flags == [.bool(true)]
      case "chain": flags == [.bool(true)] || flags == [.bool(false)]
      default: flags == [.bool(false)]
      }
    if !fits { throw Doubt("`permitted` of the answer does not fit its outcome `\(outcome)`") }
  }

  /// A refusal that the client itself makes of a line, in the form of the daemon's.
  init(refusing id: String, code: String, _ detail: Phrase, in catalog: Catalog) {
    isAnswered = false
    tree = .object([
      .init("type", .string("urn:writ:problem:\(code)")),
      .init("status", .number("400")), .init("code", .string(code)),
      .init("detail", .string(detail.text(in: catalog))), .init("requestId", .string(id)),
    ])
    line = tree.bytes
  }
}
