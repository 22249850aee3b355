/// Expressions: operators by precedence, then what they stand between.
import PolicySource

extension Parser {
  /// How tightly operators bind, from the loosest.
  enum Precedence {
    static let implies = 1
    static let or = 2
    static let and = 3
    static let not = 4
    static let comparison = 5
    static let sum = 6
    static let product = 7
    static let unary = 8
  }

  /// An operator between two operands, as found at the cursor.
  enum Infix {
    case binary(ExpressionTree.BinaryOperator)
    case isTest, membership, notMembership
  }

  /// Any expression.
  mutating func parseExpression() -> ExpressionTree { parseBinary(Precedence.implies) }

  /// An expression that ends before an `else` that belongs to something further out.
  mutating func parseExpressionBeforeElse() -> ExpressionTree {
    let old = elseIsTaken
    elseIsTaken = true
    defer { elseIsTaken = old }
    return parseExpression()
  }

  /// Operators that bind at least as tightly as `minimum`, and their operands.
  mutating func parseBinary(_ minimum: Int) -> ExpressionTree {
    guard depth < Self.deepest else {
      fail(SyntaxMessages.tooDeep(limit: Self.deepest, at: here))
      return ExpressionTree(.missing, here)
    }
    if depth == 0 { operators = 0 }
    depth += 1
    defer { depth -= 1 }
    var left = parsePrefix(minimum)
    var compared = false
    while !recovering, let (infix, precedence) = infixAtCursor(), precedence >= minimum {
      operators += 1
      guard operators <= Self.longestExpression else {
        fail(SyntaxMessages.tooLong(limit: Self.longestExpression, at: here))
        break
      }
      let isChained = precedence == Precedence.comparison && compared
      if isChained { report(SyntaxMessages.chainedComparison(at: here)) }
      compared = compared || precedence == Precedence.comparison
      left = parseRight(of: left, infix, precedence)
      if isChained { left = ExpressionTree(.missing, left.range) }
    }
    // What is too long would be too deep as well; it has been said once.
    return operators > Self.longestExpression ? ExpressionTree(.missing, left.range) : left
  }

  /// The operator at the cursor and how tightly it binds.
  private func infixAtCursor() -> (Infix, Int)? {
    switch kind {
    case .name:
      switch word {
      case .and: return (.binary(.and), Precedence.and)
      case .or where delegateIsTaken && peek().word == .delegate: return nil
      case .or: return (.binary(.or), Precedence.or)
      case .implies: return (.binary(.implies), Precedence.implies)
      case .is: return (.isTest, Precedence.comparison)
      case .in: return (.membership, Precedence.comparison)
      case .not: return peek().word == .in ? (.notMembership, Precedence.comparison) : nil
      case .starts:
        return peek().word == .with ? (.binary(.startsWith), Precedence.comparison) : nil
      case .ends: return peek().word == .with ? (.binary(.endsWith), Precedence.comparison) : nil
      case .contains: return (.binary(.contains), Precedence.comparison)
      case .matches: return (.binary(.matches), Precedence.comparison)
      default: return nil
      }
    case .equal: return (.binary(.equal), Precedence.comparison)
    case .notEqual: return (.binary(.notEqual), Precedence.comparison)
    case .less: return (.binary(.less), Precedence.comparison)
    case .lessOrEqual: return (.binary(.lessOrEqual), Precedence.comparison)
    case .greater: return (.binary(.greater), Precedence.comparison)
    case .greaterOrEqual: return (.binary(.greaterOrEqual), Precedence.comparison)
    case .plus: return (.binary(.add), Precedence.sum)
    case .minus: return (.binary(.subtract), Precedence.sum)
    case .star: return (.binary(.multiply), Precedence.product)
    case .slash: return (.binary(.divide), Precedence.product)
    default: return nil
    }
  }

  private mutating func parseRight(
    of left: ExpressionTree, _ infix: Infix, _ precedence: Int
  ) -> ExpressionTree {
    advance()
    switch infix {
    case .isTest: return parseIs(left)
    case .membership: return parseMembership(left, negated: false)
    case .notMembership:
      advance()
      return parseMembership(left, negated: true)
    case .binary(let binary):
      if binary == .startsWith || binary == .endsWith { advance() }
      var right: ExpressionTree
      switch binary {
      case .implies: right = parseBinary(precedence)
      case .matches: right = parsePattern()
      case .add, .subtract: right = parseDurationOrBinary(precedence + 1)
      default: right = parseBinary(precedence + 1)
      }
      if precedence == Precedence.comparison, refuseUnit() {
        right = ExpressionTree(.missing, right.range)
      }
      return ExpressionTree(.binary(binary, left, right), range(from: left.range))
    }
  }

  /// What stands right of `+` and `-`: also `30 days`.
  private mutating func parseDurationOrBinary(_ minimum: Int) -> ExpressionTree {
    let right = parseBinary(minimum)
    if !unitIsTaken, !recovering, isAtBusinessDays {
      advance()
      advance()
      let calendar = parseCalendarNameIfPresent()
      return ExpressionTree(
        .businessDuration(right, calendar: calendar), range(from: right.range))
    }
    guard !unitIsTaken, let unit = unitAtCursor() else { return right }
    advance()
    return ExpressionTree(.duration(right, unit), range(from: right.range))
  }

  /// `days` or `months` on the line of its number.
  private func unitAtCursor() -> ExpressionTree.DurationUnit? {
    guard !recovering, !raw.startsLine else { return nil }
    switch word {
    case .day, .days: return .days
    case .month, .months: return .months
    default: return nil
    }
  }

  /// Reports a unit where lengths of time cannot stand; the number before it then says nothing either.
  private mutating func refuseUnit() -> Bool {
    guard !unitIsTaken, unitAtCursor() != nil else { return false }
    report(SyntaxMessages.misplacedUnit(text(of: raw), at: here))
    advance()
    return true
  }

  /// Right of `matches`: a text whose braces are pieces of a pattern.
  private mutating func parsePattern() -> ExpressionTree {
    guard kind == .text else {
      fail(SyntaxMessages.missingText("a pattern", found: foundInGap, at: gap))
      return ExpressionTree(.missing, here)
    }
    let place = here
    let letters = takeRawText()
    return ExpressionTree(.text(TextTree([.letters(letters)], place)), place)
  }

  // MARK: - is, in

  /// Right of `is`.
  private mutating func parseIs(_ left: ExpressionTree) -> ExpressionTree {
    let negated = take(.not)
    func made(_ test: ExpressionTree.IsTest, _ parser: Parser) -> ExpressionTree {
      ExpressionTree(.test(left, negated: negated, test), parser.range(from: left.range))
    }
    switch word {
    case .present where !continues(peek()):
      advance()
      return made(.present, self)
    case .absent where !continues(peek()):
      advance()
      return made(.absent, self)
    case .business where peek().word == .day:
      advance()
      advance()
      let calendar = parseCalendarNameIfPresent()
      return made(.businessDay(calendar: calendar), self)
    case .better where peek().word == .than:
      advance()
      advance()
      let name = parseName("a grade")
      return made(.betterThan(name), self)
    case .no where peek().word == .worse:
      advance()
      advance()
      expect(.than, in: "is no worse than C")
      let name = parseName("a grade")
      return made(.noWorseThan(name), self)
    default: break
    }
    if kind == .name, !word.isReserved, !continues(peek()), !looksLikeNextClause() {
      let name = takeName()
      return made(.word(name), self)
    }
    let value = parseBinary(Precedence.sum)
    return made(.value(value), self)
  }

  /// Whether a token behind a word makes it more than a word.
  private func continues(_ token: Token) -> Bool {
    if lineEnds, token.startsLine { return false }
    switch token.kind {
    case .dot: return true
    case .leftParenthesis, .leftBracket: return !token.startsLine
    case .plus, .minus, .star, .slash: return true
    default: return false
    }
  }

  /// Right of `in`.
  private mutating func parseMembership(
    _ left: ExpressionTree, negated: Bool
  ) -> ExpressionTree {
    var collection: ExpressionTree.Collection
    if kind == .leftBracket {
      let bracketed = parseBracketed()
      if case .list(let items) = bracketed.kind {
        collection = .members(items)
      } else {
        collection = .list(bracketed)
      }
    } else {
      let first = parseBinary(Precedence.sum)
      if take(.range) {
        collection = .range(first, parseBinary(Precedence.sum), inclusive: true)
      } else if take(.rangeBelow) {
        collection = .range(first, parseBinary(Precedence.sum), inclusive: false)
      } else {
        collection = .list(first)
      }
      if refuseUnit() { collection = .list(ExpressionTree(.missing, first.range)) }
    }
    return ExpressionTree(
      .membership(left, negated: negated, collection), range(from: left.range))
  }

  /// Expressions with commas between them, up to a closing bracket, which is left.
  mutating func parseItems(until closing: TokenKind) -> [ExpressionTree] {
    var items: [ExpressionTree] = []
    while !recovering, kind != closing {
      items.append(parseExpression())
      if !take(.comma) { break }
    }
    return items
  }

  /// Reads what stands in brackets: line breaks are blanks there, and nothing is taken by the outside.
  mutating func inBrackets<T>(_ body: (inout Parser) -> T) -> T {
    let (oldElse, oldUnit) = (elseIsTaken, unitIsTaken)
    elseIsTaken = false
    unitIsTaken = false
    defer { (elseIsTaken, unitIsTaken) = (oldElse, oldUnit) }
    return withLines(false, body)
  }

  /// Whether the next line begins a clause, so that an operand is missing here.
  func looksLikeNextClause() -> Bool {
    raw.startsLine && position != lineStart
      && (startsClause(position) || startsDeclaration(position))
  }
}
