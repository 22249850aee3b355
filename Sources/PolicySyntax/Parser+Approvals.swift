/// The clauses that only approvals have beside their steps, and the deadlines of steps.
import PolicySource

extension Parser {
  /// `together { … }`, `distinct approvers`, `skip repeats`, `may …`, behind the keyword.
  mutating func parseApprovalClause(_ word: Word) -> ClauseTree.Kind? {
    switch word {
    case .together: return parseTogether()
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

  /// `or delegate [for AMOUNT]`, behind the post of a step.
  mutating func parseDelegateIfPresent() -> StepTree.Delegate? {
    guard word == .or, peek().word == .delegate else { return nil }
    advance()
    let place = here
    advance()
    guard take(.for) else { return StepTree.Delegate(amount: nil, range: place) }
    return StepTree.Delegate(amount: parseBinary(Precedence.sum), range: place)
  }

  /// `holders { rows }`, `delegations { rows }`, or `from "file.csv"` in place of the braces.
  mutating func parseRegister(_ kind: RegisterTree.Kind) -> RegisterTree {
    let start = raw.lower
    let name = Name(kind.rawValue, here)
    advance()
    let keys = kind.columns.map { column in
      FieldTree(
        name: Name(column, name.range),
        type: TypeTree(.named(Name("Text", name.range)), name.range),
        constraints: [], label: nil)
    }
    var table = TableTree(
      name: name, label: nil, keys: keys, columns: [], hitPolicy: .first, illustrative: false,
      rows: [], range: name.range)
    if take(.from) {
      table.sheet = parseSheetClause()
      refuseRest()
    } else {
      parseRows(of: &table)
    }
    table.range = range(from: start)
    return RegisterTree(kind: kind, table: table)
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
