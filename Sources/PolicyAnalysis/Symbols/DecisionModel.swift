/// A decision while its facts are open: when it gives which answer, and when each part stands in the answer.
internal import PolicyCompiler
internal import PolicyRuntime
internal import PolicySource

/// A part of an answer: a reason, a step, a figure, a duty, a copy.
struct AnswerPart {
  /// Which part it is; the same part of two versions of a policy has the same key.
  enum Key: Hashable {
    case outcome(String)
    case reason(String), step(String), duty(String)
    case copy(kind: String, to: String)
    /// The figure of a limit, a grade or a value, by its place in the value.
    case figure(String)
    case points(String)
    /// Of a limit, that little of it is left.
    case warning
    /// A sign of a grade by its class and its place among those of the class.
    case sign(String, Int)
  }

  var key: Key
  /// What people call it.
  let label: String
  /// When it stands in the answer.
  var when: Formula
  /// What it says: whose step it is, the figure.
  var figure: Scalar?
  var scale: Fact.Scale = .number
  /// When it may stand there: facts are missing that decide it.
  var perhaps = Formula.no
  /// Of a sign, when it made the class.
  var binds = Formula.no
  /// What is the same for all requests: the act of a step, who clears a reason.
  var rule = ""
  /// The list whose items have it, and when an item does.
  var each: EachItem?
  /// Where it is written.
  let range: SourceRange
}

/// A clause that looks at every item of a list.
struct EachItem {
  /// The list.
  let path: String
  /// When an item that stands for any has it, and the item of a number, from 1.
  let body: Truth
  let item: (Int) -> Truth
}

/// When a decision gives which answer.
struct DecisionModel {
  var reference: Reference
  var name: String
  var kind: String
  /// Whether it applies.
  var applies = Truth.yes
  /// When the answer is an error.
  var error = Formula.no
  /// The same without duties and copies, as other decisions see it.
  var innerError = Formula.no
  /// When each word is the outcome.
  var outcomes: [(word: String, when: Formula)] = []
  var parts: [AnswerPart] = []
  /// The figure of a value or the class of a grade, as other decisions use it.
  var figure: Symbol?
  /// Conditions by clause: `applies when`, the clauses, steps, caps, bands, duties, copies, in source order.
  var clauses: [ClauseModel] = []
  /// Of an approval, what tells its chain from another: the same history has it approved.
  var chainKey = ""
  /// What `D is ANSWER` says when it applies.
  var answers: [DecisionAnswer: Truth] = [:]

  func when(_ word: String) -> Formula { outcomes.first { $0.word == word }?.when ?? .no }
}

/// The condition of a clause, before anything that other clauses do to it.
struct ClauseModel {
  enum Kind: String {
    case applies, deny, hold, require, step, cap, band, duty, copy
  }

  let kind: Kind
  /// Its code or name.
  let name: String
  /// Whether it has a condition at all.
  let isConditional: Bool
  /// When it speaks, for at least one item of a list that it walks through.
  let truth: Truth
  /// When it changes the answer: it speaks, and no other clause has said before what it says.
  var effective: Formula
  let range: SourceRange
}

extension Interpreter {
  /// The model of a decision, made when it is first asked for.
  func model(_ reference: Reference) -> DecisionModel {
    if let known = decisions[reference] { return known }
    let policy = set.policies[reference.policy]
    let decision = policy.decisions[reference.index]
    var model = DecisionModel(
      reference: reference, name: "\(policy.name).\(decision.name)", kind: decision.kindName)
    for scope in decision.scopes {
      let truth = truth(scope.condition)
      model.applies = and(model.applies, truth)
      model.clauses.append(
        ClauseModel(
          kind: .applies, name: decision.name, isConditional: true, truth: truth,
          effective: truth.no, range: scope.range))
    }
    switch decision.body {
    case .release(let clauses): release(clauses, &model)
    case .approval(let approval): self.approval(approval, &model)
    case .limit(let limit): self.limit(limit, &model)
    case .grade(let grade): self.grade(grade, &model)
    case .check(let clauses): check(clauses, &model)
    case .value(let expression): figure(expression, &model)
    }
    let reaches = model.applies.no.negated
    model.error = formulas.or(model.applies.error, formulas.and(reaches, model.error))
    model.innerError = model.error
    addDuties(decision, &model)
    addCopies(decision, &model)
    close(&model, decision)
    decisions[reference] = model
    return model
  }

  /// What does not apply, or is an error, says nothing else.
  private func close(_ model: inout DecisionModel, _ decision: TypedDecision) {
    let applies = formulas.and(model.applies.yes, model.error.negated)
    let open = formulas.and(unknown(model.applies), model.error.negated)
    model.outcomes = model.outcomes.map { ($0.word, formulas.and(applies, $0.when)) }
    let undecided = model.kind == "release" ? "hold" : "needs"
    if let index = model.outcomes.firstIndex(where: { $0.word == undecided }) {
      model.outcomes[index].when = formulas.or(model.outcomes[index].when, open)
    } else if open != .no {
      model.outcomes.append((undecided, open))
    }
    model.outcomes.append(("not_applicable", formulas.and(model.applies.no, model.error.negated)))
    model.outcomes.append(("error", model.error))
    let answers = formulas.or(applies, open)
    model.parts = model.parts.map { part in
      var part = part
      let scope: Formula
      switch part.key {
      // What follows from an answer follows from one that is still open too, and so do facts that are only told.
      case .duty, .copy, .sign: scope = answers
      case .figure("used"), .figure("asked"): scope = answers
      default: scope = applies
      }
      part.when = formulas.and(scope, part.when)
      part.perhaps = formulas.and(scope, part.perhaps)
      part.binds = formulas.and(scope, part.binds)
      return part
    }
    for outcome in model.outcomes where outcome.when != .no {
      model.parts.insert(
        AnswerPart(
          key: .outcome(outcome.word), label: outcome.word, when: outcome.when,
          range: decision.range), at: 0)
    }
  }

  // MARK: Clauses

  /// When a clause speaks: once, or for at least one item.
  ///
  /// An error of any item is an error of the decision, also beside an item for which it speaks.
  func firing(_ clause: TypedClause) -> (truth: Truth, each: EachItem?) {
    guard let (variable, source) = clause.forEach else {
      return (truth(clause.condition), nil)
    }
    guard case .list(let list) = value(source, Names()) else { return (.no, nil) }
    let found = some(list, clause.condition, 0) { item, depth in
      var names = Names().binding(variable, item)
      names.depth = depth
      return self.truth(clause.condition, names)
    }
    let sound = withoutErrors(found, list, clause, variable)
    guard case .facts(let path, let make) = list.items else { return (sound, nil) }
    let test = { (place: String, depth: Int) -> Truth in
      let item = make("\(path)[\(place)]")
      var names = Names().binding(variable, item.value)
      names.depth = depth
      return self.and(item.counts, self.truth(clause.condition, names))
    }
    return (sound, EachItem(path: path, body: test("*1", 1)) { test(String($0), 0) })
  }

  /// An error of one item is an error, whatever the others are.
  private func withoutErrors(
    _ found: Truth, _ list: SymbolicList, _ clause: TypedClause, _ variable: Variable
  ) -> Truth {
    let fails = some(list, clause.condition, 0) { item, depth in
      var names = Names().binding(variable, item)
      names.depth = depth
      let error = self.truth(clause.condition, names).error
      return Truth(yes: error, no: error.negated)
    }
    if fails.yes == .no { return found }
    return Truth(
      yes: formulas.and(found.yes, fails.yes.negated),
      no: formulas.and(found.no, fails.yes.negated), error: formulas.or(found.error, fails.yes))
  }

  private func release(_ clauses: [TypedClause], _ model: inout DecisionModel) {
    var known: [(effect: TypedClause.Effect, when: Formula)] = []
    var open: [(effect: TypedClause.Effect, when: Formula)] = []
    for clause in clauses {
      let (truth, each) = firing(clause)
      let name = "\(model.name).\(clause.code)"
      let lifted = cleared(clause, name, isEach: each != nil)
      let beside = openBeside(clause, name, each)
      let stands = formulas.and(truth.yes, lifted.negated)
      let perhaps = formulas.or(
        formulas.and(unknown(truth), lifted.negated), formulas.and(truth.yes, beside))
      known.append((clause.effect, stands))
      open.append((clause.effect, perhaps))
      model.error = formulas.or(model.error, truth.error)
      model.clauses.append(
        ClauseModel(
          kind: clause.effect == .deny ? .deny : .hold, name: clause.code, isConditional: true,
          truth: truth, effective: truth.yes, range: clause.range))
      model.parts.append(
        AnswerPart(
          key: .reason(clause.code), label: words(clause.text), when: stands, perhaps: perhaps,
          rule: "\(clause.effect) \(rule(of: clause.clearedBy))", each: each, range: clause.range))
    }
    let denies = formulas.any(known.filter { $0.effect == .deny }.map(\.when))
    let holds = formulas.any(known.filter { $0.effect != .deny }.map(\.when))
    let openDenies = formulas.any(open.filter { $0.effect == .deny }.map(\.when))
    let openHolds = formulas.any(open.filter { $0.effect != .deny }.map(\.when))
    let anyOpen = formulas.or(openDenies, openHolds)
    let isHeld = formulas.and(denies.negated, formulas.or(holds, anyOpen))
    model.outcomes = [
      ("allow", formulas.all([denies.negated, holds.negated, anyOpen.negated])), ("hold", isHeld),
      ("deny", denies),
    ]
    let stands = formulas.or(denies, holds)
    model.answers[.allow] = Truth(
      yes: formulas.and(stands.negated, anyOpen.negated), no: stands)
    model.answers[.deny] = Truth(
      yes: denies, no: formulas.and(denies.negated, openDenies.negated))
    model.answers[.hold] = Truth(
      yes: formulas.all([denies.negated, openDenies.negated, holds]),
      no: formulas.or(
        denies, formulas.all([holds.negated, openHolds.negated])))
  }

  /// When a clearance lifts a reason; only where clearances are looked at.
  private func cleared(_ clause: TypedClause, _ name: String, isEach: Bool) -> Formula {
    guard context.scope.clearances, let rule = clause.clearedBy else { return .no }
    // Of two requests a clearance may be good for one alone.
    var isShared = twin == nil || !rule.whileUnchanged
    if case .constant = rule.post.kind {} else { isShared = twin == nil }
    let role = Fact.Role.cleared(isShared ? name : name + " raised")
    let fact = space.fact(role, .truth, Stretches(0, 1), label: name)
    var parts = [formulas.inside(fact, Stretches(1))]
    if let (bound, of) = rule.upTo, !isEach {
      parts.append(compare(.lessOrEqual, scalar(of), scalar(bound)).yes)
    }
    return formulas.all(parts)
  }

  /// Whether an item of which it is not known stands beside those for which a clause speaks and is cleared.
  private func openBeside(_ clause: TypedClause, _ name: String, _ each: EachItem?) -> Formula {
    guard let each, clause.clearedBy != nil, context.scope.clearances,
      unknown(each.body) != .no
    else { return .no }
    let fact = space.fact(
      .result("open item of \(name)"), .truth, Stretches(0, 1), label: name)
    return formulas.inside(fact, Stretches(1))
  }

  /// Who may clear a reason, up to what and for how long, so that two rules can be told apart.
  private func rule(of clearing: TypedClearing?) -> String {
    guard let clearing else { return "" }
    var parts = [key(of: value(clearing.post, Names()))]
    if let (bound, of) = clearing.upTo {
      parts += [bound, of].map { set.files[$0.range.file].text(in: $0.range) }
      parts.append(key(of: value(bound, Names())))
    }
    if let days = clearing.days { parts.append(key(of: value(days, Names()))) }
    parts.append("\(clearing.whileUnchanged)")
    return parts.joined(separator: " ")
  }

  /// The problems of a form.
  func problems(_ clauses: [TypedClause], _ model: inout DecisionModel) -> Truth {
    var failed = Truth.no
    for clause in clauses {
      let (truth, each) = firing(clause)
      failed = or(failed, truth)
      model.error = formulas.or(model.error, truth.error)
      model.clauses.append(
        ClauseModel(
          kind: .require, name: clause.code, isConditional: true, truth: truth,
          effective: truth.yes, range: clause.range))
      model.parts.append(
        AnswerPart(
          key: .reason(clause.code), label: words(clause.text), when: truth.yes, each: each,
          range: clause.range))
    }
    return Truth(yes: failed.yes, no: formulas.and(failed.yes.negated, failed.no))
  }

  private func check(_ clauses: [TypedClause], _ model: inout DecisionModel) {
    let failed = problems(clauses, &model)
    model.outcomes = [
      ("valid", failed.no), ("invalid", failed.yes),
      ("needs", formulas.and(failed.yes.negated, failed.no.negated)),
    ]
    model.answers[.valid] = not(failed)
    model.answers[.invalid] = failed
  }

  private func figure(_ expression: TypedExpression, _ model: inout DecisionModel) {
    let value = value(expression, Names())
    let (unknown, error) = partly(value, expression)
    model.figure = value
    model.error = formulas.or(model.error, error)
    model.outcomes = [
      ("value", formulas.and(unknown.negated, error.negated)), ("needs", unknown),
    ]
    addFigures(value, "value", expression, &model)
  }

  /// When any part of a value is unknown, or an error; of lists whose items are open, that may be so.
  private func partly(
    _ value: Symbol, _ expression: TypedExpression
  ) -> (unknown: Formula, error: Formula) {
    switch value {
    case .truth, .scalar:
      let (_, unknown, error) = standing(value)
      return (unknown, error)
    case .record(let fields):
      let parts = fields.map { partly($0, expression) }
      let error = formulas.any(parts.map(\.error))
      return (formulas.and(formulas.any(parts.map(\.unknown)), error.negated), error)
    case .list(let list):
      let item: (unknown: Formula, error: Formula)
      switch list.items {
      case .listed(let items):
        let parts = items.map { one in
          let (unknown, error) = partly(one.item, expression)
          return (formulas.and(one.when, unknown), formulas.and(one.when, error))
        }
        item = (formulas.any(parts.map(\.0)), formulas.any(parts.map(\.1)))
      case .facts(let path, let make):
        item = partly(make("\(path)[*1]").value, expression)
      case .opaque: item = (list.unknown, list.error)
      }
      let error = formulas.any([
        list.error, list.absent, maybe(item.error, "\(list.key) fails", expression),
      ])
      let unknown = formulas.or(
        list.unknown, maybe(item.unknown, "\(list.key) is open", expression))
      return (formulas.and(unknown, error.negated), error)
    }
  }

  /// What may hold where a condition of any one item can; a fact of its own.
  private func maybe(_ condition: Formula, _ key: String, _ expression: TypedExpression) -> Formula
  {
    // Without items there is none for which it holds.
    if condition == .no { return condition }
    return formulas.inside(
      result("maybe(\(key))", .truth, Stretches(0, 1), expression), Stretches(1))
  }

  /// A figure; of a record each field.
  private func addFigures(
    _ value: Symbol, _ name: String, _ expression: TypedExpression, _ model: inout DecisionModel
  ) {
    switch value {
    case .scalar(let scalar):
      var part = AnswerPart(
        key: .figure(name), label: name, when: formulas.any(scalar.cases.map(\.when)),
        range: expression.range)
      part.figure = scalar
      part.scale = scale(
        of: expression.type, currency: set.policies[model.reference.policy].currency)
      model.parts.append(part)
    case .truth(let truth):
      model.parts.append(
        AnswerPart(key: .figure(name), label: name, when: truth.yes, range: expression.range))
    case .record(let fields):
      for (index, field) in fields.enumerated() {
        addFigures(field, "\(name).\(index)", expression, &model)
      }
    case .list(let list):
      // What the list holds is told by what it is made of.
      var part = AnswerPart(
        key: .figure(name), label: name, when: .yes, range: expression.range)
      part.rule = list.key
      model.parts.append(part)
    }
  }

  // MARK: Words

  /// The words of a text without what stands in its holes.
  func words(_ text: TypedText) -> String {
    text.parts.map { part in
      switch part {
      case .letters(let letters): letters
      case .hole: "…"
      case .missing(let label): label
      }
    }.joined()
  }
}

extension TypedDecision {
  /// The kind as it is written.
  var kindName: String {
    switch body {
    case .release: "release"
    case .approval: "approval"
    case .limit: "limit"
    case .grade: "grade"
    case .check: "check"
    case .value: "value"
    }
  }
}
