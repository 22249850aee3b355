/// The section of a decision: what it answers, its rules in words, the picture of its steps, duties and copies.
import PolicyCompiler
import PolicyEngine
import PolicySource

/// Writes the section.
struct DecisionSection {
  let section: PolicySection
  let decision: TypedDecision

  private var words: Wording { section.words }
  private var anchor: String { Anchor.decision(section.policy.name, decision.name) }

  private func say(_ prose: Prose) -> Markup { section.say(prose) }

  var markup: Markup {
    let name = words.label(decision.label, or: decision.name)
    let kind = ReportMessages.kind(decision.body)
    var body = Markup()
    if let other = BilingualLabel.other(of: decision.label, in: words.language) {
      body += "<p class=\"other\">\(other)</p>"
    }
    body += "<p class=\"lead\">\(say(ReportMessages.lead(decision.body)))</p>"
    if !decision.scopes.isEmpty { body += rules(decision.scopes.map(words.rule)) }
    body += self.body
    body += matrices
    if !decision.duties.isEmpty {
      body += "<h4>\(say(ReportMessages.duties))</h4>" + rules(decision.duties.map(words.rule))
    }
    if !decision.copies.isEmpty {
      body += "<h4>\(say(ReportMessages.copies))</h4>" + rules(decision.copies.map(words.rule))
    }
    return """
      <section class="decision" aria-labelledby="\(anchor)"><h3 id="\(anchor)">\(name) \
      <span class="kind">\(section.inner(kind)) <code>\(decision.name)</code></span></h3>
      \(body)</section>

      """
  }

  private var body: Markup {
    switch decision.body {
    case .release(let clauses), .check(let clauses): rules(clauses.map(words.rule))
    case .approval(let approval): self.approval(approval)
    case .limit(let limit): self.limit(limit)
    case .grade(let grade): self.grade(grade)
    case .value(let expression):
      "<div class=\"figure-words\">\(section.meaning(of: expression))</div>"
    }
  }

  // MARK: Rules

  func rules(_ rules: [Rule]) -> Markup {
    "<ul class=\"rules\">\(rules.map { rule($0) }.joined())</ul>"
  }

  private func rule(_ rule: Rule, number: Int? = nil, isInGroup: Bool = false) -> Markup {
    var says = rule.statement.markup(in: words.catalog)
    if let number { says = "<b class=\"number\">\(number).</b>" + says }
    if let message = rule.message {
      says += "<p class=\"message\">\(say(RuleMessages.message(message)))</p>"
    }
    for note in rule.notes {
      says += "<p class=\"note\">\(say(RuleMessages.sentence(note)))</p>"
    }
    if let because = rule.because {
      says += "<p class=\"because\">\(say(RuleMessages.because(because)))</p>"
    }
    return """
      <li class="rule \(rule.effect.rawValue)\(isInGroup ? " inner" : "")"><div>\(says)</div>\(origin(of: rule))</li>
      """
  }

  /// The code, the source and the place.
  private func origin(of rule: Rule) -> Markup {
    var lines = Markup()
    if !rule.code.isEmpty { lines += "<code>\(rule.code)</code>" }
    if let source = rule.source {
      let documents = Set(section.policy.sources.map(\.document))
      var place = source.clause
      if place.isEmpty {
        place = source.document
      } else if documents.count > 1 {
        place = "\(source.document), \(source.clause)"
      }
      lines += "<span>\(section.inner(ReportMessages.source(.text(place))))</span>"
    }
    lines += "<span class=\"place\">\(words.set.files.place(of: rule.range))</span>"
    return "<div class=\"origin\">\(lines)</div>"
  }

  private func facts(_ facts: [Prose]) -> Markup {
    if facts.isEmpty { return "" }
    let items = facts.map { "<li>\(say(RuleMessages.sentence($0)))</li>" as Markup }
    return "<ul class=\"facts\">\(items.joined())</ul>"
  }

  // MARK: Approvals

  private func approval(_ approval: TypedApproval) -> Markup {
    var result = facts(words.manners(of: approval))
    if !approval.requires.isEmpty {
      result += "<h4>\(say(ReportMessages.requirements))</h4>"
      result += rules(approval.requires.map(words.rule))
    }
    guard !approval.steps.isEmpty else { return result }
    result += "<h4>\(say(ReportMessages.steps))</h4>"
    result += ChainFigure(words: words, approval: approval, decision: decision, id: anchor).markup
    var items = Markup()
    for (index, step) in approval.steps.enumerated() {
      let opens = step.group != nil && (index == 0 || approval.steps[index - 1].group != step.group)
      if opens, let group = step.group {
        let count = approval.steps.filter { $0.group == group }.count
        let note = ReportMessages.together(count, need: approval.groups[group].need)
        items += "<li class=\"together\">\(say(note))</li>"
      }
      items += rule(
        words.rule(step, of: approval), number: index + 1, isInGroup: step.group != nil)
    }
    return result + "<ul class=\"rules\">\(items)</ul>"
  }

  // MARK: Limits and grades

  private func limit(_ limit: TypedLimit) -> Markup {
    rules(limit.caps.map(words.rule)) + facts(words.facts(of: limit))
  }

  private func grade(_ grade: TypedGrade) -> Markup {
    var result = Markup()
    if !grade.points.isEmpty {
      let rows = grade.points.map { line -> Markup in
        """
        <tr><th scope="row">\(words.label(line.label, or: line.name)) <code>\(line.name)</code>\
        </th><td>\(say(words.value(line.value)))</td></tr>
        """
      }
      result += """
        <h4>\(say(ReportMessages.points))</h4><div class="wide"><table><thead><tr>\
        <th scope="col">\(say(ReportMessages.pointsFor))</th>\
        <th scope="col">\(say(ReportMessages.howMany))</th></tr></thead>\
        <tbody>\(rows.joined())</tbody></table></div>
        """
    }
    result += "<h4>\(say(ReportMessages.bands))</h4>"
    result += rules(grade.bands.map { words.rule($0, of: grade, isCap: false) })
    let last = Prose.text(words.member(grade.enumeration, grade.otherwise))
    result += "<p>\(say(RuleMessages.sentence(RuleMessages.otherwise(last))))</p>"
    if !grade.caps.isEmpty {
      result += "<h4>\(say(ReportMessages.gradeCaps))</h4>"
      result += rules(grade.caps.map { words.rule($0, of: grade, isCap: true) })
    }
    return result
  }

  private var matrices: Markup {
    let own = section.page.report.analysis.matrices.filter { $0.decision == anchor }
    if own.isEmpty { return "" }
    return "<h4>\(say(AnalysisMessages.matrix))</h4>"
      + own.enumerated().map { number, matrix in
        matrix.markup(in: words.catalog, id: "\(anchor).\(number)")
      }.joined()
  }
}

/// The steps of an approval as a picture of the page.
struct ChainFigure {
  let words: Wording
  let approval: TypedApproval
  let decision: TypedDecision
  let id: String

  private func say(_ prose: Prose) -> String { words.say(prose) }

  var markup: Markup {
    let model = model
    let lines = model.steps.map { step in
      let condition = step.condition.map { " (\($0))" } ?? ""
      return "\(step.number). \(step.title): \(step.act)\(condition)"
    }
    let title = say(
      ReportMessages.chainOf(.text(words.label(decision.label, or: decision.name))))
    return Figure.markup(
      ChainPicture.svg(
        model, id: "\(id).chain", title: title, description: lines.joined(separator: "; ")))
  }

  private var model: ChainModel {
    let start =
      approval.requestedBy.map { RuleMessages.requested(by: words.who($0)) }
      ?? ReportMessages.request
    var model = ChainModel(
      start: say(start), end: say(ReportMessages.approved), ends: say(ReportMessages.over))
    for (index, step) in approval.steps.enumerated() {
      model.steps.append(self.step(step, number: index + 1))
      guard let group = step.group else {
        model.rows.append(.step(index))
        continue
      }
      if case .group(let others, let words)? = model.rows.last,
        approval.steps[others[0]].group == group
      {
        model.rows[model.rows.count - 1] = .group(others + [index], words: words)
      } else {
        let count = approval.steps.filter { $0.group == group }.count
        let note = ReportMessages.together(count, need: approval.groups[group].need)
        model.rows.append(.group([index], words: say(note)))
      }
    }
    return model
  }

  private func step(_ step: TypedStep, number: Int) -> ChainModel.Step {
    let condition = words.stepCondition(step, of: approval)
    var result = ChainModel.Step(
      number: number, title: words.stepLabel(step),
      act: say(RuleMessages.acts(words.actor(step, of: approval), step.act)),
      condition: condition.map { say(RuleMessages.ifSo($0.inline)) })
    func through(_ post: TypedExpression?) {
      result.through = post.map { say(ReportMessages.via(words.who($0))) }
    }
    switch step.onRefusal {
    case .ends?: result.refusal = .ends
    case .requester(let post)?:
      result.refusal = .requester
      through(post)
    case .step(let index, let post)?:
      result.refusal = .step(index)
      through(post)
    case nil: break
    }
    return result
  }
}
