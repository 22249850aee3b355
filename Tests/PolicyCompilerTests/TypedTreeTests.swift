/// What the typed tree holds where the language leaves something to the checker.
import PolicyCompiler
import PolicyRuntime
import Testing

@Suite struct TypedTreeTests {
  private static let head = """
    policy p
      currency CNY
    posts { gm, finance }
    type Note { text Text?, made_on Date? }
    type Grade = best first one of { A, B, C }
    input amount Money
    input urgent Bool
    input note Note?
    grade class of Grade { give A when urgent otherwise C }

    """

  private func decision(_ text: String) throws -> TypedDecision {
    let checked = Checked(Self.head + text)
    #expect(checked.diagnostics.isEmpty, "\(checked.rendered)")
    return try #require(checked.set.policies.first?.decisions.last)
  }

  private func clauses(_ text: String) throws -> [TypedClause] {
    switch try decision(text).body {
    case .release(let clauses), .check(let clauses): clauses
    default: []
    }
  }

  @Test func aBareZeroHasNoCurrency() throws {
    let clause = try #require(try clauses("release r { deny x \"x\" when amount > 0 }").first)
    guard case .compare(.greater, _, let right) = clause.condition.kind,
      case .constant(.money(let zero, let currency)) = right.kind
    else { return #expect(Bool(false), "\(clause.condition)") }
    #expect(zero == .zero && currency == nil)
  }

  @Test func aBareAmountHasTheCurrencyOfTheHeader() throws {
    let clause = try #require(try clauses("release r { deny x \"x\" when amount > 5 }").first)
    guard case .compare(_, _, let right) = clause.condition.kind,
      case .constant(.money(_, let currency)) = right.kind
    else { return #expect(Bool(false), "\(clause.condition)") }
    #expect(currency == "CNY")
  }

  @Test func aRequirementFiresWhenItFails() throws {
    let text = "release r { require urgent when amount > 5 else slow \"slow\" }"
    let clause = try #require(try clauses(text).first)
    guard case .logical(.and, let when, let failed) = clause.condition.kind,
      case .compare = when.kind, case .not(let required) = failed.kind, case .input = required.kind
    else { return #expect(Bool(false), "\(clause.condition)") }
    #expect(clause.effect == .deny)
  }

  @Test func anAbsentRecordMissesAllItsFields() throws {
    let found = try clauses("check c { require fields note.{text, made_on} }")
    #expect(found.map(\.code) == ["missing_text", "missing_made_on"])
    for clause in found {
      guard case .logical(.or, let parent, _) = clause.condition.kind, case .not = parent.kind
      else { return #expect(Bool(false), "\(clause.condition)") }
    }
  }

  @Test func aDutyArisesOnTheUsualYes() throws {
    let limit = try decision("limit l { start 5 duty pay \"pay\" by gm }")
    #expect(limit.duties.map(\.trigger) == [.within])
    let grade = try decision("grade g of Grade { otherwise C duty tell \"tell\" by gm }")
    #expect(grade.duties.map(\.trigger) == [.always])
  }

  @Test func aDecisionNamesWhatItUsesAlsoThroughDefinitions() throws {
    let found = try decision(
      "define good = class is better than C\ncheck c { require good else x \"x\" }")
    #expect(found.uses == [Reference(policy: 0, index: 0)])
  }

  @Test func betterThanComparesIndicesOrAnswers() throws {
    let text =
      "input g Grade\nrelease r { deny x \"x\" when g is better than B and class is no worse than B }"
    let clause = try #require(try clauses(text).first)
    guard case .logical(.and, let plain, let answer) = clause.condition.kind,
      case .compare(.less, _, _) = plain.kind, case .decisionIs(_, .noWorseThan(1)) = answer.kind
    else { return #expect(Bool(false), "\(clause.condition)") }
  }

  @Test func casesCopyAndOverride() throws {
    let cases = """
      cases for p
      case base { as of 2026-11-21
        given note = { text: "a" }
        given amount = 5 CNY
      }
      case other like base {
        given note.text = "b"
        unknown amount
      }
      """
    let checked = Checked([("p.writ", Array(Self.head.utf8)), ("p.cases", Array(cases.utf8))])
    #expect(checked.diagnostics.isEmpty, "\(checked.rendered)")
    let other = try #require(checked.cases.first?.cases.last)
    #expect(other.facts["note"] == .record(["text": .constant(.text("b"))]))
    #expect(other.facts["amount"] == .unknown)
    #expect(other.unknown == ["amount"])
  }
}
