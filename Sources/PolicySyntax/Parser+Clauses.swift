/// The clauses of decisions, each from its keyword to its tails.
import PolicySource

/// What is read behind a clause's head, before it is known where it belongs.
struct Trailing {
  var tails = TailsTree()
  var onRefusal: StepTree.RefusalTarget?
  var deadline: StepTree.Deadline?
  var unchanged: SourceRange?
  var trigger: ClauseTree.DutyTrigger?
  /// How far the tails have come in their order.
  var rank = 0
  var last = ""
}

extension Parser {
  /// The clause behind its keyword, up to its tails; nil when nothing could be made of it.
  mutating func parseClauseHead(_ word: Word, _ trailing: inout Trailing) -> ClauseTree.Kind? {
    switch word {
    case .applies:
      expect(.when, in: "applies when C")
      return .appliesWhen(parseExpression())
    case .deny, .hold:
      let (code, text) = parseCodeAndText()
      return word == .deny ? .deny(code: code, text) : .hold(code: code, text)
    case .require: return parseRequire(&trailing)
    case .requested:
      expect(.by, in: "requested by PERSON")
      return .requestedBy(parseExpression())
    case .step: return parseStep()
    case .together, .distinct, .skip, .may, .climb, .holders: return parseApprovalClause(word)
    case .start: return .start(parseExpression())
    case .at:
      expect(.most, in: "at most AMOUNT")
      return .atMost(parseExpression())
    case .none: return .some(.none)
    case .used: return .used(parseExpression())
    case .asked: return .asked(parseExpression())
    case .warn:
      expect(.from, in: "warn from 90%")
      return .warnFrom(parseExpression())
    case .points: return parsePoints()
    case .give: return .give(parseName("a grade"))
    case .otherwise: return .otherwise(parseName("a grade"))
    case .no:
      expect(.better, in: "no better than GRADE")
      expect(.than, in: "no better than GRADE")
      return .noBetterThan(parseName("a grade"))
    case .gives: return .gives(parseExpression())
    case .duty:
      let (code, text) = parseCodeAndText()
      if recovering { return nil }
      tailStarts.append(raw.lower)
      expect(.by, in: "duty code \"text\" by POST")
      let by = parseExpression()
      let due = !recovering && take(.due) ? parseExpression() : nil
      return .duty(code: code, text, by: by, due: due, on: nil)
    case .sign: return .sign(parseName("a grade"))
    case .copy: return .copy(parseReceivers())
    case .notify: return .notify(parseReceivers())
    case .file:
      expect(.with, in: "file with POST")
      return .file(parseReceivers())
    default: return nil
    }
  }

  /// `POST, POST`.
  private mutating func parseReceivers() -> [ExpressionTree] {
    var posts: [ExpressionTree] = []
    repeat { posts.append(parseExpression()) } while !recovering && take(.comma)
    return posts
  }

  /// `code "text"`.
  mutating func parseCodeAndText() -> (Name, TextTree) {
    if kind == .text {
      report(SyntaxMessages.missingCode(at: here))
      return (Name("", here), parseText(holes: true))
    }
    let code = parseName("the code")
    if recovering { return (code, TextTree([], here)) }
    return (code, parseText("people"))
  }

  /// `require C [when W] else code "text"`, `require fields PATH.{a, b}`.
  private mutating func parseRequire(_ trailing: inout Trailing) -> ClauseTree.Kind? {
    if word == .fields, peek().kind == .name, !peek().word.isInfix, !peek().startsLine {
      advance()
      return parseRequiredFields()
    }
    let condition = parseExpressionBeforeElse()
    if recovering { return nil }
    tailStarts.append(raw.lower)
    if take(.when) {
      trailing.tails.when = parseExpressionBeforeElse()
      trailing.rank = 2
      trailing.last = "when"
      if recovering { return nil }
      tailStarts.append(raw.lower)
    }
    guard take(.else) else {
      report(
        SyntaxMessages.missingElse(
          found: foundInGap, form: "require C else code \"text\"", at: gap))
      return .require(condition, code: Name("", here), TextTree([], here))
    }
    let (code, text) = parseCodeAndText()
    return .require(condition, code: code, text)
  }

  /// `note.{product, price}`.
  private mutating func parseRequiredFields() -> ClauseTree.Kind? {
    let base = parseBinary(Precedence.unary)
    var names: [Name] = []
    guard take(.dot), kind == .leftBrace else {
      fail(SyntaxMessages.badRequiredFields(found: foundInGap, at: gap))
      return nil
    }
    parseBraced("list of fields") { names.append($0.parseName("a field", loose: true)) }
    return .requireFields(base, names)
  }

  /// `points name ["label"] = EXPR`.
  private mutating func parsePoints() -> ClauseTree.Kind? {
    let name = parseName("the points")
    let label = recovering ? nil : parseLabelIfPresent()
    if !recovering, !takeEqual() {
      fail(
        SyntaxMessages.expectedMark("=", form: "points name = NUMBER", found: foundInGap, at: gap))
    }
    if recovering { return nil }
    let value = parseExpression()
    guard !recovering, word == .at, peek().word == .most else {
      return .points(name, label, value, atMost: nil)
    }
    advance()
    advance()
    return .points(name, label, value, atMost: parseExpression())
  }

  /// `name ["label"] by EXPR ACT ["criterion", …]`.
  private mutating func parseStep() -> ClauseTree.Kind? {
    let name = parseName("the step")
    let label = recovering ? nil : parseLabelIfPresent()
    expect(.by, in: "step name by POST approves")
    let by = recovering ? ExpressionTree(.missing, here) : parseDelegable()
    return parseStepBody(name, label, by: by).map { .step($0) }
  }

  /// An expression behind which `or delegate` may stand.
  mutating func parseDelegable() -> ExpressionTree {
    delegateIsTaken = true
    defer { delegateIsTaken = false }
    return parseExpression()
  }

  /// `[or delegate [for AMOUNT]] ACT ["criterion", …]`.
  mutating func parseStepBody(
    _ name: Name, _ label: TextTree?, by: ExpressionTree
  ) -> StepTree? {
    let delegate = recovering ? nil : parseDelegateIfPresent()
    if recovering { return nil }
    guard let act = parseAct() else { return nil }
    var criteria: [TextTree] = []
    if kind == .text {
      tailStarts.append(raw.lower)
      repeat { criteria.append(parseText("a criterion", holes: false)) } while take(.comma)
    }
    var step = StepTree(
      name: name, label: label, by: by, act: act, criteria: criteria, onRefusal: nil)
    step.delegate = delegate
    return step
  }

  /// What the post does; a misspelt act is read as the nearest.
  private mutating func parseAct() -> StepTree.Act? {
    let acts = StepTree.Act.allCases.map(\.rawValue)
    if kind == .name {
      let spelling = text(of: raw)
      if let act = StepTree.Act(rawValue: spelling) {
        advance()
        return act
      }
      let nearest = Suggestion.nearest(to: spelling, in: acts)
      if let nearest, let act = StepTree.Act(rawValue: nearest) {
        report(SyntaxMessages.unknownAct(foundInGap, nearest: nearest, known: acts, at: gap))
        advance()
        return act
      }
    }
    let isWord = kind == .name && !Self.tailWords.contains(word) && !raw.startsLine
    fail(SyntaxMessages.unknownAct(foundInGap, nearest: nil, known: acts, at: gap))
    if isWord { advance() }
    return nil
  }

  // MARK: - Tails

  /// The clause with what was read among its tails.
  func finished(_ kind: ClauseTree.Kind?, _ trailing: Trailing) -> ClauseTree.Kind? {
    switch kind {
    case .step(var step):
      step.onRefusal = trailing.onRefusal
      step.deadline = trailing.deadline
      step.unchanged = trailing.unchanged
      return .step(step)
    case .climb(var climb):
      climb.step.onRefusal = trailing.onRefusal
      climb.step.deadline = trailing.deadline
      climb.step.unchanged = trailing.unchanged
      return .climb(climb)
    case .duty(let code, let text, let by, let due, _):
      return .duty(code: code, text, by: by, due: due, on: trailing.trigger)
    default: return kind
    }
  }

  /// `for each` · `when` · `cleared by` · `because` · `source`, and `on …` of steps and duties.
  mutating func parseTails(_ trailing: inout Trailing, of clause: Word) {
    while true {
      tailStarts.append(raw.lower)
      switch word {
      case .for: parseForEach(&trailing)
      case .when:
        order(2, "when", &trailing)
        advance()
        let condition =
          clause == .require ? parseExpressionBeforeElse() : parseExpression()
        if trailing.tails.when == nil { trailing.tails.when = condition }
      case .cleared: parseClearedBy(&trailing)
      case .because:
        order(4, "because", &trailing)
        advance()
        trailing.tails.because = parseText("the reason")
      case .source:
        order(5, "source", &trailing)
        advance()
        let first = parseText("the source", holes: false)
        let second = parseLabelIfPresent()
        trailing.tails.source =
          second == nil
          ? SourceNoteTree(document: nil, clause: first)
          : SourceNoteTree(document: first, clause: second)
      case .on where clause == .step || clause == .climb: parseOnRefusal(&trailing)
      case .within where clause == .step || clause == .climb,
        .due where clause == .step || clause == .climb:
        parseDeadline(&trailing)
      case .while where clause == .step || clause == .climb:
        if trailing.unchanged != nil {
          report(SyntaxMessages.repeatedTail("while the case is unchanged", at: here))
        }
        trailing.unchanged = parseUnchanged()
      case .on where clause == .duty, .always where clause == .duty: parseTrigger(&trailing)
      default:
        let ends = raw.kind == .rightBrace || raw.kind == .end
        if !recovering, ends || raw.startsLine && raw.kind == .name { return }
        if !recovering, Self.clauseWords.contains(word), startsClause(position) { return }
        fail(SyntaxMessages.unexpected(found, at: here))
        skipToEndOfClause()
        if !Self.tailWords.contains(word) { return }
        continue
      }
      if recovering {
        skipToEndOfClause()
        if !Self.tailWords.contains(word) { return }
      }
    }
  }

  /// Steps to the next tail on a line of its own, or the next clause.
  private mutating func skipToEndOfClause() {
    skip { parser in
      guard parser.raw.startsLine else { return false }
      let word = parser.raw.word
      return (Self.clauseWords.contains(word) || Self.tailWords.contains(word))
        && parser.startsClause(parser.position)
    }
  }

  /// Notes that a tail comes at its place in the order of tails.
  private mutating func order(_ rank: Int, _ name: String, _ trailing: inout Trailing) {
    if rank == trailing.rank {
      report(SyntaxMessages.repeatedTail(name, at: here))
    } else if rank < trailing.rank {
      report(SyntaxMessages.tailOrder(name, behind: trailing.last, at: here))
    } else {
      trailing.rank = rank
      trailing.last = name
    }
  }

  /// `for each x in LIST`.
  private mutating func parseForEach(_ trailing: inout Trailing) {
    order(1, "for each", &trailing)
    advance()
    expect(.each, in: "for each x in LIST")
    let variable = recovering ? Name("", here) : parseName("the item")
    expect(.in, in: "for each x in LIST")
    if recovering { return }
    trailing.tails.forEach = .init(variable: variable, list: parseExpression())
  }

  /// `cleared by POST [up to AMOUNT of EXPR] [for N days] [while the case is unchanged]`.
  private mutating func parseClearedBy(_ trailing: inout Trailing) {
    order(3, "cleared by", &trailing)
    let start = raw.lower
    advance()
    expect(.by, in: "cleared by POST")
    var tail = TailsTree.ClearedBy(
      post: recovering ? ExpressionTree(.missing, here) : parseBinary(Precedence.sum), upTo: nil,
      days: nil, range: range(from: start))
    if !recovering, take(.up) {
      expect(.to, in: "up to AMOUNT of EXPRESSION")
      let bound = parseBinary(Precedence.sum)
      expect(.of, in: "up to AMOUNT of EXPRESSION")
      if !recovering { tail.upTo = (bound, parseBinary(Precedence.sum)) }
    }
    if !recovering, word == .for, peek().word != .each {
      advance()
      unitIsTaken = true
      tail.days = parseBinary(Precedence.product)
      unitIsTaken = false
      if !recovering, word == .day { advance() } else { expect(.days, in: "for N days") }
    }
    if !recovering, word == .while { tail.unchanged = parseUnchanged() }
    tail.range = range(from: start)
    trailing.tails.clearedBy = tail
  }

  /// `while the case is unchanged`.
  private mutating func parseUnchanged() -> SourceRange {
    let start = raw.lower
    advance()
    for word in [Word.the, .case, .is, .unchanged] where !recovering {
      expect(word, in: "while the case is unchanged")
    }
    return range(from: start)
  }

  /// `on refusal to STEP [through POST]`, `on refusal ends`.
  private mutating func parseOnRefusal(_ trailing: inout Trailing) {
    if trailing.onRefusal != nil { report(SyntaxMessages.repeatedTail("on refusal", at: here)) }
    advance()
    expect(.refusal, in: "on refusal to STEP")
    if recovering { return }
    if word == .ends {
      trailing.onRefusal = .ends(here)
      advance()
      return
    }
    guard expect(.to, in: "on refusal to STEP") else { return }
    let target = parseName("a step or `requester`")
    let through = !recovering && take(.through) ? parseBinary(Precedence.sum) : nil
    trailing.onRefusal = .to(target, through: through)
  }

  /// `on allow`, `on approved`, …, `always`.
  private mutating func parseTrigger(_ trailing: inout Trailing) {
    if trailing.trigger != nil { report(SyntaxMessages.repeatedTail("on", at: here)) }
    if take(.always) {
      trailing.trigger = .always
      return
    }
    advance()
    let spelling = kind == .name ? text(of: raw) : ""
    guard let trigger = ClauseTree.DutyTrigger(rawValue: spelling) else {
      let known = ["allow", "approved", "valid", "within", "refusal"]
      let nearest = Suggestion.nearest(to: spelling, in: known)
      report(SyntaxMessages.unknownTrigger(found, nearest: nearest, known: known, at: here))
      if kind == .name, !raw.startsLine { advance() }
      return
    }
    trailing.trigger = trigger
    advance()
  }
}
