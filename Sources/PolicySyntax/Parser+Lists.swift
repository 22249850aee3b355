/// Expressions that make or search lists: `[a, b]`, `[e for x in xs]`, `the x in xs`, `allocate`.
import PolicySource

extension Parser {
  /// `[a, b]`, or `[e for x in xs where c]`.
  mutating func parseBracketed() -> ExpressionTree {
    let opening = here
    advance()
    // The closing bracket may stand on a line of its own.
    let made = inBrackets { parser in
      let made = parser.parseInsideBrackets()
      parser.close(.rightBracket, opening: opening, what: "list")
      return made
    }
    return ExpressionTree(made, range(from: opening))
  }

  private mutating func parseInsideBrackets() -> ExpressionTree.Kind {
    if recovering || kind == .rightBracket { return .list([]) }
    let first = parseExpression()
    if word == .for, !recovering { return parseComprehension(first) }
    guard take(.comma) else { return .list([first]) }
    return .list([first] + parseItems(until: .rightBracket))
  }

  /// `for x in xs where c`, behind what is made of each item.
  private mutating func parseComprehension(_ element: ExpressionTree) -> ExpressionTree.Kind {
    advance()
    let (variable, list) = parseItemOfList("[e for x in LIST]")
    let condition = !recovering && take(.where) ? parseExpression() : nil
    return .comprehension(element, variable: variable, list: list, condition: condition)
  }

  /// `x in xs`.
  private mutating func parseItemOfList(_ form: String) -> (Name, ExpressionTree) {
    let variable = parseName("the item")
    expect(.in, in: form)
    let list = recovering ? ExpressionTree(.missing, here) : parseBinary(Precedence.sum)
    return (variable, list)
  }

  /// `the x in xs where c [else e]`.
  mutating func parseThe() -> ExpressionTree {
    let start = raw.lower
    let form = "the x in LIST where C"
    advance()
    let (variable, list) = parseItemOfList(form)
    expect(.where, in: form)
    let condition =
      recovering
      ? ExpressionTree(.missing, here)
      : elseIsTaken ? parseExpression() : parseExpressionBeforeElse()
    var otherwise: ExpressionTree?
    if !recovering, !elseIsTaken, take(.else) { otherwise = parseExpression() }
    return ExpressionTree(
      .the(variable: variable, list: list, condition: condition, otherwise: otherwise),
      range(from: start))
  }

  /// Whether a token behind the word `allocate` begins an amount.
  func opensAmount(_ token: Token) -> Bool {
    switch token.kind {
    case .number, .leftParenthesis: !token.startsLine
    case .name: !token.startsLine && !token.word.isInfix && !token.word.isReserved
    default: false
    }
  }

  /// `allocate AMOUNT over x in xs [where c] taking EXPR by KEY`.
  mutating func parseAllocation() -> ExpressionTree {
    let start = raw.lower
    let form = "allocate AMOUNT over x in LIST taking AMOUNT by KEY"
    advance()
    func operand(_ parser: inout Parser) -> ExpressionTree {
      parser.recovering
        ? ExpressionTree(.missing, parser.here) : parser.parseBinary(Precedence.sum)
    }
    let amount = operand(&self)
    expect(.over, in: form)
    let (variable, list) = recovering ? (Name("", here), amount) : parseItemOfList(form)
    let condition = !recovering && take(.where) ? parseExpression() : nil
    expect(.taking, in: form)
    let taking = operand(&self)
    expect(.by, in: form)
    let key = operand(&self)
    return ExpressionTree(
      .allocate(
        ExpressionTree.AllocationTree(
          amount: amount, variable: variable, list: list, condition: condition, taking: taking,
          key: key)), range(from: start))
  }
}
