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
  public var json: String { envelope.json }

  /// The JSON envelope in UTF-8.
  var jsonBytes: [UInt8] { envelope.jsonBytes }

  private var envelope: RequestValue {
    let input = RequestValue.object(
      inputs.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) })
    var members: [(name: String, value: RequestValue)] = [
      ("input", input), ("asOf", .text(asOf.text)), ("today", .text(today.text)),
    ]
    if !unknown.isEmpty { members.append(("unknown", .array(unknown.map { .text($0) }))) }
    if !clearances.isEmpty { members.append(("clearances", .array(clearances.map(\.value)))) }
    if let history { members.append(("history", .array(history.map(\.value)))) }
    return .object(members)
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
  public var json: String { String(decoding: jsonBytes, as: UTF8.self) }

  /// The JSON text in UTF-8.
  var jsonBytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.write(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    case .array(let items):
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        item.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .text(let text): Self.write(text, to: &bytes)
    case .number(let text): bytes.append(contentsOf: text.utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .null: bytes.append(contentsOf: "null".utf8)
    }
  }

  /// A text in quotes.
  private static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x00..<0x20:
        let digits = String(byte, radix: 16)
        bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
