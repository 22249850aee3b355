/// `POST /v1/decide`: many decisions in one request, a JSON array here; lines stand in Lines.swift.
internal import PolicyEngine
internal import PolicyRuntime
import PolicySource

/// Where the endpoint is.
enum BatchRoute {
  static let path = "/v1/decide"

  static func matches(_ path: Span<UInt8>) -> Bool { path.equals("/v1/decide") }
}

extension Responder {
  /// Answers every item of an array in order; an item that is wrong is answered with its problem.
  mutating func batch(
    _ head: RequestHead, _ request: Span<UInt8>, _ envelope: inout ResponseParts.Envelope
  ) -> Problem? {
    guard head.method == .post else { return .methodNotAllowed(allow: "POST") }
    if head.hasQuery { return .queryNotSupported }
    guard head.bodyType == .json else { return .notBatch }
    let items: [JSONPieces.Item]
    do throws(RequestProblem) {
      items = try JSONPieces.items(of: request, limit: limits.batchItems)
    } catch {
      envelope.status = write(error)
      return nil
    }
    if items.count > limits.batchItems { return .batchTooLarge(limit: limits.batchItems) }
    body.append(0x5B)
    for (index, item) in items.enumerated() {
      if index > 0 { body.append(0x2C) }
      if body.count > limits.batchAnswerBytes {
        refuseItem(.answersTooLarge(limit: limits.batchAnswerBytes), number: index + 1)
      } else if let problem = item.problem {
        let start = body.count
        _ = write(problem)
        mark(from: start, number: index + 1)
      } else {
        decideItem(request.extracting(item.range), number: index + 1, endpoint: .batch)
      }
    }
    body.append(0x5D)
    return nil
  }

  /// Decides one item, `{"decision": "policy.decision", "id": …, …}` with the members of an envelope, and
  /// appends its answer or problem, which begins with the number of the item and its `id`.
  mutating func decideItem(_ item: Span<UInt8>, number: Int, endpoint: Endpoint) {
    let start = body.count
    let members: [JSONPieces.Member]
    do throws(RequestProblem) {
      members = try JSONPieces.members(of: item)
    } catch {
      _ = write(error)
      return mark(from: start, number: number)
    }
    var decision: String?
    var id = 0..<0
    var request: [UInt8] = []
    swap(&request, &scratch)
    request.removeAll(keepingCapacity: true)
    request.append(0x7B)
    for member in members {
      switch member.name {
      case "decision": decision = JSONPieces.string(item, member.value)
      case "id": id = member.value
      default:
        if request.count > 1 { request.append(0x2C) }
        request.append(bytesOf: item.extracting(member.whole))
      }
    }
    request.append(0x7D)
    if !Self.isID(item, id) {
      id = 0..<0
      append(.badItemID)
    } else if let decision {
      let name = Array(decision.utf8)
      _ = decideOne(decision: name.span, body: request.span, endpoint: endpoint)
    } else {
      append(.missingDecision)
    }
    swap(&request, &scratch)
    var own: [UInt8] = []
    own.append(bytesOf: item.extracting(id))
    mark(from: start, number: number, own)
  }

  /// Appends a refusal in the place of the answer of an item.
  mutating func refuseItem(_ problem: Problem, number: Int) {
    let start = body.count
    append(problem)
    mark(from: start, number: number)
  }

  /// Puts the number of an item, and its `id`, to the front of its answer.
  private mutating func mark(from start: Int, number: Int, _ id: [UInt8] = []) {
    guard start < body.count, body[start] == 0x7B else { return }
    var words = Array("\"item\":\(number),".utf8)
    if !id.isEmpty {
      words += "\"id\":".utf8
      words += id
      words.append(0x2C)
    }
    body.insert(contentsOf: words, at: start + 1)
  }

  private static func isID(_ item: Span<UInt8>, _ id: Range<Int>) -> Bool {
    if id.isEmpty { return true }
    guard id.count <= 130 else { return false }
    let first = item[id.lowerBound]
    return first == 0x22 || first == 0x2D || (0x30...0x39).contains(first)
  }

  // MARK: - Problems within an answer

  /// Appends a refusal of the server.
  mutating func append(_ problem: Problem) {
    problem.write(requestID: requestID, in: point.language, to: &body)
  }

  /// Appends the problem of a body that cannot be read; gives its status.
  mutating func write(_ problem: RequestProblem) -> Int {
    let document = ProblemWriter.document(problem)
    let id = requestID
    ProblemWriter.write(
      document, requestID: id.span, in: Catalog.of(point.language), into: &body)
    return document.status
  }
}
