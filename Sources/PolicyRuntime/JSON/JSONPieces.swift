/// Cuts a JSON text into the pieces it is made of, with every check of the grammar and without a tree.

/// What larger requests are taken apart with: the items of a batch, the members of an envelope.
public enum JSONPieces {
  /// An item of an array.
  public struct Item: Sendable {
    /// Where it stands in the text.
    public let range: Range<Int>
    /// Why it cannot be read alone, although the array around it can: a name twice, nested too deeply.
    public let problem: RequestProblem?
  }

  /// A member of an object.
  public struct Member: Sendable {
    /// What its name says, unescaped.
    public let name: String
    /// Where it stands, from the quote before its name to the end of its value.
    public let whole: Range<Int>
    /// Where its value stands.
    public let value: Range<Int>
  }

  /// The items of a text that is an array; cutting ends behind item number `limit + 1`.
  ///
  /// The depth of an item counts from the item: what may be asked alone may stand in a batch.
  public static func items(
    of text: Span<UInt8>, limit: Int = .max
  ) throws(RequestProblem) -> [Item] {
    var scanner = JSONScanner()
    var items: [Item] = []
    do throws(JSONFault) {
      try begin(&scanner, text, with: 0x5B, .list)
      if scanner.opens(text, empty: 0x5D) {
        repeat {
          items.append(try item(&scanner, text))
          if items.count > limit { return items }
        } while try !scanner.ends(text, with: 0x5D)
      }
      try finish(&scanner, text)
      return items
    } catch {
      throw RequestProblem(error, text, Program())
    }
  }

  /// The members of a text that is an object, each name at most once.
  public static func members(of text: Span<UInt8>) throws(RequestProblem) -> [Member] {
    var scanner = JSONScanner()
    do throws(JSONFault) {
      try begin(&scanner, text, with: 0x7B, .object)
      let found = try members(&scanner, text)
      try finish(&scanner, text)
      return found
    } catch {
      throw RequestProblem(error, text, Program())
    }
  }

  /// The members of an object within a text that was cut before; the places count from the start of the text.
  public static func members(
    of text: Span<UInt8>, in object: Range<Int>
  ) throws(RequestProblem) -> [Member] {
    var scanner = JSONScanner()
    scanner.at = object.lowerBound
    do throws(JSONFault) {
      return try members(&scanner, text)
    } catch {
      throw RequestProblem(error, text, Program())
    }
  }

  /// What a string says that was cut before; nil when the value is no string.
  public static func string(_ text: Span<UInt8>, _ value: Range<Int>) -> String? {
    guard value.count >= 2, text[value.lowerBound] == 0x22 else { return nil }
    let piece = JSONScanner.Piece(
      start: value.lowerBound + 1, end: value.upperBound - 1, escaped: true)
    return RequestReader.string(text, piece)
  }

  // MARK: - Within

  private static func begin(
    _ scanner: inout JSONScanner, _ text: Span<UInt8>, with bracket: UInt8, _ form: EnvelopeForm
  ) throws(JSONFault) {
    scanner.blank(text)
    if scanner.at == text.count { throw .grammar(.empty, at: 0) }
    if scanner.byte(text) == bracket { return }
    if scanner.byte(text) == 0xEF { throw .grammar(.byteOrderMark, at: 0) }
    var ahead = scanner
    try ahead.skip(text, depth: 0)
    throw JSONFault(code: .wrongType, offset: scanner.at, detail: form.rawValue)
  }

  private static func finish(
    _ scanner: inout JSONScanner, _ text: Span<UInt8>
  ) throws(JSONFault) {
    scanner.blank(text)
    guard scanner.at == text.count else { throw .grammar(.trailing, at: scanner.at) }
  }

  private static func item(
    _ scanner: inout JSONScanner, _ text: Span<UInt8>
  ) throws(JSONFault) -> Item {
    let start = scanner.at
    do throws(JSONFault) {
      try scanner.skip(text, depth: 0)
      return Item(range: start..<scanner.at, problem: nil)
    } catch {
      guard error.code == .duplicateName || error.code == .tooDeep else { throw error }
      scanner.at = start
      let end = try scanner.passBrackets(text)
      var fault = error
      fault.offset -= start
      if fault.end >= 0 { fault.end -= start }
      let problem = RequestProblem(fault, text.extracting(start..<end), Program())
      return Item(range: start..<end, problem: problem)
    }
  }

  private static func members(
    _ scanner: inout JSONScanner, _ text: Span<UInt8>
  ) throws(JSONFault) -> [Member] {
    var found: [Member] = []
    var names: Set<String> = []
    guard scanner.opens(text, empty: 0x7D) else { return found }
    repeat {
      let start = scanner.at
      guard scanner.byte(text) == 0x22 else { throw .grammar(.name, at: start) }
      let name = RequestReader.string(text, try scanner.string(text))
      guard names.insert(name).inserted else {
        throw JSONFault(code: .duplicateName, offset: start, end: scanner.at)
      }
      try scanner.colon(text)
      let value = scanner.at
      try scanner.skip(text, depth: 1)
      found.append(Member(name: name, whole: start..<scanner.at, value: value..<scanner.at))
    } while try !scanner.ends(text, with: 0x7D)
    return found
  }
}

extension JSONScanner {
  /// Moves behind the brackets that open here, counting them outside strings, and gives the place: the way
  /// past an item that is refused anyway.
  fileprivate mutating func passBrackets(
    _ text: borrowing Span<UInt8>
  ) throws(JSONFault) -> Int {
    var open = 0
    while at < text.count {
      switch text[at] {
      case 0x22:
        _ = try string(text)
        continue
      case 0x5B, 0x7B: open += 1
      case 0x5D, 0x7D: open -= 1
      default: break
      }
      at += 1
      if open == 0 { return at }
    }
    throw .grammar(.commaOrBracket, at: at)
  }
}
