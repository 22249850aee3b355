/// Decisions: their heads, their braces, and which clause comes next.
import PolicySource

extension Parser {
  /// The words that open a clause.
  static let clauseWords: [Word] = [
    .applies, .deny, .hold, .require, .requested, .step, .start, .at, .none, .used, .asked, .warn,
    .points, .give, .otherwise, .no, .gives, .duty, .copy, .sign, .notify, .file, .together,
    .distinct, .skip, .may, .climb, .holders,
  ]
  /// The words that open a tail.
  static let tailWords: [Word] = [.for, .when, .cleared, .because, .source]

  /// `KIND name ["label"] [of TYPE] { clauses }`, or `value name of TYPE = expr`.
  mutating func parseDecision(_ kind: DecisionTree.Kind) -> DecisionTree {
    let start = raw.lower
    let keyword = Name(kind.rawValue, here)
    advance()
    let name = parseName("the \(kind.rawValue)")
    var tree = DecisionTree(
      kind: kind, name: name, label: recovering ? nil : parseLabelIfPresent(), type: nil,
      clauses: [], range: range(from: start))
    if !recovering, take(.of) { tree.type = parseType() }
    if !recovering, tree.label == nil { tree.label = parseLabelIfPresent() }
    if !recovering, kind == .value, self.kind == .equal || self.kind == .colon {
      _ = takeEqual()
      let body = parseExpression()
      refuseRest()
      tree.range = range(from: start)
      tree.clauses = [
        ClauseTree(.gives(body), tails: TailsTree(), keyword: keyword, range: body.range)
      ]
      return tree
    }
    parseClauses(&tree)
    tree.range = range(from: start)
    return tree
  }

  /// `{ clauses }`.
  private mutating func parseClauses(_ tree: inout DecisionTree) {
    let what: Phrase = "`\(tree.kind)`"
    let opening = here
    if recovering {
      skip { $0.raw.kind == .leftBrace || $0.startsDeclaration($0.position) }
      guard raw.kind == .leftBrace else { return }
      advance()
    } else if !take(.leftBrace) {
      report(SyntaxMessages.missingBrace(what, found: foundInGap, at: gap))
      guard startsClause(position) else {
        recovering = true
        return
      }
    }
    withLines(false) { tree.clauses = $0.parseClauses(in: tree.kind) }
    close(.rightBrace, opening: opening, what: what)
  }

  /// Clauses up to the closing brace.
  mutating func parseClauses(in kind: DecisionTree.Kind) -> [ClauseTree] {
    var clauses: [ClauseTree] = []
    while raw.kind != .rightBrace, raw.kind != .end {
      if startsDeclarationAtMargin(position) { break }
      let first = position
      if let clause = parseClause(in: kind) { clauses.append(clause) }
      if recovering { skipToClause() }
      if position == first { advance() }
    }
    return clauses
  }

  /// Steps to what may be the next clause.
  private mutating func skipToClause() {
    let first = position
    skip {
      $0.raw.startsLine && $0.position != first && Self.clauseWords.contains($0.raw.word)
        && $0.startsClause($0.position)
    }
  }

  /// A clause with its tails; nil when none could be made out.
  private mutating func parseClause(in decision: DecisionTree.Kind) -> ClauseTree? {
    let start = raw.lower
    var keyword = Name(text(of: raw), here)
    var opening = word
    if !Self.clauseWords.contains(opening) {
      guard let nearest = reportUnknownClause(in: decision) else { return nil }
      opening = nearest
      keyword.text = nearest.rawValue
    }
    advance()
    var trailing = Trailing()
    let kind = parseClauseHead(opening, &trailing)
    if recovering { skipToTail() }
    parseTails(&trailing, of: opening)
    guard let kind = finished(kind, trailing) else { return nil }
    return ClauseTree(kind, tails: trailing.tails, keyword: keyword, range: range(from: start))
  }

  /// Says that no clause begins here; gives the clause that was probably meant.
  private mutating func reportUnknownClause(in decision: DecisionTree.Kind) -> Word? {
    if Self.tailWords.contains(word) {
      fail(SyntaxMessages.misplacedTail(text(of: raw), at: here))
      return nil
    }
    let known = Self.clauseWords.map(\.rawValue)
    let nearest =
      kind == .name ? Suggestion.nearest(to: text(of: raw), in: known + ["when", "cleared"]) : nil
    fail(
      SyntaxMessages.unknownClause(
        found, nearest: nearest, decision: decision, at: here))
    guard let nearest, let word = Word(rawValue: nearest), Self.clauseWords.contains(word) else {
      return nil
    }
    // Read on as the clause that was meant when what follows fits it.
    let next = peek()
    guard !next.startsLine, next.kind == .name || next.kind == .text else { return nil }
    recovering = false
    return word
  }

  /// Steps to the next tail or clause.
  private mutating func skipToTail() {
    let first = position
    skip { parser in
      let word = parser.raw.word
      if parser.raw.startsLine {
        if parser.position != first, Self.clauseWords.contains(word) {
          return parser.startsClause(parser.position)
        }
        if Self.tailWords.contains(word) { return parser.startsClause(parser.position) }
      }
      return word == .when
        || word == .cleared && parser.peek().word == .by
        || word == .because && parser.peek().kind == .text
    }
  }
}
