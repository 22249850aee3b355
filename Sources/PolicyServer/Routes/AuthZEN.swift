/// The AuthZEN Authorization API 1.0: one evaluation, several, and where the endpoints are.
internal import PolicyEngine
internal import PolicyRuntime
import PolicySource

/// Where one evaluation is asked for.
enum EvaluationRoute {
  static let path = "/access/v1/evaluation"

  static func matches(_ path: Span<UInt8>) -> Bool { path.equals("/access/v1/evaluation") }
}

/// Where several evaluations are asked for.
enum EvaluationsRoute {
  static let path = "/access/v1/evaluations"

  static func matches(_ path: Span<UInt8>) -> Bool { path.equals("/access/v1/evaluations") }
}

/// Where clients learn the endpoints.
enum ConfigurationRoute {
  static let path = "/.well-known/authzen-configuration"

  static func matches(_ path: Span<UInt8>) -> Bool {
    path.equals("/.well-known/authzen-configuration")
  }
}

extension Responder {
  /// One evaluation.
  mutating func evaluation(
    _ head: RequestHead, _ request: Span<UInt8>, _ envelope: inout ResponseParts.Envelope
  ) -> Problem? {
    guard head.method == .post else { return .methodNotAllowed(allow: "POST") }
    guard head.bodyType == .json else { return .notJSONObject }
    do throws(EvaluationRefusal) {
      let members = try EvaluationReader.members(request)
      envelope.status = try evaluateAlone(EvaluationParts(members), request, .evaluation)
      return nil
    } catch {
      return refuse(error, &envelope)
    }
  }

  /// Several evaluations; without any it is one.
  mutating func evaluations(
    _ head: RequestHead, _ request: Span<UInt8>, _ envelope: inout ResponseParts.Envelope
  ) -> Problem? {
    guard head.method == .post else { return .methodNotAllowed(allow: "POST") }
    guard head.bodyType == .json else { return .notJSONObject }
    do throws(EvaluationRefusal) {
      let members = try EvaluationReader.members(request)
      let common = EvaluationParts(members)
      let semantic = try EvaluationReader.semantic(request, members)
      let items = try EvaluationReader.items(request, members, common, limit: limits.batchItems)
      if items.isEmpty {
        envelope.status = try evaluateAlone(common, request, .evaluations)
        return nil
      }
      // Nothing is decided before all of them are known to be evaluations.
      let questions = try EvaluationReader.questions(items, in: request) {
        inputs(of: $0)
      }
      body.append(contentsOf: "{\"evaluations\":[".utf8)
      for (index, question) in questions.enumerated() {
        if index > 0 { body.append(0x2C) }
        if body.count > limits.batchAnswerBytes {
          body.append(contentsOf: Self.denied.utf8)
          append(.answersTooLarge(limit: limits.batchAnswerBytes))
          body.append(0x7D)
          continue
        }
        let permitted = evaluate(question, .evaluations).permitted
        if semantic == .denyOnFirstDeny, !permitted { break }
        if semantic == .permitOnFirstPermit, permitted { break }
      }
      body.append(contentsOf: "]}".utf8)
      return nil
    } catch {
      return refuse(error, &envelope)
    }
  }

  /// Answers one evaluation and gives the status.
  ///
  /// A request that cannot be read, or may not be asked, is answered as such and not as a decision.
  private mutating func evaluateAlone(
    _ parts: EvaluationParts, _ request: Span<UInt8>, _ endpoint: Endpoint
  ) throws(EvaluationRefusal) -> Int {
    let question = try EvaluationReader.question(parts, in: request, at: "") { inputs(of: $0) }
    let decided = evaluate(question, endpoint)
    switch decided.status {
    case 200, 404, 422: return 200
    default:
      body.removeFirst(Self.denied.utf8.count)
      body.removeLast()
      return decided.status
    }
  }

  /// Decides and appends `{"decision": …, "context": the answer or the problem}`.
  private mutating func evaluate(_ question: EvaluationQuestion, _ endpoint: Endpoint) -> Decided {
    let start = body.count
    body.append(contentsOf: Self.denied.utf8)
    let decided = decideOne(
      decision: question.decision.span, body: question.envelope.span, endpoint: endpoint)
    body.append(0x7D)
    if decided.permitted, decided.status == 200 {
      body.replaceSubrange(start..<(start + Self.denied.utf8.count), with: Self.permitted.utf8)
    }
    return decided
  }

  private func inputs(of decision: [UInt8]) -> [String] {
    let number = point.number(of: decision.span)
    return number < 0 ? [] : point.inputs(of: number)
  }

  private mutating func refuse(
    _ refusal: EvaluationRefusal, _ envelope: inout ResponseParts.Envelope
  ) -> Problem? {
    switch refusal {
    case .problem(let problem): return problem
    case .unreadable(let problem):
      body.removeAll(keepingCapacity: true)
      envelope.status = write(problem)
      return nil
    }
  }

  /// What stands before the answer until it says that it permits.
  private static var denied: String { "{\"decision\":false,\"context\":" }
  private static var permitted: String { "{\"decision\":true,\"context\":" }

  // MARK: - The configuration

  /// Where the endpoints are.
  mutating func configuration(_ head: RequestHead, _ bytes: Span<UInt8>) -> Problem? {
    guard head.method == .get || head.method == .head else {
      return .methodNotAllowed(allow: "GET, HEAD")
    }
    let base = publicURL ?? "https://" + host(head, bytes)
    let document = JSONTree.object([
      .init("policy_decision_point", .string(base)),
      .init("access_evaluation_endpoint", .string(base + EvaluationRoute.path)),
      .init("access_evaluations_endpoint", .string(base + EvaluationsRoute.path)),
    ])
    body += document.bytes
    return nil
  }

  private func host(_ head: RequestHead, _ bytes: Span<UInt8>) -> String {
    var host: [UInt8] = []
    host.append(bytesOf: bytes.extracting(head.host))
    return host.isEmpty ? "localhost" : String(decoding: host, as: UTF8.self)
  }
}
