/// The words of every refused request: one function per mistake, in alphabetical order.
public import PolicySource

/// The wording of request problems.
public enum RequestMessages {
  /// A sentence without a place, and a help line, for a problem.
  public static func words(_ problem: RequestProblem) -> (detail: Phrase, help: Phrase?) {
    let help: Phrase? = problem.nearest.map { "did you mean `\($0)`?" }
    let found: Phrase = "`\(problem.found)`"
    switch problem.code {
    case .badAct: return badAct(problem)
    case .badClearance: return badClearance(problem)
    case .badDate: return ("\(found) is not a date", "write a day as `2026-11-21`")
    case .badMonth: return ("\(found) is not a month", "write a month as `2026-04`")
    case .badTime: return ("\(found) is not a time", "write a time as `09:00`")
    case .badMoney: return ("\(found) is not an amount", "write an amount as `12000.00 CNY`")
    case .badNumber: return ("\(found) is not a number", "write a number as `12.5` or `\"12.5\"`")
    case .badOption: return ("\(found) is not \(problem.expected)", help)
    case .badPercent: return ("\(found) is not a percentage", "write a percentage as `\"6%\"`")
    case .currencyMissing:
      return ("the amount \(found) names no currency", "write it as `\"12000.00 CNY\"`")
    case .duplicateName: return ("the name \(found) occurs twice in one object", nil)
    case .invalidUTF8: return ("the text is not valid UTF-8", nil)
    case .malformedJSON: return malformed(problem)
    case .nullNotAllowed:
      return (
        "`\(problem.path)` may not be null",
        "leave it out when it is not known; null says that there is none"
      )
    case .numberTooLarge:
      return ("\(found) is too large", "a number has at most 30 digits before the point")
    case .outOfRange:
      return ("\(found) is out of range: `\(problem.path)` must be \(problem.expected)", nil)
    case .patternMismatch:
      return ("\(found) does not have the form of `\(problem.path)`: \(problem.expected)", nil)
    case .textTooLong:
      return ("the text is too long", "a text has at most \(RequestLimits.textBytes) bytes")
    case .tooDeep: return ("the text is nested too deeply", "at most 64 levels are read")
    case .listTooLong: return listTooLong(problem)
    case .tooManyPlaces:
      return ("\(found) has too many places", "at most 8 digits behind the point are kept exactly")
    case .unknownField: return ("there is no field \(found)", help)
    case .unknownMember: return ("\(found) is not one of \(problem.expected)", help)
    case .unknownPath: return ("`unknown` names \(found), which the inputs do not have", help)
    case .unknownPost: return ("there is no post \(found)", help)
    case .wrongType:
      return ("expected \(problem.expected), found \(problem.found)", nil)
    }
  }

  /// The short name of a code, the same for every problem of that code.
  public static func title(_ code: RequestProblem.Code) -> Phrase {
    switch code {
    case .badAct: "an act of the history is not complete"
    case .badClearance: "a clearance is not complete"
    case .badDate: "not a date"
    case .badMonth: "not a month"
    case .badTime: "not a time"
    case .badMoney: "not an amount"
    case .badNumber: "not a number"
    case .badOption: "not an option"
    case .badPercent: "not a percentage"
    case .currencyMissing: "an amount names no currency"
    case .duplicateName: "a name occurs twice"
    case .invalidUTF8: "not valid UTF-8"
    case .malformedJSON: "not valid JSON"
    case .nullNotAllowed: "null is not allowed here"
    case .numberTooLarge: "a number is too large"
    case .outOfRange: "a value is out of range"
    case .patternMismatch: "a text does not have the required form"
    case .textTooLong: "a text is too long"
    case .tooDeep: "nested too deeply"
    case .listTooLong: "a list has too many items"
    case .tooManyPlaces: "a number has too many places"
    case .unknownField: "unknown field"
    case .unknownMember: "unknown value of an enumeration"
    case .unknownPath: "unknown path"
    case .unknownPost: "unknown post"
    case .wrongType: "wrong type"
    }
  }

  private static func badAct(_ problem: RequestProblem) -> (Phrase, Phrase?) {
    if problem.expected == option(.result) {
      return (
        "`\(problem.found)` is not what an act can be",
        problem.nearest.map { "did you mean `\($0)`?" }
          ?? "one of \(SourceMessages.names(RequestReader.resultNames, last: .comma))"
      )
    }
    if problem.expected == option(.acts) {
      return ("the history has too many acts", "at most \(History.limit) are read")
    }
    return (
      "an act must give `decision`, `step`, `person`, `post`, `result` and `on`",
      "only the requester acts without a post"
    )
  }

  private static func badClearance(_ problem: RequestProblem) -> (Phrase, Phrase?) {
    if problem.expected == option(.item) {
      return ("`\(problem.found)` is not the number of an item", "items are counted from 1")
    }
    if problem.expected == option(.code) {
      return (
        "the decision has no clause `\(problem.found)`",
        problem.nearest.map { "did you mean `\($0)`?" }
      )
    }
    return ("a clearance must give `decision`, `code`, `by` and `on`", nil)
  }

  private static func malformed(_ problem: RequestProblem) -> (Phrase, Phrase?) {
    let place: Phrase = "line \(problem.line), column \(problem.column)"
    let help: Phrase? =
      problem.expected == expected(.byteOrderMark)
      ? "save it as UTF-8 without a byte order mark" : nil
    return ("\(problem.expected) at \(place), byte \(problem.offset)", help)
  }

  private static func listTooLong(_ problem: RequestProblem) -> (Phrase, Phrase?) {
    let help: Phrase = "put the rest into another request"
    if problem.expected == count(RequestLimits.items) {
      return ("the request has more than \(problem.expected) items in its lists", help)
    }
    let list: Phrase = problem.path.isEmpty ? "the list" : "`\(problem.path)`"
    return ("\(list) has more than \(problem.expected) items", help)
  }

  // MARK: Parts of sentences

  /// A number of things: `10,000`.
  public static func count(_ number: Int) -> Phrase {
    var text = ""
    for (index, digit) in String(number).reversed().enumerated() {
      if index > 0, index.isMultiple(of: 3) { text = "," + text }
      text = String(digit) + text
    }
    return .verbatim(text)
  }

  static let array: Phrase = "a list"
  static let bool: Phrase = "true or false"
  static let endOfText: Phrase = "the end of the text"
  static let null: Phrase = "null"
  static let number: Phrase = "a number"
  static let object: Phrase = "an object"
  static let string: Phrase = "a text"

  /// The bound that a value must keep.
  static func bound(_ constraint: Constraint, form: SchemaNode.Form) -> Phrase {
    switch constraint {
    case .lower(let bound, true): "at least \(limit(bound, form))"
    case .lower(let bound, false): "more than \(limit(bound, form))"
    case .upper(let bound, true): "at most \(limit(bound, form))"
    case .upper(let bound, false): "less than \(limit(bound, form))"
    case .pattern(let pattern): "`\(pattern.text)`"
    case .items(let count): "at most \(count) items"
    }
  }

  private static func limit(_ bound: Int128, _ form: SchemaNode.Form) -> String {
    switch form {
    case .date: return Day(number: Int(truncatingIfNeeded: bound)).text
    case .month: return Month(number: Int(truncatingIfNeeded: bound)).text
    case .time: return TimeOfDay(minutes: Int(truncatingIfNeeded: bound)).text
    case .percent:
      var bytes: [UInt8] = []
      Decimal(units: bound).writePercent(to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    default: return Decimal(units: bound).text()
    }
  }

  static func byte(_ byte: UInt8) -> Phrase {
    byte > 0x20 && byte < 0x7F ? "`\(Unicode.Scalar(byte))`" : "a byte that starts no value"
  }

  /// What the grammar misses.
  static func expected(_ grammar: JSONFault.Grammar) -> Phrase {
    switch grammar {
    case .byteOrderMark: "the text begins with a byte order mark"
    case .colon: "expected `:` after a name"
    case .commaOrBrace: "expected `,` or `}`"
    case .commaOrBracket: "expected `,` or `]`"
    case .controlCharacter: "a control character in a string must be escaped"
    case .empty: "the body is empty"
    case .escape: "not an escape of JSON"
    case .literal: "expected `true`, `false` or `null`"
    case .name: "expected a name in quotes"
    case .number: "not a number of JSON"
    case .openString: "the string is not closed"
    case .surrogate: "half of a surrogate pair"
    case .trailing: "expected nothing more"
    case .value: "expected a value"
    }
  }

  /// What a member of the envelope must be.
  static func option(_ form: EnvelopeForm) -> Phrase {
    switch form {
    case .nothing: "nothing"
    case .request: "an object with `input`"
    case .list: "a list"
    case .path: "a path such as `order.lines[2].stock`"
    case .explain: "`none`, `reasons` or `trace`"
    case .clearance: "a clearance"
    case .item: "the number of an item"
    case .code: "the code of a clause"
    case .text: "a text"
    case .date: "a date such as `2026-11-21`"
    case .act: "an act"
    case .result: "what an act can be"
    case .criterion: "the number or the text of a criterion"
    case .acts: "fewer acts"
    case .flag: "true or false"
    case .facts: "the facts by their paths"
    case .object: object
    }
  }

  /// A type of the schema, with how it is written.
  static func type(_ node: SchemaNode, _ schema: Schema) -> Phrase {
    switch node.form {
    case .bool: "true or false"
    case .number: "a number"
    case .money: node.detail > 0 ? "an amount" : "an amount such as `\"12000.00 CNY\"`"
    case .percent: "a percentage such as `\"6%\"`"
    case .text: "a text"
    case .date: "a date such as `\"2026-11-21\"`"
    case .month: "a month such as `\"2026-04\"`"
    case .time: "a time such as `\"09:00\"`"
    case .post: "a post"
    case .person: "a person, as a text"
    case .record: "an object"
    case .list: "a list"
    case .member:
      SourceMessages.names(
        schema.enumerations[Int(node.detail)].members.prefix(12).map(\.name), last: .comma)
    }
  }
}
