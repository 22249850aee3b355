/// A policy file from its header to its end, and the declarations that are not decisions.
import PolicySource

extension Parser {
  /// The words that open a part of a policy file.
  static let partWords: [Word] = [
    .policy, .use, .posts, .type, .input, .param, .table, .calendar, .rates, .define, .holders,
    .delegations, .hierarchy, .release,
    .approval, .limit, .grade, .check, .value, .guarantee,
  ]
  /// The words that open a line of the header.
  static let headerWords: [Word] = [.owner, .effective, .currency, .source, .process]

  /// A whole `.writ` file.
  mutating func parsePolicyFile() -> PolicyTree {
    let whole = SourceRange(file: file, lower: 0, upper: bytes.count)
    let start = SourceRange(file: file, lower: 0, upper: 0)
    var tree = PolicyTree(
      header: HeaderTree(name: Name("", start)), uses: [], declarations: [], decisions: [],
      range: whole)
    if word != .policy, raw.kind != .end || !diagnostics.hasErrors {
      report(SyntaxMessages.missingHeader(at: SourceRange(file: file, lower: 0, upper: 0)))
    }
    var inHeader = false
    var hasHeader = false
    while raw.kind != .end {
      if recovering {
        skip { $0.startsDeclaration($0.position) }
        if raw.kind == .rightBrace { advance() }
        continue
      }
      let first = position
      partStarts.append(raw.lower)
      switch wordOfPart(inHeader: inHeader) {
      case .policy:
        if hasHeader { report(SyntaxMessages.repeatedLine("policy", at: here)) }
        parsePolicyLine(&tree.header)
        hasHeader = true
        inHeader = true
      case .owner, .effective, .currency, .source, .process: parseHeaderLine(&tree.header)
      case .use:
        advance()
        tree.uses.append(parseName("the policy that is used"))
        inHeader = false
      case .other:
        if raw.kind == .rightBrace { advance() }
        skip { $0.startsDeclaration($0.position) || inHeader && $0.startsHeaderLine }
      case let part:
        parsePart(part, into: &tree)
        inHeader = false
      }
      if position == first { advance() }
    }
    return tree
  }

  /// Whether a header line begins at the cursor.
  private var startsHeaderLine: Bool {
    raw.startsLine && Self.headerWords.contains(raw.word) && position < tokens.count - 1
      && tokens[position + 1].kind != .dot
  }

  /// The word that opens the part at the cursor; for a misspelt one, after a diagnostic, the nearest.
  private mutating func wordOfPart(inHeader: Bool) -> Word {
    let known = inHeader ? Self.partWords + Self.headerWords : Self.partWords
    if known.contains(word) { return word }
    if kind == .name, Self.headerWords.contains(word) {
      fail(SyntaxMessages.misplacedHeaderLine(text(of: raw), at: here))
      return .other
    }
    let spelling = kind == .name ? text(of: raw) : ""
    let nearest = Suggestion.nearest(to: spelling, in: known.map(\.rawValue))
    fail(SyntaxMessages.unknownDeclaration(found, nearest: nearest, inHeader: inHeader, at: here))
    guard let nearest, peek().kind == .name || peek().kind == .text || peek().word == .of else {
      return .other
    }
    recovering = false
    return Word(rawValue: nearest) ?? .other
  }

  /// `policy name "label"`.
  private mutating func parsePolicyLine(_ header: inout HeaderTree) {
    advance()
    if startsHeaderLine {
      report(SyntaxMessages.expectedName("the policy", found: foundInGap, at: gap))
      return
    }
    header.name = parseName("the policy")
    header.label = parseLabelIfPresent()
    recover()
  }

  /// After a line of the header: to the next line or part when the parser is lost.
  private mutating func recover() {
    guard recovering else { return }
    skip { $0.startsDeclaration($0.position) || $0.startsHeaderLine }
  }

  /// `owner "…"`, `effective DATE [until DATE]`, `currency CNY`, `source "document" ["clause"]`,
  /// `process "id" ["title"] [in decision, …]`.
  private mutating func parseHeaderLine(_ header: inout HeaderTree) {
    let line = Word(rawValue: wordSpelling()) ?? .other
    let place = here
    let isRepeated: Bool
    switch line {
    case .owner: isRepeated = header.owner != nil
    case .effective: isRepeated = header.effectiveFrom != nil
    case .currency: isRepeated = header.currency != nil
    default: isRepeated = false
    }
    if isRepeated { report(SyntaxMessages.repeatedLine(line.rawValue, at: place)) }
    advance()
    switch line {
    case .owner: header.owner = parseText("the owner", holes: false)
    case .effective:
      header.effectiveFrom = parseDate()
      if take(.until) { header.effectiveUntil = parseDate() }
    case .currency:
      let isCode = isCurrency(raw)
      let name = parseName("the currency")
      if !isCode { fail(SyntaxMessages.badCurrency(name.text, at: name.range)) }
      header.currency = name
    case .process: header.processes.append(parseProcess())
    default:
      let document = parseText("the source document", holes: false)
      header.sources.append(SourceNoteTree(document: document, clause: parseLabelIfPresent()))
    }
    recover()
  }

  /// What stands behind the word `process`.
  private mutating func parseProcess() -> ProcessTree {
    let id = parseText("the number of the process", holes: false)
    var tree = ProcessTree(id: id, title: parseLabelIfPresent(), decisions: [])
    guard take(.in) else { return tree }
    repeat {
      tree.decisions.append(parseName("the decision"))
    } while !recovering && take(.comma)
    return tree
  }

  /// What the header word at the cursor spells, or most nearly spells.
  private func wordSpelling() -> String {
    if Self.headerWords.contains(word) { return word.rawValue }
    return Suggestion.nearest(to: text(of: raw), in: Self.headerWords.map(\.rawValue)) ?? "source"
  }

  /// A date as `2026-11-21`.
  mutating func parseDate() -> ExpressionTree {
    let token = raw
    guard kind == .date else {
      fail(SyntaxMessages.expectedDate(found: foundInGap, at: gap))
      return ExpressionTree(.missing, here)
    }
    return takeDay(token)
  }

  /// A declaration or decision.
  private mutating func parsePart(_ part: Word, into tree: inout PolicyTree) {
    switch part {
    case .posts:
      advance()
      tree.declarations.append(.posts(parseMembers("list of posts", "a post")))
    case .type: tree.declarations.append(parseTypeDeclaration())
    case .input:
      advance()
      let input = parseField("the input")
      tree.declarations.append(.input(input))
    case .param: tree.declarations.append(.parameter(parseParameter()))
    case .table: tree.declarations.append(.table(parseTable()))
    case .calendar: tree.declarations.append(.calendar(parseCalendarDeclaration()))
    case .rates: tree.declarations.append(.rates(parseRates()))
    case .define: tree.declarations.append(.define(parseDefine()))
    case .hierarchy: tree.declarations.append(.hierarchy(parseHierarchy()))
    case .guarantee: tree.declarations.append(.guarantee(parseGuarantee()))
    case .holders: tree.declarations.append(.register(parseRegister(.holders)))
    case .delegations: tree.declarations.append(.register(parseRegister(.delegations)))
    default:
      let decision = DecisionTree.Kind(rawValue: part.rawValue) ?? .release
      tree.decisions.append(parseDecision(decision))
    }
  }

  /// `param name Type ["label"] = literal [illustrative]`, or `[illustrative] { from DATE: literal … }`.
  private mutating func parseParameter() -> ParameterTree {
    advance()
    let name = parseName("the parameter")
    let type = parseType()
    var tree = ParameterTree(
      name: name, type: type, label: parseLabelIfPresent(), values: [], illustrative: false)
    if recovering { return tree }
    tree.illustrative = take(.illustrative)
    if takeEqual() {
      tree.values = [.init(from: nil, value: parseExpression())]
      if take(.illustrative) { tree.illustrative = true }
    } else if kind == .leftBrace {
      parseBraced("list of dated values") { parser in
        parser.expect(.from, in: "from DATE: VALUE")
        let from = parser.parseDate()
        if !parser.take(.colon) {
          parser.fail(
            SyntaxMessages.expectedMark(
              ":", form: "from DATE: VALUE", found: parser.foundInGap, at: parser.gap))
        }
        if parser.recovering { return }
        tree.values.append(.init(from: from, value: parser.parseExpression()))
      }
    } else if !startsDeclaration(position), raw.kind != .end {
      fail(
        SyntaxMessages.expectedMark(
          "=", form: "param name Type = VALUE", found: foundInGap, at: gap))
    }
    return tree
  }

  /// `=`; a colon in its place is reported and taken.
  mutating func takeEqual() -> Bool {
    if take(.equal) { return true }
    guard kind == .colon else { return false }
    report(SyntaxMessages.wrongOperator(":", right: "=", at: here))
    advance()
    return true
  }

  /// `define name[(x Type, …)] ["label"] = expr`.
  private mutating func parseDefine() -> DefineTree {
    advance()
    let name = parseName("the definition")
    let arguments = kind == .leftParenthesis ? parseFieldsInParentheses("an argument") : []
    let label = parseLabelIfPresent()
    let type = !recovering && take(.of) ? parseType() : nil
    if !recovering, !takeEqual() {
      fail(
        SyntaxMessages.expectedMark(
          "=", form: "define name = EXPRESSION", found: foundInGap, at: gap))
    }
    let body = recovering ? ExpressionTree(.missing, here) : parseExpression()
    refuseRest()
    return DefineTree(name: name, arguments: arguments, label: label, type: type, body: body)
  }

  /// After a form that is complete: whatever else stands there is a mistake.
  mutating func refuseRest() {
    if recovering || raw.kind == .end || startsDeclaration(position) { return }
    if raw.startsLine, raw.kind == .name { return }
    fail(SyntaxMessages.unexpected(found, at: here))
  }
}
