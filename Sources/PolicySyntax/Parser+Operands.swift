/// What stands between operators: literals, names, calls, `if`, quantifiers, aggregates.
import PolicySource

extension Parser {
  /// `not`, unary minus, or an operand with what is put behind it.
  mutating func parsePrefix(_ minimum: Int) -> ExpressionTree {
    let start = raw.lower
    if word == .not {
      advance()
      let operand = parseBinary(Precedence.not)
      return ExpressionTree(.not(operand), range(from: start))
    }
    if kind == .minus {
      advance()
      let operand = parseBinary(Precedence.unary)
      return ExpressionTree(.negate(operand), range(from: start))
    }
    return parsePostfix(parseOperand())
  }

  /// `.field`, `[keys]` and the `else` of a look-up, as many as there are.
  private mutating func parsePostfix(_ operand: ExpressionTree) -> ExpressionTree {
    var result = operand
    var isLookup = false
    if case .aggregate(let tree) = operand.kind {
      isLookup = tree.function == .min || tree.function == .max
    }
    while !recovering {
      operators += 1
      guard operators <= Self.longestExpression else {
        fail(SyntaxMessages.tooLong(limit: Self.longestExpression, at: here))
        break
      }
      switch kind {
      case .dot:
        if peek().kind == .leftBrace { return result }
        advance()
        let name = parseFieldName()
        result = ExpressionTree(.field(result, name), range(from: operand.range))
      case .leftBracket where !raw.startsLine:
        let opening = here
        advance()
        let keys = inBrackets { $0.parseItems(until: .rightBracket) }
        close(.rightBracket, opening: opening, what: "look-up")
        if keys.isEmpty { report(SyntaxMessages.expectedExpression(found: "`]`", at: opening)) }
        result = ExpressionTree(.index(result, keys), range(from: operand.range))
        isLookup = true
      case .name where word == .in && peek().kind == .name && isCurrency(peek()):
        result = parseConversion(result)
      case .name where word == .else && isLookup && !elseIsTaken:
        advance()
        let fallback = parseBinary(Precedence.unary)
        result = ExpressionTree(.fallback(result, fallback), range(from: operand.range))
        isLookup = false
      default: return result
      }
    }
    return result
  }

  /// The name behind a point: words of the language may be fields.
  private mutating func parseFieldName() -> Name {
    if kind == .name, word.isReserved, !raw.startsLine { return parseName("a field", loose: true) }
    return parseName("a field")
  }

  /// A literal, a name, a bracket, or a form that begins with a word.
  private mutating func parseOperand() -> ExpressionTree {
    let token = raw
    switch kind {
    case .number: return parseNumber()
    case .percent:
      advance()
      return ExpressionTree(.percent(digits(of: token, dropping: 1)), range(of: token))
    case .date: return takeDay(token)
    case .month:
      advance()
      return ExpressionTree(.month(text(of: token)), range(of: token))
    case .time: return takeTime(token)
    case .text:
      let tree = parseText(holes: true)
      return ExpressionTree(.text(tree), tree.range)
    case .leftParenthesis:
      advance()
      let inner = inBrackets { $0.parseExpression() }
      close(.rightParenthesis, opening: range(of: token), what: "bracket")
      return ExpressionTree(inner.kind, range(from: token.lower))
    case .leftBracket:
      return parseBracketed()
    case .leftBrace: return parseRecord()
    case .name: return parseWordOperand(token)
    default: return missingOperand()
    }
  }

  /// Nothing that could be an operand: says so and consumes nothing.
  private mutating func missingOperand() -> ExpressionTree {
    fail(SyntaxMessages.expectedExpression(found: foundInGap, at: gap))
    return ExpressionTree(.missing, here)
  }

  /// The digits of a number token without `_`.
  private func digits(of token: Token, dropping last: Int32) -> String {
    let slice = bytes[Int(token.lower)..<Int(token.upper - last)]
    if !slice.contains(UInt8(ascii: "_")) { return String(decoding: slice, as: UTF8.self) }
    return String(decoding: slice.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
  }

  /// A number, with its currency or percent sign.
  private mutating func parseNumber() -> ExpressionTree {
    let token = raw
    advance()
    let digits = digits(of: token, dropping: 0)
    if kind == .percentSign {
      advance()
      return ExpressionTree(.percent(digits), range(from: token.lower))
    }
    if kind == .name, isCurrency(raw) {
      if raw.startsLine {
        guard !startsClause(position), !startsDeclaration(position) else {
          return ExpressionTree(.number(digits), range(of: token))
        }
        report(SyntaxMessages.currencyOnNextLine(text(of: raw), at: here))
      }
      let currency = takeName()
      return ExpressionTree(.money(digits, currency: currency), range(from: token.lower))
    }
    return ExpressionTree(.number(digits), range(of: token))
  }

  /// Whether a token is three capital letters.
  func isCurrency(_ token: Token) -> Bool {
    guard token.upper - token.lower == 3 else { return false }
    for offset in token.lower..<token.upper {
      let byte = bytes[Int(offset)]
      if byte < UInt8(ascii: "A") || byte > UInt8(ascii: "Z") { return false }
    }
    return true
  }

  /// `{ field: e, … }`.
  private mutating func parseRecord() -> ExpressionTree {
    let start = raw.lower
    var fields: [(name: Name, value: ExpressionTree)] = []
    guard depth < Self.deepest else {
      fail(SyntaxMessages.tooDeep(limit: Self.deepest, at: here))
      return ExpressionTree(.missing, here)
    }
    depth += 1
    defer { depth -= 1 }
    parseBraced("record") { parser in
      let name = parser.parseName("a field", loose: true)
      if !parser.take(.colon) {
        if parser.kind == .equal {
          parser.report(SyntaxMessages.wrongOperator("=", right: ":", at: parser.here))
          parser.advance()
        } else {
          parser.fail(
            SyntaxMessages.expectedMark(
              ":", form: "field: value", found: parser.foundInGap, at: parser.gap))
        }
      }
      fields.append((name, parser.parseExpression()))
    }
    return ExpressionTree(.record(fields), range(from: start))
  }

  /// An operand that begins with a word.
  private mutating func parseWordOperand(_ token: Token) -> ExpressionTree {
    if looksLikeNextClause() { return missingOperand() }
    let next = peek()
    switch token.word {
    case .other: break
    case .true, .false:
      advance()
      return ExpressionTree(.bool(token.word == .true), range(of: token))
    case .if: return parseConditional()
    case .any: return parseQuantifier(.any)
    case .all: return parseQuantifier(.all)
    case .count, .sum, .min, .max:
      if next.kind == .leftParenthesis, !next.startsLine { return parseAggregate() }
    case .round: if let call = parseRounding() { return call }
    case .the where next.kind == .name && peek(2).word == .in: return parseThe()
    case .allocate where opensAmount(next): return parseAllocation()
    case .today where next.kind != .dot && next.kind != .leftParenthesis:
      advance()
      return ExpressionTree(.today, range(of: token))
    default: if let calendar = parseCalendarWords(token, next) { return calendar }
    }
    if token.word.isReserved {
      if token.word == .unknown {
        report(SyntaxMessages.unknownAsValue(at: here))
      } else {
        return missingOperand()
      }
      advance()
      return ExpressionTree(.missing, range(of: token))
    }
    let name = takeName()
    guard kind == .leftParenthesis, !raw.startsLine else {
      return ExpressionTree(.name(name), name.range)
    }
    return parseCall(name)
  }

  /// The arguments of a call.
  private mutating func parseCall(_ name: Name) -> ExpressionTree {
    let opening = here
    advance()
    let arguments = inBrackets { $0.parseItems(until: .rightParenthesis) }
    close(.rightParenthesis, opening: opening, what: "call")
    return ExpressionTree(.call(name, arguments), range(from: name.range))
  }

  /// `round up(…)`, `round down(…)`; plain `round(…)` is a call like any other.
  private mutating func parseRounding() -> ExpressionTree? {
    guard peek().word == .up || peek().word == .down, peek(2).kind == .leftParenthesis else {
      return nil
    }
    let start = raw.lower
    advance()
    let name = word == .up ? "round_up" : "round_down"
    advance()
    return parseCall(Name(name, range(from: start)))
  }

  /// `if c then a else b`.
  private mutating func parseConditional() -> ExpressionTree {
    let start = raw.lower
    advance()
    let old = elseIsTaken
    elseIsTaken = false
    let condition = parseExpression()
    elseIsTaken = old
    expect(.then, in: "if C then A else B")
    let yes = parseExpressionBeforeElse()
    expect(.else, in: "if C then A else B")
    let no = parseExpression()
    return ExpressionTree(.conditional(condition, yes, no), range(from: start))
  }

  /// `any x in xs where c`.
  private mutating func parseQuantifier(
    _ quantifier: ExpressionTree.Quantifier
  ) -> ExpressionTree {
    let start = raw.lower
    let form = "\(quantifier.rawValue) x in LIST where C"
    advance()
    let variable = parseName("the item")
    expect(.in, in: form)
    let list = parseBinary(Precedence.sum)
    expect(.where, in: form)
    let condition = parseExpression()
    return ExpressionTree(
      .quantifier(quantifier, variable: variable, list: list, condition: condition),
      range(from: start))
  }

  /// An aggregate: `count(xs)`, `count(x in xs where c)`, `sum(e for x in xs where c)` and the like.
  private mutating func parseAggregate() -> ExpressionTree {
    let start = raw.lower
    let name = text(of: raw)
    let function = ExpressionTree.Aggregate(rawValue: name) ?? .count
    advance()
    let opening = here
    advance()
    let tree = inBrackets { parser in parser.parseAggregateBody(function) }
    close(.rightParenthesis, opening: opening, what: "`\(name)`")
    return ExpressionTree(.aggregate(tree), range(from: start))
  }

  private mutating func parseAggregateBody(
    _ function: ExpressionTree.Aggregate
  ) -> ExpressionTree.AggregateTree {
    var element: ExpressionTree?
    if function == .count {
      if kind != .name || peek().word != .in {
        let list = parseExpression()
        return .init(
          function: function, element: nil, variable: nil, list: list, condition: nil)
      }
    } else {
      element = parseExpression()
      if word != .for {
        fail(SyntaxMessages.missingFor(function.rawValue, found: foundInGap, at: gap))
      }
      if !recovering { advance() }
    }
    let variable = parseName("the item")
    expect(.in, in: "x in LIST")
    let list = parseBinary(Precedence.sum)
    let condition = take(.where) ? parseExpression() : nil
    return .init(
      function: function, element: element, variable: variable, list: list, condition: condition)
  }
}
