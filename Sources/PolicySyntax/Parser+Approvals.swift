/// The clauses that only approvals have beside their steps, and the deadlines of steps.
import PolicySource

extension Parser {
  /// `together { … }`, `distinct approvers`, `skip repeats`, `may …`, behind the keyword.
  mutating func parseApprovalClause(_ word: Word) -> ClauseTree.Kind? {
    switch word {
    case .together: return parseTogether()
    case .climb: return parseClimb()
    case .holders: return parseHoldersFor()
    case .distinct:
      expect(.approvers, in: "distinct approvers")
      return .distinctApprovers
    case .skip:
      expect(.repeats, in: "skip repeats")
      return .skipRepeats
    default: return parseMay()
    }
  }

  /// `{ steps } [need all | need any | need N]`.
  private mutating func parseTogether() -> ClauseTree.Kind? {
    let opening = here
    guard take(.leftBrace) else {
      fail(SyntaxMessages.missingBrace("together", found: foundInGap, at: gap))
      return nil
    }
    let clauses = parseClauses(in: .approval)
    close(.rightBrace, opening: opening, what: "together")
    guard !recovering, take(.need) else { return .together(clauses, .all) }
    if take(.all) { return .together(clauses, .all) }
    if take(.any) { return .together(clauses, .any) }
    guard kind == .number, let count = Int(text(of: raw)), count >= 1 else {
      fail(SyntaxMessages.badNeed(found: foundInGap, at: gap))
      return .together(clauses, .all)
    }
    let place = here
    advance()
    return .together(clauses, .count(count, place))
  }

  /// `may intervene POST, POST`, `may act on own request`.
  private mutating func parseMay() -> ClauseTree.Kind? {
    if take(.act) {
      expect(.on, in: "may act on own request")
      if !recovering { expect(.own, in: "may act on own request") }
      if !recovering { expect(.request, in: "may act on own request") }
      return .mayActOnOwnRequest
    }
    guard expect(.intervene, in: "may intervene POST") else { return nil }
    var posts: [ExpressionTree] = []
    repeat { posts.append(parseExpression()) } while !recovering && take(.comma)
    return .mayIntervene(posts)
  }

  /// `holders for COLUMN EXPR, COLUMN EXPR [up to AMOUNT]`, `holders up to AMOUNT`.
  private mutating func parseHoldersFor() -> ClauseTree.Kind? {
    let form = "holders for COLUMN FACT up to AMOUNT"
    var scope: [(column: Name, fact: ExpressionTree)] = []
    if word != .up {
      guard expect(.for, in: form) else { return nil }
      repeat {
        let column = parseName("a column")
        if recovering { return nil }
        scope.append((column, parseBinary(Precedence.sum)))
      } while !recovering && take(.comma)
    }
    guard !recovering, take(.up) else { return .holdersFor(scope, upTo: nil) }
    expect(.to, in: form)
    return .holdersFor(scope, upTo: recovering ? nil : parseBinary(Precedence.sum))
  }

  /// `or delegate [for AMOUNT]`, behind the post of a step.
  mutating func parseDelegateIfPresent() -> StepTree.Delegate? {
    guard word == .or, peek().word == .delegate else { return nil }
    advance()
    let place = here
    advance()
    guard take(.for) else { return StepTree.Delegate(amount: nil, range: place) }
    return StepTree.Delegate(amount: parseBinary(Precedence.sum), range: place)
  }

  /// `holders [(column Type, …)] { rows }`, `delegations { rows }`, or `from "file.csv"` in place of the braces.
  mutating func parseRegister(_ kind: RegisterTree.Kind) -> RegisterTree {
    let start = raw.lower
    let name = Name(kind.rawValue, here)
    advance()
    let hasScope = kind == .holders && self.kind == .leftParenthesis
    let scope = hasScope ? parseFieldsInParentheses("a column") : []
    let keys =
      kind.columns.map { column in
        FieldTree(
          name: Name(column, name.range),
          type: TypeTree(.named(Name("Text", name.range)), name.range),
          constraints: [], label: nil)
      } + scope
    var table = TableTree(
      name: name, label: nil, keys: keys, columns: [], hitPolicy: .first, illustrative: false,
      rows: [], range: name.range)
    if recovering { return RegisterTree(kind: kind, scope: scope, table: table) }
    parseRowsOrSheet(of: &table, from: start)
    return RegisterTree(kind: kind, scope: scope, table: table)
  }

  /// `{ rows }`, or `from "file.csv"` in place of the braces.
  mutating func parseRowsOrSheet(of table: inout TableTree, from start: Int32) {
    if take(.from) {
      table.sheet = parseSheetClause()
      refuseRest()
    } else {
      parseRows(of: &table)
    }
    table.range = range(from: start)
  }

  /// `within N [business] days [of CALENDAR] [else escalate to POST]`, `due DATE`.
  mutating func parseDeadline(_ trailing: inout Trailing) {
    let start = raw.lower
    if trailing.deadline != nil {
      report(SyntaxMessages.repeatedTail(text(of: raw), at: here))
    }
    if take(.due) {
      trailing.deadline = .due(parseExpression())
      return
    }
    advance()
    unitIsTaken = true
    let days = parseBinary(Precedence.product)
    unitIsTaken = false
    if recovering { return }
    let business = take(.business)
    if word == .day { advance() } else { expect(.days, in: "within N days") }
    let calendar = business && !recovering ? parseCalendarNameIfPresent() : nil
    var escalate: ExpressionTree?
    if !recovering, take(.else) {
      expect(.escalate, in: "within N days else escalate to POST")
      if !recovering { expect(.to, in: "within N days else escalate to POST") }
      if !recovering { escalate = parseBinary(Precedence.sum) }
    }
    trailing.deadline = .within(
      days: days, business: business, calendar: calendar, escalate: escalate,
      range: range(from: start))
  }
}
