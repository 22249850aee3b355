/// Guarantees: what a policy promises for every request.
import PolicySource

extension Parser {
  /// `guarantee name ["label"] PROPERTY`.
  mutating func parseGuarantee() -> GuaranteeTree {
    advance()
    let name = parseName("the guarantee")
    let label = recovering ? nil : parseLabelIfPresent()
    let form = recovering ? nil : parseProperty()
    if !recovering { refuseRest() }
    return GuaranteeTree(name: name, label: label, form: form)
  }

  /// What is guaranteed, in one of its three forms.
  private mutating func parseProperty() -> GuaranteeTree.Form? {
    if kind == .end || startsDeclaration(position) {
      fail(SyntaxMessages.badGuarantee(found: foundInGap, at: gap))
      return nil
    }
    if word == .for { return parseForAll() }
    let isRaising = word == .raising && peek().word != .never && peek().kind != .dot
    return isRaising ? parseRaising() : parseNeverActs()
  }

  /// `for all requests: CONDITION`.
  private mutating func parseForAll() -> GuaranteeTree.Form? {
    let form = "for all requests: CONDITION"
    for word in [Word.for, .all, .requests] where !recovering { expect(word, in: form) }
    if !recovering, !take(.colon) {
      fail(SyntaxMessages.expectedMark(":", form: form, found: foundInGap, at: gap))
    }
    return recovering ? nil : .forAll(parseExpression())
  }

  /// `raising PATH never removes a step of DECISION`.
  private mutating func parseRaising() -> GuaranteeTree.Form? {
    let form = "raising PATH never removes a step of APPROVAL"
    advance()
    let path = parseBinary(Precedence.unary)
    for word in [Word.never, .removes, .a, .step, .of] where !recovering { expect(word, in: form) }
    return recovering ? nil : .raising(path, removesNoStepOf: parseDecisionName())
  }

  /// `PERSON never acts in DECISION`.
  private mutating func parseNeverActs() -> GuaranteeTree.Form? {
    let person = parseBinary(Precedence.unary)
    if !recovering, !take(.never) {
      fail(SyntaxMessages.badGuarantee(found: foundInGap, at: gap))
    }
    for word in [Word.acts, .in] where !recovering {
      expect(word, in: "PERSON never acts in APPROVAL")
    }
    return recovering ? nil : .neverActs(person, in: parseDecisionName())
  }

  /// A decision of this policy, or `policy.decision`.
  private mutating func parseDecisionName() -> ExpressionTree {
    let first = parseName("the approval")
    let tree = ExpressionTree(.name(first), first.range)
    guard !recovering, take(.dot) else { return tree }
    let second = parseName("the approval")
    return ExpressionTree(.field(tree, second), range(from: first.range))
  }
}
