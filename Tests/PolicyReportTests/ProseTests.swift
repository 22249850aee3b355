/// Rules in words: each clause as a finance manager would read it aloud, in both languages.
import PolicyCompiler
import PolicySource
import Testing

@testable import PolicyReport

@Suite struct LabelTests {
  @Test(arguments: [
    ("amount claimed (报销金额)", "amount claimed", "报销金额"),
    ("plain", "plain", "plain"),
    ("只有中文", "只有中文", "只有中文"),
    ("only sales (仅限销售) (inferred)", "only sales (inferred)", "仅限销售（推断）"),
    ("sent back (inferred: to the clerk) (推断退回文员)", "sent back (inferred: to the clerk)", "推断退回文员"),
    ("A级 (优)", "A级 (优)", "A级 (优)"),
    ("both (甲) and (乙)", "both (甲) and (乙)", "both (甲) and (乙)"),
    ("(只有括号)", "(只有括号)", "(只有括号)"),
    ("nested (甲（乙）)", "nested", "甲（乙）"),
    ("open (甲", "open (甲", "open (甲"),
    ("", "", ""),
  ])
  func labelsOfTwoLanguagesAreTakenApart(label: String, english: String, chinese: String) {
    #expect(BilingualLabel.half(of: label, in: .english) == english)
    #expect(BilingualLabel.half(of: label, in: .chinese) == chinese)
  }
}

@Suite struct RuleTests {
  /// The rules of the only decision of a text, in one language.
  private func rules(_ text: String, _ language: Language) throws -> [String] {
    let words = try ReportSamples.wording(text, language)
    let decision = try #require(words.set.policies[0].decisions.last)
    let rules: [Rule] =
      switch decision.body {
      case .release(let clauses), .check(let clauses): clauses.map(words.rule)
      case .approval(let approval):
        approval.requires.map(words.rule) + approval.steps.map { words.rule($0, of: approval) }
      case .limit(let limit): limit.caps.map(words.rule)
      case .grade(let grade):
        grade.bands.map { words.rule($0, of: grade, isCap: false) }
          + grade.caps.map { words.rule($0, of: grade, isCap: true) }
      case .value: []
      }
    let all =
      decision.scopes.map(words.rule) + rules + decision.duties.map(words.rule)
      + decision.copies.map(words.rule)
    return all.map { rule in
      let message = rule.message.map { [RuleMessages.message($0)] } ?? []
      return ([rule.statement.inline] + rule.notes + message).map(words.say).joined(
        separator: " | ")
    }
  }

  private static let release = """
    release may_ship "May it ship? (可否发货)" {
      applies when order.lines is present or true
      deny unpaid "{order.paid} of {order.amount} (未付清)" when order.paid < order.amount
        cleared by head up to scope of order.amount for 30 days
      hold not_approved "no approval" when not order.approved and order.placed >= 2026-05-01
      hold lines "x" for each line in order.lines when line.kind is not goods and not line.checked
      hold odd "x" when not (any line in order.lines where line.kind in [goods, service])
      duty send "send it (寄出)" by clerk on allow when order.note is present
      copy clerk, head when order.approved implies order.note is absent
    }
    """.replacing("  applies when order.lines is present or true\n", with: "")

  @Test func aReleaseIsReadAloud() throws {
    #expect(
      try rules(Self.release, .english) == [
        "not allowed when paid is less than amount | may be cleared by Head of finance; as long as "
          + "amount is at most scope of the clerk (5,000.00 CNY; from 2027-01-01 on 8,000.00 CNY); "
          + "good for 30 days | says: “‹paid› of ‹amount›”",
        "put on hold when “approved” is no, and day of the order is not before 2026-05-01"
          + " | says: “no approval”",
        "for each of lines: put on hold when kind of the line is not goods, and “checked” is no for "
          + "the line | says: “x”",
        "put on hold when for none of lines: kind of the line is one of goods or service | says: “x”",
        "once it is allowed: if note is given: Clerk has to: send it",
        "copy to Clerk and Head of finance when if “approved” is yes, then note is not given",
      ])
  }

  @Test func aReleaseIsReadAloudInChinese() throws {
    #expect(
      try rules(Self.release, .chinese) == [
        "当已付低于总额时，不予放行 | 可由财务负责人特批；以总额不超过文员权限（5,000.00 CNY；"
          + "自 2027-01-01 起 8,000.00 CNY）为限；有效期：30 天 | 提示：“未付清”",
        "当“已批准”为否，且下单日不早于 2026-05-01 时，暂缓 | 提示：“no approval”",
        "明细中的每一项：当该明细的类别不是货物，且该明细的“已核对”为否时，暂缓 | 提示：“x”",
        "当明细中没有一项：该明细的类别是货物或服务之一时，暂缓 | 提示：“x”",
        "放行后：若备注已填写：文员须办理：寄出",
        "当若“已批准”为是，则备注未填写时，抄送文员和财务负责人",
      ])
  }

  @Test func requirementsSayWhatMustHold() throws {
    let text = """
      check form "Complete? (齐全)" {
        require order.paid <= order.amount when order.approved else over "too much"
        require order.paid > 0 or not order.approved else none "nothing"
        require fields order.{note}
        require sum(line.amount for line in order.lines where line.checked) = order.amount
          else sum "wrong"
        require count(order.lines) in 1..<20 else count "many"
      }
      """
    #expect(
      try rules(text, .english) == [
        "if “approved” is yes: it is required that paid is at most amount | says: “too much”",
        "it is required that paid is more than 0, or “approved” is no | says: “nothing”",
        "it is required that note is given | says: “note is missing”",
        "it is required that the sum of amount of the line over those of lines for which "
          + "“checked” is yes for the line is amount | says: “wrong”",
        "it is required that the number of lines is at least 1, and the number of lines is less "
          + "than 20 | says: “many”",
      ])
  }

  @Test func stepsSayWhoActsAndWhereARefusalGoes() throws {
    let text = """
      approval claim "Claim (报销)" {
        requested by order.buyer
        step clerk "Clerk (文员)" by clerk reviews "in order (属实)", "complete (齐全)"
          on refusal to requester
        together {
          step a "A" by clerk opines
          step b "B" by head reviews on refusal to clerk through clerk
        } need 1
        step head "Head (负责人)" by head approves on refusal ends when order.amount > scope
      }
      """
    #expect(
      try rules(text, .english) == [
        "Clerk reviews: in order; complete | on a refusal: back to the requester",
        "Clerk gives an opinion",
        "Head of finance reviews | on a refusal: Clerk, through Clerk",
        "Head of finance approves when amount is more than scope of the clerk (5,000.00 CNY; from "
          + "2027-01-01 on 8,000.00 CNY) | on a refusal: the case ends",
      ])
    #expect(try rules(text, .chinese)[0] == "文员审核：属实；齐全 | 不通过时：退回申请人")
  }

  @Test func limitsAndGradesAreReadAloud() throws {
    let limit = """
      limit line "Line (额度)" {
        start 10_000 CNY
        at most order.paid * 2 - (order.amount - 5) when order.approved because "so much"
        nil when order.placed < 2026-02-01
      }
      """
    #expect(
      try rules(limit, .english) == [
        "at most 10,000.00 CNY",
        "at most paid × 2 − (amount − 5.00 CNY) when “approved” is yes",
        "nothing at all when day of the order is before 2026-02-01",
      ])
    let grade = """
      grade class "Class (等级)" of Class {
        points paid "paid (已付)" = 40
        give A when points >= 80
        otherwise C
        no better than B when not order.approved
      }
      """
    #expect(
      try rules(grade, .chinese) == ["当总分不低于 80 时，评为 A", "当“已批准”为否时，不高于 B"])
  }

  @Test func aLongConditionIsAList() throws {
    let text = """
      release may_ship "May it ship?" {
        deny odd "x" when order.approved and order.paid > 0
          and (order.note is absent or order.placed < 2026-02-01 or order.amount < 5)
      }
      """
    let words = try ReportSamples.wording(text, .english)
    guard case .release(let clauses) = words.set.policies[0].decisions[0].body else { return }
    let html = words.rule(clauses[0]).statement.markup(in: words.catalog).html
      .replacing(/<\/?(span|a)[^>]*>/, with: "")
    #expect(
      html == "<p class=\"says\">Not allowed when all of these hold:</p><ul class=\"conditions\">"
        + "<li>“approved” is yes</li><li>paid is more than 0</li><li>one of these:"
        + "<ul class=\"conditions\"><li>note is not given</li>"
        + "<li>day of the order is before 2026-02-01</li>"
        + "<li>amount is less than 5.00 CNY</li></ul></li></ul>")
  }

  /// Two items that are called the same in Chinese are told apart.
  @Test func nestedItemsAreToldApart() throws {
    let text = """
      check twice "Twice?" {
        require not (any other in order.lines where other.amount > line.amount) else less "less"
          for each line in order.lines
      }
      """
    #expect(
      try rules(text, .chinese)[0]
        == "明细中的每一项：须满足：明细中没有一项：另一明细的金额超过该明细的金额 | 提示：“less”")
  }
}
