/// Why reading stopped, as plain numbers: words are made from them only when a problem is shown.

/// A stop while reading a request.
struct JSONFault: Error {
  /// What is wrong with text that is not JSON.
  enum Grammar: Int {
    case empty, byteOrderMark, value, name, colon, commaOrBrace, commaOrBracket, number, literal
    case escape, surrogate, controlCharacter, openString, trailing
  }

  /// The code.
  var code: RequestProblem.Code
  /// The first byte of the offending text.
  var offset: Int
  /// Behind the offending text; -1 when only the place is known.
  var end = -1
  /// The node of the schema that stands there; -1 none.
  var node = -1
  /// The raw value of a `Grammar`, the index of a constraint, or the raw value of an `EnvelopeForm`.
  var detail = 0

  /// Text that is not JSON.
  static func grammar(_ grammar: Grammar, at offset: Int) -> JSONFault {
    JSONFault(code: .malformedJSON, offset: offset, detail: grammar.rawValue)
  }
}
