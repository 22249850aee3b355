/// An answer as a case expects it, with everything that an expectation can say.
import PolicyCompiler
import PolicyRuntime

/// Writes the expectation that an answer meets.
struct ExpectedAnswer {
  let decision: TypedDecision
  let types: TypedSet

  /// What stands behind `expect`, such as `may_ship deny { unpaid } duties { pay by finance }`, in as many lines as
  /// it takes; nil of an error, and of what no literal says.
  func lines(_ answer: CaseAnswer, hasHistory: Bool) -> [String]? {
    guard answer.error == nil, let outcome = outcome(answer) else { return nil }
    var line = "\(decision.name) \(outcome)"
    if answer.outcome == "not_applicable" { return [line] }
    switch decision.body {
    case .release, .check: line += " " + Self.braced(answer.reasons.map(\.code))
    case .approval where answer.outcome == "invalid":
      line += " " + Self.braced(answer.reasons.map(\.code))
    default: break
    }
    if !answer.needs.isEmpty {
      line += (answer.outcome == "needs" ? " " : " needs ") + Self.braced(answer.needs)
    }
    line += consequences(answer)
    guard case .approval = decision.body, hasHistory, let status = answer.status else {
      return [line]
    }
    return [line, "\(decision.name) \(status)\(state(answer))"]
  }

  /// Duties, the warning of a limit, copies.
  private func consequences(_ answer: CaseAnswer) -> String {
    var line = ""
    if !decision.duties.isEmpty {
      let duties = answer.duties.map { duty in
        duty.name + (duty.by.map { " by \($0)" } ?? "") + (duty.due.map { " due \($0)" } ?? "")
      }
      line += " duties " + Self.braced(duties)
    }
    if case .limit(let limit) = decision.body, limit.warnFrom != nil {
      line += answer.warns ? " with warning" : " without warning"
    }
    for (kind, names) in [
      (TypedCopy.Kind.copy, answer.copies), (.notify, answer.notices), (.file, answer.files),
    ] where decision.copies.contains(where: { $0.kind == kind }) {
      line += " \(Self.word(kind)) " + Self.braced(names)
    }
    return line
  }

  private func outcome(_ answer: CaseAnswer) -> String? {
    if answer.outcome == "needs" || answer.outcome == "not_applicable" { return answer.outcome }
    switch decision.body {
    case .release, .check: return answer.outcome
    case .approval:
      guard answer.outcome == "chain" else { return answer.outcome }
      return "chain [" + answer.tasks.map(Self.words).joined(separator: ", ") + "]"
    case .limit:
      return answer.figure.flatMap(literal).map { "\($0) \(answer.outcome)" }
    case .grade: return answer.figure
    case .value(let value):
      guard let found = answer.value else { return nil }
      switch value.type.unwrapped {
      case .record, .list: return self.value(found, value.type).map { "= \($0)" }
      default: return self.value(found, value.type)
      }
    }
  }

  /// A value of the wire as a case writes it.
  private func value(_ found: JSONTree, _ type: ValueType) -> String? {
    switch (type.unwrapped, found) {
    case (.record(let id), .object(let members)):
      var parts: [String] = []
      for field in types.types[id].fields {
        guard let member = members.first(where: { $0.name == field.name }), member.value != .null
        else { continue }
        guard let words = value(member.value, field.type) else { return nil }
        parts.append("\(field.name): \(words)")
      }
      return Self.braced(parts)
    case (.list(let item), .array(let items)):
      let parts = items.map { value($0, item) }
      let known = parts.compactMap(\.self)
      return known.count == parts.count ? "[" + known.joined(separator: ", ") + "]" : nil
    case (.bool, .bool(let truth)): return truth ? "true" : "false"
    case (.text, _), (.person, _): return found.word.map(CaseLiteral.quoted)
    default: return found.word.flatMap(literal)
    }
  }

  /// How far an approval has come, when the request brought a history.
  private func state(_ answer: CaseAnswer) -> String {
    var line = ""
    if !answer.next.isEmpty { line += " next [" + answer.next.joined(separator: ", ") + "]" }
    if let target = answer.returnedTo { line += " returned to \(target)" }
    return line + " violations " + Self.braced(answer.violations.map(\.code))
  }

  private static func words(_ task: CaseAnswer.Task) -> String {
    task.name + (task.by.map { " by \($0)" } ?? "")
  }

  /// A figure of the wire as a literal: `12000.00 CNY`, `6%`, `2026-11-21`, a name.
  private func literal(_ word: String) -> String? {
    let parts = word.split(separator: " ")
    guard let first = parts.first else { return nil }
    guard let value = try? Decimal(text: Array(first.utf8)) else { return word }
    return CaseLiteral.grouped(value) + (parts.count > 1 ? " \(parts[1])" : "")
  }

  private static func braced(_ words: [String]) -> String {
    words.isEmpty ? "{ }" : "{ " + words.joined(separator: ", ") + " }"
  }

  private static func word(_ kind: TypedCopy.Kind) -> String {
    switch kind {
    case .copy: "copies"
    case .notify: "notices"
    case .file: "files"
    }
  }
}
