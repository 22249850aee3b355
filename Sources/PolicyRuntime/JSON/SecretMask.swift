/// Requests as they may be logged: on one line, with every value masked that a policy marks `secret`.
///
/// In place of a value stands `{"masked":"hmac-sha256:…"}`, the keyed hash of its text: equal values are seen to be
/// equal, and nothing more.
public import PolicySource

/// The facts that clearances and acts of a set name by path, when anything in the set is secret.
public struct SecretFacts: Sendable {
  /// The paths under which some clause or approval of the set names a fact, and none a secret.
  let plain: SymbolTable

  /// Gathers the facts of all programs of a set; nil when nothing in it is secret.
  public init?(_ programs: [Program]) {
    guard programs.contains(where: \.schema.holdsSecrets) else { return nil }
    var plain: Set<String> = []
    var secret: Set<String> = []
    for program in programs {
      for fact in program.clauses.flatMap(\.facts) + program.plans.flatMap(\.facts) {
        if fact.isSecret { secret.insert(fact.path) } else { plain.insert(fact.path) }
      }
    }
    self.plain = SymbolTable(plain.subtracting(secret).sorted())
  }
}

/// Masks requests, one after the other; owns the working memory, so one per thread.
public struct SecretMask: Sendable {
  /// The text of the value that is being masked.
  private var text: [UInt8] = []

  /// Ready to mask.
  public init() {}

  /// Appends a request on one line with its secrets masked.
  ///
  /// - Parameters:
  ///   - body: a request that the program has read without a problem.
  ///   - facts: those of the set; nil when nothing in it is secret.
  /// - Returns: false, with nothing appended, when the body turns out not to be such a request.
  public mutating func append(
    _ body: Span<UInt8>, _ program: Program, _ facts: SecretFacts?, key: HMAC,
    into out: inout [UInt8]
  ) -> Bool {
    let start = out.count
    var writer = MaskWriter(key: key)
    writer.out.exchange(&out)
    swap(&writer.text, &text)
    var isWhole = true
    if let facts, program.schema.holdsSecrets || Self.namesFacts(body) {
      do throws(JSONFault) {
        try writer.envelope(body, program, facts)
      } catch {
        isWhole = false
      }
    }
    if isWhole { writer.copy(body, upTo: body.count) }
    swap(&writer.text, &text)
    writer.out.exchange(&out)
    if !isWhole { out.removeSubrange(start...) }
    return isWhole
  }

  /// Appends what may be said of a body that is no request: `"bytes":12,"sha256":"…"`.
  public static func describe(_ body: Span<UInt8>, into out: inout [UInt8]) {
    out.append(contentsOf: "\"bytes\":\(body.count),\"sha256\":\"".utf8)
    SHA256.digest(of: body).appendHex(to: &out)
    out.append(0x22)
  }

  /// Whether the name `facts` stands somewhere: the reader knows it only without escapes.
  private static func namesFacts(_ body: Span<UInt8>) -> Bool {
    for index in body.indices where body[index] == 0x22 {
      // `facts"`, the first byte lowest.
      if JSONScanner.word(body, index &+ 1) & 0xFFFF_FFFF_FFFF == 0x2273_7463_6166 { return true }
    }
    return false
  }
}

/// Walks over one request and writes it.
private struct MaskWriter: ~Copyable {
  var scanner = JSONScanner()
  var out = Output()
  var text: [UInt8] = []
  /// What lies before is written.
  private var written = 0
  private let key: HMAC

  init(key: HMAC) { self.key = key }

  // MARK: Places

  mutating func envelope(
    _ body: Span<UInt8>, _ program: Program, _ facts: SecretFacts
  ) throws(JSONFault) {
    scanner.blank(body)
    guard scanner.byte(body) == 0x7B else { throw .grammar(.value, at: scanner.at) }
    if scanner.opens(body, empty: 0x7D) {
      repeat {
        let name = try self.name(body)
        if Self.spells("input", body, name) {
          try value(body, program, 0)
        } else if Self.spells("clearances", body, name) || Self.spells("history", body, name) {
          try records(body, facts)
        } else {
          try scanner.skip(body, depth: 1)
        }
      } while try !scanner.ends(body, with: 0x7D)
    }
    scanner.blank(body)
    guard scanner.at == body.count else { throw .grammar(.trailing, at: scanner.at) }
  }

  /// A value of the inputs, of which something may be secret.
  private mutating func value(
    _ body: Span<UInt8>, _ program: Program, _ index: Int
  ) throws(JSONFault) {
    let node = program.schema.nodes[index]
    if node.isSecret { return try mask(body) }
    if !node.holdsSecret { return try scanner.skip(body, depth: 1) }
    switch (node.form, scanner.byte(body)) {
    case (_, 0x6E): try scanner.literal(body, "null")
    case (.record, 0x7B):
      guard scanner.opens(body, empty: 0x7D) else { return }
      repeat {
        let child = try field(body, program, index)
        try value(body, program, child)
      } while try !scanner.ends(body, with: 0x7D)
    case (.list, 0x5B):
      guard scanner.opens(body, empty: 0x5D) else { return }
      repeat {
        try value(body, program, Int(node.firstChild))
      } while try !scanner.ends(body, with: 0x5D)
    default: throw .grammar(.value, at: scanner.at)
    }
  }

  /// Reads a name and finds the field of a record that it means, as the reader of requests does.
  private mutating func field(
    _ body: Span<UInt8>, _ program: Program, _ index: Int
  ) throws(JSONFault) -> Int {
    let name = try self.name(body)
    let node = program.schema.nodes[index]
    let fields = Int(node.firstChild)..<Int(node.firstChild + node.childCount)
    if let table = program.schema.fieldTables[index] {
      let found = table.find(body, name.start, name.end)
      if found >= 0 { return fields.lowerBound + found }
    } else {
      for child in fields where Self.spells(program.schema, child, body, name) { return child }
    }
    if let word = RequestReader.word(body, name) {
      for child in fields where program.schema.names[child] == word { return child }
    }
    throw JSONFault(code: .unknownField, offset: name.start)
  }

  /// The clearances or acts of a request: of each the facts for which it was given.
  private mutating func records(_ body: Span<UInt8>, _ facts: SecretFacts) throws(JSONFault) {
    guard scanner.byte(body) == 0x5B else { throw .grammar(.value, at: scanner.at) }
    guard scanner.opens(body, empty: 0x5D) else { return }
    repeat {
      guard scanner.byte(body) == 0x7B else { throw .grammar(.value, at: scanner.at) }
      guard scanner.opens(body, empty: 0x7D) else { continue }
      repeat {
        if Self.spells("facts", body, try name(body)) {
          try self.facts(body, facts)
        } else {
          try scanner.skip(body, depth: 3)
        }
      } while try !scanner.ends(body, with: 0x7D)
    } while try !scanner.ends(body, with: 0x5D)
  }

  /// Facts by path: what is not known to be no secret is masked.
  private mutating func facts(_ body: Span<UInt8>, _ facts: SecretFacts) throws(JSONFault) {
    guard scanner.byte(body) == 0x7B else { throw .grammar(.value, at: scanner.at) }
    guard scanner.opens(body, empty: 0x7D) else { return }
    repeat {
      let path = try name(body)
      if facts.plain.find(body, path.start, path.end) >= 0 {
        try scanner.skip(body, depth: 4)
      } else {
        try mask(body)
      }
    } while try !scanner.ends(body, with: 0x7D)
  }

  private mutating func name(_ body: Span<UInt8>) throws(JSONFault) -> JSONScanner.Piece {
    guard scanner.byte(body) == 0x22 else { throw .grammar(.name, at: scanner.at) }
    let piece = try scanner.string(body)
    try scanner.colon(body)
    return piece
  }

  private static func spells(
    _ word: String, _ body: Span<UInt8>, _ piece: JSONScanner.Piece
  ) -> Bool {
    let letters = word.utf8.span
    guard piece.end - piece.start == letters.count else { return false }
    for index in letters.indices where letters[index] != body[piece.start + index] { return false }
    return true
  }

  private static func spells(
    _ schema: Schema, _ node: Int, _ body: Span<UInt8>, _ piece: JSONScanner.Piece
  ) -> Bool {
    let length = Int(schema.nodes[node].keyLength)
    guard piece.end - piece.start == length else { return false }
    let key = Int(schema.nodes[node].key)
    for offset in 0..<length where schema.keys[key + offset] != body[piece.start + offset] {
      return false
    }
    return true
  }

  // MARK: Writing

  /// Masks the value that begins here; `null`, which says that there is none, stays.
  private mutating func mask(_ body: Span<UInt8>) throws(JSONFault) {
    let start = scanner.at
    text.removeAll(keepingCapacity: true)
    switch scanner.byte(body) {
    case 0x6E: return try scanner.literal(body, "null")
    case 0x22: JSONScanner.unescape(body, try scanner.string(body), into: &text)
    default:
      try scanner.skip(body, depth: 2)
      squeeze(body, start..<scanner.at)
    }
    copy(body, upTo: start)
    written = scanner.at
    put("{\"masked\":\"hmac-sha256:")
    let code = key.code(of: text.span)
    for index in 0..<8 {
      for shift in 0..<8 {
        out.append(Self.digit(code.words[index] >> UInt32(28 - 4 * shift) & 15))
      }
    }
    put("\"}")
  }

  /// The text of a value that is no string: its bytes without the blanks between them.
  private mutating func squeeze(_ body: Span<UInt8>, _ range: Range<Int>) {
    var isString = false
    var at = range.lowerBound
    while at < range.upperBound {
      let byte = body[at]
      if isString || byte > 0x20 { text.append(byte) }
      if isString && byte == 0x5C {
        at += 1
        text.append(body[at])
      } else if byte == 0x22 {
        isString.toggle()
      }
      at += 1
    }
  }

  /// Writes what lies before a place as it stands, without the breaks of its lines.
  mutating func copy(_ body: Span<UInt8>, upTo end: Int) {
    var at = written
    while at < end {
      var next = at
      while next < end && body[next] != 0x0A && body[next] != 0x0D { next &+= 1 }
      if next > at { out.append(body.extracting(at..<next)) }
      at = next &+ 1
    }
    written = end
  }

  private mutating func put(_ words: String) { out.append(words.utf8.span) }

  private static func digit(_ value: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: value < 10 ? 0x30 + value : 0x57 + value)
  }
}
