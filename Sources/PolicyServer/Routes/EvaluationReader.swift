/// Reading evaluations of AuthZEN: from subject, action, resource and context to a decision and its envelope.
internal import PolicyRuntime
import PolicySource

/// Why an evaluation is not one.
enum EvaluationRefusal: Error {
  case problem(Problem)
  /// The body is not JSON, or not an object.
  case unreadable(RequestProblem)
}

/// When several evaluations end.
enum EvaluationSemantic: String, CaseIterable {
  case executeAll = "execute_all"
  case denyOnFirstDeny = "deny_on_first_deny"
  case permitOnFirstPermit = "permit_on_first_permit"
}

/// The four parts of an evaluation: where their values stand in the body.
struct EvaluationParts {
  private(set) var subject: Range<Int>?
  private(set) var action: Range<Int>?
  private(set) var resource: Range<Int>?
  private(set) var context: Range<Int>?

  /// The parts among the members of an object.
  init(_ members: [JSONPieces.Member]) {
    for member in members {
      switch member.name {
      case "subject": subject = member.value
      case "action": action = member.value
      case "resource": resource = member.value
      case "context": context = member.value
      default: break
      }
    }
  }

  /// These parts, and those of another evaluation where there is none.
  func orElse(_ common: EvaluationParts) -> EvaluationParts {
    var parts = self
    parts.subject = subject ?? common.subject
    parts.action = action ?? common.action
    parts.resource = resource ?? common.resource
    parts.context = context ?? common.context
    return parts
  }
}

/// What an evaluation asks of the engine.
struct EvaluationQuestion {
  /// `policy.decision`.
  var decision: [UInt8] = []
  /// The envelope of `POST /v1/decide/{policy}.{decision}`.
  var envelope: [UInt8] = []
}

/// Reads the bodies of the AuthZEN endpoints; members that it does not know are passed over, as the
/// specification asks.
enum EvaluationReader {
  /// The members of `context` that are members of the envelope.
  static let envelopeNames = [
    "asOf", "today", "clearances", "unknown", "explain", "history",
  ]

  /// The members of the body.
  static func members(
    _ body: Span<UInt8>
  ) throws(EvaluationRefusal) -> [JSONPieces.Member] {
    do throws(RequestProblem) { return try JSONPieces.members(of: body) } catch {
      throw .unreadable(error)
    }
  }

  /// `options.evaluations_semantic`.
  static func semantic(
    _ body: Span<UInt8>, _ members: [JSONPieces.Member]
  ) throws(EvaluationRefusal) -> EvaluationSemantic {
    guard let options = members.first(where: { $0.name == "options" }) else { return .executeAll }
    let inside = try object(body, options.value, at: "/options")
    guard let member = inside.first(where: { $0.name == "evaluations_semantic" }) else {
      return .executeAll
    }
    let place = "/options/evaluations_semantic"
    let word = try text(body, member.value, at: place)
    guard let semantic = EvaluationSemantic(rawValue: word) else {
      let known = EvaluationSemantic.allCases.map(\.rawValue)
      throw .problem(
        .unknownSemantic(word, nearest: Suggestion.nearest(to: word, in: known), at: place))
    }
    return semantic
  }

  /// The parts of each evaluation in the order of the array; none without an array.
  static func items(
    _ body: Span<UInt8>, _ members: [JSONPieces.Member], _ common: EvaluationParts, limit: Int
  ) throws(EvaluationRefusal) -> [EvaluationParts] {
    guard let member = members.first(where: { $0.name == "evaluations" }) else { return [] }
    guard body[member.value.lowerBound] == 0x5B else {
      throw .problem(.wrongPart("an array", at: "/evaluations"))
    }
    let array = body.extracting(member.value)
    let cut: [JSONPieces.Item]
    do throws(RequestProblem) { cut = try JSONPieces.items(of: array, limit: limit) } catch {
      throw .unreadable(error)
    }
    if cut.count > limit { throw .problem(.batchTooLarge(limit: limit)) }
    var items: [EvaluationParts] = []
    for (index, item) in cut.enumerated() {
      if let problem = item.problem { throw .unreadable(problem) }
      let start = member.value.lowerBound
      let range = (start + item.range.lowerBound)..<(start + item.range.upperBound)
      let inside = try object(body, range, at: "/evaluations/\(index)")
      items.append(EvaluationParts(inside).orElse(common))
    }
    return items
  }

  /// What each evaluation asks.
  static func questions(
    _ items: [EvaluationParts], in body: Span<UInt8>, inputs: ([UInt8]) -> [String]
  ) throws(EvaluationRefusal) -> [EvaluationQuestion] {
    var questions: [EvaluationQuestion] = []
    for (index, item) in items.enumerated() {
      questions.append(try question(item, in: body, at: "/evaluations/\(index)", inputs: inputs))
    }
    return questions
  }

  /// What one evaluation asks; `place` is the JSON Pointer of its object.
  static func question(
    _ parts: EvaluationParts, in body: Span<UInt8>, at place: String,
    inputs: ([UInt8]) -> [String]
  ) throws(EvaluationRefusal) -> EvaluationQuestion {
    let subject = try entity(body, parts.subject, at: place + "/subject")
    let resource = try entity(body, parts.resource, at: place + "/resource")
    let action = try required(parts.action, at: place + "/action")
    let members = try object(body, action, at: place + "/action")
    let name = try required(
      members.first { $0.name == "name" }?.value, at: place + "/action/name")
    var question = EvaluationQuestion()
    question.decision = Array(try text(body, name, at: place + "/action/name").utf8)
    if let properties = members.first(where: { $0.name == "properties" }) {
      _ = try object(body, properties.value, at: place + "/action/properties")
    }
    var filler = InputFiller(inputs: inputs(question.decision))
    try filler.fill("subject", from: subject, in: body, at: place + "/subject/properties")
    try filler.fill("resource", from: resource, in: body, at: place + "/resource/properties")
    if let context = parts.context {
      try filler.fill(
        "context", from: (context, try object(body, context, at: place + "/context")), in: body,
        at: place + "/context")
    }
    question.envelope = filler.envelope
    return question
  }

  // MARK: - Values

  /// The properties of a subject or resource, which must have `type` and `id`.
  private static func entity(
    _ body: Span<UInt8>, _ value: Range<Int>?, at place: String
  ) throws(EvaluationRefusal) -> (whole: Range<Int>, members: [JSONPieces.Member])? {
    let members = try object(body, try required(value, at: place), at: place)
    for name in ["type", "id"] {
      let value = try required(
        members.first { $0.name == name }?.value, at: "\(place)/\(name)")
      _ = try text(body, value, at: "\(place)/\(name)")
    }
    guard let properties = members.first(where: { $0.name == "properties" }) else { return nil }
    return (properties.value, try object(body, properties.value, at: place + "/properties"))
  }

  private static func required(
    _ value: Range<Int>?, at place: String
  ) throws(EvaluationRefusal) -> Range<Int> {
    guard let value else { throw .problem(.missingPart(at: place)) }
    return value
  }

  private static func object(
    _ body: Span<UInt8>, _ value: Range<Int>, at place: String
  ) throws(EvaluationRefusal) -> [JSONPieces.Member] {
    guard body[value.lowerBound] == 0x7B else {
      throw .problem(.wrongPart("an object", at: place))
    }
    do throws(RequestProblem) { return try JSONPieces.members(of: body, in: value) } catch {
      throw .unreadable(error)
    }
  }

  private static func text(
    _ body: Span<UInt8>, _ value: Range<Int>, at place: String
  ) throws(EvaluationRefusal) -> String {
    guard let text = JSONPieces.string(body, value) else {
      throw .problem(.wrongPart("a text", at: place))
    }
    return text
  }
}

/// Puts the facts of an evaluation where the decision expects them.
///
/// The rule: a part (`subject.properties`, `resource.properties`, `context`) fills the input of its own name
/// (`subject`, `resource`, `context`) as a whole, when the decision has one. Otherwise each of its members
/// whose name is an input fills that input; in `context`, members that the envelope has are members of the
/// envelope. Other members are passed over, except those that look like a misspelt one.
private struct InputFiller {
  private let inputs: [String]
  private var filled: [(name: String, place: String)] = []
  private var facts: [UInt8] = []
  private var rest: [UInt8] = []

  init(inputs: [String]) { self.inputs = inputs }

  /// The envelope with everything that was filled in.
  var envelope: [UInt8] {
    var bytes = Array("{\"input\":{".utf8)
    bytes += facts
    bytes.append(0x7D)
    bytes += rest
    bytes.append(0x7D)
    return bytes
  }

  /// Takes what a part says; its members stand in the body.
  mutating func fill(
    _ part: String, from value: (whole: Range<Int>, members: [JSONPieces.Member])?,
    in body: Span<UInt8>, at place: String
  ) throws(EvaluationRefusal) {
    guard let value else { return }
    let isContext = part == "context"
    let isWhole = inputs.contains(part)
    var own: [UInt8] = []
    for member in value.members {
      if isContext, EvaluationReader.envelopeNames.contains(member.name) {
        rest.append(0x2C)
        rest.append(bytesOf: body.extracting(member.whole))
      } else if isWhole {
        if !own.isEmpty { own.append(0x2C) }
        own.append(bytesOf: body.extracting(member.whole))
      } else if inputs.contains(member.name) {
        try note(member.name, at: place)
        facts.append(bytesOf: body.extracting(member.whole))
      } else if let nearest = misspelt(member.name, isContext: isContext) {
        throw .problem(.misspeltPart(member.name, nearest: nearest, at: place))
      }
    }
    if isWhole {
      try note(part, at: place)
      facts += "\"\(part)\":{".utf8
      facts += own
      facts.append(0x7D)
    }
  }

  private mutating func note(_ name: String, at place: String) throws(EvaluationRefusal) {
    if let other = filled.first(where: { $0.name == name }) {
      throw .problem(.conflictingInput(name, other.place, place))
    }
    filled.append((name, place))
    if !facts.isEmpty { facts.append(0x2C) }
  }

  /// The name that a member most likely means; short names are too near to each other to tell.
  private func misspelt(_ name: String, isContext: Bool) -> String? {
    guard name.utf8.count > 3 else { return nil }
    let known = isContext ? inputs + EvaluationReader.envelopeNames : inputs
    return Suggestion.nearest(to: name, in: known)
  }
}
