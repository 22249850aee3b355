/// The policy decision point: one request in, one answer out, as JSON bytes.
public import PolicyRuntime
public import PolicySource

/// Decides requests against one set; owns the working memory, so one per thread.
public final class Evaluator {
  /// The set that it decides by.
  public let set: PolicySet
  /// The language of what it says to people; codes and the policy's own texts are the same in all.
  public var language = Language.english
  /// The decisions that whoever asks next may ask for; nil: all. Set before each request of somebody else.
  public var askable: DecisionMask?

  /// The working memory of a program, made when it is first asked.
  ///
  /// It holds the program too: one read from the array of all would be copied, field by field.
  private final class Workspace {
    let program: Program
    var memory: Memory
    init(_ program: Program, digest: String) {
      self.program = program
      memory = Memory(frame: Frame(program), seal: AnswerSeal(digest: digest))
    }
  }

  /// What changes from request to request, in one piece: reaching for it is watched, which takes its time.
  private struct Memory: ~Copyable {
    var frame: Frame
    var seal: AnswerSeal
    var numbers = DecisionNumbers()
  }

  private var workspaces: [Workspace?]
  private var masking = SecretMask()
  /// What is made from the set when it is first asked for.
  private var inputNames: [Int: [String]] = [:]
  private var description: [UInt8]?

  /// Makes an evaluator over a set.
  public init(_ set: PolicySet) {
    self.set = set
    workspaces = Array(repeating: nil, count: set.programs.count)
  }

  /// Decides one request.
  ///
  /// - Parameters:
  ///   - decision: `policy.decision`, UTF-8, as it stood in the path (percent-decoded).
  ///   - body: the JSON envelope of the request.
  ///   - requestID: echoed in the answer; plain ASCII, at most 128 bytes.
  ///   - today: the day that counts when the request gives no `asOf`.
  ///   - out: where the JSON answer, or the problem document (RFC 9457), is appended.
  /// - Returns: the HTTP status: 200, or 400, 403, 404, 422 with a problem document.
  public func decide(
    decision: Span<UInt8>, body: Span<UInt8>, requestID: Span<UInt8>, today: Day,
    into out: inout [UInt8]
  ) -> Int {
    decide(
      number(of: decision), named: decision, body: body, requestID: requestID, today: today,
      into: &out
    ).status
  }

  /// The number of a decision by its name, as it stands in `PolicySet.decisionNames`; -1 when there is none.
  public func number(of decision: Span<UInt8>) -> Int {
    set.symbols.find(decision, 0, decision.count)
  }

  /// Decides one request for the decision of a number, -1 being one that there is not; `decision` is its name.
  public func decide(
    _ index: Int, named decision: Span<UInt8>, body: Span<UInt8>, requestID: Span<UInt8>,
    today: Day, into out: inout [UInt8]
  ) -> Decided {
    guard index >= 0 else {
      return refuse(Self.noSuchDecision(decision, set), requestID, &out)
    }
    if let askable, !askable.contains(index) {
      return refuse(Self.notAllowed(set.decisionNames[index]), requestID, &out)
    }
    guard set.timetable.numbers != nil else {
      return decide(index, body: body, requestID: requestID, today: today, into: &out)
    }
    let day = RequestReader.asOf(of: body) ?? today
    let number = set.timetable.number(index, on: day)
    guard number >= 0 else { return refuse(notInForce(index, on: day), requestID, &out) }
    return decide(number, body: body, requestID: requestID, today: today, into: &out)
  }

  /// The names of the inputs that the versions of a decision take, by its number.
  public func inputs(of number: Int) -> [String] {
    if let known = inputNames[number] { return known }
    let names = set.inputs(of: number)
    inputNames[number] = names
    return names
  }

  /// The body of `GET /openapi.json`.
  public func openAPI() -> [UInt8] {
    if let description { return description }
    let made = OpenAPI(set).tree.bytes
    description = made
    return made
  }

  private func decide(
    _ number: Int, body: Span<UInt8>, requestID: Span<UInt8>, today: Day, into out: inout [UInt8]
  ) -> Decided {
    if let workspace = workspaces[number] {
      return decide(in: workspace, body: body, requestID: requestID, today: today, into: &out)
    }
    let workspace = Workspace(set.programs[number], digest: set.digest)
    workspaces[number] = workspace
    return decide(in: workspace, body: body, requestID: requestID, today: today, into: &out)
  }

  // Not inlined: the workspace, as an argument, surely outlives the call, so its program is lent and not copied.
  @inline(never)
  private func decide(
    in workspace: Workspace, body: Span<UInt8>, requestID: Span<UInt8>, today: Day,
    into out: inout [UInt8]
  ) -> Decided {
    decide(
      workspace.program, &workspace.memory, body: body, requestID: requestID, today: today,
      into: &out)
  }

  private func decide(
    _ program: Program, _ memory: inout Memory, body: Span<UInt8>, requestID: Span<UInt8>,
    today: Day, into out: inout [UInt8]
  ) -> Decided {
    let options: RequestOptions
    do throws(RequestProblem) {
      options = try RequestReader.read(body, program, into: &memory.frame, asOf: today)
    } catch {
      return refuse(ProblemWriter.document(error), requestID, &out)
    }
    let early = program.effectiveFrom.map { memory.frame.asOf < $0 } ?? false
    let late = program.effectiveUntil.map { memory.frame.asOf > $0 } ?? false
    if early || late {
      let day = memory.frame.asOf
      let missing = program.requirements.first { !$0.holds(on: day) }?.policy ?? program.name
      return refuse(notInForce(missing, on: day), requestID, &out)
    }
    if options.explain == .trace {
      Machine.trace(program, &memory.frame, body: body)
    } else {
      Machine.run(program, &memory.frame, body: body)
    }
    if let trap = memory.frame.found.answer.error {
      if options.explain == .trace {
        let document = ProblemWriter.document(trap, program)
        ProblemWriter.write(
          document, tracing: program, &memory.frame, body: body, requestID: requestID,
          language: language, in: Catalog.of(language), into: &out)
        return Decided(status: document.status)
      }
      return refuse(ProblemWriter.document(trap, program), requestID, &out)
    }
    let id = memory.numbers.next()
    AnswerWriter.write(
      program, &memory.frame, body: body, options: options, seal: &memory.seal,
      requestID: requestID, decisionID: id.span, language: language, into: &out)
    return Decided(
      status: 200, outcome: memory.frame.found.answer.status,
      permitted: memory.frame.found.answer.permitted)
  }

  /// Appends a request that was decided as it may be logged: on one line, its secrets masked.
  ///
  /// - Parameters:
  ///   - decision: `policy.decision`, as it was given to `decide`.
  ///   - body: the request, for which `decide` has given 200 or 422.
  ///   - today: the day that was given to `decide`.
  ///   - key: the key of the hashes that stand in place of secrets.
  ///   - out: where the request is appended.
  /// - Returns: false, with nothing appended, when nobody has read the request, as when no version of the policy is
  ///   in force; then `SecretMask.describe` says what may be said of it.
  public func mask(
    decision: Span<UInt8>, body: Span<UInt8>, today: Day, key: HMAC, into out: inout [UInt8]
  ) -> Bool {
    var number = set.symbols.find(decision, 0, decision.count)
    if number >= 0, set.timetable.numbers != nil {
      number = set.timetable.number(number, on: RequestReader.asOf(of: body) ?? today)
    }
    guard number >= 0, let workspace = workspaces[number] else { return false }
    return mask(in: workspace, body, key, &out)
  }

  @inline(never)
  private func mask(
    in workspace: Workspace, _ body: Span<UInt8>, _ key: HMAC, _ out: inout [UInt8]
  ) -> Bool {
    masking.append(body, workspace.program, set.secretFacts, key: key, into: &out)
  }

  private func refuse(
    _ document: ProblemWriter.Document, _ requestID: Span<UInt8>, _ out: inout [UInt8]
  ) -> Decided {
    ProblemWriter.write(document, requestID: requestID, in: Catalog.of(language), into: &out)
    return Decided(status: document.status)
  }

  private static func noSuchDecision(
    _ decision: Span<UInt8>, _ set: PolicySet
  ) -> ProblemWriter.Document {
    var bytes: [UInt8] = []
    for index in decision.indices { bytes.append(decision[index]) }
    let name = String(decoding: bytes, as: UTF8.self)
    var document = ProblemWriter.Document(
      status: 404, code: "no_such_decision", title: "no such decision",
      detail: RequestMessages.noSuchDecision(name))
    document.nearest = set.suggestions(for: name)
    return document
  }

  private static func notAllowed(_ name: String) -> ProblemWriter.Document {
    ProblemWriter.Document(
      status: 403, code: "not_allowed", title: "not allowed",
      detail: RequestMessages.notAllowed(name))
  }

  /// The decision of a number has no program on a day: one of the policies that it needs sleeps.
  private func notInForce(_ number: Int, on day: Day) -> ProblemWriter.Document {
    let newest = set.programs[number]
    let missing = newest.requirements.first { requirement in
      !set.versions(of: requirement.policy).contains { $0.holds(on: day) }
    }
    let own = String(set.timetable.names[number].split(separator: ".").first ?? "")
    return notInForce(missing?.policy ?? own, on: day)
  }

  private func notInForce(_ policy: String, on day: Day) -> ProblemWriter.Document {
    var document = ProblemWriter.Document(
      status: 422, code: "no_version_in_force", title: "no version of the policy is in force",
      detail: RequestMessages.notInForce(policy, set.versions(of: policy), on: day))
    document.pointer = "/asOf"
    return document
  }

}

/// The numbers of decisions: a prefix drawn once, and a count.
private struct DecisionNumbers {
  /// The newest one, as 32 hexadecimal digits.
  private var digits = InlineArray<32, UInt8>(repeating: 0x30)

  init() {
    var generator = SystemRandomNumberGenerator()
    var prefix = generator.next()
    for index in 0..<16 {
      digits[index] = Self.digit(UInt8(prefix & 15))
      prefix >>= 4
    }
  }

  /// The next one.
  mutating func next() -> InlineArray<32, UInt8> {
    // Counts as people do: from the last digit, as long as there is something to carry.
    var index = 31
    while digits[index] == Self.digit(15), index > 16 {
      digits[index] = Self.digit(0)
      index -= 1
    }
    digits[index] = digits[index] == Self.digit(9) ? Self.digit(10) : digits[index] &+ 1
    return digits
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
