/// Reads a request straight into the slots of a frame, led by the schema of the program.
///
/// Each record predicts its next field, so that requests written in the order of the type cost one
/// comparison per name. Nothing is copied but texts with escapes; nothing is allocated in the steady state.

/// What a request asks besides its facts.
public struct RequestOptions: Sendable {
  /// How much is explained.
  public enum Explain: Sendable { case none, reasons, trace }
  /// How much is explained.
  public var explain = Explain.reasons
  /// No wishes.
  public init() {}
}

/// What a member of the envelope must be.
enum EnvelopeForm: Int {
  case nothing, request, list, path, explain, clearance, item, code, text, date
  case act, result, criterion, acts, flag, facts, object
}

/// Reads one request; made anew for each.
public struct RequestReader: ~Copyable {
  /// A list that is being read: which, which item, and the need that stands for the list (-1 none yet).
  struct Scope {
    var list: Int32
    var item: Int32
    var need: Int32
  }

  var scanner = JSONScanner()
  /// The lists around the place, outermost first.
  var scopes: InlineArray<8, Scope>
  /// How many there are.
  var level = 0
  /// The items of all lists so far.
  var items = 0
  var options = RequestOptions()

  static let envelopeNames = [
    "input", "asOf", "today", "clearances", "unknown", "explain", "history",
  ]
  private static let envelope = SymbolTable(envelopeNames)
  private static let explainWords = SymbolTable(["none", "reasons", "trace"])

  init() { scopes = .init(repeating: Scope(list: -1, item: 0, need: -1)) }

  /// Resets the frame and reads a request into it.
  ///
  /// - Parameters:
  ///   - body: the JSON envelope.
  ///   - day: `asOf` when the request gives none.
  /// - Returns: what the request asks besides.
  public static func read(
    _ body: Span<UInt8>, _ program: Program, into frame: inout Frame, asOf day: Day
  ) throws(RequestProblem) -> RequestOptions {
    frame.reset(program)
    var reader = RequestReader()
    do throws(JSONFault) {
      try reader.envelope(body, program, &frame, day)
      return reader.options
    } catch {
      throw RequestProblem(JSONScanner.fault(of: body) ?? error, body, program)
    }
  }

  private mutating func envelope(
    _ body: Span<UInt8>, _ program: Program, _ frame: inout Frame, _ day: Day
  ) throws(JSONFault) {
    scanner.blank(body)
    if scanner.at == body.count { throw .grammar(.empty, at: 0) }
    guard scanner.byte(body) == 0x7B else {
      if scanner.byte(body) == 0xEF { throw .grammar(.byteOrderMark, at: 0) }
      throw mistype(body, detail: .request, depth: 0)
    }
    var seen: UInt8 = 0
    var unknownAt = -1
    var historyAt = -1
    var asOf: Day?
    var today: Day?
    if scanner.opens(body, empty: 0x7D) {
      repeat {
        let member = try envelopeMember(body, &seen)
        switch member {
        case 0:
          guard scanner.byte(body) == 0x7B else { throw mistype(body, node: 0, depth: 1) }
          try record(body, program, &frame, 0, 0)
        case 1: asOf = try date(body, detail: .date)
        case 2: today = try date(body, detail: .date)
        case 3: try clearances(body, program, &frame)
        case 4:
          unknownAt = scanner.at
          guard scanner.byte(body) == 0x5B else { throw mistype(body, detail: .list, depth: 1) }
          try scanner.skip(body, depth: 1)
        case 5: try explain(body)
        default:
          historyAt = scanner.at
          guard scanner.byte(body) == 0x5B else { throw mistype(body, detail: .list, depth: 1) }
          try scanner.skip(body, depth: 1)
        }
      } while try !scanner.ends(body, with: 0x7D)
    }
    scanner.blank(body)
    guard scanner.at == body.count else { throw .grammar(.trailing, at: scanner.at) }
    if seen & 1 == 0 { leaveOutChildren(program, &frame, 0, 0) }
    frame.asOf = asOf ?? day
    frame.today = today ?? frame.asOf
    if unknownAt >= 0 {
      scanner.at = unknownAt
      try unknowns(body, program, &frame)
    }
    if historyAt >= 0 {
      scanner.at = historyAt
      try history(body, program, &frame)
    }
  }

  /// Reads one of the two names that most envelopes consist of, as one word; -1 for another.
  @inline(__always)
  private mutating func usualMember(_ body: Span<UInt8>) -> Int {
    let word = JSONScanner.word(body, scanner.at &+ 1)
    // `input"`, `explain"`, the first byte lowest.
    if word & 0xFFFF_FFFF_FFFF == 0x2274_7570_6E69 {
      scanner.at &+= 7
      return 0
    }
    guard word == 0x226E_6961_6C70_7865 else { return -1 }
    scanner.at &+= 9
    return 5
  }

  /// Reads a name of the envelope and its colon; gives its number.
  private mutating func envelopeMember(
    _ body: Span<UInt8>, _ seen: inout UInt8
  ) throws(JSONFault) -> Int {
    guard scanner.byte(body) == 0x22 else { throw .grammar(.name, at: scanner.at) }
    let start = scanner.at
    var member = usualMember(body)
    if member < 0 {
      let name = try scanner.string(body)
      member = Self.envelope.find(body, name.start, name.end)
    }
    guard member >= 0 else {
      throw JSONFault(
        code: .unknownField, offset: start, end: scanner.at, detail: EnvelopeForm.request.rawValue)
    }
    guard seen & (1 << UInt8(member)) == 0 else {
      throw JSONFault(code: .duplicateName, offset: start, end: scanner.at)
    }
    seen |= 1 << UInt8(member)
    try scanner.colon(body)
    return member
  }

  private mutating func explain(_ body: Span<UInt8>) throws(JSONFault) {
    guard scanner.byte(body) == 0x22 else { throw mistype(body, detail: .explain, depth: 1) }
    let start = scanner.at
    let piece = try scanner.string(body)
    switch Self.explainWords.find(body, piece.start, piece.end) {
    case 0: options.explain = .none
    case 1: options.explain = .reasons
    case 2: options.explain = .trace
    default:
      throw JSONFault(
        code: .badOption, offset: start, end: piece.end + 1,
        detail: EnvelopeForm.explain.rawValue)
    }
  }

  /// The fault for a value of the wrong kind: its own fault when the value is not even JSON.
  @inline(never)
  func mistype(
    _ body: Span<UInt8>, node: Int = -1, detail: EnvelopeForm = .nothing, depth: Int
  ) -> JSONFault {
    var ahead = scanner
    do throws(JSONFault) {
      try ahead.skip(body, depth: depth)
    } catch {
      return error
    }
    return JSONFault(
      code: .wrongType, offset: scanner.at, node: node, detail: detail.rawValue)
  }
}
