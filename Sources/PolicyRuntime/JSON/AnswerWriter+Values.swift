/// Values in answers: for programs in canonical form, for people with labels and thousands separators.

extension AnswerWriter {
  // MARK: Bytes

  /// Appends words that need no escape.
  @inline(__always)
  mutating func put(_ words: String) {
    out.append(words.utf8.span)
  }

  /// A comma before all but the first of a row.
  mutating func separate(_ first: inout Bool) {
    if !first { out.append(0x2C) }
    first = false
  }

  /// A JSON string.
  mutating func string(_ words: String) {
    out.append(0x22)
    escape(words)
    out.append(0x22)
  }

  /// A number of the wire's own, not of a policy.
  mutating func count(_ value: Int) {
    if value < 0 { out.append(0x2D) }
    Decimal.write(UInt64(value.magnitude), to: &out)
  }

  /// Appends text, escaped where it goes into a JSON string.
  mutating func escape(_ words: String) {
    let bytes = words.utf8.span
    escape(bytes)
  }

  /// Appends text, escaped where it goes into a JSON string.
  mutating func escape(_ bytes: Span<UInt8>) {
    guard escapes, !Self.isPlain(bytes) else { return out.append(bytes) }
    for index in bytes.indices { escape(bytes[index]) }
  }

  /// Whether no byte needs an escape; all are looked at, which the processor does many at a time.
  private static func isPlain(_ bytes: Span<UInt8>) -> Bool {
    var marks: UInt8 = 0
    for index in bytes.indices { marks |= isPlain(bytes[index]) ? 0 : 1 }
    return marks == 0
  }

  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != 0x22 && byte != 0x5C
  }

  @inline(__always)
  mutating func escape(_ byte: UInt8) {
    if !escapes || Self.isPlain(byte) {
      out.append(byte)
    } else {
      escapeControl(byte)
    }
  }

  private mutating func escapeControl(_ byte: UInt8) {
    out.append(0x5C)
    switch byte {
    case 0x22, 0x5C: out.append(byte)
    case 0x0A: out.append(0x6E)
    case 0x0D: out.append(0x72)
    case 0x09: out.append(0x74)
    default:
      put("u00")
      let digits = Array("0123456789abcdef".utf8)
      out.append(digits[Int(byte >> 4)])
      out.append(digits[Int(byte & 15)])
    }
  }

  // MARK: For programs

  /// The value of a slot as it stands on the wire; null for one that is absent, unknown or an error.
  mutating func wire(
    _ slot: Int, _ form: SlotForm, _ program: Program, _ frame: borrowing Frame,
    _ body: Span<UInt8>
  ) {
    let value = frame.slots[slot]
    if value.isSpecial { return put("null") }
    switch form {
    case .bool: return put(value.isTrue ? "true" : "false")
    case .list: return count(value.count)
    case .money: return amount(value, frame.currency(of: slot, program))
    default: break
    }
    out.append(0x22)
    switch form {
    case .number: value.decimal.write(to: &out)
    case .percent: value.decimal.writePercent(to: &out)
    case .date: value.day.write(to: &out)
    case .month: Month(number: value.index).write(to: &out)
    case .time: TimeOfDay(minutes: value.index).write(to: &out)
    case .post: if let post = Self.post(value, program) { escape(post.name) }
    case .member(let type):
      if let member = Self.member(value, type, program) { escape(member.name) }
    default: bytes(value, program, frame, body)
    }
    out.append(0x22)
  }

  /// `"12000.00 CNY"`.
  mutating func amount(_ value: Slot, _ currency: String) {
    out.append(0x22)
    value.decimal.write(to: &out, minimum: 2)
    if !currency.isEmpty {
      out.append(0x20)
      put(currency)
    }
    out.append(0x22)
  }

  private static func post(_ value: Slot, _ program: Program) -> Enumeration.Member? {
    program.types.posts.indices.contains(value.index) ? program.types.posts[value.index] : nil
  }

  private static func member(
    _ value: Slot, _ type: Int, _ program: Program
  ) -> Enumeration.Member? {
    guard program.types.enumerations.indices.contains(type) else { return nil }
    let members = program.types.enumerations[type].members
    return members.indices.contains(value.index) ? members[value.index] : nil
  }

  /// The bytes of a text, wherever they are.
  mutating func bytes(
    _ value: Slot, _ program: Program, _ frame: borrowing Frame, _ body: Span<UInt8>
  ) {
    let range = value.textRange
    switch value.home {
    case .body: escape(body.extracting(range))
    case .frame: escape(frame.texts.span.extracting(range))
    case .program: escape(program.texts.span.extracting(range))
    }
  }

  // MARK: For people

  /// The value of a slot as people read it.
  mutating func people(
    _ slot: Int, _ form: SlotForm, _ program: Program, _ frame: borrowing Frame,
    _ body: Span<UInt8>
  ) {
    let value = frame.slots[slot]
    if value.isSpecial {
      let words =
        value.isAbsent
        ? AnswerMessages.absent
        : value.isUnknown ? AnswerMessages.unknown : AnswerMessages.error
      return put(say(words))
    }
    switch form {
    case .bool: put(say(value.isTrue ? AnswerMessages.yes : AnswerMessages.no))
    case .number: value.decimal.write(to: &out, grouped: true)
    case .money: money(value, frame.currency(of: slot, program))
    case .percent: value.decimal.writePercent(to: &out)
    case .date: value.day.write(to: &out)
    case .month: Month(number: value.index).write(to: &out)
    case .time: TimeOfDay(minutes: value.index).write(to: &out)
    case .list: count(value.count)
    case .post: if let post = Self.post(value, program) { escape(post.label) }
    case .member(let type):
      if let member = Self.member(value, type, program) { escape(member.label) }
    case .text: bytes(value, program, frame, body)
    }
  }

  /// `12,000.01 CNY`.
  mutating func money(_ value: Slot, _ currency: String) {
    value.decimal.write(to: &out, minimum: 2, grouped: true)
    if !currency.isEmpty {
      out.append(0x20)
      put(currency)
    }
  }

  /// The words of a template with its holes filled.
  mutating func render(
    _ template: Int, _ program: Program, _ frame: inout Frame, _ body: Span<UInt8>
  ) {
    // Lists that holes make are forgotten once they are written.
    let top = frame.top
    defer { frame.top = top }
    for part in program.templates[template].parts {
      switch part {
      case .letters(let letters): escape(letters.span)
      case .missing(let label):
        escape(AnswerMessages.text(AnswerMessages.missing(label), in: language))
      case .hole(let slot, let form, let code):
        if !code.isEmpty { Machine.runCareful(program, &frame, body: body, code) }
        people(slot, form, program, frame, body)
      }
    }
  }

  /// A member with a rendered template, when answers explain themselves.
  mutating func text(
    _ name: String, _ template: Int, _ program: Program, _ frame: inout Frame,
    _ body: Span<UInt8>
  ) {
    guard explains, template >= 0 else { return }
    put(",\"")
    put(name)
    put("\":\"")
    render(template, program, &frame, body)
    put("\"")
  }
}
