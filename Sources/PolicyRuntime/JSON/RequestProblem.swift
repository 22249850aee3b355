/// Why a request was refused: a code, the place, and the facts that the words are made from.

public import PolicySource

/// A request that cannot be read; every case is a 400.
public struct RequestProblem: Error, Sendable {
  /// The codes, stable on the wire.
  public enum Code: String, Sendable, CaseIterable {
    case malformedJSON = "malformed_json"
    case invalidUTF8 = "invalid_utf8"
    case duplicateName = "duplicate_name"
    case tooDeep = "too_deep"
    case unknownField = "unknown_field"
    case unknownMember = "unknown_member"
    case unknownPost = "unknown_post"
    case unknownPath = "unknown_path"
    case wrongType = "wrong_type"
    case nullNotAllowed = "null_not_allowed"
    case numberTooLarge = "number_too_large"
    case tooManyPlaces = "too_many_places"
    case outOfRange = "out_of_range"
    case patternMismatch = "pattern_mismatch"
    case badNumber = "bad_number"
    case badMoney = "bad_money"
    case currencyMissing = "currency_missing"
    case badPercent = "bad_percent"
    case badDate = "bad_date"
    case badMonth = "bad_month"
    case badTime = "bad_time"
    case badAct = "bad_act"
    case badClearance = "bad_clearance"
    case badOption = "bad_option"
    case listTooLong = "list_too_long"
    case textTooLong = "text_too_long"
  }

  /// What is wrong.
  public var code: Code
  /// The first offending byte of the body.
  public var offset: Int
  /// Its line, from 1.
  public var line: Int
  /// Its column in bytes, from 1.
  public var column: Int
  /// The JSON Pointer (RFC 6901) of the offending value or name, from the root of the body.
  public var pointer: String
  /// The same place as people write it: `order.lines[2].stock`; empty outside the inputs.
  public var path: String
  /// What was found, shortened.
  public var found: Phrase
  /// What was expected: a type, a bound, a pattern or what the grammar asks.
  public var expected: Phrase
  /// The nearest name to a misspelt one.
  public var nearest: String?
}

extension RequestProblem {
  /// Turns a stop of the reader into a problem: finds the place again and the names around it.
  init(_ fault: JSONFault, _ body: borrowing Span<UInt8>, _ program: Program) {
    code = fault.code
    offset = min(fault.offset, body.count)
    line = 1
    column = 1
    for index in 0..<offset {
      column += 1
      if body[index] == 0x0A {
        line += 1
        column = 1
      }
    }
    var locator = JSONLocator(target: offset)
    locator.locate(body)
    pointer = locator.pointer
    path = locator.path
    found = Self.excerpt(body, fault)
    expected = ""
    expected = Self.expectation(fault, program)
    if let names = Self.candidates(fault, program) {
      nearest = Suggestion.nearest(to: found.description, in: names)
    }
    // A name that is not known is no value; whatever else stands at a secret field is not repeated.
    guard fault.node >= 0, program.schema.nodes[fault.node].isSecret, fault.code != .unknownField,
      fault.code != .wrongType
    else { return }
    found = "***"
    nearest = nil
  }

  /// The offending text, at most 40 scalars; a word for its kind when no end is known.
  private static func excerpt(_ body: borrowing Span<UInt8>, _ fault: JSONFault) -> Phrase {
    guard fault.end >= fault.offset, fault.end <= body.count else {
      return kind(at: fault.offset, body)
    }
    var bytes: [UInt8] = []
    let quoted =
      fault.end - fault.offset >= 2 && body[fault.offset] == 0x22 && body[fault.end - 1] == 0x22
    if quoted {
      JSONScanner.unescape(
        body,
        JSONScanner.Piece(start: fault.offset + 1, end: fault.end - 1, escaped: true), into: &bytes)
    } else {
      for index in fault.offset..<fault.end { bytes.append(body[index]) }
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let short = text.unicodeScalars.prefix(40)
    return .verbatim(
      String(short) + (short.endIndex < text.unicodeScalars.endIndex ? "…" : ""))
  }

  /// A word for the kind of value at an offset.
  private static func kind(at offset: Int, _ body: borrowing Span<UInt8>) -> Phrase {
    guard offset < body.count else { return RequestMessages.endOfText }
    switch body[offset] {
    case 0x7B: return RequestMessages.object
    case 0x5B: return RequestMessages.array
    case 0x22: return RequestMessages.string
    case 0x74, 0x66: return RequestMessages.bool
    case 0x6E: return RequestMessages.null
    case 0x2D, 0x30...0x39: return RequestMessages.number
    default: return RequestMessages.byte(body[offset])
    }
  }

  /// What should have stood there.
  private static func expectation(_ fault: JSONFault, _ program: Program) -> Phrase {
    let schema = program.schema
    switch fault.code {
    case .malformedJSON:
      return RequestMessages.expected(JSONFault.Grammar(rawValue: fault.detail) ?? .value)
    case .outOfRange, .patternMismatch:
      return RequestMessages.bound(
        schema.constraints[fault.detail], form: schema.nodes[fault.node].form)
    case .listTooLong: return RequestMessages.count(fault.detail)
    default:
      if fault.node >= 0 { return RequestMessages.type(schema.nodes[fault.node], schema) }
      return RequestMessages.option(EnvelopeForm(rawValue: fault.detail) ?? .nothing)
    }
  }

  /// The names that a misspelt one may have meant.
  private static func candidates(_ fault: JSONFault, _ program: Program) -> [String]? {
    let schema = program.schema
    switch fault.code {
    case .unknownField where fault.node >= 0:
      let node = schema.nodes[fault.node]
      let first = Int(node.firstChild)
      return Array(schema.names[first..<first + Int(node.childCount)])
    case .unknownField:
      switch EnvelopeForm(rawValue: fault.detail) {
      case .clearance: return RequestReader.clearanceNames
      case .act: return RequestReader.actNames
      default: return RequestReader.envelopeNames
      }
    case .badAct where fault.detail == EnvelopeForm.result.rawValue:
      return RequestReader.resultNames
    case .unknownMember where fault.node >= 0:
      return schema.enumerations[Int(schema.nodes[fault.node].detail)].members.map(\.name)
    case .unknownPost: return program.types.posts.map(\.name)
    case .badClearance where fault.detail == EnvelopeForm.code.rawValue:
      return program.clauses.map(\.code).filter { !$0.isEmpty }
    case .badOption: return ["none", "reasons", "trace"]
    case .unknownPath:
      return schema.nodes.indices.dropFirst().map { schema.path(of: $0) }
    default: return nil
    }
  }
}

/// Finds where in a JSON text an offset lies, for pointers in problems; slow, and only run on refusal.
struct JSONLocator {
  private let target: Int
  private var scanner = JSONScanner()
  private var parts: [(name: String, item: Int)] = []
  private var done = false

  init(target: Int) { self.target = target }

  /// `/input/order/lines/1/stock`.
  var pointer: String {
    parts.map { part in
      if part.item >= 0 { return "/\(part.item)" }
      var name = ""
      for letter in part.name {
        name += letter == "~" ? "~0" : letter == "/" ? "~1" : String(letter)
      }
      return "/" + name
    }.joined()
  }

  /// `order.lines[2].stock`; empty outside `input`.
  var path: String {
    guard parts.first?.name == "input" else { return "" }
    var path = ""
    for part in parts.dropFirst() {
      if part.item >= 0 {
        path += "[\(part.item + 1)]"
      } else {
        path += path.isEmpty ? part.name : "." + part.name
      }
    }
    return path
  }

  /// Walks the text up to the target and keeps the way that leads there.
  mutating func locate(_ text: borrowing Span<UInt8>) {
    scanner.blank(text)
    walk(text, depth: 0)
  }

  private mutating func walk(_ text: borrowing Span<UInt8>, depth: Int) {
    if scanner.at >= target || depth > JSONScanner.depthLimit {
      done = true
      return
    }
    do throws(JSONFault) {
      switch scanner.byte(text) {
      case 0x7B: try object(text, depth: depth)
      case 0x5B: try array(text, depth: depth)
      default: try scanner.skip(text, depth: depth)
      }
    } catch {
      done = true
    }
    if scanner.at > target { done = true }
  }

  private mutating func object(_ text: borrowing Span<UInt8>, depth: Int) throws(JSONFault) {
    guard scanner.opens(text, empty: 0x7D) else { return }
    repeat {
      let start = scanner.at
      guard scanner.byte(text) == 0x22 else { throw .grammar(.name, at: start) }
      let piece = try scanner.string(text)
      var bytes: [UInt8] = []
      JSONScanner.unescape(text, piece, into: &bytes)
      parts.append((String(decoding: bytes, as: UTF8.self), -1))
      if start == target {
        done = true
        return
      }
      try scanner.colon(text)
      walk(text, depth: depth + 1)
      if done { return }
      parts.removeLast()
    } while try !scanner.ends(text, with: 0x7D)
  }

  private mutating func array(_ text: borrowing Span<UInt8>, depth: Int) throws(JSONFault) {
    guard scanner.opens(text, empty: 0x5D) else { return }
    var item = 0
    repeat {
      parts.append(("", item))
      walk(text, depth: depth + 1)
      if done { return }
      parts.removeLast()
      item += 1
    } while try !scanner.ends(text, with: 0x5D)
  }
}
