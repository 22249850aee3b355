/// The cursor over the tokens of a file, and how the parser finds its feet again after a mistake.
public import PolicySource

/// Turns text into trees.
///
/// It never throws and never stops at the first mistake.
public enum PolicyParser {
  /// The largest file that is read.
  public static let largestFile = 16 * 1024 * 1024

  /// Reads a `.writ` file.
  public static func parsePolicy(
    _ file: SourceFile, id: FileID
  ) -> (PolicyTree, DiagnosticList) {
    var parser = Parser(file, id)
    let tree = parser.parsePolicyFile()
    return (tree, parser.finish())
  }

  /// Reads a `.cases` file.
  public static func parseCases(_ file: SourceFile, id: FileID) -> (CasesTree, DiagnosticList) {
    var parser = Parser(file, id)
    let tree = parser.parseCasesFile()
    return (tree, parser.finish())
  }

  /// Reads a text that is one expression.
  public static func parseExpression(
    _ file: SourceFile, id: FileID
  ) -> (ExpressionTree, DiagnosticList) {
    var parser = Parser(file, id)
    let tree = parser.parseExpression()
    if parser.kind != .end { parser.fail(SyntaxMessages.unexpected(parser.found, at: parser.here)) }
    return (tree, parser.finish())
  }
}

/// The state of one parse.
struct Parser {
  /// How many levels of brackets, `if`, lists and the like may stand in each other.
  static let deepest = 40
  /// How many operators one expression may have.
  static let longestExpression = 2_000

  let file: FileID
  let bytes: [UInt8]
  var tokens: [Token]
  var position = 0
  var diagnostics: DiagnosticList
  /// A mistake was reported and the parser has not found its feet again: it says nothing until then.
  var recovering = false
  /// Whether a line break ends what is being read.
  var lineEnds = false
  /// The token that may start a line although line breaks count.
  var lineStart = 0
  /// Whether `else` belongs to something further out.
  var elseIsTaken = false
  /// Whether `or delegate` is read by the caller.
  var delegateIsTaken = false
  /// Whether `N days` is read by the caller.
  var unitIsTaken = false
  /// The room for the tokens of a hole, used again and again.
  var holeTokens: [Token] = []
  var depth = 0
  var operators = 0
  /// Where comments stand, for the formatter.
  let comments: [Range<Int>]
  /// Where the parts of a policy and the lines of cases begin, for the formatter.
  var partStarts: [Int32] = []
  /// Where a clause may go on on a new line, for the formatter.
  var tailStarts: [Int32] = []

  init(_ source: SourceFile, _ id: FileID) {
    file = id
    var found = DiagnosticList()
    if source.bytes.count > PolicyParser.largestFile {
      found.add(SyntaxMessages.tooLarge(at: SourceRange(file: id, lower: 0, upper: 0)))
      bytes = []
    } else {
      bytes = UTF8Reader.clean(source.bytes, id, &found)
    }
    var lexer = Lexer(bytes, file: id, in: 0..<bytes.count)
    lexer.run()
    tokens = lexer.tokens
    comments = lexer.comments
    found.add(lexer.diagnostics)
    diagnostics = found
  }

  /// The diagnostics in the order of their places.
  func finish() -> DiagnosticList {
    var result = DiagnosticList()
    for diagnostic in diagnostics.sorted { result.add(diagnostic) }
    for _ in 0..<diagnostics.dropped { result.countDropped() }
    return result
  }
}

// MARK: - The cursor

extension Parser {
  /// The token at the cursor, whether or not it is on the next line.
  var raw: Token {
    @inline(__always) get { tokens[position] }
  }

  /// Whether a line break that counts stands before the cursor.
  var atLineEnd: Bool {
    @inline(__always) get { lineEnds && raw.startsLine && position != lineStart }
  }

  /// The kind of the token at the cursor; `lineEnd` where a line break counts.
  var kind: TokenKind {
    @inline(__always) get { atLineEnd ? .lineEnd : raw.kind }
  }

  /// The known word at the cursor, `other` where a line break counts.
  var word: Word {
    @inline(__always) get { atLineEnd ? .other : raw.word }
  }

  /// The token some places further; the last one is `end`.
  func peek(_ count: Int = 1) -> Token {
    position + count < tokens.count ? tokens[position + count] : tokens[tokens.count - 1]
  }

  /// Where the cursor stands.
  var here: SourceRange {
    // At the end of a line or file the mistake is behind the last token.
    if kind == .lineEnd || kind == .end, position > 0 {
      let last = Int(tokens[position - 1].upper)
      return SourceRange(file: file, lower: last, upper: last)
    }
    return range(of: raw)
  }

  /// Where a token stands.
  func range(of token: Token) -> SourceRange {
    SourceRange(file: file, lower: Int(token.lower), upper: Int(token.upper))
  }

  /// From the start of a token to the end of the last one read.
  func range(from lower: Int32) -> SourceRange {
    let upper = position > 0 ? tokens[position - 1].upper : lower
    return SourceRange(file: file, lower: Int(lower), upper: Int(max(lower, upper)))
  }

  /// From the start of a range to the end of the last token read.
  func range(from start: SourceRange) -> SourceRange { range(from: start.lower) }

  /// The text of a token.
  func text(of token: Token) -> String {
    String(decoding: bytes[Int(token.lower)..<Int(token.upper)], as: UTF8.self)
  }

  /// What stands at the cursor, as a message calls it.
  var found: Phrase {
    switch kind {
    case .end: return "the end of the file"
    case .lineEnd: return "the end of the line"
    case .text: return "a text"
    default: return "`\(text(of: raw))`"
    }
  }

  /// Where something is missing: at the cursor, or behind the last token when a line begins there.
  var gap: SourceRange {
    guard raw.startsLine, position > 0, position != lineStart || !lineEnds else { return here }
    let last = Int(tokens[position - 1].upper)
    return SourceRange(file: file, lower: last, upper: last)
  }

  /// What stands where something is missing, as a message calls it.
  var foundInGap: Phrase {
    let isEndOfLine = raw.startsLine && position > 0 && (position != lineStart || !lineEnds)
    return isEndOfLine && raw.kind != .end ? "the end of the line" : found
  }

  /// Steps over a token; never past the end.
  @inline(__always)
  mutating func advance() {
    if position < tokens.count - 1 { position += 1 }
  }

  /// Steps over a mark if it is there.
  mutating func take(_ wanted: TokenKind) -> Bool {
    guard kind == wanted else { return false }
    advance()
    return true
  }

  /// Steps over a word if it is there.
  mutating func take(_ wanted: Word) -> Bool {
    guard word == wanted else { return false }
    advance()
    return true
  }

  /// Steps over a word that must be there.
  @discardableResult
  mutating func expect(_ wanted: Word, in form: String) -> Bool {
    if take(wanted) { return true }
    fail(SyntaxMessages.expectedWord(wanted.rawValue, form: form, found: foundInGap, at: gap))
    return false
  }

  /// Reads something in which line breaks count or do not count.
  mutating func withLines<T>(_ count: Bool, _ body: (inout Parser) -> T) -> T {
    let (oldEnds, oldStart) = (lineEnds, lineStart)
    lineEnds = count
    if count { lineStart = position }
    defer { (lineEnds, lineStart) = (oldEnds, oldStart) }
    return body(&self)
  }
}

// MARK: - Mistakes

extension Parser {
  /// Reports a mistake after which the parser is lost; silent while it is lost already, and where
  /// the lexer has spoken.
  mutating func fail(_ diagnostic: Diagnostic) {
    if !recovering, raw.kind != .bad || atLineEnd { diagnostics.add(diagnostic) }
    recovering = true
  }

  /// Reports a mistake that the parser understands, and goes on.
  mutating func report(_ diagnostic: Diagnostic) {
    if !recovering { diagnostics.add(diagnostic) }
  }

  /// Steps over tokens, whole brackets at a time, until one may be a new start, a brace closes what
  /// is being read, or a declaration begins at the margin; then the parser has found its feet.
  mutating func skip(until isStart: (Parser) -> Bool) {
    var open = 0
    while raw.kind != .end {
      if startsDeclarationAtMargin(position) { break }
      if open == 0, isStart(self) || raw.kind == .rightBrace { break }
      switch raw.kind {
      case .leftBrace: open += 1
      case .rightBrace: open -= 1
      default: break
      }
      advance()
    }
    recovering = false
  }

  /// Steps to the next line, or to a brace that closes what is being read.
  mutating func skipLine() {
    let first = position
    skip { $0.raw.startsLine && $0.position != first }
  }

  /// Whether a declaration or decision plainly begins at a token: first of its line, at the margin.
  func startsDeclarationAtMargin(_ place: Int) -> Bool {
    let token = tokens[place]
    guard token.startsLine, token.kind == .name else { return false }
    return (token.lower == 0 || bytes[Int(token.lower) - 1] == 0x0A) && startsDeclaration(place)
  }

  /// Whether the token may open a declaration, judged by the one behind it.
  func startsDeclaration(_ place: Int) -> Bool {
    let token = tokens[place]
    let next = tokens[min(place + 1, tokens.count - 1)]
    guard token.startsLine, !next.startsLine else { return false }
    switch token.word {
    case .policy, .use, .type, .input, .param, .table, .define, .calendar, .rates, .hierarchy,
      .release, .approval, .limit, .grade, .check, .value, .guarantee, .case:
      return next.kind == .name
    case .posts: return next.kind == .leftBrace
    case .holders, .delegations:
      return next.kind == .leftBrace || next.kind == .leftParenthesis || next.word == .from
    default: return false
    }
  }

  /// Whether the token may open a clause or a tail, judged by the one behind it.
  func startsClause(_ place: Int) -> Bool {
    let next = tokens[min(place + 1, tokens.count - 1)]
    let isOperand: Bool
    switch next.kind {
    case .number, .percent, .date, .text: isOperand = true
    case .name: isOperand = !next.word.isInfix
    default: isOperand = false
    }
    switch tokens[place].word {
    case .when, .for: return true
    case .applies, .none: return next.word == .when
    case .requested, .cleared: return next.word == .by
    case .at: return next.word == .most
    case .file: return next.word == .with
    case .warn: return next.word == .from
    case .no: return next.word == .better
    case .together: return next.kind == .leftBrace
    case .distinct: return next.word == .approvers
    case .skip: return next.word == .repeats
    case .holders: return next.word == .for || next.word == .up
    case .while: return next.word == .the
    case .may: return next.word == .intervene || next.word == .act
    case .because, .source: return next.kind == .text
    case .on:
      return next.word == .refusal || next.word == .allow || next.word == .approved
        || next.word == .valid || next.word == .within
    case .require, .used, .asked, .start, .gives:
      return isOperand || next.kind == .leftParenthesis
    case .deny, .hold, .step, .points, .give, .otherwise, .duty, .copy, .sign, .notify,
      .climb:
      return isOperand
    default: return false
    }
  }
}

// MARK: - Names and braces

extension Parser {
  /// The name at the cursor, in NFC, without a look at what it spells.
  mutating func takeName() -> Name {
    let token = raw
    advance()
    let spelling = text(of: token)
    let canonical = token.isMarked ? Identifier.canonical(spelling) : spelling
    return Name(canonical, range(of: token))
  }

  /// A name that must be there; an empty one where it is not.
  mutating func parseName(_ what: Phrase, loose: Bool = false) -> Name {
    guard kind == .name, !looksLikeNextClause() else {
      fail(SyntaxMessages.expectedName(what, found: foundInGap, at: gap))
      return Name("", here)
    }
    if word.isReserved {
      let next = peek()
      let standsAlone: Bool
      switch next.kind {
      case .text, .leftBrace, .rightBrace, .equal, .comma, .leftParenthesis, .colon, .dot, .bar:
        standsAlone = true
      default: standsAlone = loose || next.startsLine
      }
      guard standsAlone else {
        fail(SyntaxMessages.expectedName(what, found: foundInGap, at: gap))
        return Name("", here)
      }
      report(SyntaxMessages.reservedWord(text(of: raw), what, at: here))
    }
    return takeName()
  }

  /// `{ items }`, separated by line breaks and, unless told otherwise, commas; `item` reads one.
  mutating func parseBraced(
    _ what: Phrase, commas: Bool = true, item: (inout Parser) -> Void
  ) {
    let opening = here
    guard take(.leftBrace) else {
      fail(SyntaxMessages.missingBrace(what, found: foundInGap, at: gap))
      return
    }
    withLines(true) { parser in
      while true {
        parser.lineStart = parser.position
        if parser.raw.kind == .rightBrace || parser.raw.kind == .end { break }
        if commas, parser.take(.comma) { continue }
        let first = parser.position
        item(&parser)
        if parser.endItem(first, commas) { break }
      }
    }
    close(.rightBrace, opening: opening, what: what)
  }

  /// Sees to it that an item of braces ends at a comma, a line break or the closing brace.
  ///
  /// Else the rest of the line is skipped. True when the braces were left open and a declaration begins.
  private mutating func endItem(_ first: Int, _ commas: Bool) -> Bool {
    if !recovering {
      switch kind {
      case .lineEnd, .rightBrace, .end: return false
      case .comma where commas: return false
      default: break
      }
      if startsDeclaration(first) {
        position = first
        return true
      }
      let help: Phrase? = commas ? "a comma or a line break stands between two of these" : nil
      fail(SyntaxMessages.unexpected(found, at: here, help: help))
    }
    if startsDeclarationAtMargin(first) {
      recovering = false
      position = first
      return true
    }
    skip { ($0.raw.startsLine && $0.position != first) || commas && $0.raw.kind == .comma }
    return startsDeclarationAtMargin(position)
  }

  /// The closing bracket of an opening one; it may stand on a line of its own.
  mutating func close(_ closing: TokenKind, opening: SourceRange, what: Phrase) {
    if raw.kind == closing {
      advance()
      return
    }
    fail(SyntaxMessages.unclosed(what, opening: opening, found: foundInGap, at: gap))
    if closing == .rightBrace { recovering = false }
  }
}
