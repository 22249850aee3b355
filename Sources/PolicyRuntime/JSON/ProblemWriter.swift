/// Writes problem documents (RFC 9457): a refused request, an answer that is an error, a decision not found.
public import PolicySource

/// Writes `application/problem+json`.
public enum ProblemWriter {
  /// What a problem says; members that are empty are left out.
  public struct Document: Sendable {
    /// The HTTP status.
    public var status: Int
    /// The stable code.
    public var code: String
    /// The same words for every problem of the code.
    public var title: Phrase
    /// What is wrong here.
    public var detail: Phrase
    /// What to do about it.
    public var help: Phrase?
    /// The JSON Pointer of the offending place of the request; nil when there is none.
    public var pointer: String?
    /// The nearest names.
    public var nearest: [String] = []
    /// `file:line` of the policy.
    public var at = ""
    /// The words of the policy there.
    public var clause = ""

    /// Makes a problem.
    public init(status: Int, code: String, title: Phrase, detail: Phrase) {
      self.status = status
      self.code = code
      self.title = title
      self.detail = detail
    }
  }

  /// Appends a problem, its words in the language of a catalog.
  public static func write(
    _ document: Document, requestID: Span<UInt8>, in catalog: Catalog = .english,
    into out: inout [UInt8]
  ) {
    var writer = AnswerWriter(explains: true)
    writer.out.exchange(&out)
    writer.put("{\"type\":\"urn:writ:problem:\(document.code)\",\"title\":")
    writer.string(document.title.text(in: catalog))
    writer.put(",\"status\":\(document.status),\"code\":\"\(document.code)\",\"detail\":")
    writer.string(document.detail.text(in: catalog))
    if let help = document.help { writer.member("help", help.text(in: catalog)) }
    if let pointer = document.pointer { writer.member("pointer", pointer) }
    if document.nearest.count == 1 {
      writer.member("nearest", document.nearest[0])
    } else if !document.nearest.isEmpty {
      writer.put(",\"nearest\":[")
      var first = true
      for name in document.nearest {
        writer.separate(&first)
        writer.string(name)
      }
      writer.put("]")
    }
    if !document.at.isEmpty { writer.member("at", document.at) }
    if !document.clause.isEmpty { writer.member("clause", document.clause) }
    writer.put(",\"requestId\":\"")
    writer.escape(requestID)
    writer.put("\"}")
    writer.out.exchange(&out)
  }

  /// Appends a problem that a decision ended in, with the trace that led there.
  public static func write(
    _ document: Document, tracing program: Program, _ frame: inout Frame, body: Span<UInt8>,
    requestID: Span<UInt8>, language: Language = .english, in catalog: Catalog = .english,
    into out: inout [UInt8]
  ) {
    write(document, requestID: requestID, in: catalog, into: &out)
    out.removeLast()
    var writer = AnswerWriter(explains: true, language: language)
    writer.out.exchange(&out)
    writer.trace(program, &frame, body)
    writer.put("}")
    writer.out.exchange(&out)
  }

  /// The problem of a request that could not be read: 400.
  public static func document(_ problem: RequestProblem) -> Document {
    let (detail, help) = RequestMessages.words(problem)
    var document = Document(
      status: 400, code: problem.code.rawValue, title: RequestMessages.title(problem.code),
      detail: detail)
    document.help = help
    document.pointer = problem.pointer
    if let nearest = problem.nearest { document.nearest = [nearest] }
    return document
  }

  /// The problem of an answer that is an error: 422, with the place in the policy.
  public static func document(_ trap: Trap, _ program: Program) -> Document {
    var document = Document(
      status: 422, code: trap.kind.code, title: RequestMessages.title(trap.kind),
      detail: RequestMessages.detail(trap.kind))
    if program.sites.indices.contains(trap.site) {
      document.at = program.sites[trap.site].place
      document.clause = program.sites[trap.site].text
    }
    return document
  }
}

extension AnswerWriter {
  /// A further member with a string.
  fileprivate mutating func member(_ name: String, _ value: String) {
    put(",\"")
    put(name)
    put("\":")
    string(value)
  }
}
