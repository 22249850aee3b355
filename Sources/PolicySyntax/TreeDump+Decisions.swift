/// How decisions, clauses and sample cases are written down for tests.

extension Dump {
  mutating func write(_ decision: DecisionTree) {
    var parts = [decision.name.text, label(decision.label)]
    if let type = decision.type {
      if case .named(let name) = type.kind { parts.append("of \(name.text)") }
      if case .list = type.kind { parts.append("of a list") }
      if case .optional = type.kind { parts.append("of an optional") }
    }
    line(decision.kind.rawValue, parts)
    nested { dump in
      for clause in decision.clauses { dump.write(clause) }
    }
  }

  private mutating func write(_ clause: ClauseTree) {
    write(clause.kind)
    let tails = clause.tails
    nested { dump in
      if let each = tails.forEach {
        dump.line("for each", [each.variable.text, "in", dump.text(each.list)])
      }
      if let when = tails.when { dump.line("when", [dump.text(when)]) }
      if let cleared = tails.clearedBy {
        dump.line("cleared by", [dump.text(cleared.post)])
        dump.nested { dump in
          if let (bound, of) = cleared.upTo {
            dump.line("up to", [dump.text(bound), "of", dump.text(of)])
          }
          if let days = cleared.days { dump.line("for", [dump.text(days), "days"]) }
          if cleared.unchanged != nil { dump.line("while the case is unchanged") }
        }
      }
      if let because = tails.because { dump.line("because", [dump.text(because)]) }
      if let source = tails.source { dump.line("source", [dump.text(source)]) }
    }
  }

  private mutating func write(_ kind: ClauseTree.Kind) {
    switch kind {
    case .appliesWhen(let condition): line("applies when", [text(condition)])
    case .deny(let code, let message): line("deny", [code.text, text(message)])
    case .hold(let code, let message): line("hold", [code.text, text(message)])
    case .require(let condition, let code, let message):
      line("require", [text(condition), "else", code.text, text(message)])
    case .requireFields(let base, let names):
      line("require fields", [text(base)] + names.map(\.text))
    case .requestedBy(let person): line("requested by", [text(person)])
    case .step(let step): write(step)
    case .together(let clauses, let need):
      line("together", [text(need)])
      nested { dump in for clause in clauses { dump.write(clause) } }
    case .climb(let climb):
      line(
        "climb",
        [
          climb.step.name.text, "up", climb.hierarchy.text, "until authority covers",
          text(climb.amount), "else", climb.code.text, text(climb.text),
        ])
      nested { $0.write(climb.step) }
    case .holdersFor(let scope, let upTo):
      line(
        "holders for",
        scope.map { "(\($0.column.text) \(text($0.fact)))" }
          + (upTo.map { ["up to", text($0)] } ?? []))
    case .distinctApprovers: line("distinct approvers")
    case .skipRepeats: line("skip repeats")
    case .mayIntervene(let posts): line("may intervene", posts.map { text($0) })
    case .mayActOnOwnRequest: line("may act on own request")
    case .start(let value): line("start", [text(value)])
    case .atMost(let value): line("at most", [text(value)])
    case .none: line("nil")
    case .used(let value): line("used", [text(value)])
    case .asked(let value): line("asked", [text(value)])
    case .warnFrom(let value): line("warn from", [text(value)])
    case .points(let name, let title, let value, let most):
      line(
        "points",
        [name.text, label(title), "=", text(value), most.map { "at most \(text($0))" } ?? ""])
    case .sign(let grade): line("sign", [grade.text])
    case .give(let grade): line("give", [grade.text])
    case .otherwise(let grade): line("otherwise", [grade.text])
    case .noBetterThan(let grade): line("no better than", [grade.text])
    case .gives(let value): line("gives", [text(value)])
    case .duty(let code, let message, let by, let due, let trigger):
      line(
        "duty",
        [
          code.text, text(message), "by", text(by), due.map { "due \(text($0))" } ?? "",
          trigger.map { "on \($0.rawValue)" } ?? "",
        ])
    case .copy(let posts): line("copy", posts.map { text($0) })
    case .notify(let posts): line("notify", posts.map { text($0) })
    case .file(let posts): line("file with", posts.map { text($0) })
    }
  }

  private mutating func write(_ step: StepTree) {
    line("step", [step.name.text, label(step.label), "by", text(step.by), step.act.rawValue])
    nested { dump in
      if let delegate = step.delegate {
        dump.line("or delegate", delegate.amount.map { ["for", dump.text($0)] } ?? [])
      }
      for criterion in step.criteria { dump.line("criterion", [dump.text(criterion)]) }
      switch step.onRefusal {
      case nil: break
      case .ends: dump.line("on refusal ends")
      case .to(let name, let through):
        dump.line(
          "on refusal to", [name.text] + (through.map { ["through", dump.text($0)] } ?? []))
      }
      switch step.deadline {
      case nil: break
      case .within(let days, let business, let calendar, let escalate, _):
        dump.line(
          "within",
          [dump.text(days), business ? "business days" : "days"]
            + (calendar.map { ["of", $0.text] } ?? [])
            + (escalate.map { ["else escalate to", dump.text($0)] } ?? []))
      case .due(let day): dump.line("due", [dump.text(day)])
      }
      if step.unchanged != nil { dump.line("while the case is unchanged") }
    }
  }

  private func text(_ need: TogetherNeed) -> String {
    switch need {
    case .all: "need all"
    case .any: "need any"
    case .count(let count, _): "need \(count)"
    }
  }
}

// MARK: - Sample cases

extension Dump {
  mutating func write(_ sample: CaseTree) {
    line(
      "case",
      [sample.name.text, label(sample.label), sample.like.map { "like \($0.text)" } ?? ""])
    nested { dump in
      if let date = sample.asOf { dump.line("as of", [dump.text(date)]) }
      if let date = sample.today { dump.line("today", [dump.text(date)]) }
      for fact in sample.facts { dump.write(fact) }
      for expectation in sample.expectations { dump.write(expectation) }
    }
  }

  private mutating func write(_ fact: FactTree) {
    switch fact {
    case .given(let path, let value): line("given", [text(path), "=", text(value)])
    case .unknown(let path): line("unknown", [text(path)])
    case .clearance(let tree):
      line(
        "clearance",
        [
          tree.decision?.text ?? "", tree.code.text, tree.item.map { "[\($0)]" } ?? "",
          "by \(tree.by.text)", label(tree.person), "on \(text(tree.on))",
          tree.amount.map { "amount \(text($0))" } ?? "",
          text(tree.facts),
        ])
    case .act(let tree):
      line(
        "act",
        [
          tree.decision?.text ?? "", tree.step.text, "by \(text(tree.person))",
          tree.post.map { (tree.isDelegate ? "as delegate of " : "as ") + $0.text } ?? "",
          tree.result.text, "on \(text(tree.on))",
          tree.criteria.map { "criteria \($0)" } ?? "", text(tree.facts),
        ])
    }
  }

  /// The facts for which something was given.
  private func text(_ facts: [(path: PathTree, value: ExpressionTree)]?) -> String {
    guard let facts else { return "" }
    let words = facts.map { "(= \(text($0.path)) \(text($0.value)))" }
    return "given (\(words.joined(separator: " ")))"
  }

  private mutating func write(_ tree: ExpectationTree) {
    func list(_ word: String, _ items: [String]?) -> String {
      items.map { "(\(([word] + $0).joined(separator: " ")))" } ?? ""
    }
    func codes(_ codes: [ExpectationTree.Code]?) -> [String]? {
      codes?.map { $0.name.text + ($0.item.map { "[\($0)]" } ?? "") }
    }
    func task(_ task: ExpectationTree.Task) -> String {
      let by = task.by.map { " by \($0.text)" } ?? ""
      return task.name.text + by + (task.due.map { " due \(text($0))" } ?? "")
    }
    line(
      "expect",
      [
        tree.policy?.text ?? "", tree.decision.text, tree.value.map { text($0) } ?? "",
        tree.outcome?.text ?? "", tree.error.map { "(error \($0.text))" } ?? "",
        list("chain", tree.chain?.map(task)), list("next", tree.next?.map(\.text)),
        list("returned to", tree.returnedTo.map { [$0.text] }),
        list("violations", codes(tree.violations)), list("codes", codes(tree.codes)),
        list("needs", tree.needs?.map { text($0) }), list("duties", tree.duties?.map(task)),
        list("copies", tree.copies?.map(\.text)), list("notices", tree.notices?.map(\.text)),
        list("files", tree.files?.map(\.text)),
        tree.warns.map { $0.expected ? "with warning" : "without warning" } ?? "",
      ])
  }

  private func text(_ path: PathTree) -> String {
    path.parts.reduce(path.root.text) { so, part in
      switch part {
      case .field(let name): return "\(so).\(name.text)"
      case .item(let item, _): return "\(so)[\(item)]"
      }
    }
  }
}
