/// From a whole request to the bytes of its answer: the request's id, its route, its refusals.
internal import PolicyRuntime

/// Answers requests, one after the other, into one output buffer.
struct Responder<Point: DecisionPoint> {
  private(set) var point: Point
  /// The answers of the batch at hand.
  var output: [UInt8] = []
  /// The day that counts when a request names none.
  private(set) var today: Day
  private(set) var listing: [UInt8]
  private(set) var decisionNames: [String]
  /// How the last reload went; nil where nothing is reloaded.
  var reload: ReloadState?
  var parts = ResponseParts()
  /// The body of the answer at hand.
  var body: [UInt8] = []
  private(set) var requestID: [UInt8] = []
  private let idPrefix: [UInt8]
  private var idCount: UInt64 = 0
  private let timezone: Timezone
  private var second: Int64 = -1

  init(_ point: Point, timezone: Timezone) {
    self.point = point
    self.timezone = timezone
    listing = point.listing()
    decisionNames = point.decisionNames
    today = timezone.today
    idPrefix = Array((String(UInt64.random(in: 0..<(1 << 48)), radix: 36) + "-").utf8)
    output.reserveCapacity(1 << 16)
    body.reserveCapacity(1 << 14)
    requestID.reserveCapacity(128)
    tick()
  }

  /// Answers from another point from now on.
  mutating func replace(_ point: Point) {
    self.point = point
    listing = point.listing()
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
    let path = bytes.extracting(head.path)
    if let problem = route(head, path, request, &envelope) {
      envelope.status = problem.status
      envelope.allow = problem.allow
      problem.write(requestID: requestID, in: envelope.language, to: &body)
    }
    parts.append(envelope, requestID: requestID, body: body, to: &output)
  }

  /// Appends a refusal after which the connection closes.
  mutating func refuse(_ problem: Problem, head: RequestHead, _ bytes: Span<UInt8>) {
    takeID(head, bytes)
    body.removeAll(keepingCapacity: true)
    var envelope = ResponseParts.Envelope()
    envelope.language = head.languages.best
    problem.write(requestID: requestID, in: envelope.language, to: &body)
    envelope.status = problem.status
    envelope.closes = true
    envelope.allow = problem.allow
    envelope.omitsBody = head.method == .head
    parts.append(envelope, requestID: requestID, body: body, to: &output)
  }

  /// Appends the go-ahead for a body.
  mutating func appendContinue() { output.append(contentsOf: "HTTP/1.1 100 Continue\r\n\r\n".utf8) }

  /// The request's own id, else one of this process's prefix and a count.
  private mutating func takeID(_ head: RequestHead, _ bytes: Span<UInt8>) {
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
    _ head: RequestHead, _ path: Span<UInt8>, _ request: Span<UInt8>,
    _ envelope: inout ResponseParts.Envelope
  ) -> Problem? {
    if DecideRoute.matches(path) { return decide(head, path, request, &envelope) }
    if PoliciesRoute.matches(path) { return policies(head) }
    if HealthRoute.matches(path) { return health(head) }
    return notFound(path)
  }

  private func notFound(_ path: Span<UInt8>) -> Problem {
    var bytes: [UInt8] = []
    bytes.append(bytesOf: path.extracting(0..<min(path.count, 200)))
    let text = String(decoding: bytes, as: UTF8.self)
    let known =
      [PoliciesRoute.path, HealthRoute.path]
      + decisionNames.map { DecideRoute.prefix + $0 }
    return .notFound(path: text, nearest: Routes.nearest(to: text, in: known))
  }
}
