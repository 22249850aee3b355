/// Sample cases: what they suppose and what they expect.
import PolicySource

extension Parser {
  /// The words that open a line of a case.
  static let caseWords: [Word] = [.as, .today, .given, .unknown, .clearance, .act, .expect]

  /// A whole `.cases` file.
  mutating func parseCasesFile() -> CasesTree {
    let start = SourceRange(file: file, lower: 0, upper: 0)
    var tree = CasesTree(policy: Name("", start), cases: [])
    if take(.cases) {
      expect(.for, in: "cases for POLICY")
      if !recovering { tree.policy = parseName("the policy") }
      if !recovering, take(.from) {
        repeat { tree.sheets.append(parseCaseSheet()) } while !recovering && take(.comma)
      }
      if recovering { skip { $0.raw.startsLine && $0.raw.word == .case } }
    } else {
      report(SyntaxMessages.missingCasesHeader(at: start))
    }
    while raw.kind != .end {
      let first = position
      if word == .case {
        tree.cases.append(parseCase())
      } else {
        fail(SyntaxMessages.expectedCase(found: found, at: here))
        if raw.kind == .rightBrace { advance() }
      }
      if recovering { skip { $0.raw.startsLine && $0.raw.word == .case && $0.position != first } }
      if position == first { advance() }
    }
    return tree
  }

  /// `"file.csv" [like other]`.
  private mutating func parseCaseSheet() -> CaseSheetTree {
    let file = parseText("the file", holes: false)
    let like = !recovering && take(.like) ? parseName("the case that is copied") : nil
    return CaseSheetTree(file: file, like: like)
  }

  /// `case name "label" [like other] { lines }`.
  private mutating func parseCase() -> CaseTree {
    let start = raw.lower
    advance()
    let name = parseName("the case")
    var tree = CaseTree(
      name: name, label: recovering ? nil : parseLabelIfPresent(), like: nil,
      range: range(from: start))
    if !recovering, take(.like) { tree.like = parseName("the case that is copied") }
    if recovering {
      skip { $0.raw.kind == .leftBrace || $0.raw.word == .case && $0.raw.startsLine }
    }
    parseBraced("case", commas: false) { $0.parseCaseLine(&tree) }
    tree.range = range(from: start)
    return tree
  }

  private mutating func parseCaseLine(_ tree: inout CaseTree) {
    let start = raw.lower
    partStarts.append(start)
    var line = word
    if !Self.caseWords.contains(line) {
      let known = Self.caseWords.map { $0 == .as ? "as of" : $0.rawValue }
      let nearest = kind == .name ? Suggestion.nearest(to: text(of: raw), in: known) : nil
      fail(SyntaxMessages.unknownCaseLine(found, nearest: nearest, known: known, at: here))
      guard let nearest, let meant = Word(rawValue: nearest) else { return }
      recovering = false
      line = meant
    }
    advance()
    switch line {
    case .as:
      expect(.of, in: "as of DATE")
      if !recovering { tree.asOf = parseDate() }
    case .today: tree.today = parseDate()
    case .given:
      let path = parsePath()
      if !recovering, !takeEqual() {
        fail(
          SyntaxMessages.expectedMark("=", form: "given path = VALUE", found: foundInGap, at: gap))
      }
      if !recovering { tree.facts.append(.given(path, parseExpression())) }
    case .unknown:
      repeat { tree.facts.append(.unknown(parsePath())) } while !recovering && take(.comma)
    case .clearance: parseClearance(start, &tree)
    case .act: parseAct(start, &tree)
    default: parseExpectation(start, &tree)
    }
  }

  /// `order.lines[1].stock`.
  mutating func parsePath() -> PathTree {
    let root = parseName("an input")
    var parts: [PathTree.Part] = []
    while !recovering {
      if take(.dot) {
        parts.append(.field(parseName("a field", loose: true)))
      } else if kind == .leftBracket {
        let start = raw.lower
        if let item = parseItem() { parts.append(.item(item, range(from: start))) }
      } else {
        break
      }
    }
    return PathTree(root: root, parts: parts, range: range(from: root.range))
  }

  /// `[2]`: the number of an item, from 1.
  mutating func parseItem() -> Int? {
    let opening = here
    advance()
    guard raw.kind == .number, let item = Int(text(of: raw)), item >= 1 else {
      fail(SyntaxMessages.badItem(found: foundInGap, at: gap))
      return nil
    }
    advance()
    close(.rightBracket, opening: opening, what: "item")
    return item
  }

  /// `code` or `code[2]`.
  mutating func parseCode() -> ExpectationTree.Code {
    let name = parseName("a code")
    let item = !recovering && kind == .leftBracket ? parseItem() : nil
    return .init(name: name, item: item)
  }

  /// `[decision.]code[2] by POST [person "wang"] on DATE [amount 5_000 CNY]`.
  private mutating func parseClearance(_ start: Int32, _ tree: inout CaseTree) {
    let form = "clearance code by POST on DATE"
    var decision: Name?
    var code = parseCode()
    if !recovering, code.item == nil, take(.dot) {
      decision = code.name
      code = parseCode()
    }
    expect(.by, in: form)
    if recovering { return }
    let post = parseName("a post")
    let person = !recovering && take(.person) ? parseText("the person", holes: false) : nil
    expect(.on, in: form)
    if recovering { return }
    let day = parseDate()
    let amount = !recovering && take(.amount) ? parseBinary(Precedence.sum) : nil
    var clearance = ClearanceTree(
      decision: decision, code: code.name, item: code.item, by: post, person: person, on: day,
      amount: amount, range: range(from: start))
    if !recovering, take(.given) {
      clearance.facts = parseClearedFacts()
      clearance.range = range(from: start)
    }
    tree.facts.append(.clearance(clearance))
  }

  /// `order.paid = 5 CNY, order.amount = 9 CNY`, or `{ }` for none.
  mutating func parseClearedFacts() -> [(path: PathTree, value: ExpressionTree)] {
    var facts: [(path: PathTree, value: ExpressionTree)] = []
    if kind == .leftBrace {
      parseBraced("list of facts") { parser in facts.append(parser.parseClearedFact()) }
      return facts
    }
    repeat { facts.append(parseClearedFact()) } while !recovering && take(.comma)
    return facts
  }

  private mutating func parseClearedFact() -> (path: PathTree, value: ExpressionTree) {
    let path = parsePath()
    if !recovering, !takeEqual() {
      fail(
        SyntaxMessages.expectedMark("=", form: "given path = VALUE", found: foundInGap, at: gap))
    }
    let value = recovering ? ExpressionTree(.missing, here) : parseBinary(Precedence.sum)
    return (path, value)
  }

  /// `[policy.]decision OUTCOME …`.
  mutating func parseExpectation(_ start: Int32, _ tree: inout CaseTree) {
    let first = parseName("a decision")
    if recovering { return }
    let other = take(.dot) ? parseName("a decision") : nil
    var result = ExpectationTree(
      policy: other == nil ? nil : first, decision: other ?? first, range: range(from: start))
    let head = position
    while !recovering, kind != .lineEnd, kind != .end, kind != .rightBrace {
      parseExpectationPart(&result)
    }
    if !recovering, position == head {
      fail(SyntaxMessages.missingOutcome(at: here))
    }
    result.range = range(from: start)
    tree.expectations.append(result)
  }

  private mutating func parseExpectationPart(_ result: inout ExpectationTree) {
    let name = Name(text(of: raw), here)
    switch kind {
    case .equal where result.value == nil:
      advance()
      result.value = parseExpression()
    case .leftBrace: result.codes = parseBracedList("list of codes") { $0.parseCode() }
    case .name where word == .needs:
      advance()
      if result.outcome == nil, result.value == nil { result.outcome = name }
      if kind == .leftBrace {
        result.needs = parseBracedList("list of paths") { $0.parsePath() }
      }
    case .name where word == .duties && peek().kind == .leftBrace:
      advance()
      result.duties = parseBracedList("list of duties") { $0.parseTask("a duty", isDuty: true) }
    case .name where word == .copies && peek().kind == .leftBrace:
      advance()
      result.copies = parseBracedList("list of posts") { $0.parseName("a post") }
    case .name where word == .notices && peek().kind == .leftBrace:
      advance()
      result.notices = parseBracedList("list of posts") { $0.parseName("a post") }
    case .name where word == .files && peek().kind == .leftBrace:
      advance()
      result.files = parseBracedList("list of posts") { $0.parseName("a post") }
    case .name where word == .chain && peek().kind == .leftBracket:
      advance()
      result.outcome = name
      result.chain = parseChain { $0.parseTask("a step", isDuty: false) }
    case .name where (word == .with || word == .without) && peek().word == .warning:
      let expected = take(.with)
      if !expected { advance() }
      advance()
      result.warns = (expected, name.range)
    case .name where parseStatePartIfPresent(&result): break
    case .name where word == .error:
      advance()
      result.outcome = name
      result.error = parseName("the error")
    case .name where word != .true && word != .false && result.outcome == nil:
      result.outcome = parseName("an outcome")
    case .name where word != .true && word != .false:
      fail(SyntaxMessages.unexpected(found, at: here))
    default:
      guard result.value == nil else {
        fail(SyntaxMessages.unexpected(found, at: here))
        return
      }
      result.value = parseBinary(Precedence.sum)
    }
  }

  mutating func parseBracedList<T>(
    _ what: Phrase, item: (inout Parser) -> T
  ) -> [T] {
    var items: [T] = []
    parseBraced(what) { items.append(item(&$0)) }
    return items
  }

  /// `[department, leader]`.
  mutating func parseChain<Step>(step: (inout Parser) -> Step) -> [Step] {
    let opening = here
    advance()
    let steps = inBrackets { parser in
      var steps: [Step] = []
      while !parser.recovering, parser.kind != .rightBracket {
        steps.append(step(&parser))
        if !parser.take(.comma) { break }
      }
      return steps
    }
    close(.rightBracket, opening: opening, what: "chain")
    return steps
  }

  /// `pay by finance due 2026-11-25`, of a step without the day.
  private mutating func parseTask(_ what: Phrase, isDuty: Bool) -> ExpectationTree.Task {
    var task = ExpectationTree.Task(name: parseName(what))
    if !recovering, take(.by) { task.by = parseName("a post") }
    if !recovering, isDuty, take(.due) { task.due = parseDate() }
    return task
  }
}
