/// What the generator makes: policies as source text, requests for them, and counts of what occurs.
import PolicyRuntime

/// A well-typed program with requests.
public struct GeneratedProgram: Sendable {
  /// The files: names and texts.
  public var files: [(name: String, text: String)]
  /// The decisions, as `policy.decision`.
  public var decisions: [String]
  /// Requests for each of the decisions.
  public var requests: [ReferenceRequest]
  /// How often each construct was written.
  public var constructs: Counters

  /// All files one after the other, for showing a failure.
  public var source: String {
    files.map { "# \($0.name)\n\($0.text)" }.joined(separator: "\n")
  }
}

/// How often something occurred, by name.
public struct Counters: Sendable {
  /// The counts.
  public private(set) var counts: [String: Int] = [:]

  /// No counts.
  public init() {}

  /// Counts an occurrence.
  public mutating func add(_ name: String, _ count: Int = 1) { counts[name, default: 0] += count }

  /// Adds all counts of another.
  public mutating func add(_ other: Counters) {
    for (name, count) in other.counts { add(name, count) }
  }

  /// One line per name, sorted.
  public var text: String {
    counts.sorted { $0.key < $1.key }.map { "\($0.value)\t\($0.key)" }.joined(separator: "\n")
  }
}

extension ReferenceRequest {
  /// The JSON envelope of the request, as the service reads it.
  public var json: String {
    let input = RequestValue.object(
      inputs.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) })
    var members: [(name: String, value: RequestValue)] = [
      ("input", input), ("asOf", .text(asOf.text)), ("today", .text(today.text)),
    ]
    if !unknown.isEmpty { members.append(("unknown", .array(unknown.map { .text($0) }))) }
    if !clearances.isEmpty { members.append(("clearances", .array(clearances.map(\.value)))) }
    if let history { members.append(("history", .array(history.map(\.value)))) }
    return RequestValue.object(members).json
  }
}

extension ReferenceAct {
  fileprivate var value: RequestValue {
    var members: [(name: String, value: RequestValue)] = [
      ("decision", .text(decision)), ("step", .text(step)), ("person", .text(person)),
    ]
    if let post { members.append(("post", .text(post))) }
    if isDelegate { members.append(("delegate", .bool(true))) }
    members += [("result", .text(result)), ("on", .text(on.text))]
    if let criteria {
      members.append(("criteria", .array(criteria.map { .number(String($0)) })))
    }
    if let facts { members.append(("facts", .object(facts))) }
    return .object(members)
  }
}

extension ReferenceClearance {
  fileprivate var value: RequestValue {
    var members: [(name: String, value: RequestValue)] = [
      ("decision", .text(decision)), ("code", .text(code)),
    ]
    if let item { members.append(("item", .number(String(item)))) }
    members += [("by", .text(by)), ("person", .text(person)), ("on", .text(on.text))]
    if let amount { members.append(("amount", amount)) }
    if let facts { members.append(("facts", .object(facts))) }
    return .object(members)
  }
}

extension RequestValue {
  /// The JSON text.
  public var json: String {
    switch self {
    case .object(let members):
      "{" + members.map { Self.quoted($0.name) + ":" + $0.value.json }.joined(separator: ",") + "}"
    case .array(let items): "[" + items.map(\.json).joined(separator: ",") + "]"
    case .text(let text): Self.quoted(text)
    case .number(let text): text
    case .bool(let value): value ? "true" : "false"
    case .null: "null"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case let control where control.value < 0x20:
        let digits = String(control.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
