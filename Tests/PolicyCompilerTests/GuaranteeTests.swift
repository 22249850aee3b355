/// What becomes of guarantees: their typed form, what they use, and that no answer depends on them.
import PolicyCompiler
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@Suite struct GuaranteeTests {
  private static let head = """
    policy claims
      currency CNY
    posts { manager, finance }
    type Trip { cost Money, by Person }
    type Claim { amount Money, claimant Person, trip Trip? }
    input claim Claim
    param bound Money = 5 CNY
    define small = claim.amount < bound
    define is_paid = may_pay is allow
    approval reimbursement { step manager by manager approves when not small }
    release may_pay { deny unapproved "unapproved" when not (reimbursement is approved) }
    value paid of Bool = is_paid

    """

  private func guarantee(_ text: String) throws -> TypedGuarantee {
    let checked = Checked(Self.head + "guarantee g \"G (保证)\" " + text)
    #expect(checked.diagnostics.isEmpty, "\(checked.rendered)")
    let guarantee = try #require(checked.set.policies.first?.guarantees.first)
    #expect(guarantee.name == "g" && guarantee.label == "G (保证)")
    #expect(checked.set.files[guarantee.range.file].text(in: guarantee.range) == "g")
    return guarantee
  }

  private let approval = Reference(policy: 0, index: 0)
  private let release = Reference(policy: 0, index: 1)

  @Test func aConditionHoldsForAllRequests() throws {
    let guarantee = try guarantee("for all requests: is_paid implies reimbursement is approved")
    guard case .forAll(let condition) = guarantee.form,
      case .logical(.implies, let left, let right) = condition.kind,
      case .call = left.kind, case .decisionIs(approval, .approved) = right.kind
    else { return #expect(Bool(false), "\(guarantee)") }
    #expect(condition.type == .bool)
    #expect(guarantee.uses == [release, approval])
  }

  @Test func aFactIsRaised() throws {
    let guarantee = try guarantee("raising claim.trip.cost never removes a step of reimbursement")
    guard case .raising(let path, removesNoStepOf: approval) = guarantee.form,
      case .field(let trip, 0) = path.kind, case .field(let claim, 2) = trip.kind,
      case .input(Reference(policy: 0, index: 0)) = claim.kind
    else { return #expect(Bool(false), "\(guarantee)") }
    #expect(path.type == .money && trip.type.isOptional)
    #expect(guarantee.uses == [approval])
  }

  @Test func aPersonNeverActs() throws {
    let guarantee = try guarantee("claim.claimant never acts in claims.reimbursement")
    guard case .neverActs(let person, in: approval) = guarantee.form,
      case .field(let claim, 1) = person.kind, case .input = claim.kind
    else { return #expect(Bool(false), "\(guarantee)") }
    #expect(person.type == .person)
  }

  @Test func withoutALabelTheNameStandsInForIt() throws {
    let checked = Checked(Self.head + "guarantee g for all requests: true")
    #expect(checked.set.policies.first?.guarantees.first?.label == "g")
  }

  @Test func aGuaranteeThatIsWrongIsLeftOut() {
    let checked = Checked(
      Self.head + """
        guarantee g for all requests: claim.amount
        guarantee h raising claim.claimant never removes a step of reimbursement
        guarantee i claim.claimant never acts in may_pay
        guarantee j for all requests: is_paid or not is_paid

        """)
    #expect(checked.set.policies.first?.guarantees.map(\.name) == ["j"])
    let codes = checked.diagnostics.map(\.code.slug)
    #expect(codes == ["not-a-condition", "type-mismatch", "not-an-approval"])
  }

  /// Two decisions of which a guarantee speaks do not need each other.
  @Test func aGuaranteeJoinsDecisionsWithoutACircle() {
    let checked = Checked(
      Self.head + "guarantee g for all requests: reimbursement is chain or may_pay is deny")
    #expect(checked.diagnostics.isEmpty, "\(checked.rendered)")
    #expect(checked.set.policies[0].decisions.map(\.uses) == [[], [approval], [release]])
  }

  @Test func inputsOfOneNameHaveOneTypeAcrossAGuarantee() {
    let other = """
      policy others
      input claim Number
      release may_go { deny much "much" when claim > 1 }

      """
    let text = Self.head + "guarantee g for all requests: others.may_go is allow"
    let checked = Checked([("a.writ", Array(text.utf8)), ("b.writ", Array(other.utf8))])
    #expect(checked.diagnostics.map(\.code.slug) == ["input-type-differs"])
  }
}
