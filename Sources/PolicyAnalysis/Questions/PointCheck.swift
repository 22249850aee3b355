/// Whether what the analysis says of a decision fits single answers of the machine.
///
/// The facts of a request are put into the model of its decision. Then a part of the answer that cannot stand there must
/// be missing from the answer of the machine, and a part that cannot be missing must stand in it. What the model leaves
/// open fits every answer.
public import PolicyEngine
internal import PolicyCompiler
internal import PolicyRuntime
internal import PolicySource

/// A decision of which answers are compared with its model.
public struct PointCheck {
  /// What became of a request.
  public enum Result: Sendable {
    /// So many parts were looked at; of so many the model leaves open whether they stand there.
    case fits(parts: Int, open: Int)
    /// Beyond what the analysis looks at: other currencies, amounts beyond 10²⁰, years far away.
    case beyond
    /// What the model says, and what the machine.
    case differs(String)
  }

  private let name: String
  private let runner: Runner
  private let reader: Interpreter
  private let model: DecisionModel
  private let solver: Solver
  private let neverSpoken: [ClauseModel]
  private let isWide: Bool

  /// Reads a decision with all of its facts, clearances and histories open; nil when there is none of this name.
  public init?(_ set: PolicySet, decision: String, isWide: Bool) {
    guard let reference = set.reference(of: decision) else { return nil }
    var scope = Scope.all(set, set, decision)
    if isWide { (scope.unknownFacts, scope.clearances, scope.histories) = (true, true, true) }
    let context = Context(scope)
    (name, self.isWide) = (decision, isWide)
    runner = Runner(set)
    reader = Interpreter(set.types, context)
    let model = reader.model(reference)
    self.model = model
    let solver = Solver(context.formulas, context.space)
    self.solver = solver
    neverSpoken = model.clauses.filter { clause in
      let frame = clause.kind == .applies ? [] : [model.applies.yes, model.error.negated]
      return solver.isImpossible([clause.effective] + frame)
    }
  }

  private var formulas: Formulas { reader.formulas }
  private var space: Space { reader.space }

  /// How many clauses the model says never speak.
  public var silentClauses: Int { neverSpoken.count }

  /// Their codes or names.
  public var silentCodes: [String] { neverSpoken.map(\.name) }

  /// Compares the answer to a request.
  public func compare(_ request: JSONTree) -> Result {
    if !isWide, ["unknown", "clearances", "history"].contains(where: { request[$0] != nil }) {
      return .beyond
    }
    var point = RequestPoint(request, space, mayBeUnknown: isWide)
    let items = max(1, point.mostItems)
    let whole = unrolled(items)
    guard point.read(), point.compute() else {
      if let words = point.difference { return .differs(words) }
      return .beyond
    }
    let answer = runner.answer(name, request)
    guard let outcome = Self.outcome(of: answer) else { return .beyond }
    // A fact that no condition looks at may be missing all the same.
    if !isWide, let needs = answer["needs"]?.items, !needs.isEmpty,
      needs.allSatisfy({ point.isMissing($0.word ?? $0["path"]?.word ?? "") })
    {
      return .beyond
    }
    let pins = point.values.map { formulas.inside($0.key, Stretches($0.value)) } + whole
    var (parts, open) = (0, 0)
    for part in expectations(outcome, answer) {
      parts += 1
      let canHold = !solver.isImpossible(pins + [part.when])
      let canFail = !solver.isImpossible(pins + [part.when.negated])
      if canHold, canFail { open += 1 }
      if !canHold, !canFail { return .differs("\(name): nothing fits the request") }
      if part.isThere ? canHold : canFail { continue }
      return .differs(
        "\(name): \(part.what) \(part.isThere ? "cannot" : "must") stand there, but the answer is "
          + "\(outcome) \(answer["code"]?.word ?? "")")
    }
    return .fits(parts: parts, open: open)
  }

  /// What lists of so many items say of every result that is made of lists.
  private func unrolled(_ items: Int) -> [Formula] {
    var result: [Formula] = []
    var seen: Set<FactID> = []
    while true {
      let new = space.definitions.filter { $0.value.isOfList && !seen.contains($0.key) }
      if new.isEmpty { return result }
      for (fact, definition) in new.sorted(by: { $0.key < $1.key }) {
        seen.insert(fact)
        result += definition.axioms(items)
      }
    }
  }

  /// The outcome of an answer; nil of one that the analysis does not look at.
  private static func outcome(of answer: JSONTree) -> String? {
    if let outcome = answer["outcome"]?.word { return outcome }
    guard let code = answer["code"]?.word,
      let trap = Trap.Kind.allCases.first(where: { $0.code == code })
    else { return nil }
    switch trap {
    case .overflow, .twoCurrencies, .dateOutOfRange: return nil
    default: return "error"
    }
  }

  private struct Expectation {
    let what: String
    let when: Formula
    let isThere: Bool
  }

  private func expectations(_ outcome: String, _ answer: JSONTree) -> [Expectation] {
    var result = model.outcomes.map {
      Expectation(what: $0.word, when: $0.when, isThere: $0.word == outcome)
    }
    for part in model.parts {
      guard let isThere = isThere(part, answer) else { continue }
      result.append(Expectation(what: "\(part.key)", when: part.when, isThere: isThere))
      if case .sign = part.key {
        let binds = sign(part, answer)?["binding"] == .bool(true)
        result.append(
          Expectation(what: "\(part.key) binds", when: part.binds, isThere: isThere && binds))
      }
      guard isThere, let figure = part.figure, let said = said(part, answer) else { continue }
      let same = figure.cases.map { formulas.and($0.when, reader.equal($0.term, Linear(said))) }
      result.append(
        Expectation(what: "\(part.key) = \(said)", when: formulas.any(same), isThere: true))
    }
    return result + unmodelled(answer)
  }

  /// What an answer says of which the model has no part: it never stands there.
  private func unmodelled(_ answer: JSONTree) -> [Expectation] {
    let keys = Set(model.parts.map(\.key))
    func names(_ list: String, _ member: String) -> [String] {
      (answer[list]?.items ?? []).compactMap { $0[member]?.word }
    }
    var found = (names("reasons", "code") + names("problems", "code")).map(AnswerPart.Key.reason)
    found += names("steps", "step").map(AnswerPart.Key.step)
    found += names("duties", "code").map(AnswerPart.Key.duty)
    found += names("rows", "name").map(AnswerPart.Key.points)
    if answer["warning"] == .bool(true) { found.append(.warning) }
    return found.filter { !keys.contains($0) }.map {
      Expectation(what: "\($0)", when: .no, isThere: true)
    }
  }

  /// Whether a part stands in an answer; nil of one that is not compared.
  private func isThere(_ part: AnswerPart, _ answer: JSONTree) -> Bool? {
    func has(_ list: String, _ member: String, _ name: String) -> Bool {
      (answer[list]?.items ?? []).contains {
        $0[member]?.word == name && $0["unknown"] != .bool(true)
      }
    }
    switch part.key {
    case .reason(let code): return has("reasons", "code", code) || has("problems", "code", code)
    case .step(let step): return has("steps", "step", step)
    case .duty(let code): return has("duties", "code", code)
    case .figure("value") where part.figure == nil:
      guard case .bool(let truth)? = answer["value"] else { return nil }
      return truth
    case .figure(let name) where name == "value" || name == "grade":
      return answer["outcome"]?.word == name
    case .figure("limit"), .figure("used"), .figure("asked"):
      guard case .figure(let name) = part.key else { return nil }
      return ["within", "exceeded", "needs"].contains(answer["outcome"]?.word ?? "")
        ? answer[name] != nil : nil
    case .warning: return answer["warning"] == .bool(true)
    case .sign: return sign(part, answer).map { $0["unknown"] != .bool(true) } ?? false
    case .outcome, .copy, .figure, .points: return nil
    }
  }

  /// A sign in the list of an answer.
  private func sign(_ part: AnswerPart, _ answer: JSONTree) -> JSONTree? {
    let place = reader.set.files.place(of: part.range)
    return answer["signs"]?.items.first { $0["at"]?.word == place }
  }

  /// The figure of a part as the answer says it.
  private func said(_ part: AnswerPart, _ answer: JSONTree) -> Int128? {
    switch part.key {
    case .figure(let name): return answer[name].flatMap { space.number(of: $0, part.scale) }
    case .step(let step):
      let found = answer["steps"]?.items.first { $0["step"]?.word == step }
      return found?["by"].flatMap { space.number(of: $0, .names(.posts)) }
    case .duty(let code):
      let all = (answer["duties"]?.items ?? []).filter { $0["code"]?.word == code }
      return all.count == 1 ? all[0]["due"].flatMap { space.number(of: $0, .date) } : nil
    default: return nil
    }
  }
}

/// The facts of one request.
private struct RequestPoint {
  let request: JSONTree
  let space: Space
  private let unknown: Set<String>
  private let mayBeUnknown: Bool
  private(set) var values: [FactID: Int128] = [:]
  private(set) var difference: String?

  init(_ request: JSONTree, _ space: Space, mayBeUnknown: Bool) {
    (self.request, self.space, self.mayBeUnknown) = (request, space, mayBeUnknown)
    unknown = Set((request["unknown"]?.items ?? []).compactMap(\.word))
  }

  /// The number of items of the longest list of the request.
  var mostItems: Int { request["input"].map(Self.mostItems) ?? 0 }

  private static func mostItems(_ tree: JSONTree) -> Int {
    switch tree {
    case .array(let items): max(items.count, items.map(mostItems).max() ?? 0)
    case .object(let members): members.map { mostItems($0.value) }.max() ?? 0
    default: 0
    }
  }

  /// What stands at a path.
  private enum Place {
    case value(JSONTree)
    /// Absent or unknown from this path on.
    case absent(String), unknown(String)
  }

  private func place(of path: String) -> Place? {
    guard var at = request["input"] else { return nil }
    var walked = ""
    for name in path.split(separator: ".") {
      let parts = name.split(separator: "[")
      walked += (walked.isEmpty ? "" : ".") + String(parts[0])
      if let end = end(at[String(parts[0])], walked) { return end }
      guard let next = at[String(parts[0])] else { return nil }
      at = next
      for number in parts.dropFirst() {
        guard let index = Int(number.dropLast()), at.items.indices.contains(index - 1) else {
          return nil
        }
        walked += "[\(index)]"
        if unknown.contains(walked) { return .unknown(walked) }
        at = at.items[index - 1]
      }
    }
    return .value(at)
  }

  /// Whether a request leaves a fact out.
  func isMissing(_ path: String) -> Bool {
    switch place(of: path) {
    case .value: false
    case nil, .absent, .unknown: true
    }
  }

  private func end(_ tree: JSONTree?, _ path: String) -> Place? {
    if unknown.contains(path) { return .unknown(path) }
    guard tree == nil || tree == .null else { return nil }
    return space.existing(.absent(path)) == nil ? .unknown(path) : .absent(path)
  }

  /// Reads what the request says of every fact; false when it says what the analysis does not look at.
  mutating func read() -> Bool {
    for (index, fact) in space.facts.enumerated() {
      let id = FactID(index: index)
      let value: Int128?
      switch fact.role {
      case .input(let path):
        let place = place(of: path)
        if case .unknown? = place, !mayBeUnknown { return false }
        guard case .value(let tree)? = place else { continue }
        value = space.number(of: tree, fact.scale)
        if value == nil { return false }
      case .absent(let path):
        switch place(of: path) {
        case .value: value = 0
        case .absent(let found): value = found == path ? 1 : nil
        case .unknown: value = 0
        case nil: value = nil
        }
      case .unknown(let path):
        switch place(of: path) {
        case .value: value = 0
        case .unknown: value = 1
        default: value = nil
        }
      case .count(let path):
        let place = place(of: path)
        if case .unknown? = place, !mayBeUnknown { return false }
        if case .value(let tree)? = place {
          value = Int128(tree.items.count)
        } else {
          value = nil
        }
      case .history: value = request["history"] == nil ? 0 : 1
      case .asOf: value = request["asOf"].flatMap { space.number(of: $0, .date) }
      case .today: value = request["today"].flatMap { space.number(of: $0, .date) }
      case .cleared, .approved, .refused, .result: value = nil
      }
      guard let value else { continue }
      guard fact.domain.contains(value) else { return false }
      values[id] = value
    }
    return true
  }

  /// Computes the results whose operands are known; false when one lies beyond what it may be.
  mutating func compute() -> Bool {
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for (fact, definition) in space.definitions.sorted(by: { $0.key < $1.key })
      where values[fact] == nil && !definition.arguments.isEmpty {
        let operands = definition.arguments.compactMap(value)
        guard operands.count == definition.arguments.count, let result = definition.value(operands)
        else { continue }
        if !space.domain(of: fact).contains(result) {
          if abs(result) <= Space.greatest { difference = "\(space[fact].role) is \(result)" }
          return false
        }
        values[fact] = result
        hasChanged = true
      }
    }
    return true
  }

  private func value(of term: Linear) -> Int128? {
    var sum = term.constant
    for factor in term.factors {
      guard let own = values[factor.fact], let product = Fraction(own).multiplied(by: factor.by),
        let next = sum.adding(product)
      else { return nil }
      sum = next
    }
    return sum.denominator == 1 ? sum.numerator : nil
  }
}

extension Space {
  /// The number of a value on the wire; nil of one that lies on no line of the analysis.
  fileprivate func number(of tree: JSONTree, _ scale: Fact.Scale) -> Int128? {
    if case .bool(let truth) = tree { return truth ? 1 : 0 }
    let text: String
    switch tree {
    case .string(let word), .number(let word): text = word
    default: return nil
    }
    let bytes = Array(text.utf8)
    switch scale {
    case .number: return (try? Decimal(text: bytes))?.units
    case .percent:
      guard bytes.last == UInt8(ascii: "%") else { return (try? Decimal(text: bytes))?.units }
      return (try? Decimal(text: bytes.dropLast()))?.divided(by: Decimal(100))?.units
    case .money(let currency):
      let words = text.split(separator: " ")
      guard let first = words.first else { return nil }
      if words.count > 1, words[1] != currency ?? "CNY" { return nil }
      return (try? Decimal(text: Array(first.utf8)))?.units
    case .date: return Day(text: bytes).map { Int128($0.number) }
    case .month: return Month(text: bytes).map { Int128($0.number) }
    case .time: return TimeOfDay(text: bytes).map { Int128($0.minutes) }
    case .truth: return nil
    case .names(let family):
      let isBlank = !bytes.isEmpty && bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
      return isBlank ? Space.blank : code(text, in: family)
    }
  }
}
