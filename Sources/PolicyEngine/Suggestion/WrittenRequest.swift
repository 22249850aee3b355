/// A request of a client as a case of a `.cases` file.
import PolicyCompiler
import PolicyRuntime
public import PolicySource
import PolicySyntax

extension PolicySet {
  /// The text of a `.cases` file whose one case sends a request and expects what decisions answer to it at present.
  ///
  /// The text is read and run again before it is given; nil when no case says the same.
  ///
  /// - Parameters:
  ///   - request: the envelope.
  ///   - decisions: `policy.decision`, all of one policy; those that do not answer are left out.
  ///   - name: the identifier of the case.
  ///   - label: the sentence for people.
  ///   - remark: what stands above the expectations.
  public func caseText(
    _ request: JSONTree, of decisions: [String], name: String, label: String, remark: Phrase,
    in catalog: Catalog = .english
  ) -> String? {
    WrittenRequest(set: self, request: request).text(
      decisions, name: name, label: label, remark: remark.text(in: catalog))
  }
}

/// Writes the lines of a case from a request.
private struct WrittenRequest {
  let set: PolicySet
  let request: JSONTree

  private var types: TypedSet { self.set.types }

  func text(_ decisions: [String], name: String, label: String, remark: String) -> String? {
    guard let first = decisions.first?.split(separator: ".").first.map(String.init),
      let policy = types.policies.firstIndex(where: { $0.name == first }),
      let lines = lines(policy)
    else { return nil }
    let own = decisions.filter { $0.hasPrefix(first + ".") }
    let expectations = own.flatMap { self.expectations($0, policy) }
    guard !expectations.isEmpty else { return nil }
    var text = "cases for \(first)\n\ncase \(name) \(CaseLiteral.quoted(label)) {\n"
    text += (lines + ["# \(remark)"] + expectations.map { "expect \($0)" }).map { "  \($0)\n" }
      .joined()
    text += "}\n"
    let file = SourceFile(name: "counterexample.cases", bytes: Array(text.utf8))
    var files = types.files
    let id = files.add(file)
    guard case .formatted(let bytes) = PolicyFormatter.formatCases(file, id: id) else { return nil }
    let suite = CaseSuite(files, reading: [id], DiagnosticList(), for: set)
    guard !suite.diagnostics.hasErrors, suite.cases.count == 1, suite.run().failed == 0 else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The expectations that the present answer meets.
  private func expectations(_ name: String, _ policy: Int) -> [String] {
    guard let program = set.program(named: name),
      let decision = types.policies[policy].decisions.first(where: {
        "\(types.policies[policy].name).\($0.name)" == name
      })
    else { return [] }
    let taken = CaseRequest.inputs(of: program)
    let members = request.members.map { member in
      guard member.name == "input" else { return member }
      return .init(
        "input", .object(member.value.members.filter { taken.contains($0.name) }))
    }
    let body = JSONTree.object(members + [.init("explain", .string("reasons"))]).bytes
    var out: [UInt8] = []
    let status = Evaluator(set).decide(
      decision: Array(name.utf8).span, body: body.span, requestID: Array("case".utf8).span,
      today: Day(number: 0), into: &out)
    let hasHistory = !(request["history"]?.items ?? []).isEmpty
    return ExpectedAnswer(decision: decision, types: types).lines(
      CaseAnswer(status: status, body: out), hasHistory: hasHistory) ?? []
  }

  // MARK: Lines

  private func lines(_ policy: Int) -> [String]? {
    var lines: [String] = []
    let asOf = request["asOf"]?.word
    if let asOf { lines.append("as of \(asOf)") }
    if let today = request["today"]?.word, today != asOf { lines.append("today \(today)") }
    for member in request["input"]?.members ?? [] {
      guard let field = InputFields.field(member.name, in: types, from: policy),
        let words = words(member.value, field.type)
      else { return nil }
      lines.append("given \(member.name) = \(words)")
    }
    for path in request["unknown"]?.items ?? [] { lines.append("unknown \(path.word ?? "")") }
    for clearance in request["clearances"]?.items ?? [] {
      lines.append(line(clearance: clearance, policy))
    }
    for act in request["history"]?.items ?? [] {
      guard let line = line(act: act, policy) else { return nil }
      lines.append(line)
    }
    return lines
  }

  /// A value of the wire as a literal; nil of one that no literal says.
  private func words(_ value: JSONTree, _ type: ValueType) -> String? {
    switch (type.unwrapped, value) {
    case (_, .null): return nil
    case (.record(let id), .object(let members)):
      var parts: [String] = []
      for field in types.types[id].fields {
        guard let member = members.first(where: { $0.name == field.name }), member.value != .null
        else { continue }
        guard let words = words(member.value, field.type) else { return nil }
        parts.append("\(field.name): \(words)")
      }
      return parts.isEmpty ? nil : "{ " + parts.joined(separator: ", ") + " }"
    case (.list(let item), .array(let items)):
      let parts = items.compactMap { words($0, item) }
      return parts.count == items.count ? "[" + parts.joined(separator: ", ") + "]" : nil
    case (.bool, .bool(let truth)): return truth ? "true" : "false"
    case (.text, _), (.person, _): return value.word.map(CaseLiteral.quoted)
    case (.number, _), (.money, _): return value.word.flatMap(amount)
    default: return value.word
    }
  }

  private func amount(_ word: String) -> String? {
    let parts = word.split(separator: " ")
    guard let first = parts.first, let value = try? Decimal(text: Array(first.utf8)) else {
      return nil
    }
    return CaseLiteral.grouped(value) + (parts.count > 1 ? " \(parts[1])" : "")
  }

  /// The name of a decision as a case of its policy writes it.
  private func own(_ decision: String?, _ policy: Int) -> String {
    let prefix = types.policies[policy].name + "."
    let name = decision ?? ""
    return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
  }

  private func line(clearance: JSONTree, _ policy: Int) -> String {
    let name = own(clearance["decision"]?.word, policy)
    var line = "clearance \(name).\(clearance["code"]?.word ?? "")"
    if let item = clearance["item"]?.word { line += "[\(item)]" }
    line += " by \(clearance["by"]?.word ?? "")"
    if let person = clearance["person"]?.word { line += " person \(CaseLiteral.quoted(person))" }
    return line + " on \(clearance["on"]?.word ?? "")"
  }

  private func line(act: JSONTree, _ policy: Int) -> String? {
    let name = own(act["decision"]?.word, policy)
    guard let step = act["step"]?.word, let person = act["person"]?.word,
      let result = act["result"]?.word, let day = act["on"]?.word
    else { return nil }
    var line = "act \(name).\(step) by \(CaseLiteral.quoted(person))"
    if let post = act["post"]?.word { line += " as \(post)" }
    line += " \(result) on \(day)"
    let criteria = (act["criteria"]?.items ?? []).compactMap(\.word)
    if !criteria.isEmpty { line += " criteria " + criteria.joined(separator: ", ") }
    guard let facts = act["facts"]?.members else { return line }
    var parts: [String] = []
    for fact in facts {
      guard let type = type(at: fact.name, policy), let words = words(fact.value, type) else {
        return nil
      }
      parts.append("\(fact.name) = \(words)")
    }
    return line + (parts.isEmpty ? " given { }" : " given " + parts.joined(separator: ", "))
  }

  /// The type of what stands at a path such as `claim.amount`.
  private func type(at path: String, _ policy: Int) -> ValueType? {
    let names = path.split(separator: ".").map { $0.prefix { $0 != "[" } }
    guard let first = names.first,
      var type = InputFields.field(String(first), in: types, from: policy)?.type
    else { return nil }
    for name in names.dropFirst() {
      if case .list(let item) = type.unwrapped { type = item }
      guard case .record(let id) = type.unwrapped,
        let field = types.types[id].fields.first(where: { $0.name == name })
      else { return nil }
      type = field.type
    }
    return type
  }
}
