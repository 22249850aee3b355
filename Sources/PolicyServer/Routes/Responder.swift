/// From a whole request to the bytes of its answer: the request's id, its route, its refusals.
internal import DecisionLog
internal import PolicyRuntime
internal import PolicySource

/// Answers requests, one after the other, into one output buffer.
struct Responder<Point: DecisionPoint> {
  private(set) var point: Point
  /// The answers of the batch at hand.
  var answers = MarkedAnswers()
  /// Whether decisions are recorded before they are given.
  let isRecording: Bool
  /// The records of this turn.
  var records = LogBatch()
  /// Whether more records wait than may.
  var isLogFull = false
  /// Why records cannot be made durable; nil while they can.
  var logProblem: String?
  /// The day that counts when a request names none.
  private(set) var today: Day
  private(set) var listing: [UInt8]
  private(set) var decisionNames: [String]
  /// How the last reload went; nil where nothing is reloaded.
  var reload: ReloadState?
  var parts = ResponseParts()
  /// The body of the answer at hand.
  var body: [UInt8] = []
  var requestID: [UInt8] = []
  /// Whether the answer at hand holds a decision that was recorded.
  var isRecorded = false
  /// The digest of the policy set.
  private(set) var digest: [UInt8]
  /// The key of the hashes that stand in place of secrets.
  var maskKey: HMAC
  /// Who asks, as JSON.
  var peer = Array("null".utf8)
  /// The envelope of the item at hand, where a request holds several.
  var scratch: [UInt8] = []
  let limits: Limits
  /// What is counted.
  var figures: Figures
  /// The address that clients reach the server by, such as `https://pdp.example.com`; else the field `Host`
  /// says it.
  var publicURL: String?
  private let idPrefix: [UInt8]
  private var idCount: UInt64 = 0
  private let timezone: Timezone
  private var second: Int64 = -1

  init(
    _ point: Point, timezone: Timezone, limits: Limits = Limits(), isRecording: Bool = false,
    maskKey: HMAC? = nil
  ) {
    self.maskKey = maskKey ?? HMAC.random
    self.point = point
    self.isRecording = isRecording
    self.limits = limits
    self.timezone = timezone
    listing = point.listing()
    digest = Array(point.digest.utf8)
    decisionNames = point.decisionNames
    figures = Figures(decisions: point.decisionNames.count)
    today = timezone.today
    idPrefix = Array((String(UInt64.random(in: 0..<(1 << 48)), radix: 36) + "-").utf8)
    answers.bytes.reserveCapacity(1 << 16)
    body.reserveCapacity(1 << 14)
    requestID.reserveCapacity(128)
    tick()
  }

  /// Answers from another point from now on.
  mutating func replace(_ point: Point) {
    self.point = point
    listing = point.listing()
    digest = Array(point.digest.utf8)
    figures.carry(from: decisionNames, to: point.decisionNames)
    decisionNames = point.decisionNames
  }

  /// Brings date and day up to the clock; called once per turn of the loop.
  mutating func tick() {
    let now = SystemClock.unixSeconds
    guard now != second else { return }
    second = now
    parts.setDate(unixSeconds: now)
    today = timezone.day(atUnixSeconds: now)
  }

  /// Answers a request that has arrived whole.
  mutating func answer(
    _ head: RequestHead, _ bytes: Span<UInt8>, body request: Span<UInt8>, closes: Bool
  ) {
    takeID(head, bytes)
    body.removeAll(keepingCapacity: true)
    var envelope = ResponseParts.Envelope()
    envelope.closes = closes
    envelope.tellsKeepAlive = head.isVersion10 && !closes
    envelope.omitsBody = head.method == .head
    envelope.language = head.languages.best
    if point.language != envelope.language { point.language = envelope.language }
    var endpoint = Endpoint.decide
    if let problem = route(head, bytes, request, &envelope, &endpoint) {
      envelope.status = problem.status
      envelope.allow = problem.allow
      body.removeAll(keepingCapacity: true)
      problem.write(requestID: requestID, in: envelope.language, to: &body)
    }
    figures.count(endpoint, status: envelope.status)
    append(envelope)
  }

  /// Appends a refusal after which the connection closes.
  mutating func refuse(_ problem: Problem, head: RequestHead, _ bytes: Span<UInt8>) {
    takeID(head, bytes)
    body.removeAll(keepingCapacity: true)
    var envelope = ResponseParts.Envelope()
    envelope.language = head.languages.best
    problem.write(requestID: requestID, in: envelope.language, to: &body)
    figures.count(.none, status: problem.status)
    envelope.status = problem.status
    envelope.closes = true
    envelope.allow = problem.allow
    envelope.omitsBody = head.method == .head
    append(envelope)
  }

  /// Appends the go-ahead for a body.
  mutating func appendContinue() {
    answers.bytes.append(contentsOf: "HTTP/1.1 100 Continue\r\n\r\n".utf8)
    if isRecording { mark(ResponseParts.Envelope()) }
  }

  /// Appends the answer in `body`.
  private mutating func append(_ envelope: ResponseParts.Envelope) {
    parts.append(envelope, requestID: requestID, body: body, to: &answers.bytes)
    if isRecording { mark(envelope) }
  }

  /// Notes where a part of an answer ends whose beginning has left already.
  mutating func markPiece() {
    if isRecording { mark(ResponseParts.Envelope(), isPiece: true) }
  }

  /// Notes where an answer ends and whether it has to wait.
  private mutating func mark(_ envelope: ResponseParts.Envelope, isPiece: Bool = false) {
    answers.ids += requestID
    answers.marks.append(
      AnswerMark(
        end: answers.bytes.count, idEnd: answers.ids.count, isRecorded: isRecorded,
        isPiece: isPiece, envelope: envelope))
    if isRecorded { answers.isRecorded = true }
    isRecorded = false
  }

  /// The request's own id, else one of this process's prefix and a count.
  mutating func takeID(_ head: RequestHead, _ bytes: Span<UInt8>) {
    requestID.removeAll(keepingCapacity: true)
    if !head.requestID.isEmpty {
      requestID.append(bytesOf: bytes.extracting(head.requestID))
      return
    }
    requestID.append(contentsOf: idPrefix)
    idCount += 1
    var shift = 60
    while shift > 0, idCount >> UInt64(shift) == 0 { shift -= 4 }
    while shift >= 0 {
      let digit = UInt8(truncatingIfNeeded: idCount >> UInt64(shift) & 15)
      requestID.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      shift -= 4
    }
  }

  /// Finds the endpoint of a path; gives the refusal, or nil when `body` holds the answer.
  private mutating func route(
    _ head: RequestHead, _ bytes: Span<UInt8>, _ request: Span<UInt8>,
    _ envelope: inout ResponseParts.Envelope, _ endpoint: inout Endpoint
  ) -> Problem? {
    let path = bytes.extracting(head.path)
    if DecideRoute.matches(path) { return decide(head, path, request, &envelope) }
    endpoint = Routes.endpoint(of: path)
    switch endpoint {
    case .batch, .lines: return batch(head, request, &envelope)
    case .evaluation: return evaluation(head, request, &envelope)
    case .evaluations: return evaluations(head, request, &envelope)
    case .configuration: return configuration(head, bytes)
    case .policies: return policies(head)
    case .policy: return policy(head, path)
    case .openapi: return openAPI(head)
    case .health: return health(head)
    case .ready: return ready(head)
    case .metrics: return metrics(head, &envelope)
    case .decide, .none: return notFound(path)
    }
  }

  func notFound(_ path: Span<UInt8>) -> Problem {
    var bytes: [UInt8] = []
    bytes.append(bytesOf: path.extracting(0..<min(path.count, 200)))
    let text = String(decoding: bytes, as: UTF8.self)
    let known =
      Routes.paths + decisionNames.map { DecideRoute.prefix + $0 }
      + point.policyNames.map { PolicyRoute.prefix + $0 }
    return .notFound(path: text, nearest: Routes.nearest(to: text, in: known))
  }
}
