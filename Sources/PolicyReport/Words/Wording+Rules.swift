/// The clauses of releases, checks, limits and grades, duties and copies as rules in words.
import PolicyCompiler
import PolicyRuntime
import PolicySource

extension Wording {
  /// A text of a policy; of a text in two languages one half.
  func text(_ text: TypedText) -> Prose {
    var letters = ""
    var parts: [Prose] = []
    for part in text.parts {
      switch part {
      case .letters(let words): letters += words
      case .hole(let expression):
        letters.unicodeScalars.append(Self.mark(parts.count))
        parts.append(hole(expression))
      case .missing(let label):
        letters.unicodeScalars.append(Self.mark(parts.count))
        parts.append(RuleMessages.isMissing(.name(self.label(label))))
      }
    }
    let half = label(letters)
    var result: [Prose.Part] = []
    var piece = ""
    for scalar in half.unicodeScalars {
      let index = Int(scalar.value) - Self.firstMark
      guard parts.indices.contains(index) else {
        piece.unicodeScalars.append(scalar)
        continue
      }
      if !piece.isEmpty { result.append(.text(piece)) }
      piece = ""
      result.append(.prose(parts[index]))
    }
    if !piece.isEmpty { result.append(.text(piece)) }
    let template = result.indices.map { "{\($0 + 1)}" }.joined()
    return Prose(template: template, parts: result)
  }

  /// Characters for private use stand for the holes while a text is taken apart.
  private static let firstMark = 0xE000

  private static func mark(_ index: Int) -> Unicode.Scalar {
    Unicode.Scalar(UInt32(firstMark + min(index, 0x18FF))) ?? " "
  }

  /// What a text names, in brackets: of a fact and a parameter only the name, as the text says the rest.
  private func hole(_ expression: TypedExpression) -> Prose {
    RuleMessages.hole(named(expression))
  }

  private func named(_ expression: TypedExpression) -> Prose {
    if let leaf = leaf(expression) { return .name(leaf) }
    guard case .parameter(let reference) = expression.kind else { return value(expression) }
    let owner = set.policies[reference.policy]
    let parameter = owner.parameters[reference.index]
    return .name(
      label(parameter.label, or: parameter.name),
      anchor: shown.contains(reference.policy)
        ? Anchor.parameter(owner.name, parameter.name) : nil)
  }

  /// A post or a person.
  func who(_ expression: TypedExpression) -> Prose { value(expression) }

  // MARK: Clauses

  /// `applies when`.
  func rule(_ scope: TypedScope) -> Rule {
    Rule(
      effect: .scope,
      statement: .init(
        form: .when(RuleMessages.appliesOnly), condition: condition(scope.condition)),
      because: scope.because.map(text), source: scope.source, range: scope.range)
  }

  /// A `deny`, `hold` or `require`.
  func rule(_ clause: TypedClause) -> Rule {
    if let (variable, list) = clause.forEach {
      var rule = inside(variable).bare(clause)
      rule.statement.lead.insert(ProseMessages.forAll(value(list)), at: 0)
      return rule
    }
    return bare(clause)
  }

  /// A clause without its items.
  private func bare(_ clause: TypedClause) -> Rule {
    var lead: [Prose] = []
    var statement: Rule.Statement
    switch clause.effect {
    case .invalid:
      var failing = clause.condition
      if clause.requirement?.when != nil,
        case .logical(.and, let when, let rest) = clause.condition.kind
      {
        lead.append(RuleMessages.ifSo(condition(when).inline))
        failing = rest
      }
      statement = .init(form: .must, condition: condition(failing, not: true))
    case .deny, .hold:
      let main = clause.effect == .deny ? RuleMessages.notAllowed : RuleMessages.held
      let condition = condition(clause.condition)
      statement = .init(form: .when(main), condition: isAlways(clause.condition) ? nil : condition)
    }
    statement.lead = lead
    var rule = Rule(
      effect: clause.effect == .deny ? .deny : clause.effect == .hold ? .hold : .require,
      statement: statement, message: text(clause.text), because: clause.because.map(text),
      source: clause.source, code: clause.code, range: clause.range)
    if let clearing = clause.clearedBy { rule.notes.append(self.clearing(clearing)) }
    return rule
  }

  private func isAlways(_ expression: TypedExpression) -> Bool {
    if case .constant(.bool(true)) = expression.kind { true } else { false }
  }

  private func clearing(_ clearing: TypedClearing) -> Prose {
    var words = RuleMessages.mayBeCleared(by: who(clearing.post))
    if let (bound, of) = clearing.upTo {
      words = ProseMessages.semicolon(words, RuleMessages.upTo(value(bound), of: value(of)))
    }
    if let days = clearing.days {
      words = ProseMessages.semicolon(words, RuleMessages.goodFor(count(days, of: .days)))
    }
    if clearing.whileUnchanged {
      words = ProseMessages.semicolon(words, RuleMessages.whileUnchanged)
    }
    return words
  }

  // MARK: Limits

  /// A cap of a limit.
  func rule(_ cap: TypedLimit.Cap) -> Rule {
    let main =
      switch cap.form {
      case .start: RuleMessages.atMost(value(cap.amount))
      case .atMost: RuleMessages.atMost(value(cap.amount))
      case .none: RuleMessages.noLimit
      }
    return Rule(
      effect: .cap, statement: .init(form: .when(main), condition: cap.condition.map(condition)),
      because: cap.because.map(text), source: cap.source, range: cap.range)
  }

  /// What is held against a limit.
  func facts(of limit: TypedLimit) -> [Prose] {
    var facts: [Prose] = []
    if let used = limit.used { facts.append(RuleMessages.used(value(used))) }
    if let asked = limit.asked { facts.append(RuleMessages.asked(value(asked))) }
    if let warn = limit.warnFrom { facts.append(RuleMessages.warns(from: value(warn))) }
    return facts
  }

  // MARK: Grades

  /// A band or a cap of a grade.
  func rule(_ band: TypedGrade.Band, of grade: TypedGrade, isCap: Bool) -> Rule {
    let member = Prose.text(member(grade.enumeration, band.member))
    let main =
      !isCap
      ? RuleMessages.given(member)
      : band.isSign ? RuleMessages.sign(of: member) : RuleMessages.noBetter(than: member)
    return Rule(
      effect: .band, statement: .init(form: .when(main), condition: band.condition.map(condition)),
      because: band.because.map(text), source: band.source,
      code: set.types[grade.enumeration].members[band.member].name, range: band.range)
  }

  // MARK: Values

  /// The ways of an `if … else if … else …`: each with its condition, the last without.
  func ways(of expression: TypedExpression) -> [(Condition?, Prose)] {
    guard case .conditional(let test, let then, let otherwise) = expression.kind else {
      return [(nil, value(expression))]
    }
    return [(condition(test), value(then))] + ways(of: otherwise)
  }

  // MARK: Duties and copies

  /// A duty.
  func rule(_ duty: TypedDuty) -> Rule {
    let main = RuleMessages.duty(of: who(duty.by), text(duty.text))
    var lead = [RuleMessages.trigger(duty.trigger)]
    var condition = duty.condition.map(self.condition)
    if let short = condition, !short.isLong {
      lead.append(RuleMessages.ifSo(short.inline))
      condition = nil
    }
    var rule = Rule(
      effect: .duty, statement: .init(lead: lead, form: .when(main), condition: condition),
      because: duty.because.map(text), source: duty.source, code: duty.code, range: duty.range)
    if let due = duty.due { rule.notes.append(RuleMessages.due(value(due))) }
    return rule
  }

  /// A copy, a notice, a paper to keep.
  func rule(_ copy: TypedCopy) -> Rule {
    let main = RuleMessages.copy(copy.kind, to: copy.to.map(who).and)
    return Rule(
      effect: .copy, statement: .init(form: .when(main), condition: copy.condition.map(condition)),
      because: copy.because.map(text), source: copy.source, range: copy.range)
  }
}
